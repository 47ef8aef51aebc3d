//! One import from the page: a worker of its own reads the file, the engine takes the result over.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::Shared;
use gloo::timers::callback::Timeout;
use js_sys::Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::File;

use super::EngineClient;
use super::supervised::{LONG_PATIENCE_SECONDS, Owner, PATIENCE_SECONDS, SupervisedWorker};
use super::wire::{self, FromWorker, ImportOrder, ImportTask};
use crate::engine::{AddTerms, EngineError, Response, WorkspaceSummary};
use crate::importers::{DateOrder, ImportError, ImportReport, Mapping};
use crate::model::MergeCounts;
use crate::web::WebError;
use crate::web::fault::Fault;

/// Long enough for the first chart.
const END_AFTER_MS: u32 = 3_000;

/// Where an import comes from.
#[derive(Debug, Clone)]
pub enum ImportSource {
    /// A file; its bytes never pass through the page.
    File(File),
    /// Text, pasted for instance.
    Text {
        /// A name for the report.
        name: String,
        /// The text.
        text: String,
    },
    /// A file of made-up data from our own generator, by its name.
    Sample(&'static str),
}

/// What the user decided about a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportChoices {
    /// Answers to "day or month first?", by column.
    pub date_orders: Vec<(String, DateOrder)>,
    /// Id of the importer, where the user chose one.
    pub format: Option<String>,
    /// Tables whose columns the user has named.
    pub mappings: Vec<Mapping>,
    /// The columns are to be asked about, whatever the file is.
    pub ask_columns: bool,
    /// What changes in the workspace besides.
    pub terms: AddTerms,
}

/// What an import is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum ImportPhase {
    /// Taking an archive or a workbook apart, before the files in it are read.
    Unpacking,
    /// Reading the file.
    #[default]
    Reading,
    /// Bringing its rows together with the workspace.
    Merging,
    /// The workspace has the rows; it is being stored.
    Saving,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ImportProgress {
    /// What it is doing.
    pub phase: ImportPhase,
    /// Bytes read.
    pub bytes: u64,
    /// Bytes in all.
    pub total_bytes: u64,
    /// Rows read.
    pub rows: u64,
}

/// A finished import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportOutcome {
    /// What the rows did to the workspace.
    pub counts: MergeCounts,
    /// The workspace now.
    pub workspace: WorkspaceSummary,
    /// What happened while reading.
    pub report: ImportReport,
}

/// An import that changed nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportFailure {
    /// The user stopped it.
    #[error("the import was cancelled; the workspace is as it was")]
    Cancelled,
    /// The file cannot be imported.
    #[error(transparent)]
    Refused(ImportError),
    /// A worker died; what happened, where, and the next step.
    #[error("{0}")]
    WorkerGone(String),
    /// The engine did not take the result.
    #[error(transparent)]
    Engine(EngineError),
}

type Outcome = Result<ImportOutcome, ImportFailure>;

/// A running import. Dropping it cancels.
#[must_use = "dropping it cancels the import"]
pub struct ImportHandle {
    import: Rc<Import>,
    outcome: Shared<oneshot::Receiver<Outcome>>,
}

impl ImportHandle {
    /// Stops the import: its worker ends at once and the workspace stays as it was. Once the engine has begun to take the
    /// result over (phase `Merging` at the full number of bytes, a moment) it is too late and the import completes.
    pub fn cancel(&self) {
        if !self.import.handed_over.get() {
            self.import.settle(Err(ImportFailure::Cancelled));
        }
    }

    /// Waits for the end.
    pub async fn outcome(&self) -> Result<ImportOutcome, ImportFailure> {
        self.outcome.clone().await.unwrap_or(Err(ImportFailure::Cancelled))
    }
}

struct Import {
    client: EngineClient,
    /// The file as given, kept beside the workspace once it is saved; undefined for the sample.
    original: JsValue,
    terms: AddTerms,
    worker: RefCell<Option<SupervisedWorker>>,
    outcome: RefCell<Option<oneshot::Sender<Outcome>>>,
    on_progress: Box<dyn Fn(ImportProgress)>,
    last: Cell<ImportProgress>,
    handed_over: Cell<bool>,
    me: Weak<Import>,
}

