use super::*;
use crate::model::{Categorical, Change, ChangeField, ItemRow, decode_dataset, encode_dataset};

/// Rows of key, updated, status.
fn layer(rows: &[(&str, i64, &str)]) -> Dataset {
    let mut dataset = Dataset::default();
    let mut row = ItemRow::default();
    for &(key, updated, status) in rows {
        row.begin(1);
        row.text(TextField::Key, key).moment(MomentField::Updated, Some(updated).filter(|&at| at != NO_MOMENT));
        row.category(CategoryField::Status, status);
        dataset.push_item(&row);
    }
    dataset.present = row.present();
    dataset
}

fn export<'a>(dataset: &'a Dataset, tracker: &'a str, taken_at: i64) -> Export<'a> {
    Export { dataset, tracker, series: "csv", taken_at }
}

fn statuses(dataset: &Dataset) -> Vec<(&str, &str)> {
    let mut list: Vec<_> =
        (0..dataset.len()).map(|row| (dataset.key(row), dataset.category(CategoryField::Status).get(row))).collect();
    list.sort_unstable();
    list
}

#[test]
fn the_newest_version_wins_in_any_order() {
    let a = layer(&[("A-1", 1, "To Do"), ("A-2", 5, "Done")]);
    let b = layer(&[("A-1", 2, "Done"), ("A-2", 4, "To Do"), ("A-3", 1, "To Do")]);
    let (ab, _) = merge_layers(&[&a, &b]);
    let (ba, _) = merge_layers(&[&b, &a]);
    assert_eq!(statuses(&ab), statuses(&ba));
    assert_eq!(statuses(&ab), [("A-1", "Done"), ("A-2", "Done"), ("A-3", "To Do")]);
    assert_eq!(ab.uneven_column(), None);
}

#[test]
fn an_absent_column_wipes_nothing() {
    let all = layer(&[("A-1", 1, "In Progress")]);
    let mut current = layer(&[("A-1", 9, "")]);
    current.present.retain(|id| id != "status");
    let (merged, _) = merge_layers(&[&all, &current]);
    assert_eq!(merged.category(CategoryField::Status).get(0), "In Progress");
    assert_eq!(merged.moment(MomentField::Updated), [9]);
}

#[test]
fn without_updates_the_later_export_wins() {
    let first = layer(&[("A-1", NO_MOMENT, "To Do")]);
    let second = layer(&[("A-1", NO_MOMENT, "Done")]);
    for exports in [
        [export(&first, "jira", 10), export(&second, "jira", 20)],
        [export(&second, "jira", 20), export(&first, "jira", 10)],
    ] {
        assert_eq!(statuses(&merge_exports(&exports).0), [("A-1", "Done")]);
    }
}

#[test]
fn counts_add_up_to_the_rows() {
    let before = layer(&[("A-1", 1, "To Do"), ("A-2", 1, "To Do")]);
    let import = layer(&[("A-1", 2, "Done"), ("A-2", 1, "To Do"), ("A-3", 1, "To Do")]);
    let (after, _) = merge_layers(&[&before, &import]);
    let counts = MergeCounts::compare(&before, &after, &Export::of(&import));
    assert_eq!(counts, MergeCounts { new: 1, updated: 1, unchanged: 1 });
}

#[test]
fn one_key_in_two_trackers_is_two_items() {
    let mut boards = layer(&[("7", 1, "Doing"), ("8", 1, "Done")]);
    let mut parents = Categorical::default();
    for parent in ["", "7"] {
        parents.push(parent);
    }
    *boards.category_mut(CategoryField::Parent) = parents;
    let repository = layer(&[("7", 2, "open")]);
    let exports = [export(&boards, "azure", 5), export(&repository, "gitlab", 6)];
    let (merged, _) = merge_exports(&exports);
    assert_eq!(statuses(&merged), [("8", "Done"), ("azure:7", "Doing"), ("gitlab:7", "open")]);
    let child = (0..merged.len()).find(|&item| merged.key(item) == "8").unwrap();
    assert_eq!(merged.category(CategoryField::Parent).get(child), "azure:7");
    let counts = MergeCounts::compare(&boards, &merged, &exports[1]);
    assert_eq!(counts, MergeCounts { new: 1, updated: 0, unchanged: 0 });
}

#[test]
fn a_table_of_no_certain_tracker_joins_the_one_that_has_its_key() {
    let tracker = layer(&[("7", 1, "Doing")]);
    let table = layer(&[("7", 2, "Done"), ("9", 2, "New")]);
    let (merged, _) = merge_exports(&[export(&table, "", 5), export(&tracker, "azure", 4)]);
    assert_eq!(statuses(&merged), [("7", "Done"), ("9", "New")]);
    // When two have it, it is nobody's.
    let other = layer(&[("7", 1, "open")]);
    let (merged, _) =
        merge_exports(&[export(&table, "", 5), export(&tracker, "azure", 4), export(&other, "gitlab", 4)]);
    assert_eq!(statuses(&merged), [("7", "Done"), ("9", "New"), ("azure:7", "Doing"), ("gitlab:7", "open")]);
}

#[test]
fn differences_between_dated_exports_become_history() {
    let october = layer(&[("A-1", 3, "To Do"), ("A-2", 10, "Doing")]);
    let november = layer(&[("A-1", 15, "Doing"), ("A-2", 10, "Doing")]);
    let december = layer(&[("A-1", 28, "Done"), ("A-2", 10, "Doing"), ("A-3", 30, "Done")]);
    let exports = [export(&december, "jira", 30), export(&october, "jira", 10), export(&november, "jira", 20)];
    let (merged, _) = merge_exports(&exports);
    let found = |after, at, from, to| Change { at, field: ChangeField::Status, from, to, after };
    let of = |key: &str| {
        let item = (0..merged.len()).find(|&item| merged.key(item) == key).unwrap();
        merged.history.of_item(item).collect::<Vec<_>>()
    };
    assert_eq!(of("A-1"), [found(10, 15, "To Do", "Doing"), found(20, 28, "Doing", "Done")]);
    assert!(of("A-1").iter().all(Change::is_reconstructed));
    assert_eq!(of("A-2"), []);
    assert_eq!(of("A-3"), []);
    assert_eq!(decode_dataset(&encode_dataset(&merged)).unwrap(), merged);
    // Exports of different kinds are not compared: they may have other words for the same.
    let other = Export { series: "json", ..exports[2] };
    assert!(merge_exports(&[exports[1], other]).0.history.is_empty());
}

#[test]
fn what_a_source_tells_is_not_found_again() {
    let mut dataset = Dataset::default();
    let mut row = ItemRow::default();
    row.begin(1);
    row.text(TextField::Key, "A-1").moment(MomentField::Updated, Some(15)).category(CategoryField::Status, "Doing");
    row.change(12, ChangeField::Status, "To Do", "Doing");
    dataset.push_item(&row);
    dataset.present = row.present();
    let earlier = layer(&[("A-1", 3, "To Do")]);
    let (merged, _) = merge_exports(&[export(&earlier, "jira", 10), export(&dataset, "jira", 20)]);
    let changes: Vec<Change<'_>> = merged.history.of_item(0).collect();
    assert_eq!(changes.len(), 1);
    assert_eq!((changes[0].at, changes[0].is_reconstructed()), (12, false));
}
