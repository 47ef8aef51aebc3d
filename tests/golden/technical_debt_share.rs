//! The share of technical debt worked out by hand. 2024-01-01 is a Monday.

use std::sync::Arc;

use throughline::metrics::{Query, Unit};
use throughline::model::Decisions;

use super::some_debt::debt;
use crate::support::{ItemBuilder, as_of, ask, figure, prepare, prepare_with_windows, values};

#[test]
fn the_share_of_each_sprint_beside_the_target() {
    let windows = [("S 1", "2024-01-01", "2024-01-08"), ("S 2", "2024-01-08", "2024-01-15")];
    let done = |item: ItemBuilder, sprint: &str, at: &str| item.sprints(&[sprint]).finished(at);
    let items = [
        done(debt("D1", "2024-01-01"), "S 1", "2024-01-03").points(1.0),
        done(ItemBuilder::new("A"), "S 1", "2024-01-04").points(3.0),
        done(ItemBuilder::new("B"), "S 2", "2024-01-10").points(2.0),
        done(debt("D2", "2024-01-01"), "S 2", "2024-01-11").points(2.0),
        done(debt("D3", "2024-01-01"), "S 2", "2024-01-11").points(4.0),
        debt("OPEN", "2024-01-01").sprints(&["S 2"]),
    ];
    let mut data = prepare_with_windows(&items, &windows);
    let result = ask(&data, "technical-debt-share", &as_of("2024-01-20"));
    // S 1: 1 of 2 items; S 2: 2 of 3.
    assert_eq!(values(&result, "share"), [Some(50.0), Some(66.666_667)]);
    assert_eq!(figure(&result, "share"), Some(60.0));
    assert!(result.series("target").is_none());
    data.edit_decisions(Arc::new(Decisions { debt_target: Some(55.0), ..Decisions::default() }));
    let result = ask(&data, "technical-debt-share", &Query { unit: Unit::Points, ..as_of("2024-01-20") });
    // S 1: 1 of 4 points = 25 %; S 2: 6 of 8 = 75 %; in all 7 of 12.
    assert_eq!(values(&result, "share"), [Some(25.0), Some(75.0)]);
    assert_eq!(values(&result, "target"), [Some(55.0); 2]);
    assert_eq!(
        [figure(&result, "share"), figure(&result, "target"), figure(&result, "target-met")],
        [58.333_333, 55.0, 1.0].map(Some)
    );
    assert_eq!(
        result.summary,
        "58.33 % of the completed points were technical debt, at or above the target of 55 % (2 closed sprints)."
    );
}

#[test]
fn the_share_of_periods_where_there_are_no_sprints() {
    let data = prepare(&[
        debt("D", "2024-01-01").finished("2024-01-03"),
        ItemBuilder::new("A").finished("2024-01-04"),
        ItemBuilder::new("B").finished("2024-01-16"),
    ]);
    let result = ask(&data, "technical-debt-share", &as_of("2024-01-21"));
    assert_eq!(values(&result, "share"), [Some(50.0), None, Some(0.0)]);
    assert_eq!(figure(&result, "share"), Some(33.333_333));
    assert!(result.notes.iter().any(|note| note.id == "no-sprints"));
}
