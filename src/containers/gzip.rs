//! One file, compressed (RFC 1952); several members in a row are one content, as `cat a.gz b.gz` makes them.

use flate2::read::MultiGzDecoder;

use super::budget::{Budget, Stop};
use super::{ContainerError, Part};

/// Where a tar archive says that it is one.
const TAR_MARK: (usize, &[u8]) = (257, b"ustar");

/// The file in a gzip file.
pub(super) fn unpack(name: &str, bytes: &[u8], budget: &mut Budget<'_>) -> Result<Part, ContainerError> {
    budget.count_entries(1)?;
    let stream = MultiGzDecoder::new(bytes);
    let inner = inner_name(name, stream.header().and_then(flate2::GzHeader::filename));
    let unpacked = budget.read(name, bytes.len() as u64, stream).map_err(|stop| match stop {
        Stop::Damaged(what) => ContainerError::damaged(what),
        Stop::Refused(error) => error,
    })?;
    let (at, mark) = TAR_MARK;
    if unpacked.get(at..).is_some_and(|rest| rest.starts_with(mark)) {
        return Err(ContainerError::wrong_kind("a tar archive", "Unpack it and drop the files inside"));
    }
    Ok(Part { name: format!("{name}/{inner}"), bytes: unpacked })
}

/// The name the packer noted, or the container's without its ending.
fn inner_name(name: &str, noted: Option<&[u8]>) -> String {
    let noted = noted.and_then(|noted| std::str::from_utf8(noted).ok());
    let noted = noted.and_then(|noted| noted.rsplit(['/', '\\']).next()).filter(|noted| !noted.trim().is_empty());
    let last = name.rsplit('/').next().unwrap_or(name);
    let own =
        last.rsplit_once('.').filter(|(_, ending)| ending.eq_ignore_ascii_case("gz")).map_or(last, |(stem, _)| stem);
    noted.unwrap_or(own).to_owned()
}
