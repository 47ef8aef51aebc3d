//! What a first visit has to transfer, file by file, and its budget.

use anyhow::{Context as _, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write as _, path::Path};

/// Bytes with gzip until the first chart of what is published can be drawn: about 5 s on a slow mobile line of 1.6 Mbit/s. Its
/// answers come with it; no engine is loaded. The aim is 900,000: views that nobody has opened and the dialogs of the page are in
/// its one program. This number keeps it from growing further unnoticed.
const PUBLISHED_BUDGET: u64 = 945_000;
/// The same for a workspace of one's own, which needs the engine with every metric in it. The aim is the same.
const WORKSPACE_BUDGET: u64 = 1_695_000;

/// Loaded for a workspace, and for questions that the published answers do not hold.
const ENGINE: &[&str] = &["worker_boot.js", "engine_worker.js", "engine_worker_bg.wasm"];

/// Files that nobody waits for before the first chart of a published or stored workspace; whatever else lands in `dist/`
/// counts. The import worker is loaded when a file is about to come, the unpack worker when it is an archive or a workbook, the
/// export worker and `take_along.js` when something is made to take along; the licences are for readers; the service worker is
/// asked for when the page runs, embed.js by pages around it, the check of a site by whoever has published it, the rest by hosts and by systems that install the app.
const LOADED_LATER: &[&str] = &[
    "import_worker.js",
    "import_worker_bg.wasm",
    "unpack_worker.js",
    "unpack_worker_bg.wasm",
    "export_worker.js",
    "export_worker_bg.wasm",
    "take_along.js",
    "embed.js",
    "check.html",
    "check.js",
    "third-party-licences.txt",
    "404.html",
    "_headers",
    "files.json",
    "sw.js",
    "sw-kill.js",
    "manifest.webmanifest",
    "icons/icon-192.png",
    "icons/icon-512.png",
    "icons/maskable-512.png",
    "icons/apple-touch-180.png",
];

struct Size {
    name: String,
    raw: u64,
    gzip: u64,
}

/// What is loaded until the first chart, in bytes with gzip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FirstLoad {
    /// Of what is published.
    pub(crate) published: u64,
    /// Of a workspace.
    pub(crate) workspace: u64,
}

/// Prints every file's size and fails when a first load is over budget.
pub(crate) fn report(dist: &Path) -> Result<()> {
    let mut sizes = Vec::new();
    collect(dist, dist, &mut sizes)?;
    sizes.sort_by(|a, b| b.gzip.cmp(&a.gzip).then_with(|| a.name.cmp(&b.name)));
    println!("{:>12} {:>12}  file", "raw bytes", "gzip bytes");
    for size in &sizes {
        let when = match size.name.as_str() {
            name if LOADED_LATER.contains(&name) => "  (loaded later)",
            name if ENGINE.contains(&name) => "  (not for what is published)",
            _ => "",
        };
        println!("{:>12} {:>12}  {}{when}", size.raw, size.gzip, size.name);
    }
    let FirstLoad { published, workspace } = total(&sizes);
    println!("first chart of what is published, gzip: {published} bytes of {PUBLISHED_BUDGET}");
    println!("first chart of a workspace, gzip: {workspace} bytes of {WORKSPACE_BUDGET}");
    keep_budget("what is published", published, PUBLISHED_BUDGET)?;
    keep_budget("a workspace", workspace, WORKSPACE_BUDGET)
}

/// Bytes with gzip that a first visit transfers.
pub(crate) fn first_load(dist: &Path) -> Result<FirstLoad> {
    let mut sizes = Vec::new();
    collect(dist, dist, &mut sizes)?;
    Ok(total(&sizes))
}

fn total(sizes: &[Size]) -> FirstLoad {
    let of = |wanted: &dyn Fn(&str) -> bool| sizes.iter().filter(|size| wanted(&size.name)).map(|size| size.gzip).sum();
    let is_early = |name: &str| !LOADED_LATER.contains(&name);
    FirstLoad { published: of(&|name| is_early(name) && !ENGINE.contains(&name)), workspace: of(&is_early) }
}

fn keep_budget(what: &str, first_load: u64, budget: u64) -> Result<()> {
    ensure!(
        first_load <= budget,
        "the first chart of {what} needs {first_load} bytes with gzip, {} over the budget of {budget}; \
         see which file grew above, and make it smaller or load it later",
        first_load.saturating_sub(budget)
    );
    Ok(())
}

fn collect(root: &Path, folder: &Path, sizes: &mut Vec<Size>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(root, &path, sizes)?;
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        sizes.push(Size { name, raw: bytes.len() as u64, gzip: gzip_length(&bytes)? });
    }
    Ok(())
}

/// Bytes after gzip at its default level, which is what hosts use.
fn gzip_length(bytes: &[u8]) -> Result<u64> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?.len() as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_byte_over_the_budget_fails() {
        assert!(keep_budget("a page", 7, 7).is_ok());
        assert!(keep_budget("a page", 8, 7).is_err());
    }

    #[test]
    fn the_engine_is_not_for_what_is_published() {
        let size = |name: &str, gzip| Size { name: name.to_owned(), raw: 0, gzip };
        let sizes = [size("app_bg.wasm", 1), size("engine_worker_bg.wasm", 20), size("import_worker.js", 300)];
        assert_eq!(total(&sizes), FirstLoad { published: 1, workspace: 21 });
    }
}
