//! Cycle times worked out by hand.

use throughline::metrics::{Query, Status, X};

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
