//! The history of merged items: what the sources tell, and what changed between two dated exports of one kind.

use super::{CategoryField, Dataset, Export, ListField, MergedItem, MomentField, NO_MOMENT, NumberField};
use crate::model::{Change, ChangeField, sort_by};

/// A change found by comparing, with its own texts.
struct Difference {
    field: ChangeField,
    from: String,
    to: String,
    /// The date of the earlier export.
    after: i64,
    /// The date of the later one.
    until: i64,
    /// The best estimate between the two.
    at: i64,
}

const CATEGORIES: &[(ChangeField, CategoryField)] = &[
    (ChangeField::Status, CategoryField::Status),
    (ChangeField::Assignee, CategoryField::Assignee),
    (ChangeField::Resolution, CategoryField::Resolution),
    (ChangeField::Priority, CategoryField::Priority),
    (ChangeField::Parent, CategoryField::Parent),
];
const NUMBERS: &[(ChangeField, NumberField)] = &[
    (ChangeField::Points, NumberField::Points),
    (ChangeField::OriginalEstimateHours, NumberField::OriginalEstimateHours),
    (ChangeField::RemainingHours, NumberField::RemainingHours),
];

/// Every change that any version of an item tells of, once, and every difference between dated versions that no source tells of.
pub(super) fn merge_history(exports: &[Export<'_>], versions: &[Vec<MergedItem>], out: &mut Dataset) {
    let is_told = exports.iter().any(|export| !export.dataset.history.is_empty());
    if !is_told && !has_series(exports) {
        return;
    }
    for list in versions {
        let told = |version: &MergedItem| exports[version.layer as usize].dataset.history.of_item(version.row as usize);
        let mut changes: Vec<Change<'_>> = list.iter().flat_map(told).collect();
        let found = differences(exports, list, &changes);
        changes.extend(found.iter().map(|difference| Change {
            at: difference.at,
            field: difference.field,
            from: &difference.from,
            to: &difference.to,
            after: difference.after,
        }));
        out.history.push_item(&mut changes);
    }
    if out.history.is_empty() {
        out.history = crate::model::History::default();
    }
}

/// True when two exports of one kind have different dates.
fn has_series(exports: &[Export<'_>]) -> bool {
    exports.iter().enumerate().any(|(place, a)| exports[place + 1..].iter().any(|b| is_later(a, b) || is_later(b, a)))
}

fn is_later(earlier: &Export<'_>, later: &Export<'_>) -> bool {
    earlier.taken_at != NO_MOMENT
        && earlier.taken_at < later.taken_at
        && earlier.series == later.series
        && earlier.tracker == later.tracker
}

fn differences(exports: &[Export<'_>], list: &[MergedItem], told: &[Change<'_>]) -> Vec<Difference> {
    let mut found = Vec::new();
    if list.len() < 2 {
        return found;
    }
    let export = |version: &MergedItem| exports[version.layer as usize];
    // By the date of the export; among equal dates the newest version is the last.
    let mut dated: Vec<&MergedItem> = list.iter().filter(|version| export(version).taken_at != NO_MOMENT).collect();
    sort_by(&mut dated, |a, b| {
        let (a, b) = (export(a), export(b));
        (a.series, a.tracker, a.taken_at).cmp(&(b.series, b.tracker, b.taken_at))
    });
    for pair in dated.windows(2) {
        let (earlier, later) = (pair[0], pair[1]);
        if is_later(&export(earlier), &export(later)) {
            compare(&export(earlier), earlier.row as usize, &export(later), later.row as usize, &mut found);
        }
    }
    // What a source tells of is not found a second time.
    found.retain(|difference| {
        let is_it = |change: &Change<'_>| {
            change.field == difference.field && difference.after < change.at && change.at <= difference.until
        };
        !told.iter().any(is_it)
    });
    found
}

fn compare(earlier: &Export<'_>, was: usize, later: &Export<'_>, is: usize, found: &mut Vec<Difference>) {
    let (old, new) = (earlier.dataset, later.dataset);
    let (after, until) = (earlier.taken_at, later.taken_at);
    // The last update of any kind is the latest that anything can have changed.
    let at = inside(new.moment(MomentField::Updated)[is], after, until).unwrap_or(until);
    let both = |id: &str| old.is_present(id) && new.is_present(id);
    let mut push = |field: ChangeField, from: String, to: String, at: i64| {
        if from != to {
            found.push(Difference { field, from, to, after, until, at });
        }
    };
    for &(field, column) in CATEGORIES {
        if both(column.id()) {
            let moment =
                if field == ChangeField::Status { status_moment(new, is, after, until).unwrap_or(at) } else { at };
            let (from, to) = (old.category(column).get(was), new.category(column).get(is));
            push(field, from.to_owned(), to.to_owned(), moment);
        }
    }
    for &(field, column) in NUMBERS {
        if both(column.id()) {
            push(field, number_text(old.number(column)[was]), number_text(new.number(column)[is]), at);
        }
    }
    if both(ListField::Sprint.id()) {
        let (before, now) = (old.list(ListField::Sprint), new.list(ListField::Sprint));
        for name in now.texts_of(is).filter(|name| !before.texts_of(was).any(|known| known == *name)) {
            push(ChangeField::Sprint, String::new(), name.to_owned(), at);
        }
        for name in before.texts_of(was).filter(|name| !now.texts_of(is).any(|known| known == *name)) {
            push(ChangeField::Sprint, name.to_owned(), String::new(), at);
        }
    }
}

/// When the status changed, as far as other columns tell: resolved, or the last change of the status category.
fn status_moment(dataset: &Dataset, row: usize, after: i64, until: i64) -> Option<i64> {
    [MomentField::Resolved, MomentField::StatusCategoryChanged]
        .into_iter()
        .find_map(|field| inside(dataset.moment(field)[row], after, until))
}

fn inside(moment: i64, after: i64, until: i64) -> Option<i64> {
    (moment > after && moment <= until).then_some(moment)
}

fn number_text(number: f64) -> String {
    if number.is_nan() { String::new() } else { number.to_string() }
}
