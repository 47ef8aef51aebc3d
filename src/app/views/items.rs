//! Every item that passes the filters.

use leptos::prelude::*;

use super::View;
use crate::app::components::{FilterBar, ItemsTable};

/// The view.
pub(super) static VIEW: View =
    View { id: "items", title: "Items", needs_items: true, records: &[], metrics: &[], body };

fn body() -> AnyView {
    view! {
        <FilterBar />
        <section class="card items-card">
            <h2>"Items"</h2>
            <ItemsTable />
        </section>
    }
    .into_any()
}
