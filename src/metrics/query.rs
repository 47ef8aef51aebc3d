//! What is asked: period, filters, unit, iteration. The keys are those of the address grammar and of `--set`.

use serde::{Deserialize, Serialize};

use super::forecast::ForecastSettings;
use super::percentiles::Percentiles;
use super::relative_day::{PeriodEnd, RelativeDay};
use super::rules::{DayRule, PeopleRule, PercentileRule, StartRule, WeekStart};
use crate::model::{
    CategoryField, Granularity, ItemSet, ListField, MomentField, PreparedDataset, RecordField, RecordKind, Records,
    TextField,
};

/// What size is measured in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Unit {
    /// Every item counts 1.
    #[default]
    Items,
    /// Story points; an item without an estimate counts 0 and is named.
    Points,
    /// Original estimate in hours; an item without an estimate counts 0 and is named.
    Hours,
}

impl Unit {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 3] = [Self::Items, Self::Points, Self::Hours];

    /// The name used in links and reports, and the unit's plural.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Items => "items",
            Self::Points => "points",
            Self::Hours => "hours",
        }
    }
}

/// Settings of a question.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Query {
    /// The day whose end is taken as "now"; `None` = the data's last moment.
    pub as_of: Option<i32>,
    /// First day of the range, inclusive.
    pub from: Option<i32>,
    /// Last day of the range, inclusive.
    pub to: Option<i32>,
    /// The first day told from the present; takes the place of `from` when the question is answered ([`Query::settled`]).
    pub relative_from: Option<RelativeDay>,
    /// The last day likewise.
    pub relative_to: Option<RelativeDay>,
    /// Length of a period.
    pub granularity: Granularity,
    /// First day of each sprint, rising, and the first day after the last, while a metric is told by sprints. Worked out from the
    /// items that it is asked about (`Metric::answer`); no part of the question.
    #[serde(skip)]
    pub sprint_edges: Vec<i32>,
    /// The day on which a week begins.
    pub week_start: WeekStart,
    /// Unit of size.
    pub unit: Unit,
    /// Name of the iteration that per-iteration metrics answer for; `None` = the present or last one.
    pub iteration: Option<String>,
    /// All of these must hold.
    pub filters: Vec<Filter>,
    /// The field whose values the numbers are also shown by; texts, of which each item has its own, are none.
    pub by: Option<FilterField>,
    /// What a day of a duration is.
    pub days: DayRule,
    /// When work on an item counts as begun.
    pub start: StartRule,
    /// Which value a percentile is.
    pub percentile: PercentileRule,
    /// Which percentiles are shown.
    pub percentiles: Percentiles,
    /// Whether people are named.
    pub people: PeopleRule,
    /// What a forecast is asked with.
    pub forecast: ForecastSettings,
}

/// A field that can be filtered on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FilterField {
    /// A column of few values.
    Category(CategoryField),
    /// A column of lists: holds when any value matches.
    List(ListField),
    /// A column of texts: key or title.
    Text(TextField),
    /// A column of records. It narrows no work items.
    Record(RecordField),
}

/// One condition. Several values are alternatives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// The field.
    pub field: FilterField,
    /// True: matching items are left out.
    pub exclude: bool,
    /// True: a value matches when it contains the text, whatever the case.
    pub contains: bool,
    /// The alternatives; the empty text means "not given".
    pub values: Vec<String>,
}

/// A key or value that is not understood.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// No such key.
    #[error(
        "there is no setting \"{0}\"; known are g, wk, unit, from, to, asof, iteration, by, days, start, percentile, p, people, those of a forecast (seed, trials, history, remaining, target, growth, capacity, split, daysoff, risk) and f.<field>"
    )]
    Key(String),
    /// The key is known, the value is not.
    #[error("\"{value}\" is no value for {key}: {expected}")]
    Value {
        /// Key.
        key: String,
        /// Value given.
        value: String,
        /// What would be understood.
        expected: &'static str,
    },
}

impl FilterField {
    /// The name used in links: `type`, `label`, `title`.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Category(field) => field.id(),
            Self::List(field) => field.id(),
            Self::Text(field) => field.id(),
            Self::Record(field) => field.id(),
        }
    }

    /// The field of a name.
    pub fn from_id(id: &str) -> Option<Self> {
        CategoryField::from_id(id)
            .map(Self::Category)
            .or_else(|| ListField::from_id(id).map(Self::List))
            .or_else(|| TextField::from_id(id).map(Self::Text))
            .or_else(|| RecordField::from_id(id).map(Self::Record))
    }
}

impl Query {
    /// The moment taken as "now", UTC milliseconds.
    pub fn as_of(&self, data: &PreparedDataset) -> i64 {
        let end_of_day = |day: i32| data.calendar.start_of_day(day + 1) - 1;
        self.as_of.map(end_of_day).or(data.last_moment).unwrap_or(0)
    }

    /// The same question with every day a date. An error names the sprint that is asked for where no sprint has dates.
    pub fn settled(&self, data: &PreparedDataset) -> Result<Self, String> {
        let mut settled = self.clone();
        let ends = [
            (&mut settled.from, settled.relative_from.take(), PeriodEnd::First),
            (&mut settled.to, settled.relative_to.take(), PeriodEnd::Last),
        ];
        for (day, relative, end) in ends {
            let Some(relative) = relative else { continue };
            let found = relative.day(data, self.as_of(data), end);
            *day = Some(found.ok_or_else(|| {
                format!("The period begins or ends with a sprint ({}), and no sprint has dates.", relative.text())
            })?);
        }
        Ok(settled)
    }

