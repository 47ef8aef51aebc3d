//! What is found in the files themselves, file by file, told as one finding for each check.

use crate::importers::ImportReport;
use crate::metrics::{CheckWords, Finding};

use super::file_checks::CHECKS;

/// Lines named for one file; the rest is counted.
const LINES_NAMED: usize = 5;
/// Files named; the rest is counted.
const FILES_NAMED: usize = 3;

/// A file and whether work items came out of it.
pub(super) struct File<'a> {
    pub(super) report: &'a ImportReport,
    pub(super) has_items: bool,
}

/// What a check found in one file.
#[derive(Default)]
pub(super) struct Seen {
    pub(super) count: u64,
    /// Lines of the file, from 1, in rising order; as far as the report lists them.
    pub(super) lines: Vec<u64>,
    /// What is special about this file, as a sentence.
    pub(super) said: Option<String>,
}

impl Seen {
    /// The file as a whole, when there is something to say.
    pub(super) fn file(said: Option<String>) -> Self {
        Self { count: u64::from(said.is_some()), lines: Vec::new(), said }
    }

    pub(super) fn and(mut self, other: Self) -> Self {
        self.count += other.count;
        self.lines.extend(other.lines);
        self.lines.sort_unstable();
        self
    }
}

/// A check of one file.
pub(super) struct FileCheck {
    pub(super) words: CheckWords,
    pub(super) look: fn(&ImportReport) -> Seen,
}

/// Everything found in these files, in a fixed order; what is found in several files is one finding.
pub(super) fn findings(files: &[File<'_>]) -> Vec<Finding> {
    CHECKS.iter().filter_map(|check| finding(check, files)).collect()
}

fn finding(check: &FileCheck, files: &[File<'_>]) -> Option<Finding> {
    let seen: Vec<(&File<'_>, Seen)> =
        files.iter().map(|file| (file, (check.look)(file.report))).filter(|(_, seen)| seen.count > 0).collect();
    let count: u64 = seen.iter().map(|(_, seen)| seen.count).sum();
    if count == 0 {
        return None;
    }
    let mut places: Vec<String> = seen.iter().take(FILES_NAMED).map(|(file, seen)| place(file, seen)).collect();
    if seen.len() > FILES_NAMED {
        places.push(format!("and {} more", counted_files(seen.len() - FILES_NAMED)));
    }
    let mut finding = check.words.finding(count as usize, Vec::new(), &places.join("; "));
    for said in seen.iter().take(FILES_NAMED).filter_map(|(_, seen)| seen.said.as_deref()) {
        finding.message.push(' ');
        finding.message.push_str(said);
    }
    // A file of incidents, say, leaves the charts of work items as they are.
    if !seen.iter().any(|(file, _)| file.has_items) {
        finding.affects.clear();
        finding.views.clear();
    }
    Some(finding)
}

fn counted_files(number: usize) -> String {
    if number == 1 { "1 file".to_owned() } else { format!("{number} files") }
}

/// "lines 3, 8 and 12 of a.csv", or the file's name alone.
fn place(file: &File<'_>, seen: &Seen) -> String {
    let name = &file.report.file;
    let lines: Vec<String> = seen.lines.iter().take(LINES_NAMED).map(u64::to_string).collect();
    // Two cells of one row are one line, and a long list of warnings is cut: only what is told can be named.
    match (lines.split_last(), seen.lines.len().saturating_sub(LINES_NAMED)) {
        (None, _) => name.clone(),
        (Some((only, [])), 0) => format!("line {only} of {name}"),
        (Some((last, rest)), 0) => format!("lines {} and {last} of {name}", rest.join(", ")),
        (Some(_), _) => format!("lines {}… of {name}", lines.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::{ImportWarning, Problem};

    fn report(file: &str, problem: Problem, lines: &[u64]) -> ImportReport {
        let mut report = ImportReport { file: file.to_owned(), ..ImportReport::default() };
        for &line in lines {
            report.warn(ImportWarning { line, column: String::new(), value: String::new(), problem });
        }
        report
    }

    fn found(reports: &[ImportReport]) -> Vec<Finding> {
        let files: Vec<File<'_>> = reports.iter().map(|report| File { report, has_items: true }).collect();
        findings(&files)
    }

    #[test]
    fn every_problem_of_an_import_has_its_check() {
        let told = [
            (Problem::NotADate, "unparsed-dates"),
            (Problem::NotANumber, "unparsed-numbers"),
            (Problem::ShortRow, "wrong-column-count"),
            (Problem::TrailingCells, "wrong-column-count"),
            (Problem::NotInEncoding, "wrong-encoding"),
            (Problem::UnclosedQuote, "unclosed-quotes"),
            (Problem::RepeatedHeader, "repeated-header"),
            (Problem::SkippedByClockChange, "clock-changes"),
            (Problem::SprintText, "sprint-text"),
            (Problem::AgainstTheOrder, "dates-against-the-order"),
            (Problem::HistoryCut, "history-cut"),
        ];
        for (problem, id) in told {
            let found = found(&[report("a.csv", problem, &[7])]);
            let [only] = &found[..] else { panic!("{problem:?} is told as {found:?}") };
            assert_eq!((only.id.as_str(), only.count), (id, 1));
            assert!(only.message.contains("(line 7 of a.csv)"), "{}", only.message);
        }
    }

    #[test]
    fn lines_and_files_are_named_up_to_a_limit_and_all_are_counted() {
        let reports = [
            report("a.csv", Problem::NotADate, &[2, 2, 9]),
            report("b.csv", Problem::NotADate, &[1, 2, 3, 4, 5, 6, 7]),
            report("c.csv", Problem::NotANumber, &[1]),
            report("d.csv", Problem::NotADate, &[0]),
            report("e.csv", Problem::NotADate, &[4]),
        ];
        let found = found(&reports);
        let expected =
            "12 cells (lines 2 and 9 of a.csv; lines 1, 2, 3, 4, 5… of b.csv; d.csv; and 1 file more) are no dates";
        assert!(found[0].message.starts_with(expected), "{}", found[0].message);
        assert_eq!(found[0].count, 12);
        assert!(found[1].message.starts_with("1 cell (line 1 of c.csv) is no number"), "{}", found[1].message);
    }
}
