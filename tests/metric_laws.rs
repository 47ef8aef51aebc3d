//! Laws that hold for every dataset, tried on generated ones.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]
#![allow(clippy::float_cmp, reason = "points are multiples of one half: their sums are exact")]

mod support;

use std::collections::BTreeMap;

use proptest::prelude::*;
use support::{DAY, ItemBuilder, ask, day, has_wrong_singular, prepare, prepare_with_windows};
use throughline::metrics::{
    DayRule, Filter, FilterField, Finding, ForecastSettings, METRICS, MetricResult, PercentileRule, Query, Role,
    StartRule, Unit, WeekStart, X, findings, group_items, groups, metric,
};
use throughline::model::{CategoryField, Granularity, ListField, NO_MOMENT, PreparedDataset, StatusCategory};

/// Monday 2024-01-01, 00:00.
const ORIGIN: i64 = 19_723 * DAY;
const SPRINTS: [(&str, &str, &str); 4] = [
    ("S 1", "2024-01-08T00:00", "2024-01-22T00:00"),
    ("S 2", "2024-01-22T00:00", "2024-02-05T00:00"),
    ("S 3", "2024-02-05T10:00", "2024-02-19T10:00"),
    // Of another team: overlaps.
    ("Other 1", "2024-01-15T00:00", "2024-02-12T00:00"),
];
const TYPES: [&str; 3] = ["Story", "Bug", ""];

/// A moment in the ten weeks from the origin, to the hour, or none.
fn moment() -> impl Strategy<Value = i64> {
    prop_oneof![9 => (0..70 * 24_i64).prop_map(|hour| ORIGIN + hour * 3_600_000), 1 => Just(NO_MOMENT)]
}

fn item() -> impl Strategy<Value = ItemBuilder> {
    let points = prop_oneof![4 => (0..20_u8).prop_map(|half| f64::from(half) / 2.0), 1 => Just(f64::NAN)];
    let sprints = prop::sample::subsequence((0..SPRINTS.len()).collect::<Vec<_>>(), 0..=3);
    (moment(), moment(), moment(), points, sprints, 0..TYPES.len(), 0..10_u8).prop_map(
        |(created, started, resolved, points, sprints, kind, fate)| {
            let mut item = ItemBuilder::new("").kind(TYPES[kind]).points(points);
            (item.created, item.started) = (created, started);
            item.sprints = sprints.into_iter().map(|sprint| SPRINTS[sprint].0.to_owned()).collect();
            match fate {
                0..6 => {
                    item.status = "Done".into();
                    item.resolved = resolved;
                }
                6 => {
                    item.status = "Done".into();
                    item.resolution = "Won't Do".into();
                    item.resolved = resolved;
                }
                7 => item.status = "In Progress".into(),
                8 => {
                    item.status = "In Progress".into();
                    item.resolved = resolved;
                }
                _ => {}
            }
            item
        },
    )
}

fn named(mut items: Vec<ItemBuilder>) -> Vec<ItemBuilder> {
    items.iter_mut().enumerate().for_each(|(position, item)| item.key = format!("K-{position}"));
    items
}

fn items() -> impl Strategy<Value = Vec<ItemBuilder>> {
    prop::collection::vec(item(), 0..40).prop_map(named)
}

