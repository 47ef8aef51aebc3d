//! What a first visit has to transfer, file by file, and its budget.

use anyhow::{Context as _, Result, ensure};
use flate2::{Compression, write::GzEncoder};
use std::{fs, io::Write as _, path::Path};

/// Bytes with gzip until the first chart can be drawn: about 8 s on a slow mobile line of 1.6 Mbit/s. The aim is 900,000. Every
/// metric is in the engine and every view and editor in the page, also for those who only look at one published chart: a
/// smaller program for them is the answer. This number only keeps it from growing further unnoticed.
const FIRST_LOAD_BUDGET: u64 = 1_510_000;

/// Files that nobody waits for before the first chart of a published or stored workspace; whatever else lands in `dist/`
/// counts. The import worker is loaded when a file is about to come, the unpack worker when it is an archive or a workbook, the
/// export worker and take_along.js when something is made to take along; the licences are for readers; the service worker is asked for when the
/// page runs, the rest by hosts and by systems that install the app.
const LOADED_LATER: &[&str] = &[
    "import_worker.js",
    "import_worker_bg.wasm",
    "unpack_worker.js",
    "unpack_worker_bg.wasm",
    "export_worker.js",
    "export_worker_bg.wasm",
    "take_along.js",
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

/// Prints every file's size and fails when the first load is over budget.
pub(crate) fn report(dist: &Path) -> Result<()> {
    let mut sizes = Vec::new();
    collect(dist, dist, &mut sizes)?;
    sizes.sort_by(|a, b| b.gzip.cmp(&a.gzip).then_with(|| a.name.cmp(&b.name)));
    println!("{:>12} {:>12}  file", "raw bytes", "gzip bytes");
    for size in &sizes {
        let when = if is_first_load(size) { "" } else { "  (loaded later)" };
        println!("{:>12} {:>12}  {}{when}", size.raw, size.gzip, size.name);
    }
    let first_load = total(&sizes);
    println!("first load, gzip: {first_load} bytes of {FIRST_LOAD_BUDGET}");
    keep_budget(first_load)
}

/// Bytes with gzip that a first visit transfers.
pub(crate) fn first_load(dist: &Path) -> Result<u64> {
    let mut sizes = Vec::new();
    collect(dist, dist, &mut sizes)?;
    Ok(total(&sizes))
}

fn total(sizes: &[Size]) -> u64 {
    sizes.iter().filter(|size| is_first_load(size)).map(|size| size.gzip).sum()
}

fn keep_budget(first_load: u64) -> Result<()> {
    ensure!(
        first_load <= FIRST_LOAD_BUDGET,
        "the first load is {first_load} bytes with gzip, {} over the budget of {FIRST_LOAD_BUDGET}; \
         see which file grew above, and make it smaller or load it later",
        first_load.saturating_sub(FIRST_LOAD_BUDGET)
    );
    Ok(())
}

fn is_first_load(size: &Size) -> bool {
    !LOADED_LATER.contains(&size.name.as_str())
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
    use super::{FIRST_LOAD_BUDGET, keep_budget};

    #[test]
    fn one_byte_over_the_budget_fails() {
        assert!(keep_budget(FIRST_LOAD_BUDGET).is_ok());
        assert!(keep_budget(FIRST_LOAD_BUDGET + 1).is_err());
    }
}
