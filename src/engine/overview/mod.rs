//! The overview: how everything stands, on one page. Verdicts and headlines come from the metrics; what changed between files
//! and what spoils the data is known here.

mod changed;
mod worries;

use crate::engine::workspace::Workspace;
use crate::engine::{Overview, quality};
use crate::metrics::{Answers, Query, VerdictLine, headlines, verdicts, verdicts_in_words};
use crate::model::{RecordKind, iso_from_day};

/// Answers the overview.
pub(super) fn overview(workspace: &Workspace, query: &Query) -> Overview {
    let data = &workspace.data;
    let mut answers = Answers::new(data, query);
    let verdicts = verdicts(&mut answers, &workspace.decisions);
    let headlines = headlines(&mut answers);
    let (since, changes) = changed::changes(workspace, &headlines);
    let (findings, _) = quality::found(workspace, query, None);
    Overview {
        as_of: iso_from_day(data.calendar.day_of(latest(workspace, query))),
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

/// The day asked for, else the last moment at which anything of the files happened.
fn latest(workspace: &Workspace, query: &Query) -> i64 {
    let data = &workspace.data;
    query.as_of(data).max(query.as_of_records(data, RecordKind::ALL))
}
