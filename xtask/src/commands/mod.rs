//! What `cargo xtask` can do. Add a command: one file here, one line in [`COMMANDS`].

mod bench;
mod dist;
mod fuzz;
mod serve;
mod test;

use crate::project::Project;
use anyhow::{Context as _, Result};
use clap::ArgMatches;

/// One command of `cargo xtask`.
struct Command {
    name: &'static str,
    about: &'static str,
    /// Adds the command's own options.
    options: fn(clap::Command) -> clap::Command,
    run: fn(&Project, &ArgMatches) -> Result<()>,
}

const COMMANDS: &[Command] = &[serve::COMMAND, dist::COMMAND, test::COMMAND, bench::COMMAND, fuzz::COMMAND];

/// Reads the command line and runs the command it names.
pub(crate) fn run() -> Result<()> {
    let parser = clap::Command::new("cargo xtask")
        .about("Builds, serves and tests Throughline")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(
            COMMANDS.iter().map(|command| (command.options)(clap::Command::new(command.name).about(command.about))),
        );
    let matches = parser.get_matches();
    let (name, options) = matches.subcommand().context("no command given; `cargo xtask --help` lists them")?;
    let command = COMMANDS.iter().find(|command| command.name == name).context("the command is not in the list")?;
    (command.run)(&Project::open()?, options)
}
