//! Ages of work in progress worked out by hand. 2024-01-01 is a Monday, the 10th a Wednesday.

use throughline::metrics::{DayRule, Query, X};

use crate::support::{ItemBuilder, as_of, ask, figure, keys, left_out, prepare, values};

/// Three items in progress, one that nobody knows the start of, and ten finished ones that took 1 to 10 days.
fn items() -> Vec<ItemBuilder> {
    let mut items = vec![
        // Since January 1.
        ItemBuilder::new("A").moves(&[("2024-01-01T13:00", "In Progress")]),
        // Since the 5th, whatever the status.
        ItemBuilder::new("B").moves(&[("2024-01-05", "In Progress"), ("2024-01-06", "In Review")]),
        // Taken back on the 3rd: since the 8th.
        ItemBuilder::new("C").moves(&[
            ("2024-01-02", "In Progress"),
            ("2024-01-03", "To Do"),
            ("2024-01-08", "In Progress"),
        ]),
        ItemBuilder::new("UNKNOWN").status("In Progress"),
    ];
    items.extend((1..=10).map(|days| {
        let finished = format!("2023-12-{days:02}");
        ItemBuilder::new(&format!("F-{days}")).created("2023-12-01").started("2023-12-01").finished(&finished)
    }));
    items
}

#[test]
fn ages_stand_in_the_order_of_the_workflow_beside_what_finished_items_took() {
    let data = prepare(&items());
    let result = ask(&data, "work-item-age", &as_of("2024-01-10"));
    assert_eq!(values(&result, "age"), [3.0, 10.0, 6.0].map(Some));
    let places: Vec<(&X, Vec<String>)> =
        result.series("age").unwrap().points.iter().map(|point| (&point.x, keys(&data, &point.items))).collect();
    let name = |name: &str| X::Name(name.to_owned());
    let (doing, review) = (name("In Progress"), name("In Review"));
    let key = |key: &str| vec![key.to_owned()];
    assert_eq!(places, [(&doing, key("C")), (&doing, key("A")), (&review, key("B"))]);
    assert_eq!(values(&result, "p85"), [Some(9.0), Some(9.0)]);
    assert_eq!(keys(&data, &result.figure("oldest").unwrap().items), ["A"]);
    assert_eq!(figure(&result, "above-p85"), Some(1.0));
    assert_eq!(keys(&data, &result.figure("above-p85").unwrap().items), ["A"]);
    assert_eq!(figure(&result, "total-age"), Some(19.0));
    assert_eq!(left_out(&data, &result, "in progress, but no start date"), ["UNKNOWN"]);
    assert_eq!((result.considered, result.candidates()), (13, 14));
    let expected = "3 items are in progress, the oldest for 10 days; 1 is older than the 9 days that 85 % of finished items \
                    took at most.";
    assert_eq!(result.summary, expected);
}

#[test]
fn the_rule_for_days_holds_for_ages_too() {
    let data = prepare(&items());
    let by = |days| values(&ask(&data, "work-item-age", &Query { days, ..as_of("2024-01-10") }), "age");
    // C: Monday to Wednesday. A: Monday to Wednesday of the next week. B: Friday, and Monday to Wednesday.
    assert_eq!(by(DayRule::Working), [3.0, 8.0, 4.0].map(Some));
    // From noon of the 8th, 13:00 of the 1st and noon of the 5th to the end of the 10th.
    assert_eq!(by(DayRule::Elapsed), [2.5, 9.458_333, 5.5].map(Some));
    // C was in progress for a day before it was taken back.
    assert_eq!(by(DayRule::InStatus), [3.5, 9.458_333, 5.5].map(Some));
}

#[test]
fn an_earlier_day_sees_what_was_in_progress_then() {
    let data = prepare(&items());
    // On the 2nd: A since the 1st, C since the 2nd.
    assert_eq!(values(&ask(&data, "work-item-age", &as_of("2024-01-02")), "age"), [1.0, 2.0].map(Some));
}
