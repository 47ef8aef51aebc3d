//! What a metric answers: one shape for all, so that one table lists any of them and one report writes any of them.

use serde::{Deserialize, Serialize};

use super::{Unit, words};
use crate::model::RecordKind;

/// The answer of a metric. Item numbers are positions in the dataset, or rows of a table of records (see [`Counted`]); the
/// engine turns them into keys when asked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MetricResult {
    /// Id of the metric.
    pub id: String,
    /// What a metric that answers for one thing answers for: the name of the iteration. Empty for all others.
    pub subject: String,
    /// What its items are.
    pub counted: Counted,
    /// Computed, or why not.
    pub status: Status,
    /// The takeaway in one sentence, computed: "Median throughput is 11 items a week (24 weeks)."
    pub summary: String,
    /// The formula with its numbers put in, one line a step.
    pub working: Vec<String>,
    /// Lines, bars and marks.
    pub series: Vec<Series>,
    /// Single numbers.
    pub figures: Vec<Figure>,
    /// Number of items the metric looked at and used.
    pub considered: u64,
    /// Items left out, by reason. `considered` + the sum of these = all candidates.
    pub excluded: Vec<Exclusion>,
    /// What the reader must know: assumptions, limits of the source, low counts.
    pub notes: Vec<Note>,
    /// What the number would be under the other definitions that the question can switch to.
    pub alternatives: Vec<Alternative>,
}

/// What the item numbers of a result are: the things that a metric counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Counted {
    /// Positions of work items.
    #[default]
    Items,
    /// Rows of a table of records.
    Records(RecordKind),
}

impl Counted {
    /// One of them, and several: "item", "items".
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Items => ("item", "items"),
            Self::Records(kind) => kind.words(),
        }
    }
}

/// The number under another definition.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Alternative {
    /// The key of the switch in the question: `days`.
    pub key: String,
    /// The value of the switch: `working`.
    pub value: String,
    /// In words: "Working days, both ends counted".
    pub name: String,
    /// True for the definition in use.
    pub in_use: bool,
    /// The main figure under it; `None` = not computable.
    pub figure: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// Why it cannot be computed; else empty.
    pub reason: String,
}

/// Computed or not.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Status {
    /// The numbers are there.
    #[default]
    Computed,
    /// They cannot be computed from this data.
    NotComputable {
        /// Why, in a sentence.
        reason: String,
        /// Which data would make it computable, in a sentence.
        needs: String,
    },
}

/// How a series is meant, so that charts and tables need not guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// The main measured values, as line or bars.
    Main,
    /// A second measured series beside the main one.
    Second,
    /// An ideal or expected course.
    Guideline,
    /// The total that the main series runs against (scope).
    Scope,
    /// Additions, drawn as marks up.
    Added,
    /// Completions, drawn as marks.
    Completed,
    /// What was taken out, drawn as marks.
    Removed,
    /// Differences of estimates, drawn as marks.
    Reestimated,
    /// What was done and is open again, drawn as marks.
    Reopened,
    /// One mark per item.
    Scatter,
    /// A constant level: percentile, median, band edge.
    Level,
    /// One band of a stack, drawn on top of the bands before it. `y` is the band's own height.
    Stacked,
    /// The lower edge of a range; the series after it is the upper edge.
    RangeLow,
    /// The upper edge of the range whose lower edge is the series before it.
    RangeHigh,
    /// Marks at places that call for a look: signals, outliers.
    Signal,
    /// One bar per name, beside the course over days: by service, by part.
    Beside,
    /// A square of a calendar, fuller the larger its value.
    Cell,
}

/// A named list of points in the order of x.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// Stable name, kebab-case: `remaining`.
    pub id: String,
    /// For people: "Remaining".
    pub name: String,
    /// How it is meant.
    pub role: Role,
    /// Unit of y in the plural: "items", "points", "days".
    pub unit: String,
    /// The points.
    pub points: Vec<Point>,
}

/// One value and the items behind it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Where.
    pub x: X,
    /// How much; `None` = unknown, never 0 for unknown.
    pub y: Option<f64>,
    /// Items behind it.
    pub items: Vec<u32>,
}

/// A place on the x axis.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum X {
    /// A day (from 1970-01-01), or the first day of a period.
    Day(i32),
    /// The name of an iteration, a bin, a status.
    Name(String),
}

