//! What must hold for any bytes, shared by the targets. A law that is broken panics, which is what a fuzzer looks for.

use std::sync::OnceLock;

use throughline::importers::{ImportError, ImportJob, ImportSettings, Imported};
use throughline::model::{Calendar, Dataset, decode_dataset, encode_dataset, merge_layers};
use xxhash_rust::xxh3::xxh3_64;

/// Small enough to cut every token somewhere.
const SMALL_CHUNK: usize = 7;
/// Bytes before the payload of a sealed record: magic and version, length, checksum.
const SEAL_BYTES: usize = 24;

/// Imports a file in chunks of this many bytes; without a format it is left to detection.
pub fn import(bytes: &[u8], format: Option<&str>, chunk: usize) -> Result<Imported, ImportError> {
    let settings = ImportSettings { format: format.map(str::to_owned), ..ImportSettings::new(Calendar::default()) };
    let mut job = ImportJob::new("fuzz", settings);
    for part in bytes.chunks(chunk.max(1)) {
        job.push(part)?;
    }
    job.finish()
}

/// Every row is accounted for, the size of the chunks changes nothing, and what is stored is what is read again.
pub fn check_import(bytes: &[u8], format: Option<&str>) {
    let whole = import(bytes, format, bytes.len());
    let parts = import(bytes, format, SMALL_CHUNK);
    match (whole, parts) {
        (Ok(whole), Ok(parts)) => {
            let report = &whole.report;
            let accounted = report.kept + report.repeated + report.refused.len() as u64;
            assert_eq!(report.rows_read, accounted, "rows are lost");
            assert_eq!(*report, parts.report, "chunks change the report");
            assert_eq!(whole.dataset.uneven_column(), None);
            let stored = encode_dataset(&whole.dataset);
            assert!(stored == encode_dataset(&parts.dataset), "chunks change the dataset");
            check_stored(&whole.dataset, &stored);
        }
        (Err(whole), Err(parts)) => {
            assert_eq!(whole, parts, "chunks change the refusal");
            assert!(whole.to_string().len() > 30, "\"{whole}\" says too little");
        }
        (Ok(_), Err(error)) => panic!("refused in chunks only: {error}"),
        (Err(error), Ok(_)) => panic!("read in chunks only: {error}"),
    }
}

/// Reading back gives the same, and merging a file with itself changes nothing.
fn check_stored(dataset: &Dataset, stored: &[u8]) {
    let again = decode_dataset(stored).expect("our own bytes");
    assert!(encode_dataset(&again) == stored, "stored and read again, it is not the same");
    let once = encode_dataset(&merge_layers(&[dataset]).0);
    assert!(encode_dataset(&merge_layers(&[dataset, dataset]).0) == once, "importing twice changes the dataset");
}

/// A dataset with items, history and sprints.
pub fn real_snapshot() -> &'static [u8] {
    static SNAPSHOT: OnceLock<Vec<u8>> = OnceLock::new();
    SNAPSHOT.get_or_init(|| {
        let export = include_bytes!("../../tests/exports/jira-json/search-with-changelog/input.json");
        encode_dataset(&import(export, None, export.len()).expect("a fixture").dataset)
    })
}

/// A sealed record whose payload was changed: the first byte chooses between a payload of the fuzzer's own and one of ours
/// with changes, each three bytes: where, and what is there instead.
pub fn changed_record(record: &[u8], input: &[u8]) -> Vec<u8> {
    let Some((&choice, rest)) = input.split_first() else { return record.to_vec() };
    let mut changed = if choice % 4 == 0 { [&record[..SEAL_BYTES], rest].concat() } else { record.to_vec() };
    if choice % 4 != 0 {
        for change in rest.chunks_exact(3) {
            let length = changed.len() - SEAL_BYTES;
            let place = usize::from(u16::from_le_bytes([change[0], change[1]])) % length.max(1);
            if let Some(byte) = changed.get_mut(SEAL_BYTES + place) {
                *byte = change[2];
            }
        }
        if choice % 4 == 3 {
            let kept = changed.len() - (changed.len() - SEAL_BYTES) * usize::from(choice) / 256;
            changed.truncate(kept);
        }
    }
    let payload = &changed[SEAL_BYTES..];
    let (length, checksum) = ((payload.len() as u64).to_le_bytes(), xxh3_64(payload).to_le_bytes());
    changed[8..16].copy_from_slice(&length);
    changed[16..24].copy_from_slice(&checksum);
    changed
}
