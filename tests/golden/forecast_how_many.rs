//! How much is done by a day, worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::Query;

use super::forecast_when::{and_open, finished, query};
use crate::support::{ask, figure, prepare, values};

#[test]
fn one_a_day_does_as_many_items_as_days() {
    let data = prepare(&and_open(finished(1, 1..=30), 12));
    let result =
        ask(&data, "forecast-how-many", &query("2024-01-30", &[("daysoff", "count"), ("target", "2024-02-09")]));
    for p in ["p50", "p70", "p85", "p95"] {
        assert_eq!(figure(&result, p), Some(10.0), "{p}");
    }
    assert_eq!(result.summary, "With a chance of 85 % at least 10 items are done by 2024-02-09 (50 %: 10 items).");
    // No trial does 12 in 10 days, and still it is not impossible.
    assert_eq!(figure(&result, "chance-all"), Some(1.0));
    assert_eq!(values(&result, "chance"), [Some(99.0)]);
}

#[test]
fn percentiles_run_from_the_top_down() {
    // Two items on every second day; two days ahead: 4, 2 or 0 items with 1/4, 1/2, 1/4. At least 2 with 75 %, at least 0 always.
    let data = prepare(&and_open(finished(2, (1..=20).step_by(2)), 9));
    let asked = query("2024-01-20", &[("daysoff", "count"), ("target", "2024-01-22")]);
    let result = ask(&data, "forecast-how-many", &asked);
    assert_eq!(["p50", "p70", "p85", "p95"].map(|p| figure(&result, p)), [2.0, 2.0, 0.0, 0.0].map(Some));
}

#[test]
fn the_days_off_before_the_target_do_nothing() {
    // One item each weekday; from Friday 26 to Sunday February 4 there are five days of work.
    let weekdays = (1..=26).filter(|day| !matches!((day - 1) % 7, 5 | 6));
    let data = prepare(&and_open(finished(1, weekdays), 5));
    let result = ask(&data, "forecast-how-many", &query("2024-01-26", &[("target", "2024-02-04")]));
    assert_eq!(figure(&result, "p85"), Some(5.0));
    assert_eq!(figure(&result, "chance-all"), Some(99.0));
}

#[test]
fn without_a_target_it_is_30_days_from_now_and_never_the_past() {
    let data = prepare(&and_open(finished(1, 1..=30), 1));
    let asked = query("2024-01-30", &[("daysoff", "count")]);
    assert_eq!(figure(&ask(&data, "forecast-how-many", &asked), "p85"), Some(30.0));
    let mut past: Query = asked;
    past.set("target", "2024-01-30").unwrap();
    assert_eq!(
        ask(&data, "forecast-how-many", &past).summary,
        "The target 2024-01-30 is not in the future of the data."
    );
}
