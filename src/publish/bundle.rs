//! The files of a published workspace.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::answers::compressed;
use super::manifest::{FileEntry, FileKind, MANIFEST_SCHEMA, Manifest, SiteConfig};
use super::names::{Preview, columns, first_rows, public_names, record_counts};
use super::sums::only_sums;
use super::views::{ITEMS, OVERVIEW, PublishableView, publishable_views};
use super::{AnswerBook, Redaction, redact};
use crate::engine::{Engine, EngineError, MergedWorkspace, Request, Response, WorkspaceSummary};
use crate::metrics::{FilterField, MetricResult, Query};
use crate::model::{CategoryField, ListField, RecordField, TextField, iso_from_day};

/// Where the manifest lies in the folder of the site.
pub const MANIFEST_PATH: &str = "data/workspace.json";
/// Where the settings of the site lie.
pub const CONFIG_PATH: &str = "app.config.json";
/// The folder of the manifest, from which it names the other files.
const FOLDER: &str = "data/";
const SUMMARY_PATH: &str = "summary.answers";
const WORKSPACE_PATH: &str = "workspace.throughline";

/// What is to be published.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BundleOrder {
    /// Name for people.
    pub name: String,
    /// When it is made, UTC milliseconds. It is told from outside: the same order gives the same bytes.
    pub generated_at: i64,
    /// Hours after which it will be made again; `None` = not told.
    pub refresh_every: Option<f64>,
    /// What is taken out.
    pub redaction: Redaction,
    /// Ids of views; none = all that show something.
    pub views: Vec<String>,
    /// Ids of views that are left out of those.
    pub views_left_out: Vec<String>,
    /// The question that the answers are to.
    pub query: Query,
}

