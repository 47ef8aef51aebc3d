//! A date column while the file streams: settled moments, and those that wait for the column's day and month order.

use super::civil::{DAY, day_number};
use super::clock::LocalClock;
use super::parse::{ReadDate, jira_default, parse_date};
use super::shape::{Form, Shape};
use crate::importers::{DateOrder, ImportReport, ImportWarning, Problem};
use crate::model::NO_MOMENT;

/// Undecided dates are packed far below every moment: year, first and second number, time of day.
const UNDECIDED: i64 = i64::MIN / 2;
const UNDECIDED_END: i64 = UNDECIDED + (2200 * 16 * 16) * DAY;

/// Values that only one order explains, with the places of the first ones.
#[derive(Debug, Default)]
pub(super) struct Proof {
    pub(super) count: u64,
    /// Line and text.
    pub(super) places: Vec<(u64, String)>,
}

/// The dates of one column of the file.
#[derive(Debug)]
pub(crate) struct DateColumn {
    /// Header as written in the file.
    pub(crate) header: String,
    pub(super) values: Vec<i64>,
    pub(super) filled: u64,
    pub(super) undecided: u64,
    pub(super) proofs: [Proof; 2],
    /// First cells that can be read both ways.
    pub(super) samples: Vec<String>,
    shapes: Vec<(Shape, u64)>,
    last_text: String,
    last_value: i64,
}

impl DateColumn {
    pub(crate) fn new(header: &str) -> Self {
        Self {
            header: header.to_owned(),
            values: Vec::new(),
            filled: 0,
            undecided: 0,
            proofs: [Proof::default(), Proof::default()],
            samples: Vec::new(),
            shapes: Vec::new(),
            last_text: String::new(),
            last_value: NO_MOMENT,
        }
    }

    /// Cells that hold a date.
    pub(crate) fn filled(&self) -> u64 {
        self.filled
    }

    /// The moments, once the order is settled.
    pub(crate) fn into_values(self) -> Vec<i64> {
        self.values
    }

    /// Adds the next row's cell from its raw bytes when they are empty or of the shape that nearly every export has.
    /// Answers false when it needs a closer look.
    #[inline]
    pub(crate) fn push_raw(&mut self, raw: &[u8], clock: &mut LocalClock) -> bool {
        if raw.is_empty() {
            self.values.push(NO_MOMENT);
            return true;
        }
        let Some((ReadDate::Local(local), shape)) = jira_default(raw) else { return false };
        let (moment, skipped) = clock.moment(local);
        if skipped {
            return false;
        }
        self.filled += 1;
        match self.shapes.first_mut() {
            Some((known, count)) if *known == shape => *count += 1,
            _ => self.count_shape(shape),
        }
        self.values.push(moment);
        true
    }

    /// Adds the next row's cell.
    pub(crate) fn push(&mut self, text: &str, line: u64, clock: &mut LocalClock, report: &mut ImportReport) {
        if text.is_empty() {
            self.values.push(NO_MOMENT);
            return;
        }
        // Equal neighbours are common; nothing that is counted per value may be skipped, so only settled ones are reused.
        if text == self.last_text {
            self.filled += 1;
            self.values.push(self.last_value);
            if let Some((_, count)) = self.shapes.first_mut() {
                *count += 1;
            }
            return;
        }
        let Some((date, shape)) = parse_date(text) else {
            if !is_no_value(text) {
                report.warn(self.warning(line, text, Problem::NotADate));
            }
            self.values.push(NO_MOMENT);
            return;
        };
        self.filled += 1;
        self.count_shape(shape);
        let (value, plain) = self.value(date, text, line, clock, report);
        self.values.push(value);
        if plain && self.shapes.len() == 1 {
            text.clone_into(&mut self.last_text);
            self.last_value = value;
        } else {
            self.last_text.clear();
        }
    }

