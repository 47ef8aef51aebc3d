//! The sprint of `sprint_history`: completed C-1, C-2, A-1; not completed C-3, C-5, A-2; completed outside B-1 (before the
//! start) and E-1 (before it came in); removed C-4, A-3, D-1; added. C-3 went on in S 2.

use throughline::metrics::X;

use super::sprint_history::{items, points, prepared};
use crate::support::{ItemBuilder, as_of, ask, figure, keys, prepare_with_windows, values};

#[test]
fn each_group_has_its_items() {
    let data = prepared(&items());
    let result = ask(&data, "sprint-report", &points("2024-01-29"));
    assert_eq!(values(&result, "groups"), [10.0, 16.0, 6.0, 6.0, 3.0].map(Some));
    let behind = |id: &str| keys(&data, &result.figure(id).unwrap().items);
    assert_eq!(behind("completed"), ["C-1", "C-2", "A-1"]);
    assert_eq!(behind("not-completed"), ["C-3", "C-5", "A-2"]);
    assert_eq!(behind("completed-outside"), ["B-1", "E-1"]);
    assert_eq!(behind("removed"), ["C-4", "A-3", "D-1"]);
    assert_eq!(behind("added"), ["A-1", "A-2", "A-3"]);
    assert_eq!(behind("carried-over-1"), ["C-3"]);
    assert_eq!(behind("carried-over-2"), ["C-5", "A-2"]);
    let carried = &result.series("carried-over").unwrap().points;
    assert_eq!(carried[0].x, X::Name("Carried over to S 2".into()));
    assert_eq!(carried[1].x, X::Name("In no later sprint".into()));
    assert_eq!((result.considered, result.candidates()), (11, 13));
    assert_eq!(
        result.summary,
        "S 1: 10 points completed, 16 not completed, 6 removed, 3 added after the start; 8 carried over to S 2."
    );
}

#[test]
fn a_running_sprint_carries_nothing_over_yet() {
    let result = ask(&prepared(&items()), "sprint-report", &points("2024-01-10"));
    assert_eq!(figure(&result, "completed"), Some(13.0));
    assert!(result.series("carried-over").is_none());
}

#[test]
fn from_final_content_removals_are_not_known() {
    let items = [
        ItemBuilder::new("A").sprints(&["S 1", "S 2"]),
        ItemBuilder::new("B").finished("2024-01-09").sprints(&["S 1"]),
        ItemBuilder::new("C").finished("2024-01-05").sprints(&["S 1"]),
    ];
    let windows = [("S 1", "2024-01-08T00:00", "2024-01-15T00:00"), ("S 2", "2024-01-15T00:00", "2024-01-22T00:00")];
    let data = prepare_with_windows(&items, &windows);
    let query = throughline::metrics::Query { iteration: Some("S 1".into()), ..as_of("2024-01-29") };
    let result = ask(&data, "sprint-report", &query);
    assert_eq!(values(&result, "groups"), [1.0, 1.0, 1.0, 0.0].map(Some));
    assert!(result.figure("removed").is_none());
    assert_eq!(keys(&data, &result.figure("carried-over-1").unwrap().items), ["A"]);
    assert_eq!(result.summary, "S 1: 1 item completed, 1 not completed; 1 carried over to S 2.");
}
