//! The command line: the engine of the page, natively, for scheduled jobs and for comparing results. One command is one file.
// Native only. Cargo builds every binary beside a test, also for wasm32, where this one is empty.
#![cfg_attr(target_arch = "wasm32", no_main)]
#![cfg(not(target_arch = "wasm32"))]

mod bundle;
mod check;
mod output;
mod question;
mod report;
mod session;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// Every file was imported; warnings are allowed.
const DONE: u8 = 0;
/// A file was refused.
const REFUSED: u8 = 2;
/// What was asked for could not be written.
const NOT_WRITTEN: u8 = 74;
/// The call's words are wrong.
const USAGE: u8 = 64;

#[derive(Parser)]
#[command(version, about = "Delivery metrics from tracker exports")]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Every metric of the files: as JSON, as one HTML file, as pictures
    Report(report::Report),
    /// What was read from the files, and what in the data would mislead
    Check(check::Check),
    /// What a static site serves: the data, redacted, and the answers to its views
    Bundle(Box<bundle::BundleWords>),
}

/// Wrong words in a call, with the next step.
struct Usage(String);

fn main() -> ExitCode {
    let command = match CommandLine::try_parse() {
        Ok(line) => line.command,
        Err(error) => {
            // Asking for help or the version is no mistake.
            let code = if error.use_stderr() { USAGE } else { DONE };
            return if error.print().is_ok() { code.into() } else { USAGE.into() };
        }
    };
    let outcome = match &command {
        Command::Report(words) => report::run(words),
        Command::Check(words) => check::run(words),
        Command::Bundle(words) => bundle::run(words),
    };
    match outcome {
        Ok(code) => code.into(),
        Err(Usage(message)) => {
            output::complain(&message);
            USAGE.into()
        }
    }
}
