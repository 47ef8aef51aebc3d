//! Every export of `tests/exports` is recognised by its own importer, and no other is nearly as sure.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};

use throughline::importers::{FileHead, IMPORTERS};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn no_two_importers_are_sure_of_one_file() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports");
    let mut looked_at = 0;
    for path in files(&root) {
        // Files in other encodings are decoded before detection, which is not the matter here.
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        let text = text.trim_start_matches('\u{feff}');
        let owner = path.strip_prefix(&root).expect("inside").components().next().expect("a folder");
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let head = FileHead { name: &name, text, complete: true };
        let mut takers: Vec<(u8, &str)> =
            IMPORTERS.iter().map(|importer| ((importer.detect)(&head).score, importer.id)).collect();
        takers.sort_unstable();
        let [.., (second, rival), (best, winner)] = takers[..] else { panic!("two importers") };
        assert_eq!(winner, owner.as_os_str().to_string_lossy(), "{}", path.display());
        assert!(second < 50 || second + 10 <= best, "{}: {rival} is nearly as sure ({second})", path.display());
        looked_at += 1;
    }
    assert!(looked_at > 20, "the exports are missing");
}

#[test]
fn the_importers_are_listed_by_id_and_named_once() {
    let ids: Vec<&str> = IMPORTERS.iter().map(|importer| importer.id).collect();
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(ids, sorted);
}
