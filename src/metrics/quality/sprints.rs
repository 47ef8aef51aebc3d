//! Sprints: their dates, and items that were in several.

use crate::model::{ItemSet, WindowOrigin};

use super::facts::Facts;
use super::{Check, CheckWords, Found, Look, Severity, words};

const SPRINTS: (&str, &str) = ("sprint", "sprints");
/// Names in brackets; the rest is counted.
const NAMED: usize = 3;

/// In the order of the report.
pub(super) const CHECKS: &[Check] = &[Check {
    words: CheckWords {
        id: "windows-inferred",
        title: "Sprint dates worked out",
        level: Severity::Notice,
        affects: &["burndown", "velocity"],
        counted: SPRINTS,
        sentence: (
            "has dates that were worked out from its items, because the file names it without dates.",
            "have dates that were worked out from their items, because the file names them without dates.",
        ),
    },
    look: Look::Whole(|facts, items| sprints(facts, items, |origin| origin == Some(WindowOrigin::Inferred))),
}];

/// The sprints of these items whose window comes from where `wanted` says.
fn sprints(facts: &Facts<'_>, items: &ItemSet, wanted: fn(Option<WindowOrigin>) -> bool) -> Found {
    let iterations = &facts.data.iterations;
    let is_meant = |position: &usize| {
        wanted(iterations.list()[*position].window.map(|window| window.origin))
            && iterations.members(*position).iter().any(|&item| items.contains(item as usize))
    };
    let found: Vec<&str> = (0..iterations.list().len())
        .filter(is_meant)
        .map(|position| iterations.list()[position].name.as_str())
        .collect();
    Found { count: found.len(), place: words::list(&found, NAMED) }
}
