//! Any bytes are taken apart as an archive, a gzip file or a workbook, within their limits.
#![no_main]

use libfuzzer_sys::fuzz_target;
use throughline::containers::{Limits, Unpacked, kind_of, unpack};

const LIMITS: Limits = Limits { packed_bytes: 1 << 20, unpacked_bytes: 16 << 20, entries: 1000, ratio: 200 };

fuzz_target!(|bytes: &[u8]| {
    match unpack("fuzz", bytes, LIMITS, &mut |_| {}) {
        Ok(Unpacked { parts, left_out }) => {
            let unpacked: usize = parts.iter().map(|part| part.bytes.len()).sum();
            // A sheet is written as CSV: cells may be shared texts, which repeat.
            assert!(unpacked as u64 <= 2 * LIMITS.unpacked_bytes, "{unpacked} bytes came out");
            assert!(parts.iter().all(|part| kind_of(&part.bytes).is_none()), "a part is still packed");
            assert!(left_out.iter().all(|left| !left.why.is_empty()), "left out without a reason");
        }
        Err(error) => assert!(error.to_string().len() > 30, "\"{error}\" says too little"),
    }
});
