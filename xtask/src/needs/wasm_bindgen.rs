//! wasm-bindgen's command line, in exactly the version of the crate in Cargo.lock: the two share a private format.

use super::Need;
use crate::project::{Project, output, run};
use anyhow::Result;

pub(super) const NEED: Need = Need {
    name: |project| Ok(format!("wasm-bindgen-cli {}", project.locked_version("wasm-bindgen")?)),
    present,
    install,
    by_hand: |project| {
        let version = project.locked_version("wasm-bindgen")?;
        Ok(format!("run `cargo install wasm-bindgen-cli --version {version} --root {}`", project.tools().display()))
    },
};

fn present(project: &Project) -> Result<Option<String>> {
    let wanted = project.locked_version("wasm-bindgen")?;
    let both = ["wasm-bindgen", "wasm-bindgen-test-runner"].iter().all(|program| {
        let version = output(project.command(program).arg("--version")).unwrap_or_default();
        version.split_whitespace().nth(1) == Some(wanted.as_str())
    });
    Ok(both.then(|| "on the search path".to_owned()))
}

fn install(project: &Project) -> Result<()> {
    println!("This compiles wasm-bindgen, about 3 minutes on two cores, once per version.");
    let mut cargo = project.command("cargo");
    // Not --locked: the lock file of this release names a crate version that no longer resolves.
    cargo.args(["install", "wasm-bindgen-cli", "--version", &project.locked_version("wasm-bindgen")?, "--root"]);
    run(cargo.arg(project.tools()).env_remove("CARGO_TARGET_DIR"))
}
