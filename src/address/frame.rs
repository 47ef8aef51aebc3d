//! How the page is framed and what it looks like.

use super::AddressProblem;

/// Light, dark, with high contrast, or as the system has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it; in a frame, as the page around it has it.
    #[default]
    Auto,
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
    /// Black and white, and strong colours; light or dark as the system has it.
    HighContrast,
}

impl Theme {
    /// All choices in the order of the switch.
    pub const ALL: [Self; 4] = [Self::Auto, Self::Light, Self::Dark, Self::HighContrast];

    /// The name in the address and in `data-theme`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "hc",
        }
    }

    /// The theme of a name.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.id() == id)
    }

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Auto => "Auto",
            Self::Light => "Light",
            Self::Dark => "Dark",
            Self::HighContrast => "Contrast",
        }
    }
}

/// What text is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Font {
    /// The sans serif of the reader's system.
    #[default]
    System,
    /// A serif, for pages that are set in one.
    Serif,
}

/// Frame and look. The parts of an embedded chart are there unless an address takes them away.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is one switch of the address grammar")]
pub struct Frame {
    /// The user's own workspaces, although the site publishes something.
    pub own: bool,
    /// No chrome, no storage, no drop: one chart or a board in another page.
    pub embed: bool,
    /// Colours.
    pub theme: Theme,
    /// Patterns over filled marks, so that colour is not needed to tell them apart.
    pub decals: bool,
    /// Things move; without it nothing does, whatever the system is set to.
    pub motion: bool,
    /// What text is set in.
    pub font: Font,
    /// Time zone (IANA) in which files of a new workspace are read; `None` = the reader's. The shape alone is checked.
    pub zone: Option<String>,
    /// Language (BCP 47) that is asked for. The shape alone is checked.
    pub language: Option<String>,
    /// The page around shows through.
    pub transparent: bool,
    /// Origin of the page around, when the link was made for one.
    pub parent: Option<String>,
    /// Every so many minutes the published data is looked at again.
    pub refresh: Option<u32>,
    /// Height of the frame in pixels, where the page around has a fixed one.
    pub height: Option<u32>,
    /// The chart's title.
    pub title: bool,
    /// Its legend.
    pub legend: bool,
    /// Its sentence.
    pub caption: bool,
    /// Filters and switches.
    pub controls: bool,
    /// The table of its numbers.
    pub table: bool,
    /// "Open in Throughline".
    pub link: bool,
    /// Only the figures: those of the chart, or the headlines of the overview where no chart is named.
    pub strip: bool,
}

impl Default for Frame {
    fn default() -> Self {
        Self {
            own: false,
            embed: false,
            theme: Theme::Auto,
            decals: false,
            motion: true,
            font: Font::System,
            zone: None,
            language: None,
            transparent: false,
            parent: None,
            refresh: None,
            height: None,
            title: true,
            legend: true,
            caption: true,
            controls: true,
            table: true,
            link: true,
            strip: false,
        }
    }
}

/// The shortest and the longest time between two looks, in minutes.
const REFRESH: std::ops::RangeInclusive<u32> = 5..=24 * 60;

