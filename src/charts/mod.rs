//! From a [`MetricResult`] to a drawing. A chart computes no number.

mod palette;

pub use palette::Palette;

use crate::metrics::{Metric, MetricResult};
use charming::Chart;

/// A drawing of one metric.
pub struct Panel {
    /// Stable name, kebab-case: `throughput`. It is the chart's id on the page.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// What it draws.
    pub metric: &'static Metric,
    /// The chart's option.
    pub draw: fn(&MetricResult, &Palette) -> Chart,
}

/// To add one: write the file, add its line here and in a view.
pub static PANELS: &[&Panel] = &[];
