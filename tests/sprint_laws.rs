//! Laws of sprints that hold for every history, tried on generated ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod support;

use proptest::prelude::*;
use support::{ItemBuilder, ask, day, figure, prepare_with_windows, values};
use throughline::metrics::{Filter, FilterField, MetricResult, Query, Unit};
use throughline::model::{CategoryField, PreparedDataset};

const SPRINTS: [(&str, &str, &str); 3] = [
    ("S 1", "2024-01-08T00:00", "2024-01-22T00:00"),
    ("S 2", "2024-01-22T09:00", "2024-02-05T17:00"),
    // Of another team: overlaps.
    ("T 1", "2024-01-15T00:00", "2024-01-29T00:00"),
];
const STATUSES: [&str; 4] = ["To Do", "In Progress", "In Review", "Done"];
const POINTS: [&str; 5] = ["", "1", "2", "3.5", "8"];
const TYPES: [&str; 3] = ["Story", "Bug", ""];

/// Days since 2024-01-01 with a minute; the starts of the sprints among them.
fn moment() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => (0..40_i32, 0..24_u8, 0..60_u8)
            .prop_map(|(days, hour, minute)| format!("{}T{hour:02}:{minute:02}", throughline::model::iso_from_day(day("2024-01-01") + days))),
        1 => prop::sample::select(SPRINTS.to_vec()).prop_map(|(_, start, _)| start.to_owned()),
    ]
}

/// What happens to an item, in some order: a status, a sprint and whether in or out, an estimate.
fn item() -> impl Strategy<Value = ItemBuilder> {
    let moves = prop::collection::vec((moment(), 0..STATUSES.len()), 0..6);
    let plans = prop::collection::vec((moment(), 0..SPRINTS.len()), 0..5);
    let estimates = prop::collection::vec((moment(), 0..POINTS.len()), 0..3);
    (moves, plans, estimates, 0..TYPES.len(), any::<bool>(), prop::sample::subsequence(vec![0, 1, 2], 0..=2)).prop_map(
        |(mut moves, mut plans, mut estimates, kind, is_dropped, born_in)| {
            let mut item = ItemBuilder::new("").kind(TYPES[kind]).created("2024-01-01T00:00");
            moves.sort();
            let mut status = STATUSES[0];
            for (at, to) in moves {
                if STATUSES[to] != status {
                    item = item.changed(&at, throughline::model::ChangeField::Status, status, STATUSES[to]);
                    status = STATUSES[to];
                }
            }
            item = item.status(status);
            if is_dropped && status == "Done" {
                item = item.dropped_by_history();
            }
            let mut inside: Vec<usize> = born_in;
            plans.sort();
            for (at, sprint) in plans {
                let name = SPRINTS[sprint].0;
                if let Some(place) = inside.iter().position(|&own| own == sprint) {
                    inside.remove(place);
                    item = item.out_of_sprint(&at, name);
                } else {
                    inside.push(sprint);
                    item = item.into_sprint(&at, name);
                }
            }
            item.sprints = inside.iter().map(|&sprint| SPRINTS[sprint].0.to_owned()).collect();
            estimates.sort();
            let mut points = "";
            for (at, to) in estimates {
                item = item.estimated(&at, points, POINTS[to]);
                points = POINTS[to];
            }
            item.points = points.parse().unwrap_or(f64::NAN);
            item
        },
    )
}

fn items() -> impl Strategy<Value = Vec<ItemBuilder>> {
    prop::collection::vec(item(), 0..25).prop_map(|mut items| {
        // One that names all sprints, so that each has its dates, and whose history tells of one.
        let names: Vec<&str> = SPRINTS.iter().map(|&(name, ..)| name).collect();
        items.push(ItemBuilder::new("").sprints(&names).into_sprint("2024-01-02", "S 1").points(1.0));
        items.iter_mut().enumerate().for_each(|(position, item)| item.key = format!("K-{position}"));
        items
    })
}

