//! Chromium, for everything that only a browser can show.

use super::{Need, debian};
use crate::project::{Project, output, run};
use anyhow::{Result, bail};
use std::{env, ffi::OsStr, path::PathBuf};

const NAMES: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

pub(super) const NEED: Need = Need {
    name: |_| Ok("Chromium".to_owned()),
    present: |project| Ok(chromium(project)?.map(|path| path.display().to_string())),
    install,
    by_hand: |_| {
        Ok("install Chromium (Debian: `apt-get install chromium chromium-driver`) or set CHROMIUM to its path"
            .to_owned())
    },
};

/// The browser of the tests: `$CHROMIUM`, else one of the system, else the one Playwright installed.
pub(crate) fn chromium(project: &Project) -> Result<Option<PathBuf>> {
    if let Some(path) = env::var_os("CHROMIUM").map(PathBuf::from) {
        if !path.is_file() {
            bail!("CHROMIUM names {}, which is no file; correct or unset it", path.display());
        }
        return Ok(Some(path));
    }
    Ok(NAMES.iter().find_map(|name| project.find(OsStr::new(name))).or_else(|| of_playwright(project)))
}

fn of_playwright(project: &Project) -> Option<PathBuf> {
    let script = "import('playwright-core').then(p => console.log(p.chromium.executablePath()))";
    let path = output(project.command("node").args(["--input-type=module", "-e", script])).ok()?;
    Some(PathBuf::from(path.trim())).filter(|path| path.is_file())
}

fn install(project: &Project) -> Result<()> {
    if debian::can_install(project) {
        return debian::install(project, &["chromium", "chromium-driver"]);
    }
    run(project.command("npx").args(["--no-install", "playwright", "install", "chromium"]))
}
