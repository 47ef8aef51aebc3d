//! `throughline report`: every metric of the files, as JSON, as one HTML file, as pictures.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use throughline::engine::Engine;
use throughline::metrics::Query;
use throughline::outputs::{OutputFile, OutputOrder, make};

use super::output::{complain, print};
use super::question::Question;
use super::session::{Input, Session};
use super::{NOT_WRITTEN, Usage};

/// The words of the call.
#[derive(Args)]
pub(crate) struct Report {
    #[command(flatten)]
    input: Input,
    #[command(flatten)]
    form: Form,
    #[command(flatten)]
    question: Question,
    /// At most this many item keys in each list of the JSON
    #[arg(long, value_name = "N")]
    items: Option<usize>,
    /// The name of the report, as its heading
    #[arg(long, value_name = "NAME", default_value = "Delivery report")]
    name: String,
    /// A view that the HTML file holds, by its id (flow) or its title; repeatable. Without it, all views
    #[arg(long = "view", value_name = "NAME", requires = "html")]
    views: Vec<String>,
    /// Address that the pictures lead back to, written into them
    #[arg(long, value_name = "URL", default_value = "")]
    link: String,
}

/// What is written; at least one of them.
#[derive(Args)]
#[group(required = true, multiple = true)]
struct Form {
    /// Write JSON to standard output
    #[arg(long)]
    json: bool,
    /// Write one HTML file that needs neither a script nor a network
    #[arg(long, value_name = "OUT.html")]
    html: Option<PathBuf>,
    /// Write a picture of each chart (SVG) into this folder
    #[arg(long, value_name = "DIR")]
    svg: Option<PathBuf>,
}

/// Reads the files and writes what was computed from them.
pub(crate) fn run(report: &Report) -> Result<u8, Usage> {
    let query = report.question.query()?;
    let mut session = Session::start(&report.input, &report.name)?;
    let code = session.import_all(&report.input.files);
    // Afterwards, because a workspace among the files comes with decisions of its own.
    report.question.decide(&mut session.engine)?;
    let written = write(report, &mut session.engine, &query)?;
    Ok(if written { code } else { NOT_WRITTEN })
}

/// True when everything was written.
fn write(Report { form, items, views, link, .. }: &Report, engine: &mut Engine, query: &Query) -> Result<bool, Usage> {
    let mut is_written = true;
    if form.json {
        print(&engine.report_json(query, *items).map_err(|error| Usage(error.to_string()))?);
    }
    let mut files = |order: &OutputOrder| make(engine, order).map_err(|error| Usage(error.to_string()));
    if let Some(path) = &form.html {
        let views = (!views.is_empty()).then(|| views.clone());
        for file in files(&OutputOrder::ReportPage { query: query.clone(), views })? {
            is_written &= save(path, &file);
        }
    }
    if let Some(folder) = &form.svg {
        let order = OutputOrder::Pictures { query: query.clone(), address: link.clone() };
        for file in files(&order)? {
            is_written &= save(&folder.join(&file.name), &file);
        }
    }
    Ok(is_written)
}

/// Writes a file and the folders above it; a failure is told.
fn save(path: &Path, file: &OutputFile) -> bool {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, &file.bytes));
    match made {
        Ok(()) => true,
        Err(error) => {
            complain(&format!(
                "{} was not written: {error}. Check the folder and that you may write there.",
                path.display()
            ));
            false
        }
    }
}
