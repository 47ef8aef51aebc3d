//! Open technical debt worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{Query, Unit};
use throughline::model::{Decisions, MarkRule};

use super::some_debt::debt;
use crate::support::{ItemBuilder, as_of, ask, figure, keys, prepare, prepare_with_decisions, values};

#[test]
fn open_debt_by_age_and_points() {
    // "Now" is Mar 31.
    let data = prepare(&[
        debt("A", "2024-03-31").points(2.0), // 1 day
        debt("B", "2024-02-10"),             // 20 + 31 = 51 days, no estimate
        debt("C", "2024-01-01").points(5.0), // 91 days
        debt("DONE", "2024-01-01").finished("2024-02-01").points(8.0),
        ItemBuilder::new("T").title("Refactoring of the parser").created("2024-03-01").points(0.5), // 31 days, by its title
        ItemBuilder::new("STORY").created("2024-01-01").points(3.0),
    ]);
    let result = ask(&data, "technical-debt", &as_of("2024-03-31"));
    assert_eq!(values(&result, "open"), [1.0, 2.0, 0.0, 1.0].map(Some));
    assert_eq!(keys(&data, &result.series("open").unwrap().points[1].items), ["B", "T"]);
    assert_eq!(
        [figure(&result, "open"), figure(&result, "points"), figure(&result, "over-90")],
        [4.0, 7.5, 1.0].map(Some)
    );
    assert_eq!(result.summary, "4 items of technical debt are open (7.5 points), 1 of them for more than 90 days.");
    let points = ask(&data, "technical-debt", &Query { unit: Unit::Points, ..as_of("2024-03-31") });
    assert_eq!(values(&points, "open"), [2.0, 0.5, 0.0, 5.0].map(Some));
    assert!(points.notes.iter().any(|note| note.id == "unestimated"));
}

#[test]
fn debt_without_any_estimate_has_unknown_points() {
    let result = ask(&prepare(&[debt("A", "2024-01-01")]), "technical-debt", &as_of("2024-01-31"));
    assert_eq!((figure(&result, "open"), figure(&result, "points")), (Some(1.0), None));
}

#[test]
fn a_rule_that_marks_nothing_is_no_zero_debt() {
    let items = [ItemBuilder::new("A")];
    assert!(!ask(&prepare(&items), "technical-debt", &as_of("2024-01-31")).is_computed());
    let rule = MarkRule { labels: vec!["tidy".into()], ..MarkRule::default() };
    let data = prepare_with_decisions(&items, Decisions { debt_rule: Some(rule), ..Decisions::default() });
    let result = ask(&data, "technical-debt", &as_of("2024-01-31"));
    assert_eq!(result.summary, "No item is marked by the rule for technical debt: those whose label is tidy.");
}
