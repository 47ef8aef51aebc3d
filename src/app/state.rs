//! Every signal that more than one component reads. What is not here is local to a component.

use std::rc::Rc;
use std::sync::Arc;

use futures::channel::oneshot;
use futures::lock::Mutex;
use leptos::prelude::*;

use super::framed_state::FramedState;
use crate::address::{Address, Frame, Opening, Task, Theme};
use crate::charts::Palette;
use crate::engine::WorkspaceSummary;
use crate::importers::{Candidate, DateOrder, DateReading, ExportHelp, Mapping, TableSample};
use crate::messages::UserMessage;
use crate::metrics::{Counted, Query};
use crate::model::RecordKind;
use crate::web::{
    EngineClient, ImportPhase, ImportSource, Manifest, PublishedSource, StoredWorkspace, browser_zone, is_zone, palette,
};

/// The signals of the page. Copied into whoever needs them; written by `actions` alone.
#[derive(Clone, Copy)]
pub(super) struct AppState {
    client: StoredValue<Option<EngineClient>, LocalStorage>,
    /// The open workspace; `None` before one is opened.
    pub(super) workspace: RwSignal<Option<Arc<WorkspaceSummary>>>,
    /// True while the stored workspace is being opened at the start.
    pub(super) is_opening: RwSignal<bool>,
    /// Id of the open view.
    pub(super) view: RwSignal<&'static str>,
    /// What is asked of the metrics.
    pub(super) query: RwSignal<Query>,
    /// What the page is: own workspaces, a published bundle, a part of another page.
    opening: StoredValue<Opening>,
    /// The one chart that is looked at; `None` = the whole view.
    pub(super) chart: RwSignal<Option<String>>,
    /// How the page is framed, by its address.
    pub(super) frame: RwSignal<Frame>,
    /// Another host whose data the address names: address and host. The user is asked.
    pub(super) foreign_source: RwSignal<Option<(String, String)>>,
    /// The other host that what is shown comes from.
    pub(super) shown_from: RwSignal<Option<String>>,
    /// Settings of the address that this release does not know; kept as they are.
    pub(super) other_keys: RwSignal<Vec<(String, String)>>,
    /// Where saving stands.
    pub(super) saved: RwSignal<Saved>,
    /// Messages that stay until they are closed, oldest first.
    pub(super) notices: RwSignal<Vec<Notice>>,
    /// The import that runs.
    pub(super) import: RwSignal<Option<ImportRun>>,
    /// Stops the file that is being read or unpacked.
    pub(super) stop_reading: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
    /// True from the moment that the user cancels a batch of files until the next one begins.
    pub(super) stop_asked: StoredValue<bool>,
    /// What the user is asked about the file being imported.
    pub(super) question: RwSignal<Option<ImportQuestion>>,
    /// Where the answer goes.
    pub(super) answer: StoredValue<Option<AnswerTo>, LocalStorage>,
    /// Files of this session, by name: a file is read again when the user corrects how its dates were read.
    pub(super) read_files: StoredValue<Vec<(String, ImportSource)>, LocalStorage>,
    /// The last thing that happened, in a sentence, for the live region.
    pub(super) status: RwSignal<String>,
    /// How exports are made, once somebody wanted to know; an error is the reason why it is not known.
    pub(super) export_help: RwSignal<Option<Result<Arc<Vec<ExportHelp>>, String>>>,
    /// Workspaces kept in this browser, newest first; with those that were deleted lately, and damaged ones.
    pub(super) recent: RwSignal<Vec<StoredWorkspace>>,
    /// True while another tab changes the open workspace: this one only looks.
    pub(super) elsewhere: RwSignal<bool>,
    /// How often a workspace was opened: another state of it may have the same number of changes.
    pub(super) openings: RwSignal<u32>,
    /// The user's choice of theme.
    pub(super) theme: RwSignal<Theme>,
    /// Colours of the present theme.
    pub(super) palette: RwSignal<Arc<Palette>>,
    /// The items behind a point, when the drawer is open.
    pub(super) drawer: RwSignal<Option<DrillDown>>,
    /// Key of the item that is shown with its history.
    pub(super) item: RwSignal<Option<String>>,
    /// Whether charts over days mark the releases.
    pub(super) show_releases: RwSignal<bool>,
    /// True once the first view has its numbers.
    pub(super) ready: RwSignal<bool>,
    /// True while the page is to be loaded again as soon as nothing is lost by it.
    pub(super) reload_asked: StoredValue<bool>,
    /// The published bundle that is looked at.
    source: StoredValue<Option<PublishedSource>, LocalStorage>,
    /// What its manifest says; `None` = nothing published is looked at.
    pub(super) published: RwSignal<Option<Arc<Manifest>>>,
    /// True while questions go to the engine; false while published answers are enough.
    pub(super) asks_engine: RwSignal<bool>,
    /// Grows when the same question may have another answer although the workspace says nothing of it.
    pub(super) round: RwSignal<u64>,
    /// Held by whoever has the published workspace opened in the engine.
    engine_gate: StoredValue<Rc<Mutex<()>>, LocalStorage>,
    /// What the dialog for publishing begins with; `None` = it is closed.
    pub(super) publishing: RwSignal<Option<Publishing>>,
    /// True while the dialog is open that asks which views are in the report.
    pub(super) is_reporting: RwSignal<bool>,
    /// What the share dialog is about; `None` = it is closed.
    pub(super) shared: RwSignal<Option<Shared>>,
    /// What there is only in a frame.
    framed: StoredValue<FramedState>,
}

