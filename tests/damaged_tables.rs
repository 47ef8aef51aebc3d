//! Every exported table, damaged in many places: it is read or refused, each row is accounted for, and nothing stops the program.
#![allow(clippy::expect_used, reason = "a test may stop at the first surprise")]

use std::path::Path;

use proptest::prelude::*;
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::model::Calendar;

/// The tables among our exports: name and bytes.
fn tables() -> Vec<(String, Vec<u8>)> {
    let folders = |folder: &Path| -> Vec<std::path::PathBuf> {
        let mut paths: Vec<_> =
            std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()).collect();
        paths.sort();
        paths
    };
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports");
    let files = folders(&root).into_iter().flat_map(|importer| folders(&importer)).flat_map(|case| folders(&case));
    files
        .filter(|file| file.extension().is_some_and(|ending| ending == "csv" || ending == "tsv"))
        .map(|file| {
            let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            (name, std::fs::read(&file).expect("readable"))
        })
        .collect()
}

fn read(name: &str, bytes: &[u8], chunk: usize) -> Option<Imported> {
    let calendar = Calendar::new("Europe/Berlin").expect("a zone");
    let mut job = ImportJob::new(name, ImportSettings::new(calendar));
    for part in bytes.chunks(chunk) {
        job.push(part).ok()?;
    }
    job.finish().ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn damage_is_told_and_bearable(
        damage in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"\",;\t\n\r[]0-/:#\xE9\xFF ".to_vec())), 1..12),
        cut in any::<prop::sample::Index>(),
        is_cut: bool,
    ) {
        for (name, mut bytes) in tables() {
            for (place, byte) in &damage {
                let place = place.index(bytes.len());
                bytes[place] = *byte;
            }
            if is_cut {
                bytes.truncate(cut.index(bytes.len()) + 1);
            }
            let (whole, parts) = (read(&name, &bytes, bytes.len()), read(&name, &bytes, 61));
            prop_assert_eq!(whole.as_ref().map(|read| &read.report), parts.as_ref().map(|read| &read.report));
            if let Some(Imported { dataset, report }) = whole {
                prop_assert_eq!(report.rows_read, report.kept + report.repeated + report.refused.len() as u64);
                prop_assert_eq!(dataset.uneven_column(), None);
            }
        }
    }
}
