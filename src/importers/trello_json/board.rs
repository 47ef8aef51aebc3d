//! Puts a board together: cards refer to lists, members and fields, and the actions to cards, in any order.

use std::collections::BTreeMap;

use super::card::{Action, Card, FieldItem, Named, is_done_list, made_at};
use crate::importers::gathering::Gathering;
use crate::importers::json::reading::{ElementReader, parsed};
use crate::importers::json::{JsonElement, JsonRest};
use crate::importers::{Problem, dates};
use crate::model::{CategoryField, ChangeField, IterationDates, ListField, MomentField, NumberField, TextField};

/// Trello exports this many actions and no more.
const ACTIONS_EXPORTED: u64 = 1000;
/// Names of custom fields that hold points, and of those that name an iteration.
const POINTS: &[&str] = &["story points", "points", "story point", "storypoints", "estimate (points)", "sp"];
const ITERATION: &[&str] = &["sprint", "iteration"];

/// Everything kept until the end of the file.
#[derive(Default)]
pub(super) struct Board {
    /// With the line each begins on; the reason where it could not be read.
    cards: Vec<(u64, Result<Card, String>)>,
    /// Names by id.
    lists: BTreeMap<String, String>,
    members: BTreeMap<String, String>,
    fields: BTreeMap<String, String>,
    /// Entries of custom fields that are lists.
    options: BTreeMap<String, String>,
    actions: u64,
    /// What happened to each card.
    events: BTreeMap<String, Vec<Event>>,
}

struct Event {
    at: i64,
    what: What,
}

enum What {
    /// Made in this list, by this person.
    Made {
        list: Option<Named>,
        by: Option<String>,
    },
    Moved {
        from: Option<Named>,
        to: Option<Named>,
    },
    Archived(bool),
    Completed(bool),
    Due {
        from: String,
        to: String,
    },
}

/// Where a card stands in the end.
struct Standing {
    status: String,
    category: &'static str,
    resolution: &'static str,
    resolved: Option<i64>,
    /// A word behind the list's name: the card did not move, but is no longer what its list says.
    beyond_list: Option<i64>,
    /// The date of finishing is only that of the last activity.
    by_activity: bool,
}

impl ElementReader for Board {
    fn is_row(&self, _path: &str) -> bool {
        // Cards become rows when the whole board is known.
        false
    }

    fn element(&mut self, element: &JsonElement<'_>, to: &mut Gathering) -> Result<(), String> {
        match element.path {
            "cards" => self.cards.push((element.line, parsed(element))),
            "actions" => {
                self.actions += 1;
                self.action(&parsed(element)?, to);
            }
            path => {
                let named: Named = parsed(element)?;
                let Some(id) = named.id else { return Ok(()) };
                for option in named.options.unwrap_or_default() {
                    let text = option.value.and_then(|value| value.text.or(value.number));
                    if let (Some(id), Some(text)) = (option.id, text) {
                        self.options.insert(id, text);
                    }
                }
                let name = named.full_name.or(named.name).or(named.username).unwrap_or_default();
                match path {
                    "lists" => self.lists.insert(id, name),
                    "members" => self.members.insert(id, name),
                    _ => self.fields.insert(id, name),
                };
            }
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>, rest: &JsonRest, to: &mut Gathering) {
        let board = rest.first().and_then(|board| board.get("name")?.as_str()).unwrap_or_default().to_owned();
        let mut by_activity = 0_u64;
        for (line, card) in std::mem::take(&mut self.cards) {
            to.begin_row(line);
            let outcome = card.and_then(|card| self.item(&card, &board, &mut by_activity, to));
            to.end_row(outcome);
        }
        self.tell(by_activity, to);
    }
}

impl Board {
    fn action(&mut self, action: &Action<'_>, to: &mut Gathering) {
        let Some(data) = &action.data else { return };
        let Some(card) = data.card.as_ref().filter(|card| card.id.is_some()) else { return };
        let Some(at) = to.moment("date", action.date.as_deref().unwrap_or_default()) else { return };
        let mut events = Vec::new();
        match action.kind.as_deref().unwrap_or_default() {
            "createCard" | "copyCard" | "convertToCardFromCheckItem" | "emailCard" => {
                let by = action.member_creator.as_ref();
                let by = by.and_then(|person| person.full_name.clone().or_else(|| person.username.clone()));
                events.push(What::Made { list: data.list.as_ref().map(copy), by });
            }
            "moveCardToBoard" => events.push(What::Moved { from: None, to: data.list.as_ref().map(copy) }),
            "updateCard" => {
                let changed = |field: &str| data.old.as_ref().is_some_and(|old| old.contains_key(field));
                if changed("idList") {
                    let [from, to] = [&data.list_before, &data.list_after].map(|list| list.as_ref().map(copy));
                    events.push(What::Moved { from, to });
                }
                if let (true, Some(closed)) = (changed("closed"), card.closed) {
                    events.push(What::Archived(closed));
                }
                if let (true, Some(complete)) = (changed("dueComplete"), card.due_complete) {
                    events.push(What::Completed(complete));
                }
                if changed("due") {
                    let old = data.old.as_ref().and_then(|old| old.get("due")?.as_str()).unwrap_or_default();
                    let to = card.due.as_deref().unwrap_or_default().to_owned();
                    events.push(What::Due { from: old.to_owned(), to });
                }
            }
            _ => {}
        }
        if !events.is_empty() {
            let of_card = self.events.entry(card.id.as_deref().unwrap_or_default().to_owned()).or_default();
            of_card.extend(events.into_iter().map(|what| Event { at, what }));
        }
    }

