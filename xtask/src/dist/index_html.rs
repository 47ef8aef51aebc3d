//! The marks that only a finished build can put into index.html, and a look at what must never be in it.

use anyhow::{Context as _, Result, bail, ensure};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest as _, Sha256};
use std::{fs, path::Path};

const VERSION_MARK: &str = r#"name="throughline:version" content="development""#;
const BUILD_MARK: &str = r#"name="throughline:build" content="development""#;
const WORKER_MARK: &str = r#"name="throughline:worker" content="./worker_boot.js""#;
const TAKE_ALONG_MARK: &str = r#"name="throughline:take-along" content="./take_along.js""#;

/// Writes the version and the worker's content hash into index.html, and checks that nothing in it is inline or absolute. Answers
/// the hash.
pub(super) fn finish(dist: &Path, version: &str) -> Result<String> {
    let path = dist.join("index.html");
    let html = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let hash = worker_hash(dist)?;
    let html = replace_once(&html, VERSION_MARK, &format!(r#"name="throughline:version" content="{version}""#))?;
    let html =
        replace_once(&html, WORKER_MARK, &format!(r#"name="throughline:worker" content="./worker_boot.js?{hash}""#))?;
    let take_along = format!(r#"name="throughline:take-along" content="./take_along.js?{hash}""#);
    let html = replace_once(&html, TAKE_ALONG_MARK, &take_along)?;
    let html = fetched_with_cors(&html);
    refuse_inline_and_absolute(&html)?;
    fs::write(&path, html).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(hash)
}

/// Writes the name of the build into index.html.
pub(super) fn name_build(dist: &Path, build: &str) -> Result<()> {
    let path = dist.join("index.html");
    let html = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let html = replace_once(&html, BUILD_MARK, &format!(r#"name="throughline:build" content="{build}""#))?;
    fs::write(&path, html).with_context(|| format!("cannot write {}", path.display()))
}

/// True for the files of the worker programs and for what makes pictures: code whose names Trunk does not hash.
pub(super) fn is_worker_file(name: &str) -> bool {
    ["worker_boot.js", "take_along.js"].contains(&name)
        || name.ends_with("_worker.js")
        || name.ends_with("_worker_bg.wasm")
}

/// Trunk does not hash worker file names. The hash goes behind `?`, so that a browser's cache cannot mix two releases.
fn worker_hash(dist: &Path) -> Result<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(dist).with_context(|| format!("cannot list {}", dist.display()))? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.retain(|name| is_worker_file(name));
    names.sort();
    ensure!(names.iter().any(|name| name == "worker_boot.js"), "{} holds no worker_boot.js", dist.display());
    let mut hasher = Sha256::new();
    for name in names {
        let path = dist.join(name);
        hasher.update(fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?);
    }
    let mut hash = URL_SAFE_NO_PAD.encode(hasher.finalize());
    hash.truncate(16);
    Ok(hash)
}

/// In a sandboxed frame the page's own files are of another origin, and a file whose hash is to be checked must then be fetched
/// with CORS. Everywhere else this changes nothing.
fn fetched_with_cors(html: &str) -> String {
    let mut written = html.to_owned();
    for tag in tags(html).filter(|tag| attribute(tag, "integrity").is_some() && !tag.contains("crossorigin")) {
        written = written
            .replace(&format!("<{tag}>"), &format!(r#"<{} crossorigin="anonymous">"#, tag.trim_end_matches('/')));
    }
    written
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
    fn a_hashed_file_is_fetched_with_cors() {
        let html = r#"<script src="a.js" integrity="x"></script><link href="b.css" integrity="y"/><script src="c.js">"#;
        let written = fetched_with_cors(html);
        assert!(written.contains(r#"<script src="a.js" integrity="x" crossorigin="anonymous">"#), "{written}");
        assert!(written.contains(r#"<link href="b.css" integrity="y" crossorigin="anonymous">"#), "{written}");
        assert!(written.contains(r#"<script src="c.js">"#), "{written}");
        assert_eq!(fetched_with_cors(&written), written);
    }

    #[test]
    fn every_worker_program_is_known_by_its_name() {
        for name in ["worker_boot.js", "engine_worker.js", "import_worker_bg.wasm", "another_worker.js"] {
            assert!(is_worker_file(name), "{name}");
        }
        assert!(!is_worker_file("app-2b91862e4af53055_bg.wasm") && !is_worker_file("sw.js"));
    }

    #[test]
    fn a_missing_mark_is_an_error() {
        assert!(replace_once("<p>", WORKER_MARK, "").is_err());
    }
}
