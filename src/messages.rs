//! Every sentence shown to the user about a problem: what happened, why, and what to do next. Pure.

use crate::containers::{ContainerError, LeftOut};
use crate::engine::EngineError;
use crate::importers::{ImportError, ImportWarning, Problem};

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// Good to know.
    Notice,
    /// Something is not as expected; the numbers may mislead.
    Warning,
    /// Something did not happen.
    Error,
}

/// A problem told to the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserMessage {
    /// How much it matters.
    pub severity: Severity,
    /// The thing and what happened to it.
    pub what: String,
    /// Why, where known.
    pub why: String,
    /// What to do now.
    pub next: String,
}

impl UserMessage {
    /// Something did not happen.
    pub fn error(what: impl Into<String>, why: &str) -> Self {
        Self { severity: Severity::Error, what: what.into(), why: sentence(why), next: String::new() }
    }

    /// Something is not as expected.
    pub fn warning(what: impl Into<String>, why: &str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(what, why) }
    }

    /// Something good to know.
    pub fn notice(what: impl Into<String>, why: &str) -> Self {
        Self { severity: Severity::Notice, ..Self::error(what, why) }
    }

    /// The same, with the next step.
    #[must_use]
    pub fn then(self, next: &str) -> Self {
        Self { next: sentence(next), ..self }
    }

    /// A file that was refused. The workspace is unchanged.
    pub fn refused_file(file: &str, error: &ImportError) -> Self {
        let why = sentence(&error.to_string());
        let next = "Nothing of this file was added; the workspace is unchanged.".to_owned();
        Self { severity: Severity::Error, what: format!("{file} was not imported."), why, next }
    }

    /// An archive or workbook that was refused. The workspace is unchanged.
    pub fn refused_container(file: &str, error: &ContainerError) -> Self {
        let why = sentence(&error.to_string());
        let next = "Nothing of this file was added; the workspace is unchanged.".to_owned();
        Self { severity: Severity::Error, what: format!("{file} was not unpacked."), why, next }
    }

    /// What was left out of an archive or workbook whose other `files` are imported: one sentence for each reason.
    pub fn left_out(container: &str, files: usize, left_out: &[LeftOut]) -> Self {
        let mut reasons: Vec<(&LeftOut, usize)> = Vec::new();
        for one in left_out {
            match reasons.iter_mut().find(|(first, _)| first.why == one.why) {
                Some((_, count)) => *count += 1,
                None => reasons.push((one, 1)),
            }
        }
        let said = reasons.into_iter().map(|(LeftOut { name, why }, count)| {
            let name = name.strip_prefix(container).map_or(name.as_str(), |inside| inside.trim_start_matches('/'));
            let more = if count > 1 { format!(" ({} more like it)", count - 1) } else { String::new() };
            // A file's name keeps its first letter.
            format!("{name} {why}{more}.")
        });
        let said: Vec<String> = said.collect();
        let count =
            if files == 1 { "1 file in it is read".to_owned() } else { format!("{files} files in it are read") };
        let what = format!("{container}: {count}, not everything.");
        Self { severity: Severity::Notice, what, why: said.join(" "), next: String::new() }
    }

    /// A file whose dates were read in an order of day and month that nothing in it tells.
    pub fn assumed_dates(file: &str, columns: &str) -> Self {
        let what = format!("{file}: nothing in it tells whether day or month comes first in {columns}.");
        let why = "The dates are read in an order that was assumed, and the numbers may be of other days";
        Self::warning(what, why).then("Write the dates as 2024-12-31, or answer the question when it is asked")
    }

    /// A file that could not be opened or read.
    pub fn unreadable_file(file: &str, why: &str) -> Self {
        Self {
            severity: Severity::Error,
            what: format!("{file} could not be read."),
            why: sentence(why),
            next: "Check the name and that you may read it.".into(),
        }
    }

    /// A file that asked more of its worker than it could give.
    pub fn import_worker_gone(file: &str, at: &str) -> Self {
        Self {
            severity: Severity::Error,
            what: format!("{file} could not be read to its end."),
            why: format!("The part of the browser that reads files stopped ({at})."),
            next: "The workspace is unchanged. Close other tabs and try again, or export in smaller parts.".into(),
        }
    }

    /// A request the engine could not meet.
    pub fn engine(error: &EngineError) -> Self {
        Self {
            severity: Severity::Error,
            what: sentence(&error.to_string()),
            why: String::new(),
            next: "The workspace is unchanged.".into(),
        }
    }
}

/// What is wrong with a value and what was done about it, without its place.
pub const fn consequence(problem: Problem) -> &'static str {
    match problem {
        Problem::NotADate => "Not a date; the item was kept without it",
        Problem::NotANumber => "Not a number; the item was kept without it",
        Problem::ShortRow => "The row is shorter than the header; the missing cells were taken as empty",
        Problem::TrailingCells => "The row has empty cells beyond the header; they were ignored",
        Problem::NotInEncoding => "Not valid in the file's encoding; read as Windows-1252",
        Problem::UnclosedQuote => "A quote is opened and never closed; the row was kept as far as it was readable",
        Problem::RepeatedHeader => "The header again; it is no work item",
        Problem::SkippedByClockChange => "This local time was skipped by a clock change; read as the later moment",
        Problem::SprintText => "A sprint record that could not be taken apart; its text is used as the sprint's name",
        Problem::AgainstTheOrder => {
            "Does not fit the day and month order of the column; read the only way it makes a date"
        }
        Problem::HistoryCut => "The file holds only some of the changes of this item; its history is not complete",
    }
}

/// What was wrong with a value and what was done about it, in one sentence. The value itself stands last, in quotes.
pub fn warning_sentence(warning: &ImportWarning) -> String {
    let what = consequence(warning.problem);
    let place = match (warning.line, warning.column.is_empty()) {
        (0, true) => String::new(),
        (0, false) => format!("Column \"{}\": ", warning.column),
        (line, true) => format!("Line {line}: "),
        (line, false) => format!("Line {line}, column \"{}\": ", warning.column),
    };
    let value = if warning.value.is_empty() { String::new() } else { format!(": \"{}\"", warning.value) };
    format!("{place}{what}{value}.")
}

/// The text as a sentence: a capital at its start, a full stop at its end.
pub(crate) fn sentence(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_warning_names_place_and_value() {
        let warning =
            ImportWarning { line: 41, column: "Resolved".into(), value: "soon".into(), problem: Problem::NotADate };
        assert_eq!(
            warning_sentence(&warning),
            "Line 41, column \"Resolved\": Not a date; the item was kept without it: \"soon\"."
        );
    }

    #[test]
    fn what_is_left_out_is_told_once_for_each_reason() {
        let left = |name: &str, why: &str| LeftOut { name: name.into(), why: why.into() };
        let message = UserMessage::left_out(
            "export.zip",
            2,
            &[
                left("export.zip/a.png", "is a picture"),
                left("export.zip/book.xlsx/Old", "is a hidden sheet"),
                left("export.zip/b.png", "is a picture"),
            ],
        );
        assert_eq!(message.what, "export.zip: 2 files in it are read, not everything.");
        assert_eq!(message.why, "a.png is a picture (1 more like it). book.xlsx/Old is a hidden sheet.");
    }

    #[test]
    fn a_refused_file_says_what_and_next() {
        let message = UserMessage::refused_file("plan.pdf", &ImportError::Empty);
        assert_eq!(message.what, "plan.pdf was not imported.");
        assert!(message.why.starts_with("The file is empty."));
    }
}
