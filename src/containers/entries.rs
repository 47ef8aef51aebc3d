//! Which entries of an archive are worth importing, and why the others are not.

use super::zip_file::{Directory, Entry};
use super::{ContainerError, Unpacked};

const FILE_SYSTEM: &str = "is housekeeping of the computer that packed the archive";
const PICTURE: &str = "is a picture";
const RECORDING: &str = "is a recording";
const DOCUMENT: &str = "is a document, not a table";
const PAGE: &str = "is a page of text, not a table";

/// File names that operating systems leave behind.
const LEFT_BEHIND: &[&str] = &[".ds_store", "thumbs.db", "desktop.ini"];

/// Endings of files that trackers put beside their tables, with the reason.
const NO_TABLES: &[(&str, &[&str])] = &[
    (PICTURE, &["png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "ico", "heic", "tif", "tiff", "avif"]),
    (RECORDING, &["mp3", "mp4", "m4a", "mov", "avi", "webm", "wav", "ogg", "mkv"]),
    (DOCUMENT, &["pdf", "doc", "docx", "ppt", "pptx", "rtf", "odt", "odp", "pages", "key", "vsdx", "drawio"]),
    (PAGE, &["md", "markdown", "html", "htm", "css", "js"]),
    ("is a program", &["exe", "dll", "jar", "class", "wasm"]),
    ("is a Throughline workspace; drop it by itself to open it", &["throughline"]),
];

/// Bitbucket's export of issues holds the same data in several layouts, best first.
const BITBUCKET_LAYOUTS: &[&str] = &["db-2.0.json", "db-1.0.json", "db-jira-cloud.json"];

/// Documents that are ZIP archives too: a file that tells them, what they are, what to do.
const OTHER_DOCUMENTS: &[(&str, &str, &str)] = &[
    ("xl/workbook.bin", "an Excel binary workbook (.xlsb)", "Save it as an Excel workbook (.xlsx) and drop that file"),
    ("word/document.xml", "a Word document", "Drop the tracker's export itself"),
    ("ppt/presentation.xml", "a PowerPoint presentation", "Drop the tracker's export itself"),
    ("Index/Document.iwa", "an Apple document", "In Numbers, choose File, Export To, CSV, and drop that file"),
    (
        "content.xml",
        "an OpenDocument file (.ods or .odt)",
        "Save the table as an Excel workbook (.xlsx) or as CSV and drop that file",
    ),
    ("META-INF/MANIFEST.MF", "a Java archive", "Drop the tracker's export itself"),
];

/// Refuses documents that happen to be archives.
pub(super) fn refuse_other_documents(directory: &Directory<'_>) -> Result<(), ContainerError> {
    let found = OTHER_DOCUMENTS.iter().find(|(mark, ..)| directory.find(mark).is_some());
    found.map_or(Ok(()), |(_, found, next)| Err(ContainerError::wrong_kind(found, next)))
}

/// The entries to unpack; each other one is left out with its reason.
pub(super) fn wanted<'d>(container: &str, directory: &'d Directory<'_>, out: &mut Unpacked) -> Vec<&'d Entry> {
    let mut wanted = Vec::new();
    for entry in &directory.entries {
        let why = no_table(&entry.name).map(ToOwned::to_owned).or_else(|| twin(&entry.name, directory));
        match why {
            Some(why) => out.leave_out(format!("{container}/{}", entry.name), why),
            None => wanted.push(entry),
        }
    }
    wanted
}

/// Why a file of this path holds no table.
fn no_table(path: &str) -> Option<&'static str> {
    let lower = path.to_lowercase();
    let mut folders: Vec<&str> = lower.split('/').collect();
    let file = folders.pop()?;
    if folders.contains(&"__macosx") || file.starts_with("._") || LEFT_BEHIND.contains(&file) {
        return Some(FILE_SYSTEM);
    }
    if folders.contains(&"attachments") {
        return Some("is an attachment of an item");
    }
    let (_, ending) = file.rsplit_once('.')?;
    NO_TABLES.iter().find(|(_, endings)| endings.contains(&ending)).map(|(why, _)| *why)
}

/// Why a file is not read although it holds a table: another one of the archive holds the same.
fn twin(path: &str, directory: &Directory<'_>) -> Option<String> {
    let (folder, file) = path.rsplit_once('/').map_or(("", path), |(folder, file)| (folder, file));
    let beside = |name: &str| {
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        directory.find(&path).is_some()
    };
    if let Some(rank) = BITBUCKET_LAYOUTS.iter().position(|layout| file.eq_ignore_ascii_case(layout)) {
        let better = BITBUCKET_LAYOUTS.iter().take(rank).find(|better| beside(better))?;
        return Some(format!("holds the same issues as {better}, which is read"));
    }
    let stem = file.strip_suffix(".csv").filter(|stem| !stem.ends_with("_all"))?;
    let all = format!("{stem}_all.csv");
    beside(&all).then(|| format!("is a part of {all}, which is read (Notion writes both); to import it, unpack it"))
}