    /// The items that pass all filters and exist at `as_of`.
    pub fn select(&self, data: &PreparedDataset) -> ItemSet {
        let mut set = ItemSet::all(data.dataset.len());
        for filter in &self.filters {
            filter.narrow(data, &mut set);
        }
        if self.as_of.is_some() {
            let as_of = self.as_of(data);
            let created = data.dataset.moment(MomentField::Created);
            // An unknown creation is the smallest moment: such items exist.
            set.retain(|item| created[item] <= as_of);
        }
        set
    }
}

/// What is known of the records that a question selects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelectedRecords {
    /// Rows that pass all filters that can be asked of the table.
    pub rows: ItemSet,
    /// Ids of the fields whose filters the table does not know: they narrow nothing, and the answer must say so.
    pub not_asked: Vec<&'static str>,
}

impl Query {
    /// The moment taken as "now" for records of these kinds: the day asked for, else the last moment at which anything of them
    /// happened, else that of the items. Files of different age have a "now" of their own: a deployment after the last change of
    /// an item has happened all the same.
    pub fn as_of_records(&self, data: &PreparedDataset, kinds: &[RecordKind]) -> i64 {
        let tables = kinds.iter().filter_map(|&kind| data.dataset.records(kind));
        match tables.filter_map(Records::last_moment).max() {
            Some(last) if self.as_of.is_none() => last,
            _ => self.as_of(data),
        }
    }

    /// The records of a table that pass the filters.
    pub fn select_records(&self, records: &Records) -> SelectedRecords {
        let mut selected = SelectedRecords { rows: ItemSet::all(records.len()), not_asked: Vec::new() };
        for filter in &self.filters {
            if !filter.narrow_records(records, &mut selected.rows) {
                selected.not_asked.push(filter.field.id());
            }
        }
        selected
    }

    /// True when a value of a field of records passes the filters on this field.
    pub fn keeps_record_value(&self, field: RecordField, value: &str) -> bool {
        let mut asked = self.filters.iter().filter(|filter| filter.field == FilterField::Record(field));
        asked.all(|filter| filter.matches(value) != filter.exclude)
    }

    /// The same question without its filters on a field of records: for records that name several values, of which only some
    /// are asked for.
    #[must_use]
    pub fn without_filters_on(&self, field: RecordField) -> Self {
        let mut query = self.clone();
        query.filters.retain(|filter| filter.field != FilterField::Record(field));
        query
    }
}

impl Filter {
    pub(super) fn matches(&self, text: &str) -> bool {
        if self.contains {
            let text = text.to_lowercase();
            self.values.iter().any(|value| text.contains(&value.to_lowercase()))
        } else {
            self.values.iter().any(|value| value == text)
        }
    }

    fn narrow(&self, data: &PreparedDataset, set: &mut ItemSet) {
        match self.field {
            FilterField::Category(field) => {
                let column = data.dataset.category(field);
                // Decide once per distinct value, then only look codes up.
                let keep: Vec<bool> = column.values().iter().map(|text| self.matches(text) != self.exclude).collect();
                set.retain(|item| keep[column.code(item) as usize]);
            }
            FilterField::List(field) => {
                let column = data.dataset.list(field);
                let hit: Vec<bool> = column.values().iter().map(|text| self.matches(text)).collect();
                set.retain(|item| {
                    let codes = column.codes_of(item);
                    let any = if codes.is_empty() { hit[0] } else { codes.iter().any(|&code| hit[code as usize]) };
                    any != self.exclude
                });
            }
            FilterField::Text(field) => {
                let column = data.dataset.text(field);
                set.retain(|item| self.matches(column.get(item)) != self.exclude);
            }
            FilterField::Record(_) => {}
        }
    }

    /// The columns of a table of records that it can be asked of; empty when there is none. Teams and assignees are asked of
    /// records, too.
    fn record_columns(&self) -> &'static [&'static str] {
        match self.field {
            FilterField::Record(field) => field.columns(),
            FilterField::Category(CategoryField::Team) => &["team"],
            FilterField::Category(CategoryField::Assignee) => &["person"],
            _ => &[],
        }
    }

    /// Narrows a table of records; false when the table has no such column.
    fn narrow_records(&self, records: &Records, set: &mut ItemSet) -> bool {
        let names = self.record_columns();
        if let Some(column) = names.iter().find_map(|name| records.category(name)) {
            let keep: Vec<bool> = column.values().iter().map(|text| self.matches(text) != self.exclude).collect();
            set.retain(|row| keep[column.code(row) as usize]);
        } else if let Some(column) = names.iter().find_map(|name| records.list(name)) {
            let hit: Vec<bool> = column.values().iter().map(|text| self.matches(text)).collect();
            set.retain(|row| {
                let codes = column.codes_of(row);
                let any = if codes.is_empty() { hit[0] } else { codes.iter().any(|&code| hit[code as usize]) };
                any != self.exclude
            });
        } else {
            return false;
        }
        true
    }
}
