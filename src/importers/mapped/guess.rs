//! Which column feeds which field, by its name first and by its cells second. Only a start: the user looks at it.

use super::columns::COLUMNS;
use super::{ColumnSample, Mapping};
use crate::importers::dates::instant_or_local;
use crate::importers::durations;
use crate::importers::table::{ColumnSpec, Grammar, normalised};
use crate::model::{category_from_words, dropped_status};

/// Hours as a bare number above this are mostly seconds, which only the user can tell.
const MOST_HOURS: f64 = 1000.0;
/// Words for kinds of work items, as they are in most trackers.
const TYPES: &[&str] = &[
    "bug",
    "defect",
    "task",
    "story",
    "user story",
    "epic",
    "feature",
    "new feature",
    "sub-task",
    "subtask",
    "improvement",
    "enhancement",
    "incident",
    "spike",
    "issue",
    "technical task",
    "requirement",
    "chore",
    "support",
    "question",
];
/// Words for priorities.
const PRIORITIES: &[&str] = &[
    "blocker", "critical", "major", "minor", "trivial", "highest", "high", "medium", "normal", "low", "lowest",
    "urgent", "none", "p0", "p1", "p2", "p3", "p4", "p5",
];
/// Objects that carry a title and are no work items.
const TITLED: &[&str] = &["milestone", "sprint", "iteration", "cycle", "project", "epic", "parent", "board", "list"];
/// Members of objects that stand for the whole object, and objects that only wrap others.
const NAMING: &[&str] = &["displayname", "display_name", "name", "value", "login", "username", "key"];
const WRAPPING: &[&str] = &["fields", "attributes", "properties", "data", "node", "_source", "item"];
/// A name made of these only is that of a work item.
const ITEM_WORDS: &[&str] =
    &["task", "issue", "ticket", "item", "card", "story", "work", "name", "title", "summary", "subject"];

/// Words of columns that count or measure something.
const MEASURING: &[&str] = &["count", "days", "time", "duration", "total", "rate"];

/// The best guess. Each field is fed by one column at most.
pub(super) fn guess_mapping(signature: &str, samples: &[ColumnSample], rows: usize) -> Mapping {
    let names: Vec<String> = samples.iter().map(|column| spoken(&column.header)).collect();
    let mut columns: Vec<(u32, String)> = Vec::new();
    for spec in COLUMNS {
        let fits = |place: &usize| {
            could_be(spec.grammar, &samples[*place].cells) && could_hold(spec.id, &samples[*place].cells, rows)
        };
        let is_free =
            |columns: &[(u32, String)], place: usize| columns.iter().all(|(taken, _)| *taken as usize != place);
        let free = |place: &usize| is_free(&columns, *place) && fits(place);
        let by_name = |test: &dyn Fn(&str, usize) -> bool, filled: bool| {
            spec.names.iter().find_map(|name| {
                let fits =
                    |&place: &usize| samples[place].cells.is_empty() != filled && test(name, place) && free(&place);
                (0..names.len()).find(fits)
            })
        };
        let whole = |name: &str, place: usize| names[place] == name;
        let part = |name: &str, place: usize| name.len() > 3 && is_part(spec, name, &names[place]);
        // The whole name first, then a name that holds a known one ("Task status", "Created (UTC)"), then the cells. A
        // column that is empty in the first rows comes last.
        let found = by_name(&whole, true)
            .or_else(|| by_name(&part, true))
            .or_else(|| (0..names.len()).find(|&place| free(&place) && tells_of(spec.id, &samples[place].cells)))
            .or_else(|| title_by_cells(&names, samples, &free).filter(|_| spec.id == "title"))
            .or_else(|| by_name(&whole, false))
            .or_else(|| by_name(&part, false));
        if let Some(place) = found {
            columns.push((place as u32, spec.id.to_owned()));
        }
    }
    columns.sort_unstable();
    Mapping { signature: signature.to_owned(), columns }
}

/// A column's name as it is compared: `createdAt` and `created_at` are "created at", `fields.status.name` is "status".
fn spoken(header: &str) -> String {
    let mut parts: Vec<&str> = header.split('.').map(|part| part.trim_end_matches("[]")).collect();
    // A dot in the header of a table is no path.
    if parts.iter().any(|part| part.is_empty() || part.contains(char::is_whitespace)) {
        parts = vec![header];
    }
    let named = |part: &str| NAMING.contains(&part.to_lowercase().as_str());
    let titled = |part: &str| TITLED.contains(&part.to_lowercase().as_str());
    let wraps = |part: &str| WRAPPING.contains(&part.to_lowercase().as_str());
    let told = match parts[..] {
        [.., whole, last] if named(last) && !wraps(whole) => whole.to_owned(),
        [.., whole, "title"] if titled(whole) => whole.to_owned(),
        [.., "title"] => "title".to_owned(),
        [.., whole, last] if !wraps(whole) => format!("{whole} {last}"),
        [.., last] => last.to_owned(),
        [] => String::new(),
    };
    let mut words = String::with_capacity(told.len() + 4);
    let mut was_lower = false;
    for mark in told.chars() {
        if was_lower && mark.is_uppercase() {
            words.push(' ');
        }
        was_lower = mark.is_lowercase();
        words.push(if mark == '_' { ' ' } else { mark });
    }
    normalised(&words)
}

