//! Every panel on small results, in light and in dark: the option is plain JSON, uses only what is bundled of ECharts, takes
//! its colours from the palette, and keeps text of users as data.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;
use throughline::charts::{PANELS, Palette, Panel, annotate, annotation_place, place_name, places};
use throughline::metrics::{MetricResult, Point, Role, Series, X};

/// What would act if it were ever taken for markup, a template, code or a function's name.
const HOSTILE: &[&str] = &[
    "<img src=x onerror=alert(1)>",
    "{a|{b}} {c} {value}",
    "#*#*#*#function(){window.pwn=1}#*#*#*#",
    "fn:escape",
    "\u{202e}gnp.exe\u{0}\u{1b}[31m",
];

fn palette(name: &str) -> Palette {
    let colour = |token: &str| format!("rgb(0 0 0 / {name}-{token})");
    Palette {
        series: (1..=6).map(|number| colour(&format!("series-{number}"))).collect(),
        text: colour("text"),
        muted: colour("muted"),
        grid: colour("grid"),
        background: colour("background"),
        guideline: colour("guideline"),
        font: "system-ui".into(),
        animate: true,
        decals: false,
    }
}

fn series(id: &str, name: &str, role: Role, points: Vec<(X, Option<f64>)>) -> Series {
    let points =
        points.into_iter().enumerate().map(|(position, (x, y))| Point { x, y, items: vec![position as u32] }).collect();
    Series { id: id.into(), name: name.into(), role, unit: "items".into(), points }
}

fn days(values: &[Option<f64>]) -> Vec<(X, Option<f64>)> {
    values.iter().enumerate().map(|(position, &y)| (X::Day(19_723 + position as i32), y)).collect()
}

