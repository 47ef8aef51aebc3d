//! The share of bugs worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{Query, Unit};

use super::some_bugs::bug;
use crate::support::{ItemBuilder, as_of, ask, figure, left_out, prepare, values};

#[test]
fn the_share_of_bugs_in_what_is_finished() {
    let story = |key: &str, at: &str| ItemBuilder::new(key).created("2024-01-01").finished(at).points(3.0);
    let data = prepare(&[
        story("S1", "2024-01-02"),
        bug("B1", "", "2024-01-01").finished("2024-01-03").points(1.0),
        // Nothing in the week of Jan 8; two of three in that of Jan 15.
        story("S2", "2024-01-16"),
        bug("B2", "", "2024-01-01").finished("2024-01-17").points(1.0),
        bug("B3", "", "2024-01-01").finished("2024-01-18"),
        bug("B4", "", "2024-01-01").finished("2024-01-22"),
    ]);
    let result = ask(&data, "bug-share", &as_of("2024-01-23"));
    assert_eq!(values(&result, "share"), [Some(50.0), None, Some(66.666_667)]);
    // 3 of 5 items.
    assert_eq!(
        [figure(&result, "share"), figure(&result, "bugs"), figure(&result, "finished")],
        [60.0, 3.0, 5.0].map(Some)
    );
    assert_eq!(left_out(&data, &result, "finished in the present week, which is not over"), ["B4"]);
    // Points: 1 of 4; 1 of 4 (B3 has none): 2 / 8.
    let points = ask(&data, "bug-share", &Query { unit: Unit::Points, ..as_of("2024-01-23") });
    assert_eq!(values(&points, "share"), [Some(25.0), None, Some(25.0)]);
    assert_eq!(figure(&points, "share"), Some(25.0));
}