/// Starts an import worker.
pub(super) fn start(
    client: &EngineClient,
    source: ImportSource,
    zone: String,
    choices: ImportChoices,
    fault: Fault,
    on_progress: Box<dyn Fn(ImportProgress)>,
) -> ImportHandle {
    let (sender, receiver) = oneshot::channel();
    let sample = if let ImportSource::Sample(name) = source { name } else { "" };
    let file = file_of(source);
    let original = file.as_ref().map(|file| file.clone().map_or(JsValue::UNDEFINED, JsValue::from));
    let import = Rc::new_cyclic(|me| Import {
        client: client.clone(),
        original: original.unwrap_or_default(),
        terms: choices.terms.clone(),
        worker: RefCell::default(),
        outcome: RefCell::new(Some(sender)),
        on_progress,
        last: Cell::default(),
        handed_over: Cell::new(false),
        me: me.clone(),
    });
    let spawned = file.and_then(|file| {
        let name = file.as_ref().map_or_else(|| sample.to_owned(), File::name);
        let order = ImportOrder { name, zone, choices, task: ImportTask::Import, fault };
        let attachments: Vec<JsValue> = file.into_iter().map(JsValue::from).collect();
        let owner: Weak<dyn Owner> = import.me.clone();
        let worker = client.take_import_worker()?;
        worker.begin(owner, wire::pack(&order, &attachments)?)?;
        Ok(worker)
    });
    match spawned {
        Ok(worker) => drop(import.worker.replace(Some(worker))),
        Err(error) => import.settle(Err(ImportFailure::WorkerGone(error.to_string()))),
    }
    ImportHandle { import, outcome: receiver.shared() }
}

/// Giving back a worker's memory keeps the page busy for 100 ms and more after a large file: not while a person waits for
/// the first chart.
fn end_later(worker: SupervisedWorker) {
    Timeout::new(END_AFTER_MS, move || drop(worker)).forget();
}

/// Text goes the way of files, so that there is one way to test; `None` is the sample.
pub(super) fn file_of(source: ImportSource) -> Result<Option<File>, WebError> {
    match source {
        ImportSource::File(file) => Ok(Some(file)),
        ImportSource::Text { name, text } => File::new_with_str_sequence(&Array::of1(&text.into()), &name)
            .map(Some)
            .map_err(|exception| WebError::browser("hold the text", &exception)),
        ImportSource::Sample(_) => Ok(None),
    }
}

impl Import {
    /// Ends the import: the first end counts.
    fn settle(&self, outcome: Outcome) {
        let sender = self.outcome.take();
        drop(self.worker.take());
        if let Some(sender) = sender {
            // Nobody waits when the handle was dropped.
            drop(sender.send(outcome));
        }
    }

    fn advance(&self, progress: ImportProgress) {
        self.last.set(progress);
        (self.on_progress)(progress);
    }

    async fn hand_over(self: Rc<Self>, report: JsValue, dataset: JsValue) {
        let Some(read) = wire::decode::<ImportReport>(&report) else {
            return self.settle(Err(ImportFailure::WorkerGone(WebError::NewVersion.to_string())));
        };
        let whole = self.last.get();
        self.advance(ImportProgress { phase: ImportPhase::Merging, bytes: whole.total_bytes, ..whole });
        let added = self.client.add_layer(self.terms.clone(), &[report, dataset, self.original.clone()]).await;
        self.settle(match added {
            Ok(Response::Added { counts, workspace }) => {
                self.advance(ImportProgress { phase: ImportPhase::Saving, ..self.last.get() });
                Ok(ImportOutcome { counts, workspace: *workspace, report: read })
            }
            Ok(Response::Failed(error)) => Err(ImportFailure::Engine(error)),
            Ok(_) => Err(ImportFailure::WorkerGone(WebError::NewVersion.to_string())),
            Err(error) => Err(ImportFailure::WorkerGone(error.to_string())),
        });
    }
}

impl Owner for Import {
    fn heard(&self, message: FromWorker, attachments: Vec<JsValue>) {
        match message {
            FromWorker::Progress(progress) => self.advance(progress),
            FromWorker::Unreadable(why) => self.settle(Err(ImportFailure::WorkerGone(format!(
                "The file could not be read to its end ({why}). It may have been moved or changed meanwhile: choose it again."
            )))),
            FromWorker::Refused(error) => self.settle(Err(ImportFailure::Refused(error))),
            FromWorker::Imported => {
                let mut attachments = attachments.into_iter();
                let (report, dataset) =
                    (attachments.next().unwrap_or_default(), attachments.next().unwrap_or_default());
                self.handed_over.set(true);
                if let Some(worker) = self.worker.take() {
                    end_later(worker);
                }
                if let Some(me) = self.me.upgrade() {
                    spawn_local(me.hand_over(report, dataset));
                }
            }
            _ => {}
        }
    }

    fn died(&self, why: WebError) {
        let ImportProgress { bytes, total_bytes, rows, .. } = self.last.get();
        let why = match why {
            WebError::WorkerGone(words) | WebError::NoWorker(words) => words,
            other => other.to_string(),
        };
        self.settle(Err(ImportFailure::WorkerGone(format!(
            "Reading stopped at byte {bytes} of {total_bytes}, after {rows} rows ({why}). The workspace is as it was. \
             Try again; if it stops at the same place, export fewer items or split the file there."
        ))));
    }

    fn patience(&self) -> Option<u32> {
        Some(match self.last.get().phase {
            ImportPhase::Unpacking | ImportPhase::Reading => PATIENCE_SECONDS,
            ImportPhase::Merging | ImportPhase::Saving => LONG_PATIENCE_SECONDS,
        })
    }
}
