//! Cycle times worked out by hand.

use throughline::metrics::{DayRule, PercentileRule, Query, StartRule, Status, X};
use throughline::model::{ChangeField, NO_MOMENT};

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, left_out, prepare, values};

/// Ten items that took 1 to 10 days, all started on 2024-02-01.
fn one_to_ten() -> Vec<ItemBuilder> {
    (1..=10)
        .map(|days| {
            let finished = format!("2024-02-{days:02}");
            ItemBuilder::new(&format!("C-{days}")).started("2024-02-01").finished(&finished)
        })
        .collect()
}

#[test]
fn both_ends_count() {
    let items = [
        ItemBuilder::new("A").started("2024-01-02T09:00").finished("2024-01-07T09:00"),
        ItemBuilder::new("B").started("2024-01-03T09:00").finished("2024-01-03T17:00"),
        ItemBuilder::new("C").started("2024-01-03T23:59").finished("2024-01-04T00:00"),
    ];
    let result = ask(&prepare(&items), "cycle-time", &as_of("2024-02-01"));
    // In the order of the finish: B (1), C (2), A (6).
    assert_eq!(values(&result, "cycle-time"), [1.0, 2.0, 6.0].map(Some));
    assert_eq!(result.series("cycle-time").unwrap().points[2].x, X::Day(day("2024-01-07")));
    assert_eq!(result.summary, "Median cycle time is 2 days (3 items).");
    assert!(result.notes.iter().any(|note| note.id == "few-items"));
}

#[test]
fn percentiles_are_real_items_by_nearest_rank() {
    let data = prepare(&one_to_ten());
    let result = ask(&data, "cycle-time", &as_of("2024-03-01"));
    assert_eq!(figure(&result, "p50"), Some(5.0));
    assert_eq!(figure(&result, "p85"), Some(9.0));
    assert_eq!(keys(&data, &result.figure("p85").unwrap().items), ["C-9"]);
    // p95 needs 20 items.
    assert_eq!(figure(&result, "p95"), None);
    assert!(result.series("p95").is_none());
    assert_eq!(values(&result, "p85"), [Some(9.0), Some(9.0)]);
    let nine = prepare(&one_to_ten()[..9]);
    assert_eq!(figure(&ask(&nine, "cycle-time", &as_of("2024-03-01")), "p85"), None);
}

#[test]
fn what_has_no_cycle_time_is_left_out_with_its_reason() {
    let items = [
        ItemBuilder::new("OK").started("2024-01-02").finished("2024-01-03"),
        ItemBuilder::new("NO-START").finished("2024-01-03"),
        ItemBuilder::new("NO-FINISH").started("2024-01-02").finished_undated(),
        ItemBuilder::new("NEGATIVE").started("2024-01-05").finished("2024-01-03"),
        ItemBuilder::new("LATER").started("2024-01-05").finished("2024-03-03"),
        ItemBuilder::new("OPEN").started("2024-01-05"),
    ];
    let data = prepare(&items);
    let result = ask(&data, "cycle-time", &Query { to: Some(day("2024-02-01")), ..as_of("2024-04-01") });
    assert_eq!(left_out(&data, &result, "finished, but no start date"), ["NO-START"]);
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["NO-FINISH"]);
    assert_eq!(left_out(&data, &result, "finished before it was started"), ["NEGATIVE"]);
    assert_eq!(left_out(&data, &result, "finished outside the chosen period"), ["LATER"]);
    assert_eq!((result.considered, result.candidates()), (1, 5));
    assert_eq!(result.summary, "The cycle time of the one finished item is 2 days.");
}

#[test]
fn a_source_without_a_start_field_says_what_is_missing() {
    let result = ask(&prepare(&[ItemBuilder::new("A").finished("2024-01-03")]), "cycle-time", &as_of("2024-02-01"));
    let Status::NotComputable { reason, needs } = result.status else { panic!("computed") };
    assert_eq!(reason, "This data does not say when work on an item started.");
    assert!(needs.contains("Start date"));
}