fn query() -> impl Strategy<Value = Query> {
    let as_of = prop::option::of((0..80_i32).prop_map(|days| day("2024-01-01") + days));
    let granularity =
        prop::sample::select(vec![Granularity::Day, Granularity::Week, Granularity::Sprint, Granularity::Month]);
    let unit = prop::sample::select(vec![Unit::Items, Unit::Points]);
    let iteration = prop::option::of(prop::sample::select(SPRINTS.map(|(name, ..)| name.to_owned()).to_vec()));
    let range = (prop::option::of(0..70_i32), prop::option::of(0..70_i32));
    (as_of, granularity, unit, iteration, range).prop_map(|(as_of, granularity, unit, iteration, (from, to))| Query {
        as_of,
        granularity,
        unit,
        iteration,
        week_start: WeekStart::from_id(["mon", "sun", "thu"][(to.unwrap_or(0) % 3) as usize]).unwrap(),
        from: from.map(|days| day("2024-01-01") + days),
        to: to.map(|days| day("2024-01-01") + days),
        days: DayRule::ALL[(from.unwrap_or(0) % 4) as usize],
        start: StartRule::ALL[(to.unwrap_or(0) % 2) as usize],
        percentile: PercentileRule::ALL[(from.unwrap_or(0) % 2) as usize],
        forecast: ForecastSettings {
            trials: 50,
            growth: from.is_some_and(|days| days % 3 == 0),
            ..ForecastSettings::default()
        },
        ..Query::default()
    })
}

/// Periods that are the same for every part of the items.
fn query_of_the_calendar() -> impl Strategy<Value = Query> {
    query().prop_map(|query| match query.granularity {
        Granularity::Sprint => Query { granularity: Granularity::Week, ..query },
        _ => query,
    })
}

/// With the windows of the sprints that any item names.
fn with_windows(items: &[ItemBuilder]) -> PreparedDataset {
    let used: Vec<_> = SPRINTS
        .into_iter()
        .filter(|(name, ..)| items.iter().any(|item| item.sprints.iter().any(|own| own == name)))
        .collect();
    prepare_with_windows(items, &used)
}

fn answers(data: &PreparedDataset, query: &Query) -> Vec<MetricResult> {
    METRICS.iter().map(|metric| ask(data, metric.about.id, query)).collect()
}

fn total(result: &MetricResult, series: &str) -> f64 {
    result.series(series).map_or(0.0, |series| series.points.iter().filter_map(|point| point.y).sum())
}

/// The answer with item positions replaced by keys, so that answers over reordered rows can be compared.
fn with_keys(data: &PreparedDataset, mut result: MetricResult) -> (MetricResult, Vec<Vec<String>>) {
    let mut lists = Vec::new();
    let mut take = |items: &mut Vec<u32>| {
        let mut keys = support::keys(data, items);
        keys.sort_unstable();
        lists.push(keys);
        items.clear();
    };
    for series in &mut result.series {
        // Dots of one day have no order of their own.
        if series.role == Role::Scatter {
            series.points.sort_by(|a, b| {
                let place = |x: &X| if let X::Day(day) = x { *day } else { 0 };
                let key = |items: &[u32]| items.first().map(|&item| data.dataset.key(item as usize).to_owned());
                (place(&a.x), key(&a.items)).cmp(&(place(&b.x), key(&b.items)))
            });
        }
        series.points.iter_mut().for_each(|point| take(&mut point.items));
    }
    for figure in &mut result.figures {
        // Which of several equal items stands at a percentile's rank is free.
        if figure.id.starts_with('p') {
            figure.items.clear();
        }
        take(&mut figure.items);
    }
    result.excluded.iter_mut().for_each(|exclusion| take(&mut exclusion.items));
    (result, lists)
}

