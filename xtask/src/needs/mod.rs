//! What the commands need on the machine beside rustup, Node and a C toolchain. Add one: a file here, a line in a list.
//!
//! Each is looked for first and installed only when it is missing. A failure names the need and what to do by hand.

mod cargo_fuzz;
mod chromedriver;
mod chromium;
mod crates;
mod debian;
mod nginx;
mod node;
mod npm_packages;
mod python;
mod rust_components;
mod trunk;
mod wasm_bindgen;
mod wasm_target;

pub(crate) use chromedriver::chromedriver;
pub(crate) use chromium::chromium;

use crate::{
    project::Project,
    steps::{seconds, timed},
};
use anyhow::{Result, anyhow};

/// Something a command needs.
pub(crate) struct Need {
    /// What it is, with its version where that matters.
    name: fn(&Project) -> Result<String>,
    /// Where or in which version it is there already; `None` when it is missing.
    present: fn(&Project) -> Result<Option<String>>,
    install: fn(&Project) -> Result<()>,
    /// What a person can do when the installation fails.
    by_hand: fn(&Project) -> Result<String>,
}

/// What a build needs, in the order in which it can be installed.
pub(crate) const TO_BUILD: &[Need] =
    &[node::NEED, wasm_target::NEED, npm_packages::NEED, crates::NEED, wasm_bindgen::NEED, trunk::NEED];

/// What the tests need on top of [`TO_BUILD`].
pub(crate) const TO_TEST: &[Need] =
    &[rust_components::NEED, python::NEED, chromium::NEED, chromedriver::NEED, nginx::NEED];

/// What fuzzing needs.
pub(crate) const TO_FUZZ: &[Need] = &[cargo_fuzz::NEED];

/// Installs what is missing of a list.
pub(crate) fn provide(project: &Project, needs: &[Need]) -> Result<()> {
    for need in needs {
        let name = (need.name)(project)?;
        let (present, looked) = timed(|| (need.present)(project));
        if let Some(place) = present? {
            println!("{name}: there already, {place} ({})", seconds(looked));
            continue;
        }
        println!("\n== {name}: missing, installing");
        let (installed, took) = timed(|| (need.install)(project));
        let found = installed.and_then(|()| (need.present)(project));
        match found {
            Ok(Some(place)) => println!("== {name}: installed, {place}, in {}", seconds(took)),
            Ok(None) => {
                return Err(missing(project, need, &name, &anyhow!("it is still not found after installing")));
            }
            Err(error) => return Err(missing(project, need, &name, &error)),
        }
    }
    Ok(())
}

fn missing(project: &Project, need: &Need, name: &str, cause: &anyhow::Error) -> anyhow::Error {
    match (need.by_hand)(project) {
        Ok(by_hand) => anyhow!("{name} is missing and could not be installed: {cause:#}.\nNext step: {by_hand}"),
        Err(error) => error,
    }
}
