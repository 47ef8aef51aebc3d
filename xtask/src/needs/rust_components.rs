//! rustfmt and clippy of the pinned toolchain.

use super::Need;
use crate::project::{Project, output, run};

pub(super) const NEED: Need = Need {
    name: |_| Ok("rustfmt and clippy".to_owned()),
    present: |project| Ok(present(project)),
    install: |project| run(project.command("rustup").args(["component", "add", "rustfmt", "clippy"])),
    by_hand: |_| Ok("run `rustup component add rustfmt clippy`".to_owned()),
};

fn present(project: &Project) -> Option<String> {
    let there = ["fmt", "clippy"].map(|tool| output(project.command("cargo").args([tool, "--version"])).is_ok());
    there.iter().all(|is_there| *is_there).then(|| "in the toolchain".to_owned())
}
