//! The option of a chart, put together from charming's parts.
//!
//! charming's own `Chart` can hold every series and component there is, and whoever can write one carries what writes them all:
//! several times the code of those that are drawn here.

use charming::component::{Aria, Axis, Grid};
use charming::element::{Color, Tooltip};
use charming::series::{Bar, Line, Scatter};
use serde::{Serialize, Serializer};

/// What ECharts is asked to draw.
///
/// Source: [`option` of ECharts](https://echarts.apache.org/en/option.html).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ChartOption {
    animation: bool,
    /// Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    animation_duration: Option<i32>,
    /// Milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    animation_duration_update: Option<i32>,
    tooltip: Tooltip,
    grid: Vec<Grid>,
    #[serde(serialize_with = "one_or_many")]
    x_axis: Vec<Axis>,
    #[serde(serialize_with = "one_or_many")]
    y_axis: Vec<Axis>,
    background_color: Color,
    aria: Aria,
    series: Vec<OptionSeries>,
}

/// A series of a kind that is drawn.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum OptionSeries {
    Bar(Box<Bar>),
    Line(Box<Line>),
    Scatter(Box<Scatter>),
}

impl ChartOption {
    /// An option without axes and series.
    pub(super) fn new(animation: bool, background_color: &str, aria: Aria, tooltip: Tooltip) -> Self {
        Self {
            animation,
            animation_duration: None,
            animation_duration_update: None,
            tooltip,
            grid: Vec::new(),
            x_axis: Vec::new(),
            y_axis: Vec::new(),
            background_color: background_color.into(),
            aria,
            series: Vec::new(),
        }
    }

    /// How long a transition takes, in milliseconds.
    pub(super) fn lasting(mut self, milliseconds: i32) -> Self {
        self.animation_duration = Some(milliseconds);
        self.animation_duration_update = Some(milliseconds);
        self
    }

    /// Adds a frame for axes.
    pub(super) fn grid(mut self, grid: Grid) -> Self {
        self.grid.push(grid);
        self
    }

    /// Adds an axis along the foot.
    pub(super) fn x_axis(mut self, axis: Axis) -> Self {
        self.x_axis.push(axis);
        self
    }

    /// Adds an axis along the side.
    pub(super) fn y_axis(mut self, axis: Axis) -> Self {
        self.y_axis.push(axis);
        self
    }

    /// Adds a series.
    pub(super) fn series(mut self, series: impl Into<Drawn>) -> Self {
        self.series.push(series.into().0);
        self
    }
}

/// A series on its way into an option.
pub(super) struct Drawn(OptionSeries);

impl From<Bar> for Drawn {
    fn from(bar: Bar) -> Self {
        Self(OptionSeries::Bar(Box::new(bar)))
    }
}

impl From<Line> for Drawn {
    fn from(line: Line) -> Self {
        Self(OptionSeries::Line(Box::new(line)))
    }
}

impl From<Scatter> for Drawn {
    fn from(scatter: Scatter) -> Self {
        Self(OptionSeries::Scatter(Box::new(scatter)))
    }
}

/// One axis as itself, several as a list: what reads the option on its way looks at the one axis.
fn one_or_many<S: Serializer>(axes: &[Axis], to: S) -> Result<S::Ok, S::Error> {
    match axes {
        [single] => single.serialize(to),
        _ => axes.serialize(to),
    }
}
