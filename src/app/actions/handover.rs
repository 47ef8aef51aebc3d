//! Data that the page around hands over: judged, asked about where it must be, read as a dropped file would be, and shown in
//! place of what was there. When nothing of it can be read, what was there is shown on.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::web_sys::Blob;

use super::files_in::{import_each, new_id};
use super::framed::{answer, partner};
use super::{close_file_notices, show_opened, show_workspace, why_no_workspace};
use crate::app::framed_state::{Handover, HandoverStage};
use crate::app::state::{AppState, Remedy};
use crate::embedding::{ErrorCode, LoadOrder, LoadProblem, LoadVerdict, names_somebody};
use crate::engine::{Request, Response, WorkspaceSummary};
use crate::messages::{Severity, UserMessage};
use crate::web::{
    Buffers, EngineClient, ImportChoices, ImportSource, PublishedSource, WebError, has_opaque_origin, read_only_copy,
};

/// Takes a message that hands data over.
pub(super) fn take_load(state: AppState, order: Result<LoadOrder, LoadProblem>, origin: String, buffers: Buffers) {
    let is_busy =
        state.framed().handover.with_untracked(Option::is_some) || state.import.with_untracked(Option::is_some);
    match order {
        Err(problem) => refuse(state, &origin, &problem),
        Ok(_) if is_busy => refuse(state, &origin, &LoadProblem::Busy),
        Ok(order) if has_opaque_origin() && !order.is_of_workspaces() => {
            refuse(state, &origin, &LoadProblem::Sandboxed);
        }
        Ok(order) => {
            let _ = state.framed().handed_over.try_set_value(buffers);
            let _ = state.framed().handover.try_set(Some(Handover { origin, order, stage: HandoverStage::Waiting }));
            go_on_with_load(state);
        }
    }
}

/// Reads what waits, or asks about it, unless what the address names is still being opened.
pub(in crate::app) fn go_on_with_load(state: AppState) {
    let waiting = state.framed().handover.get_untracked().filter(|handover| handover.stage == HandoverStage::Waiting);
    let (Some(Handover { origin, .. }), false) = (waiting, state.is_opening.get_untracked()) else { return };
    match partner(state).map(|partner| partner.judge_load(&origin)) {
        Some(LoadVerdict::Read) => begin(state),
        Some(LoadVerdict::Ask) => advance(state, HandoverStage::Asked),
        Some(LoadVerdict::Refuse) | None => give_up(state, &LoadProblem::NotHere),
    }
}

/// The reader agrees.
pub(in crate::app) fn accept_load(state: AppState) {
    let is_asked = |handover: &Option<Handover>| matches!(handover, Some(Handover { stage: HandoverStage::Asked, .. }));
    if state.framed().handover.with_untracked(is_asked) {
        begin(state);
    }
}

/// The reader does not: nothing is read.
pub(in crate::app) fn refuse_load(state: AppState) {
    state.say("Nothing was loaded.");
    give_up(state, &LoadProblem::Refused);
}

fn advance(state: AppState, to: HandoverStage) {
    let _ = state.framed().handover.try_update(|handover| {
        if let Some(handover) = handover {
            handover.stage = to;
        }
    });
}

fn begin(state: AppState) {
    let Some(handover) = state.framed().handover.get_untracked() else { return };
    // What the address names may be a file that is being read.
    if state.import.with_untracked(Option::is_some) {
        return give_up(state, &LoadProblem::Busy);
    }
    let was_asked = handover.stage == HandoverStage::Asked;
    advance(state, HandoverStage::Reading);
    let buffers = state.framed().handed_over.try_update_value(std::mem::take).unwrap_or_default();
    let files: Result<Vec<ImportSource>, LoadProblem> = handover
        .order
        .files
        .iter()
        .map(|given| {
            let unusable = |error: WebError| LoadProblem::Unusable(given.name.clone(), error.to_string());
            buffers.file(given).map(ImportSource::File).map_err(unusable)
        })
        .collect();
    match files {
        Ok(files) => spawn_local(read(state, handover, files, was_asked)),
        Err(problem) => give_up(state, &problem),
    }
}

