//! Recomputes every `integrity` of index.html: a step that edits a hashed file after Trunk would leave a page that does
//! not load.

use super::index_html::{attribute, tags};
use anyhow::{Context as _, Result, bail, ensure};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha384};
use std::{fs, path::Path};

pub(super) fn check(dist: &Path) -> Result<()> {
    let html = fs::read_to_string(dist.join("index.html")).context("cannot read dist/index.html")?;
    let mut checked = 0;
    for tag in tags(&html) {
        let Some(expected) = attribute(tag, "integrity") else {
            continue;
        };
        let name = attribute(tag, "src")
            .or_else(|| attribute(tag, "href"))
            .with_context(|| format!("`<{tag}>` names no file"))?;
        let bytes =
            fs::read(dist.join(name)).with_context(|| format!("index.html names {name}, which is not in dist"))?;
        let found = digest(&bytes);
        if expected != found {
            bail!("the integrity of {name} is {found}, index.html says {expected}; no step may edit it after Trunk");
        }
        checked += 1;
    }
    ensure!(checked > 0, "index.html holds no `integrity` at all; Trunk writes them unless told not to (Trunk.toml)");
    println!("{checked} integrity hashes are right");
    Ok(())
}

fn digest(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[cfg(test)]
mod tests {
    use super::digest;

    /// The known answer for `abc` of FIPS 180-4, in base64.
    #[test]
    fn the_digest_is_sha384_in_base64() {
        assert_eq!(digest(b"abc"), "sha384-ywB1P0WjXou1oD1pmsZQBycsMqsO3tFjGotgWkP/W+2AhgcroefMI1i67KE0yCWn");
    }
}
