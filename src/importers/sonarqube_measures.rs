//! `SonarQube` and `SonarCloud`: the answer of `GET /api/measures/component_tree`, also of `measures/component`.
//!
//! One code measure for each measure of the project and of its folders and files; those of the project have no component.
//! The answer has no date: it is taken from the name of the file (`project-05-31-2024-14-30-00.json`, month first as the usual
//! script writes it, or `2024-05-31`). `sqale_index` is in minutes; ratings are 1 (A) to 5 (E).
//! Source: real files of two projects; `period.value` of measures of new code from the description of the API.

use serde_json::Value;

use super::gathering::Gathering;
use super::json::fields::{Fields, at, plain};
use super::json::reading::{ElementReader, Shape, detect, start};
use super::json::{JsonElement, JsonRest};
use super::{FileHead, Importer, Problem};
use crate::model::{Cell, RecordKind, day_from_iso};

/// The importer.
pub(super) static SONARQUBE_MEASURES: Importer = Importer {
    id: "sonarqube-measures",
    title: "SonarQube measures",
    detect: |head| detect(head, SHAPES, ARRAYS),
    start: |head, settings| {
        let local = local_moment(head);
        let measures = Measures { local, components: Vec::new() };
        Ok(start(ARRAYS, Box::new(measures), settings))
    },
};

const ARRAYS: &[&str] = &["components"];

const SHAPES: &[Shape] = &[
    Shape { score: 97, document: &["baseComponent.key", "baseComponent.measures"], ..Shape::NONE },
    Shape { score: 96, document: &["component.measures", "component.qualifier"], ..Shape::NONE },
    Shape { document: &["paging"], ..Shape::of(93, &["qualifier", "measures", "key"]) },
];

struct Measures {
    /// Local reading in milliseconds, from the name of the file.
    local: Option<i64>,
    /// They wait for the project, which may stand behind them.
    components: Vec<(u64, Result<Fields, String>)>,
}

impl ElementReader for Measures {
    fn is_row(&self, _path: &str) -> bool {
        false
    }

    fn element(&mut self, element: &JsonElement<'_>, _to: &mut Gathering) -> Result<(), String> {
        self.components.push((element.line, Fields::of(element)));
        Ok(())
    }

    fn finish(self: Box<Self>, rest: &JsonRest, to: &mut Gathering) {
        let rest = Fields::from_value(rest.first().cloned().unwrap_or(Value::Null));
        let base = ["baseComponent", "component"].into_iter().find_map(|key| rest.value(key).cloned());
        let base = Fields::from_value(base.unwrap_or(Value::Null));
        let project = base.first(&["name", "key"]).into_owned();
        let moment = self.local.map(|local| to.clock.moment(local).0);
        if moment.is_none() {
            to.note("The file does not tell when it was measured, and its name has no date: its measures have none and are in no chart over time. Put the date into the name (project-2024-05-31.json) and import it again.".into());
        } else {
            to.note("The date of the measures is taken from the name of the file.".into());
        }
        if base.has("measures") {
            to.begin_row(1);
            measures(&base, "", &project, moment, to);
            to.end_row(Ok(()));
        }
        let listed = self.components.len() as u64;
        for (line, component) in self.components {
            to.begin_row(line);
            let outcome = component.map(|component| {
                let name = component.first(&["path", "name", "key"]).into_owned();
                measures(&component, &name, &project, moment, to);
            });
            to.end_row(outcome);
        }
        let total = rest.number("paging.total", to).unwrap_or(0.0);
        if total > listed as f64 {
            to.report.row_cap = Some(format!(
                "The file has {listed} of {total} components: it is one page of several. The measures of the project are complete."
            ));
        }
    }
}

fn measures(component: &Fields, name: &str, project: &str, moment: Option<i64>, to: &mut Gathering) {
    for measure in component.list("measures") {
        let measure = Fields::from_value(measure.clone());
        let period = measure.list("periods").first().and_then(|period| period.get("value")).map(plain);
        let value = measure.first(&["value", "period.value"]);
        let value = if value.is_empty() { period.unwrap_or_default() } else { value };
        let metric = measure.text("metric");
        let Some(number) = value.parse().ok().filter(|number: &f64| number.is_finite()) else {
            to.warn(&metric, &value, Problem::NotANumber);
            continue;
        };
        let id = format!("{} {metric} {}", component.first(&["key", "name"]), moment.unwrap_or_default());
        to.record(
            RecordKind::CodeMeasure,
            &[
                ("source", Cell::Text("sonarqube")),
                ("id", Cell::Text(&id)),
                ("updated", at(moment)),
                ("date", at(moment)),
                ("measure", Cell::Text(&metric)),
                ("value", Cell::Number(number)),
                ("component", Cell::Text(name)),
                ("project", Cell::Text(project)),
            ],
        );
    }
}

/// The first date in the name of the file, with the time behind it, as a local reading in milliseconds. Not the last: in
/// `10-26-2023-02-04-25` the year and the time behind it look like one, too.
fn local_moment(head: &FileHead<'_>) -> Option<i64> {
    let name = head.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let parts: Vec<&str> = name.split(|character: char| !character.is_ascii_alphanumeric()).collect();
    let number = |part: &&str| part.parse::<u32>().ok().filter(|_| part.len() <= 4);
    let numbers: Vec<Option<u32>> = parts.iter().map(number).collect();
    (0..numbers.len()).find_map(|start| {
        let [first, second, third] = [0, 1, 2].map(|step| numbers.get(start + step).copied().flatten());
        // Above 12 it can only be a day; else the month is first.
        let ((year @ 2000..=2100, month, day)
        | (day @ 13..=31, month, year @ 2000..=2100)
        | (month, day, year @ 2000..=2100)) = (first?, second?, third?)
        else {
            return None;
        };
        let day = day_from_iso(&format!("{year:04}-{month:02}-{day:02}"))?;
        let time = [3, 4, 5].map(|step| numbers.get(start + step).copied().flatten());
        let seconds = match time {
            [Some(hour @ 0..=23), Some(minute @ 0..=59), Some(second @ 0..=59)] => hour * 3600 + minute * 60 + second,
            _ => 0,
        };
        Some(i64::from(day) * 86_400_000 + i64::from(seconds) * 1000)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_is_found_in_the_name() {
        for (name, iso, seconds) in [
            ("team-2023-2-Front-10-26-2023-02-04-25-develop.json", "2023-10-26", 2 * 3600 + 4 * 60 + 25),
            ("team-2022-1-Front-6-19-2023-3-34-31-main.json", "2023-06-19", 3 * 3600 + 34 * 60 + 31),
            ("shop 2024-05-31.json", "2024-05-31", 0),
            ("shop-31-05-2024.json", "2024-05-31", 0),
        ] {
            let day = i64::from(day_from_iso(iso).unwrap_or_default());
            let expected = Some(day * 86_400_000 + seconds * 1000);
            assert_eq!(local_moment(&FileHead { name, text: "", complete: true }), expected, "{name}");
        }
        for name in ["measures.json", "2023-2-front.json", "shop-13-32-2024.json"] {
            assert_eq!(local_moment(&FileHead { name, text: "", complete: true }), None, "{name}");
        }
    }
}
