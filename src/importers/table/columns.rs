//! The cells of a table while it streams: each column of the format collects its own.

use super::head::TableHead;
use super::{ColumnSpec, DateRole, Grammar};
use crate::importers::csv::{Record, cell_text};
use crate::importers::dates::{DateColumn, LocalClock, Roles, is_no_value, settle, shortened};
use crate::importers::durations;
use crate::importers::numbers::NumberColumn;
use crate::importers::{ImportReport, ImportSettings, ImportWarning, Problem};
use crate::model::{Calendar, Categorical, NO_MOMENT, TextColumn};

/// Stands between the cells of a column that the file has several times.
const BETWEEN: char = '\u{1f}';

enum Values {
    Words(Categorical),
    Dates(Box<DateColumn>),
    Numbers(Box<NumberColumn>),
    /// Hours, or settled numbers.
    Plain(Vec<f64>),
    /// Settled moments.
    Moments(Vec<i64>),
}

struct Collector {
    spec: &'static ColumnSpec,
    /// As the file writes it.
    header: String,
    /// Where in the file its cells are.
    places: Vec<usize>,
    values: Values,
}

/// All columns of the format that the file has.
pub(super) struct Columns {
    collectors: Vec<Collector>,
    lines: Vec<u64>,
    /// Reads the dates that the source writes in UTC.
    utc: LocalClock,
    scratch: String,
}

impl Columns {
    pub(super) fn new(places: Vec<(&'static ColumnSpec, Vec<usize>)>, table: &TableHead) -> Self {
        let collectors = places
            .into_iter()
            .filter_map(|(spec, places)| {
                let header = &table.headers[*places.first()?];
                let values = match spec.grammar {
                    Grammar::Text | Grammar::List(_) => Values::Words(Categorical::default()),
                    Grammar::Date(_) | Grammar::UtcDate(_) => Values::Dates(Box::new(DateColumn::new(header.trim()))),
                    Grammar::Number => Values::Numbers(Box::new(NumberColumn::new(header.trim()))),
                    Grammar::Duration(_) => Values::Plain(Vec::new()),
                };
                Some(Collector { spec, header: header.trim().to_owned(), places, values })
            })
            .collect();
        Self { collectors, lines: Vec::new(), utc: LocalClock::new(Calendar::default()), scratch: String::new() }
    }

    /// Number of rows taken.
    pub(super) fn rows(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn line(&self, row: usize) -> u64 {
        self.lines.get(row).copied().unwrap_or(0)
    }

    /// The field that a place of the file feeds; `None` when it is not used.
    pub(super) fn field_of(&self, place: usize) -> Option<&'static str> {
        let collector = self.collectors.iter().find(|collector| collector.places.contains(&place))?;
        (!collector.spec.field.is_empty()).then_some(collector.spec.field)
    }

    /// Takes a row.
    pub(super) fn add(&mut self, record: &Record<'_>, clock: &mut LocalClock, report: &mut ImportReport) {
        let line = record.line;
        self.lines.push(line);
        for collector in &mut self.collectors {
            let scratch = &mut self.scratch;
            let filled = |place: &&usize| !record.raw(**place).is_empty();
            if let (Grammar::List(_), Values::Words(words), [_, _, ..]) =
                (collector.spec.grammar, &mut collector.values, &collector.places[..])
            {
                let mut joined = String::new();
                for &place in collector.places.iter().filter(filled) {
                    joined.push_str(cell_text(record.raw(place), scratch).text);
                    joined.push(BETWEEN);
                }
                words.push(&joined);
                continue;
            }
            let place = collector.places.iter().find(filled).or(collector.places.first()).copied().unwrap_or(0);
            let cell = cell_text(record.raw(place), scratch);
            if !cell.in_encoding {
                let value = shortened(cell.text);
                report.warn(ImportWarning { line, column: String::new(), value, problem: Problem::NotInEncoding });
            }
            let text = cell.text;
            match &mut collector.values {
                Values::Words(words) => words.push(text),
                Values::Dates(dates) => {
                    let utc = matches!(collector.spec.grammar, Grammar::UtcDate(_));
                    dates.push(text, line, if utc { &mut self.utc } else { &mut *clock }, report);
                }
                Values::Numbers(numbers) => numbers.push(text, line, report),
                Values::Plain(hours) => hours.push(read_hours(collector.spec, text, line, report)),
                Values::Moments(_) => {}
            }
        }
    }

    /// Decides what only all rows together decide: the order of day and month, decimal marks.
    pub(super) fn settle(&mut self, settings: &ImportSettings, clock: &mut LocalClock, report: &mut ImportReport) {
        let keys = self.keys();
        let local = |grammar| if let Grammar::Date(role) = grammar { Some(role) } else { None };
        settle_dates(&mut self.collectors, local, &keys, settings, clock, report);
        let utc = |grammar| if let Grammar::UtcDate(role) = grammar { Some(role) } else { None };
        settle_dates(&mut self.collectors, utc, &keys, settings, &mut self.utc, report);
        for collector in &mut self.collectors {
            let values = std::mem::replace(&mut collector.values, Values::Plain(Vec::new()));
            collector.values = match values {
                Values::Dates(column) => Values::Moments(column.into_values()),
                Values::Numbers(column) => {
                    let (numbers, decision) = column.finish();
                    report.decisions.extend(decision);
                    Values::Plain(numbers)
                }
                other => other,
            };
        }
    }

    /// Keys tell in which order records were created, where they are numbered.
    fn keys(&self) -> TextColumn {
        let mut keys = TextColumn::default();
        for row in 0..self.rows() {
            keys.push(self.text("key", row));
        }
        keys
    }

    fn of(&self, id: &str) -> Option<&Collector> {
        self.collectors.iter().find(|collector| collector.spec.id == id)
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.of(id).is_some()
    }

    pub(super) fn header(&self, id: &str) -> &str {
        self.of(id).map_or("", |collector| &collector.header)
    }

    pub(super) fn text(&self, id: &str, row: usize) -> &str {
        match self.of(id).map(|collector| &collector.values) {
            Some(Values::Words(words)) => words.get(row),
            _ => "",
        }
    }

    /// The different texts of a text column.
    pub(super) fn distinct<'a>(&'a self, id: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let words = match self.of(id).map(|collector| &collector.values) {
            Some(Values::Words(words)) => Some(words),
            _ => None,
        };
        words.into_iter().flat_map(|words| words.values().iter())
    }

