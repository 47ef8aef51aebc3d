//! Laws of bugs and technical debt that hold for every history, tried on generated ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]
#![allow(clippy::float_cmp, reason = "points are multiples of one half: their sums are exact")]

mod support;

use std::collections::BTreeMap;

use proptest::prelude::*;
use support::{ItemBuilder, ask, day, figure, prepare_with_decisions, values};
use throughline::metrics::{DayRule, Filter, FilterField, MetricResult, PercentileRule, Query, StartRule, Unit, X};
use throughline::model::{
    CategoryField, ChangeField, Decisions, Granularity, ListField, MarkRule, NO_MOMENT, PreparedDataset, iso_from_day,
};

const STATUSES: [&str; 4] = ["To Do", "In Progress", "In Review", "Done"];
const PRIORITIES: [&str; 4] = ["High", "Medium", "Low", ""];
const COMPONENTS: [&str; 3] = ["shop", "pay", "stock"];
const METRICS: [&str; 10] = [
    "bugs",
    "bug-resolution-time",
    "bug-backlog-age",
    "bug-service-levels",
    "bug-share",
    "bugs-by-component",
    "bugs-by-release",
    "technical-debt",
    "technical-debt-flow",
    "technical-debt-share",
];

/// A moment in the ten weeks from 2024-01-01 on.
fn moment() -> impl Strategy<Value = String> {
    (0..70_i32, 0..24_u8).prop_map(|(days, hour)| format!("{}T{hour:02}:00", iso_from_day(day("2024-01-01") + days)))
}

/// A bug, debt, both or neither, with a history or with dates alone.
fn item() -> impl Strategy<Value = ItemBuilder> {
    let moves = prop::collection::vec((moment(), 0..STATUSES.len()), 0..6);
    let marks =
        (any::<bool>(), any::<bool>(), 0..PRIORITIES.len(), prop::sample::subsequence(COMPONENTS.to_vec(), 0..=2));
    (moment(), moves, marks, 0..6_u8, prop::option::weighted(0.8, 0..20_u8)).prop_map(
        |(created, mut moves, (is_bug, is_debt, priority, components), fate, half_points)| {
            let mut item =
                ItemBuilder::new("").kind(if is_bug { "Bug" } else { "Story" }).priority(PRIORITIES[priority]);
            item = item.created(&created).points(half_points.map_or(f64::NAN, |half| f64::from(half) / 2.0));
            if is_debt {
                item = item.names(ListField::Label, "tech-debt");
            }
            for component in components {
                item = item.names(ListField::Component, component);
            }
            moves.sort();
            let Some((last, _)) = moves.last().cloned() else { return item };
            match fate {
                // Dates alone.
                0 => item.finished(&last),
                1 => item.dropped(&last),
                2 => item.finished_undated(),
                3 => {
                    item.created = NO_MOMENT;
                    item.finished(&last)
                }
                _ => {
                    let mut status = STATUSES[0];
                    for (at, to) in moves {
                        if STATUSES[to] != status {
                            item = item.changed(&at, ChangeField::Status, status, STATUSES[to]);
                            status = STATUSES[to];
                        }
                    }
                    item = item.status(status);
                    if fate == 5 && status == "Done" { item.dropped_by_history() } else { item }
                }
            }
        },
    )
}

fn items() -> impl Strategy<Value = Vec<ItemBuilder>> {
    prop::collection::vec(item(), 0..30).prop_map(|mut items| {
        // So that the data tells bugs, debt and a whole period.
        items.push(ItemBuilder::new("").kind("Bug").priority("High").names(ListField::Label, "tech-debt"));
        items.iter_mut().enumerate().for_each(|(position, item)| item.key = format!("K-{position}"));
        items
    })
}

fn query() -> impl Strategy<Value = Query> {
    (
        prop::sample::select(vec![Granularity::Day, Granularity::Week, Granularity::Month]),
        prop::sample::select(vec![Unit::Items, Unit::Points]),
        prop::sample::select(DayRule::ALL.to_vec()),
        prop::sample::select(PercentileRule::ALL.to_vec()),
        prop::option::of(20..80_i32),
        (prop::option::of(0..60_i32), prop::option::of(20..90_i32)),
    )
        .prop_map(|(granularity, unit, days, percentile, as_of, (from, to))| {
            let day = |days: i32| day("2024-01-01") + days;
            Query {
                granularity,
                unit,
                days,
                percentile,
                start: StartRule::default(),
                as_of: as_of.map(day),
                from: from.map(day),
                to: to.map(day),
                ..Query::default()
            }
        })
}