/// A result of the shape that the panel's metric answers with, holding text of users wherever the model has it.
#[allow(clippy::too_many_lines, reason = "a list: one shape for each panel")]
fn result_for(panel: &Panel, user_text: &str) -> MetricResult {
    let sprints = |values: [f64; 2]| {
        values.iter().zip(["Sprint 1", user_text]).map(|(&y, name)| (X::Name(name.into()), Some(y))).collect()
    };
    let series = match panel.id {
        "burndown" => vec![
            series("remaining", "Remaining", Role::Main, days(&[Some(5.0), Some(3.0), None])),
            series("ideal", "Ideal", Role::Guideline, days(&[Some(5.0), Some(2.5), Some(0.0)])),
            series("scope", "Scope", Role::Scope, days(&[Some(5.0), Some(6.0), Some(6.0)])),
            series("added", "Added", Role::Added, vec![(X::Day(19_724), Some(1.0))]),
            series("removed", "Removed", Role::Removed, vec![(X::Day(19_724), Some(2.0))]),
            series("re-estimated", "Re-estimated", Role::Reestimated, vec![(X::Day(19_724), Some(-1.0))]),
            series("completed", "Completed", Role::Completed, vec![(X::Day(19_724), Some(3.0))]),
            series("reopened", "Opened again", Role::Reopened, vec![(X::Day(19_724), Some(1.0))]),
        ],
        "velocity" => vec![
            series("committed", "Committed", Role::Second, sprints([8.0, 9.0])),
            series("completed", "Completed", Role::Main, sprints([6.0, 9.0])),
            series("p15", "15th percentile", Role::Level, sprints([6.0, 6.0])),
            series("p85", "85th percentile", Role::Level, sprints([9.0, 9.0])),
        ],
        "sprint-report" | "scope-change" => vec![series("bars", "Bars", Role::Main, sprints([8.0, -2.0]))],
        "burnup" => vec![
            series("done", "Done", Role::Main, days(&[Some(0.0), Some(3.0), Some(4.0)])),
            series("scope", "Scope", Role::Scope, days(&[Some(5.0), Some(6.0), Some(6.0)])),
        ],
        "release-burndown" => vec![
            series("remaining", "Remaining", Role::Main, sprints([8.0, 2.0])),
            series("added", "Added", Role::Added, sprints([2.0, 8.0])),
            series("removed", "Removed", Role::Removed, sprints([0.0, 2.0])),
            series("completed", "Completed", Role::Completed, sprints([8.0, 5.0])),
        ],
        "throughput" => vec![
            series("finished", "Finished", Role::Main, days(&[Some(2.0), Some(0.0), Some(4.0)])),
            series("median", "Median", Role::Level, vec![(X::Day(19_723), Some(2.0))]),
        ],
        "cycle-time" | "lead-time" => vec![
            series(
                "items",
                "Items",
                Role::Scatter,
                vec![(X::Day(19_730), Some(4.0)), (X::Day(19_724), Some(1.0)), (X::Day(19_724), Some(1.0))],
            ),
            series("p85", "85th percentile", Role::Level, vec![(X::Day(19_724), Some(4.0))]),
        ],
        "cumulative-flow" => vec![
            series("done", "Done", Role::Stacked, days(&[Some(0.0), Some(1.0), Some(2.0)])),
            series("band-2", user_text, Role::Stacked, days(&[Some(1.0), Some(1.0), Some(1.0)])),
            series("to-do", "To do", Role::Stacked, days(&[Some(2.0), Some(2.0), Some(2.0)])),
            series("arrivals", "Arrived in all", Role::Scope, days(&[Some(3.0), Some(4.0), Some(5.0)])),
        ],
        "work-in-progress" => vec![
            series("in-progress", "In progress", Role::Main, days(&[Some(1.0), Some(0.0), Some(2.0)])),
            series("mean", "Mean", Role::Level, days(&[Some(1.0)])),
        ],
        "work-item-age" => vec![
            series("age", "Age", Role::Scatter, sprints([3.0, 12.0])),
            series("p85", "85 % took at most", Role::Level, sprints([9.0, 9.0])),
        ],
        "net-flow" => vec![
            series("net", "Arrivals - departures", Role::Main, days(&[Some(2.0), Some(-1.0)])),
            series("arrivals", "Arrivals", Role::Added, days(&[Some(3.0), Some(1.0)])),
            series("departures", "Departures", Role::Completed, days(&[Some(1.0), Some(2.0)])),
            series("cumulative", "Added up", Role::Scope, days(&[Some(2.0), Some(1.0)])),
        ],
        "process-behaviour" => vec![
            series("finished", "Finished", Role::Main, days(&[Some(2.0), Some(9.0), Some(3.0)])),
            series("upper", "Upper limit", Role::Level, days(&[Some(8.0), Some(8.0)])),
            series("signals", "Signal", Role::Signal, vec![(X::Day(19_724), Some(9.0))]),
        ],
        "cycle-time-trend" => vec![
            series("median", "Median", Role::Main, days(&[Some(2.0), None, Some(3.0)])),
            series("p85", "85 % took at most", Role::Second, days(&[None, None, Some(9.0)])),
        ],
        "time-in-status" | "flow-efficiency" | "blocked-time" | "cycle-time-histogram" => {
            vec![series("bars", "Bars", Role::Main, sprints([6.0, 9.0]))]
        }
        "forecast-when" => vec![
            series("chance", "Chance", Role::Main, days(&[Some(12.0), Some(50.0), Some(99.0)])),
            series("p50", "50 %", Role::Level, vec![(X::Day(19_723), Some(50.0))]),
            series("p85", "85 %", Role::Level, vec![(X::Day(19_723), Some(85.0))]),
        ],
        "forecast-cone" => vec![
            series("done", "Done", Role::Main, days(&[Some(1.0), Some(3.0)])),
            series("scope", "Scope", Role::Scope, days(&[Some(5.0), Some(6.0)])),
            series("expected", "Expected", Role::Guideline, vec![(X::Day(19_726), Some(5.0))]),
            series("low", "Low", Role::RangeLow, vec![(X::Day(19_726), Some(4.0))]),
            series("high", "High", Role::RangeHigh, vec![(X::Day(19_726), Some(6.0))]),
        ],
        "forecast-how-many" | "forecast-drivers" => vec![series("main", "Main", Role::Main, sprints([3.0, -1.0]))],
        "forecast-backtest" => vec![
            series("held", "Held", Role::Main, sprints([40.0, 90.0])),
            series("promised", "Promised", Role::Guideline, sprints([50.0, 85.0])),
        ],
        "forecast-teams" => vec![
            series("p85", "85 %", Role::Main, sprints([9.0, 4.0])),
            series("p50", "50 %", Role::Second, sprints([5.0, 2.0])),
        ],
        other => marked_series(other, user_text),
    };
    MetricResult { id: panel.about.id.into(), summary: user_text.into(), series, ..MetricResult::default() }
}

