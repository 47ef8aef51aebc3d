//! Several deployments of one commit in one run of a pipeline are one: a run that brings three regions up, or tells of each of
//! its steps, has deployed once.

use std::collections::HashMap;

use crate::model::{NO_MOMENT, Records};

use super::{Deployed, by_time};

/// What deployments of one pipeline run have in common. The url is that of the run's page; where it is not given, the run is
/// known by its time.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Same<'a> {
    /// A page.
    Page(&'a str),
    /// A row of the runs.
    Run(u32),
}

/// The runs of pipelines by commit.
pub(super) struct PipelineRuns<'a> {
    table: Option<&'a Records>,
    by_commit: HashMap<&'a str, Vec<u32>>,
}

impl<'a> PipelineRuns<'a> {
    pub(super) fn new(table: Option<&'a Records>) -> Self {
        let mut by_commit: HashMap<&str, Vec<u32>> = HashMap::new();
        if let Some(table) = table {
            for row in 0..table.len() {
                let commit = table.text("commit", row);
                if !commit.is_empty() {
                    by_commit.entry(commit).or_default().push(row as u32);
                }
            }
        }
        Self { table, by_commit }
    }

    /// The run of the same source and commit that spans a moment; of several the one that began first.
    fn of(&self, source: &str, commit: &str, at: i64) -> Option<u32> {
        let table = self.table?;
        let moment = |name: &str, row: usize| table.moments(name).get(row).copied().unwrap_or(NO_MOMENT);
        let begin = |row: usize| match moment("started-at", row) {
            NO_MOMENT => moment("created-at", row),
            started => started,
        };
        let spans = |&&row: &&u32| {
            let (row, from, to) = (row as usize, begin(row as usize), moment("finished-at", row as usize));
            table.text("source", row) == source && from != NO_MOMENT && to != NO_MOMENT && (from..=to).contains(&at)
        };
        let order = |&row: &u32| (begin(row as usize), table.text("id", row as usize).to_owned(), row);
        self.by_commit.get(commit)?.iter().filter(spans).copied().min_by_key(order)
    }
}

/// Marks all but the last of the deployments of one source, service, environment and commit in one pipeline run.
pub(super) fn count_once(table: &Records, runs: &PipelineRuns<'_>, deployments: &mut [Deployed]) {
    let code = |name: &str, row: usize| table.category(name).map_or(0, |column| column.code(row));
    let mut last: HashMap<(u32, u32, u32, &str, Same<'_>), u32> = HashMap::new();
    let mut keys = Vec::new();
    for (row, one) in deployments.iter().enumerate() {
        let commit = table.text("commit", row);
        if commit.is_empty() || one.at == NO_MOMENT || !one.end.is_finished() {
            continue;
        }
        let page = table.text("url", row);
        let run = || runs.of(table.text("source", row), commit, one.at).map(Same::Run);
        let Some(same) = run().or_else(|| (!page.is_empty()).then_some(Same::Page(page))) else { continue };
        let key = (code("source", row), code("service", row), code("environment", row), commit, same);
        keys.push((row as u32, key));
        let last = last.entry(key).or_insert(row as u32);
        if by_time(table, deployments, *last, row as u32).is_lt() {
            *last = row as u32;
        }
    }
    for (row, key) in keys {
        if let Some(&counted) = last.get(&key)
            && counted != row
        {
            deployments[row as usize].counted_as = Some(counted);
        }
    }
}
