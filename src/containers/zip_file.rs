//! The list of a ZIP archive and the bytes of its entries.
//! Source: PKWARE APPNOTE.TXT 6.3.10, sections 4.3 (structure), 4.4 (fields), 4.5.3 (ZIP64).

use flate2::Crc;
use flate2::read::DeflateDecoder;

use super::ContainerError;
use super::budget::{Budget, Stop};

const END: &[u8] = b"PK\x05\x06";
const END_LENGTH: usize = 22;
const END_ZIP64_PLACE: &[u8] = b"PK\x06\x07";
const END_ZIP64_PLACE_LENGTH: usize = 20;
const END_ZIP64: &[u8] = b"PK\x06\x06";
const LISTED: &[u8] = b"PK\x01\x02";
const LISTED_LENGTH: u64 = 46;
const LOCAL: &[u8] = b"PK\x03\x04";
const LOCAL_LENGTH: u64 = 30;
/// The longest comment that may follow the end record.
const LONGEST_COMMENT: usize = 0xFFFF;
/// Stands where the true number is in the ZIP64 field.
const IN_ZIP64: u64 = 0xFFFF_FFFF;
const ENCRYPTED: u64 = 1;

/// A file in an archive, as the archive lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Path with `/`, without drive, root or dots: for people and for comparing.
    pub(super) name: String,
    flags: u64,
    method: u64,
    crc: u32,
    packed: u64,
    header_at: u64,
}

/// An archive with its list of entries; folders are not listed.
pub(super) struct Directory<'a> {
    bytes: &'a [u8],
    /// In the archive's own order.
    pub(super) entries: Vec<Entry>,
}

/// Why an entry has no bytes for us.
#[derive(Debug)]
pub(super) enum EntryError {
    /// This one cannot be read; why, in words that follow its name.
    Unreadable(String),
    /// The whole container is refused.
    Refused(ContainerError),
}

/// Where the list lies.
struct End {
    entries: u64,
    list_at: u64,
    /// Bytes before the archive proper (a self-extracting archive has a program there).
    before: u64,
}

impl<'a> Directory<'a> {
    /// Reads the list; no entry is unpacked.
    pub(super) fn read(bytes: &'a [u8], budget: &mut Budget<'_>) -> Result<Self, ContainerError> {
        let missing = || ContainerError::damaged("the list of its content is missing, as when a download was cut off");
        let end = find_end(bytes).ok_or_else(missing)?;
        budget.count_entries(usize::try_from(end.entries).unwrap_or(usize::MAX))?;
        let mut entries = Vec::new();
        let mut at = end.list_at.saturating_add(end.before);
        for _ in 0..end.entries {
            let (entry, length) = read_listed(bytes, at, end.before).ok_or_else(|| {
                ContainerError::damaged(format!("the list of its content breaks off after {} entries", entries.len()))
            })?;
            entries.push(entry);
            at = at.saturating_add(length);
        }
        refuse_overlaps(&entries)?;
        entries.retain(|entry| !entry.name.ends_with('/'));
        Ok(Self { bytes, entries })
    }

    /// The entry of this path, whatever its case: some writers of workbooks use another than Excel.
    pub(super) fn find(&self, path: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(path))
    }

    /// The bytes of an entry.
    pub(super) fn unpack(&self, entry: &Entry, budget: &mut Budget<'_>) -> Result<Vec<u8>, EntryError> {
        if entry.flags & ENCRYPTED != 0 {
            return Err(unreadable("is protected by a password; unpack it and drop the file inside"));
        }
        let packed = self.packed(entry).ok_or_else(|| unreadable("is damaged: its bytes are not in the archive"))?;
        let read = match entry.method {
            0 => budget.read(&entry.name, entry.packed, packed),
            8 => budget.read(&entry.name, entry.packed, DeflateDecoder::new(packed)),
            other => {
                let why = format!("is packed with {}; unpack it and drop the file inside", method_name(other));
                return Err(EntryError::Unreadable(why));
            }
        };
        let bytes = read.map_err(|stop| match stop {
            Stop::Damaged(what) => EntryError::Unreadable(format!("is damaged: {what}")),
            Stop::Refused(error) => EntryError::Refused(error),
        })?;
        let mut crc = Crc::new();
        crc.update(&bytes);
        if crc.sum() == entry.crc { Ok(bytes) } else { Err(unreadable("is damaged: its checksum does not fit")) }
    }

    fn packed(&self, entry: &Entry) -> Option<&'a [u8]> {
        let local = self.bytes.get(usize::try_from(entry.header_at).ok()?..)?;
        if !local.starts_with(LOCAL) {
            return None;
        }
        let skipped = LOCAL_LENGTH + number(local, 26, 2)? + number(local, 28, 2)?;
        local.get(usize::try_from(skipped).ok()?..)?.get(..usize::try_from(entry.packed).ok()?)
    }
}

fn unreadable(why: &str) -> EntryError {
    EntryError::Unreadable(why.to_owned())
}

fn method_name(method: u64) -> String {
    let known = match method {
        9 => "Deflate64",
        12 => "bzip2",
        14 => "LZMA",
        93 => "Zstandard",
        95 => "XZ",
        _ => return format!("method {method}, which is not known here"),
    };
    format!("{known}, which is not read here")
}

