//! Bugs by component.

use crate::metrics::{About, BySprint, Metric, MetricResult, Query};
use crate::model::{ItemSet, ListField, PreparedDataset};

use super::spread::{Question, answer};

/// ## What it measures
/// The bugs that are open now, and those created in the chosen period, by component.
/// ## How
/// A bug counts in each component that it names. The components with the most open bugs come first; beyond twelve the others are
/// added up, and each bug counts once among them.
/// ## Edge cases
/// Bugs without a component have a bar of their own. Bugs closed without a date are left out and counted.
/// ## Source
/// Defect distribution: ISO/IEC 25023; the Pareto analysis of defects of J. M. Juran.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "bugs-by-component",
    title: "Bugs by component",
    definition: "The open bugs, and the bugs created in the chosen period, of each component.",
    how_to_read: "The components with the most open bugs stand on the left. A component with many created bugs keeps breaking: \
                  mending its cause saves most.",
    per_iteration: false,
};

static QUESTION: Question = Question { about: &ABOUT, field: ListField::Component, words: ("component", "components") };

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    answer(&QUESTION, data, items, query)
}
