//! Resolution times of bugs worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{DayRule, PercentileRule, Query};

use super::some_bugs::{names, resolved};
use crate::support::{as_of, ask, day, figure, keys, left_out, prepare, values};

#[test]
fn resolution_times_by_priority() {
    let data = prepare(&resolved());
    let result = ask(&data, "bug-resolution-time", &as_of("2024-01-31"));
    // 1, 3, 5, 10: the 2nd smallest of 4 is 3.
    assert_eq!(figure(&result, "median"), Some(3.0));
    assert_eq!(figure(&result, "p85"), None);
    assert_eq!(result.figures[0].id, "median");
    assert_eq!(keys(&data, &result.figures[0].items), ["A"]);
    assert_eq!(names(&result, "median"), ["High", "Low", "(no priority)"]);
    // High: 1 and 3, the 1st smallest of 2.
    assert_eq!(values(&result, "median"), [1.0, 10.0, 5.0].map(Some));
    assert_eq!(values(&result, "p85"), [None, None, None]);
    assert_eq!(left_out(&data, &result, "finished before it was created"), ["WRONG"]);
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["UNDATED"]);
    assert_eq!((result.considered, result.candidates()), (4, 6));
    assert_eq!(result.summary, "Half of the bugs were resolved within 3 days (4 bugs).");
}

#[test]
fn the_rules_for_days_and_percentiles_are_those_of_the_question() {
    let data = prepare(&resolved());
    let ask = |query: Query| figure(&ask(&data, "bug-resolution-time", &query), "median");
    // Linear: half way from the 2nd to the 3rd of 1, 3, 5, 10 = 4.
    assert_eq!(ask(Query { percentile: PercentileRule::Linear, ..as_of("2024-01-31") }), Some(4.0));
    // Elapsed, all at noon: 0, 2, 4, 9; the 2nd is 2.
    assert_eq!(ask(Query { days: DayRule::Elapsed, ..as_of("2024-01-31") }), Some(2.0));
    // Working days: A Mon-Wed 3, B 1, C Jan 1-10 without Jan 6 and 7 = 8, D Thu Jan 4, Fri, Mon = 3: the 2nd of 1, 3, 3, 8 is 3.
    assert_eq!(ask(Query { days: DayRule::Working, ..as_of("2024-01-31") }), Some(3.0));
    // Of those done from Jan 5 on: C 10 and D 5; the 1st is 5.
    assert_eq!(ask(Query { from: Some(day("2024-01-05")), ..as_of("2024-01-31") }), Some(5.0));
    // At the end of Jan 5, D was done since Jan 5 (2 days); C was open: 1, 2, 3 has the median 2.
    assert_eq!(ask(as_of("2024-01-05")), Some(2.0));
}
