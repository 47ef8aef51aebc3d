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
