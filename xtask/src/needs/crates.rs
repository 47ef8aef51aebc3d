//! The crates of Cargo.lock. Trunk builds offline, so that nothing else is fetched behind our back; they must be there.

use super::Need;
use crate::project::{Project, output, run};

pub(super) const NEED: Need = Need {
    name: |_| Ok("crates of Cargo.lock".to_owned()),
    present: |project| Ok(present(project)),
    install: |project| run(project.command("cargo").args(["fetch", "--locked"])),
    by_hand: |_| Ok("run `cargo fetch --locked` where crates.io can be reached".to_owned()),
};

fn present(project: &Project) -> Option<String> {
    let fetched = output(project.command("cargo").args(["fetch", "--locked", "--offline"]));
    fetched.is_ok().then(|| "in cargo's cache".to_owned())
}
