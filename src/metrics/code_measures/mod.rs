//! Measures of code as analysers give them, over time. Measures of different kinds never share an axis: shares, effort and
//! counts are metrics of their own.

mod kind;
mod lines;

use crate::model::{ItemSet, PreparedDataset};

use super::{About, BySprint, Metric, MetricResult, Query};
use kind::Kind;

/// ## What it measures
/// Measures of code in percent over time: coverage, debt ratio, duplication.
/// ## How
/// Each line is one measure of one component, at the days on which it was measured; the last of several on one day counts. The
/// names of the measures are those of the analyser. What is in percent says its name: `coverage`, `…_density`, `…_ratio`.
/// ## Edge cases
/// The six lines with the newest and the most values are drawn; the others are left out and counted, as are measures without a
/// date or without a value. Filters on items narrow no measures.
/// ## Source
/// `SonarQube`, metric definitions: <https://docs.sonarsource.com/sonarqube-server/user-guide/code-metrics/metrics-definition>
pub static SHARES: Metric = Metric { about: &ABOUT_SHARES, by_sprint: BySprint::NoPeriods, compute: shares };

/// ## What it measures
/// The effort that analysers estimate to mend what they find, over time, in hours: `sqale_index` is the technical debt.
/// ## How
/// As [`SHARES`]; `SonarQube` tells minutes, 60 of them are an hour here.
/// ## Edge cases
/// As [`SHARES`].
/// ## Source
/// J.-L. Letouzey, The SQALE Method for Evaluating Technical Debt (2012); `SonarQube`, metric definitions.
pub static EFFORT: Metric = Metric { about: &ABOUT_EFFORT, by_sprint: BySprint::NoPeriods, compute: effort };

/// ## What it measures
/// Everything else that analysers count, over time: lines of code, code smells, violations.
/// ## How
/// As [`SHARES`]. The files name no unit, so none is given.
/// ## Edge cases
/// As [`SHARES`]. Ratings, which are grades from 1 to 5, are among them.
/// ## Source
/// `SonarQube`, metric definitions.
pub static COUNTS: Metric = Metric { about: &ABOUT_COUNTS, by_sprint: BySprint::NoPeriods, compute: counts };

/// Words of [`SHARES`].
pub static ABOUT_SHARES: About = About {
    id: "code-measures",
    title: "Code measures in percent",
    definition: "Measures of code in percent as the analyser gives them, such as coverage and debt ratio, at the days on \
                 which they were taken.",
    how_to_read: "Each line is one measure of one component. Its course says more than its height: the analyser's rules \
                  decide how high it stands.",
    per_iteration: false,
};

/// Words of [`EFFORT`].
pub static ABOUT_EFFORT: About = About {
    id: "code-effort",
    title: "Effort to mend the code",
    definition: "The hours that the analyser estimates it takes to mend what it found, such as sqale_index for the technical \
                 debt.",
    how_to_read: "Each line is one measure of one component. It is an estimate by rules: follow its course, do not plan by \
                  its height.",
    per_iteration: false,
};

/// Words of [`COUNTS`].
pub static ABOUT_COUNTS: About = About {
    id: "code-counts",
    title: "Code measures in numbers",
    definition: "What the analyser counts, such as lines of code and code smells, at the days on which it was measured.",
    how_to_read: "Each line is one measure of one component. Read a count beside the lines of code: more code has more of \
                  everything.",
    per_iteration: false,
};

fn shares(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    lines::answer(&ABOUT_SHARES, Kind::Share, data, query)
}

fn effort(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    lines::answer(&ABOUT_EFFORT, Kind::Effort, data, query)
}

fn counts(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    lines::answer(&ABOUT_COUNTS, Kind::Count, data, query)
}
