//! The checks of files: what the import reports know and the items no longer tell.

use crate::importers::{ImportReport, OrderEvidence, Problem};
use crate::metrics::{CheckWords, FixAction, Severity};

use super::files::{FileCheck, Seen};

/// Row counts at which tools and spreadsheet programs cut: sizes of pages and limits of exports, and the rows of an old and
/// of a new workbook below the header. Every thousand up to ten thousand is a usual limit as well.
const CAPS: &[u64] = &[50, 100, 200, 250, 500, 20_000, 50_000, 100_000, 65_535, 1_048_575];

/// Every metric that rests on which items there are and when they were created, started and finished.
const ALL: &[&str] = &[
    "throughput",
    "cycle-time",
    "lead-time",
    "burndown",
    "sprint-report",
    "scope-change",
    "burnup",
    "release-burndown",
    "velocity",
    "cycle-time-histogram",
    "cycle-time-trend",
    "work-item-age",
    "work-in-progress",
    "cumulative-flow",
    "net-flow",
    "process-behaviour",
    "time-in-status",
    "flow-efficiency",
    "blocked-time",
];
const FILES: (&str, &str) = ("file", "files");
const COLUMNS: (&str, &str) = ("column", "columns");
const ROWS: (&str, &str) = ("row", "rows");
const CELLS: (&str, &str) = ("cell", "cells");

