//! What is missing in the items themselves, and how they hang together.

use crate::model::{CategoryField, StatusCategory};

use super::{Check, CheckWords, DATED, ITEMS, Look, Severity};

/// In the order of the report.
pub(super) const CHECKS: &[Check] = &[
    Check {
        words: CheckWords {
            id: "without-status",
            title: "Without a status",
            level: Severity::Serious,
            affects: DATED,
            counted: ITEMS,
            sentence: (
                "has no status: whether it is done is only guessed.",
                "have no status: whether they are done is only guessed.",
            ),
        },
        look: Look::Item(|facts, item| facts.data.dataset.category(CategoryField::Status).code(item) == 0),
    },
    Check {
        words: CheckWords {
            id: "missing-estimates",
            title: "Without an estimate",
            level: Severity::Notice,
            affects: &["burndown", "velocity", "throughput"],
            counted: ITEMS,
            sentence: (
                "has no story points and counts 0 where points are shown.",
                "have no story points and count 0 where points are shown.",
            ),
        },
        look: Look::Item(|facts, item| {
            facts.points[item].is_nan() && facts.data.life.category[item] != StatusCategory::Dropped
        }),
    },
];
