//! The colours of a theme, filled from the style tokens. No colour is written anywhere else.

/// Colours and font of the charts, as CSS colour texts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Palette {
    /// Main series first; at most six.
    pub series: Vec<String>,
    /// Text.
    pub text: String,
    /// Text of less weight: axis labels.
    pub muted: String,
    /// Grid lines.
    pub grid: String,
    /// Background of the card the chart stands on.
    pub background: String,
    /// Guidelines and reference levels.
    pub guideline: String,
    /// Font family.
    pub font: String,
    /// False when the user asks for less motion.
    pub animate: bool,
    /// True when filled marks have patterns.
    pub decals: bool,
}
