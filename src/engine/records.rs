//! A page of records: what stands behind a number that counts deployments, incidents or people.

use crate::engine::workspace::Workspace;
use crate::engine::{EngineError, RecordRow, RecordsPage, RecordsQuery};
use crate::model::{Calendar, Records, iso_from_day};

/// Rows one page may hold.
const LARGEST_PAGE: u32 = 1000;

pub(super) fn page(workspace: &Workspace, query: &RecordsQuery) -> Result<RecordsPage, EngineError> {
    let data = &workspace.data;
    let records = data
        .dataset
        .records(query.kind)
        .ok_or_else(|| EngineError::Unknown(format!("table of {}", query.kind.id())))?;
    let rows: Vec<u32> = match &query.only {
        Some(only) => only.iter().copied().filter(|&row| (row as usize) < records.len()).collect(),
        None => query.query.select_records(records).rows.iter().map(|row| row as u32).collect(),
    };
    // When a record was last changed decides between versions of it and says nothing to people.
    let names = query.kind.columns().iter().map(|(name, _)| *name).filter(|&name| name != "updated");
    let names: Vec<&'static str> = names.filter(|name| records.tells(name)).collect();
    let offset = usize::try_from(query.offset).unwrap_or(usize::MAX).min(rows.len());
    let wanted = rows[offset..].iter().take(query.limit.min(LARGEST_PAGE) as usize);
    Ok(RecordsPage {
        kind: query.kind,
        columns: names.iter().map(|&name| name.to_owned()).collect(),
        total: rows.len() as u64,
        offset: offset as u64,
        rows: wanted.map(|&row| record_row(records, row, &names, &data.calendar)).collect(),
    })
}

fn record_row(records: &Records, row: u32, names: &[&'static str], calendar: &Calendar) -> RecordRow {
    let at = row as usize;
    RecordRow {
        row,
        identity: records.identity(at),
        cells: names.iter().map(|name| records.words(name, at, |moment| moment_text(moment, calendar))).collect(),
        line: records.line(at),
    }
}

/// "2024-01-31 09:30" in the workspace's zone; only the day at midnight.
pub(super) fn moment_text(moment: i64, calendar: &Calendar) -> String {
    const MINUTE: i64 = 60_000;
    let day = calendar.day_of(moment);
    let minutes = (moment - calendar.start_of_day(day)).div_euclid(MINUTE);
    let date = iso_from_day(day);
    if minutes == 0 { date } else { format!("{date} {:02}:{:02}", minutes / 60, minutes % 60) }
}

/// How a record is called in reports: its id, else what tells it from others.
pub(super) fn label(records: &Records, row: usize, calendar: &Calendar) -> String {
    let text = |name: &str| records.text(name, row);
    if !text("id").is_empty() {
        return text("id").to_owned();
    }
    let when = ["deployed-at", "merged-at", "started-at", "from", "date", "start"]
        .iter()
        .map(|name| records.words(name, row, |moment| moment_text(moment, calendar)))
        .find(|words| !words.is_empty());
    let what = ["title", "name", "service", "person", "measure", "category"].iter().map(|name| text(name));
    let what = what.filter(|text| !text.is_empty()).map(str::to_owned);
    let parts: Vec<String> = what.take(1).chain(when).collect();
    if parts.is_empty() { format!("line {}", records.line(row)) } else { parts.join(" ") }
}
