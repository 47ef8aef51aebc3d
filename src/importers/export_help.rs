//! How to make an export in each tool, click by click: `docs/exporting.md`, taken apart.
//!
//! The words are in the program that reads files. The page and the engine are what a first visit waits for, and need none of
//! them; a file of its own would be a request of a kind that the page does not make otherwise. Whoever wants to know how to
//! export is about to import: that program is on its way then.

use serde::{Deserialize, Serialize};

const TEXT: &str = include_str!("../../docs/exporting.md");

/// How to make one kind of export.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ExportHelp {
    /// "Jira Cloud: CSV".
    pub title: String,
    /// The tool; several exports share one.
    pub tool: String,
    /// Ids of the importers that read the file.
    pub formats: Vec<String>,
    /// What the file adds: ids of needs of the metrics and of kinds of records.
    pub adds: Vec<String>,
    /// The steps, in order. Between back-ticks stands what has to be typed.
    pub steps: Vec<String>,
    /// Limits and traps.
    pub limits: Vec<String>,
}

/// The help on all exports, in the order of the document.
pub fn export_help() -> Vec<ExportHelp> {
    TEXT.split("\n## ").skip(1).map(section).collect()
}

fn section(text: &str) -> ExportHelp {
    let mut lines = text.lines();
    let mut help = ExportHelp { title: lines.next().unwrap_or_default().to_owned(), ..ExportHelp::default() };
    for line in lines {
        if let Some(about) = line.strip_prefix("<!-- ").and_then(|line| line.strip_suffix(" -->")) {
            let mut parts = about.split(" | ");
            parts.next().unwrap_or_default().clone_into(&mut help.tool);
            let mut words = || parts.next().unwrap_or_default().split_whitespace().map(str::to_owned).collect();
            (help.formats, help.adds) = (words(), words());
        } else if let Some(limit) = line.strip_prefix("- ") {
            help.limits.push(limit.to_owned());
        } else if let Some((_, step)) = line.split_once(". ").filter(|(number, _)| number.parse::<u8>().is_ok()) {
            help.steps.push(step.to_owned());
        }
    }
    help
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::importers::IMPORTERS;

    #[test]
    fn every_importer_has_its_help_and_every_help_its_importer() {
        let help = export_help();
        let told: BTreeSet<&str> = help.iter().flat_map(|help| &help.formats).map(String::as_str).collect();
        let known: BTreeSet<&str> = IMPORTERS.iter().map(|importer| importer.id).collect();
        assert_eq!(told, known);
    }

    #[test]
    fn nothing_of_the_document_is_lost() {
        let help = export_help();
        let read: usize = help.iter().map(|help| 2 + help.steps.len() + help.limits.len()).sum();
        let (_, sections) = TEXT.split_once("\n## ").unwrap();
        assert_eq!(read, sections.lines().filter(|line| !line.is_empty()).count());
    }

    #[test]
    fn each_help_is_complete_and_short() {
        for help in export_help() {
            let ExportHelp { title, tool, formats, adds, steps, limits } = &help;
            assert!(!title.is_empty() && !tool.is_empty() && !formats.is_empty(), "{help:?}");
            assert!(!adds.is_empty() && !steps.is_empty(), "{title}");
            for line in steps.iter().chain(limits) {
                assert!(line.matches('`').count() % 2 == 0, "{title}: {line}");
            }
            let words = steps.iter().chain(limits).flat_map(|line| line.split_whitespace()).count();
            assert!(words <= 110, "{title} has {words} words");
        }
    }
}
