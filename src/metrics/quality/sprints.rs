//! Sprints: their dates, and items that were in several.

use crate::model::{ItemSet, ListField, WindowOrigin};

use super::facts::Facts;
use super::{Check, CheckWords, FixAction, Found, ITEMS, Look, NAMED, Severity, words};

const SPRINTS: (&str, &str) = ("sprint", "sprints");

/// In the order of the report.
pub(super) const CHECKS: &[Check] = &[
    Check {
        words: CheckWords {
            id: "sprints-without-dates",
            title: "Sprints without dates",
            level: Severity::Warning,
            spoils: false,
            affects: &["burndown", "sprint-report", "scope-change", "velocity"],
            views: &[],
            counted: SPRINTS,
            sentence: (
                "has no dates, and its items do not tell them: it is left out of the sprint charts.",
                "have no dates, and their items do not tell them: they are left out of the sprint charts.",
            ),
            fix: "Type their first and last day on the sprint view.",
            action: FixAction::EditSprintWindows,
        },
        look: Look::Whole(|facts, items| sprints(facts, items, None)),
    },
    Check {
        words: CheckWords {
            id: "windows-inferred",
            title: "Sprint dates worked out",
            level: Severity::Notice,
            spoils: false,
            affects: &["burndown", "sprint-report", "scope-change", "velocity"],
            views: &[],
            counted: SPRINTS,
            sentence: (
                "has dates that were worked out from its items, because the file names it without dates.",
                "have dates that were worked out from their items, because the file names them without dates.",
            ),
            fix: "Check them on the sprint view, and correct those that are off.",
            action: FixAction::EditSprintWindows,
        },
        look: Look::Whole(|facts, items| sprints(facts, items, Some(WindowOrigin::Inferred))),
    },
    Check {
        words: CheckWords {
            id: "several-sprints",
            title: "In several sprints",
            level: Severity::Notice,
            spoils: false,
            affects: &["burndown", "sprint-report", "scope-change", "velocity"],
            views: &[],
            counted: ITEMS,
            sentence: (
                "was in more than one sprint: it counts as committed in each, and as completed in the last.",
                "were in more than one sprint: they count as committed in each, and as completed in the last.",
            ),
            fix: "Nothing is wrong with the file. Look at the items if there are many: work is carried over.",
            action: FixAction::None,
        },
        look: Look::Item(|facts, item| facts.data.dataset.list(ListField::Sprint).codes_of(item).len() > 1),
    },
];

/// The sprints of these items whose window has this origin; `None` for those without a window.
fn sprints(facts: &Facts<'_>, items: &ItemSet, origin: Option<WindowOrigin>) -> Found {
    let iterations = &facts.data.iterations;
    let is_meant = |position: &usize| {
        iterations.list()[*position].window.map(|window| window.origin) == origin
            && iterations.members(*position).iter().any(|&item| items.contains(item as usize))
    };
    let found: Vec<&str> = (0..iterations.list().len())
        .filter(is_meant)
        .map(|position| iterations.list()[position].name.as_str())
        .collect();
    Found { count: found.len(), items: Vec::new(), place: words::list(&found, NAMED) }
}