/// Reads the files into a workspace of their own.
async fn read(state: AppState, handover: Handover, files: Vec<ImportSource>, was_asked: bool) {
    let (Some(client), Some(gate)) = (state.client(), state.engine_gate()) else { return };
    let Handover { origin, order, .. } = handover;
    // Who is opening the published workspace in the engine is done first.
    let before = {
        let _turn = gate.lock().await;
        match Before::keep(state, &client).await {
            Ok(before) => {
                make_room(state, &origin, was_asked);
                before
            }
            Err(error) => return give_up(state, &LoadProblem::Unusable(order.name, error.to_string())),
        }
    };
    close_file_notices(state);
    let told_before = newest_notice(state);
    let request =
        Request::NewWorkspace { id: new_id(), name: order.name.clone(), zone: state.reading_zone(), sample: false };
    match client.ask(request).await {
        Ok(Response::Workspace(empty)) => {
            show_workspace(state, *empty);
            let _ = state.stop_asked.try_set_value(false);
            import_each(state, files, ImportChoices::default()).await;
        }
        other => {
            let words = why_no_workspace(other);
            state.tell(UserMessage::error("The data was not loaded.", &words), Remedy::None);
        }
    }
    let is_loaded = untrack(|| state.has_files());
    if !is_loaded {
        before.show(state, &client).await;
    }
    let told = tell_problems(state, &origin, told_before);
    if !is_loaded && !told {
        refuse(state, &origin, &LoadProblem::LeftOut);
    }
    let _ = state.framed().handover.try_set(None);
}

/// What was shown before.
struct Before {
    source: Option<PublishedSource>,
    workspace: Option<Arc<WorkspaceSummary>>,
    /// The workspace itself, where nothing else holds it.
    file: Option<Blob>,
    given_by: Option<String>,
    shown_from: Option<String>,
}

impl Before {
    async fn keep(state: AppState, client: &EngineClient) -> Result<Self, WebError> {
        let source = state.source();
        let workspace = state.workspace.get_untracked();
        let file = match (&source, &workspace) {
            (None, Some(_)) => Some(read_only_copy(&client.workspace_file().await?)?),
            _ => None,
        };
        let given_by = state.framed().given_by.get_untracked();
        Ok(Self { source, workspace, file, given_by, shown_from: state.shown_from.get_untracked() })
    }

    /// Shows it again.
    async fn show(self, state: AppState, client: &EngineClient) {
        let _ = state.framed().given_by.try_set(self.given_by);
        let _ = state.shown_from.try_set(self.shown_from);
        if let Some(source) = self.source {
            state.look_at(source);
        }
        let Some(file) = self.file else {
            let _ = state.openings.try_update(|count| *count += 1);
            let _ = state.workspace.try_set(self.workspace);
            return;
        };
        let opened = client.open_workspace_file(&file).await;
        match opened {
            Ok(Response::Workspace(workspace)) => show_opened(state, *workspace),
            other => {
                let why = why_no_workspace(other);
                let _ = state.workspace.try_set(None);
                state.tell(UserMessage::error("What was shown could not be shown again.", &why), Remedy::ReloadPage);
            }
        }
    }
}

/// Puts everything away that is of other data, and says whose the next is.
fn make_room(state: AppState, origin: &str, was_asked: bool) {
    let _ = state.framed().given_by.try_set(Some(origin.to_owned()));
    let _ = state.framed().shown_charts.try_set_value(Vec::new());
    let _ = state.read_files.try_set_value(Vec::new());
    let _ = state.foreign_source.try_set(None);
    let _ = state.drawer.try_set(None);
    let _ = state.item.try_set(None);
    let _ = state.workspace.try_set(None);
    let _ = state.openings.try_update(|count| *count += 1);
    let _ = state.framed().tells_notices.try_set(true);
    let _ = state.shown_from.try_set(was_asked.then(|| who(origin)));
    state.look_away();
}

/// The page around in words.
pub(in crate::app) fn who(origin: &str) -> String {
    if names_somebody(origin) { origin.to_owned() } else { "a page that does not say where it is from".to_owned() }
}

fn newest_notice(state: AppState) -> u64 {
    state.notices.with_untracked(|notices| notices.last().map_or(0, |notice| notice.id))
}

/// Tells the page around what the frame told of its files; answers whether there was anything.
fn tell_problems(state: AppState, origin: &str, told_before: u64) -> bool {
    let told = state.notices.with_untracked(|notices| {
        let new = notices.iter().filter(|notice| notice.id > told_before);
        let grave = new.filter(|notice| notice.message.severity != Severity::Notice);
        let words = grave.map(|notice| {
            let UserMessage { what, why, next, .. } = &notice.message;
            [what.as_str(), why, next].join(" ").trim_end().to_owned()
        });
        words.collect::<Vec<_>>()
    });
    let any = !told.is_empty();
    for words in told {
        answer(state, origin, ErrorCode::NotOpened, words, None);
    }
    any
}

fn give_up(state: AppState, problem: &LoadProblem) {
    drop(state.framed().handed_over.try_update_value(std::mem::take));
    if let Some(Some(handover)) = state.framed().handover.try_update(Option::take) {
        refuse(state, &handover.origin, problem);
    }
}

fn refuse(state: AppState, origin: &str, problem: &LoadProblem) {
    answer(state, origin, ErrorCode::LoadRefused, problem.words(), None);
}
