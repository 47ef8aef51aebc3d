//! Hostile and odd documents of other projects' test suites: judged as the suite says, alike in any chunks.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::JsonHead;
use super::tests::split;
use crate::importers::ImportError;

fn robust(folder: &str) -> Option<Vec<PathBuf>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/robust");
    if !root.is_dir() {
        eprintln!("skipped: ../shared is absent, so no file of {folder} was tried");
        return None;
    }
    let entries = std::fs::read_dir(root.join(folder)).expect("the suite's folder");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(|path| path.is_file()).collect();
    files.sort();
    Some(files)
}

/// Whether the splitter and `serde_json`, one element at a time, take the file.
fn is_read(bytes: &[u8], arrays: &[&str], chunk: usize) -> bool {
    let read = split(arrays, bytes.chunks(chunk));
    if let Err(error) = &read.end {
        assert!(*error == ImportError::Empty || error.to_string().len() > 60, "{error}");
    }
    read.end.is_ok() && read.elements.iter().all(|(_, bytes, ..)| serde_json::from_slice::<Value>(bytes).is_ok())
}

const ROUTES: [&[&str]; 5] = [&[""], &["*"], &["", "*"], &["no.such.array"], &["[][][]", "*.*"]];

/// The suite's verdict on one document; we also take several, one after another.
const SEVERAL_DOCUMENTS: [&str; 2] = ["n_structure_double_array.json", "n_structure_object_with_trailing_garbage.json"];

#[test]
fn the_json_test_suite_is_judged_as_it_says() {
    let Some(files) = robust("jsontestsuite/test_parsing") else { return };
    let mut wrong = Vec::new();
    for path in &files {
        let bytes = std::fs::read(path).expect("readable");
        let name = path.file_name().expect("a file").to_string_lossy();
        for route in ROUTES {
            for chunk in [1, 7, bytes.len().max(1)] {
                let read = is_read(&bytes, route, chunk);
                let right = match &name[..2] {
                    "y_" => read,
                    "n_" => read == SEVERAL_DOCUMENTS.contains(&&*name),
                    _ => true,
                };
                if !right {
                    wrong.push(format!("{name} by {route:?} in chunks of {chunk}: read = {read}"));
                }
            }
        }
        let _ = JsonHead::of(&String::from_utf8_lossy(&bytes), true);
    }
    assert!(files.len() > 300 && wrong.is_empty(), "{} files\n{}", files.len(), wrong.join("\n"));
    println!("{} files of the JSON test suite judged by {} routes", files.len(), ROUTES.len());
}

#[test]
fn hostile_documents_are_read_or_refused_alike_in_any_chunks() {
    for folder in [
        "hostile-generated/json",
        "nativejson/data/jsonchecker",
        "nativejson/data/roundtrip",
        "jsontestsuite/test_transform",
    ] {
        let Some(files) = robust(folder) else { return };
        let mut read = 0;
        for path in &files {
            let bytes = std::fs::read(path).expect("readable");
            for route in ROUTES {
                let answers = [997, bytes.len().max(1)].map(|chunk| is_read(&bytes, route, chunk));
                assert_eq!(answers[0], answers[1], "{}: chunks decide", path.display());
                read += usize::from(answers[0]);
            }
            let _ = JsonHead::of(&String::from_utf8_lossy(&bytes), true);
        }
        assert!(!files.is_empty(), "nothing in {folder}");
        println!("{folder}: {} files by {} routes, {read} read", files.len(), ROUTES.len());
    }
}
