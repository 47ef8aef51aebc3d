//! A stored dataset whose checksum is right and whose content is not: it is refused, or it is whole and stays the same.
#![no_main]

use libfuzzer_sys::fuzz_target;
use throughline::model::{decode_dataset, encode_dataset, merge_layers};
use throughline_fuzz::{changed_record, real_snapshot};

fuzz_target!(|input: &[u8]| {
    let Ok(dataset) = decode_dataset(&changed_record(real_snapshot(), input)) else { return };
    assert_eq!(dataset.uneven_column(), None);
    let stored = encode_dataset(&dataset);
    let again = decode_dataset(&stored).expect("our own bytes");
    assert!(encode_dataset(&again) == stored, "stored and read again, it is not the same");
    merge_layers(&[&dataset, &dataset]);
});
