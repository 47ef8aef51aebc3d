//! Bugs by release worked out by hand. 2024-01-01 is a Monday.

use super::some_bugs::{bug, names, placed};
use crate::support::{as_of, ask, prepare, values};

#[test]
fn bugs_count_in_each_release() {
    let result = ask(&prepare(&placed()), "bugs-by-release", &as_of("2024-01-31"));
    // 1.1 has D; the others, of which C is done, name none.
    assert_eq!(names(&result, "open"), ["1.1", "(no release)"]);
    assert_eq!(values(&result, "open"), [1.0, 2.0].map(Some));
    assert!(!ask(&prepare(&[bug("A", "", "2024-01-01")]), "bugs-by-release", &as_of("2024-01-31")).is_computed());
}
