//! The help on exports, fetched when somebody wants to know.

use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::app::state::AppState;

/// Fetches the help once; what failed is tried again the next time.
pub(in crate::app) fn load_export_help(state: AppState) {
    let is_known = state.export_help.with_untracked(|help| matches!(help, Some(Ok(_))));
    let (false, Some(client)) = (is_known, state.client()) else { return };
    spawn_local(async move {
        let help = client.export_help().await.map(Arc::new);
        let _ = state.export_help.try_set(Some(help));
    });
}