fn query(iteration: &str, unit: Unit, as_of: i32) -> Query {
    Query { iteration: Some(iteration.to_owned()), unit, as_of: Some(day("2024-01-01") + as_of), ..Query::default() }
}

fn prepared(items: &[ItemBuilder]) -> PreparedDataset {
    prepare_with_windows(items, &SPRINTS)
}

fn of_type(query: &Query, kind: &str) -> Query {
    let field = FilterField::Category(CategoryField::Type);
    let filter = Filter { field, exclude: false, contains: false, values: vec![kind.to_owned()] };
    Query { filters: vec![filter], ..query.clone() }
}

const FIGURES: [&str; 6] = ["committed", "added", "removed", "re-estimated", "completed", "not-completed"];

fn amount(result: &MetricResult, id: &str) -> f64 {
    if result.is_computed() { figure(result, id).unwrap() } else { 0.0 }
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-6
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn a_burndown_reconciles(
        items in items(), sprint in 0..SPRINTS.len(), points in any::<bool>(), as_of in 7..60_i32,
    ) {
        let unit = if points { Unit::Points } else { Unit::Items };
        let data = prepared(&items);
        let result = ask(&data, "burndown", &query(SPRINTS[sprint].0, unit, as_of));
        if !result.is_computed() { return Ok(()); }
        let [committed, added, removed, estimated, completed, left] = FIGURES.map(|id| amount(&result, id));
        prop_assert!(close(committed + added - removed + estimated - completed, left));
        let remaining = values(&result, "remaining");
        prop_assert!(close(remaining.iter().flatten().last().copied().unwrap(), left));
        prop_assert!(close(remaining[0].unwrap(), committed));
        // Day by day: what is left changes by the marks of the day and by nothing else.
        let series = result.series("remaining").unwrap();
        for pair in series.points.windows(2) {
            let Some((before, after)) = pair[0].y.zip(pair[1].y) else { continue };
            let mark = |id: &str| result.series(id).and_then(|series| series.points.iter().find(|point| point.x == pair[1].x)).and_then(|point| point.y).unwrap_or(0.0);
            let change = mark("added") - mark("removed") + mark("re-estimated") - mark("completed") + mark("reopened");
            prop_assert!(close(before + change, after), "{:?}", pair[1].x);
        }
        // What is left is nothing but the items behind it.
        if unit == Unit::Items {
            prop_assert!(close(result.figure("not-completed").unwrap().items.len() as f64, left));
        }
    }

    #[test]
    fn parts_add_up_to_the_whole(items in items(), sprint in 0..SPRINTS.len(), as_of in 7..60_i32) {
        let data = prepared(&items);
        let whole_query = query(SPRINTS[sprint].0, Unit::Points, as_of);
        let whole = ask(&data, "burndown", &whole_query);
        let parts: Vec<_> = TYPES.iter().map(|kind| ask(&data, "burndown", &of_type(&whole_query, kind))).collect();
        for id in FIGURES {
            let sum: f64 = parts.iter().map(|part| amount(part, id)).sum();
            prop_assert!(close(sum, amount(&whole, id)), "{}: {} and {}", id, sum, amount(&whole, id));
        }
        prop_assert_eq!(parts.iter().map(MetricResult::candidates).sum::<u64>(), whole.candidates());
    }

    #[test]
    fn a_closed_sprint_says_the_same_in_burndown_and_velocity(items in items(), points in any::<bool>()) {
        let unit = if points { Unit::Points } else { Unit::Items };
        let data = prepared(&items);
        let velocity = ask(&data, "velocity", &query("S 1", unit, 60));
        for (position, name) in [(0, "S 1"), (1, "T 1"), (2, "S 2")] {
            let burndown = ask(&data, "burndown", &query(name, unit, 60));
            for id in ["committed", "completed"] {
                let bar = values(&velocity, id)[position].unwrap();
                prop_assert!(close(bar, amount(&burndown, id)), "{} of {}: {} and {}", id, name, bar, amount(&burndown, id));
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(items in items(), sprint in 0..SPRINTS.len()) {
        let asked = query(SPRINTS[sprint].0, Unit::Points, 25);
        let mut turned = items.clone();
        turned.reverse();
        let (one, other) = (prepared(&items), prepared(&turned));
        for id in ["burndown", "sprint-report", "scope-change", "velocity", "burnup", "release-burndown", "throughput", "cycle-time"] {
            let (left, right) = (ask(&one, id, &asked), ask(&other, id, &asked));
            prop_assert_eq!(&left.summary, &right.summary);
            prop_assert_eq!(&left.working, &right.working);
            for (a, b) in left.series.iter().zip(&right.series).filter(|(series, _)| series.id != "cycle-time") {
                prop_assert_eq!(a.points.iter().map(|point| (&point.x, point.y)).collect::<Vec<_>>(), b.points.iter().map(|point| (&point.x, point.y)).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn the_scope_change_ends_where_burndown_and_report_do(
        items in items(), sprint in 0..SPRINTS.len(), points in any::<bool>(), as_of in 7..60_i32,
    ) {
        let unit = if points { Unit::Points } else { Unit::Items };
        let data = prepared(&items);
        let query = query(SPRINTS[sprint].0, unit, as_of);
        let [burndown, bridge, report] = ["burndown", "scope-change", "sprint-report"].map(|id| ask(&data, id, &query));
        prop_assert_eq!([bridge.is_computed(), report.is_computed()], [burndown.is_computed(); 2]);
        if !burndown.is_computed() { return Ok(()); }
        let bars = values(&bridge, "scope");
        let (last, steps) = bars.split_last().unwrap();
        prop_assert!(close(steps.iter().flatten().sum(), last.unwrap()));
        let scope = values(&burndown, "scope").into_iter().flatten().next_back().unwrap();
        prop_assert!(close(scope, last.unwrap()));
        prop_assert!(close(amount(&report, "completed") + amount(&report, "not-completed"), scope));
        for id in ["completed", "not-completed", "added", "removed"] {
            prop_assert!(close(amount(&burndown, id), amount(&report, id)), "{}", id);
        }
        let changed = amount(&bridge, "estimate-raised") - amount(&bridge, "estimate-lowered");
        prop_assert!(close(changed, amount(&burndown, "re-estimated")));
        let carried: f64 = report.series("carried-over").map_or(0.0, |series| series.points.iter().filter_map(|point| point.y).sum());
        prop_assert!(report.series("carried-over").is_none() || close(carried, amount(&report, "not-completed")));
        prop_assert_eq!(burndown.candidates(), report.candidates());
        prop_assert_eq!(burndown.candidates(), bridge.candidates());
    }

    #[test]
    fn a_burnup_never_has_more_done_than_there_is(items in items(), points in any::<bool>(), as_of in 7..60_i32) {
        let unit = if points { Unit::Points } else { Unit::Items };
        let data = prepared(&items);
        let asked = query("S 1", unit, as_of);
        let whole = ask(&data, "burnup", &asked);
        if !whole.is_computed() { return Ok(()); }
        for (scope, done) in values(&whole, "scope").into_iter().zip(values(&whole, "done")) {
            prop_assert!(0.0 <= done.unwrap() && done <= scope);
        }
        prop_assert_eq!(whole.candidates(), asked.select(&data).count() as u64);
        let parts: Vec<_> = TYPES.iter().map(|kind| ask(&data, "burnup", &of_type(&asked, kind))).collect();
        for id in ["scope", "done", "left"] {
            let sum: f64 = parts.iter().map(|part| amount(part, id)).sum();
            prop_assert!(close(sum, amount(&whole, id)), "{}", id);
        }
    }
}
