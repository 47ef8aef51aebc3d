//! Installing a Debian package, where this process may.

use crate::project::{Project, output, run};
use anyhow::{Result, bail};
use std::ffi::OsStr;

/// Whether packages can be installed: `apt-get` is there and this process is root.
pub(super) fn can_install(project: &Project) -> bool {
    let is_root = output(project.command("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    is_root && project.find(OsStr::new("apt-get")).is_some()
}

pub(super) fn install(project: &Project, packages: &[&str]) -> Result<()> {
    if !can_install(project) {
        bail!("packages of the system can only be installed by root with apt-get");
    }
    run(project.command("apt-get").arg("update"))?;
    let mut command = project.command("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").args(["install", "-y", "--no-install-recommends"]);
    run(command.args(packages))
}
