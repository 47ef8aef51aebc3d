//! The trend of cycle times worked out by hand. 2024-01-01 is a Monday.

use crate::support::{ItemBuilder, as_of, ask, figure, keys, left_out, prepare, values};

fn item(key: &str, from: &str, to: &str) -> ItemBuilder {
    ItemBuilder::new(key).created("2023-12-01").started(from).finished(to)
}

#[test]
fn each_week_has_its_own_median() {
    // Week of January 1: 2, 3 and 4 days. Of the 8th: nothing. Of the 15th: 1 to 10 days. Of the 22nd: not over.
    let mut items = vec![
        item("A", "2024-01-02", "2024-01-03"),
        item("B", "2024-01-02", "2024-01-04"),
        item("C", "2024-01-02", "2024-01-05"),
        item("NOW", "2024-01-22", "2024-01-22"),
    ];
    items.extend((1..=10).map(|days| {
        let from = format!("2024-01-{:02}", 21 - days);
        item(&format!("D-{days}"), &from, "2024-01-20")
    }));
    let data = prepare(&items);
    let result = ask(&data, "cycle-time-trend", &as_of("2024-01-24"));
    assert_eq!(values(&result, "median"), [Some(3.0), None, Some(5.0)]);
    assert_eq!(values(&result, "p85"), [None, None, Some(9.0)]);
    assert_eq!(keys(&data, &result.series("median").unwrap().points[0].items), ["A", "B", "C"]);
    assert_eq!((figure(&result, "last"), figure(&result, "change")), (Some(5.0), Some(2.0)));
    assert_eq!(left_out(&data, &result, "finished in the present week, which is not over"), ["NOW"]);
    assert_eq!((result.considered, result.candidates()), (13, 14));
    let expected = "The median went from 3 days in the first week to 5 days in the last (13 items, 2 weeks).";
    assert_eq!(result.summary, expected);
}
