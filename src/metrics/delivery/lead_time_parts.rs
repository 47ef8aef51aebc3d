//! The steps of a change of code on its way to production, and the time between them.

use crate::model::{NO_MOMENT, Records};

use super::super::stats::tidy;

/// The parts between the steps, in their order.
pub(super) const PARTS: [(&str, &str); 4] =
    [("coding", "Coding"), ("review", "Review"), ("merge-wait", "Merge wait"), ("deploy", "Deploy")];

/// Why a change has no lead time: what is dated before an earlier step.
const NEGATIVE: [&str; 4] = [
    "negative time: opened before its first commit",
    "negative time: reviewed before an earlier step",
    "negative time: merged before an earlier step",
    "negative time: deployed before an earlier step",
];

const MILLISECONDS_A_DAY: f64 = 86_400_000.0;

/// The lead time of one change.
pub(super) struct Way {
    /// Days from the first commit (else the opening) to the deployment.
    pub(super) days: f64,
    /// Days of each part whose both ends are known.
    pub(super) parts: [Option<f64>; 4],
}

pub(super) fn in_days(milliseconds: i64) -> f64 {
    tidy(milliseconds as f64 / MILLISECONDS_A_DAY)
}

/// The steps of all changes before their deployment.
pub(super) struct Steps<'a> {
    columns: [&'a [i64]; 4],
}

impl<'a> Steps<'a> {
    pub(super) fn of(changes: &'a Records) -> Self {
        Self {
            columns: ["first-commit-at", "opened-at", "first-review-at", "merged-at"].map(|name| changes.moments(name)),
        }
    }
}

impl Way {
    /// The way of a change that was deployed at a moment; the reason where it has no lead time.
    pub(super) fn of(known: &Steps<'_>, row: usize, deployed: i64) -> Result<Self, &'static str> {
        let [commit, opened, review, merged] =
            known.columns.map(|column| column.get(row).copied().unwrap_or(NO_MOMENT));
        let steps = [commit, opened, review, merged, deployed];
        let begin = if steps[0] == NO_MOMENT { steps[1] } else { steps[0] };
        if begin == NO_MOMENT {
            return Err("neither a first commit nor an opening is dated");
        }
        let mut last = NO_MOMENT;
        for (position, &step) in steps.iter().enumerate().filter(|&(_, &step)| step != NO_MOMENT) {
            if last != NO_MOMENT && step < last {
                return Err(NEGATIVE[position - 1]);
            }
            last = step;
        }
        let part = |position: usize| {
            let (from, to) = (steps[position], steps[position + 1]);
            (from != NO_MOMENT && to != NO_MOMENT).then(|| in_days(to - from))
        };
        Ok(Self { days: in_days(deployed - begin), parts: std::array::from_fn(part) })
    }
}