/// The same for panels of bugs, technical debt and measures of code.
fn marked_series(id: &str, user_text: &str) -> Vec<Series> {
    let names = |values: [f64; 2]| {
        values.iter().zip(["High", user_text]).map(|(&y, name)| (X::Name(name.into()), Some(y))).collect()
    };
    match id {
        "bugs" => vec![
            series("open", "Open", Role::Main, days(&[Some(4.0), Some(5.0), Some(3.0)])),
            series("created", "Created", Role::Added, days(&[Some(2.0), Some(1.0), Some(0.0)])),
            series("resolved", "Resolved", Role::Completed, days(&[Some(1.0), Some(1.0), Some(2.0)])),
            series("reopened", "Opened again", Role::Reopened, vec![(X::Day(19_724), Some(1.0))]),
        ],
        "bug-resolution-time" => vec![
            series("median", "Median", Role::Main, names([3.0, 9.0])),
            series("p85", "85 % took at most", Role::Second, names([8.0, 40.0])),
        ],
        "bug-backlog-age" | "bug-service-levels" => vec![
            series("part-1", "High", Role::Stacked, names([3.0, 1.0])),
            series("part-2", user_text, Role::Stacked, names([2.0, 0.0])),
            series("part-3", "Low", Role::Stacked, names([1.0, 4.0])),
        ],
        "bug-share" => vec![series("share", "Share of bugs", Role::Main, days(&[Some(20.0), None, Some(50.0)]))],
        "bugs-by-component" | "bugs-by-release" => vec![
            series("open", "Open now", Role::Main, names([6.0, 2.0])),
            series("created", "Created in the period", Role::Second, names([9.0, 3.0])),
        ],
        "technical-debt" => vec![series("open", "Open", Role::Main, names([6.0, 2.0]))],
        "technical-debt-flow" => vec![
            series("open", "Open", Role::Main, days(&[Some(4.0), Some(5.0)])),
            series("inflow", "Came in", Role::Added, days(&[Some(2.0), Some(1.0)])),
            series("outflow", "Went out", Role::Completed, days(&[Some(1.0), Some(0.0)])),
        ],
        "technical-debt-share" => vec![
            series("share", "Share of technical debt", Role::Main, names([10.0, 25.0])),
            series("target", "Target", Role::Level, names([20.0, 20.0])),
        ],
        "code-measures" | "code-effort" | "code-counts" => vec![
            series("line-1", "coverage", Role::Second, days(&[Some(80.0), Some(81.5)])),
            series("line-2", user_text, Role::Second, vec![(X::Day(19_730), Some(3.0))]),
        ],
        other => record_series(other, user_text),
    }
}

