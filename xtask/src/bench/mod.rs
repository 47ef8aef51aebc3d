//! The marks of a bench: what was measured, what it should be, and by how much it is missed.

mod marks;

use serde_json::{Value, json};

pub(crate) use marks::{MARKS, Mark, Measured};

/// Prints a line a mark.
pub(crate) fn print(measured: &Measured) {
    println!("\n{:<3} {:<58} {:>12} {:>12} {:>12}  verdict", "#", "what", "measured", "first mark", "end mark");
    for mark in MARKS {
        let value = (mark.value)(measured);
        let text = value.map_or_else(|| "not measured".to_owned(), |value| words(mark, value));
        println!(
            "{:<3} {:<58} {text:>12} {:>12} {:>12}  {}",
            mark.number,
            mark.what,
            words(mark, mark.first),
            words(mark, mark.end),
            verdict(mark, value)
        );
    }
}

/// The same as JSON.
pub(crate) fn to_json(measured: &Measured) -> Vec<Value> {
    let line = |mark: &Mark| {
        let value = (mark.value)(measured);
        json!({
            "number": mark.number, "what": mark.what, "unit": mark.unit, "measured": value,
            "first_mark": mark.first, "end_mark": mark.end, "verdict": verdict(mark, value),
        })
    };
    MARKS.iter().map(line).collect()
}

fn words(mark: &Mark, value: f64) -> String {
    let digits = if value >= 100.0 { 0 } else { 2 };
    format!("{value:.digits$}{}", mark.unit)
}

fn verdict(mark: &Mark, value: Option<f64>) -> String {
    match value {
        None => format!("not measured: {}", mark.needs),
        Some(value) if value <= mark.end => "end mark met".to_owned(),
        Some(value) if value <= mark.first => "first mark met".to_owned(),
        Some(value) => {
            format!("missed by {} ({:.0} %)", words(mark, value - mark.first), (value / mark.first - 1.0) * 100.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MARKS, Measured, to_json, verdict};
    use serde_json::json;

    #[test]
    fn a_missed_mark_says_by_how_much() {
        let mark = MARKS.iter().find(|mark| mark.number == "2").expect("mark 2 is in the list");
        assert_eq!(verdict(mark, Some(0.70)), "missed by 0.35x (100 %)");
        assert_eq!(verdict(mark, Some(0.35)), "first mark met");
        assert_eq!(verdict(mark, Some(0.20)), "end mark met");
        assert!(verdict(mark, None).starts_with("not measured"));
    }

    #[test]
    fn ratios_are_those_of_the_same_run() {
        let native = json!([{ "rows": 100_000, "file_bytes": 1000, "snapshot_bytes": 100, "import_peak_bytes": 500,
            "ms": { "import": 100.0, "filter-change": 3.0, "reopen": 10.0, "forecast-200-10k": 1.0, "forecast-200-1m": 40.0 },
            "records": { "slowest": "outages", "slowest_ms": 7.5 } }]);
        let browser = json!({ "results": [{ "rows": 100_000, "file_bytes": 1000,
            "floor": { "stream_floor_ms": 50.0 },
            "product": { "import_ms": 200.0, "import_from_memory_ms": 150.0, "drop_to_chart_ms": 300.0, "filter_ms": 8.0,
                "metric_burndown": 2.0, "metric_cycle-time": 5.0, "metric_velocity": 3.0, "sprint_filter_ms": 12.0,
                "reopen_ms": 20.0, "wasm_bytes": 700, "dataset_bytes": 90, "longest_task_ms": 60.0, "longest_gap_ms": 70.0 },
            "peer": { "drop_to_chart_ms": 1000.0 } }],
            "forecast": { "few_ms": 1.2, "many_view_page_ms": 30.0, "peer": { "few_ms": 3.0 } },
            "published": { "overview": { "bytes": 1_000_000, "data_bytes": 15_000, "ms": 700.0 }, "flow": { "data_bytes": 130_000 } } });
        let json = json!({ "file_bytes": 1000, "import_ms": 30.0, "import_peak_bytes": 100, "allowed_peak_bytes": 400.0,
            "peer": { "parse_ms": 60.0 } });
        let forecast = json!({ "rows": 100_000, "few_ms": 2.0, "many_ms": 100.0 });
        let measured =
            Measured { native, forecast, json: Some(json), browser: Some(browser), first_load_bytes: Some(500_000) };
        let value = |number: &str| {
            let line = to_json(&measured).into_iter().find(|line| line["number"] == number);
            line.and_then(|line| line["measured"].as_f64())
        };
        for (number, expected) in [
            ("1", 4.0),
            ("2", 0.3),
            ("3", 1.5),
            ("4", 8.0),
            ("4a", 5.0),
            ("4b", 12.0),
            ("4c", 7.5),
            ("5", 0.1),
            ("6", 0.7),
            ("7", 0.1),
            ("8", 0.5),
            ("8a", 0.1),
            ("8b", 0.25),
            ("9", 0.5),
            ("9a", 1.0),
            ("9b", 40.0),
            ("9c", 1.2),
            ("9d", 1.2),
            ("9e", 0.4),
            ("9f", 30.0),
            ("11", 500.0),
            ("12", 70.0),
            ("14", 1000.0),
            ("14a", 15.0),
            ("14b", 700.0),
            ("14c", 130.0),
        ] {
            assert!(
                value(number).is_some_and(|value| (value - expected).abs() < 1e-9),
                "mark {number}: {:?}",
                value(number)
            );
        }
        assert_eq!(value("13"), None, "no file of a million rows was measured");
    }
}