    /// Everything that is known of a row, as one text.
    pub(super) fn content(&self, row: usize) -> String {
        let cell = |collector: &Collector| match &collector.values {
            Values::Words(words) => words.get(row).to_owned(),
            Values::Moments(moments) => moments.get(row).map_or_else(String::new, ToString::to_string),
            Values::Plain(numbers) => numbers.get(row).map_or_else(String::new, ToString::to_string),
            Values::Dates(_) | Values::Numbers(_) => String::new(),
        };
        self.collectors.iter().map(cell).collect::<Vec<_>>().join(" | ")
    }

    pub(super) fn moment(&self, id: &str, row: usize) -> Option<i64> {
        match self.of(id).map(|collector| &collector.values) {
            Some(Values::Moments(moments)) => moments.get(row).copied().filter(|&moment| moment != NO_MOMENT),
            _ => None,
        }
    }

    pub(super) fn number(&self, id: &str, row: usize) -> Option<f64> {
        match self.of(id).map(|collector| &collector.values) {
            Some(Values::Plain(numbers)) => numbers.get(row).copied().filter(|number| !number.is_nan()),
            _ => None,
        }
    }

    pub(super) fn list(&self, id: &str, row: usize) -> Vec<&str> {
        let Some(Collector { spec, values: Values::Words(words), .. }) = self.of(id) else { return Vec::new() };
        let Grammar::List(separators) = spec.grammar else { return Vec::new() };
        let cells = words.get(row).split(BETWEEN);
        cells
            .flat_map(|cell| {
                let inner = cell.strip_prefix('[').and_then(|inner| inner.strip_suffix(']'));
                // Python writes ['a', 'b'].
                let quote = if inner.is_some() { '\'' } else { '"' };
                let parts = inner.unwrap_or(cell).split(|mark: char| separators.contains(&mark));
                parts.map(move |part| part.trim().trim_matches('"').trim_matches(quote))
            })
            .filter(|part| !part.is_empty())
            .collect()
    }
}

/// Decides the order of day and month for the date columns that `role_of` names.
fn settle_dates(
    collectors: &mut [Collector],
    role_of: impl Fn(Grammar) -> Option<DateRole>,
    keys: &TextColumn,
    settings: &ImportSettings,
    clock: &mut LocalClock,
    report: &mut ImportReport,
) {
    let mut roles = Roles { created: None, later: Vec::new() };
    let mut dates: Vec<&mut DateColumn> = Vec::new();
    for collector in collectors {
        let Some(role) = role_of(collector.spec.grammar) else { continue };
        match role {
            DateRole::Created => roles.created = roles.created.or(Some(dates.len())),
            DateRole::Later => roles.later.push(dates.len()),
            DateRole::Other => {}
        }
        if let Values::Dates(column) = &mut collector.values {
            dates.push(column);
        }
    }
    settle(&mut dates, &roles, keys, settings, clock, report);
}

fn read_hours(spec: &ColumnSpec, text: &str, line: u64, report: &mut ImportReport) -> f64 {
    let Grammar::Duration(unit) = spec.grammar else { return f64::NAN };
    if text.is_empty() || is_no_value(text) {
        return f64::NAN;
    }
    durations::hours(text, unit).unwrap_or_else(|| {
        let (column, value) = (spec.id.to_owned(), shortened(text));
        report.warn(ImportWarning { line, column, value, problem: Problem::NotANumber });
        f64::NAN
    })
}
