//! The words that are the same in every call: settings of the question, and decisions.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use throughline::engine::Engine;
use throughline::metrics::Query;
use throughline::model::Decisions;

use super::Usage;

/// What is asked of the files.
#[derive(Args)]
pub(crate) struct Question {
    /// The day whose end counts as now; without it, the data's last moment
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// A setting of the address grammar: g=day, unit=points, from=2024-01-01, iteration=NAME, f.team=Core
    #[arg(long = "set", value_name = "KEY=VALUE")]
    settings: Vec<String>,
    /// What was decided about bugs, debt, people and targets: a JSON file with the names that a workspace stores them under
    #[arg(long = "decide", value_name = "FILE")]
    decisions: Option<PathBuf>,
}

impl Question {
    /// The question that the words ask.
    pub(crate) fn query(&self) -> Result<Query, Usage> {
        query_of(self.as_of.as_deref(), &self.settings)
    }

    /// Tells the engine what was decided.
    pub(crate) fn decide(&self, engine: &mut Engine) -> Result<(), Usage> {
        let Some(path) = &self.decisions else { return Ok(()) };
        let wrong = |why: String| Usage(format!("--decide {}: {why}", path.display()));
        let decided = decisions_of(path).map_err(wrong)?;
        engine.decide_all(decided).map_err(|error| wrong(error.to_string()))
    }
}

/// The question of a day and of settings as `KEY=VALUE`.
pub(crate) fn query_of(as_of: Option<&str>, settings: &[String]) -> Result<Query, Usage> {
    let mut query = Query::default();
    let pairs = settings.iter().map(|setting| setting.split_once('=').ok_or(setting));
    for pair in pairs.chain(as_of.map(|day| Ok(("asof", day)))) {
        let (key, value) =
            pair.map_err(|setting| Usage(format!("--set {setting}: write KEY=VALUE, for example g=day.")))?;
        query.set(key, value).map_err(|error| Usage(format!("--set {key}={value}: {error}.")))?;
    }
    Ok(query)
}

/// The decisions of a file; a name that is none is a mistake here, as nobody would see that it does nothing.
fn decisions_of(path: &Path) -> Result<Decisions, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{error}."))?;
    let told: BTreeMap<String, serde_json::Value> = serde_json::from_str(&text).map_err(|error| format!("{error}."))?;
    let known: BTreeMap<String, serde_json::Value> = serde_json::to_value(Decisions::default())
        .and_then(serde_json::from_value)
        .map_err(|error| error.to_string())?;
    if let Some(name) = told.keys().find(|name| !known.contains_key(*name)) {
        let names: Vec<&str> = known.keys().map(String::as_str).collect();
        return Err(format!("\"{name}\" is no decision. These are: {}.", names.join(", ")));
    }
    serde_json::from_str(&text).map_err(|error| format!("{error}."))
}
