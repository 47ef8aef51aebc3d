//! `files.json`: every file of the app with its digest, for whoever copies the app (publishing) or keeps it (the service worker).

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;
use sha2::{Digest as _, Sha256};
use std::{fmt::Write as _, fs, path::Path};

const LIST: &str = "files.json";

/// What the app opens and works without: pages and settings for hosts, the worker itself, the check of a host, and what is there to
/// be read only.
/// Whatever else lands in `dist/` is kept for offline use, also a program that is loaded on demand.
const NOT_NEEDED_OFFLINE: &[&str] =
    &["404.html", "_headers", "sw.js", "sw-kill.js", "third-party-licences.txt", "check.html", "check.js"];

/// One file of the app.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct AppFile {
    /// Below `dist/`, with `/`.
    pub(super) path: String,
    pub(super) bytes: u64,
    /// In hexadecimal.
    pub(super) sha256: String,
    /// True when the app needs it to work without a network.
    pub(super) shell: bool,
}

/// The files of `dist/`, by path, without the list itself and without what belongs to the site's owner: its settings and data.
pub(super) fn of(dist: &Path) -> Result<Vec<AppFile>> {
    let mut files = Vec::new();
    collect(dist, dist, &mut files)?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Writes the list; the last step, since it tells of all others.
pub(super) fn write(dist: &Path, version: &str, build: &str) -> Result<()> {
    let files = of(dist)?;
    ensure!(files.iter().any(|file| file.path == "index.html" && file.shell), "dist/ holds no index.html");
    let list = serde_json::json!({ "schema": 1, "version": version, "build": build, "files": files });
    let path = dist.join(LIST);
    fs::write(&path, serde_json::to_vec_pretty(&list)?).with_context(|| format!("cannot write {}", path.display()))
}

/// Names a build by its content: the same files give the same name on every machine.
pub(super) fn build_of(files: &[AppFile]) -> String {
    let mut hasher = Sha256::new();
    for AppFile { path, sha256, .. } in files.iter().filter(|file| file.shell) {
        hasher.update(format!("{sha256} {path}\n"));
    }
    let mut name = hexadecimal(&hasher.finalize());
    name.truncate(16);
    name
}

fn is_of_the_site(path: &str) -> bool {
    path == LIST || path == "app.config.json" || path.starts_with("data/")
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<AppFile>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, files)?;
            continue;
        }
        let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        if is_of_the_site(&name) {
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let shell = !NOT_NEEDED_OFFLINE.contains(&name.as_str());
        let sha256 = hexadecimal(&Sha256::digest(&bytes));
        files.push(AppFile { path: name, bytes: bytes.len() as u64, sha256, shell });
    }
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder = std::env::temp_dir().join(format!("throughline-files-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("data")).unwrap();
        fs::create_dir_all(folder.join("icons")).unwrap();
        for (file, text) in [
            ("index.html", "abc"),
            ("icons/icon.png", "png"),
            ("new_worker.js", "work()"),
            ("404.html", "page"),
            ("app.config.json", "{}"),
            ("data/workspace.json", "{}"),
        ] {
            fs::write(folder.join(file), text).unwrap();
        }
        folder
    }

    #[test]
    fn the_list_holds_the_app_and_not_the_site() {
        let dist = folder("list");
        write(&dist, "1.2.3", "a-build").unwrap();
        let list: serde_json::Value = serde_json::from_slice(&fs::read(dist.join(LIST)).unwrap()).unwrap();
        let names: Vec<_> =
            list["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
        assert_eq!(names, ["404.html", "icons/icon.png", "index.html", "new_worker.js"]);
        let index = &list["files"][2];
        // The known answer for `abc` of FIPS 180-4.
        assert_eq!(index["sha256"], "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!((&index["bytes"], &index["shell"]), (&serde_json::json!(3), &serde_json::json!(true)));
        assert_eq!(list["files"][0]["shell"], false, "a page for hosts is not kept for offline use");
        assert_eq!((&list["version"], &list["build"]), (&serde_json::json!("1.2.3"), &serde_json::json!("a-build")));
    }

    #[test]
    fn a_build_is_named_by_what_the_app_needs() {
        let dist = folder("build");
        let before = build_of(&of(&dist).unwrap());
        fs::write(dist.join("data/workspace.json"), "{\"newer\":true}").unwrap();
        fs::write(dist.join("404.html"), "another page").unwrap();
        assert_eq!(build_of(&of(&dist).unwrap()), before);
        fs::write(dist.join("new_worker.js"), "work(2)").unwrap();
        assert_ne!(build_of(&of(&dist).unwrap()), before);
    }
}