    /// The value to store, and whether nothing had to be counted or reported about it.
    fn value(
        &mut self,
        date: ReadDate,
        text: &str,
        line: u64,
        clock: &mut LocalClock,
        report: &mut ImportReport,
    ) -> (i64, bool) {
        let mut plain = false;
        let local = match date {
            ReadDate::Moment(moment) => return (moment, true),
            ReadDate::Local(local) => {
                plain = true;
                local
            }
            ReadDate::OnlyAs(order, local) => {
                let proof = &mut self.proofs[order as usize];
                proof.count += 1;
                if proof.places.len() < ImportReport::WARNINGS_KEPT {
                    proof.places.push((line, shortened(text)));
                }
                local
            }
            ReadDate::Either { year, first, second, time } => {
                self.undecided += 1;
                if self.samples.len() < 3 && !self.samples.iter().any(|sample| sample == text) {
                    self.samples.push(text.to_owned());
                }
                return (UNDECIDED + ((year * 16 + first) * 16 + second) * DAY + time, false);
            }
        };
        let (moment, skipped) = clock.moment(local);
        if skipped {
            report.warn(self.warning(line, text, Problem::SkippedByClockChange));
        }
        (moment, plain && !skipped)
    }

    fn count_shape(&mut self, shape: Shape) {
        if let Some((_, count)) = self.shapes.iter_mut().find(|(known, _)| *known == shape) {
            *count += 1;
        } else if self.shapes.len() < 16 {
            // A damaged column must not grow a list without end.
            self.shapes.push((shape, 1));
        }
    }

    /// The most frequent shape, numeric ones only when `numeric`.
    pub(super) fn main_shape(&self, numeric: bool) -> Option<Shape> {
        let shapes = self.shapes.iter().filter(|(shape, _)| !numeric || shape.form == Form::Numbers);
        shapes.max_by_key(|(_, count)| *count).map(|(shape, _)| *shape)
    }

    /// The shapes in words, the most frequent first.
    pub(super) fn shape_words(&self, order: Option<DateOrder>) -> String {
        let mut shapes = self.shapes.clone();
        shapes.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let words: Vec<String> = shapes.iter().map(|(shape, _)| shape.words(order)).collect();
        words.join(", ")
    }

    /// True when every date is written as numbers only and could depend on the order.
    pub(super) fn depends_on_order(&self) -> bool {
        self.undecided > 0 || self.proofs.iter().any(|proof| proof.count > 0)
    }

    /// Turns the undecided values into moments.
    pub(super) fn settle(&mut self, order: DateOrder, clock: &mut LocalClock) {
        for value in &mut self.values {
            if let Some(local) = undecided_local(*value, order) {
                *value = clock.moment(local).0;
            }
        }
    }

    pub(super) fn warning(&self, line: u64, text: &str, problem: Problem) -> ImportWarning {
        ImportWarning { line, column: self.header.clone(), value: shortened(text), problem }
    }
}

/// The local reading of an undecided value under an order; `None` for a settled value.
pub(super) fn undecided_local(value: i64, order: DateOrder) -> Option<i64> {
    if !(UNDECIDED..UNDECIDED_END).contains(&value) {
        return None;
    }
    let packed = value - UNDECIDED;
    let (numbers, time) = (packed / DAY, packed % DAY);
    let (year, first, second) = (numbers / 256, numbers / 16 % 16, numbers % 16);
    let (day, month) = match order {
        DateOrder::DayFirst => (first, second),
        DateOrder::MonthFirst => (second, first),
    };
    day_number(year, month, day).map(|day| day * DAY + time)
}

/// Literal words for "nothing" that tools write into typed columns.
pub(crate) fn is_no_value(text: &str) -> bool {
    ["null", "none", "n/a", "na", "nan", "-", "<null>", "#n/a"].iter().any(|word| text.eq_ignore_ascii_case(word))
}

/// At most 80 characters of a value.
pub(crate) fn shortened(text: &str) -> String {
    text.chars().take(80).collect()
}
