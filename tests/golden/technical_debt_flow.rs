//! Technical debt in and out worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{Query, Unit};

use super::some_debt::debt;
use crate::support::{ItemBuilder, as_of, ask, figure, prepare, values};

#[test]
fn what_comes_in_and_goes_out() {
    let data = prepare(&[
        debt("A", "2024-01-02").points(3.0).moves(&[("2024-01-10", "Done"), ("2024-01-16", "To Do")]),
        debt("B", "2024-01-09").points(5.0),
        ItemBuilder::new("STORY").created("2024-01-01"),
    ]);
    let result = ask(&data, "technical-debt-flow", &as_of("2024-01-21"));
    // Week 1: A in. Week 2: B in, A out. Week 3: A in again.
    assert_eq!(values(&result, "inflow"), [1.0, 1.0, 1.0].map(Some));
    assert_eq!(values(&result, "outflow"), [0.0, 1.0, 0.0].map(Some));
    assert_eq!(values(&result, "open"), [1.0, 1.0, 2.0].map(Some));
    assert_eq!([figure(&result, "open"), figure(&result, "net")], [2.0, 2.0].map(Some));
    let points = ask(&data, "technical-debt-flow", &Query { unit: Unit::Points, ..as_of("2024-01-21") });
    assert_eq!(values(&points, "inflow"), [3.0, 5.0, 3.0].map(Some));
    assert_eq!(values(&points, "open"), [3.0, 5.0, 8.0].map(Some));
}