/// Where saving stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Saved {
    /// Nothing to save.
    Nothing,
    /// A save is under way.
    Saving,
    /// Committed and read back.
    At(f64),
    /// The last save failed.
    Not(String),
    /// This browser does not store.
    MemoryOnly(String),
}

/// What can be done about a message with one click.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remedy {
    /// Nothing but reading it.
    None,
    /// Load the page again.
    ReloadPage,
    /// Open the stored version of the open workspace, or keep what is open as another one.
    OpenStored,
    /// Keep what is open as another workspace.
    KeepCopy,
    /// Take the workspace along as a file.
    Download,
    /// The same, until it is saved after all.
    DownloadUnsaved,
    /// Bring a deleted workspace back, by id and name.
    Restore(String, String),
    /// Turn the sample into a workspace of the user's own.
    MakeMine,
    /// Change the workspace in this tab instead of another one.
    TakeOver,
    /// See what was read and what was not.
    SeeImport,
}

/// A message to the user.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Notice {
    /// Number of the message.
    pub(super) id: u64,
    /// What happened, why, what next.
    pub(super) message: UserMessage,
    /// One click.
    pub(super) remedy: Remedy,
}

/// An import under way.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ImportRun {
    /// Name of the file.
    pub(super) file: String,
    /// Which of the files, from 1.
    pub(super) number: usize,
    /// How many files.
    pub(super) files: usize,
    /// What is being done.
    pub(super) phase: ImportPhase,
    /// Bytes read.
    pub(super) bytes: u64,
    /// Bytes in all; 0 when unknown.
    pub(super) total_bytes: u64,
    /// Rows read.
    pub(super) rows: u64,
}

impl ImportRun {
    /// The beginning of a file: which of how many.
    pub(super) fn begin(file: &str, number: usize, files: usize) -> Self {
        let phase = ImportPhase::Reading;
        Self { file: file.to_owned(), number, files, phase, bytes: 0, total_bytes: 0, rows: 0 }
    }
}

/// The items behind a point of a chart or a figure.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DrillDown {
    /// "Finished, 2024-03-04: 3 items".
    pub(super) title: String,
    /// How the number came about; may be empty.
    pub(super) detail: String,
    /// What they are.
    pub(super) counted: Counted,
    /// Positions in the dataset, or rows of the table of records.
    pub(super) items: Vec<u32>,
}

/// What the publish dialog begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Publishing {
    /// All views are chosen.
    AllViews,
    /// This one is.
    View(&'static str),
}

/// What is shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shared {
    /// One chart; `None` = what is looked at.
    pub(super) chart: Option<&'static str>,
}

/// What has to be known before a file can be read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ImportQuestion {
    /// Name of the file.
    pub(super) file: String,
    /// What is asked.
    pub(super) about: QuestionAbout,
}