/// A single number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figure {
    /// Stable name, kebab-case: `median`.
    pub id: String,
    /// For people: "Median per week".
    pub name: String,
    /// The number; `None` = unknown.
    pub value: Option<f64>,
    /// Its unit: "items", "points", "days", "%".
    pub unit: String,
    /// How it came about, with numbers: "the 31st smallest of 61".
    pub how: String,
    /// Items behind it; may be empty for figures that rest on the whole series.
    pub items: Vec<u32>,
}

/// Items left out for one reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exclusion {
    /// Why: "no finish date".
    pub reason: String,
    /// Which.
    pub items: Vec<u32>,
}

/// Something the reader must know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Stable name, kebab-case: `windows-inferred`.
    pub id: String,
    /// The sentence.
    pub text: String,
}

impl MetricResult {
    /// The answer "cannot be computed".
    pub fn not_computable(id: &str, reason: impl Into<String>, needs: impl Into<String>) -> Self {
        let reason = reason.into();
        Self {
            id: id.to_owned(),
            summary: reason.clone(),
            status: Status::NotComputable { reason, needs: needs.into() },
            ..Self::default()
        }
    }

    /// True when the numbers are there.
    pub fn is_computed(&self) -> bool {
        self.status == Status::Computed
    }

    /// Adds a note.
    pub fn note(&mut self, id: &str, text: impl Into<String>) {
        self.notes.push(Note { id: id.to_owned(), text: text.into() });
    }

    /// Says how many items counted 0 points or hours because they have no estimate.
    pub fn note_unestimated(&mut self, unestimated: usize, unit: Unit) {
        if unestimated > 0 {
            let has = words::verb(unestimated, "has", "have");
            let counts = words::verb(unestimated, "counts", "count");
            let items = words::capitalised(&words::items(unestimated));
            self.note("unestimated", format!("{items} {has} no estimate and {counts} 0 {}.", unit.id()));
        }
    }

    /// `considered` plus everything excluded.
    pub fn candidates(&self) -> u64 {
        self.considered + self.excluded.iter().map(|exclusion| exclusion.items.len() as u64).sum::<u64>()
    }

    /// The series with this id.
    pub fn series(&self, id: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.id == id)
    }

    /// The figure with this id.
    pub fn figure(&self, id: &str) -> Option<&Figure> {
        self.figures.iter().find(|figure| figure.id == id)
    }
}

impl Exclusion {
    /// The exclusions that hold any item.
    pub fn list(reasons: impl IntoIterator<Item = (String, Vec<u32>)>) -> Vec<Self> {
        reasons
            .into_iter()
            .filter(|(_, items)| !items.is_empty())
            .map(|(reason, items)| Self { reason, items })
            .collect()
    }

    /// Adds items to the list, under a reason that may be there already.
    pub fn add(list: &mut Vec<Self>, reason: &str, items: impl IntoIterator<Item = u32>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_none() {
            return;
        }
        match list.iter_mut().find(|exclusion| exclusion.reason == reason) {
            Some(same) => same.items.extend(items),
            None => list.push(Self { reason: reason.to_owned(), items: items.collect() }),
        }
    }
}

impl Figure {
    /// A figure that rests on the whole series.
    pub fn new(
        id: &str,
        name: impl Into<String>,
        value: Option<f64>,
        unit: impl Into<String>,
        how: impl Into<String>,
    ) -> Self {
        Self { id: id.to_owned(), name: name.into(), value, unit: unit.into(), how: how.into(), items: Vec::new() }
    }

    /// The same figure with the items behind it.
    #[must_use]
    pub fn with_items(mut self, items: Vec<u32>) -> Self {
        self.items = items;
        self
    }
}

impl Series {
    /// A series of these points.
    pub fn new(id: &str, name: impl Into<String>, role: Role, unit: &str, points: Vec<Point>) -> Self {
        Self { id: id.to_owned(), name: name.into(), role, unit: unit.to_owned(), points }
    }

    /// A constant level over days, as a line from the first to the last of them.
    pub fn level(id: &str, name: impl Into<String>, unit: &str, value: f64, days: &[i32]) -> Self {
        let ends = match days {
            [] => vec![],
            [only] => vec![*only],
            [first, .., last] => vec![*first, *last],
        };
        let point = |day| Point { x: X::Day(day), y: Some(value), items: Vec::new() };
        Self {
            id: id.to_owned(),
            name: name.into(),
            role: Role::Level,
            unit: unit.to_owned(),
            points: ends.into_iter().map(point).collect(),
        }
    }
}
