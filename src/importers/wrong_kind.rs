//! Files that are no export: told apart by their first bytes, each with its next step.

use super::{ImportError, TableSample};

const AS_THE_TOOL_WROTE_IT: &str = "Drop the answer of the tool's API or its JSON export as it was written, with its outer brackets and all keys. If the tool can export a table, CSV works too: in Jira \"Export CSV (all fields)\"";
const EXPORT_FROM_JIRA: &str =
    "In Jira, open the list of issues and choose Export, then \"Export CSV (all fields)\", and drop that file here";

/// Binary kinds, by the bytes they begin with.
const SIGNATURES: &[(&[u8], &str, &str)] = &[
    (b"%PDF-", "a PDF document", EXPORT_FROM_JIRA),
    // Containers are opened before an importer sees them; these come from places that hold no files.
    (
        b"PK\x03\x04",
        "a ZIP archive or an Excel workbook (.xlsx)",
        "Unpack it, or save the sheet as \"CSV UTF-8\", and drop the CSV file",
    ),
    (b"PK\x05\x06", "an empty ZIP archive", EXPORT_FROM_JIRA),
    (
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "an old Office file (.xls, .doc or .mpp) or one that is protected by a password",
        "In Excel, save it without a password as .xlsx or \"CSV UTF-8\"; in Microsoft Project, save it as XML; drop that file",
    ),
    (b"\x89PNG\r\n\x1A\n", "a PNG picture", EXPORT_FROM_JIRA),
    (b"\xFF\xD8\xFF", "a JPEG picture", EXPORT_FROM_JIRA),
    (b"GIF8", "a GIF picture", EXPORT_FROM_JIRA),
    (b"\x1F\x8B", "a gzip archive", "Unpack it and drop the file inside"),
    (b"BZh", "a bzip2 archive", "Unpack it and drop the file inside"),
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive", "Unpack it and drop the file inside"),
    (b"Rar!\x1A\x07", "a RAR archive", "Unpack it and drop the file inside"),
    (b"SQLite format 3\0", "an SQLite database", EXPORT_FROM_JIRA),
    (b"{\\rtf", "a rich text document", EXPORT_FROM_JIRA),
    (b"\x7FELF", "a program", EXPORT_FROM_JIRA),
    (b"MZ\x90", "a program", EXPORT_FROM_JIRA),
];

/// Refuses files that are not text, by their first bytes.
pub(super) fn refuse_binary(head: &[u8]) -> Result<(), ImportError> {
    let known = SIGNATURES.iter().find(|(signature, ..)| head.starts_with(signature));
    known.map_or(Ok(()), |(_, found, next)| Err(wrong(found, next)))
}

/// Refuses text that holds many NUL bytes (`head` is decoded, so UTF-16 has none left).
pub(super) fn refuse_nul_bytes(head: &[u8]) -> Result<(), ImportError> {
    let nul_bytes = memchr::memchr_iter(0, head).count();
    if nul_bytes * 20 > head.len() { Err(wrong("a binary file", EXPORT_FROM_JIRA)) } else { Ok(()) }
}

/// Names the kind of a text that no importer recognised, where it is one that people drop by mistake.
pub(super) fn unknown_text(text: &str) -> Option<ImportError> {
    let start = text.trim_start();
    let lower: String = start.chars().take(200).collect::<String>().to_lowercase();
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") {
        let next = "Jira saves its login page when the session has ended: log in again, then export the CSV again";
        return Some(wrong("a web page (HTML)", next));
    }
    let beginning: String = start.chars().take(4096).collect();
    if lower.starts_with('<') && beginning.contains("<entity-engine-xml") {
        return Some(wrong("a backup of a whole Jira site (entity-engine-xml)", EXPORT_FROM_JIRA));
    }
    if lower.starts_with("<?xml") || lower.starts_with("<!--") || lower.starts_with("<rss") {
        return Some(wrong("an XML document", EXPORT_FROM_JIRA));
    }
    if begins_as_json(start) {
        return Some(wrong("a JSON document whose keys belong to no known export", AS_THE_TOOL_WROTE_IT));
    }
    None
}

/// True when a text begins with the brackets of a JSON object or array.
pub(super) fn begins_as_json(text: &str) -> bool {
    let mut rest = text.trim_start().chars();
    let opens = matches!(rest.next(), Some('{' | '['));
    opens && matches!(rest.find(|character| !character.is_whitespace()), Some('"' | '{' | '[' | ']' | '}'))
}

/// Text of which nothing is known: says what was seen.
pub(super) fn unknown(text: &str, table: Option<TableSample>) -> ImportError {
    let first_line = text.split(['\n', '\r']).find(|line| !line.trim().is_empty()).unwrap_or("");
    let columns: Vec<String> = first_line
        .split([',', ';', '\t', '|'])
        .map(|cell| cell.trim().trim_matches('"').chars().take(40).collect::<String>())
        .filter(|cell| !cell.is_empty())
        .take(6)
        .collect();
    let seen = if columns.is_empty() {
        "the file has no text in its first lines".to_owned()
    } else {
        format!("the first line reads \"{}\"", columns.join("\", \""))
    };
    let next = match table {
        Some(_) => format!("If it holds work items, say what its columns are. {EXPORT_FROM_JIRA}"),
        None => EXPORT_FROM_JIRA.to_owned(),
    };
    ImportError::Unknown { seen, next, table: table.map(Box::new) }
}

fn wrong(found: &str, next: &str) -> ImportError {
    ImportError::WrongKind { found: found.to_owned(), next: next.to_owned() }
}
