//! Trunk: builds index.html, the page and the worker into `dist/`.

use super::Need;
use crate::project::{Project, output, run};
use anyhow::Result;

/// 0.22 asks for a newer Rust than rust-toolchain.toml pins.
const VERSION: &str = "0.21.14";

pub(super) const NEED: Need = Need {
    name: |_| Ok(format!("trunk {VERSION}")),
    present: |project| Ok(present(project)),
    install,
    by_hand: |project| {
        Ok(format!("run `cargo install trunk --version {VERSION} --locked --root {}`", project.tools().display()))
    },
};

fn present(project: &Project) -> Option<String> {
    let version = output(project.command("trunk").arg("--version")).unwrap_or_default();
    (version.trim() == format!("trunk {VERSION}")).then(|| "on the search path".to_owned())
}

fn install(project: &Project) -> Result<()> {
    println!("This compiles Trunk, about 8 minutes on two cores, once per machine.");
    let mut cargo = project.command("cargo");
    cargo.args(["install", "trunk", "--version", VERSION, "--locked", "--root"]).arg(project.tools());
    // A shared target folder would keep a gigabyte of parts that nothing else uses.
    run(cargo.env_remove("CARGO_TARGET_DIR"))
}
