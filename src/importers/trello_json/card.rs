//! The parts of a board as the export writes them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use crate::importers::json::values::{person, text};

/// A card, of which only this is kept until the lists and actions are known.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Card {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) id_list: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) due: Option<String>,
    #[serde(default)]
    pub(super) due_complete: Option<bool>,
    /// Archived.
    #[serde(default)]
    pub(super) closed: Option<bool>,
    #[serde(default)]
    pub(super) is_template: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub(super) date_last_activity: Option<String>,
    #[serde(default)]
    pub(super) id_members: Option<Vec<String>>,
    #[serde(default)]
    pub(super) labels: Option<Vec<Label>>,
    #[serde(default)]
    pub(super) custom_field_items: Option<Vec<FieldItem>>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Label {
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) color: Option<String>,
}

/// The value of a custom field.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FieldItem {
    #[serde(default, deserialize_with = "text")]
    pub(super) id_custom_field: Option<String>,
    /// The chosen entry of a field that is a list.
    #[serde(default, deserialize_with = "text")]
    pub(super) id_value: Option<String>,
    #[serde(default)]
    pub(super) value: Option<FieldValue>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FieldValue {
    #[serde(default, deserialize_with = "text")]
    pub(super) number: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) text: Option<String>,
}

/// A list, a member or a custom field: something with a name that others refer to.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Named {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) full_name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) username: Option<String>,
    #[serde(default)]
    pub(super) options: Option<Vec<FieldOption>>,
}

/// One entry of a custom field that is a list.
#[derive(Debug, Deserialize)]
pub(super) struct FieldOption {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default)]
    pub(super) value: Option<FieldValue>,
}

/// Something that was done on the board.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Action<'a> {
    #[serde(borrow, default, rename = "type", deserialize_with = "text")]
    pub(super) kind: Option<Cow<'a, str>>,
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) date: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    pub(super) data: Option<ActionData<'a>>,
    #[serde(default)]
    pub(super) member_creator: Option<Creator>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Creator {
    #[serde(default, deserialize_with = "text")]
    pub(super) full_name: Option<String>,
    #[serde(default, deserialize_with = "person")]
    pub(super) username: Option<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionData<'a> {
    #[serde(borrow, default)]
    pub(super) card: Option<ActionCard<'a>>,
    #[serde(default)]
    pub(super) list: Option<Named>,
    #[serde(default)]
    pub(super) list_before: Option<Named>,
    #[serde(default)]
    pub(super) list_after: Option<Named>,
    /// What the card said before, of the fields that changed.
    #[serde(borrow, default)]
    pub(super) old: Option<BTreeMap<Cow<'a, str>, serde_json::Value>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ActionCard<'a> {
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) id: Option<Cow<'a, str>>,
    #[serde(default)]
    pub(super) closed: Option<bool>,
    #[serde(default)]
    pub(super) due_complete: Option<bool>,
    #[serde(borrow, default, deserialize_with = "text")]
    pub(super) due: Option<Cow<'a, str>>,
}

/// The moment in the first eight of the 24 hexadecimal digits of an id; `None` for an id of another make.
pub(super) fn made_at(id: &str) -> Option<i64> {
    if id.len() != 24 || !id.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let seconds = i64::from_str_radix(&id[..8], 16).ok()?;
    // From 2010, before there was a Trello, to 2100.
    (1_262_304_000..4_102_444_800).contains(&seconds).then_some(seconds * 1000)
}

/// Words that a list of finished cards is called by, also with more behind them ("Done Sprint 12").
const DONE_WORDS: &[&str] = &[
    "done",
    "complete",
    "completed",
    "finished",
    "closed",
    "released",
    "shipped",
    "deployed",
    "erledigt",
    "fertig",
    "abgeschlossen",
    "terminé",
    "fini",
    "hecho",
    "listo",
    "terminado",
    "feito",
    "concluído",
    "完了",
    "完成",
    "已完成",
    "クローズ",
];

/// Whether the name of a list begins with a word for finished work. Signs and pictures before it do not matter.
pub(super) fn is_done_list(name: &str) -> bool {
    let name = name.to_lowercase();
    let first = name.split(|character: char| !character.is_alphanumeric()).find(|word| !word.is_empty());
    first.is_some_and(|word| DONE_WORDS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_tells_when_the_card_was_made() {
        assert_eq!(made_at("65a0000000000000000000aa"), Some(0x65a0_0000 * 1000));
        for id in [
            "",
            "65a00000",
            "00000000000000000000000a",
            "zza0000000000000000000aa",
            "ééééééééééééé",
            "+5a0000000000000000000aa",
        ] {
            assert_eq!(made_at(id), None, "{id}");
        }
    }

    #[test]
    fn lists_of_finished_cards_begin_with_the_word() {
        for name in ["Done", "✅ DONE", "Done Sprint 3 🎉", "Erledigt", "クローズ", "Completed (May)"] {
            assert!(is_done_list(name), "{name}");
        }
        for name in ["", "To do", "Not done", "Doing", "Donec", "🎉"] {
            assert!(!is_done_list(name), "{name}");
        }
    }
}
