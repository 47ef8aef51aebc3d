//! The service worker's release: which files it keeps for offline use, by address and digest.

use super::files::AppFile;
use super::index_html::is_loaded_by_name;
use anyhow::{Context as _, Result, ensure};
use std::{fs, path::Path};

const MARK: &str = r#"const RELEASE = { build: "development", files: [] };"#;

/// Writes the release into sw.js. `worker_hash` is what index.html puts behind the address of a worker's files.
pub(super) fn write(dist: &Path, files: &[AppFile], build: &str, worker_hash: &str) -> Result<()> {
    let path = dist.join("sw.js");
    let script = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(script.matches(MARK).count() == 1, "public/sw.js must hold `{MARK}` once; correct it");
    let release = serde_json::json!({ "build": build, "files": kept(files, worker_hash) });
    let script = script.replacen(MARK, &format!("const RELEASE = {release};"), 1);
    fs::write(&path, script).with_context(|| format!("cannot write {}", path.display()))
}

/// Address and digest of each file. The page comes last: once it is there, everything it needs is.
fn kept(files: &[AppFile], worker_hash: &str) -> Vec<(String, String)> {
    let mut shell: Vec<&AppFile> = files.iter().filter(|file| file.shell).collect();
    shell.sort_by_key(|file| file.path == "index.html");
    let address = |file: &AppFile| {
        if is_loaded_by_name(&file.path) { format!("{}?{worker_hash}", file.path) } else { file.path.clone() }
    };
    shell.into_iter().map(|file| (address(file), file.sha256.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, shell: bool) -> AppFile {
        AppFile { path: path.to_owned(), bytes: 1, sha256: format!("digest of {path}"), shell }
    }

    #[test]
    fn the_page_is_kept_last_and_workers_by_the_address_that_pages_ask_for() {
        let files = [
            file("404.html", false),
            file("app-1_bg.wasm", true),
            file("import_worker_bg.wasm", true),
            file("index.html", true),
            file("worker_boot.js", true),
        ];
        let addresses: Vec<_> = kept(&files, "abc").into_iter().map(|(address, _)| address).collect();
        assert_eq!(addresses, ["app-1_bg.wasm", "import_worker_bg.wasm?abc", "worker_boot.js?abc", "index.html"]);
    }
}