/// The same for panels of people, services and deployments.
fn record_series(id: &str, user_text: &str) -> Vec<Series> {
    let sprints = |values: [f64; 2]| {
        values.iter().zip(["Sprint 1", user_text]).map(|(&y, name)| (X::Name(name.into()), Some(y))).collect()
    };
    match id {
        "uptime" => vec![
            series("availability", "Availability", Role::Main, sprints([99.95, 98.2])),
            series("target", "Target", Role::Guideline, sprints([99.9, 99.5])),
        ],
        "uptime-trend" => vec![
            series("lowest", user_text, Role::Main, days(&[Some(99.9), None, Some(100.0)])),
            series("second-lowest", "mail", Role::Second, days(&[Some(99.99), Some(99.0), Some(100.0)])),
        ],
        "outages" => vec![
            series("service-1", user_text, Role::Stacked, days(&[Some(0.0), Some(60.0), Some(5.0)])),
            series("service-2", "mail", Role::Stacked, days(&[Some(12.0), None, Some(0.0)])),
            series("other-services", "2 services more", Role::Stacked, days(&[Some(0.0), Some(0.0), Some(7.0)])),
        ],
        "error-budget" => vec![
            series("left", user_text, Role::Main, days(&[Some(100.0), Some(40.0), Some(-20.0)])),
            series("even", "Even use", Role::Guideline, days(&[Some(75.0), Some(50.0), Some(25.0), Some(0.0)])),
        ],
        "service-recovery" => vec![
            series("mean", "Mean", Role::Main, sprints([90.0, 12.5])),
            series("median", "Median", Role::Second, sprints([60.0, 12.0])),
        ],
        "capacity" => vec![
            series("part-1", "No team", Role::Stacked, days(&[Some(80.0), None, Some(40.0)])),
            series("part-2", user_text, Role::Stacked, days(&[Some(40.0), Some(36.0), None])),
        ],
        "utilisation" | "workload-balance" => vec![
            series("utilisation", "Utilisation", Role::Main, sprints([75.0, 120.0])),
            series("tight", "Tight (85 %)", Role::Level, sprints([85.0, 85.0])),
            series("full", "Full (100 %)", Role::Level, sprints([100.0, 100.0])),
        ],
        "logged-time" => vec![
            series("logged", "Logged", Role::Main, days(&[Some(30.0), Some(42.0)])),
            series("capacity", "Capacity", Role::Scope, days(&[Some(40.0), None])),
        ],
        "capacity-plan" => vec![
            series("completed", "Completed", Role::Main, vec![(X::Name("Sprint 1".into()), Some(8.0))]),
            series("low", "By hours, lower end", Role::RangeLow, sprints([6.0, 5.0])),
            series("high", "By hours, upper end", Role::RangeHigh, sprints([9.0, 8.0])),
        ],
        "deployment-frequency" => vec![
            series("deployments", "Deployments", Role::Main, days(&[Some(2.0), Some(0.0), Some(4.0)])),
            series("median", "Median", Role::Level, vec![(X::Day(19_723), Some(2.0))]),
            series("by-service", "By service", Role::Beside, sprints([4.0, 2.0])),
        ],
        "deployment-success" | "change-failure-rate" | "deployment-rework-rate" => vec![
            series("rate", "Rate", Role::Main, days(&[Some(50.0), None, Some(0.0)])),
            series("by-service", "By service", Role::Beside, sprints([40.0, 20.0])),
        ],
        "change-lead-time" | "failed-deployment-recovery-time" => vec![
            series("dots", "Dots", Role::Scatter, vec![(X::Day(19_724), Some(1.5)), (X::Day(19_727), Some(4.0))]),
            series("median", "Median", Role::Level, vec![(X::Day(19_724), Some(1.5)), (X::Day(19_727), Some(1.5))]),
            series("parts", "Parts", Role::Beside, vec![(X::Name("Coding".into()), Some(0.5))]),
            series("by-service", "By service", Role::Beside, sprints([4.0, 2.0])),
        ],
        "deployment-calendar" => {
            vec![series("deployments", user_text, Role::Cell, days(&[Some(2.0), Some(0.0), Some(4.0)]))]
        }
        other => panic!("no result for the panel {other}: add the shape its metric answers with"),
    }
}

fn option_of(panel: &Panel, user_text: &str, palette: &Palette) -> Value {
    serde_json::to_value(panel.draw(&result_for(panel, user_text), palette)).unwrap()
}

/// Every (key, text) of an option.
fn texts<'a>(value: &'a Value, key: &str, found: &mut Vec<(String, &'a str)>) {
    match value {
        Value::String(text) => found.push((key.to_owned(), text)),
        Value::Array(list) => list.iter().for_each(|value| texts(value, key, found)),
        Value::Object(map) => map.iter().for_each(|(key, value)| texts(value, key, found)),
        _ => {}
    }
}

fn all_texts(option: &Value) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    texts(option, "", &mut found);
    found
}

#[test]
fn options_are_as_recorded() {
    for panel in PANELS {
        for theme in ["light", "dark"] {
            insta::assert_json_snapshot!(
                format!("{}_{theme}", panel.id),
                option_of(panel, "Sprint 2", &palette(theme))
            );
        }
    }
}

#[test]
fn every_series_has_an_id_and_every_point_is_drawn() {
    for panel in PANELS {
        let result = result_for(panel, "Sprint 2");
        let option = option_of(panel, "Sprint 2", &palette("light"));
        let drawn = option["series"].as_array().unwrap();
        assert_eq!(drawn.len(), result.series.len(), "{}", panel.id);
        for (drawn, series) in drawn.iter().zip(&result.series) {
            assert_eq!(drawn["id"], series.id.as_str(), "{}", panel.id);
            if series.role == Role::Level {
                continue; // drawn over the whole width
            }
            let data = drawn["data"].as_array().unwrap();
            let places = places(series);
            assert_eq!(data.len(), places.len(), "{} {}: a click's index must be a place's", panel.id, series.id);
            for (datum, place) in data.iter().zip(&places) {
                if series.role == Role::Cell {
                    // A square of a calendar: its week, its day of the week, its number, and the day as its name.
                    assert_eq!(datum["name"], place_name(&place.x), "{} {}", panel.id, series.id);
                    assert_eq!(datum["value"][2].as_f64(), place.y, "{} {}", panel.id, series.id);
                    continue;
                }
                let category = datum[0].as_u64().unwrap() as usize;
                // Bars beside the course over days have an axis of their own.
                let axis = match drawn["xAxisIndex"].as_f64() {
                    Some(index) => &option["xAxis"][index as usize],
                    None if option["xAxis"].is_array() => &option["xAxis"][0],
                    None => &option["xAxis"],
                };
                assert_eq!(axis["data"][category], place_name(&place.x), "{} {}", panel.id, series.id);
                assert_eq!(datum[1].as_f64(), place.y, "{} {}", panel.id, series.id);
            }
        }
    }
}

