//! cargo-fuzz: builds the fuzz targets with the instruments of libFuzzer.

use super::Need;
use crate::project::{Project, output, run};
use anyhow::Result;

pub(super) const NEED: Need = Need {
    name: |_| Ok("cargo-fuzz".to_owned()),
    present: |project| Ok(present(project)),
    install,
    by_hand: |project| Ok(format!("run `cargo install cargo-fuzz --locked --root {}`", project.tools().display())),
};

fn present(project: &Project) -> Option<String> {
    let version = output(project.command("cargo-fuzz").args(["fuzz", "--version"])).ok()?;
    Some(format!("{}, on the search path", version.trim()))
}

fn install(project: &Project) -> Result<()> {
    println!("This compiles cargo-fuzz, about a minute on two cores, once per machine.");
    let mut cargo = project.command("cargo");
    cargo.args(["install", "cargo-fuzz", "--locked", "--root"]).arg(project.tools());
    run(cargo.env_remove("CARGO_TARGET_DIR"))
}
