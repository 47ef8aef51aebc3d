//! The sprint of `sprint_history`: 26 committed + 3 added - 6 removed + 6 raised - 3 lowered = 26, of which 10 completed and 16
//! not. Scope creep = 3 + 6 - 6 = 3, which is 11.54 % of 26.

use throughline::metrics::{Query, Unit, X};

use super::sprint_history::{items, points, prepared};
use crate::support::{ItemBuilder, as_of, ask, figure, keys, prepare_with_windows, values};

#[test]
fn the_steps_lead_from_the_start_to_the_end() {
    let data = prepared(&items());
    let result = ask(&data, "scope-change", &points("2024-01-29"));
    assert_eq!(values(&result, "scope"), [26.0, 3.0, -6.0, 6.0, -3.0, 26.0].map(Some));
    let bars = &result.series("scope").unwrap().points;
    assert_eq!(bars[2].x, X::Name("Removed".into()));
    assert_eq!(keys(&data, &bars[2].items), ["C-4", "A-3", "D-1"]);
    assert_eq!(keys(&data, &bars[5].items), ["C-1", "C-2", "C-3", "C-5", "A-1", "A-2"]);
    assert_eq!(figure(&result, "scope-creep"), Some(3.0));
    assert_eq!(figure(&result, "scope-creep-share"), Some(11.538_462));
    assert_eq!(
        result.working,
        [
            "Final scope = committed + added - removed + estimates raised - estimates lowered = 26 + 3 - 6 + 6 - 3 = 26.",
            "It is 10 completed + 16 not completed.",
        ]
    );
    assert_eq!(result.summary, "S 1: from 26 to 26 points; scope creep 3, 11.54 % of committed.");
    assert_eq!((result.considered, result.candidates()), (9, 13));
}

#[test]
fn from_final_content_only_additions_are_known() {
    let item = |key: &str, created: &str| ItemBuilder::new(key).created(created).points(2.0).sprints(&["S 1"]);
    let items = [item("A", "2024-01-02"), item("B", "2024-01-09")];
    let data = prepare_with_windows(&items, &[("S 1", "2024-01-08T00:00", "2024-01-15T00:00")]);
    let result = ask(&data, "scope-change", &Query { unit: Unit::Points, ..as_of("2024-01-29") });
    assert_eq!(values(&result, "scope"), [2.0, 2.0, 4.0].map(Some));
    assert!(result.figure("removed").is_none());
    assert!(result.notes.iter().any(|note| note.id == "final-content"));
    assert_eq!(result.working[0], "Final scope = committed + added = 2 + 2 = 4.");
}

#[test]
fn a_sprint_without_changes_says_so() {
    let item = ItemBuilder::new("A").sprints(&["S 1"]);
    let data = prepare_with_windows(&[item], &[("S 1", "2024-01-08T00:00", "2024-01-15T00:00")]);
    assert_eq!(ask(&data, "scope-change", &as_of("2024-01-29")).summary, "S 1: the scope stayed at 1 item.");
}
