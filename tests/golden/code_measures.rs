//! Code measures in percent worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{Query, X};

use super::some_debt::{left_out_rows, measured, two_components};
use crate::support::{ItemBuilder, ask, day, prepare};

#[test]
fn each_measure_of_a_component_is_a_line() {
    let shares = ask(&two_components(), "code-measures", &Query::default());
    let lines: Vec<(&str, Option<f64>)> =
        shares.series.iter().map(|line| (line.name.as_str(), line.points[0].y)).collect();
    assert_eq!(lines, [("coverage, rental", Some(81.4)), ("coverage, workshop", Some(60.0))]);
    // The earlier one of the same day, by row.
    assert_eq!(left_out_rows(&shares, "measured again later on the same day"), [3]);
    assert_eq!((shares.considered, shares.candidates()), (2, 3));
    assert_eq!(shares.series[0].points[0].x, X::Day(day("2024-02-29")));
    assert!(!ask(&prepare(&[ItemBuilder::new("A")]), "code-measures", &Query::default()).is_computed());
}

#[test]
fn measures_that_cannot_be_drawn_are_counted() {
    let mut rows: Vec<(&str, &str, f64, &str)> = Vec::new();
    for component in ["a", "b", "c", "d", "e", "f", "g"] {
        rows.push(("2024-01-31", "coverage", 50.0, component));
    }
    rows.push(("2024-01-30", "coverage", f64::NAN, "a"));
    let data = measured(&rows);
    let result = ask(&data, "code-measures", &Query::default());
    assert_eq!(result.series.len(), 6);
    assert_eq!(left_out_rows(&result, "no value"), [7]);
    assert_eq!(left_out_rows(&result, "of a measure or component with older or fewer values, which is not drawn"), [6]);
}
