//! Work in progress worked out by hand.

use throughline::metrics::{Query, Status};

use super::cumulative_flow::four_items;
use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, prepare, values};

#[test]
fn each_day_counts_what_is_in_progress_at_its_end() {
    // January 2: A. 3: A and B; C came and went within the day. 4: A is done, B went back. 5: none.
    let data = prepare(&four_items());
    let result = ask(&data, "work-in-progress", &as_of("2024-01-05"));
    assert_eq!(values(&result, "in-progress"), [1.0, 2.0, 0.0, 0.0].map(Some));
    let items: Vec<Vec<String>> =
        result.series("in-progress").unwrap().points.iter().map(|point| keys(&data, &point.items)).collect();
    assert_eq!(items, [vec!["A"], vec!["A", "B"], vec![], vec![]]);
    // Mean (1 + 2 + 0 + 0) / 4; median the 2nd smallest of 0, 0, 1, 2.
    assert_eq!(figure(&result, "mean"), Some(0.75));
    assert_eq!(figure(&result, "median"), Some(0.0));
    assert_eq!(figure(&result, "highest"), Some(2.0));
    assert_eq!(figure(&result, "today"), Some(0.0));
    assert_eq!(result.summary, "No items are in progress at the end of 2024-01-05; the mean of 4 days is 0.75.");
}

#[test]
fn a_chosen_period_counts_what_began_before_it() {
    let query = Query { from: Some(day("2024-01-03")), to: Some(day("2024-01-03")), ..as_of("2024-01-05") };
    let result = ask(&prepare(&four_items()), "work-in-progress", &query);
    assert_eq!(values(&result, "in-progress"), [Some(2.0)]);
}

#[test]
fn an_item_that_began_again_is_counted_in_both_stays() {
    let again = [("2024-01-02", "In Progress"), ("2024-01-03", "Done"), ("2024-01-05", "In Progress")];
    let result = ask(&prepare(&[ItemBuilder::new("A").moves(&again)]), "work-in-progress", &as_of("2024-01-06"));
    assert_eq!(values(&result, "in-progress"), [1.0, 0.0, 0.0, 1.0, 1.0].map(Some));
}

#[test]
fn a_limit_is_suggested_from_the_median_of_enough_days() {
    // Two items from January 1 to 20, a third on the last five days: 15 days of 2, 5 of 3. Median = the 10th smallest = 2.
    let item = |key: &str, from: &str| ItemBuilder::new(key).moves(&[(from, "In Progress")]);
    let items = [item("A", "2024-01-01"), item("B", "2024-01-01"), item("C", "2024-01-16")];
    let result = ask(&prepare(&items), "work-in-progress", &as_of("2024-01-20"));
    assert_eq!(figure(&result, "mean"), Some(2.25));
    let limit = result.notes.iter().find(|note| note.id == "limit").unwrap();
    assert!(limit.text.starts_with("A limit to begin with: 2 items in progress, the median of the last 20 days."));
    let short = ask(&prepare(&items), "work-in-progress", &as_of("2024-01-19"));
    assert!(!short.notes.iter().any(|note| note.id == "limit"));
}

#[test]
fn data_without_starts_has_no_work_in_progress_to_tell() {
    let result =
        ask(&prepare(&[ItemBuilder::new("A").finished("2024-01-03")]), "work-in-progress", &as_of("2024-02-01"));
    let Status::NotComputable { reason, .. } = result.status else { panic!("computed") };
    assert_eq!(reason, "This data does not say when work on an item started.");
}
