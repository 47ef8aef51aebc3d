//! Any bytes go to detection and to the importer that it chooses.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| throughline_fuzz::check_import(bytes, None));
