//! Service levels of bugs worked out by hand. 2024-01-01 is a Monday.

use throughline::model::Decisions;

use super::some_bugs::{names, resolved};
use crate::support::{as_of, ask, figure, keys, left_out, prepare, prepare_with_decisions, values};

#[test]
fn targets_are_met_or_breached() {
    let decisions = |targets: &[(&str, f64)]| Decisions {
        resolution_targets: targets.iter().map(|&(priority, days)| (priority.to_owned(), days)).collect(),
        ..Decisions::default()
    };
    let items = resolved();
    assert!(!ask(&prepare(&items), "bug-service-levels", &as_of("2024-01-31")).is_computed(), "no target, no level");
    let data = prepare_with_decisions(&items, decisions(&[("high", 2.0), ("Low", 10.0)]));
    let result = ask(&data, "bug-service-levels", &as_of("2024-01-31"));
    // High, 2 days: A took 3 (late), B 1 (within), OPEN is 31 days old (late). Low, 10 days: C took 10 (within). D has no priority.
    assert_eq!(names(&result, "within"), ["High", "Low"]);
    assert_eq!(values(&result, "within"), [1.0, 1.0].map(Some));
    assert_eq!(values(&result, "breached"), [2.0, 0.0].map(Some));
    assert_eq!(values(&result, "in-time"), [0.0, 0.0].map(Some));
    assert_eq!(keys(&data, &result.figure("breaches").unwrap().items), ["A", "OPEN"]);
    assert_eq!(figure(&result, "share"), Some(50.0));
    assert_eq!(left_out(&data, &result, "its priority has no target"), ["D"]);
    assert_eq!(left_out(&data, &result, "finished before it was created"), ["WRONG"]);
    assert_eq!((result.considered, result.candidates()), (4, 7));
    assert_eq!(result.summary, "50 % of 4 bugs were resolved within the target of their priority; 2 breached it.");
    // At the end of Jan 2, A and OPEN are 2 days old and B is done within: nothing is breached, and of C nobody can say yet.
    let early = ask(&data, "bug-service-levels", &as_of("2024-01-02"));
    assert_eq!(
        [figure(&early, "share"), figure(&early, "in-time"), figure(&early, "breaches")],
        [100.0, 3.0, 0.0].map(Some)
    );
}
