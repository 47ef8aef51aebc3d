//! Ages of open bugs worked out by hand. 2024-01-01 is a Monday.

use super::some_bugs::{bug, names};
use crate::support::{as_of, ask, figure, prepare, values};

#[test]
fn open_bugs_by_age() {
    // "Now" is Mar 31: 31 - x days of March, 29 of February, the rest of January.
    let data = prepare(&[
        bug("A", "High", "2024-03-31"), // 1
        bug("B", "Low", "2024-03-02"),  // 31 - 2 + 1 = 30
        bug("C", "High", "2024-03-01"), // 31
        bug("D", "High", "2024-02-01"), // 29 + 31 = 60
        bug("E", "", "2024-01-31"),     // 61
        bug("F", "Low", "2024-01-01"),  // 31 + 29 + 31 = 91
        bug("DONE", "Low", "2024-01-01").finished("2024-02-01"),
        bug("DROPPED", "Low", "2024-01-01").dropped("2024-02-01"),
    ]);
    let result = ask(&data, "bug-backlog-age", &as_of("2024-03-31"));
    let bins = ["0-30 days", "31-60 days", "61-90 days", "over 90 days"];
    assert_eq!(
        result.series.iter().map(|series| series.name.as_str()).collect::<Vec<_>>(),
        ["High", "Low", "(no priority)"]
    );
    assert_eq!(names(&result, "priority-1"), bins);
    assert_eq!(values(&result, "priority-1"), [1.0, 2.0, 0.0, 0.0].map(Some));
    assert_eq!(values(&result, "priority-2"), [1.0, 0.0, 0.0, 1.0].map(Some));
    assert_eq!(values(&result, "priority-3"), [0.0, 0.0, 1.0, 0.0].map(Some));
    assert_eq!(
        [figure(&result, "open"), figure(&result, "over-90"), figure(&result, "oldest")],
        [6.0, 1.0, 91.0].map(Some)
    );
    // 1, 30, 31, 60, 61, 91: the 3rd of 6.
    assert_eq!(figure(&result, "median-age"), Some(31.0));
    assert_eq!(result.summary, "6 bugs are open, 1 of them for more than 90 days; the oldest for 91 days.");
    assert!(
        !ask(&prepare(&[bug("D", "", "2024-01-01").finished("2024-01-02")]), "bug-backlog-age", &as_of("2024-01-31"))
            .is_computed()
    );
}