impl Frame {
    /// Sets one key from its text; `None` when it is no key of the frame.
    pub(super) fn set(&mut self, key: &str, value: &str) -> Option<Result<(), AddressProblem>> {
        let wrong = |expected| AddressProblem::Value { key: key.to_owned(), value: value.to_owned(), expected };
        let switch = || match value {
            "1" => Ok(true),
            "0" => Ok(false),
            _ => Err(wrong("0 or 1")),
        };
        let put = |place: &mut bool| switch().map(|on| *place = on);
        Some(match key {
            "own" => put(&mut self.own),
            "embed" => put(&mut self.embed),
            "title" => put(&mut self.title),
            "legend" => put(&mut self.legend),
            "caption" => put(&mut self.caption),
            "controls" => put(&mut self.controls),
            "table" => put(&mut self.table),
            "link" => put(&mut self.link),
            "strip" => put(&mut self.strip),
            "decal" => put(&mut self.decals),
            "motion" => put(&mut self.motion),
            "font" => match value {
                "serif" => Ok(Font::Serif),
                "system" => Ok(Font::System),
                _ => Err(wrong("serif or system")),
            }
            .map(|font| self.font = font),
            "theme" => {
                Theme::from_id(value).ok_or_else(|| wrong("auto, light, dark or hc")).map(|theme| self.theme = theme)
            }
            "tz" if !value.is_empty() && value.split('/').all(|part| is_word(part, "_+-")) => {
                self.zone = Some(value.to_owned());
                Ok(())
            }
            "tz" => Err(wrong("a time zone, such as Europe/Berlin or UTC")),
            "lang" if value.split('-').all(|part| part.len() <= 8 && is_word(part, "")) => {
                self.language = Some(value.to_owned());
                Ok(())
            }
            "lang" => Err(wrong("a language, such as en or de-AT")),
            "bg" => match value {
                "transparent" => Ok(true),
                "page" => Ok(false),
                _ => Err(wrong("transparent or page")),
            }
            .map(|transparent| self.transparent = transparent),
            "parent" => {
                self.parent = Some(value.to_owned());
                Ok(())
            }
            "refresh" => minutes(value)
                .ok_or_else(|| wrong("5m to 24h, such as 15m or 1h"))
                .map(|minutes| self.refresh = Some(minutes)),
            "h" => match value.parse() {
                Ok(height @ 1..=20_000) => {
                    self.height = Some(height);
                    Ok(())
                }
                _ => Err(wrong("a height in pixels, such as 420")),
            },
            _ => return None,
        })
    }

    /// The keys that are on or off, in the order in which they are written.
    const fn switches(&self) -> [(&'static str, bool); 11] {
        [
            ("own", self.own),
            ("embed", self.embed),
            ("title", self.title),
            ("legend", self.legend),
            ("caption", self.caption),
            ("controls", self.controls),
            ("table", self.table),
            ("link", self.link),
            ("strip", self.strip),
            ("decal", self.decals),
            ("motion", self.motion),
        ]
    }

    /// What keys say whose usual value is not written.
    pub(super) fn usual() -> impl Iterator<Item = (&'static str, &'static str)> {
        let switches = Self::default().switches().map(|(key, on)| (key, if on { "1" } else { "0" }));
        switches.into_iter().chain([("theme", Theme::Auto.id()), ("font", "system")])
    }

    /// All keys that differ from the defaults, in a fixed order.
    pub(super) fn pairs(&self) -> Vec<(String, String)> {
        let mut pairs = Vec::new();
        let mut push = |key: &str, value: String| pairs.push((key.to_owned(), value));
        let default = Self::default();
        for ((key, on), (_, usual)) in self.switches().into_iter().zip(default.switches()) {
            if on != usual {
                push(key, u8::from(on).to_string());
            }
        }
        if self.theme != default.theme {
            push("theme", self.theme.id().to_owned());
        }
        if self.font == Font::Serif {
            push("font", "serif".to_owned());
        }
        if self.transparent {
            push("bg", "transparent".to_owned());
        }
        for (key, text) in [("tz", &self.zone), ("lang", &self.language), ("parent", &self.parent)] {
            if let Some(text) = text {
                push(key, text.clone());
            }
        }
        if let Some(refresh) = self.refresh {
            push("refresh", format!("{refresh}m"));
        }
        if let Some(height) = self.height {
            push("h", height.to_string());
        }
        pairs
    }
}

/// Letters and digits of ASCII, and some signs.
fn is_word(text: &str, signs: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || signs.contains(letter))
}

fn minutes(text: &str) -> Option<u32> {
    let (number, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let factor = match unit {
        "m" => 1,
        "h" => 60,
        _ => return None,
    };
    number.parse::<u32>().ok()?.checked_mul(factor).filter(|minutes| REFRESH.contains(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refresh_has_a_shortest_and_a_longest_time() {
        assert_eq!(minutes("5m"), Some(5));
        assert_eq!(minutes("24h"), Some(1440));
        for text in ["4m", "25h", "0h", "m", "", "5", "5s", "99999999999h", "-5m", "é"] {
            assert_eq!(minutes(text), None, "{text}");
        }
    }
}
