//! What a metric answers: one shape for all, so that one table lists any of them and one report writes any of them.

use serde::{Deserialize, Serialize};

/// The answer of a metric. Item numbers are positions in the dataset; the engine turns them into keys when asked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct MetricResult {
    /// Id of the metric.
    pub id: String,
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
    /// Removals or completions, drawn as marks down.
    Removed,
    /// One mark per item.
    Scatter,
    /// A constant level: percentile, median, band edge.
    Level,
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
}