/// A little-endian number.
fn number(bytes: &[u8], at: usize, length: usize) -> Option<u64> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

/// Looks for the end record from the back: a comment may follow it, and its own length must fit.
fn find_end(bytes: &[u8]) -> Option<End> {
    let last = bytes.len().checked_sub(END_LENGTH)?;
    let first = last.saturating_sub(LONGEST_COMMENT);
    let at = (first..=last).rev().find(|at| {
        let comment = number(bytes, at + 20, 2);
        bytes.get(*at..).is_some_and(|rest| rest.starts_with(END))
            && comment.is_some_and(|comment| at + END_LENGTH + comment as usize <= bytes.len())
    })?;
    let (mut entries, mut length, mut list_at) =
        (number(bytes, at + 10, 2)?, number(bytes, at + 12, 4)?, number(bytes, at + 16, 4)?);
    let mut record_at = at as u64;
    if entries == 0xFFFF || length == IN_ZIP64 || list_at == IN_ZIP64 {
        let place = at.checked_sub(END_ZIP64_PLACE_LENGTH).and_then(|place| bytes.get(place..));
        if let Some(place) = place.filter(|place| place.starts_with(END_ZIP64_PLACE)) {
            let end_at = number(place, 8, 8)?;
            let end = bytes.get(usize::try_from(end_at).ok()?..).filter(|end| end.starts_with(END_ZIP64))?;
            (entries, length, list_at) = (number(end, 32, 8)?, number(end, 40, 8)?, number(end, 48, 8)?);
            record_at = end_at;
        }
    }
    let before = record_at.checked_sub(length)?.checked_sub(list_at)?;
    Some(End { entries, list_at, before })
}

/// An entry of the list, and how many bytes it takes there.
fn read_listed(bytes: &[u8], at: u64, before: u64) -> Option<(Entry, u64)> {
    let listed = bytes.get(usize::try_from(at).ok()?..).filter(|listed| listed.starts_with(LISTED))?;
    let [name, extra, comment] = [number(listed, 28, 2)?, number(listed, 30, 2)?, number(listed, 32, 2)?];
    let name_end = (LISTED_LENGTH + name) as usize;
    let raw_name = listed.get(LISTED_LENGTH as usize..name_end)?;
    let extra_field = listed.get(name_end..name_end + extra as usize)?;
    // In this order the numbers that do not fit stand in the ZIP64 field.
    let [mut unpacked, mut packed, mut header_at] =
        [number(listed, 24, 4)?, number(listed, 20, 4)?, number(listed, 42, 4)?];
    let mut wide = zip64_numbers(extra_field);
    for field in [&mut unpacked, &mut packed, &mut header_at] {
        if *field == IN_ZIP64 {
            *field = wide.next()?;
        }
    }
    let entry = Entry {
        name: shown_name(&String::from_utf8_lossy(raw_name)),
        flags: number(listed, 8, 2)?,
        method: number(listed, 10, 2)?,
        crc: number(listed, 16, 4)? as u32,
        packed,
        header_at: header_at.checked_add(before)?,
    };
    Some((entry, LISTED_LENGTH + name + extra + comment))
}

/// The numbers of the ZIP64 extra field.
fn zip64_numbers(mut extra: &[u8]) -> impl Iterator<Item = u64> {
    let mut field: &[u8] = &[];
    while let (Some(id), Some(length)) = (number(extra, 0, 2), number(extra, 2, 2)) {
        let Some((content, rest)) = extra.get(4..).and_then(|rest| rest.split_at_checked(length as usize)) else {
            break;
        };
        if id == 1 {
            field = content;
        }
        extra = rest;
    }
    field.chunks_exact(8).filter_map(|eight| number(eight, 0, 8))
}

/// A path for people: no drive, no root, no dots, no control characters. A folder keeps its closing slash.
fn shown_name(raw: &str) -> String {
    let path = raw.replace('\\', "/");
    let is_folder = path.ends_with('/');
    let steps: Vec<String> = path
        .split('/')
        .filter(|step| !step.is_empty() && *step != "." && *step != ".." && !step.ends_with(':'))
        .map(|step| step.chars().filter(|character| !character.is_control()).collect())
        .collect();
    match (steps.join("/"), is_folder) {
        (path, true) => path + "/",
        (path, false) if path.is_empty() => "unnamed".to_owned(),
        (path, false) => path,
    }
}

/// Entries that share bytes make a small archive huge; no ordinary writer makes them.
fn refuse_overlaps(entries: &[Entry]) -> Result<(), ContainerError> {
    let mut places: Vec<(u64, u64, &str)> = entries
        .iter()
        .map(|entry| {
            (entry.header_at, entry.header_at.saturating_add(LOCAL_LENGTH + entry.packed), entry.name.as_str())
        })
        .collect();
    places.sort_unstable();
    let shared = places.windows(2).find(|pair| pair[0].1 > pair[1].0);
    shared.map_or(Ok(()), |pair| {
        let (one, other) = (pair[0].2, pair[1].2);
        Err(ContainerError::damaged(format!("\"{one}\" and \"{other}\" lie over one another in the archive")))
    })
}