/// In the order of the report.
pub(super) const CHECKS: &[FileCheck] = &[
    FileCheck {
        words: CheckWords {
            id: "truncated-export",
            title: "Export cut off",
            level: Severity::Serious,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: FILES,
            sentence: (
                "was probably cut by the tool it comes from: what is missing is in no number.",
                "were probably cut by the tools they come from: what is missing is in no number.",
            ),
            fix: "Export the rest as well (by creation date, for example, or the next page) and add it: the files are merged.",
            action: FixAction::ImportAgain,
        },
        look: |report| Seen::file(report.row_cap.clone()),
    },
    FileCheck {
        words: CheckWords {
            id: "round-row-count",
            title: "Round number of rows",
            level: Severity::Warning,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: FILES,
            sentence: (
                "ends at a number of rows that tools cut exports at: the rest may be missing.",
                "end at a number of rows that tools cut exports at: the rest may be missing.",
            ),
            fix: "Compare with the number of items in the tool. If some are missing, export the rest as well and add it.",
            action: FixAction::ImportAgain,
        },
        look: round_row_count,
    },
    FileCheck {
        words: CheckWords {
            id: "assumed-date-order",
            title: "Day or month first",
            level: Severity::Serious,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: COLUMNS,
            sentence: (
                "holds dates whose day and month cannot be told apart: day first was assumed.",
                "hold dates whose day and month cannot be told apart: day first was assumed.",
            ),
            fix: "Choose the reading that is right: a few cells are shown both ways.",
            action: FixAction::ReviewDates,
        },
        look: assumed_order,
    },
    FileCheck {
        words: CheckWords {
            id: "unparsed-dates",
            title: "Dates that could not be read",
            level: Severity::Warning,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: CELLS,
            sentence: (
                "is no date: the item was kept without it.",
                "are no dates: their items were kept without them.",
            ),
            fix: "Look at the cells under the file, correct them in the tool and add the file again.",
            action: FixAction::ReviewDates,
        },
        look: |report| problem(report, Problem::NotADate),
    },
    FileCheck {
        words: CheckWords {
            id: "dates-against-the-order",
            title: "Dates against the order",
            level: Severity::Warning,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: CELLS,
            sentence: (
                "does not fit the order of day and month that its column has: it was read the only way that makes sense.",
                "do not fit the order of day and month that their columns have: they were read the only way that makes sense.",
            ),
            fix: "Look at the cells under the file: a spreadsheet program may have turned some round. Add the file as exported.",
            action: FixAction::ReviewDates,
        },
        look: |report| problem(report, Problem::AgainstTheOrder),
    },
    FileCheck {
        words: CheckWords {
            id: "unparsed-numbers",
            title: "Numbers that could not be read",
            level: Severity::Warning,
            spoils: false,
            affects: &[
                "throughput",
                "velocity",
                "burndown",
                "sprint-report",
                "scope-change",
                "burnup",
                "release-burndown",
            ],
            views: &[],
            counted: CELLS,
            sentence: (
                "is no number: the item was kept without it.",
                "are no numbers: their items were kept without them.",
            ),
            fix: "Look at the cells under the file, correct them in the tool and add the file again.",
            action: FixAction::ImportAgain,
        },
        look: |report| problem(report, Problem::NotANumber),
    },
    FileCheck {
        words: CheckWords {
            id: "zone-assumed",
            title: "Time zone assumed",
            level: Severity::Notice,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: COLUMNS,
            sentence: (
                "holds times without a zone: near midnight an item may count for the day before or after.",
                "hold times without a zone: near midnight an item may count for the day before or after.",
            ),
            fix: "If the tool shows another zone, add the file to a workspace of that zone.",
            action: FixAction::None,
        },
        look: assumed_zone,
    },
    FileCheck {
        words: CheckWords {
            id: "clock-changes",
            title: "Times that a clock change skipped",
            level: Severity::Notice,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: CELLS,
            sentence: (
                "names a time that a clock change skipped: the later moment was taken.",
                "name times that a clock change skipped: the later moment was taken.",
            ),
            fix: "If there are many, the file is of another time zone: add it to a workspace of that zone.",
            action: FixAction::None,
        },
        look: |report| problem(report, Problem::SkippedByClockChange),
    },
    FileCheck {
        words: CheckWords {
            id: "refused-rows",
            title: "Rows that could not be read",
            level: Severity::Warning,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: ROWS,
            sentence: ("was refused: its item is in no number.", "were refused: their items are in no number."),
            fix: "Export it again and add the file without opening it in a spreadsheet program before.",
            action: FixAction::ImportAgain,
        },
        look: refused_rows,
    },
    FileCheck {
        words: CheckWords {
            id: "wrong-column-count",
            title: "Rows of another width",
            level: Severity::Warning,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: ROWS,
            sentence: (
                "has fewer or more cells than the header: missing cells were taken as empty.",
                "have fewer or more cells than the header: missing cells were taken as empty.",
            ),
            fix: "Export it again and add the file without opening it in a spreadsheet program before.",
            action: FixAction::ImportAgain,
        },
        look: |report| problem(report, Problem::ShortRow).and(problem(report, Problem::TrailingCells)),
    },
    FileCheck {
        words: CheckWords {
            id: "repeated-header",
            title: "Header in the middle",
            level: Severity::Notice,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: ROWS,
            sentence: (
                "repeats the header and was left out: several exports were joined, and the columns of each must be the same.",
                "repeat the header and were left out: several exports were joined, and the columns of each must be the same.",
            ),
            fix: "Add the exports one by one in place of the joined file: each is then read by its own header.",
            action: FixAction::ImportAgain,
        },
        look: |report| problem(report, Problem::RepeatedHeader),
    },
    FileCheck {
        words: CheckWords {
            id: "repeated-rows",
            title: "Items named twice",
            level: Severity::Notice,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: ROWS,
            sentence: (
                "names an item that the same file has already named: the newest version was taken.",
                "name items that the same files have already named: the newest version of each was taken.",
            ),
            fix: "Nothing is wrong with the numbers. If the file was joined by hand, add the exports one by one.",
            action: FixAction::None,
        },
        look: |report| Seen { count: report.repeated, ..Seen::default() },
    },
    FileCheck {
        words: CheckWords {
            id: "unclosed-quotes",
            title: "Quotes that are never closed",
            level: Severity::Warning,
            spoils: false,
            affects: ALL,
            views: &[],
            counted: ROWS,
            sentence: (
                "opens a quote that is never closed: rows after it may be part of its text.",
                "open quotes that are never closed: rows after them may be part of their text.",
            ),
            fix: "Export it again and add the file without opening it in a spreadsheet program before.",
            action: FixAction::ImportAgain,
        },
        look: |report| problem(report, Problem::UnclosedQuote),
    },
    FileCheck {
        words: CheckWords {
            id: "wrong-encoding",
            title: "Characters of another encoding",
            level: Severity::Notice,
            spoils: false,
            affects: &[],
            views: &[],
            counted: CELLS,
            sentence: (
                "is not in the encoding of its file: it was read as Windows-1252.",
                "are not in the encoding of their file: they were read as Windows-1252.",
            ),
            fix: "Check the names in the filters; if letters are wrong, export as UTF-8.",
            action: FixAction::ImportAgain,
        },
        look: |report| problem(report, Problem::NotInEncoding),
    },
    FileCheck {
        words: CheckWords {
            id: "sprint-text",
            title: "Sprints that could not be taken apart",
            level: Severity::Notice,
            spoils: false,
            affects: &["burndown", "sprint-report", "scope-change", "velocity"],
            views: &[],
            counted: CELLS,
            sentence: (
                "holds a sprint as the server writes it and could not be taken apart: its text is the sprint's name.",
                "hold sprints as the server writes them and could not be taken apart: their text is the sprint's name.",
            ),
            fix: "Export the sprint's name, or set the dates of these sprints.",
            action: FixAction::EditSprintWindows,
        },
        look: |report| problem(report, Problem::SprintText),
    },
    FileCheck {
        words: CheckWords {
            id: "history-cut",
            title: "Histories cut off",
            level: Severity::Notice,
            spoils: false,
            affects: &["cycle-time"],
            views: &[],
            counted: ("history", "histories"),
            sentence: (
                "is longer in the tool than in the file: earlier changes are not known.",
                "are longer in the tool than in the file: earlier changes are not known.",
            ),
            fix: "Export these items with their whole history and add the file.",
            action: FixAction::ImportAgain,
        },
        look: |report| problem(report, Problem::HistoryCut),
    },
];