    fn item(&mut self, card: &Card, board: &str, by_activity: &mut u64, to: &mut Gathering) -> Result<(), String> {
        let id = card.id.as_deref().unwrap_or_default();
        if id.is_empty() {
            return Err("the card has no \"id\", so it cannot be told which one it is".into());
        }
        if card.is_template == Some(true) {
            return Err("this is a template for cards, not a card".into());
        }
        let mut events = self.events.remove(id).unwrap_or_default();
        events.sort_by_key(|event| event.at);
        let updated = to.moment("dateLastActivity", card.date_last_activity.as_deref().unwrap_or_default());
        let due = to.moment("due", card.due.as_deref().unwrap_or_default());
        let created = made_at(id).or_else(|| first_made(&events));
        let standing = self.standing(card, &events, updated);
        *by_activity += u64::from(standing.by_activity);
        let item = &mut to.item;
        item.text(TextField::Key, id).text(TextField::Title, card.name.as_deref().unwrap_or_default());
        item.category(CategoryField::Project, board)
            .category(CategoryField::Board, board)
            .category(CategoryField::Status, &standing.status)
            .category(CategoryField::StatusCategory, standing.category)
            .category(CategoryField::Resolution, standing.resolution);
        item.moment(MomentField::Created, created)
            .moment(MomentField::Updated, updated)
            .moment(MomentField::Resolved, standing.resolved)
            .moment(MomentField::Due, due);
        item.has_list(ListField::Label);
        for label in card.labels.iter().flatten() {
            let name = label.name.as_deref().filter(|name| !name.is_empty());
            item.add(ListField::Label, name.or(label.color.as_deref()).unwrap_or_default());
        }
        self.history(&events, &standing, card, to);
        self.people(card, &events, to);
        for field in card.custom_field_items.iter().flatten() {
            self.custom_field(field, to);
        }
        to.keep_item()
    }

    /// The name that a list has now, else the one it had then.
    fn list_name<'a>(&'a self, list: Option<&'a Named>) -> &'a str {
        let Some(list) = list else { return "" };
        let now = list.id.as_ref().and_then(|id| self.lists.get(id)).map(String::as_str);
        now.or(list.name.as_deref()).unwrap_or_default()
    }

    fn standing(&self, card: &Card, events: &[Event], updated: Option<i64>) -> Standing {
        let list = card.id_list.as_deref().unwrap_or_default();
        let list = self.lists.get(list).map_or("", String::as_str);
        let newest = |fits: &dyn Fn(&What) -> bool| events.iter().rev().find(|event| fits(&event.what)).map(|e| e.at);
        let last_move = newest(&|what| matches!(what, What::Moved { .. }));
        let told = Standing {
            status: list.to_owned(),
            category: "",
            resolution: "",
            resolved: None,
            beyond_list: None,
            by_activity: false,
        };
        if is_done_list(list) {
            // From one list of finished cards to another is no finishing.
            let entered = events.iter().rev().find_map(|event| match &event.what {
                What::Moved { from, to } => {
                    let [from, to] = [from, to].map(|list| is_done_list(self.list_name(list.as_ref())));
                    (to && !from).then_some(event.at)
                }
                What::Made { list, .. } => is_done_list(self.list_name(list.as_ref())).then_some(event.at),
                _ => None,
            });
            return Standing {
                category: "Done",
                resolved: entered.or(updated),
                by_activity: entered.is_none(),
                ..told
            };
        }
        if card.due_complete == Some(true) {
            let marked = newest(&|what| matches!(what, What::Completed(true)));
            let at = marked.or(updated);
            return Standing {
                status: format!("{list} (complete)"),
                category: "Done",
                resolved: at,
                beyond_list: at.max(last_move),
                by_activity: marked.is_none(),
                ..told
            };
        }
        if card.closed == Some(true) {
            let archived = newest(&|what| matches!(what, What::Archived(true)));
            return Standing {
                status: format!("{list} (archived)"),
                category: "Done",
                // A card put away from a list of open ones was not finished.
                resolution: "Abandoned",
                resolved: archived.or(updated),
                beyond_list: archived.or(updated).max(last_move),
                ..told
            };
        }
        told
    }

