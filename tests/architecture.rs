//! The dependency rule of ARCHITECTURE.md, and what every list of kinds promises.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fs;
use std::path::{Path, PathBuf};

/// Room, and the rooms it may use.
const RULE: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("containers", &["model"]),
    ("importers", &["model"]),
    ("metrics", &["model"]),
    ("charts", &["metrics", "model"]),
    ("engine", &["importers", "metrics", "model"]),
    ("sample", &["model"]),
    ("address", &["metrics", "model"]),
    ("embedding", &["address", "metrics", "model"]),
    ("numbers", &[]),
    ("tables", &["charts", "metrics", "model", "numbers"]),
    ("pictures", &["charts", "metrics", "model", "numbers"]),
    (
        "outputs",
        &[
            "address",
            "charts",
            "containers",
            "embedding",
            "engine",
            "importers",
            "messages",
            "metrics",
            "model",
            "numbers",
            "pictures",
            "publish",
            "tables",
        ],
    ),
    ("publish", &["engine", "importers", "metrics", "model"]),
    ("messages", &["containers", "engine", "importers", "metrics", "model"]),
    (
        "web",
        &[
            "address",
            "charts",
            "containers",
            "embedding",
            "engine",
            "importers",
            "messages",
            "metrics",
            "model",
            "numbers",
            "outputs",
            "publish",
            "sample",
        ],
    ),
    (
        "app",
        &[
            "address",
            "charts",
            "embedding",
            "engine",
            "importers",
            "messages",
            "metrics",
            "model",
            "numbers",
            "outputs",
            "publish",
            "tables",
            "web",
        ],
    ),
];

/// Crates only the edge may name; the pure core builds without them.
const EDGE_CRATES: &[&str] =
    &["leptos", "web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo", "indexed_db_futures"];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The room a file belongs to: its folder or file name directly below `src`.
fn room_of(file: &Path) -> String {
    let inside = file.strip_prefix(source()).unwrap();
    inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Code lines: comments may name what they like.
fn code_lines(file: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(file).unwrap();
    text.lines()
        .enumerate()
        .map(|(number, line)| (number + 1, line.split("//").next().unwrap_or("").to_owned()))
        .collect()
}

#[test]
fn rooms_use_only_the_rooms_below_them() {
    let mut broken = Vec::new();
    for file in rust_files(&source()) {
        let room = room_of(&file);
        let Some((_, allowed)) = RULE.iter().find(|(name, _)| *name == room) else {
            assert!(["lib", "bin"].contains(&room.as_str()), "src/{room} is in no line of the rule: add it");
            continue;
        };
        for (number, line) in code_lines(&file) {
            for (other, _) in RULE.iter().filter(|(other, _)| *other != room && !allowed.contains(other)) {
                let names = |path: &str| {
                    line.match_indices(path).any(|(at, _)| {
                        !line[at + path.len()..].starts_with(|next: char| next.is_alphanumeric() || next == '_')
                    })
                };
                if names(&format!("crate::{other}")) {
                    broken.push(format!("{}:{number} must not use crate::{other}", file.display()));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_pure_core_names_no_browser() {
    let mut broken = Vec::new();
    for file in rust_files(&source()) {
        if ["web", "app", "bin"].contains(&room_of(&file).as_str()) {
            continue;
        }
        for (number, line) in code_lines(&file) {
            for name in EDGE_CRATES.iter().filter(|name| line.contains(&format!("{name}::"))) {
                broken.push(format!("{}:{number} names {name}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn text_of_users_never_becomes_markup_or_code() {
    let forbidden = [
        "inner_html",
        "set_inner_html",
        "insert_adjacent_html",
        "document.write",
        "js_sys::eval",
        "JsFunction",
        "RawString",
    ];
    let mut broken = Vec::new();
    for file in rust_files(&source()) {
        for (number, line) in code_lines(&file) {
            for word in forbidden.iter().filter(|word| line.contains(**word)) {
                broken.push(format!("{}:{number} uses {word}", file.display()));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn every_folder_is_a_kind_with_its_list_in_mod_rs() {
    for file in rust_files(&source()) {
        let folder = file.parent().unwrap();
        if folder != source() && folder.file_name().unwrap() != "bin" {
            let has_list = folder.join("mod.rs").is_file() || folder.join("main.rs").is_file();
            assert!(has_list, "{} has no mod.rs", folder.display());
        }
        for name in ["utils.rs", "helpers.rs", "misc.rs", "common.rs"] {
            assert_ne!(file.file_name().unwrap(), name, "{}: name the thing", file.display());
        }
    }
}
