//! Node: runs esbuild's and binaryen's packages and the browser tests. It cannot be installed from here.

use super::Need;
use crate::project::{Project, output};
use anyhow::bail;

const OLDEST_MAJOR: u32 = 20;

pub(super) const NEED: Need = Need {
    name: |_| Ok(format!("Node {OLDEST_MAJOR} or later")),
    present: |project| Ok(present(project)),
    install: |_| bail!("xtask does not install Node"),
    by_hand: |_| {
        Ok(format!("install Node {OLDEST_MAJOR} or later with npm (https://nodejs.org) and start the command again"))
    },
};

fn present(project: &Project) -> Option<String> {
    let (Ok(node), Ok(npm)) =
        (output(project.command("node").arg("--version")), output(project.command("npm").arg("--version")))
    else {
        return None;
    };
    let major = node.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    let new_enough = major.is_some_and(|major| major >= OLDEST_MAJOR);
    new_enough.then(|| format!("{} with npm {}", node.trim(), npm.trim()))
}
