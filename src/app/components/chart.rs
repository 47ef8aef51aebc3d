//! The drawing itself, with a cursor for the keyboard. One tab stop; the mouse and the keys reach the same marks.

use std::sync::Arc;

use leptos::ev::KeyboardEvent;
use leptos::html::Div;
use leptos::prelude::*;

use super::annotations::noted_days;
use super::drawing::{Drawing, Scene};
use super::number_table::drill_of;
use super::releases::releases_of;
use crate::app::actions::{self, Taken, Taking};
use crate::app::format;
use crate::app::state::{AppState, DrillDown};
use crate::charts::{Panel, Place, annotation_place, place_name, places};
use crate::metrics::{Counted, MetricResult, Role, X};
use crate::web::ChartClick;

/// Marks passed over by Page Up and Page Down.
const PAGE: isize = 10;
/// What the keys do, shown on focus.
const HINT: &str = "Left and right: marks. Up and down: series. Home, End, Page Up, Page Down. Enter: the items behind a mark. N: next note. T: table. C: copy the picture. Shift C: copy the table.";

/// The series that the cursor visits: position in the option, and its marks.
struct Track {
    position: usize,
    name: String,
    unit: String,
    id: String,
    places: Vec<Place>,
}

fn tracks(result: &MetricResult) -> Vec<Track> {
    let visited = |role| !matches!(role, Role::Level);
    result
        .series
        .iter()
        .enumerate()
        .filter(|(_, series)| visited(series.role) && !series.points.is_empty())
        .map(|(position, series)| Track {
            position,
            name: series.name.clone(),
            unit: series.unit.clone(),
            id: series.id.clone(),
            places: places(series),
        })
        .collect()
}

/// Where the cursor is: which track, which mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cursor {
    track: usize,
    place: usize,
}

impl Cursor {
    /// The place a key leads to; `None` for keys that do not move.
    fn after(from: Option<Self>, key: &str, tracks: &[Track]) -> Option<Self> {
        let start = Self { track: 0, place: 0 };
        let here = from.unwrap_or(start);
        let length = tracks.get(here.track)?.places.len() as isize;
        let moved =
            |step: isize| Self { place: (here.place as isize + step).clamp(0, length - 1) as usize, track: here.track };
        let to_track = |track: usize| {
            let here_x = &tracks.get(here.track)?.places.get(here.place)?.x;
            let there = &tracks.get(track)?.places;
            let place = there.iter().position(|place| place.x == *here_x).unwrap_or(here.place.min(there.len() - 1));
            Some(Self { track, place })
        };
        match key {
            "ArrowRight" => Some(if from.is_none() { start } else { moved(1) }),
            "ArrowLeft" => Some(moved(-1)),
            "PageDown" => Some(moved(PAGE)),
            "PageUp" => Some(moved(-PAGE)),
            "Home" => Some(moved(-length)),
            "End" => Some(moved(length)),
            "ArrowDown" => to_track((here.track + 1) % tracks.len()),
            "ArrowUp" => to_track((here.track + tracks.len() - 1) % tracks.len()),
            _ => None,
        }
    }
}

/// The first mark at or after the next note, on the track of the cursor; after the last note comes the first.
fn next_noted(from: Option<Cursor>, tracks: &[Track], notes: &[i32]) -> Option<Cursor> {
    let track = from.map_or(0, |at| at.track);
    let places = &tracks.get(track)?.places;
    let day_of = |place: &Place| if let X::Day(day) = place.x { Some(day) } else { None };
    let here = from.and_then(|at| places.get(at.place)).and_then(day_of);
    let mark_at = |note: i32| places.iter().position(|place| day_of(place).is_some_and(|day| day >= note));
    let later = notes.iter().copied().filter(|&note| here.is_none_or(|here| note > here));
    let place = later.chain(notes.iter().copied()).find_map(mark_at)?;
    Some(Cursor { track, place })
}

fn drill(counted: Counted, track: &Track, place: &Place) -> DrillDown {
    drill_of(counted, &place_name(&place.x), &track.name, &track.unit, place)
}

fn readout(counted: Counted, track: &Track, place: &Place) -> String {
    let (one, many) = counted.words();
    let value = place.y.map_or_else(|| "unknown".to_owned(), |value| format::with_unit(value, &track.unit));
    let items = match place.items.len() {
        0 => String::new(),
        count => format!(" ({})", format::counted(count as u64, one, many)),
    };
    format!("{}, {}: {value}{items}", track.name, place_name(&place.x))
}

