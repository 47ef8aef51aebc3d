//! The list of marks. The numbers are those that the product's plan sets; the way each is measured is written beside it.

use serde_json::Value;

/// Everything that was measured in one run.
pub(crate) struct Measured {
    /// An entry a file, as the native bench writes them.
    pub(crate) native: Value,
    /// The forecast in plain JavaScript, and the rows of the file whose history it had.
    pub(crate) forecast: Value,
    /// Jira's JSON with changelog, and `JSON.parse` with the same file; `None` when it was left out.
    pub(crate) json: Option<Value>,
    /// What the browser's part writes; `None` when it did not run.
    pub(crate) browser: Option<Value>,
    /// Bytes with gzip of the first visit; `None` without a build.
    pub(crate) first_load_bytes: Option<u64>,
}

/// One line of the table.
pub(crate) struct Mark {
    pub(crate) number: &'static str,
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    /// What is asked of it now.
    pub(crate) first: f64,
    /// Where it should end.
    pub(crate) end: f64,
    pub(crate) value: fn(&Measured) -> Option<f64>,
    /// What to do when it was not measured.
    pub(crate) needs: &'static str,
}

const BROWSER: &str = "run with --browser";
const JSON: &str = "run without --issues 0, on Linux";
const FORECAST: &str = "run natively";
/// Rows of the file that most marks speak of.
const ROWS: u64 = 100_000;
const MILLION: u64 = 1_000_000;