#[test]
fn a_missing_value_stays_missing() {
    let burndown = PANELS.iter().find(|panel| panel.id == "burndown").unwrap();
    let option = option_of(burndown, "", &palette("light"));
    assert_eq!(option["series"][0]["data"][2][1], Value::Null);
}

#[test]
fn colours_come_from_the_palette_alone() {
    for panel in PANELS {
        let option = option_of(panel, "Sprint 2", &palette("light"));
        let colours: Vec<_> =
            all_texts(&option).into_iter().filter(|(key, _)| key.to_lowercase().ends_with("color")).collect();
        assert!(!colours.is_empty());
        for (key, text) in colours {
            assert!(text.contains("light-"), "{}: {key} is {text}, which is no colour of the palette", panel.id);
        }
    }
}

#[test]
fn series_differ_by_more_than_colour() {
    let same_colours = |option: &Value| {
        let mut text = option.to_string();
        for number in 1..=6 {
            text = text.replace(&format!("series-{number}"), "series-0");
        }
        text.replace("guideline", "series-0").replace("background", "series-0")
    };
    for panel in PANELS {
        let option = option_of(panel, "Sprint 2", &palette("light"));
        let mut looks = BTreeSet::new();
        for series in option["series"].as_array().unwrap() {
            let mut look = series.clone();
            let object = look.as_object_mut().unwrap();
            object.retain(|key, _| !["data", "id", "name"].contains(&key.as_str()));
            assert!(looks.insert(same_colours(&look)), "{}: two series differ by colour only", panel.id);
        }
    }
}

#[test]
fn text_of_users_stays_data() {
    for panel in PANELS {
        for hostile in HOSTILE {
            let option = option_of(panel, hostile, &palette("light"));
            for (key, text) in all_texts(&option) {
                if ["formatter", "valueFormatter", "labelFormatter"].contains(&key.as_str()) {
                    assert!(text.starts_with("fn:"), "{}: the formatter {text} is no listed function", panel.id);
                    assert_ne!(text.len(), 3);
                }
                assert!(
                    !["link", "sublink", "optionToContent", "extraCssText", "renderItem"].contains(&key.as_str()),
                    "{}: {key} must never be set",
                    panel.id
                );
            }
        }
    }
}

#[test]
fn named_functions_exist() {
    let script = fs::read_to_string("public/chart_functions.js").unwrap();
    let list = script.split("new Map(Object.entries({").nth(1).unwrap().split("})").next().unwrap();
    let known: BTreeSet<&str> = list.split(',').map(str::trim).collect();
    for panel in PANELS {
        let option = option_of(panel, "Sprint 2", &palette("light"));
        for (key, text) in all_texts(&option) {
            if let Some(name) = text.strip_prefix("fn:") {
                assert!(known.contains(name), "{}: {key} names {name}; the script has {known:?}", panel.id);
            }
        }
    }
}

/// A chart type or component that is not bundled is silently not drawn.
#[test]
fn everything_drawn_is_bundled() {
    let entry = fs::read_to_string("xtask/web/echarts_entry.js").unwrap();
    let component = |key: &str| match key {
        "xAxis" | "yAxis" | "grid" => Some("GridComponent"),
        "tooltip" => Some("TooltipComponent"),
        "legend" => Some("LegendComponent"),
        "aria" => Some("AriaComponent"),
        "axisPointer" => Some("AxisPointerComponent"),
        "markLine" => Some("MarkLineComponent"),
        "markArea" => Some("MarkAreaComponent"),
        "line" => Some("LineChart"),
        "bar" => Some("BarChart"),
        "scatter" => Some("ScatterChart"),
        "series" | "backgroundColor" | "color" => None,
        key if key.starts_with("animation") => None,
        other => panic!("{other}: which part of ECharts draws it?"),
    };
    for panel in PANELS {
        let option = option_of(panel, "Sprint 2", &palette("light"));
        let top = option.as_object().unwrap().keys().map(String::as_str);
        let series = option["series"].as_array().unwrap().iter().flat_map(|series| {
            let marks = ["markLine", "markArea"].into_iter().filter(|mark| series.get(mark).is_some());
            marks.chain(series["type"].as_str())
        });
        for name in top.chain(series).filter_map(component) {
            assert!(entry.contains(&format!("  {name},")), "{}: {name} is not in echarts_entry.js", panel.id);
        }
    }
}

