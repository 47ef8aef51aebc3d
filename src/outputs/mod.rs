//! What is made of the open workspace for taking along, as files. Pure; natively the command line calls it, in the browser
//! the export program, which is loaded only when something is asked of it.
//!
//! One kind of output is one file and one variant of [`OutputOrder`].

mod host_sheets;
mod metrics_json;
mod pictures;
mod report_page;
mod site;
mod told;

use serde::{Deserialize, Serialize};

use crate::embedding::Embeddable;
use crate::engine::{Engine, EngineError};
use crate::metrics::Query;
use crate::publish::BundleOrder;
pub use host_sheets::read_host_sheets;
pub use report_page::{ReportView, read_report_views};
pub use told::settings_in_words;

/// What is wanted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum OutputOrder {
    /// The report JSON of all metrics, as the command line writes it: one file.
    MetricsJson {
        /// The question.
        query: Query,
    },
    /// The report as one HTML file that needs neither a script nor a request.
    ReportPage {
        /// The question.
        query: Query,
        /// Ids or titles of the views that are in it; `None` = all of them.
        views: Option<Vec<String>>,
    },
    /// The views that a report can hold, for the dialog that asks which (`read_report_views`).
    ReportViews {
        /// The question.
        query: Query,
    },
    /// A picture of every chart that can be computed, as SVG: a file each.
    Pictures {
        /// The question.
        query: Query,
        /// Address of the view, written into the pictures; empty when there is none.
        address: String,
    },
    /// What would become public with a site: one file.
    SitePreview {
        /// What is to be published.
        order: BundleOrder,
    },
    /// A site as one archive.
    Site {
        /// What is to be published.
        order: BundleOrder,
        /// The files of the app, by path.
        app: Vec<OutputFile>,
    },
    /// What is pasted into which host: for the share dialog (`read_host_sheets`).
    HostSheets {
        /// What is shared.
        what: Embeddable,
    },
}

impl OutputOrder {
    /// False for what is made without looking at the workspace: then none is handed over.
    pub const fn needs_workspace(&self) -> bool {
        !matches!(self, Self::HostSheets { .. })
    }
}

/// One file to take along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputFile {
    /// Its name, or its path with `/` where an order makes several.
    pub name: String,
    /// Its MIME type.
    pub mime: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Makes it. The workspace stays as it is.
pub fn make(engine: &mut Engine, order: &OutputOrder) -> Result<Vec<OutputFile>, EngineError> {
    match order {
        OutputOrder::MetricsJson { query } => metrics_json::make(engine, query),
        OutputOrder::ReportPage { query, views } => report_page::make(engine, query, views.as_deref()),
        OutputOrder::ReportViews { query } => report_page::views(engine, query),
        OutputOrder::Pictures { query, address } => pictures::make(engine, query, address),
        OutputOrder::SitePreview { order } => site::preview(engine, order),
        OutputOrder::Site { order, app } => site::make(engine, order, app),
        OutputOrder::HostSheets { what } => Ok(vec![host_sheets::make(what)]),
    }
}