/// What is asked about a file.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum QuestionAbout {
    /// Which of several formats it is.
    Format(Vec<Candidate>),
    /// What its columns are.
    Columns {
        /// The table by its first rows.
        table: Box<TableSample>,
        /// Why that is asked.
        reason: ColumnsReason,
    },
    /// Whether day or month comes first in these columns, whose cells do not tell.
    Dates(Vec<DateReading>),
}

/// Why the columns of a table are asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ColumnsReason {
    /// No tool is known that makes such a table.
    Unknown,
    /// The file was read, and the user wants it read another way.
    Correction {
        /// Title of the format that it would be without the names that the user gave to its columns.
        own_format: Option<String>,
    },
}

/// The answer to a question.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ImportAnswer {
    /// This format, by its id.
    Format(String),
    /// These columns.
    Columns(Mapping),
    /// The format it is recognised as; how the columns of the table with this signature were named is forgotten.
    OwnFormat(String),
    /// Day or month first, by column.
    Dates(DateOrders),
    /// The file is not imported, or stays as it was read.
    LeaveOut,
}

/// The file that is asked about, and who waits.
pub(super) struct AnswerTo {
    /// The file.
    pub(super) source: ImportSource,
    /// The zone in which its dates will be read.
    pub(super) zone: String,
    /// Who waits.
    pub(super) sender: oneshot::Sender<ImportAnswer>,
}

/// Day or month first, by column.
pub(super) type DateOrders = Vec<(String, DateOrder)>;

impl AppState {
    /// The state of a page that has just started.
    pub(super) fn new(address: Address, opening: Opening) -> Self {
        Self {
            client: StoredValue::new_local(None),
            workspace: RwSignal::new(None),
            is_opening: RwSignal::new(true),
            view: RwSignal::new(super::views::FIRST),
            query: RwSignal::new(address.query),
            opening: StoredValue::new(opening),
            chart: RwSignal::new(address.chart),
            frame: RwSignal::new(address.frame.clone()),
            foreign_source: RwSignal::new(None),
            shown_from: RwSignal::new(None),
            other_keys: RwSignal::new(address.other),
            saved: RwSignal::new(Saved::Nothing),
            notices: RwSignal::new(Vec::new()),
            import: RwSignal::new(None),
            stop_reading: StoredValue::new_local(None),
            stop_asked: StoredValue::new(false),
            question: RwSignal::new(None),
            answer: StoredValue::new_local(None),
            read_files: StoredValue::new_local(Vec::new()),
            status: RwSignal::new(String::new()),
            export_help: RwSignal::new(None),
            recent: RwSignal::new(Vec::new()),
            elsewhere: RwSignal::new(false),
            openings: RwSignal::new(0),
            theme: RwSignal::new(address.frame.theme),
            palette: RwSignal::new(Arc::new(palette())),
            drawer: RwSignal::new(None),
            item: RwSignal::new(address.item),
            show_releases: RwSignal::new(true),
            ready: RwSignal::new(false),
            reload_asked: StoredValue::new(false),
            source: StoredValue::new_local(None),
            published: RwSignal::new(None),
            asks_engine: RwSignal::new(true),
            round: RwSignal::new(0),
            engine_gate: StoredValue::new_local(Rc::new(Mutex::new(()))),
            publishing: RwSignal::new(None),
            is_reporting: RwSignal::new(false),
            shared: RwSignal::new(None),
            framed: StoredValue::new(FramedState::new()),
        }
    }

    /// The published bundle that is looked at.
    pub(super) fn source(self) -> Option<PublishedSource> {
        self.source.try_get_value().flatten()
    }

    /// Held by whoever has the published workspace opened in the engine.
    pub(super) fn engine_gate(self) -> Option<Rc<Mutex<()>>> {
        self.engine_gate.try_get_value()
    }

    /// Looks at a published bundle from here on; its answers are enough at first.
    pub(super) fn look_at(self, source: PublishedSource) {
        let manifest = Arc::new((*source.manifest).clone());
        let _ = self.source.try_set_value(Some(source));
        let _ = self.asks_engine.try_set(false);
        let _ = self.published.try_set(Some(manifest));
    }

    /// Looks at no published bundle any more.
    pub(super) fn look_away(self) {
        let _ = self.source.try_set_value(None);
        let _ = self.asks_engine.try_set(true);
        let _ = self.published.try_set(None);
    }