/// In the order of the plan; numbers left out belong to parts that do not exist yet.
pub(crate) const MARKS: &[Mark] = &[
    Mark {
        number: "1",
        what: "import in the worker / reading the same file's stream",
        unit: "x",
        first: 5.0,
        end: 2.0,
        value: |run| Some(run.product("import_ms")? / run.browser_number("floor", "stream_floor_ms")?),
        needs: BROWSER,
    },
    Mark {
        number: "2",
        what: "drop to first chart / Papa Parse + JavaScript",
        unit: "x",
        first: 0.35,
        end: 0.20,
        value: |run| Some(run.product("drop_to_chart_ms")? / run.browser_number("peer", "drop_to_chart_ms")?),
        needs: BROWSER,
    },
    Mark {
        number: "3",
        what: "parse from memory: WebAssembly / native",
        unit: "x",
        first: 2.0,
        end: 1.3,
        value: |run| Some(run.product("import_from_memory_ms")? / run.native_ms(ROWS, "import")?),
        needs: BROWSER,
    },
    Mark {
        number: "4",
        what: "filter change to all numbers of the open view",
        unit: " ms",
        first: 16.0,
        end: 4.0,
        value: |run| run.product("filter_ms"),
        needs: BROWSER,
    },
    Mark {
        number: "4a",
        what: "filter change, the slowest metric by itself: WebAssembly",
        unit: " ms",
        first: 16.0,
        end: 4.0,
        value: Measured::slowest_metric_ms,
        needs: BROWSER,
    },
    Mark {
        number: "4b",
        what: "filter change, all numbers of the sprint view",
        unit: " ms",
        first: 16.0,
        end: 4.0,
        value: |run| run.product("sprint_filter_ms"),
        needs: BROWSER,
    },
    Mark {
        number: "4c",
        what: "metrics of bugs, debt, delivery, people and services, 100,000 items, the slowest: native",
        unit: " ms",
        first: 16.0,
        end: 4.0,
        value: |run| run.native(ROWS)?.get("records")?.get("slowest_ms")?.as_f64(),
        needs: "run with --rows 100000",
    },
    Mark {
        number: "5",
        what: "reopen a stored workspace / import",
        unit: "x",
        first: 0.2,
        end: 0.05,
        value: |run| Some(run.product("reopen_ms")? / run.product("import_ms")?),
        needs: BROWSER,
    },
    Mark {
        number: "6",
        what: "peak WebAssembly memory of an import / file",
        unit: "x",
        first: 1.0,
        end: 0.5,
        value: |run| Some(run.product("wasm_bytes")? / run.file_bytes()?),
        needs: BROWSER,
    },
    Mark {
        number: "7",
        what: "stored snapshot / file",
        unit: "x",
        first: 0.3,
        end: 0.1,
        value: |run| run.native(ROWS).and_then(|file| ratio(file, "snapshot_bytes", "file_bytes")),
        needs: "run with --rows 100000",
    },
    Mark {
        number: "8",
        what: "JSON with changelog: import / JSON.parse in Node",
        unit: "x",
        first: 1.0,
        end: 0.5,
        value: |run| Some(run.json_number("import_ms")? / run.json.as_ref()?.get("peer")?.get("parse_ms")?.as_f64()?),
        needs: JSON,
    },
    Mark {
        number: "8a",
        what: "JSON with changelog: peak memory / file",
        unit: "x",
        first: 1.0,
        end: 0.3,
        value: |run| run.json.as_ref().and_then(|json| ratio(json, "import_peak_bytes", "file_bytes")),
        needs: JSON,
    },
    Mark {
        number: "8b",
        what: "JSON with changelog: peak memory / (2 datasets + 64 MiB)",
        unit: "x",
        first: 1.0,
        end: 1.0,
        value: |run| run.json.as_ref().and_then(|json| ratio(json, "import_peak_bytes", "allowed_peak_bytes")),
        needs: JSON,
    },
    Mark {
        number: "9",
        what: "forecast of 200 items, 10,000 trials: native / tuned JavaScript",
        unit: "x",
        first: 1.5,
        end: 0.5,
        value: |run| Some(run.forecast_ms("forecast-200-10k")? / run.forecast.get("few_ms")?.as_f64()?),
        needs: FORECAST,
    },
    Mark {
        number: "9a",
        what: "forecast of 200 items, 10,000 trials: native",
        unit: " ms",
        first: 5.0,
        end: 1.0,
        value: |run| run.forecast_ms("forecast-200-10k"),
        needs: FORECAST,
    },
    Mark {
        number: "9b",
        what: "forecast of 200 items, 1,000,000 trials: native",
        unit: " ms",
        first: 100.0,
        end: 50.0,
        value: |run| run.forecast_ms("forecast-200-1m"),
        needs: FORECAST,
    },
    Mark {
        number: "9c",
        what: "forecast of 200 items, 10,000 trials: WebAssembly / native",
        unit: "x",
        first: 1.5,
        end: 1.3,
        value: |run| Some(run.forecast_in_browser("few_ms")? / run.forecast_ms("forecast-200-10k")?),
        needs: BROWSER,
    },
    Mark {
        number: "9d",
        what: "forecast of 200 items, 10,000 trials: WebAssembly",
        unit: " ms",
        first: 5.0,
        end: 1.0,
        value: |run| run.forecast_in_browser("few_ms"),
        needs: BROWSER,
    },
    Mark {
        number: "9e",
        what: "forecast of 10,000 trials: WebAssembly / JavaScript",
        unit: "x",
        first: 1.5,
        end: 0.5,
        value: |run| {
            let peer = run.browser.as_ref()?.get("forecast")?.get("peer")?.get("few_ms")?.as_f64()?;
            Some(run.forecast_in_browser("few_ms")? / peer)
        },
        needs: BROWSER,
    },
    Mark {
        number: "9f",
        what: "forecast view, 1,000,000 trials: page without an answer",
        unit: " ms",
        first: 200.0,
        end: 50.0,
        value: |run| run.forecast_in_browser("many_view_page_ms"),
        needs: BROWSER,
    },
    Mark {
        number: "11",
        what: "first load with gzip",
        unit: " KB",
        first: 900.0,
        end: 500.0,
        value: |run| run.first_load_bytes.map(|bytes| bytes as f64 / 1000.0),
        needs: "build with `cargo xtask dist`",
    },
    Mark {
        number: "12",
        what: "longest time the page did not answer during an import",
        unit: " ms",
        first: 200.0,
        end: 50.0,
        value: |run| Some(run.product("longest_task_ms")?.max(run.product("longest_gap_ms")?)),
        needs: BROWSER,
    },
    Mark {
        number: "14",
        what: "published site of 100,000 items: transferred to the first chart",
        unit: " KB",
        first: 1200.0,
        end: 900.0,
        value: |run| run.published("overview", "bytes").map(|bytes| bytes / 1000.0),
        needs: BROWSER,
    },
    Mark {
        number: "14a",
        what: "of it the data",
        unit: " KB",
        first: 100.0,
        end: 20.0,
        value: |run| run.published("overview", "data_bytes").map(|bytes| bytes / 1000.0),
        needs: BROWSER,
    },
    Mark {
        number: "14b",
        what: "published site of 100,000 items: time to the first chart",
        unit: " ms",
        first: 3000.0,
        end: 1500.0,
        value: |run| run.published("overview", "ms"),
        needs: BROWSER,
    },
    Mark {
        number: "14c",
        what: "the same with a mark for every item (flow): the data",
        unit: " KB",
        first: 1000.0,
        end: 200.0,
        value: |run| run.published("flow", "data_bytes").map(|bytes| bytes / 1000.0),
        needs: BROWSER,
    },
    Mark {
        number: "13",
        what: "1,000,000 rows: peak memory of the import, native",
        unit: " MB",
        first: 1000.0,
        end: 1000.0,
        value: |run| run.native(MILLION)?.get("import_peak_bytes")?.as_f64().map(|bytes| bytes / 1e6),
        needs: "run with --rows 1000000 on Linux",
    },
];

