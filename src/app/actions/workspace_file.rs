//! A `.throughline` file into the page.

use super::{open_first, show_opened};
use crate::app::format;
use crate::app::state::{AppState, Remedy};
use crate::engine::Response;
use crate::messages::UserMessage;
use crate::web::ImportSource;

/// True when the file is a workspace and no export.
pub(super) fn is_workspace_file(source: &ImportSource) -> bool {
    matches!(source, ImportSource::File(file) if file.name().to_lowercase().ends_with(".throughline"))
}

/// Opens the workspace of a file in place of the open one, which stays stored.
pub(super) async fn open_workspace_file(state: AppState, source: ImportSource) {
    let (Some(client), ImportSource::File(file)) = (state.client(), source) else { return };
    let name = file.name();
    let opened = match client.open_workspace_file(&file).await {
        Ok(Response::Workspace(workspace)) => Ok(*workspace),
        Ok(Response::Failed(error)) => Err(error.to_string()),
        Ok(_) => Err("The engine gave another answer than expected".to_owned()),
        Err(error) => Err(error.to_string()),
    };
    match opened {
        Ok(workspace) => {
            state.say(format!("{name} is open: {}.", format::counted(workspace.items, "item", "items")));
            show_opened(state, workspace);
            open_first(state);
        }
        Err(why) => state.tell(
            UserMessage::error(format!("{name} was not opened."), &why)
                .then("What was open stays open. Download the workspace again where it comes from"),
            Remedy::None,
        ),
    }
}
