//! Net flow worked out by hand. 2024-01-01 is a Monday.

use crate::support::{ItemBuilder, as_of, ask, figure, keys, left_out, prepare, values};

#[test]
fn arrivals_minus_departures_week_by_week() {
    // Week of January 1: A and B come. Of the 8th: C comes, A goes. Of the 15th: D comes; C is closed, D goes.
    let data = prepare(&[
        ItemBuilder::new("A").finished("2024-01-10"),
        ItemBuilder::new("B").created("2024-01-02"),
        ItemBuilder::new("C").created("2024-01-09").dropped("2024-01-16"),
        ItemBuilder::new("D").created("2024-01-16").finished("2024-01-17"),
        ItemBuilder::new("UNDATED").finished_undated(),
    ]);
    let result = ask(&data, "net-flow", &as_of("2024-01-21"));
    assert_eq!(values(&result, "arrivals"), [2.0, 1.0, 1.0].map(Some));
    assert_eq!(values(&result, "departures"), [0.0, 1.0, 2.0].map(Some));
    assert_eq!(values(&result, "net"), [2.0, 0.0, -1.0].map(Some));
    assert_eq!(values(&result, "cumulative"), [2.0, 2.0, 1.0].map(Some));
    assert_eq!(keys(&data, &result.series("net").unwrap().points[2].items), ["C", "D"]);
    assert_eq!(figure(&result, "net"), Some(1.0));
    assert_eq!(left_out(&data, &result, "finished or closed, but no date tells when"), ["UNDATED"]);
    let expected = "4 arrived and 3 departed in 3 whole weeks since 2024-01-01: the open work grew by 1 item.";
    assert_eq!(result.summary, expected);
}

#[test]
fn a_week_that_is_not_over_does_not_count() {
    let data = prepare(&[ItemBuilder::new("A"), ItemBuilder::new("NOW").created("2024-01-09")]);
    let result = ask(&data, "net-flow", &as_of("2024-01-13"));
    assert_eq!(values(&result, "net"), [Some(1.0)]);
    assert_eq!(left_out(&data, &result, "neither arrived nor departed in a whole period"), ["NOW"]);
}