/// Copies the picture of a chart, or the table of its numbers.
fn copy(state: AppState, panel: &'static Panel, drawing: Drawing, result: Option<Arc<MetricResult>>, is_table: bool) {
    if let Some(result) = result {
        let taking = if is_table { Taking::CopyMarkdown } else { Taking::CopyImage };
        actions::take_chart(state, Taken { panel, drawing, result }, taking);
    }
}

/// The drawing of a result.
#[component]
pub(in crate::app) fn ChartFrame(
    /// How it is drawn.
    panel: &'static Panel,
    /// Where it is drawn.
    drawing: Drawing,
    /// What is drawn; `None` = nothing yet, the frame stays.
    result: Signal<Option<Arc<MetricResult>>>,
    /// Whether the table below is open; T turns it.
    table_open: RwSignal<bool>,
) -> impl IntoView {
    let state = AppState::of_context();
    let frame = NodeRef::<Div>::new();
    let stop = NodeRef::<Div>::new();
    let tracks = Memo::new_with_compare(
        move |_| Arc::new(result.with(|result| result.as_deref().map(tracks).unwrap_or_default())),
        |_, _| true,
    );
    let counted =
        move || result.with_untracked(|result| result.as_ref().map_or(Counted::Items, |result| result.counted));
    let cursor = RwSignal::new(None::<Cursor>);
    let click = move |series_id: &str, index: usize| {
        let Some(tracks) = tracks.try_get_untracked() else { return };
        let found = tracks.iter().find(|track| track.id == series_id);
        let Some((track, place)) = found.and_then(|track| Some((track, track.places.get(index)?))) else { return };
        if let Some(stop) = stop.try_get_untracked().flatten() {
            // The drawer gives focus back to where it was opened from.
            drop(stop.focus());
        }
        actions::show_items(state, drill(counted(), track, place));
    };
    let notes = Memo::new(move |_| noted_days(state));
    Effect::new(move |_| {
        let Some(element) = frame.get() else { return };
        let palette = state.palette.get();
        let notes = notes.get();
        let Some(result) = result.get() else { return };
        let clicked = move |event: ChartClick| click(&event.series_id, event.data_index as usize);
        let element = (*element).clone().into();
        let releases = releases_of(state, &result);
        drawing.draw(Scene { element, palette, result, notes, releases }, clicked);
    });
    let point = move |to: Option<Cursor>| {
        cursor.set(to);
        let mark = to.and_then(|at| tracks.get_untracked().get(at.track).map(|track| (track.position, at.place)));
        drawing.point_at(mark);
    };
    let on_key = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let known = tracks.get_untracked();
        let key = event.key();
        let here =
            cursor.get_untracked().filter(|at| known.get(at.track).is_some_and(|track| at.place < track.places.len()));
        match key.as_str() {
            "Enter" => {
                if let Some((track, place)) = here
                    .and_then(|at| known.get(at.track).map(|track| (track, at.place)))
                    .and_then(|(track, place)| Some((track, track.places.get(place)?)))
                {
                    actions::show_items(state, drill(counted(), track, place));
                }
            }
            "c" | "C" => copy(state, panel, drawing, result.get_untracked(), event.shift_key()),
            "t" | "T" => table_open.update(|open| *open = !*open),
            "n" | "N" => {
                let days = result.with_untracked(|result| {
                    let placed = |&(_, day): &(usize, i32)| annotation_place(result.as_deref()?, day);
                    notes.with_untracked(|notes| notes.iter().filter_map(placed).collect::<Vec<_>>())
                });
                match next_noted(here, &known, &days) {
                    Some(to) => point(Some(to)),
                    None => return,
                }
            }
            "Escape" => point(None),
            _ => match Cursor::after(here, &key, &known) {
                Some(to) => point(Some(to)),
                None => return,
            },
        }
        event.prevent_default();
    };
    let told = move || {
        let tracks = tracks.get();
        cursor
            .get()
            .and_then(|at| {
                tracks.get(at.track).and_then(|track| Some(readout(counted(), track, track.places.get(at.place)?)))
            })
            .unwrap_or_default()
    };
    view! {
        <div
            class="chart-stop"
            node_ref=stop
            tabindex="0"
            role="application"
            aria-roledescription="chart"
            aria-label=format!("{}. {HINT}", panel.title)
            on:keydown=on_key
            // Also comes when the view with the focus is taken away: the chart is then gone already.
            on:blur=move |_| drawing.point_at(None)
        >
            <div class="chart-frame" node_ref=frame role="img" aria-label=panel.title></div>
            <p class="chart-hint" aria-hidden="true">{HINT}</p>
            <p class="chart-readout" aria-live="polite"><bdi>{told}</bdi></p>
            <p class="chart-failure" hidden=move || drawing.failure.with(Option::is_none)>{move || drawing.failure.get()}</p>
        </div>
    }
}
