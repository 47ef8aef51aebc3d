//! Excel workbooks (.xlsx, .xlsm): every visible sheet becomes a CSV file, its cells as people see them as far as it
//! matters for an import. Dates are written as ISO by their style; numbers are written whole, whatever their style rounds.
//! Source: ECMA-376 part 1, chapter 18 (`SpreadsheetML`).

mod grid;
mod serial;
mod sheet;
mod strings;
mod styles;
mod workbook;
mod xml;

use super::budget::Budget;
use super::zip_file::{Directory, Entry, EntryError};
use super::{ContainerError, Part, Unpacked};
use sheet::{Notes, Surroundings};
use workbook::{SheetEntry, Workbook};

/// True when an archive is a workbook.
pub(super) fn is_workbook(directory: &Directory<'_>) -> bool {
    workbook_entry(directory).is_some()
}

/// The main part of a workbook: where Excel puts it, or where another writer may.
fn workbook_entry<'d>(directory: &'d Directory<'_>) -> Option<&'d Entry> {
    directory.find("[Content_Types].xml")?;
    directory.find("xl/workbook.xml").or_else(|| {
        directory.entries.iter().find(|entry| entry.name.rsplit('/').next().is_some_and(|file| file == "workbook.xml"))
    })
}

/// Every visible sheet of a workbook as a CSV part.
pub(super) fn unpack(
    name: &str,
    directory: &Directory<'_>,
    budget: &mut Budget<'_>,
    out: &mut Unpacked,
) -> Result<(), ContainerError> {
    let main = workbook_entry(directory).ok_or(ContainerError::NotAContainer)?;
    let (folder, file) = main.name.rsplit_once('/').unwrap_or(("", &main.name));
    let relations = text_of(directory, &workbook::join(folder, &format!("_rels/{file}.rels")), budget)?;
    let main = text_of(directory, &main.name, budget)?.unwrap_or_default();
    let workbook = workbook::read(&main, &relations.unwrap_or_default(), folder)
        .map_err(|what| damaged("its list of sheets", &what))?;
    let strings = match text_of(directory, &workbook.strings, budget)? {
        Some(xml) => strings::read(&xml).map_err(|what| damaged("its texts", &what))?,
        None => Vec::new(),
    };
    let styles = match text_of(directory, &workbook.styles, budget)? {
        Some(xml) => styles::read(&xml).map_err(|what| damaged("its styles", &what))?,
        None => Vec::new(),
    };
    let surroundings = Surroundings { strings: &strings, styles: &styles, epoch: workbook.epoch };
    for sheet in &workbook.sheets {
        add_sheet(name, sheet, directory, &surroundings, budget, out)?;
    }
    let Workbook { sheets, .. } = workbook;
    if sheets.is_empty() { Err(ContainerError::damaged("the workbook lists no sheets")) } else { Ok(()) }
}

fn add_sheet(
    book: &str,
    sheet: &SheetEntry,
    directory: &Directory<'_>,
    surroundings: &Surroundings<'_>,
    budget: &mut Budget<'_>,
    out: &mut Unpacked,
) -> Result<(), ContainerError> {
    let shown = format!("{book}/{}", sheet.name);
    if let Some(why) = sheet.left_out {
        out.leave_out(shown, why);
        return Ok(());
    }
    let Some(entry) = directory.find(&sheet.path) else {
        out.leave_out(shown, "is listed in the workbook but not in the file");
        return Ok(());
    };
    let xml = match directory.unpack(entry, budget) {
        Ok(bytes) => bytes,
        Err(EntryError::Unreadable(why)) => {
            out.leave_out(shown, why);
            return Ok(());
        }
        Err(EntryError::Refused(error)) => return Err(error),
    };
    let Ok(xml) = String::from_utf8(xml) else {
        out.leave_out(shown, "is not written in UTF-8; open the workbook in Excel, save it and drop it again");
        return Ok(());
    };
    let mut notes = Notes::default();
    let grid = match sheet::read(&xml, surroundings, budget, &mut notes) {
        Ok(grid) => grid,
        Err(sheet::SheetError::Damaged(what)) => {
            out.leave_out(shown, format!("is damaged: {what}"));
            return Ok(());
        }
        Err(sheet::SheetError::Refused(error)) => return Err(error),
    };
    drop(xml);
    for why in notes.sentences() {
        out.leave_out(shown.clone(), why);
    }
    let csv = grid.into_csv(budget)?;
    if !csv.is_empty() {
        out.parts.push(Part { name: format!("{shown}.csv"), bytes: csv });
    }
    Ok(())
}

/// The text of a part; `None` when the workbook has no such part.
fn text_of(directory: &Directory<'_>, path: &str, budget: &mut Budget<'_>) -> Result<Option<String>, ContainerError> {
    let Some(entry) = directory.find(path) else { return Ok(None) };
    let bytes = directory.unpack(entry, budget).map_err(|error| match error {
        EntryError::Unreadable(why) => ContainerError::damaged(format!("\"{path}\" {why}")),
        EntryError::Refused(error) => error,
    })?;
    let text = String::from_utf8(bytes);
    text.map(Some)
        .map_err(|error| damaged(path, &format!("it is not UTF-8 at byte {}", error.utf8_error().valid_up_to())))
}

fn damaged(part: &str, what: &str) -> ContainerError {
    ContainerError::damaged(format!("{part} cannot be read, {what}"))
}
