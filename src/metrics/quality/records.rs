//! Records beside the work items. No filter narrows them: they belong to the workspace as a whole.

use crate::model::{NO_MOMENT, RecordKind, Records, sort_by};

use super::facts::Facts;
use super::{Check, CheckWords, FixAction, Found, Look, NAMED, Severity, words};

/// In the order of the report.
pub(super) const CHECKS: &[Check] = &[
    Check {
        words: CheckWords {
            id: "incidents-without-end",
            title: "Incidents without an end",
            level: Severity::Warning,
            spoils: false,
            affects: &[],
            views: &[],
            counted: ("incident", "incidents"),
            sentence: (
                "has no end: how long it took cannot be told.",
                "have no end: how long they took cannot be told.",
            ),
            fix: "Close them in the tool they come from, and add a new export.",
            action: FixAction::ImportAgain,
        },
        look: Look::Whole(|facts, _| incidents_without_end(facts)),
    },
    Check {
        words: CheckWords {
            id: "mixed-currencies",
            title: "Several currencies",
            level: Severity::Serious,
            spoils: false,
            affects: &[],
            views: &[],
            counted: ("amount", "amounts"),
            sentence: (
                "is in another currency than the rest: amounts of several currencies are not added up.",
                "are in other currencies than the rest: amounts of several currencies are not added up.",
            ),
            fix: "Convert the amounts to one currency in the file, and add it again.",
            action: FixAction::ImportAgain,
        },
        look: Look::Whole(|facts, _| mixed_currencies(facts)),
    },
];

/// Planned maintenance is no incident. The first ones are named by id, else by title.
fn incidents_without_end(facts: &Facts<'_>) -> Found {
    let Some(incidents) = facts.data.dataset.records(RecordKind::Incident) else { return Found::default() };
    let has_no_end = |&row: &usize| {
        incidents.moments("resolved-at").get(row).is_none_or(|&at| at == NO_MOMENT)
            && incidents.text("status", row) != "maintenance"
    };
    let names: Vec<&str> = (0..incidents.len()).filter(has_no_end).map(|row| name_of(incidents, row)).collect();
    Found { count: names.len(), items: Vec::new(), place: words::list(&names, NAMED) }
}

fn name_of(records: &Records, row: usize) -> &str {
    match records.text("id", row) {
        "" => records.text("title", row),
        id => id,
    }
}

/// Amounts outside the most frequent currency. An amount without a currency may be in any: it is not counted.
fn mixed_currencies(facts: &Facts<'_>) -> Found {
    let mut amounts: Vec<(&str, usize)> = Vec::new();
    for kind in [RecordKind::Cost, RecordKind::WorkLog] {
        let column = facts.data.dataset.records(kind).and_then(|records| records.category("currency"));
        let Some(column) = column else { continue };
        let mut counts = vec![0; column.values().len()];
        column.codes().iter().for_each(|&code| counts[code as usize] += 1);
        for (currency, count) in column.values().iter().zip(counts).skip(1).filter(|(_, count)| *count > 0) {
            match amounts.iter_mut().find(|(known, _)| *known == currency) {
                Some((_, known)) => *known += count,
                None => amounts.push((currency, count)),
            }
        }
    }
    sort_by(&mut amounts, |a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    let others: usize = amounts.iter().skip(1).map(|(_, count)| count).sum();
    let names: Vec<&str> = amounts.iter().map(|(currency, _)| *currency).collect();
    Found { count: others, items: Vec::new(), place: words::list(&names, NAMED) }
}
