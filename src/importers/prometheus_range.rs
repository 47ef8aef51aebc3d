//! Prometheus: the answer of `GET /api/v1/query_range` for a series of 0 and 1, like `up` or `probe_success`.
//!
//! One series per element. A sample stands for the time until the next one is due; where samples are missing nothing is known,
//! and nothing is said. A value between 0 and 1 is the share of that time that was up. Series with other values are no uptime
//! and are refused. Source: description of the HTTP API.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::Importer;
use super::gathering::Gathering;
use super::json::JsonElement;
use super::json::reading::{JsonFormat, Shape, no_rest, parsed};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static PROMETHEUS_RANGE: Importer = Importer {
    id: "prometheus-range",
    title: "Prometheus range query",
    detect: |head| FORMAT.detect(head),
    start: |_, settings| FORMAT.start(settings),
};

static FORMAT: JsonFormat = JsonFormat {
    shapes: &[
        Shape { document: &["data.resultType"], ..Shape::of(97, &["metric", "values"]) },
        Shape { score: 92, document: &["status", "data.resultType", "data.result"], ..Shape::NONE },
    ],
    arrays: &["data.result"],
    element,
    finish: no_rest,
};

#[derive(Deserialize)]
struct Series {
    #[serde(default)]
    metric: BTreeMap<String, String>,
    /// Seconds, and the value as text.
    #[serde(default)]
    values: Vec<(f64, String)>,
}

/// A span of samples that say the same.
#[derive(Debug, PartialEq)]
struct Span {
    /// Milliseconds.
    from: i64,
    to: i64,
    /// Share of it that was up; NaN when unknown.
    up: f64,
}

fn element(element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
    let series: Series = parsed(element)?;
    let service = name_of(&series.metric);
    let samples: Vec<(i64, f64)> = series
        .values
        .iter()
        .filter(|(seconds, _)| seconds.abs() < 1e11)
        .map(|(seconds, value)| ((seconds * 1000.0).round() as i64, value.parse().unwrap_or(f64::NAN)))
        .collect();
    if samples.iter().any(|(_, value)| !value.is_nan() && !(0.0..=1.0).contains(value)) {
        return Err("the values are not between 0 (down) and 1 (up), so this is no series of uptime. Query \"up\" or \"probe_success\"".into());
    }
    if samples.len() < 2 {
        return Err("the series has fewer than two samples, so it is not known how long one stands for".into());
    }
    for span in spans(samples) {
        let (state, minutes) = match span.up {
            up if up.is_nan() => ("unknown", f64::NAN),
            1.0 => ("up", f64::NAN),
            0.0 => ("down", f64::NAN),
            up => ("down", (1.0 - up) * (span.to - span.from) as f64 / 60_000.0),
        };
        to.record(
            RecordKind::Uptime,
            &[
                ("source", Cell::Text("prometheus")),
                ("id", Cell::Text(&format!("{service} {}", span.from))),
                ("updated", Cell::Moment(span.to)),
                ("service", Cell::Text(&service)),
                ("state", Cell::Text(state)),
                ("from", Cell::Moment(span.from)),
                ("to", Cell::Moment(span.to)),
                ("minutes", Cell::Number(minutes)),
            ],
        );
    }
    Ok(())
}

/// The label that names a service best, with its instance where there are both.
fn name_of(metric: &BTreeMap<String, String>) -> String {
    let label = |name: &str| metric.get(name).map(String::as_str).filter(|text| !text.is_empty());
    let best = ["service", "job", "app", "target", "__name__"].into_iter().find_map(label);
    [best, label("instance")].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Joins neighbours that say the same. The step is the shortest time between two samples; a longer pause is a gap.
fn spans(mut samples: Vec<(i64, f64)>) -> Vec<Span> {
    samples.sort_by_key(|(at, _)| *at);
    samples.dedup_by_key(|(at, _)| *at);
    let step = samples.windows(2).map(|pair| pair[1].0 - pair[0].0).min().unwrap_or(0);
    let mut spans: Vec<Span> = Vec::new();
    for (position, &(at, up)) in samples.iter().enumerate() {
        let next = samples.get(position + 1).map_or(at + step, |next| next.0);
        // Half a step more is the usual unrest of a timer, not a missing sample.
        let end = if (next - at) * 2 <= step * 3 { next } else { at + step };
        match spans.last_mut() {
            Some(last) if last.to == at && (last.up.total_cmp(&up).is_eq() || (last.up.is_nan() && up.is_nan())) => {
                last.to = end;
            }
            _ => spans.push(Span { from: at, to: end, up }),
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_stay_gaps() {
        let told = spans(vec![(0, 1.0), (60, 1.0), (120, 0.0), (360, 1.0), (420, 1.0)]);
        let expected = [(0, 120, 1.0), (120, 180, 0.0), (360, 480, 1.0)];
        assert_eq!(told, expected.map(|(from, to, up)| Span { from, to, up }));
        assert_eq!(spans(Vec::new()), []);
    }
}
