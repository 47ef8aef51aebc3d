//! What hosts look for in a folder: a page for addresses that are not there, and headers where the host reads them from a file.

use super::index_html::{attribute, tags};
use anyhow::{Context as _, Result, ensure};
use std::{fmt::Write as _, fs, path::Path};

const LOADING: &str = r#"<p id="boot-status" role="status">Loading…</p>"#;
const NOTHING_HERE: &str = r#"<p id="boot-status" role="status">There is nothing at this address. If Throughline does not open by itself, remove the last part of the address.</p>"#;

/// Who may frame the app unless the owner of the site says otherwise; docs/hosting.md tells how.
const FRAME_ANCESTORS: &str =
    "frame-ancestors 'self' https://*.atlassian.net https://*.atlassian.com https://*.cdn.prod.atlassian-dev.net";

/// `404.html`: the page, saying meanwhile that the address is wrong.
pub(super) fn write_not_found(dist: &Path) -> Result<()> {
    let page = fs::read_to_string(dist.join("index.html")).context("cannot read dist/index.html")?;
    ensure!(page.matches(LOADING).count() == 1, "index.html must hold `{LOADING}` once; correct it");
    fs::write(dist.join("404.html"), page.replacen(LOADING, NOTHING_HERE, 1)).context("cannot write dist/404.html")
}

/// `_headers`, which Netlify and Cloudflare Pages read.
pub(super) fn write_headers(dist: &Path) -> Result<()> {
    let page = fs::read_to_string(dist.join("index.html")).context("cannot read dist/index.html")?;
    let mut names = Vec::new();
    for entry in fs::read_dir(dist).context("cannot list dist/")? {
        names.push(entry?.file_name().to_string_lossy().into_owned());
    }
    names.sort();
    fs::write(dist.join("_headers"), headers(&page, &names)?).context("cannot write dist/_headers")
}

/// A host joins the values of all rules that fit, so `Cache-Control` stands in one rule per file only. Files without a rule are
/// asked for again every time, which is what both hosts do by themselves.
fn headers(page: &str, names: &[String]) -> Result<String> {
    let policy = policy(page)?;
    let mut text = format!(
        "# Read by Netlify and Cloudflare Pages, for a site at the root of its host; other hosts: docs/hosting.md.\n\
         /*\n  Content-Security-Policy: {policy}; {FRAME_ANCESTORS}\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: no-referrer\n"
    );
    for name in names.iter().filter(|name| has_hash(name)) {
        write!(text, "/{name}\n  Cache-Control: public, max-age=31536000, immutable\n")?;
    }
    Ok(text)
}

/// The content security policy of the page. As a header it also binds the workers, which a `<meta>` does not.
fn policy(page: &str) -> Result<&str> {
    tags(page)
        .find(|tag| attribute(tag, "http-equiv") == Some("Content-Security-Policy"))
        .and_then(|tag| attribute(tag, "content"))
        .context("index.html holds no Content-Security-Policy")
}

/// True when Trunk has put a hash of the content into the name: `app-2b91862e4af53055_bg.wasm`. Such a file never changes.
fn has_hash(name: &str) -> bool {
    let Some((stem, _)) = name.rsplit_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    // Trunk writes the number without leading zeros.
    stem.rsplit_once('-')
        .is_some_and(|(_, hash)| (10..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'">"#;

    #[test]
    fn only_files_named_by_their_content_are_kept_for_ever() {
        for name in ["app-2b91862e4af53055.js", "app-2b91862e4af53055_bg.wasm", "favicon-dcd32ae2629d527.svg"] {
            assert!(has_hash(name), "{name}");
        }
        for name in
            ["index.html", "engine_worker_bg.wasm", "sw-kill.js", "third-party-licences.txt", "app-interface.js"]
        {
            assert!(!has_hash(name), "{name}");
        }
    }

    #[test]
    fn the_policy_of_the_page_is_sent_with_who_may_frame_it() {
        let names = ["index.html".to_owned(), "app-2b91862e4af53055.js".to_owned()];
        let text = headers(PAGE, &names).unwrap();
        assert!(text.contains(
            "\n/*\n  Content-Security-Policy: default-src 'none'; script-src 'self'; frame-ancestors 'self' https://"
        ));
        assert!(text.contains("\n/app-2b91862e4af53055.js\n  Cache-Control: public, max-age=31536000, immutable\n"));
        assert_eq!(text.matches("Cache-Control").count(), 1);
        assert!(headers("<p>", &names).is_err());
    }

    /// Both hosts cut or refuse longer lines.
    #[test]
    fn no_line_is_longer_than_hosts_read() {
        let page = fs::read_to_string("../index.html").unwrap();
        assert!(headers(&page, &[]).unwrap().lines().all(|line| line.len() <= 2_000));
    }
}