/// The cells or rows with a problem.
fn problem(report: &ImportReport, problem: Problem) -> Seen {
    let count = report.warning_counts.iter().find(|(id, _)| id == problem.id()).map_or(0, |(_, count)| *count);
    let listed = report.warnings.iter().filter(|warning| warning.problem == problem && warning.line > 0);
    let mut lines: Vec<u64> = listed.map(|warning| warning.line).collect();
    lines.sort_unstable();
    lines.dedup();
    Seen { count, lines, said: None }
}

/// Rows that were refused for another reason than that they repeat the header.
fn refused_rows(report: &ImportReport) -> Seen {
    let headers = problem(report, Problem::RepeatedHeader);
    let rows: Vec<_> = report.refused.iter().filter(|row| headers.lines.binary_search(&row.line).is_err()).collect();
    Seen {
        count: (report.refused.len() as u64).saturating_sub(headers.count),
        lines: rows.iter().map(|row| row.line).collect(),
        said: rows.first().map(|row| format!("The first: {}.", row.reason.trim_end_matches('.'))),
    }
}

/// A row count that is a usual limit, where the importer does not know of a cut itself.
fn round_row_count(report: &ImportReport) -> Seen {
    let rows = report.rows_read;
    let is_limit = CAPS.contains(&rows) || (rows > 0 && rows <= 10_000 && rows.is_multiple_of(1000));
    Seen::file((report.row_cap.is_none() && is_limit).then(|| format!("{} has exactly {rows} rows.", report.file)))
}

fn assumed_order(report: &ImportReport) -> Seen {
    let columns: Vec<&str> = report
        .dates
        .iter()
        .filter(|reading| reading.evidence == OrderEvidence::Assumed)
        .map(|reading| reading.column.as_str())
        .collect();
    let said = (!columns.is_empty()).then(|| format!("In {}: {}.", report.file, columns.join(", ")));
    Seen { count: columns.len() as u64, lines: Vec::new(), said }
}

fn assumed_zone(report: &ImportReport) -> Seen {
    let count = report.dates.iter().filter(|reading| reading.has_times_without_zone()).count() as u64;
    let said = (count > 0).then(|| format!("{} was read in {}.", report.file, report.zone));
    Seen { count, lines: Vec::new(), said }
}
