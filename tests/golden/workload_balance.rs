//! How evenly work lies on people, worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{PeopleRule, Query};

use crate::support::{Staff, as_of, ask, figure, values};

const NO: f64 = f64::NAN;

/// Four people with 40 hours in the coming week, Dan with 20, and Fay away.
fn staff(loads: &[(&str, f64)]) -> Staff {
    let items: Vec<_> = loads.iter().map(|&(person, hours)| (person, person, "", "", hours, NO, "")).collect();
    let mut staff = Staff::default().items(&items).off("Fay", "2024-01-15", "2024-01-19", false, "");
    for (person, hours) in [("Ada", 8.0), ("Bob", 8.0), ("Cid", 8.0), ("Dan", 4.0), ("Fay", 8.0)] {
        staff = staff.line(person, "A", "2024-01-01", "", hours, NO);
    }
    staff
}

#[test]
fn the_coefficient_is_that_of_shares_of_ones_own_hours() {
    // Ada 20 / 40 = 50 %, Bob 40 / 40 = 100 %, Cid 0 %, Dan 30 / 20 = 150 %. Rising 0, 50, 100, 150 with weights -3, -1, 1, 3:
    // -50 + 100 + 450 = 500; 500 / (4 x 300) = 0.416667.
    let data = staff(&[("Ada", 20.0), ("Bob", 40.0), ("Dan", 30.0), ("Fay", 9.0)]).ready();
    let result = ask(&data, "workload-balance", &as_of("2024-01-10"));
    assert_eq!(figure(&result, "gini"), Some(0.416_667));
    assert_eq!((figure(&result, "over-allocated"), figure(&result, "people")), (Some(1.0), Some(4.0)));
    // Up to 50 %: Ada and Cid; 85 to 100 %: Bob; above: Dan.
    assert_eq!(values(&result, "people"), [Some(2.0), Some(0.0), Some(1.0), Some(1.0)]);
    assert!(result.notes.iter().any(|note| note.text == "1 person has load, but no hours in these days."));
    assert!(!format!("{result:?}").contains("Dan"), "nobody is named");
    assert_eq!(figure(&result, "sustained"), None, "no work log tells");
    let named = ask(&data, "workload-balance", &Query { people: PeopleRule::Names, ..as_of("2024-01-10") });
    assert_eq!(values(&named, "utilisation"), [Some(50.0), Some(100.0), Some(0.0), Some(150.0)]);
    assert!(named.working.contains(&"Over-allocated: Dan.".to_owned()));
}

#[test]
fn equal_shares_are_0_and_nothing_is_no_coefficient() {
    let equal = staff(&[("Ada", 20.0), ("Bob", 20.0), ("Cid", 20.0), ("Dan", 10.0)]).ready();
    assert_eq!(figure(&ask(&equal, "workload-balance", &as_of("2024-01-10")), "gini"), Some(0.0));
    let idle = ask(&staff(&[]).ready(), "workload-balance", &as_of("2024-01-10"));
    assert!(!idle.is_computed() && idle.summary == "Nobody has any load from 2024-01-15 to 2024-01-21.");
    let alone =
        Staff::default().items(&[("A", "Ada", "", "", 4.0, NO, "")]).line("Ada", "A", "2024-01-01", "", 8.0, NO);
    assert!(!ask(&alone.ready(), "workload-balance", &as_of("2024-01-10")).is_computed());
}

#[test]
fn three_weeks_in_a_row_above_what_there_was_are_a_sustained_overload() {
    let mut all = staff(&[("Ada", 20.0)]);
    for week in ["2024-01-01", "2024-01-08", "2024-01-15"] {
        // Dan has 20 hours a week. Bob logs all of his 40, and no more.
        all = all.log("Dan", week, 21.0).log("Bob", week, 40.0);
    }
    // Ada: two weeks above, one below, one above.
    for (week, hours) in [("2024-01-01", 41.0), ("2024-01-08", 41.0), ("2024-01-15", 39.0), ("2024-01-22", 50.0)] {
        all = all.log("Ada", week, hours);
    }
    let data = all.ready();
    let result = ask(&data, "workload-balance", &as_of("2024-01-28"));
    assert_eq!(figure(&result, "sustained"), Some(1.0));
    let note = |people| {
        let result = ask(&data, "workload-balance", &Query { people, ..as_of("2024-01-28") });
        result.notes.into_iter().find(|note| note.id == "sustained-overload").unwrap().text
    };
    assert_eq!(note(PeopleRule::Teams), "1 person was above 100 % in 3 weeks in a row or more.");
    assert_eq!(note(PeopleRule::Names), "Dan was above 100 % in 3 weeks in a row or more.");
    assert_eq!(note(PeopleRule::Pseudonyms), "Person 4 was above 100 % in 3 weeks in a row or more.");
}
