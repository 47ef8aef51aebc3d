//! Work items in a table of any length: only the rows in sight are on the page, and only their pages are asked for.

use std::collections::HashMap;
use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::UserText;
use super::response::{UNEXPECTED, ask};
use crate::app::actions;
use crate::app::format;
use crate::app::state::{AppState, Remedy};
use crate::engine::{ItemColumn, ItemRow, ItemsPage, ItemsQuery, Request, Response};
use crate::messages::UserMessage;
use crate::metrics::Query;
use crate::model::iso_from_day;

/// Height of a row in CSS pixels; `--row-height` of the style sheet is the same.
const ROW_HEIGHT: f64 = 36.0;
/// Rows asked for at once.
const PAGE: u64 = 100;
/// Rows drawn beyond what is in sight, so that a quick scroll finds them there.
const MARGIN: u64 = 12;
/// Browsers cannot lay out taller boxes; longer tables scroll in proportion.
const TALLEST: f64 = 10_000_000.0;

/// A column: what it is sorted by (`None` = cannot), its header, its cell; numbers and dates stand right.
struct Column {
    sort: Option<ItemColumn>,
    title: &'static str,
    is_number: bool,
    cell: fn(&ItemRow) -> AnyView,
}

const fn column(sort: ItemColumn, title: &'static str, cell: fn(&ItemRow) -> AnyView) -> Column {
    Column { sort: Some(sort), title, is_number: false, cell }
}

const fn number_column(sort: ItemColumn, title: &'static str, cell: fn(&ItemRow) -> AnyView) -> Column {
    Column { sort: Some(sort), title, is_number: true, cell }
}

const ALL_COLUMNS: &[Column] = &[
    column(ItemColumn::Key, "Key", key),
    column(ItemColumn::Title, "Title", |row| text(&row.title)),
    column(ItemColumn::Type, "Type", |row| text(&row.item_type)),
    column(ItemColumn::Status, "Status", status),
    column(ItemColumn::Assignee, "Assignee", |row| text(&row.assignee)),
    number_column(ItemColumn::Points, "Points", |row| row.points.map(format::number).into_any()),
    column(ItemColumn::Sprint, "Sprint", |row| text(&row.sprint)),
    number_column(ItemColumn::Created, "Created", |row| day(row.created)),
    number_column(ItemColumn::Started, "Started", |row| day(row.started)),
    number_column(ItemColumn::Finished, "Finished", |row| day(row.finished)),
];

const DRILL_COLUMNS: &[Column] = &[
    column(ItemColumn::Key, "Key", key),
    column(ItemColumn::Title, "Title", |row| text(&row.title)),
    column(ItemColumn::Status, "Status", status),
    number_column(ItemColumn::Points, "Points", |row| row.points.map(format::number).into_any()),
    number_column(ItemColumn::Created, "Created", |row| day(row.created)),
    number_column(ItemColumn::Started, "Started", |row| day(row.started)),
    number_column(ItemColumn::Finished, "Finished", |row| day(row.finished)),
    Column { sort: None, title: "From", is_number: false, cell: |row| text(&place(row)) },
];

/// The part of a long table that is on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Slice {
    first: u64,
    end: u64,
    above: f64,
    below: f64,
}

fn slice(total: u64, scrolled: f64, height: f64) -> Slice {
    let content = (total as f64 * ROW_HEIGHT).min(TALLEST);
    let in_sight = (height / ROW_HEIGHT).ceil() as u64 + 1;
    if content < TALLEST {
        let first = ((scrolled / ROW_HEIGHT) as u64).min(total).saturating_sub(MARGIN);
        let end = (first + in_sight + 2 * MARGIN).min(total);
        let above = first as f64 * ROW_HEIGHT;
        return Slice { first, end, above, below: (total - end) as f64 * ROW_HEIGHT };
    }
    let share = (scrolled / (content - height).max(1.0)).clamp(0.0, 1.0);
    let first = (share * total.saturating_sub(in_sight - 1) as f64) as u64;
    let end = (first + in_sight).min(total);
    let above = scrolled.min(content - (end - first) as f64 * ROW_HEIGHT);
    Slice { first, end, above, below: (content - above - (end - first) as f64 * ROW_HEIGHT).max(0.0) }
}

