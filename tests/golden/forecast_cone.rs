//! The burnup with its cone, worked out by hand. 2024-01-01 is a Monday.

use super::forecast_when::{and_open, finished, query};
use crate::support::{ask, figure, prepare, values};

#[test]
fn one_a_day_is_a_cone_without_width() {
    // January 1 to 10, one a day; four open: done 1 … 10 of 14, then 10 (now), 11, 12, 13, 14.
    let data = prepare(&and_open(finished(1, 1..=10), 4));
    let result = ask(&data, "forecast-cone", &query("2024-01-10", &[("daysoff", "count")]));
    let done: Vec<_> = (1..=10).map(|number| Some(f64::from(number))).collect();
    assert_eq!(values(&result, "done"), done);
    assert_eq!(values(&result, "scope"), vec![Some(14.0); 10]);
    for edge in ["expected", "low", "high"] {
        assert_eq!(values(&result, edge), [10.0, 11.0, 12.0, 13.0, 14.0].map(Some), "{edge}");
    }
    assert_eq!(
        (figure(&result, "p85"), figure(&result, "done"), figure(&result, "scope")),
        (Some(4.0), Some(10.0), Some(14.0))
    );
    assert_eq!(
        result.summary,
        "10 items done in the window and 4 items to go: all done by 2024-01-14 with a chance of 85 %."
    );
}

#[test]
fn scope_rises_when_work_comes_in() {
    // Five done on January 1 to 5; two more came in on the 3rd and are open: scope 5, 5, 7, 7, 7.
    let mut items = finished(1, 1..=5);
    items.extend(["A", "B"].map(|key| crate::support::ItemBuilder::new(key).created("2024-01-03")));
    let result = ask(&prepare(&items), "forecast-cone", &query("2024-01-05", &[("daysoff", "count")]));
    assert_eq!(values(&result, "scope"), [5.0, 5.0, 7.0, 7.0, 7.0].map(Some));
}
