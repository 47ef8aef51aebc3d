//! `throughline report`: every metric of the files.

use clap::Args;

use super::Usage;
use super::output::print;
use super::question::Question;
use super::session::{Input, Session};

/// The words of the call.
#[derive(Args)]
pub(crate) struct Report {
    #[command(flatten)]
    input: Input,
    /// Write JSON (the only form of this version)
    #[arg(long, required = true)]
    json: bool,
    #[command(flatten)]
    question: Question,
    /// At most this many item keys in each list
    #[arg(long, value_name = "N")]
    items: Option<usize>,
}

/// Reads the files and writes what was computed from them.
pub(crate) fn run(Report { input, json: _, question, items }: &Report) -> Result<u8, Usage> {
    let query = question.query()?;
    let mut session = Session::start(input)?;
    question.decide(&mut session.engine)?;
    let code = session.import_all(&input.files);
    let text = session.engine.report_json(&query, *items).map_err(|error| Usage(error.to_string()))?;
    print(&text);
    Ok(code)
}