/// What is asked; pages of another question are thrown away.
type Asked = ((String, u64, u32), Query, (ItemColumn, bool));

/// Which question the pages at hand answer, and the pages by number.
type Held = (Option<Asked>, HashMap<u64, Arc<ItemsPage>>);

/// The pages at hand.
#[derive(Clone, Copy)]
struct Pages {
    state: AppState,
    only: StoredValue<Option<Vec<u32>>>,
    asked: Memo<Asked>,
    /// Which question the rows at hand answer, and the rows by page.
    held: RwSignal<Held>,
    total: RwSignal<Option<u64>>,
    under_way: StoredValue<Vec<u64>>,
}

impl Pages {
    /// Asks for the pages of a slice that are not at hand.
    fn fetch(self, asked: &Asked, slice: Slice) {
        let is_new = self.held.with_untracked(|(held, _)| held.as_ref() != Some(asked));
        if is_new {
            self.under_way.set_value(Vec::new());
            self.held.set((Some(asked.clone()), HashMap::new()));
        }
        let last = slice.end.saturating_sub(1) / PAGE;
        for page in slice.first / PAGE..=last {
            let known = self.held.with_untracked(|(_, pages)| pages.contains_key(&page));
            let waiting = self.under_way.with_value(|waiting| waiting.contains(&page));
            if !known && !waiting {
                self.under_way.update_value(|waiting| waiting.push(page));
                self.ask(asked.clone(), page);
            }
        }
    }

    fn ask(self, asked: Asked, page: u64) {
        let request = Request::Items(ItemsQuery {
            query: asked.1.clone(),
            only: self.only.get_value(),
            sort: asked.2.0,
            descending: asked.2.1,
            offset: page * PAGE,
            limit: PAGE as u32,
        });
        spawn_local(async move {
            let why = match ask(self.state, request).await.map(Arc::unwrap_or_clone) {
                Ok(Response::Items(rows)) => return self.keep(&asked, page, rows),
                Ok(_) => UNEXPECTED.to_owned(),
                Err(why) => why.to_string(),
            };
            self.state.tell(UserMessage::error("The items could not be listed.", &why), Remedy::None);
        });
    }

    fn keep(self, asked: &Asked, page: u64, rows: ItemsPage) {
        let total = rows.total;
        let kept = self.held.try_update(|(held, pages)| {
            let is_wanted = held.as_ref() == Some(asked);
            if is_wanted {
                pages.insert(page, Arc::new(rows));
            }
            is_wanted
        });
        if kept == Some(true) {
            let _ = self.total.try_set(Some(total));
            let _ = self.state.ready.try_set(true);
        }
    }

    fn row(self, index: u64) -> Option<ItemRow> {
        self.held.with(|(_, pages)| {
            pages.get(&(index / PAGE)).and_then(|page| page.rows.get((index % PAGE) as usize).cloned())
        })
    }
}

/// The items that pass the filters.
#[component]
pub(in crate::app) fn ItemsTable() -> impl IntoView {
    let state = AppState::of_context();
    table(state.query.into(), None, ALL_COLUMNS)
}

/// The items behind a point, with the file and line each came from.
#[component]
pub(super) fn ItemsList(
    /// Positions in the dataset.
    items: Vec<u32>,
) -> impl IntoView {
    // The point has chosen its items: filters do not choose among them again.
    table(Signal::stored(Query::default()), Some(items), DRILL_COLUMNS)
}

