//! The marks that only a finished build can put into index.html, and a look at what must never be in it.

use anyhow::{Context as _, Result, bail, ensure};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use std::{fs, path::Path};

const WORKER_FILES: [&str; 9] = [
    "worker_boot.js",
    "engine_worker.js",
    "engine_worker_bg.wasm",
    "import_worker.js",
    "import_worker_bg.wasm",
    "unpack_worker.js",
    "unpack_worker_bg.wasm",
    "export_worker.js",
    "export_worker_bg.wasm",
];
const VERSION_MARK: &str = r#"name="throughline:version" content="development""#;
/// Loaded by its name when a chart is taken along.
const TAKE_ALONG_FILES: [&str; 1] = ["take_along.js"];
const TAKE_ALONG_MARK: &str = r#"name="throughline:take-along" content="./take_along.js""#;
const WORKER_MARK: &str = r#"name="throughline:worker" content="./worker_boot.js""#;

/// Writes the version and the content hashes of what is loaded by name into index.html, and checks that nothing in it is inline or absolute.
pub(crate) fn finish(dist: &Path, version: &str) -> Result<()> {
    let path = dist.join("index.html");
    let html = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let hash = hash_of(dist, &WORKER_FILES)?;
    let html = replace_once(&html, VERSION_MARK, &format!(r#"name="throughline:version" content="{version}""#))?;
    let html =
        replace_once(&html, WORKER_MARK, &format!(r#"name="throughline:worker" content="./worker_boot.js?{hash}""#))?;
    let hash = hash_of(dist, &TAKE_ALONG_FILES)?;
    let with = format!(r#"name="throughline:take-along" content="./take_along.js?{hash}""#);
    let html = replace_once(&html, TAKE_ALONG_MARK, &with)?;
    refuse_inline_and_absolute(&html)?;
    fs::write(&path, html).with_context(|| format!("cannot write {}", path.display()))
}

/// Trunk does not hash the names of files that it copies, nor those of workers. The hash goes behind `?`, so that a browser's cache cannot mix two releases.
fn hash_of(dist: &Path, names: &[&str]) -> Result<String> {
    let mut hasher = Sha256::new();
    for name in names {
        let path = dist.join(name);
        hasher.update(fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
    }
    let mut hash = URL_SAFE_NO_PAD.encode(hasher.finalize());
    hash.truncate(16);
    Ok(hash)
}

fn replace_once(html: &str, mark: &str, with: &str) -> Result<String> {
    let count = html.matches(mark).count();
    ensure!(count == 1, "index.html must hold `{mark}` once and holds it {count} times; correct index.html");
    Ok(html.replacen(mark, with, 1))
}

/// An inline script or style would be blocked by the content security policy; an absolute address would break the page
/// under a folder.
fn refuse_inline_and_absolute(html: &str) -> Result<()> {
    for tag in tags(html) {
        let is_inline = tag.starts_with("style") || (tag.starts_with("script") && attribute(tag, "src").is_none());
        if is_inline {
            bail!("index.html holds an inline `<{tag}>`, which the content security policy blocks; move it to a file");
        }
        for name in ["src", "href", "content", "data-wasm"] {
            if let Some(address) = attribute(tag, name)
                && (address.starts_with('/') || address.starts_with("http"))
            {
                bail!(
                    "index.html names the absolute address `{address}`; it must be relative to work under any folder"
                );
            }
        }
    }
    Ok(())
}

/// The start tags of a page, from their name to their last attribute. Comments of our own page hold no tags.
pub(super) fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter(|tag| !tag.starts_with(['/', '!'])).filter_map(|tag| tag.split('>').next())
}

/// The value of an attribute, quoted as Trunk and we write it.
pub(super) fn attribute<'tag>(tag: &'tag str, name: &str) -> Option<&'tag str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_inline_script_is_refused() {
        assert!(refuse_inline_and_absolute(r"<script>alert()</script>").is_err());
        assert!(refuse_inline_and_absolute(r#"<script src="./a.js"></script>"#).is_ok());
    }

    #[test]
    fn an_inline_style_is_refused() {
        assert!(refuse_inline_and_absolute("<style>p{}</style>").is_err());
    }

    #[test]
    fn an_absolute_address_is_refused() {
        assert!(refuse_inline_and_absolute(r#"<link rel="icon" href="/icon.svg">"#).is_err());
        assert!(refuse_inline_and_absolute(r#"<script src="https://cdn.example/a.js"></script>"#).is_err());
        assert!(refuse_inline_and_absolute(r#"<link rel="icon" href="./icon.svg">"#).is_ok());
    }

    #[test]
    fn a_missing_mark_is_an_error() {
        assert!(replace_once("<p>", WORKER_MARK, "").is_err());
    }
}