impl Measured {
    fn native(&self, rows: u64) -> Option<&Value> {
        entry(&self.native, rows)
    }

    fn native_ms(&self, rows: u64, name: &str) -> Option<f64> {
        self.native(rows)?.get("ms")?.get(name)?.as_f64()
    }

    /// Of the file whose history the peer had.
    fn forecast_ms(&self, name: &str) -> Option<f64> {
        self.native_ms(self.forecast.get("rows")?.as_u64()?, name)
    }

    /// In the engine worker, of the same file.
    fn forecast_in_browser(&self, name: &str) -> Option<f64> {
        self.browser.as_ref()?.get("forecast")?.get(name)?.as_f64()
    }

    /// Of all metrics, each asked for alone.
    fn slowest_metric_ms(&self) -> Option<f64> {
        let product = self.browser_file()?.get("product")?.as_object()?;
        let times = product.iter().filter(|(name, _)| name.starts_with("metric_"));
        times.filter_map(|(_, time)| time.as_f64()).max_by(f64::total_cmp)
    }

    /// Of a published site, by the view that is opened first.
    fn published(&self, view: &str, name: &str) -> Option<f64> {
        self.browser.as_ref()?.get("published")?.get(view)?.get(name)?.as_f64()
    }

    fn json_number(&self, name: &str) -> Option<f64> {
        self.json.as_ref()?.get(name)?.as_f64()
    }

    fn browser_file(&self) -> Option<&Value> {
        entry(self.browser.as_ref()?.get("results")?, ROWS)
    }

    fn browser_number(&self, part: &str, name: &str) -> Option<f64> {
        self.browser_file()?.get(part)?.get(name)?.as_f64()
    }

    fn product(&self, name: &str) -> Option<f64> {
        self.browser_number("product", name)
    }

    fn file_bytes(&self) -> Option<f64> {
        self.browser_file()?.get("file_bytes")?.as_f64()
    }
}

/// The entry of the file with so many rows.
fn entry(list: &Value, rows: u64) -> Option<&Value> {
    list.as_array()?.iter().find(|file| file.get("rows").and_then(Value::as_u64) == Some(rows))
}

fn ratio(file: &Value, above: &str, below: &str) -> Option<f64> {
    Some(file.get(above)?.as_f64()? / file.get(below)?.as_f64()?)
}