#[test]
fn notes_are_marked_where_they_lie_and_nowhere_else() {
    let weekly = |result: &mut MetricResult| {
        result.series = vec![series(
            "finished",
            "Finished",
            Role::Main,
            // Mondays: 2024-01-01, 2024-01-08, 2024-01-15.
            [19_723, 19_730, 19_737].map(|day| (X::Day(day), Some(2.0))).to_vec(),
        )];
    };
    let mut result = MetricResult::default();
    weekly(&mut result);
    let place = |day| annotation_place(&result, day);
    assert_eq!(
        (place(19_722), place(19_723), place(19_729), place(19_730)),
        (None, Some(19_723), Some(19_723), Some(19_730))
    );
    assert_eq!((place(19_743), place(19_744)), (Some(19_737), None), "the last week is seven days long");

    let throughput = PANELS.iter().find(|panel| panel.id == "throughput").unwrap();
    let plain = option_of(throughput, "", &palette("light"));
    let drawn =
        annotate(throughput.draw(&result, &palette("light")), &result, &palette("light"), &[(1, 19_700), (2, 19_731)]);
    let option = serde_json::to_value(drawn).unwrap();
    let series = option["series"].as_array().unwrap();
    // Behind the measured series, whose positions the cursor counts.
    assert_eq!(series.len(), 3);
    assert_eq!(series[1]["data"], serde_json::json!([["2024-01-08", 0.0], ["2024-01-08", 2.0], ["2024-01-08", null]]));
    assert_eq!(series[2]["data"], serde_json::json!([{ "value": ["2024-01-08", 2.0], "name": "2" }]));
    assert!(series[1..].iter().all(|added| added["silent"] == true && added["tooltip"]["trigger"] == "none"));
    for (key, text) in all_texts(&option) {
        assert!(key != "formatter" || text.starts_with("fn:"), "{text}");
    }
    // Without notes nothing is added, and names are no days.
    let same = annotate(
        throughput.draw(&result_for(throughput, ""), &palette("light")),
        &result_for(throughput, ""),
        &palette("light"),
        &[],
    );
    assert_eq!(serde_json::to_value(same).unwrap(), plain);
    let velocity = PANELS.iter().find(|panel| panel.id == "velocity").unwrap();
    assert_eq!(annotation_place(&result_for(velocity, ""), 19_731), None);
    let cycle_time = PANELS.iter().find(|panel| panel.id == "cycle-time").unwrap();
    assert_eq!(annotation_place(&result_for(cycle_time, ""), 19_727), Some(19_727), "a scatter has every day");
}

#[test]
fn patterns_lie_on_filled_marks_and_are_there_when_asked_for() {
    let patterned = Palette { decals: true, ..palette("light") };
    for panel in PANELS {
        assert!(option_of(panel, "Sprint 2", &palette("light"))["aria"]["decal"].is_null(), "{}", panel.id);
        let option = option_of(panel, "Sprint 2", &patterned);
        if panel.frame == throughline::charts::Frame::Calendar {
            continue;
        }
        let decal = &option["aria"]["decal"];
        assert_eq!((&decal["show"], decal["decals"].as_array().unwrap().len()), (&true.into(), 6), "{}", panel.id);
        for series in option["series"].as_array().unwrap().iter().filter(|series| series["type"] == "bar") {
            assert_ne!(
                series["itemStyle"]["color"],
                patterned.background.as_str(),
                "{}: a hollow bar shows none",
                panel.id
            );
        }
    }
}

#[test]
fn less_motion_means_none() {
    for panel in PANELS {
        let still = Palette { animate: false, ..palette("light") };
        assert_eq!(option_of(panel, "Sprint 2", &still)["animation"], false, "{}", panel.id);
    }
}