fn moved(items: &[ItemBuilder], days: i64) -> Vec<ItemBuilder> {
    let shift = |moment: i64| if moment == NO_MOMENT { moment } else { moment + days * DAY };
    items
        .iter()
        .cloned()
        .map(|mut item| {
            item.created = shift(item.created);
            item.started = shift(item.started);
            item.resolved = shift(item.resolved);
            item
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, ..ProptestConfig::default() })]

    #[test]
    fn every_number_is_finite_and_every_sentence_reads(items in items(), query in query()) {
        let data = with_windows(&items);
        for result in answers(&data, &query) {
            prop_assert!(result.summary.len() > 5);
            let numbers = result.series.iter().flat_map(|series| series.points.iter().filter_map(|point| point.y))
                .chain(result.figures.iter().filter_map(|figure| figure.value));
            for number in numbers {
                prop_assert!(number.is_finite() && !(number == 0.0 && number.is_sign_negative()), "{} in {}", number, result.id);
            }
            let texts = [&result.summary].into_iter().chain(&result.working)
                .chain(result.notes.iter().map(|note| &note.text))
                .chain(result.figures.iter().map(|figure| &figure.how));
            for text in texts {
                prop_assert!(!has_wrong_singular(text) && !text.contains("NaN") && !text.contains("inf"), "{}", text);
            }
        }
    }

    #[test]
    fn findings_hold_for_the_items_they_name_and_a_clean_item_changes_none(items in items(), query in query()) {
        let judged = Query { as_of: Some(day("2024-03-01")), ..query };
        let data = with_windows(&items);
        let found = findings(&data, &judged.select(&data), &judged);
        for finding in &found {
            prop_assert!(finding.count > 0);
            prop_assert!(finding.items.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", finding);
            if finding.counted == "items" {
                prop_assert_eq!(finding.count, finding.items.len());
            }
        }
        let clean = ItemBuilder::new("CLEAN").created("2024-01-02").started("2024-01-03").finished("2024-01-04").points(1.0);
        let more: Vec<ItemBuilder> = items.into_iter().chain([clean]).collect();
        let data = with_windows(&more);
        let again = findings(&data, &judged.select(&data), &judged);
        let told = |found: &[Finding]| found.iter().map(|one| (one.id.clone(), one.count, one.items.clone())).collect::<Vec<_>>();
        prop_assert_eq!(told(&found), told(&again));
    }

    #[test]
    fn considered_and_excluded_are_all_candidates(items in items(), query in query()) {
        let data = with_windows(&items);
        let selected = query.select(&data);
        let now = query.as_of(&data);
        let life = &data.life;
        let finished = |item: &usize| life.category[*item] == StatusCategory::Done && life.finished_at[*item] <= now;
        let in_sprint = |item: &usize| !items[*item].sprints.is_empty();
        for result in answers(&data, &query) {
            for exclusion in &result.excluded {
                prop_assert!(!exclusion.items.is_empty());
            }
            let mut left_out: Vec<u32> = result.excluded.iter().flat_map(|exclusion| exclusion.items.iter().copied()).collect();
            let all = left_out.len();
            left_out.sort_unstable();
            left_out.dedup();
            prop_assert_eq!(left_out.len(), all, "an item is left out twice by {}", &result.id);
            if !result.is_computed() {
                prop_assert_eq!(result.considered, 0);
                continue;
            }
            let expected = match result.id.as_str() {
                // Of those that a rule marks: tests/quality_laws.rs has their candidates.
                id if id.starts_with("bugs") || id.starts_with("technical-debt") => continue,
                "bug-resolution-time" | "bug-backlog-age" | "bug-service-levels" => continue,
                "burndown" | "sprint-report" | "scope-change" => selected.iter().filter(|&item| items[item].sprints.contains(&result.subject)).count(),
                "velocity" if selected.iter().any(|item| in_sprint(&item)) => {
                    selected.iter().filter(finished).filter(in_sprint).count()
                }
                "velocity" | "throughput" | "cycle-time" | "lead-time" | "process-behaviour" | "cycle-time-histogram"
                | "cycle-time-trend" | "time-in-status" | "flow-efficiency" | "bug-share" => selected.iter().filter(finished).count(),
                _ => selected.count(),
            };
            prop_assert_eq!(result.candidates(), expected as u64, "{}", &result.id);
        }
    }

    #[test]
    fn burndown_reconciles_on_every_day(items in items(), query in query()) {
        let data = with_windows(&items);
        let result = ask(&data, "burndown", &query);
        if result.is_computed() {
            let by_day = |id: &str| -> BTreeMap<i32, f64> {
                result.series(id).unwrap().points.iter()
                    .map(|point| (if let X::Day(day) = point.x { day } else { 0 }, point.y.unwrap())).collect()
            };
            let (added, completed) = (by_day("added"), by_day("completed"));
            let committed = support::figure(&result, "committed").unwrap();
            let up_to = |marks: &BTreeMap<i32, f64>, day: i32| marks.range(..=day).map(|(_, y)| y).sum::<f64>();
            let size = |item: u32| match query.unit {
                Unit::Items => 1.0,
                Unit::Hours => 0.0,
                Unit::Points => if items[item as usize].points.is_nan() { 0.0 } else { items[item as usize].points },
            };
            let mut last = committed;
            for point in &result.series("remaining").unwrap().points {
                let (X::Day(day), Some(y)) = (&point.x, point.y) else { continue };
                prop_assert_eq!(y, committed + up_to(&added, *day) - up_to(&completed, *day));
                prop_assert_eq!(y, point.items.iter().map(|&item| size(item)).sum::<f64>());
                prop_assert!(y >= 0.0);
                last = y;
            }
            prop_assert_eq!(support::figure(&result, "not-completed"), Some(last));
            let ideal = support::values(&result, "ideal");
            prop_assert_eq!((ideal[0], ideal[ideal.len() - 1]), (Some(committed), Some(0.0)));
            prop_assert!(ideal.windows(2).all(|pair| pair[0] >= pair[1]));
        }
    }

    #[test]
    fn release_burndown_reconciles_step_by_step(items in items(), query in query()) {
        let data = with_windows(&items);
        let result = ask(&data, "release-burndown", &query);
        if result.is_computed() {
            let at = |id: &str, x: &X| -> f64 {
                let points = result.series(id).map(|series| series.points.as_slice()).unwrap_or_default();
                points.iter().filter(|point| point.x == *x).map(|point| point.y.unwrap()).sum()
            };
            let remaining = &result.series("remaining").unwrap().points;
            prop_assert_eq!(Some(remaining[0].y.unwrap()), support::figure(&result, "start"));
            for pair in remaining.windows(2) {
                let x = &pair[1].x;
                let change = at("added", x) - at("removed", x) + at("re-estimated", x) - at("completed", x) + at("reopened", x);
                prop_assert_eq!(pair[1].y.unwrap(), pair[0].y.unwrap() + change, "{:?}", x);
                prop_assert!(pair[1].y.unwrap() >= 0.0);
            }
            prop_assert_eq!(remaining.last().unwrap().y, support::figure(&result, "left"));
        }
    }

    #[test]
    fn velocity_and_burndown_tell_the_same_of_a_sprint(items in items(), query in query()) {
        let data = with_windows(&items);
        let query = Query { from: None, to: None, ..query };
        let velocity = ask(&data, "velocity", &query);
        let overlapping = items.iter().any(|item| item.sprints.iter().any(|name| name == "Other 1"));
        for id in ["committed", "completed"] {
            for point in velocity.series(id).map(|series| series.points.as_slice()).unwrap_or_default() {
                // Without sprints it is told by the period.
                let X::Name(sprint) = &point.x else { continue };
                let burndown = ask(&data, "burndown", &Query { iteration: Some(sprint.clone()), ..query.clone() });
                let figure = support::figure(&burndown, id);
                if id == "committed" || !overlapping {
                    prop_assert_eq!(point.y, figure, "{} {}", sprint, id);
                } else {
                    // An item of two sprints that run at once is completed in one of them.
                    prop_assert!(point.y <= figure);
                }
            }
        }
    }

    #[test]
    fn throughput_is_the_same_by_day_week_and_month(items in items(), unit in prop::sample::select(vec![Unit::Items, Unit::Points])) {
        // 2024-01-01 and 2024-04-01 are both a Monday and the first of a month: the range is whole by every step.
        let mut items = items;
        items.push(ItemBuilder::new("OLD").created("2023-01-02").finished("2024-01-01T00:00").points(1.0));
        let data = prepare(&items);
        let by = |granularity| {
            let query = Query { granularity, unit, as_of: Some(day("2024-03-31")), ..Query::default() };
            ask(&data, "throughput", &query)
        };
        let (days, weeks, months) = (by(Granularity::Day), by(Granularity::Week), by(Granularity::Month));
        prop_assert_eq!(total(&days, "finished"), total(&weeks, "finished"));
        prop_assert_eq!(total(&days, "finished"), total(&months, "finished"));
        prop_assert_eq!(days.considered, months.considered);
        prop_assert_eq!(days.considered + days.excluded.iter().map(|e| e.items.len() as u64).sum::<u64>(), weeks.candidates());
        for result in [days, weeks, months] {
            prop_assert_eq!(support::figure(&result, "total"), Some(total(&result, "finished")));
        }
    }

    #[test]
    fn the_percentiles_asked_for_are_shown_and_change_nothing_else(
        items in items(), query in query(), asked in prop::collection::btree_set(1_u8..=99, 1..=5)
    ) {
        let data = with_windows(&items);
        let text = asked.iter().map(u8::to_string).collect::<Vec<_>>().join(",");
        let mut other = query.clone();
        other.set("p", &text).unwrap();
        for id in ["cycle-time", "lead-time", "cycle-time-histogram", "cycle-time-trend", "work-item-age", "forecast-when", "forecast-how-many"] {
            let (usual, result) = (ask(&data, id, &query), ask(&data, id, &other));
            prop_assert_eq!(&usual.status, &result.status, "{}", id);
            prop_assert_eq!((usual.considered, &usual.excluded), (result.considered, &result.excluded), "{}", id);
            prop_assert_eq!(&usual.summary, &result.summary, "{}: sentences follow their own rule", id);
            if !result.is_computed() { continue }
            // What both show has one value.
            for figure in &usual.figures {
                let same = result.figure(&figure.id).map(|other| other.value);
                prop_assert!(same.is_none_or(|value| value == figure.value), "{} {}", id, figure.id);
            }
            if ["cycle-time", "lead-time", "cycle-time-histogram"].contains(&id) {
                let told: Vec<&str> = result.figures.iter().map(|figure| figure.id.as_str()).filter(|id| id.starts_with('p')).collect();
                let wanted: Vec<String> = asked.iter().map(|p| format!("p{p}")).collect();
                prop_assert_eq!(told, wanted, "{}", id);
                let rising: Vec<f64> = result.figures.iter().filter(|figure| figure.id.starts_with('p')).filter_map(|figure| figure.value).collect();
                prop_assert!(rising.windows(2).all(|pair| pair[0] <= pair[1]));
            }
            let levels = result.series.iter().filter(|series| series.id.starts_with('p')).filter_map(|series| series.id[1..].parse().ok());
            prop_assert!(levels.into_iter().all(|p: u8| asked.contains(&p)), "{}: no line that nobody asked for", id);
        }
    }

    #[test]
    fn percentiles_rise_and_are_values_of_items(items in items(), query in query()) {
        let data = with_windows(&items);
        for id in ["cycle-time", "lead-time"] {
            let result = ask(&data, id, &query);
            if !result.is_computed() { continue }
            let values = support::values(&result, id);
            let percentiles: Vec<f64> = ["p50", "p85", "p95"].iter().filter_map(|p| support::figure(&result, p)).collect();
            prop_assert!(percentiles.windows(2).all(|pair| pair[0] <= pair[1]));
            // A linear percentile lies between two items.
            if query.percentile == PercentileRule::Linear { continue }
            prop_assert!(percentiles.iter().all(|&p| values.contains(&Some(p))));
            for figure in &result.figures {
                let Some(value) = figure.value else { continue };
                let scatter = result.series(id).unwrap();
                let own = scatter.points.iter().find(|point| point.items == figure.items).unwrap();
                prop_assert_eq!(own.y, Some(value));
            }
        }
    }

    #[test]
    fn lead_time_is_at_least_cycle_time_and_that_at_least_a_day(items in items(), query in query()) {
        let data = with_windows(&items);
        let per_item = |id: &str| -> BTreeMap<u32, f64> {
            let days = if query.days == DayRule::Working { DayRule::Working } else { DayRule::Calendar };
            let result = ask(&data, id, &Query { days, start: StartRule::Started, ..query.clone() });
            let points = result.series(id).map(|series| series.points.clone()).unwrap_or_default();
            points.iter().map(|point| (point.items[0], point.y.unwrap())).collect()
        };
        let lead = per_item("lead-time");
        for (item, cycle) in per_item("cycle-time") {
            prop_assert!(cycle >= 1.0);
            let source = &items[item as usize];
            if source.created != NO_MOMENT && source.created <= source.started {
                prop_assert!(lead[&item] >= cycle);
            }
        }
    }

    #[test]
    fn the_types_add_up_to_the_whole(items in items(), query in query_of_the_calendar()) {
        let data = with_windows(&items);
        let of_type = |kind: &str| {
            let filter = Filter {
                field: FilterField::Category(CategoryField::Type),
                exclude: false,
                contains: false,
                values: vec![kind.to_owned()],
            };
            Query { filters: vec![filter], ..query.clone() }
        };
        let query = Query { iteration: Some("S 2".to_owned()), ..query.clone() };
        for (id, series) in [("throughput", "finished"), ("velocity", "completed"), ("velocity", "committed"), ("burndown", "added")] {
            let whole = ask(&data, id, &query);
            let parts: Vec<_> = TYPES.iter()
                .map(|kind| ask(&data, id, &Query { iteration: query.iteration.clone(), ..of_type(kind) })).collect();
            // A part whose items are in no sprint is told by the period: it has no part in the sprints of the whole.
            let is_by_day = |result: &MetricResult| {
                let first = result.series.first().and_then(|series| series.points.first());
                first.is_some_and(|point| matches!(point.x, X::Day(_)))
            };
            let parts: Vec<_> =
                parts.into_iter().filter(|part| id != "velocity" || is_by_day(&whole) || !is_by_day(part)).collect();
            let place = |x: &X| match x { X::Day(day) => day.to_string(), X::Name(name) => name.clone() };
            let mut sums: BTreeMap<String, f64> = BTreeMap::new();
            for part in parts.iter().filter_map(|part| part.series(series)) {
                for point in &part.points { *sums.entry(place(&point.x)).or_default() += point.y.unwrap(); }
            }
            let points = whole.series(series).map(|series| series.points.clone()).unwrap_or_default();
            let expected: BTreeMap<String, f64> = points.iter().map(|point| (place(&point.x), point.y.unwrap())).collect();
            prop_assert_eq!(sums, expected, "{} {}", id, series);
            prop_assert_eq!(parts.iter().map(|part| part.considered).sum::<u64>(), whole.considered);
        }
    }

    #[test]
    fn the_groups_of_a_field_are_the_whole_and_add_up(items in items(), query in query()) {
        let data = with_windows(&items);
        let selected = query.select(&data);
        let field = FilterField::Category(CategoryField::Type);
        let parts = group_items(&data, &selected, field);
        prop_assert_eq!(parts.iter().map(|(_, set)| set.count()).sum::<usize>(), selected.count());
        let throughput = metric("throughput").unwrap();
        let sum: f64 = parts.iter().map(|(_, set)| total(&(throughput.compute)(&data, set, &query), "finished")).sum();
        // Parts have sprints of their own.
        if query.granularity != Granularity::Sprint {
            prop_assert_eq!(sum, total(&ask(&data, "throughput", &query), "finished"));
        }
        let answer = groups(&data, &selected, &query, field, &[throughput]);
        prop_assert_eq!(answer.rows.len(), parts.len());
        for (row, (of, set)) in answer.rows.iter().zip(&parts) {
            prop_assert_eq!((&row.of, row.items), (of, set.count() as u64));
            let own = throughput.answer(&data, set, &query);
            prop_assert_eq!(row.numbers[0].value, own.figures.first().and_then(|figure| figure.value));
            prop_assert_eq!(row.numbers[0].considered, own.considered);
            prop_assert_eq!(row.numbers[0].reason.is_empty(), own.is_computed());
        }
        // An item of two sprints stands in both; nobody is lost.
        let sprints = group_items(&data, &selected, FilterField::List(ListField::Sprint));
        for item in &selected {
            let expected = items[item].sprints.len().max(1);
            prop_assert_eq!(sprints.iter().filter(|(_, set)| set.contains(item)).count(), expected);
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(
        (items, shuffled) in items().prop_flat_map(|items| (Just(items.clone()), Just(items).prop_shuffle())),
        query in query(),
    ) {
        let (data, other) = (with_windows(&items), with_windows(&shuffled));
        for (one, two) in answers(&data, &query).into_iter().zip(answers(&other, &query)) {
            prop_assert_eq!(with_keys(&data, one), with_keys(&other, two));
        }
    }

    #[test]
    fn moving_time_by_weeks_moves_the_series(items in items(), query in query(), weeks in 1..60_i32) {
        // Windows worked out from the items move too. By whole weeks, so that weekdays stay; months are not all alike.
        prop_assume!(query.granularity != Granularity::Month);
        let days = weeks * 7;
        let (data, later) = (prepare(&items), prepare(&moved(&items, i64::from(days))));
        // Without a date in the data and without one asked for, "now" is 1970, which does not move.
        let stands_still = query.as_of.is_none() && data.dataset.last_moment().is_none();
        let query = Query { as_of: Some(data.calendar.day_of(query.as_of(&data))), ..query };
        let later_query = Query {
            as_of: query.as_of.map(|at| if stands_still { at } else { at + days }),
            from: query.from.map(|from| from + days),
            to: query.to.map(|to| to + days),
            ..query.clone()
        };
        for (one, two) in answers(&data, &query).into_iter().zip(answers(&later, &later_query)) {
            prop_assert_eq!(one.is_computed(), two.is_computed(), "{}: {} / {}", one.id, one.summary, two.summary);
            for (series, moved) in one.series.iter().zip(&two.series) {
                let expected: Vec<_> = series.points.iter().map(|point| {
                    let x = match &point.x { X::Day(day) => X::Day(day + days), name @ X::Name(_) => name.clone() };
                    (x, point.y, point.items.clone())
                }).collect();
                let found: Vec<_> = moved.points.iter().map(|point| (point.x.clone(), point.y, point.items.clone())).collect();
                prop_assert_eq!(expected, found, "{} {}", &one.id, &series.id);
            }
            let figures = |result: &MetricResult| result.figures.iter().map(|figure| figure.value).collect::<Vec<_>>();
            prop_assert_eq!(figures(&one), figures(&two));
        }
    }

    #[test]
    fn moving_time_by_days_moves_daily_numbers(items in items(), days in 1..400_i32) {
        let data = prepare(&items);
        let later = prepare(&moved(&items, i64::from(days)));
        let query = Query { granularity: Granularity::Day, ..Query::default() };
        for (id, series) in [("throughput", "finished"), ("cycle-time", "cycle-time"), ("lead-time", "lead-time")] {
            let points = |data: &PreparedDataset, days: i32| {
                let result = ask(data, id, &query);
                let points = result.series(series).map(|series| series.points.clone()).unwrap_or_default();
                let place = |x: &X| if let X::Day(day) = x { day - days } else { panic!("a name") };
                points.iter().map(|point| (place(&point.x), point.y, point.items.clone())).collect::<Vec<_>>()
            };
            prop_assert_eq!(points(&data, 0), points(&later, days));
        }
    }
}