fn table(query: Signal<Query>, only: Option<Vec<u32>>, columns: &'static [Column]) -> AnyView {
    let state = AppState::of_context();
    let order = RwSignal::new((ItemColumn::Key, false));
    let pages = Pages {
        state,
        only: StoredValue::new(only),
        asked: Memo::new(move |_| (state.generation(), query.get(), order.get())),
        held: RwSignal::new((None, HashMap::new())),
        total: RwSignal::new(None),
        under_way: StoredValue::new(Vec::new()),
    };
    let scrolled = RwSignal::new((0.0, 600.0));
    let frame = NodeRef::<Div>::new();
    let on_scroll = move |_| {
        if let Some(frame) = frame.get_untracked() {
            scrolled.set((f64::from(frame.scroll_top()), f64::from(frame.client_height())));
        }
    };
    let sight = Memo::new(move |_| {
        let (top, height) = scrolled.get();
        slice(pages.total.get().unwrap_or(PAGE), top, height)
    });
    Effect::new(move |_| pages.fetch(&pages.asked.read(), sight.get()));
    let rows = move || (sight.read().first..sight.read().end).collect::<Vec<_>>();
    let count = move || match pages.total.get() {
        Some(total) => format::counted(total, "item", "items"),
        None => "Counting…".to_owned(),
    };
    view! {
        <p class="table-count" aria-live="polite">{count}</p>
        <div class="scroll items-scroll" node_ref=frame on:scroll=on_scroll tabindex="0" role="region" aria-label="Items">
            <table class="items" aria-rowcount=move || pages.total.get().map(|total| (total + 1).to_string())>
                <thead><tr aria-rowindex="1">{columns.iter().map(|column| header(column, order)).collect_view()}</tr></thead>
                <tbody>
                    <tr aria-hidden="true" class="spacer" style:height=move || format!("{}px", sight.read().above)></tr>
                    <For each=rows key=|index| *index let:index>
                        <Row index pages columns />
                    </For>
                    <tr aria-hidden="true" class="spacer" style:height=move || format!("{}px", sight.read().below)></tr>
                </tbody>
            </table>
        </div>
    }
    .into_any()
}

fn header(column: &'static Column, order: RwSignal<(ItemColumn, bool)>) -> AnyView {
    let Some(by) = column.sort else { return view! { <th scope="col">{column.title}</th> }.into_any() };
    let sorted = move || match order.get() {
        (sorted_by, false) if sorted_by == by => "ascending",
        (sorted_by, true) if sorted_by == by => "descending",
        _ => "none",
    };
    let turn = move |_| order.update(|order| *order = (by, order.0 == by && !order.1));
    view! {
        <th scope="col" class:number=column.is_number aria-sort=sorted>
            <button type="button" class="sort" on:click=turn>{column.title}</button>
        </th>
    }
    .into_any()
}

#[component]
fn Row(index: u64, pages: Pages, columns: &'static [Column]) -> impl IntoView {
    let row = Memo::new(move |_| pages.row(index));
    let cells = move || match row.get() {
        Some(row) => columns
            .iter()
            .map(|column| view! { <td class:number=column.is_number>{(column.cell)(&row)}</td> })
            .collect_view()
            .into_any(),
        None => view! { <td colspan=columns.len().to_string() class="waiting">"…"</td> }.into_any(),
    };
    view! { <tr aria-rowindex=(index + 2).to_string()>{cells}</tr> }
}

fn text(text: &str) -> AnyView {
    view! { <UserText text=text.to_owned() /> }.into_any()
}

fn day(day: Option<i32>) -> AnyView {
    day.map(iso_from_day).into_any()
}

fn place(row: &ItemRow) -> String {
    if row.line > 0 { format!("{}, line {}", row.source, row.line) } else { row.source.clone() }
}

fn key(row: &ItemRow) -> AnyView {
    let state = AppState::of_context();
    let (title, key) = (place(row), row.key.clone());
    view! {
        <button type="button" class="key" title=title on:click=move |_| actions::show_item(state, key.clone())>
            <bdi>{row.key.clone()}</bdi>
        </button>
    }
    .into_any()
}

fn status(row: &ItemRow) -> AnyView {
    view! {
        <span class=category_class(row.category) title=row.category.title()>
            <UserText text=row.status.clone() />
        </span>
    }
    .into_any()
}

const fn category_class(category: crate::model::StatusCategory) -> &'static str {
    use crate::model::StatusCategory;
    match category {
        StatusCategory::ToDo => "status status-to-do",
        StatusCategory::InProgress => "status status-in-progress",
        StatusCategory::Done => "status status-done",
        StatusCategory::Dropped => "status status-dropped",
    }
}
