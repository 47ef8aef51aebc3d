//! The overview: how everything stands, on one page. Verdicts and headlines come from the metrics; what changed between files
//! and what spoils the data is known here.

mod changed;
mod worries;

use crate::engine::workspace::Workspace;
use crate::engine::{Overview, quality};
use crate::metrics::{Answers, Query, VerdictLine, headlines, verdicts, verdicts_in_words};
use crate::model::iso_from_day;

/// Answers the overview.
pub(super) fn overview(workspace: &Workspace, query: &Query) -> Overview {
    let data = &workspace.data;
    let mut answers = Answers::new(data, query);
    let verdicts = verdicts(&mut answers, &workspace.decisions);
    let headlines = headlines(&mut answers);
    let (since, changes) = changed::changes(workspace, &headlines);
    let (findings, _) = quality::found(workspace, query, None);
    Overview {
        as_of: iso_from_day(data_to(workspace, query)),
        verdict_words: verdicts_in_words(&verdicts),
        worries: worries::worries(&verdicts, &findings),
        verdicts,
        headlines,
        since,
        changes,
    }
}

/// The verdicts alone, for the report.
pub(super) fn verdict_lines(workspace: &Workspace, query: &Query) -> Vec<VerdictLine> {
    verdicts(&mut Answers::new(&workspace.data, query), &workspace.decisions)
}

/// The day asked for, else the last one on which anything of the files happened.
fn data_to(workspace: &Workspace, query: &Query) -> i32 {
    let latest = || workspace.data.latest_moment().unwrap_or(0);
    query.as_of.unwrap_or_else(|| workspace.data.calendar.day_of(latest()))
}