    fn history(&self, events: &[Event], standing: &Standing, card: &Card, to: &mut Gathering) {
        for event in events {
            match &event.what {
                What::Moved { from, to: list } => {
                    let [from, list] = [from, list].map(|list| self.list_name(list.as_ref()));
                    to.item.change(event.at, ChangeField::Status, from, list);
                }
                What::Due { from, to: due } => {
                    to.item.change(event.at, ChangeField::Due, from, due);
                }
                What::Made { .. } | What::Archived(_) | What::Completed(_) => {}
            }
        }
        if let Some(at) = standing.beyond_list {
            let list = card.id_list.as_deref().and_then(|id| self.lists.get(id)).map_or("", String::as_str);
            to.item.change(at, ChangeField::Status, list, &standing.status);
        }
    }

    fn people(&self, card: &Card, events: &[Event], to: &mut Gathering) {
        let mut members = card.id_members.iter().flatten().filter_map(|id| self.members.get(id));
        to.item.category(CategoryField::Assignee, members.next().map_or("", String::as_str));
        if members.next().is_some() {
            to.note("A card with several members counts for the first of them.".into());
        }
        let by = events.iter().find_map(|event| match &event.what {
            What::Made { by, .. } => by.as_deref(),
            _ => None,
        });
        to.item.category(CategoryField::Reporter, by.unwrap_or_default());
    }

    fn custom_field(&self, field: &FieldItem, to: &mut Gathering) {
        let name = field.id_custom_field.as_ref().and_then(|id| self.fields.get(id)).map_or("", String::as_str);
        let chosen = field.id_value.as_ref().and_then(|id| self.options.get(id)).map(String::as_str);
        let given = field.value.as_ref().and_then(|value| value.number.as_deref().or(value.text.as_deref()));
        let Some(text) = given.or(chosen) else { return };
        let is_one_of = |names: &[&str]| names.contains(&name.trim().to_lowercase().as_str());
        if is_one_of(POINTS) {
            match text.trim().parse::<f64>() {
                Ok(points) if points.is_finite() => {
                    to.item.number(NumberField::Points, Some(points));
                    to.note(format!("Points are read from the custom field \"{}\".", dates::shortened(name)));
                }
                _ => to.warn(name, text, Problem::NotANumber),
            }
        } else if is_one_of(ITERATION) {
            to.item.iteration(text, IterationDates::NONE);
            to.note(format!("Iterations are read from the custom field \"{}\".", dates::shortened(name)));
        }
    }

    fn tell(&self, by_activity: u64, to: &mut Gathering) {
        let done: Vec<String> =
            self.lists.values().filter(|name| is_done_list(name)).map(|name| format!("\"{name}\"")).collect();
        if done.is_empty() {
            to.note("No list is named like one of finished cards (\"Done\", …): say in the status map which lists count as done.".into());
        } else {
            to.note(format!("Cards in the list {} count as done.", done.join(", ")));
        }
        if by_activity > 0 {
            to.note(format!("Finished cards for which the file does not tell the moment of finishing: {by_activity}. The last activity on the card was taken."));
        }
        if self.actions == ACTIONS_EXPORTED {
            to.report.row_cap = Some(
                "The file has exactly 1,000 actions, and Trello exports no more than the last 1,000: older moves of cards are missing. Cards are complete.".into(),
            );
        }
    }
}

fn first_made(events: &[Event]) -> Option<i64> {
    events.iter().find(|event| matches!(event.what, What::Made { .. })).map(|event| event.at)
}

fn copy(list: &Named) -> Named {
    Named { id: list.id.clone(), name: list.name.clone(), full_name: None, username: None, options: None }
}
