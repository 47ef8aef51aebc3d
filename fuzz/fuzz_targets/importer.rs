//! One importer reads any bytes, as if the user had said that they are its export. `THROUGHLINE_FUZZ_FORMAT` names it.
#![no_main]

use std::sync::OnceLock;

use libfuzzer_sys::fuzz_target;
use throughline::importers::IMPORTERS;

fn format() -> &'static str {
    static FORMAT: OnceLock<String> = OnceLock::new();
    FORMAT.get_or_init(|| {
        let format = std::env::var("THROUGHLINE_FUZZ_FORMAT").unwrap_or_else(|_| "jira-csv".to_owned());
        assert!(IMPORTERS.iter().any(|importer| importer.id == format), "{format} is no importer");
        format
    })
}

fuzz_target!(|bytes: &[u8]| throughline_fuzz::check_import(bytes, Some(format())));
