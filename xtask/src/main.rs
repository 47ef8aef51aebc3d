//! The commands of the repository: `cargo xtask serve`, `dist`, `test`, `bench` and `fuzz`.
//!
//! A command is one file in `commands/` and one line in its list; something a command needs on the machine is one file
//! in `needs/` and one line in a list there.
#![allow(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

mod bench;
mod commands;
mod dist;
mod needs;
mod project;
mod site;
mod steps;

use std::process::ExitCode;

fn main() -> ExitCode {
    match commands::run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // `{:#}` puts the causes on the same line: what failed, then why.
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}
