//! The address bar and the state, one direction each.

use leptos::prelude::*;

use super::state::{AppState, Remedy};
use super::views;
use crate::address::{Address, AddressProblem, Frame};
use crate::messages::UserMessage;
use crate::web::{app_address, is_zone, read_fragment, read_query, watch_fragment, write_fragment};

/// The view that an address asks for. A chart without a view is looked at in the view that draws it.
fn view_of(address: &Address) -> &'static str {
    let drawing = || {
        let chart = address.chart.as_deref()?;
        views::VIEWS.iter().copied().find(|view| view.metrics.contains(&chart))
    };
    address.view.as_deref().and_then(views::of).or_else(drawing).map_or(views::FIRST, |view| view.id)
}

/// What the state says, as an address.
pub(super) fn address(state: AppState) -> Address {
    Address {
        view: Some(state.view.get().to_owned()),
        chart: state.chart.get(),
        sources: Vec::new(),
        frame: Frame { theme: state.theme.get(), ..state.frame.get() },
        query: state.query.get(),
        item: state.item.get(),
        other: state.other_keys.get(),
    }
}

/// The same with where published data lies, which opens the page and does not change.
pub(super) fn whole_address(state: AppState) -> Address {
    let (opened_with, _) = Address::read(&read_query(), &read_fragment());
    Address { sources: opened_with.sources, ..address(state) }
}

/// What is looked at, or another view of it, in a tab of its own.
pub(super) fn outside_link(state: AppState, view: Option<&'static str>) -> String {
    let address = whole_address(state);
    let address = match view {
        Some(view) => Address { view: Some(view.to_owned()), chart: None, item: None, ..address },
        None => address,
    };
    address.link(&app_address())
}

/// What is looked at, narrowed to one chart, in a tab of its own.
pub(super) fn chart_link(state: AppState, chart: &str) -> String {
    untrack(|| Address { chart: Some(chart.to_owned()), ..whole_address(state) }.link(&app_address()))
}

/// Shows what an address says, without what opens the page.
pub(super) fn show(state: AppState, address: Address) {
    let _ = state.view.try_set(view_of(&address));
    let _ = state.theme.try_set(address.frame.theme);
    let _ = state.query.try_set(address.query);
    let _ = state.chart.try_set(address.chart);
    let _ = state.frame.try_set(address.frame);
    let _ = state.item.try_set(address.item);
    let _ = state.other_keys.try_set(address.other);
}

/// Follows the address whenever the user changes it; writes it whenever the state changes.
pub(super) fn follow(state: AppState, problems: Vec<AddressProblem>) {
    let (opened_with, _) = Address::read(&read_query(), &read_fragment());
    let _ = state.view.try_set(view_of(&opened_with));
    tell(state, problems);
    tell_what_does_nothing(state);
    if state.opening().embedded {
        // The page around has the address; a part of it has none of its own.
        return;
    }
    // Where published data lies opens the page and does not change.
    let sources = opened_with.sources;
    // The edge: the address changes outside of our signals.
    let watch = watch_fragment(move |fragment| adopt(state, &fragment));
    let _kept = StoredValue::new_local(watch);
    Effect::new(move |last: Option<&'static str>| {
        let view = state.view.get();
        let address = Address { sources: sources.clone(), ..address(state) };
        // A view is a step of the browser's history, a setting of it is not.
        write_fragment(&address.fragment_beside(&read_query()), last.is_some_and(|last| last != view));
        view
    });
}

/// Says what of an address is understood and yet changes nothing, once for each case.
fn tell_what_does_nothing(state: AppState) {
    let tell_once = move |words: fn(AppState) -> Option<(String, String)>| {
        Effect::new(move |told: Option<Option<(String, String)>>| {
            let now = words(state);
            if let Some((what, why)) = now.clone().filter(|now| told.flatten().as_ref() != Some(now)) {
                state.tell(UserMessage::notice(what, &why), Remedy::None);
            }
            now
        });
    };
    tell_once(zone_words);
    tell_once(language_words);
}

fn zone_words(state: AppState) -> Option<(String, String)> {
    let asked = state.frame.with(|frame| frame.zone.clone())?;
    let what = format!("tz={asked} changes nothing.");
    if !is_zone(&asked) {
        return Some((what, "This browser knows no such time zone.".to_owned()));
    }
    let own = state.workspace.with(|open| open.as_ref().map(|open| open.zone.clone()))?;
    let why = format!(
        "The days of this workspace are those of {own}: its files were read so, and dates without a time of day cannot be moved to another zone. A new workspace that is begun with this address is read in {asked}."
    );
    (own != asked).then_some((what, why))
}

fn language_words(state: AppState) -> Option<(String, String)> {
    let asked =
        state.frame.with(|frame| frame.language.clone()).filter(|asked| asked.split('-').next() != Some("en"))?;
    let why = "Throughline speaks English, writes dates as 2024-01-31 and numbers as 1,234.5 for everybody.";
    Some((format!("lang={asked} changes nothing."), why.to_owned()))
}

fn adopt(state: AppState, fragment: &str) {
    let (address, problems) = Address::read(&read_query(), fragment);
    tell(state, problems);
    show(state, address);
}

fn tell(state: AppState, problems: Vec<AddressProblem>) {
    for problem in problems {
        state.tell(
            UserMessage::warning("A part of the address was not understood.", &format!("{problem}. It was left out.")),
            Remedy::None,
        );
    }
}
