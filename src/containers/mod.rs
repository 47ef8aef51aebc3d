//! Files that hold files: a ZIP archive, a gzip file or an Excel workbook becomes parts, each to be imported as if it had
//! been dropped by itself.
//!
//! Nothing is lost silently: every entry of a container is a part or is left out with its reason (folders and empty sheets
//! hold nothing and need no mention). Nothing is believed: sizes are counted while they come, and what is too much is
//! refused in words. Bytes in, bytes out: nothing is ever written anywhere.

mod budget;
mod entries;
mod error;
mod gzip;
mod xlsx;
mod zip_file;
mod zip_writer;

use serde::{Deserialize, Serialize};

use budget::Budget;
pub use budget::Limits;
pub use error::ContainerError;
pub use zip_writer::pack_zip;

/// How deep containers are opened: an archive, and the containers in it (Notion packs archives into an archive).
const DEEPEST: usize = 1;

/// What the first bytes of a container tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContainerKind {
    /// A ZIP archive; an Excel workbook is one, its content decides.
    Zip,
    /// One compressed file.
    Gzip,
}

/// A file out of a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Where it lay: `export.zip/board.csv`, `book.xlsx/Sheet1.csv`. For people, never a path to write to.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Something in a container that is no part, or not all of a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeftOut {
    /// Where it lies, as in [`Part::name`].
    pub name: String,
    /// Why, in words that follow the name.
    pub why: String,
}

/// The content of a container: at least one part.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unpacked {
    /// The files in it, in its own order.
    pub parts: Vec<Part>,
    /// What is not among the parts.
    pub left_out: Vec<LeftOut>,
}

impl Unpacked {
    fn leave_out(&mut self, name: String, why: impl Into<String>) {
        self.left_out.push(LeftOut { name, why: why.into() });
    }
}

/// The kind of container that begins with these bytes (four are enough); `None` when it is none.
pub fn kind_of(head: &[u8]) -> Option<ContainerKind> {
    match head {
        // The second is an empty archive, the third one that was meant for several disks.
        [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] | [b'P', b'K', 7, 8, ..] => Some(ContainerKind::Zip),
        [0x1F, 0x8B, ..] => Some(ContainerKind::Gzip),
        _ => None,
    }
}

/// Takes a container apart. `told` hears the bytes unpacked so far, again and again while it works.
pub fn unpack(name: &str, bytes: &[u8], limits: Limits, told: &mut dyn FnMut(u64)) -> Result<Unpacked, ContainerError> {
    limits.admit(bytes.len() as u64)?;
    let mut out = Unpacked::default();
    open(name, bytes, 0, &mut Budget::new(limits, told), &mut out)?;
    if out.parts.is_empty() {
        return Err(ContainerError::nothing_inside(&out.left_out));
    }
    Ok(out)
}

/// Opens a container that lies `depth` containers deep.
fn open(
    name: &str,
    bytes: &[u8],
    depth: usize,
    budget: &mut Budget<'_>,
    out: &mut Unpacked,
) -> Result<(), ContainerError> {
    match kind_of(bytes) {
        Some(ContainerKind::Gzip) => {
            let part = gzip::unpack(name, bytes, budget)?;
            add(part, depth, budget, out)
        }
        Some(ContainerKind::Zip) => {
            let directory = zip_file::Directory::read(bytes, budget)?;
            if xlsx::is_workbook(&directory) {
                return xlsx::unpack(name, &directory, budget, out);
            }
            entries::refuse_other_documents(&directory)?;
            for entry in entries::wanted(name, &directory, out) {
                match directory.unpack(entry, budget) {
                    Ok(bytes) => add(Part { name: format!("{name}/{}", entry.name), bytes }, depth, budget, out)?,
                    Err(zip_file::EntryError::Unreadable(why)) => out.leave_out(format!("{name}/{}", entry.name), why),
                    Err(zip_file::EntryError::Refused(error)) => return Err(error),
                }
            }
            Ok(())
        }
        None => Err(ContainerError::NotAContainer),
    }
}

/// Adds a file, or what is in it when it is a container itself.
fn add(part: Part, depth: usize, budget: &mut Budget<'_>, out: &mut Unpacked) -> Result<(), ContainerError> {
    if kind_of(&part.bytes).is_none() {
        out.parts.push(part);
        return Ok(());
    }
    if depth >= DEEPEST {
        out.leave_out(part.name, "lies in a container in a container; unpack it first");
        return Ok(());
    }
    match open(&part.name, &part.bytes, depth + 1, budget, out) {
        Err(error @ ContainerError::TooLarge { .. }) => Err(error),
        Err(error) => {
            out.leave_out(part.name, error.to_string());
            Ok(())
        }
        Ok(()) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