    /// What there is only in a frame.
    pub(super) fn framed(self) -> FramedState {
        self.framed.get_value()
    }

    /// True when the page around has handed data over that is shown, or is about to be: what is published takes its place no more.
    pub(super) fn is_given(self) -> bool {
        self.framed().given_by.try_with_untracked(Option::is_some) == Some(true)
    }

    /// True when the workspace is the user's own, so that changes to it can be kept.
    pub(super) fn can_edit(self) -> bool {
        self.opening().task == Task::Own
    }

    /// True when only sums are published: there is nothing that could be asked. Tracks.
    pub(super) fn has_only_sums(self) -> bool {
        self.published.with(|published| published.as_ref().is_some_and(|manifest| manifest.only_sums))
    }

    /// True when a view may be shown: a published bundle names its views. Tracks.
    pub(super) fn shows_view(self, id: &str) -> bool {
        self.published.with(|published| {
            published
                .as_ref()
                .is_none_or(|manifest| manifest.views.is_empty() || manifest.views.iter().any(|view| view == id))
        })
    }

    /// What the page is; it does not change.
    pub(super) fn opening(self) -> Opening {
        self.opening.get_value()
    }

    /// Gives the page its engine.
    pub(super) fn connect(self, client: EngineClient) {
        self.client.set_value(Some(client));
    }

    /// The engine, once connected.
    pub(super) fn client(self) -> Option<EngineClient> {
        self.client.try_get_value().flatten()
    }

    /// The state given by the root.
    pub(super) fn of_context() -> Self {
        expect_context::<Self>()
    }

    /// Names the workspace's last change: what was asked before it is stale. Tracks.
    pub(super) fn generation(self) -> (String, u64, u32) {
        let (round, openings) = (self.round.get(), self.openings.get());
        self.workspace.with(|workspace| {
            let (id, generation) =
                workspace.as_ref().map(|open| (open.id.clone(), open.generation)).unwrap_or_default();
            (id, generation + (round << 32), openings)
        })
    }

    /// What is stored of the open workspace. Tracks.
    pub(super) fn stored(self) -> Option<StoredWorkspace> {
        let id = self.workspace.with(|open| open.as_ref().map(|open| open.id.clone()))?;
        self.recent.with(|list| list.iter().find(|stored| stored.id == id).cloned())
    }

    /// True when a workspace with at least one item is open. Tracks.
    pub(super) fn has_items(self) -> bool {
        self.workspace.with(|workspace| workspace.as_ref().is_some_and(|open| open.items > 0))
    }

    /// True when a workspace with any of these records is open. Tracks.
    pub(super) fn has_records(self, kinds: &[RecordKind]) -> bool {
        self.workspace.with(|workspace| {
            workspace.iter().flat_map(|open| &open.records).any(|(id, _)| kinds.iter().any(|kind| kind.id() == id))
        })
    }

    /// True when a workspace with at least one file is open. Tracks.
    pub(super) fn has_files(self) -> bool {
        self.workspace.with(|workspace| workspace.as_ref().is_some_and(|open| !open.sources.is_empty()))
    }

    /// The day up to which the data is told (`WorkspaceSummary::data_to`). Tracks.
    pub(super) fn data_to(self) -> Option<i32> {
        self.workspace.with(|open| self.query.with(|query| open.as_ref()?.data_to(query)))
    }

    /// The zone in which files of a new workspace are read: that of the address, else the reader's.
    pub(super) fn reading_zone(self) -> String {
        self.frame.with_untracked(|frame| frame.zone.clone()).filter(|zone| is_zone(zone)).unwrap_or_else(browser_zone)
    }

    /// Says what happened in the live region.
    pub(super) fn say(self, sentence: impl Into<String>) {
        let _ = self.status.try_set(sentence.into());
    }

    /// Shows a message once.
    pub(super) fn tell(self, message: UserMessage, remedy: Remedy) {
        let UserMessage { what, why, next, .. } = &message;
        self.say([what.as_str(), why, next].join(" "));
        let _ = self.notices.try_update(|notices| {
            notices.retain(|notice| notice.message != message);
            let id = notices.last().map_or(1, |last| last.id + 1);
            notices.push(Notice { id, message, remedy });
        });
    }
}
