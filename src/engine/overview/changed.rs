//! What changed since the data before: between two exports of one source where both are there, else between two periods.

use crate::engine::changes;
use crate::engine::workspace::Workspace;
use crate::engine::{ChangeLine, ChangeNote, ChangeSummary};
use crate::metrics::Headline;

/// Fields told of, those with the most items first.
const MOST_FIELDS: usize = 2;

/// Since when, as a heading, and what changed.
pub(super) fn changes(workspace: &Workspace, headlines: &[Headline]) -> (String, Vec<ChangeNote>) {
    match changes::changes(workspace).first() {
        Some(summary) => between_exports(summary),
        None => between_periods(headlines),
    }
}

fn between_exports(summary: &ChangeSummary) -> (String, Vec<ChangeNote>) {
    let ChangeSummary { day, earlier_day, .. } = summary;
    let note = |line: &ChangeLine| ChangeNote {
        text: told(line.items.len(), &line.title),
        view: String::new(),
        items: line.items.clone(),
    };
    let kinds = [&summary.new, &summary.finished, &summary.reopened, &summary.vanished];
    let mut notes: Vec<ChangeNote> = kinds.into_iter().filter(|line| !line.items.is_empty()).map(note).collect();
    let mut fields: Vec<&ChangeLine> = summary.fields.iter().collect();
    fields.sort_by_key(|line| std::cmp::Reverse(line.items.len()));
    notes.extend(fields.into_iter().take(MOST_FIELDS).map(|line| ChangeNote {
        text: told(line.items.len(), &format!("with a change of {}", line.title)),
        ..note(line)
    }));
    if notes.is_empty() {
        notes.push(ChangeNote { text: "Nothing: the later export says the same.".to_owned(), ..ChangeNote::default() });
    }
    (format!("Since the export of {earlier_day}, up to that of {day}"), notes)
}

/// "1 item new", "12 items finished".
fn told(number: usize, what: &str) -> String {
    let items = if number == 1 { "item" } else { "items" };
    format!("{number} {items} {what}")
}

fn between_periods(headlines: &[Headline]) -> (String, Vec<ChangeNote>) {
    let mut notes: Vec<ChangeNote> = headlines
        .iter()
        .filter(|headline| !headline.change_sentence.is_empty())
        .map(|headline| ChangeNote {
            text: headline.change_sentence.clone(),
            view: headline.view.clone(),
            items: Vec::new(),
        })
        .collect();
    if notes.is_empty() {
        let text =
            "Nothing can be compared yet: add an earlier export of the same source, or data that goes further back.";
        notes.push(ChangeNote { text: text.to_owned(), ..ChangeNote::default() });
    }
    ("Since the period before (there is no earlier export of the same source)".to_owned(), notes)
}
