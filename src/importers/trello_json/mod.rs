//! Trello: *a board → Menu → Print, export and share → Export as JSON*.
//!
//! One work item per card. Its list is its status; the actions of the board tell when it moved, was archived or was marked
//! complete. A card has no field for its creation: the first eight digits of its id are the second at which it was made.
//! The export holds the last 1,000 actions only, so on a busy board older moves are missing. Points are read from a number
//! field of the board's own custom fields, not from Power-Ups. Addresses for posting by e-mail are never read.
//! Source: real exports of 2015 and 2021, and the reports on the cap in the issue trackers of programs that read them.

mod board;
mod card;

use super::Importer;
use super::json::reading::{Shape, detect, start};

/// The importer.
pub(super) static TRELLO_JSON: Importer = Importer {
    id: "trello-json",
    title: "Trello board JSON",
    detect: |head| detect(head, SHAPES, ARRAYS),
    start: |_, settings| Ok(start(ARRAYS, Box::<board::Board>::default(), settings)),
};

const ARRAYS: &[&str] = &["cards", "lists", "actions", "members", "customFields"];

/// The arrays come in any order, and the first may fill all that detection sees.
const SHAPES: &[Shape] = &[
    Shape { score: 96, document: &["cards", "lists", "actions"], ..Shape::NONE },
    Shape::of(95, &["idBoard", "idList", "idShort"]),
    Shape::of(95, &["idMemberCreator", "data.board.shortLink", "type", "date"]),
    Shape { score: 90, document: &["shortLink", "prefs", "labelNames", "idOrganization"], ..Shape::NONE },
];
