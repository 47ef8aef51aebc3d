//! Which custom field holds story points. Its id differs from site to site, and its name is only in the answer when it was
//! asked for, or when the changelog mentions it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::importers::gathering::Gathering;
use crate::importers::jira_csv::{is_plain_story_points, is_story_points};
use crate::importers::table::normalised;
use crate::model::NumberField;

/// More number fields than this are not looked at.
const MOST_FIELDS: usize = 200;
/// Nobody estimates more in points.
const MOST_POINTS: f64 = 144.0;

/// Custom fields that hold numbers, by id, until it is known which are points.
#[derive(Default)]
pub(super) struct PointsFields {
    fields: BTreeMap<String, Field>,
}

#[derive(Default)]
struct Field {
    name: String,
    /// Position of the item and its number.
    values: Vec<(u32, f64)>,
}

/// How a field was found to be points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Found {
    /// It is the only one whose numbers look like points.
    Shape,
    /// It is called something with story points.
    Name,
    /// It has the name that Jira gives.
    PlainName,
}

impl PointsFields {
    /// Whether a field of this name holds points.
    pub(super) fn is_points(name: &str) -> bool {
        is_story_points(&normalised(name))
    }

    /// Remembers the numbers of an issue.
    pub(super) fn see_fields(&mut self, fields: &Value, item: usize) {
        let Some(fields) = fields.as_object() else { return };
        for (id, value) in fields.iter().filter(|(id, _)| id.starts_with("customfield_")) {
            if let Some(number) = value.as_f64()
                && let Some(field) = self.field(id)
            {
                field.values.push((u32::try_from(item).unwrap_or(u32::MAX), number));
            }
        }
    }

    /// Remembers what a changelog calls a field.
    pub(super) fn see_name(&mut self, id: &str, name: &str) {
        if id.starts_with("customfield_")
            && Self::is_points(name)
            && let Some(field) = self.field(id)
            && field.name.is_empty()
        {
            name.clone_into(&mut field.name);
        }
    }

    fn field(&mut self, id: &str) -> Option<&mut Field> {
        if self.fields.len() >= MOST_FIELDS && !self.fields.contains_key(id) {
            return None;
        }
        Some(self.fields.entry(id.to_owned()).or_default())
    }

    /// Chooses the field, writes its numbers into the dataset and says what was chosen and why.
    pub(super) fn settle(mut self, documents: &[Value], to: &mut Gathering) {
        for names in documents.iter().filter_map(|document| document["names"].as_object()) {
            for (id, name) in names.iter().filter(|(id, _)| id.starts_with("customfield_")) {
                let name = name.as_str().unwrap_or_default();
                // A name that is not that of points tells, too: its numbers are something else.
                if (self.fields.contains_key(id) || Self::is_points(name))
                    && let Some(field) = self.field(id)
                {
                    name.clone_into(&mut field.name);
                }
            }
        }
        let Some((id, found)) = self.chosen() else {
            if self.fields.values().any(|field| !field.values.is_empty()) {
                let ids: Vec<&str> = self.fields.keys().map(String::as_str).take(10).collect();
                to.note(format!(
                    "No field could be told to hold story points, so charts count items. Fields with numbers: {}. Ask Jira with expand=names to have their names in the file.",
                    ids.join(", ")
                ));
            }
            return;
        };
        let Some(field) = self.fields.remove(&id) else { return };
        write(&field.values, to);
        let (filled, name) = (field.values.len(), field.name);
        to.note(match found {
            Found::Shape => format!(
                "Story points are read from \"{id}\" ({filled} items have a value): the only field whose numbers look like points. Its name is not in the file; ask Jira with expand=names to be sure."
            ),
            Found::Name | Found::PlainName => {
                format!("Story points are read from \"{name}\" ({id}; {filled} items have a value).")
            }
        });
    }

    /// The best named field with values; without names, the only one that looks like points.
    fn chosen(&self) -> Option<(String, Found)> {
        let named = self.fields.iter().filter(|(_, field)| Self::is_points(&field.name)).map(|(id, field)| {
            let found = if is_plain_story_points(&field.name) { Found::PlainName } else { Found::Name };
            (!field.values.is_empty(), found, field.values.len(), id)
        });
        if let Some((_, found, _, id)) = named.max() {
            return Some((id.clone(), found));
        }
        let looks = |field: &Field| {
            !field.values.is_empty()
                && field
                    .values
                    .iter()
                    .all(|(_, value)| (0.0..=MOST_POINTS).contains(value) && (value * 2.0).fract() == 0.0)
        };
        let mut shaped = self.fields.iter().filter(|(_, field)| field.name.is_empty() && looks(field));
        match (shaped.next(), shaped.next()) {
            (Some((id, _)), None) => Some((id.clone(), Found::Shape)),
            _ => None,
        }
    }
}

fn write(values: &[(u32, f64)], to: &mut Gathering) {
    // Fields that are set on the item tell that the source has them.
    to.item.number(NumberField::Points, None);
    let column = to.dataset.number_mut(NumberField::Points);
    for &(item, value) in values {
        if let Some(cell) = column.get_mut(item as usize) {
            *cell = value;
        }
    }
}