/// Tuesday Jan 2, 09:00 to Sunday Jan 7, 09:00.
#[test]
fn each_rule_of_days_has_its_number() {
    let item = ItemBuilder::new("A").started("2024-01-02T09:00").finished("2024-01-07T09:00");
    let data = prepare(&[item]);
    let by = |days| ask(&data, "cycle-time", &Query { days, ..as_of("2024-02-01") });
    // Jan 2, 3, 4, 5, 6, 7.
    assert_eq!(figure(&by(DayRule::Calendar), "p50"), Some(6.0));
    // Tuesday to Friday.
    assert_eq!(figure(&by(DayRule::Working), "p50"), Some(4.0));
    assert_eq!(by(DayRule::Working).summary, "The cycle time of the one finished item is 4 working days.");
    // Five times 24 hours.
    assert_eq!(figure(&by(DayRule::Elapsed), "p50"), Some(5.0));
    // Nothing tells its way.
    assert!(!by(DayRule::InStatus).is_computed());
    let others: Vec<_> = by(DayRule::Calendar)
        .alternatives
        .iter()
        .filter(|other| other.key == "days")
        .map(|other| (other.value.clone(), other.figure, other.in_use))
        .collect();
    let expected = [
        ("calendar", Some(6.0), true),
        ("working", Some(4.0), false),
        ("elapsed", Some(5.0), false),
        ("in-status", None, false),
    ];
    assert_eq!(others, expected.map(|(value, figure, in_use)| (value.to_owned(), figure, in_use)));
}

/// In progress Jan 2 00:00 to Jan 3 00:00, back to the beginning, again Jan 5 00:00 to Jan 5 12:00, review until Jan 6 00:00.
#[test]
fn time_in_progress_adds_up_all_visits_and_the_start_is_the_last_one() {
    let item = ItemBuilder::new("A").moves(&[
        ("2024-01-02T00:00", "In Progress"),
        ("2024-01-03T00:00", "To Do"),
        ("2024-01-05T00:00", "In Progress"),
        ("2024-01-05T12:00", "In Review"),
        ("2024-01-06T00:00", "Done"),
    ]);
    let data = prepare(&[item]);
    let by = |days| figure(&ask(&data, "cycle-time", &Query { days, ..as_of("2024-02-01") }), "p50");
    // One day, then half a day in progress and half a day in review.
    assert_eq!(by(DayRule::InStatus), Some(2.0));
    // The clock began again on Jan 5.
    assert_eq!(by(DayRule::Elapsed), Some(1.0));
    assert_eq!(by(DayRule::Calendar), Some(2.0));
}

#[test]
fn linear_percentiles_are_those_of_spreadsheets() {
    let data = prepare(&one_to_ten());
    let query = Query { percentile: PercentileRule::Linear, ..as_of("2024-03-01") };
    let result = ask(&data, "cycle-time", &query);
    assert_eq!(figure(&result, "p50"), Some(5.5));
    assert_eq!(figure(&result, "p85"), Some(8.65));
    assert!(result.figure("p85").unwrap().items.is_empty(), "no item took 8.65 days");
    assert_eq!(result.figure("p85").unwrap().how, "0.65 of the way from the 8th to the 9th smallest of 10");
}

#[test]
fn counted_from_the_creation_it_is_called_a_lead_time() {
    let item = ItemBuilder::new("A").created("2024-01-01").started("2024-01-02").finished("2024-01-07");
    let query = Query { start: StartRule::Created, ..as_of("2024-02-01") };
    let result = ask(&prepare(&[item]), "cycle-time", &query);
    assert_eq!(figure(&result, "p50"), Some(7.0));
    assert!(result.summary.contains("lead time"), "{}", result.summary);
    assert!(result.notes.iter().any(|note| note.id == "from-creation"));
}

/// Five items of 4 days in February's second half, five of 5 days in its first half: 20 % less.
#[test]
fn a_period_is_compared_with_the_one_before() {
    let mut items = Vec::new();
    for number in 0..5 {
        let key = |name: &str| format!("{name}-{number}");
        items.push(ItemBuilder::new(&key("OLD")).started("2024-02-01").finished("2024-02-05"));
        items.push(ItemBuilder::new(&key("NEW")).started("2024-02-12").finished("2024-02-15"));
    }
    let query = Query { from: Some(day("2024-02-11")), to: Some(day("2024-02-20")), ..as_of("2024-03-01") };
    let result = ask(&prepare(&items), "cycle-time", &query);
    assert_eq!(
        result.summary,
        "Median cycle time is 4 days (5 items). That is 20 % below the period of the same length before (5 days, 5 items)."
    );
}

/// Nobody knows since when it had been in progress when its history begins: only the second visit has a length.
#[test]
fn a_visit_without_a_beginning_has_no_time() {
    let mut item = ItemBuilder::new("A")
        .changed("2024-01-03T00:00", ChangeField::Status, "In Progress", "To Do")
        .changed("2024-01-05T00:00", ChangeField::Status, "To Do", "In Progress")
        .changed("2024-01-06T12:00", ChangeField::Status, "In Progress", "Done")
        .status("Done");
    item.created = NO_MOMENT;
    let query = Query { days: DayRule::InStatus, ..as_of("2024-02-01") };
    assert_eq!(figure(&ask(&prepare(&[item]), "cycle-time", &query), "p50"), Some(1.5));
}
