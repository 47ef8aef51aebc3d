//! Lines of measures over days.

use std::collections::BTreeMap;

use crate::metrics::stats::tidy;
use crate::metrics::{About, Counted, Exclusion, Figure, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{NO_MOMENT, PreparedDataset, RecordKind, Records, iso_from_day};

use super::kind::Kind;

/// Lines that are drawn; as many as there are colours.
const MOST: usize = 6;

/// One measure of one component: by day the moment, the row and the value.
type Line = BTreeMap<i32, (i64, u32, f64)>;

/// The rows of the measures of one kind, sorted.
#[derive(Default)]
struct Sorted {
    lines: BTreeMap<(String, String, String), Line>,
    undated: Vec<u32>,
    no_value: Vec<u32>,
    again: Vec<u32>,
    outside: Vec<u32>,
}

/// The lines of the measures of a kind.
pub(super) fn answer(about: &About, kind: Kind, data: &PreparedDataset, query: &Query) -> MetricResult {
    let counted = Counted::Records(RecordKind::CodeMeasure);
    let missing = |reason: &str| MetricResult {
        counted,
        ..MetricResult::not_computable(
            about.id,
            reason,
            "Measures of an analyser: a SonarQube export, or a table with the columns date, measure and value.",
        )
    };
    let Some(records) = data.dataset.records(RecordKind::CodeMeasure) else {
        return missing("This data has no code measures.");
    };
    let Some(mut sorted) = Sorted::new(records, kind, data, query) else {
        return missing("This data has no code measures of this kind.");
    };
    let mut lines: Vec<_> = std::mem::take(&mut sorted.lines).into_iter().collect();
    // The newest first, then those with the most values, then by name.
    lines.sort_by(|(a_name, a), (b_name, b)| {
        let newest = |line: &Line| line.keys().next_back().copied();
        newest(b).cmp(&newest(a)).then(b.len().cmp(&a.len())).then_with(|| a_name.cmp(b_name))
    });
    let number = lines.len();
    let rest = if number > MOST { lines.split_off(MOST) } else { Vec::new() };
    let undrawn: Vec<u32> = rest.iter().flat_map(|(_, line)| line.values().map(|&(_, row, _)| row)).collect();
    let excluded = Exclusion::list([
        ("no date of measuring".to_owned(), sorted.undated),
        ("no value".to_owned(), sorted.no_value),
        ("measured again later on the same day".to_owned(), sorted.again),
        ("measured outside the chosen period".to_owned(), sorted.outside),
        ("of a measure or component with older or fewer values, which is not drawn".to_owned(), undrawn),
    ]);
    if lines.is_empty() {
        let mut result = missing("No code measure of this kind is dated and within the chosen period.");
        result.excluded = excluded;
        return result;
    }
    let several_components =
        lines.iter().any(|((_, component, project), _)| (component, project) != (&lines[0].0.1, &lines[0].0.2));
    let mut result = MetricResult { id: about.id.to_owned(), counted, excluded, ..MetricResult::default() };
    for (position, ((measure, component, project), line)) in lines.iter().enumerate() {
        let place = if component.is_empty() { project } else { component };
        let name =
            if several_components && !place.is_empty() { format!("{measure}, {place}") } else { measure.clone() };
        tell(&mut result, position, &name, line, kind);
    }
    result.considered = lines.iter().map(|(_, line)| line.len() as u64).sum();
    finish(&mut result, kind, number);
    let selected = query.select_records(records);
    if !selected.not_asked.is_empty() {
        let fields = words::list(&selected.not_asked, 3);
        result.note("filters", format!("The filter on {fields} narrows no code measures."));
    }
    result
}

impl Sorted {
    /// `None` when no row is of this kind.
    fn new(records: &Records, kind: Kind, data: &PreparedDataset, query: &Query) -> Option<Self> {
        let measures = records.category("measure")?;
        // Once per distinct name.
        let is_kind: Vec<bool> =
            measures.values().iter().map(|name| !name.is_empty() && Kind::of(name) == kind).collect();
        let (dates, values) = (records.moments("date"), records.numbers("value"));
        let as_of = query.as_of_records(data, &[RecordKind::CodeMeasure]);
        let selected = query.select_records(records);
        let mut sorted = Self::default();
        let mut any = false;
        for row in selected.rows.iter().filter(|&row| is_kind[measures.code(row) as usize]) {
            any = true;
            let number = row as u32;
            let at = dates.get(row).copied().unwrap_or(NO_MOMENT);
            let value = values.get(row).copied().unwrap_or(f64::NAN);
            let day = data.calendar.day_of(at.max(0));
            if at == NO_MOMENT {
                sorted.undated.push(number);
            } else if !value.is_finite() {
                sorted.no_value.push(number);
            } else if at > as_of || query.from.is_some_and(|from| day < from) || query.to.is_some_and(|to| day > to) {
                sorted.outside.push(number);
            } else {
                sorted.add(records, measures.get(row), (day, at, number, tidy(kind.value(value))));
            }
        }
        any.then_some(sorted)
    }

    fn add(&mut self, records: &Records, measure: &str, (day, at, row, value): (i32, i64, u32, f64)) {
        let text = |name: &str| records.category(name).map_or("", |column| column.get(row as usize)).to_owned();
        let line = self.lines.entry((measure.to_owned(), text("component"), text("project"))).or_default();
        match line.get(&day).copied() {
            // Of the same moment the larger value, so that the order of the files changes nothing.
            Some((before, _, own)) if (before, own) >= (at, value) => self.again.push(row),
            Some((_, earlier, _)) => {
                self.again.push(earlier);
                line.insert(day, (at, row, value));
            }
            None => {
                line.insert(day, (at, row, value));
            }
        }
    }
}

fn tell(result: &mut MetricResult, position: usize, name: &str, line: &Line, kind: Kind) {
    let id = format!("line-{}", position + 1);
    let points = line.iter().map(|(&day, &(_, row, value))| Point { x: X::Day(day), y: Some(value), items: vec![row] });
    result.series.push(Series::new(&id, name, Role::Second, kind.unit(), points.collect()));
    let (Some((&first_day, &(_, _, first))), Some((&day, &(_, row, last)))) =
        (line.first_key_value(), line.last_key_value())
    else {
        return;
    };
    let how = if day == first_day {
        format!("measured once, on {}", iso_from_day(day))
    } else {
        format!("on {}; it was {} on {}", iso_from_day(day), words::number(first), iso_from_day(first_day))
    };
    result.figures.push(Figure::new(&id, name, Some(last), kind.unit(), how).with_items(vec![row]));
}

fn finish(result: &mut MetricResult, kind: Kind, number: usize) {
    result.working = vec![match kind {
        Kind::Share => "Values are those of the file, in percent.".to_owned(),
        Kind::Effort => "Hours = minutes of the file / 60.".to_owned(),
        Kind::Count => "Values are those of the file; it names no unit.".to_owned(),
    }];
    let first = result.figures.first();
    let told = first.map(|figure| {
        let value = words::number(figure.value.unwrap_or(0.0));
        let unit = match kind {
            Kind::Share => " %",
            Kind::Effort if value == "1" => " hour",
            Kind::Effort => " hours",
            Kind::Count => "",
        };
        format!("{}: {value}{unit} {}", figure.name, figure.how)
    });
    let more = if number > 1 { format!("; {} in all", words::count(number, "line", "lines")) } else { String::new() };
    result.summary = told.map_or_else(String::new, |told| format!("{told}{more}."));
}
