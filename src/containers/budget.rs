//! How much a container may become, counted while it is unpacked: what its own list says is not believed.

use std::io::Read;

use super::ContainerError;

/// Bytes unpacked between two looks at the limits.
const STEP: usize = 64 << 10;
/// Below this, a file may be as repetitive as it likes.
const RATIO_COUNTS_FROM: u64 = 10 << 20;

/// What is refused as too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the container itself.
    pub packed_bytes: u64,
    /// Bytes of everything in it, unpacked.
    pub unpacked_bytes: u64,
    /// Files in it, those of containers inside included.
    pub entries: usize,
    /// Times that a file of more than 10 MiB may be larger unpacked than packed. Text of trackers packs 5 to 50 times.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { packed_bytes: 1 << 30, unpacked_bytes: 1 << 30, entries: 10_000, ratio: 200 }
    }
}

impl Limits {
    /// Refuses a container that is too large to be read at all; to be asked before its bytes are in memory.
    pub fn admit(self, packed_bytes: u64) -> Result<(), ContainerError> {
        if packed_bytes <= self.packed_bytes {
            return Ok(());
        }
        Err(ContainerError::too_large(format!(
            "it is {} large, the limit is {}",
            size(packed_bytes),
            size(self.packed_bytes)
        )))
    }
}

/// The running count of one container and all in it.
pub(super) struct Budget<'a> {
    limits: Limits,
    unpacked: u64,
    entries: usize,
    told: &'a mut dyn FnMut(u64),
}

/// Why a stream ended early.
pub(super) enum Stop {
    /// The packed bytes make no sense.
    Damaged(String),
    /// It is too much.
    Refused(ContainerError),
}

impl<'a> Budget<'a> {
    pub(super) fn new(limits: Limits, told: &'a mut dyn FnMut(u64)) -> Self {
        Self { limits, unpacked: 0, entries: 0, told }
    }

    /// Counts files in an archive.
    pub(super) fn count_entries(&mut self, more: usize) -> Result<(), ContainerError> {
        self.entries = self.entries.saturating_add(more);
        if self.entries <= self.limits.entries {
            return Ok(());
        }
        let (found, limit) = (self.entries, self.limits.entries);
        Err(ContainerError::too_large(format!("it holds {found} files, the limit is {limit}")))
    }

    /// Counts bytes that came out of something.
    pub(super) fn count_bytes(&mut self, more: u64) -> Result<(), ContainerError> {
        self.unpacked = self.unpacked.saturating_add(more);
        (self.told)(self.unpacked);
        if self.unpacked <= self.limits.unpacked_bytes {
            return Ok(());
        }
        let limit = size(self.limits.unpacked_bytes);
        Err(ContainerError::too_large(format!("its content is larger than the limit of {limit}")))
    }

    /// Reads all that comes out of `packed` bytes.
    pub(super) fn read(&mut self, name: &str, packed: u64, mut stream: impl Read) -> Result<Vec<u8>, Stop> {
        let mut bytes = Vec::new();
        let mut step = vec![0; STEP];
        loop {
            let read = stream.read(&mut step).map_err(|error| Stop::Damaged(error.to_string()))?;
            let Some(more) = step.get(..read).filter(|more| !more.is_empty()) else { return Ok(bytes) };
            bytes.extend_from_slice(more);
            self.count_bytes(read as u64).map_err(Stop::Refused)?;
            let unpacked = bytes.len() as u64;
            if unpacked > RATIO_COUNTS_FROM && unpacked / packed.max(1) > self.limits.ratio {
                return Err(Stop::Refused(ContainerError::too_large(format!(
                    "\"{name}\" has {} and becomes more than {} times as much, as files made to fill the memory do",
                    size(packed),
                    self.limits.ratio
                ))));
            }
        }
    }
}

/// A number of bytes for people.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_024 => format!("{bytes} bytes"),
        1_024..1_048_576 => format!("{} KiB", bytes >> 10),
        1_048_576..1_073_741_824 => format!("{} MiB", bytes >> 20),
        _ => format!("{:.1} GiB", bytes as f64 / (1_u64 << 30) as f64),
    }
}