/// The files of a site, without the app.
#[derive(Debug, Clone, PartialEq)]
pub struct Bundle {
    /// Paths and contents: the settings of the site and the manifest first.
    pub files: Vec<BundleFile>,
    /// The manifest.
    pub manifest: Manifest,
    /// What becomes public.
    pub preview: Preview,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BundleFile {
    /// Path from the folder of the site.
    pub path: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// Why nothing was published.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BundleError {
    /// The engine refuses.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// No such view.
    #[error("there is no view \"{0}\" that can be published. These are: {1}")]
    View(String, String),
    /// The list of items is asked for, and only sums are published.
    #[error("the view \"items\" lists items, and with aggregates none are published. Leave one of them out")]
    ItemsOfSums,
    /// The question would name what is taken out.
    #[error("the filter on \"{0}\" asks for what is taken out before anything is computed. Leave one of them out")]
    Filter(String),
    /// All views are left out.
    #[error("no view is left to publish. Choose at least one")]
    NoView,
    /// There is nothing to publish.
    #[error("there is neither a work item nor a record to publish")]
    Nothing,
}

/// Makes the files. The open workspace stays as it is.
pub fn bundle(engine: &Engine, order: &BundleOrder) -> Result<Bundle, BundleError> {
    check_filters(order)?;
    let asked = asked_views(order)?;
    let merged = MergedWorkspace { name: order.name.clone(), ..redact(&engine.merged()?, &order.redaction) };
    if merged.dataset.is_empty() && merged.dataset.record_count() == 0 {
        return Err(BundleError::Nothing);
    }
    let mut redacted = Engine::of_merged("published", merged.clone())?;
    let summary = redacted.summary().unwrap_or_default();
    let mut files = vec![summary_file(&summary, &order.redaction)];
    let mut views = Vec::new();
    for view in asked {
        let book = answers(&mut redacted, view, &order.query, &summary);
        // Whoever names no view wants those that show something.
        if order.views.is_empty() && !shows_something(view, &book, &summary) {
            continue;
        }
        views.push(view.id.to_owned());
        if !book.entries().is_empty() {
            files.push(answers_file(view.id, book, &order.redaction));
        }
    }
    if views.is_empty() {
        return Err(BundleError::NoView);
    }
    if !order.redaction.aggregates
        && let Some(file) = redacted.workspace_file()
    {
        files.push((FileKind::Workspace, "", WORKSPACE_PATH.to_owned(), compressed(&file)).into());
    }
    Ok(finished(order, &merged, views, files))
}

/// A file before it is in the manifest.
struct Made {
    entry: FileEntry,
    bytes: Vec<u8>,
}

impl From<(FileKind, &str, String, Vec<u8>)> for Made {
    fn from((kind, view, path, bytes): (FileKind, &str, String, Vec<u8>)) -> Self {
        let sha256 = hex(&Sha256::digest(&bytes));
        Self { entry: FileEntry { path, kind, view: view.to_owned(), bytes: bytes.len() as u64, sha256 }, bytes }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn summary_file(summary: &WorkspaceSummary, redaction: &Redaction) -> Made {
    let mut book = AnswerBook::default();
    book.add(Request::Describe, Response::Workspace(Box::new(summary.clone())));
    if redaction.aggregates {
        only_sums(&mut book);
    }
    (FileKind::Summary, "", SUMMARY_PATH.to_owned(), book.encode()).into()
}

fn answers_file(view: &str, mut book: AnswerBook, redaction: &Redaction) -> Made {
    if redaction.aggregates {
        only_sums(&mut book);
    }
    (FileKind::Answers, view, format!("views/{view}.answers"), book.encode()).into()
}

fn answers(engine: &mut Engine, view: PublishableView, query: &Query, summary: &WorkspaceSummary) -> AnswerBook {
    let mut book = AnswerBook::default();
    for request in view.requests(query, summary) {
        let response = engine.handle(request.clone());
        if !matches!(response, Response::Failed(_)) {
            book.add(request, response);
        }
    }
    book
}

fn shows_something(view: PublishableView, book: &AnswerBook, summary: &WorkspaceSummary) -> bool {
    if view.id == ITEMS {
        return summary.items > 0;
    }
    view.id == OVERVIEW
        || book.entries().iter().any(|(_, response)| match response {
            Response::Metrics(results) => results.iter().any(MetricResult::is_computed),
            _ => false,
        })
}

fn asked_views(order: &BundleOrder) -> Result<Vec<PublishableView>, BundleError> {
    let aggregates = order.redaction.aggregates;
    for id in &order.views {
        if aggregates && id == ITEMS {
            return Err(BundleError::ItemsOfSums);
        }
        if publishable_views(aggregates).all(|view| view.id != id) {
            let known: Vec<&str> = publishable_views(aggregates).map(|view| view.id).collect();
            return Err(BundleError::View(id.clone(), known.join(", ")));
        }
    }
    let is_named = |list: &[String], view: &PublishableView| list.iter().any(|id| id == view.id);
    let is_asked = |view: &PublishableView| {
        (order.views.is_empty() || is_named(&order.views, view)) && !is_named(&order.views_left_out, view)
    };
    Ok(publishable_views(aggregates).filter(is_asked).collect())
}

/// A filter on what is taken out would find nothing, and the manifest would name it.
fn check_filters(order: &BundleOrder) -> Result<(), BundleError> {
    let redaction = &order.redaction;
    let is_hidden = |field: FilterField| match field {
        FilterField::Text(TextField::Title) => redaction.hides_titles(),
        FilterField::Category(CategoryField::Assignee | CategoryField::Reporter)
        | FilterField::Record(RecordField::Person) => redaction.hides_people(),
        FilterField::Text(TextField::Key)
        | FilterField::Category(CategoryField::Parent)
        | FilterField::List(ListField::BlockedBy | ListField::Blocks) => redaction.aggregates,
        _ => false,
    };
    let hides = |field: FilterField| is_hidden(field) || redaction.hides_column(field.id());
    let asked = order.query.filters.iter().map(|filter| filter.field).chain(order.query.by);
    match asked.into_iter().find(|&field| hides(field)) {
        Some(field) => Err(BundleError::Filter(field.id().to_owned())),
        None => Ok(()),
    }
}

fn finished(order: &BundleOrder, merged: &MergedWorkspace, views: Vec<String>, made: Vec<Made>) -> Bundle {
    let is_as_of = |key: &str| key == "asof";
    let manifest = Manifest {
        schema: MANIFEST_SCHEMA,
        name: order.name.clone(),
        generated_at: iso_moment(order.generated_at),
        refresh_every: order.refresh_every,
        time_zone: merged.zone.clone(),
        generator: concat!("throughline ", env!("CARGO_PKG_VERSION")).to_owned(),
        sample: merged.sample,
        redaction: order.redaction.clone(),
        views,
        as_of: order.query.as_of.map(iso_from_day),
        settings: order.query.pairs().into_iter().filter(|(key, _)| !is_as_of(key)).collect(),
        files: made.iter().map(|made| made.entry.clone()).collect(),
    };
    let config = SiteConfig::of_workspace(MANIFEST_PATH, &order.name).to_json();
    let of_site = [(CONFIG_PATH, config), (MANIFEST_PATH, manifest.to_json())];
    let mut entries: Vec<FileEntry> = Vec::new();
    let mut files: Vec<BundleFile> = Vec::new();
    let of_site = of_site.map(|(path, bytes)| (FileKind::Other, "", path.to_owned(), bytes).into());
    let made = made.into_iter().map(|mut made: Made| {
        made.entry.path.insert_str(0, FOLDER);
        made
    });
    for Made { entry, bytes } in of_site.into_iter().chain(made) {
        files.push(BundleFile { path: entry.path.clone(), bytes });
        entries.push(entry);
    }
    let preview = preview(merged, &order.redaction, entries);
    Bundle { files, manifest, preview }
}

fn preview(merged: &MergedWorkspace, redaction: &Redaction, files: Vec<FileEntry>) -> Preview {
    let dataset = &merged.dataset;
    let mut left_out = vec![redaction.in_words()];
    left_out.push(
        "Never published: the files you imported and their names, what could not be read in them, and what undo could take back."
            .to_owned(),
    );
    if redaction.hides_people() && !redaction.hides_titles() {
        left_out.push(
            "Titles and notes stay. People whom a column names are called otherwise in them, too; people whom no column names are not recognised: take titles out as well, or look for them."
                .to_owned(),
        );
    }
    let mut names = public_names(merged);
    if redaction.aggregates {
        names.retain(|names| names.kind != "item" && names.kind != "person");
    }
    let rows_are_public = !redaction.aggregates;
    Preview {
        files,
        items: if rows_are_public { dataset.len() as u64 } else { 0 },
        records: if rows_are_public { record_counts(dataset) } else { Vec::new() },
        columns: if rows_are_public { columns(dataset) } else { Vec::new() },
        names,
        rows: if rows_are_public { first_rows(dataset) } else { Vec::new() },
        notes: merged.annotations.iter().map(|note| format!("{}: {}", iso_from_day(note.day), note.text)).collect(),
        left_out,
    }
}

/// A moment as ISO text in UTC, to the second.
fn iso_moment(milliseconds: i64) -> String {
    const DAY: i64 = 86_400_000;
    let second = milliseconds.rem_euclid(DAY) / 1000;
    let day = iso_from_day(milliseconds.div_euclid(DAY) as i32);
    format!("{day}T{:02}:{:02}:{:02}Z", second / 3600, second / 60 % 60, second % 60)
}
