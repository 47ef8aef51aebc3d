//! The views: one screen each, listed once.

mod burnup;
mod capacity;
mod debt;
mod dora;
mod flow;
mod forecast;
mod import;
mod items;
mod overview;
mod quality;
mod sprint;
mod start;
mod throughput;
mod uptime;
mod velocity;
mod wip;

use leptos::prelude::*;

use crate::model::RecordKind;
pub(super) use overview::{framed as framed_overview, strip as overview_strip};

/// One screen.
pub(super) struct View {
    /// Stable name, kebab-case; in the address and in `data-view`.
    pub(super) id: &'static str,
    /// In the navigation and the window's title.
    pub(super) title: &'static str,
    /// True: it shows something only when a workspace with items is open.
    pub(super) needs_items: bool,
    /// Kinds of records of which any is enough to open it, with or without items.
    pub(super) records: &'static [RecordKind],
    /// Ids of the metrics it draws, as panels.
    pub(super) metrics: &'static [&'static str],
    /// Its content.
    pub(super) body: fn() -> AnyView,
}

/// Order = order in the navigation. To add one: write the file, add its line.
pub(super) static VIEWS: &[&View] = &[
    &start::VIEW,
    &overview::VIEW,
    &sprint::VIEW,
    &velocity::VIEW,
    &burnup::VIEW,
    &throughput::VIEW,
    &flow::VIEW,
    &wip::VIEW,
    &forecast::VIEW,
    &dora::VIEW,
    &quality::VIEW,
    &debt::VIEW,
    &capacity::VIEW,
    &uptime::VIEW,
    &items::VIEW,
    &import::VIEW,
];

/// Where files are added.
pub(super) const START: &str = start::VIEW.id;
/// What is shown first of a workspace.
pub(super) const FIRST: &str = overview::VIEW.id;
/// Where the dates of sprints are set.
pub(super) const SPRINT: &str = sprint::VIEW.id;
/// The list of items.
pub(super) const ITEMS: &str = items::VIEW.id;
/// What happened to the files.
pub(super) const IMPORT: &str = import::VIEW.id;

/// The view of an id.
pub(super) fn of(id: &str) -> Option<&'static View> {
    VIEWS.iter().copied().find(|view| view.id == id)
}
