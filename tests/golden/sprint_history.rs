//! A sprint with every kind of event, from its history: Monday 2024-01-08 00:00 to Monday 2024-01-15
//! 00:00. Changes without a time are at noon.
//!
//! | key | points | what happens |
//! |---|---|---|
//! | C-1 | 3 | in since Jan 4; done Tue 9; estimated 8 on Wed 10, after it was done: completed stays 3 |
//! | C-2 | 5 | in since Jan 4; done Wed 10, opened again Thu 11, done Fri 12 |
//! | C-3 | 5 | in since Jan 5; estimated 8 on Wed 10; not done; into S 2 at its exact start |
//! | C-4 | 2 | in since Jan 5; taken out Thu 11 |
//! | C-5 | 8 | created into the sprint on Jan 3; estimated 5 on Tue 9; done Wed 10; opened again Sat 13 |
//! | A-1 | 2 | in at the exact start: added; done Sat 13 |
//! | A-2 | none | added Wed 10; estimated 3 on Thu 11 |
//! | A-3 | 1 | added Tue 9, taken out Wed 10: both are told |
//! | D-1 | 3 | in since Jan 4; won't do on Fri 12: leaves the scope |
//! | B-1 | 5 | in since Jan 4; done Jan 5, before the start: left out |
//! | E-1 | 1 | done Jan 6; in on Tue 9: finished elsewhere |
//! | N-1 | 1 | in on Jan 2, out on Jan 5: left out |
//! | L-1 | 1 | in on Jan 16, after the end: left out |
//!
//! Committed 3 + 5 + 5 + 2 + 8 + 3 = 26.
//!
//! Added A-1 2 + A-3 1 + A-2 0 (no estimate yet) = 3. Removed C-4 2 + A-3 1 + D-1 3 = 6. Raised C-3 by 3, A-2 by 3 = 6. Lowered
//! C-5 by 3. Final scope = 26 + 3 - 6 + 6 - 3 = 26. At the end open: C-3 8, C-5 5, A-2 3 = 16; completed: C-1 3, C-2 5,
//! A-1 2 = 10.

use throughline::metrics::{Query, Unit};
use throughline::model::PreparedDataset;

use crate::support::{ItemBuilder, as_of, prepare_with_windows};

const SPRINT: &str = "S 1";

pub(super) fn items() -> Vec<ItemBuilder> {
    let item = |key: &str, entered: &str| ItemBuilder::new(key).sprints(&[SPRINT]).into_sprint(entered, SPRINT);
    let committed = |key: &str| item(key, "2024-01-04");
    vec![
        committed("C-1").points(8.0).moves(&[("2024-01-09", "Done")]).estimated("2024-01-10", "3", "8"),
        committed("C-2").points(5.0).moves(&[("2024-01-10", "Done"), ("2024-01-11", "To Do"), ("2024-01-12", "Done")]),
        item("C-3", "2024-01-05")
            .points(8.0)
            .estimated("2024-01-10", "5", "8")
            .sprints(&[SPRINT, "S 2"])
            .into_sprint("2024-01-15T00:00", "S 2"),
        item("C-4", "2024-01-05").points(2.0).out_of_sprint("2024-01-11", SPRINT).sprints(&[]),
        ItemBuilder::new("C-5")
            .created("2024-01-03")
            .sprints(&[SPRINT])
            .points(5.0)
            .estimated("2024-01-09", "8", "5")
            .moves(&[("2024-01-10", "Done"), ("2024-01-13", "To Do")]),
        item("A-1", "2024-01-08T00:00").points(2.0).moves(&[("2024-01-13", "Done")]),
        item("A-2", "2024-01-10").points(3.0).estimated("2024-01-11", "", "3"),
        item("A-3", "2024-01-09").points(1.0).out_of_sprint("2024-01-10", SPRINT).sprints(&[]),
        committed("D-1").points(3.0).dropped_by_history().moves(&[("2024-01-12", "Done")]),
        committed("B-1").points(5.0).moves(&[("2024-01-05", "Done")]),
        item("E-1", "2024-01-09").points(1.0).moves(&[("2024-01-06", "Done")]),
        item("N-1", "2024-01-02").points(1.0).out_of_sprint("2024-01-05", SPRINT).sprints(&[]),
        item("L-1", "2024-01-16").points(1.0),
    ]
}

pub(super) fn prepared(items: &[ItemBuilder]) -> PreparedDataset {
    prepare_with_windows(
        items,
        &[(SPRINT, "2024-01-08T00:00", "2024-01-15T00:00"), ("S 2", "2024-01-15T00:00", "2024-01-22T00:00")],
    )
}

pub(super) fn points(at: &str) -> Query {
    Query { unit: Unit::Points, iteration: Some(SPRINT.into()), ..as_of(at) }
}
