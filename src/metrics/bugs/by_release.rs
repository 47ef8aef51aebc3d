//! Bugs by release.

use crate::metrics::{About, BySprint, Metric, MetricResult, Query};
use crate::model::{ItemSet, ListField, PreparedDataset};

use super::spread::{Question, answer};

/// ## What it measures
/// The bugs that are open now, and those created in the chosen period, by the release (fix version) that they name.
/// ## How
/// A bug counts in each release that it names. The releases with the most open bugs come first; beyond twelve the others are
/// added up, and each bug counts once among them.
/// ## Edge cases
/// Bugs without a release have a bar of their own. Bugs closed without a date are left out and counted. The release is the one
/// that a bug is to be mended in or was; which one it was found in, exports name seldom.
/// ## Source
/// Defect distribution by release: ISO/IEC 25023.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "bugs-by-release",
    title: "Bugs by release",
    definition: "The open bugs, and the bugs created in the chosen period, of each release (fix version): the one they are to \
                 be mended in, or were.",
    how_to_read: "The releases with the most open bugs stand on the left: these bugs must be mended before it can go out, or be \
                  moved to a later one.",
    per_iteration: false,
};

static QUESTION: Question = Question { about: &ABOUT, field: ListField::FixVersion, words: ("release", "releases") };

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    answer(&QUESTION, data, items, query)
}
