//! chromedriver, through which wasm-bindgen's test runner drives Chromium.

use super::{Need, debian};
use crate::project::Project;
use anyhow::{Result, bail};
use std::{env, ffi::OsStr, path::PathBuf};

pub(super) const NEED: Need = Need {
    name: |_| Ok("chromedriver".to_owned()),
    present: |project| Ok(chromedriver(project)?.map(|path| path.display().to_string())),
    install: |project| debian::install(project, &["chromium-driver"]),
    by_hand: |_| {
        Ok("install chromedriver of Chromium's major version (Debian: `apt-get install chromium-driver`) or set CHROMEDRIVER to its path"
            .to_owned())
    },
};

/// `$CHROMEDRIVER`, else the one on the search path.
pub(crate) fn chromedriver(project: &Project) -> Result<Option<PathBuf>> {
    if let Some(path) = env::var_os("CHROMEDRIVER").map(PathBuf::from) {
        if !path.is_file() {
            bail!("CHROMEDRIVER names {}, which is no file; correct or unset it", path.display());
        }
        return Ok(Some(path));
    }
    Ok(project.find(OsStr::new("chromedriver")))
}
