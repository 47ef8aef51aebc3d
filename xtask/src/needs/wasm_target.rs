//! The standard library for WebAssembly. rust-toolchain.toml names it, but rustup may be told not to install by itself.

use super::Need;
use crate::project::{Project, output, run};
use anyhow::Result;
use std::path::Path;

const TARGET: &str = "wasm32-unknown-unknown";

pub(super) const NEED: Need = Need {
    name: |_| Ok(format!("Rust target {TARGET}")),
    present,
    install: |project| run(project.command("rustup").args(["target", "add", TARGET])),
    by_hand: |_| Ok(format!("run `rustup target add {TARGET}`; rustup comes from https://rustup.rs")),
};

fn present(project: &Project) -> Result<Option<String>> {
    let folder = output(project.command("rustc").args(["--print", "target-libdir", "--target", TARGET]))?;
    Ok(Path::new(folder.trim()).is_dir().then(|| "in the toolchain".to_owned()))
}
