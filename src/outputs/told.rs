//! What every output says of its data: to which day it goes, from which files it is, and how it was asked for.

use crate::engine::{Engine, EngineError, Overview, Request, Response, WorkspaceSummary};
use crate::metrics::{MetricResult, Query};
use crate::model::iso_from_day;
use crate::numbers;

/// Files that a line names before it counts the rest.
const NAMED_FILES: usize = 3;

/// The open workspace in short.
pub(super) fn workspace_of(engine: &mut Engine) -> Result<WorkspaceSummary, EngineError> {
    engine.summary().ok_or(EngineError::NothingOpen)
}

/// How everything stands.
pub(super) fn overview_of(engine: &mut Engine, query: &Query) -> Result<Overview, EngineError> {
    match engine.handle(Request::Overview { query: query.clone() }) {
        Response::Overview(overview) => Ok(*overview),
        other => Err(unexpected(other)),
    }
}

/// The results of metrics, in the order of the ids.
pub(super) fn results_of(engine: &mut Engine, ids: &[&str], query: &Query) -> Result<Vec<MetricResult>, EngineError> {
    let ids = ids.iter().map(|id| (*id).to_owned()).collect();
    match engine.handle(Request::Metrics { ids, query: query.clone() }) {
        Response::Metrics(results) => Ok(results),
        other => Err(unexpected(other)),
    }
}

fn unexpected(response: Response) -> EngineError {
    match response {
        Response::Failed(error) => error,
        _ => EngineError::Invalid("The engine gave another answer than expected.".into()),
    }
}

/// "Data to 2024-01-29 from jira.csv and 2 files more".
pub(super) fn data_line(workspace: &WorkspaceSummary, query: &Query) -> String {
    let files: Vec<&str> =
        workspace.sources.iter().take(NAMED_FILES).map(|source| source.report.file.as_str()).collect();
    let more = workspace.sources.len().saturating_sub(NAMED_FILES);
    let from = match (files.is_empty(), more) {
        (true, _) => String::new(),
        (false, 0) => format!(" from {}", files.join(", ")),
        (false, more) => {
            format!(" from {} and {}", files.join(", "), numbers::counted(more as u64, "more file", "more files"))
        }
    };
    let zone = &workspace.zone;
    let to = workspace.data_to(query).map(|day| format!(" to {}", iso_from_day(day))).unwrap_or_default();
    format!("Data{to}{from}, time zone {zone}")
}

/// What was asked for other than what is asked for by default, a phrase each: "team: Core".
pub fn settings_in_words(query: &Query) -> Vec<String> {
    let phrase = |(key, value): (String, String)| match (key.strip_prefix("f."), value.chars().next()) {
        (Some(field), Some('!')) => format!("{field}: not {}", &value[1..]),
        (Some(field), Some('~')) => format!("{field}: contains {}", &value[1..]),
        (Some(field), Some('=')) => format!("{field}: {}", &value[1..]),
        (Some(field), _) => format!("{field}: {value}"),
        (None, _) => match key.as_str() {
            "g" => format!("by {value}"),
            "unit" => format!("in {value}"),
            "from" => format!("from {value}"),
            "to" => format!("to {value}"),
            "asof" => format!("as of {value}"),
            _ => format!("{key}: {value}"),
        },
    };
    query.pairs().into_iter().map(phrase).collect()
}

/// A day, or nothing.
pub(super) fn day(day: Option<i32>) -> String {
    day.map(iso_from_day).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_are_told_in_words() {
        let mut query = Query::default();
        assert!(settings_in_words(&query).is_empty());
        for (key, value) in [("g", "day"), ("f.team", "Core"), ("f.type", "!Sub-task"), ("from", "2024-01-01")] {
            query.set(key, value).unwrap();
        }
        assert_eq!(settings_in_words(&query), ["by day", "from 2024-01-01", "team: Core", "type: not Sub-task"]);
    }
}
