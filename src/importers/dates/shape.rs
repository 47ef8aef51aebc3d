//! The shape of a date in words, for the import report.

use crate::importers::DateOrder;

/// How the day, month and year are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// 02/Feb/22, 6 May 2014.
    DayMonthName,
    /// Nov/26/25.
    MonthNameDay,
    /// 2025-07-04.
    YearFirst,
    /// 5/12/2016: day or month first.
    Numbers,
    /// Days since 1899-12-30, as spreadsheets store dates.
    Serial,
    /// Milliseconds since 1970.
    EpochMilliseconds,
}

/// How the time of day is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Time {
    None,
    Minutes,
    Seconds,
}

/// Everything about a date's writing that is the same for a whole column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) form: Form,
    pub(super) separator: char,
    pub(super) long_year: bool,
    pub(super) time: Time,
    pub(super) half_day: bool,
    pub(super) zone: bool,
}

impl Shape {
    /// The shape as people write patterns: "DD/MMM/YY h:mm AM". The order is the one decided for the column.
    pub(super) fn words(self, order: Option<DateOrder>) -> String {
        let year = if self.long_year { "YYYY" } else { "YY" };
        let s = self.separator;
        let mut words = match self.form {
            Form::DayMonthName => format!("DD{s}MMM{s}{year}"),
            Form::MonthNameDay => format!("MMM{s}DD{s}{year}"),
            Form::YearFirst => format!("YYYY{s}MM{s}DD"),
            Form::Numbers if order == Some(DateOrder::MonthFirst) => format!("MM{s}DD{s}{year}"),
            Form::Numbers => format!("DD{s}MM{s}{year}"),
            Form::Serial => return "spreadsheet day number".into(),
            Form::EpochMilliseconds => return "milliseconds since 1970".into(),
        };
        words.push_str(match (self.time, self.half_day) {
            (Time::None, _) => "",
            (Time::Minutes, true) => " h:mm AM",
            (Time::Minutes, false) => " HH:mm",
            (Time::Seconds, true) => " h:mm:ss AM",
            (Time::Seconds, false) => " HH:mm:ss",
        });
        if self.zone {
            words.push_str(" with its own zone");
        }
        words
    }
}