fn data_of(items: &[ItemBuilder]) -> PreparedDataset {
    let targets = [("High", 3.0), ("Medium", 10.5), ("Low", 30.0)];
    let decisions = Decisions {
        resolution_targets: targets.map(|(priority, days)| (priority.to_owned(), days)).into(),
        escaped_rule: Some(MarkRule { components: vec!["shop".into()], ..MarkRule::default() }),
        debt_target: Some(20.0),
        ..Decisions::default()
    };
    prepare_with_decisions(items, decisions)
}

fn narrowed(query: &Query, field: FilterField, value: &str) -> Query {
    let filter = Filter { field, exclude: false, contains: false, values: vec![value.to_owned()] };
    Query { filters: vec![filter], ..query.clone() }
}

fn by_place(result: &MetricResult, series: &str) -> BTreeMap<String, f64> {
    let place = |x: &X| match x {
        X::Day(day) => day.to_string(),
        X::Name(name) => name.clone(),
    };
    let points = result.series(series).map(|series| series.points.clone()).unwrap_or_default();
    points.iter().map(|point| (place(&point.x), point.y.unwrap())).collect()
}

fn known(values: Vec<Option<f64>>) -> Vec<f64> {
    values.into_iter().map(Option::unwrap).collect()
}

/// Positions replaced by sorted keys.
fn with_keys(data: &PreparedDataset, mut result: MetricResult) -> (MetricResult, Vec<Vec<String>>) {
    let mut lists = Vec::new();
    let mut take = |items: &mut Vec<u32>| {
        let mut keys = support::keys(data, items);
        keys.sort_unstable();
        lists.push(keys);
        items.clear();
    };
    result.series.iter_mut().flat_map(|series| &mut series.points).for_each(|point| take(&mut point.items));
    result.figures.iter_mut().for_each(|figure| take(&mut figure.items));
    result.excluded.iter_mut().for_each(|exclusion| take(&mut exclusion.items));
    (result, lists)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn what_came_minus_what_went_is_the_change_of_what_is_open(items in items(), query in query()) {
        let data = data_of(&items);
        for (id, came, went) in [
            ("bugs", &["created", "reopened"][..], "resolved"),
            ("technical-debt-flow", &["inflow"][..], "outflow"),
        ] {
            let result = ask(&data, id, &query);
            if !result.is_computed() { continue }
            let open = by_place(&result, "open");
            let came: Vec<BTreeMap<String, f64>> = came.iter().map(|series| by_place(&result, series)).collect();
            let went = by_place(&result, went);
            let mut before = figure(&result, "open-before").unwrap();
            // In the order of time, whatever that of texts is.
            for point in &result.series("open").unwrap().points {
                let X::Day(start) = point.x else { panic!("a name") };
                let place = start.to_string();
                let sum: f64 = came.iter().filter_map(|series| series.get(&place)).sum();
                prop_assert_eq!(open[&place] - before, sum - went[&place], "{} {}", id, iso_from_day(start));
                before = open[&place];
                if id == "bugs" || query.unit == Unit::Items {
                    prop_assert_eq!(point.items.len() as f64, open[&place]);
                }
            }
        }
    }

    #[test]
    fn the_bins_of_ages_are_all_that_is_open(items in items(), query in query()) {
        let data = data_of(&items);
        // The ages are of "now", the flow of the last day asked for.
        let query = Query { to: None, from: None, ..query };
        for (age, flow, sized) in [("bug-backlog-age", "bugs", false), ("technical-debt", "technical-debt-flow", true)] {
            let (ages, flow) = (ask(&data, age, &query), ask(&data, flow, &query));
            if !ages.is_computed() || !flow.is_computed() { continue }
            let binned: f64 = ages.series.iter().flat_map(|series| &series.points).map(|point| point.y.unwrap()).sum();
            // Whose creation nobody knows is open and has no age.
            let ageless = ages.excluded.iter().filter(|left| left.reason == "open, but no creation date");
            let ageless = ageless.flat_map(|left| &left.items).map(|&item| match query.unit {
                Unit::Points if sized => Some(items[item as usize].points).filter(|points| !points.is_nan()).unwrap_or(0.0),
                _ => 1.0,
            });
            prop_assert_eq!(Some(binned + ageless.sum::<f64>()), figure(&flow, "open"), "{}", age);
            let behind: usize = ages.series.iter().flat_map(|series| &series.points).map(|point| point.items.len()).sum();
            prop_assert_eq!(Some(behind as f64), figure(&ages, "open"));
            if !sized { prop_assert_eq!(binned, behind as f64); }
        }
    }

    #[test]
    fn percentiles_rise_and_every_bug_has_one_priority(items in items(), query in query()) {
        let result = ask(&data_of(&items), "bug-resolution-time", &query);
        if result.is_computed() {
            let of_all: Vec<f64> = ["median", "p85", "p95"].iter().filter_map(|id| figure(&result, id)).collect();
            prop_assert!(of_all.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", of_all);
            let least = if matches!(query.days, DayRule::Calendar | DayRule::Working) { 1.0 } else { 0.0 };
            prop_assert!(of_all[0] >= least);
            let (median, p85) = (values(&result, "median"), values(&result, "p85"));
            prop_assert!(median.iter().zip(&p85).all(|(median, p85)| p85.is_none() || median <= p85));
            let behind: usize = result.series("median").unwrap().points.iter().map(|point| point.items.len()).sum();
            prop_assert_eq!(behind as u64, result.considered);
        }
    }

    #[test]
    fn the_priorities_add_up_to_the_whole(items in items(), query in query()) {
        let data = data_of(&items);
        let field = FilterField::Category(CategoryField::Priority);
        let all = [
            ("bugs", "created"), ("bugs", "resolved"), ("bugs", "open"), ("technical-debt-flow", "open"),
            ("technical-debt-flow", "inflow"), ("bug-service-levels", "within"), ("bug-service-levels", "breached"),
            ("bug-service-levels", "in-time"), ("technical-debt", "open"),
        ];
        for (id, series) in all {
            let whole = ask(&data, id, &query);
            if !whole.is_computed() { continue }
            let parts = PRIORITIES.map(|priority| ask(&data, id, &narrowed(&query, field, priority)));
            let mut sums: BTreeMap<String, f64> = by_place(&whole, series).into_keys().map(|place| (place, 0.0)).collect();
            for part in &parts {
                for (place, value) in by_place(part, series) { *sums.get_mut(&place).unwrap() += value; }
            }
            prop_assert_eq!(sums, by_place(&whole, series), "{} {}", id, series);
            prop_assert_eq!(parts.iter().map(|part| part.considered).sum::<u64>(), whole.considered, "{}", id);
        }
    }

    #[test]
    fn every_bug_is_considered_or_left_out_with_a_reason(items in items(), query in query()) {
        let data = data_of(&items);
        let selected = query.select(&data);
        let bugs = selected.iter().filter(|&item| items[item].kind == "Bug").count() as u64;
        let debt = selected.iter().filter(|&item| !items[item].lists.iter().all(|(_, value)| value != "tech-debt")).count() as u64;
        for (id, all) in [("bugs", bugs), ("bugs-by-component", bugs), ("technical-debt-flow", debt)] {
            let result = ask(&data, id, &query);
            if result.is_computed() { prop_assert_eq!(result.candidates(), all, "{}", id); }
        }
        // Each open bug has an age or a reason why not; each target is met, breached or open.
        let levels = ask(&data, "bug-service-levels", &query);
        if levels.is_computed() {
            let parts = ["resolved-within", "resolved-late", "open-late", "in-time"].map(|id| figure(&levels, id).unwrap());
            prop_assert_eq!(parts.iter().sum::<f64>() as u64, levels.considered);
            prop_assert_eq!(figure(&levels, "breaches"), Some(parts[1] + parts[2]));
            let share = figure(&levels, "share");
            prop_assert!(share.is_none_or(|share| (0.0..=100.0).contains(&share)));
        }
    }

    #[test]
    fn the_share_of_bugs_is_their_part_of_the_throughput(items in items(), query in query()) {
        let data = data_of(&items);
        let share = ask(&data, "bug-share", &query);
        let all = ask(&data, "throughput", &query);
        prop_assert_eq!(share.is_computed(), all.is_computed());
        if share.is_computed() {
            let field = FilterField::Category(CategoryField::Type);
            let bugs = ask(&data, "throughput", &narrowed(&query, field, "Bug"));
            let (bugs, all) = (known(values(&bugs, "finished")), known(values(&all, "finished")));
            for ((share, bugs), all) in values(&share, "share").into_iter().zip(bugs).zip(all) {
                match share {
                    None => prop_assert_eq!(all, 0.0),
                    Some(share) => prop_assert!((share - bugs / all * 100.0).abs() < 1e-6),
                }
            }
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        (items, shuffled) in items().prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle())),
        query in query(),
    ) {
        let (data, other) = (data_of(&items), data_of(&shuffled));
        for id in METRICS {
            prop_assert_eq!(with_keys(&data, ask(&data, id, &query)), with_keys(&other, ask(&other, id, &query)));
        }
    }
}
