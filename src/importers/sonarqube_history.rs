//! `SonarQube` and `SonarCloud`: the answer of `GET /api/measures/search_history`.
//!
//! One code measure for each value of each metric, with the date of its analysis. The answer does not name its project: it is
//! taken from the name of the file. Source: the description of the API in the product; no real answer was seen.

use super::gathering::Gathering;
use super::json::fields::{Fields, at};
use super::json::reading::{ElementReader, Shape, detect, start};
use super::json::{JsonElement, JsonRest};
use super::{Importer, Problem};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(super) static SONARQUBE_HISTORY: Importer = Importer {
    id: "sonarqube-history",
    title: "SonarQube history of measures",
    detect: |head| detect(head, SHAPES, ARRAYS),
    start: |head, settings| {
        let name = head.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let project = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_owned();
        Ok(start(ARRAYS, Box::new(History { project, metrics: 0 }), settings))
    },
};

const ARRAYS: &[&str] = &["measures"];

const SHAPES: &[Shape] = &[Shape::of(96, &["metric", "history[].date"])];

struct History {
    project: String,
    metrics: u64,
}

impl ElementReader for History {
    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        let measure = Fields::of(element)?;
        let metric = measure.text("metric");
        if metric.is_empty() {
            return Err("it does not name its \"metric\"".into());
        }
        self.metrics += 1;
        for entry in measure.list("history") {
            let entry = Fields::from_value(entry.clone());
            let date = entry.moment("date", to);
            let value = entry.text("value");
            // An analysis that did not measure it.
            if value.is_empty() {
                continue;
            }
            let Some(number) = value.parse().ok().filter(|number: &f64| number.is_finite()) else {
                to.warn(&metric, &value, Problem::NotANumber);
                continue;
            };
            let id = format!("{} {metric} {}", self.project, entry.text("date"));
            to.record(
                RecordKind::CodeMeasure,
                &[
                    ("source", Cell::Text("sonarqube")),
                    ("id", Cell::Text(&id)),
                    ("updated", at(date)),
                    ("date", at(date)),
                    ("measure", Cell::Text(&metric)),
                    ("value", Cell::Number(number)),
                    ("project", Cell::Text(&self.project)),
                ],
            );
        }
        Ok(())
    }

    fn finish(self: Box<Self>, rest: &JsonRest, to: &mut Gathering) {
        to.note(format!(
            "The answer does not name its project; it is called \"{}\" after the file. Name the file after the project.",
            self.project
        ));
        let paging = Fields::from_value(rest.first().cloned().unwrap_or_default());
        let [total, size] = ["paging.total", "paging.pageSize"].map(|path| paging.number(path, to).unwrap_or(0.0));
        if size > 0.0 && total > size {
            to.report.row_cap = Some(format!(
                "The file is one page of {size} of {total} analyses. Export the other pages as well and import all of them."
            ));
        }
    }
}
