//! A picture of every chart that can be computed, as SVG: for hosts that show no frames.

use super::OutputFile;
use super::told::{data_line, results_of, settings_in_words, workspace_of};
use crate::charts::PANELS;
use crate::engine::{Engine, EngineError};
use crate::metrics::Query;
use crate::pictures::{Caption, picture_file};

/// One file for each chart, named by its id.
pub(super) fn make(engine: &mut Engine, query: &Query, address: &str) -> Result<Vec<OutputFile>, EngineError> {
    let workspace = workspace_of(engine)?;
    let settings = settings_in_words(query);
    let mut lines = vec![data_line(&workspace, query)];
    if !settings.is_empty() {
        lines.push(format!("Shown: {}", settings.join(", ")));
    }
    let caption = Caption { lines, sample: workspace.sample, address: address.to_owned() };
    let ids: Vec<&str> = PANELS.iter().map(|panel| panel.about.id).collect();
    let results = results_of(engine, &ids, query)?;
    let drawn = PANELS.iter().zip(&results).filter(|(_, result)| result.is_computed());
    Ok(drawn
        .map(|(panel, result)| OutputFile {
            name: format!("{}.svg", panel.id),
            mime: "image/svg+xml".into(),
            bytes: picture_file(panel, result, &caption).into_bytes(),
        })
        .collect())
}
