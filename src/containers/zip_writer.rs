//! Files as one ZIP archive. The same files and moment give the same bytes.
//!
//! Ours, because the `zip` crate draws getrandom, which does not build for the browser; what is needed of the format is one page:
//! PKWARE's APPNOTE 6.3, sections 4.3.7 (local header), 4.3.12 (central directory) and 4.3.16 (its end). No ZIP64: what a page
//! can hold in memory is smaller.

use std::io::Write as _;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};

use crate::model::date_of_day;

const LOCAL: u32 = 0x0403_4b50;
const CENTRAL: u32 = 0x0201_4b50;
const END: u32 = 0x0605_4b50;
/// Deflate asks for a reader of version 2.0.
const VERSION: u16 = 20;
/// Names are UTF-8.
const UTF_8: u16 = 1 << 11;
const STORED: u16 = 0;
const DEFLATED: u16 = 8;

/// Packs files by path. `at` is their moment, UTC milliseconds: servers tell old files from new ones by it. `None` when they are
/// too many or too large for the format.
pub fn pack_zip(files: &[(&str, &[u8])], at: i64) -> Option<Vec<u8>> {
    let (time, date) = dos_time(at);
    let mut archive = Vec::new();
    let mut directory = Vec::new();
    for (path, bytes) in files {
        let packed = deflated(bytes);
        let (method, content) = if packed.len() < bytes.len() { (DEFLATED, &packed[..]) } else { (STORED, *bytes) };
        let mut crc = Crc::new();
        crc.update(bytes);
        let mut header = Vec::new();
        for half in [VERSION, UTF_8, method, time, date] {
            header.extend_from_slice(&half.to_le_bytes());
        }
        for whole in [crc.sum(), u32::try_from(content.len()).ok()?, u32::try_from(bytes.len()).ok()?] {
            header.extend_from_slice(&whole.to_le_bytes());
        }
        header.extend_from_slice(&u16::try_from(path.len()).ok()?.to_le_bytes());
        // No extra field.
        header.extend_from_slice(&0_u16.to_le_bytes());
        let offset = u32::try_from(archive.len()).ok()?;
        archive.extend_from_slice(&LOCAL.to_le_bytes());
        archive.extend_from_slice(&header);
        archive.extend_from_slice(path.as_bytes());
        archive.extend_from_slice(content);

        directory.extend_from_slice(&CENTRAL.to_le_bytes());
        directory.extend_from_slice(&VERSION.to_le_bytes());
        directory.extend_from_slice(&header);
        // No comment, first disk, no attributes.
        directory.extend_from_slice(&[0; 10]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(path.as_bytes());
    }
    let count = u16::try_from(files.len()).ok()?;
    let (length, offset) = (u32::try_from(directory.len()).ok()?, u32::try_from(archive.len()).ok()?);
    archive.extend_from_slice(&directory);
    archive.extend_from_slice(&END.to_le_bytes());
    archive.extend_from_slice(&[0; 4]);
    archive.extend_from_slice(&count.to_le_bytes());
    archive.extend_from_slice(&count.to_le_bytes());
    archive.extend_from_slice(&length.to_le_bytes());
    archive.extend_from_slice(&offset.to_le_bytes());
    archive.extend_from_slice(&0_u16.to_le_bytes());
    Some(archive)
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    // Writing to memory cannot fail.
    let _written = encoder.write_all(bytes);
    encoder.finish().unwrap_or_default()
}

/// Time and date as DOS had them, in steps of two seconds; the format begins in 1980 and ends in 2107.
fn dos_time(at: i64) -> (u16, u16) {
    const DAY: i64 = 86_400_000;
    let (year, month, day) = date_of_day(at.div_euclid(DAY));
    let second = at.rem_euclid(DAY) / 1000;
    let (hour, minute) = (second / 3600, second / 60 % 60);
    let year = (year - 1980).clamp(0, 127);
    let time = hour << 11 | minute << 5 | (second % 60 / 2);
    let date = year << 9 | month << 5 | day;
    (time as u16, date as u16)
}