/// Whether a known name is a word of a column's name. The name of something else is no title, and a number of things or
/// days is none of them.
fn is_part(spec: &ColumnSpec, known: &str, name: &str) -> bool {
    let words = || name.split(|mark: char| !mark.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_date = matches!(spec.grammar, Grammar::Date(_) | Grammar::UtcDate(_));
    words().any(|word| word == known)
        && (spec.id != "title" || words().all(|word| ITEM_WORDS.contains(&word)))
        && (is_date || !words().any(|word| MEASURING.contains(&word)))
}

/// True when no cell of the sample speaks against it.
fn could_be(grammar: Grammar, cells: &[String]) -> bool {
    cells.iter().all(|cell| match grammar {
        Grammar::Text | Grammar::List(_) => true,
        // Day and month may be undecided here, which is a date all the same.
        Grammar::Date(_) | Grammar::UtcDate(_) => could_be_date(cell),
        Grammar::Number => as_number(cell).is_some(),
        Grammar::Duration(unit) => {
            durations::hours(cell, unit).is_some() && as_number(cell).is_none_or(|hours| hours <= MOST_HOURS)
        }
    })
}

fn could_be_date(cell: &str) -> bool {
    instant_or_local(cell).is_some()
        || cell.split(['/', '.', '-']).filter(|part| part.trim().parse::<u32>().is_ok()).count() >= 2
}

/// The same, for what a field means: rows have different keys, titles are words, and yes or no is neither a state nor a name.
fn could_hold(field: &str, cells: &[String], rows: usize) -> bool {
    let all = |test: fn(&String) -> bool| !cells.is_empty() && cells.iter().all(test);
    match field {
        "key" => cells.len() >= rows.min(3),
        "title" => {
            cells.len() >= rows.min(2)
                && !all(|cell| as_number(cell).is_some())
                && !all(|cell| is_word_of(TYPES, cell) || is_word_of(PRIORITIES, cell))
        }
        "type" | "status" | "priority" | "assignee" | "reporter" | "team" | "board" | "resolution" => {
            !all(|cell| ["true", "false", "yes", "no"].contains(&cell.to_lowercase().as_str()))
        }
        _ => true,
    }
}

/// True when the cells alone tell what a column holds.
fn tells_of(field: &str, cells: &[String]) -> bool {
    let is_known: fn(&String) -> bool = match field {
        "type" => |cell| is_word_of(TYPES, cell),
        "priority" => |cell| is_word_of(PRIORITIES, cell) && !cell.eq_ignore_ascii_case("none"),
        // As the status map reads names, in its languages.
        "status" => |cell| category_from_words(cell).is_some() || dropped_status(cell),
        "key" => |cell| is_key(cell),
        _ => return false,
    };
    // One word may be chance.
    cells.len() >= 2 && cells.iter().all(is_known)
}

/// `ABC-12`, `#12`.
fn is_key(cell: &str) -> bool {
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let cell = cell.trim();
    cell.strip_prefix('#').is_some_and(is_digits)
        || cell.rsplit_once('-').is_some_and(|(project, number)| {
            is_digits(number)
                && project.starts_with(|mark: char| mark.is_ascii_alphabetic())
                && project.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
        })
}

/// The first column of words that could be titles: different in each row, some with a space, and its name is not that of
/// another field.
fn title_by_cells(names: &[String], samples: &[ColumnSample], free: &dyn Fn(&usize) -> bool) -> Option<usize> {
    const LONGEST: usize = 70;
    let is_title = |place: &usize| {
        let cells = &samples[*place].cells;
        let has_words = |cell: &String| cell.chars().filter(|mark| mark.is_alphabetic()).count() >= 3;
        let is_other = COLUMNS.iter().any(|spec| {
            spec.id != "title" && (tells_of(spec.id, cells) || spec.names.iter().any(|name| *name == names[*place]))
        });
        cells.len() >= 2
            && !is_other
            && cells.iter().all(|cell| has_words(cell) && cell.chars().count() <= LONGEST && !could_be_date(cell))
            && cells.iter().any(|cell| cell.trim().contains(' '))
    };
    (0..samples.len()).find(|place| free(place) && is_title(place))
}

fn is_word_of(words: &[&str], cell: &str) -> bool {
    words.contains(&cell.trim().to_lowercase().as_str())
}

fn as_number(cell: &str) -> Option<f64> {
    cell.trim().replace(',', ".").parse().ok()
}
