//! Bugs by component worked out by hand. 2024-01-01 is a Monday.

use super::some_bugs::{names, placed};
use crate::support::{as_of, ask, figure, prepare, values};

#[test]
fn bugs_count_in_each_component() {
    let result = ask(&prepare(&placed()), "bugs-by-component", &as_of("2024-01-31"));
    assert_eq!(names(&result, "open"), ["shop", "pay", "(no component)"]);
    assert_eq!(values(&result, "open"), [2.0, 1.0, 1.0].map(Some));
    assert_eq!(values(&result, "created"), [2.0, 2.0, 1.0].map(Some));
    assert_eq!(figure(&result, "most"), Some(2.0));
    assert!(result.notes.iter().any(|note| note.text == "1 bug names more than one component and counts in each."));
}
