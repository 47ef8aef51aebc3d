//! Archives and workbooks among the files: the files in them take their place.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::web_sys::File;

use super::files_in::is_stop_asked;
use super::workspace_file::is_workspace_file;
use crate::app::state::{AppState, ImportRun, Remedy};
use crate::messages::UserMessage;
use crate::web::{ImportPhase, ImportSource, UnpackFailure, UnpackHandle, UnpackedFiles, is_container};

/// The sources with each container replaced by the files in it. `None` when the user cancelled.
pub(super) async fn expand(state: AppState, sources: Vec<ImportSource>) -> Option<Vec<ImportSource>> {
    let files = sources.len();
    let mut expanded = Vec::with_capacity(files);
    for (position, source) in sources.into_iter().enumerate() {
        let ImportSource::File(file) = &source else {
            expanded.push(source);
            continue;
        };
        let name = file.name();
        // Shown before the first wait, so that no second import begins meanwhile.
        let _ = state.import.try_set(Some(ImportRun::begin(&name, position + 1, files)));
        let is_whole = is_workspace_file(&source) || !is_container(file).await;
        // Nothing is read yet that could be stopped: who cancels now is heard here.
        if is_stop_asked(state) {
            state.say(format!("The import of {name} was cancelled. The workspace is as it was."));
            return None;
        }
        if is_whole {
            expanded.push(source);
            continue;
        }
        state.say(format!("Unpacking {name}"));
        match unpack(state, file).await {
            Ok(unpacked) => take(state, &name, unpacked, &mut expanded),
            Err(UnpackFailure::Cancelled) => {
                state.say(format!("Unpacking {name} was cancelled. The workspace is as it was."));
                return None;
            }
            Err(UnpackFailure::Refused(error)) => {
                state.tell(UserMessage::refused_container(&name, &error), Remedy::None);
            }
            Err(UnpackFailure::WorkerGone(why)) => {
                state.tell(UserMessage::import_worker_gone(&name, &why), Remedy::None);
            }
        }
    }
    Some(expanded)
}

/// Unpacks one container, with progress and a way to stop it.
async fn unpack(state: AppState, file: &File) -> Result<UnpackedFiles, UnpackFailure> {
    let show = move |bytes| {
        let _ = state.import.try_update(|run| {
            if let Some(run) = run {
                (run.phase, run.bytes) = (ImportPhase::Unpacking, bytes);
            }
        });
    };
    show(0);
    let handle = Rc::new(UnpackHandle::start(file, move |progress| show(progress.bytes)));
    let stop = Rc::clone(&handle);
    state.stop_reading.try_update_value(|slot| *slot = Some(Rc::new(move || stop.cancel())));
    let outcome = handle.outcome().await;
    state.stop_reading.try_update_value(|slot| *slot = None);
    outcome
}

/// Adds the files of a container to those that are imported, and tells what is not among them.
fn take(state: AppState, container: &str, unpacked: UnpackedFiles, expanded: &mut Vec<ImportSource>) {
    let UnpackedFiles { files, left_out } = unpacked;
    if !left_out.is_empty() {
        state.tell(UserMessage::left_out(container, files.len(), &left_out), Remedy::None);
    }
    expanded.extend(files.into_iter().map(ImportSource::File));
}
