//! `cargo xtask dist`: the release build, as files for any static host.

use super::Command;
use crate::{
    dist::{self, sizes},
    needs,
    project::{Project, run},
    steps::step,
};
use anyhow::{Context as _, Result};
use clap::{Arg, ArgAction};
use std::fs::{self, File, TryLockError};

pub(super) const COMMAND: Command = Command {
    name: "dist",
    about: "Builds dist/: works under any folder of any static host; fails when the first load exceeds its budget",
    options: |command| {
        command.arg(
            Arg::new("quick")
                .long("quick")
                .action(ArgAction::SetTrue)
                .help("Build fast and large, for looking at a change; its sizes mean nothing"),
        )
    },
    run: |project, options| {
        needs::provide(project, needs::TO_BUILD)?;
        if options.get_flag("quick") { build_quickly(project) } else { build(project) }
    },
};

/// Builds, finishes and checks `dist/`. What it needs must be there.
pub(super) fn build(project: &Project) -> Result<()> {
    let _alone = lock(project)?;
    make(project, "release build (about 4 minutes when nothing is built yet)", &["--release"])?;
    step("sizes", || sizes::report(&project.dist()))
}

/// The same files, unoptimised.
fn build_quickly(project: &Project) -> Result<()> {
    let _alone = lock(project)?;
    make(project, "quick build", &[])
}

fn make(project: &Project, title: &str, how: &[&str]) -> Result<()> {
    // A build that fails must not leave an old one to be looked at or tested.
    if project.dist().exists() {
        fs::remove_dir_all(project.dist()).context("cannot remove the old dist/")?;
    }
    step(title, || {
        // Offline: what is not in the lock files is not fetched. `./`: every address is relative.
        run(project.command("trunk").args(["build", "--offline", "--locked", "--public-url", "./"]).args(how))
    })?;
    step("finish the release", || dist::finish(&project.dist(), &project.locked_version("throughline")?))
}

/// Trunk's own steps in between share the target folder without a lock: two clones that build into one would mix their
/// files. Held until dropped.
fn lock(project: &Project) -> Result<File> {
    let folder = project.target();
    fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let file = File::create(folder.join("dist.lock")).context("cannot create the lock of the build")?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            println!("waiting for another `cargo xtask dist` that uses {}", folder.display());
            file.lock().context("cannot wait for the other build")?;
        }
        Err(TryLockError::Error(error)) => return Err(error).context("cannot lock the build"),
    }
    Ok(file)
}
