//! The packages of package-lock.json: ECharts, esbuild, binaryen and, for the tests, Playwright.

use super::Need;
use crate::project::{Project, run};
use anyhow::{Context as _, Result};
use std::fs;

const LOCK: &str = "package-lock.json";
/// The lock file that was installed, kept beside the packages: when it equals today's, there is nothing to do.
const INSTALLED: &str = "node_modules/.installed-package-lock.json";

pub(super) const NEED: Need = Need {
    name: |_| Ok("npm packages".to_owned()),
    present,
    install,
    by_hand: |_| Ok("run `npm ci --ignore-scripts` where registry.npmjs.org can be reached".to_owned()),
};

fn present(project: &Project) -> Result<Option<String>> {
    let wanted = project.read(LOCK)?;
    let installed = fs::read_to_string(project.path(INSTALLED)).unwrap_or_default();
    Ok((wanted == installed).then(|| "as in package-lock.json".to_owned()))
}

fn install(project: &Project) -> Result<()> {
    // No package's own script is run; esbuild's native program comes as a package of its own and needs none.
    run(project.command("npm").args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))?;
    fs::copy(project.path(LOCK), project.path(INSTALLED)).context("cannot note which packages were installed")?;
    Ok(())
}
