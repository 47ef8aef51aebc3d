//! The values of one element by their paths, for formats whose elements are small.

use std::borrow::Cow;

use serde_json::Value;

use super::JsonElement;
use super::reading::parsed;
use crate::importers::Problem;
use crate::importers::gathering::Gathering;
use crate::model::{Cell, NO_MOMENT};

/// An element, or a part of one. Paths are keys joined by dots.
pub(in crate::importers) struct Fields(Value);

impl Fields {
    /// Reads an element; the error is the reason to refuse it.
    pub(in crate::importers) fn of(element: &JsonElement<'_>) -> Result<Self, String> {
        let value: Value = parsed(element)?;
        if value.is_object() { Ok(Self(value)) } else { Err("it is no object with names and values".into()) }
    }

    /// A part that was taken out.
    pub(in crate::importers) fn from_value(value: Value) -> Self {
        Self(value)
    }

    /// The value at a path; `None` when there is none.
    pub(in crate::importers) fn value(&self, path: &str) -> Option<&Value> {
        path.split('.').try_fold(&self.0, |value, key| value.get(key))
    }

    /// Whether the path is there, also without a value.
    pub(in crate::importers) fn has(&self, path: &str) -> bool {
        self.value(path).is_some()
    }

    /// The text, number or yes/no at a path as text; empty when there is none.
    pub(in crate::importers) fn text(&self, path: &str) -> Cow<'_, str> {
        self.value(path).map_or(Cow::Borrowed(""), plain)
    }

    /// The first of these paths that has a text.
    pub(in crate::importers) fn first(&self, paths: &[&str]) -> Cow<'_, str> {
        paths.iter().map(|path| self.text(path)).find(|text| !text.is_empty()).unwrap_or_default()
    }

    /// The moment at a path; a warning when its text is no date.
    pub(in crate::importers) fn moment(&self, path: &str, to: &mut Gathering) -> Option<i64> {
        to.moment(path, &self.text(path))
    }

    /// The number at a path; a warning when its text is no number.
    pub(in crate::importers) fn number(&self, path: &str, to: &mut Gathering) -> Option<f64> {
        let text = self.text(path);
        if text.is_empty() {
            return None;
        }
        let number = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
        if number.is_none() {
            to.warn(path, &text, Problem::NotANumber);
        }
        number
    }

    /// The elements of the list at a path.
    pub(in crate::importers) fn list(&self, path: &str) -> &[Value] {
        self.value(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// Of each element of the list at `path` the text at `key`; of the elements themselves when there is no key.
    pub(in crate::importers) fn texts(&self, path: &str, key: &str) -> Vec<String> {
        let text = |value: &Value| {
            if key.is_empty() {
                Some(plain(value).into_owned())
            } else {
                value.get(key).map(|value| plain(value).into_owned())
            }
        };
        self.list(path).iter().filter_map(text).filter(|text| !text.is_empty()).collect()
    }
}

/// A text, number or yes/no as text; empty for lists, objects and null.
pub(in crate::importers) fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::String(text) => Cow::Borrowed(text),
        Value::Number(number) => Cow::Owned(number.to_string()),
        Value::Bool(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        _ => Cow::Borrowed(""),
    }
}

/// A moment as a cell of a record.
pub(in crate::importers) fn at(moment: Option<i64>) -> Cell<'static> {
    Cell::Moment(moment.unwrap_or(NO_MOMENT))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_by_their_paths() {
        let fields = Fields::from_value(
            serde_json::json!({"a": {"b": 3}, "c": [{"n": "x"}, {"n": null}, {}], "d": ["y"], "e": null}),
        );
        assert_eq!((fields.text("a.b"), fields.text("a"), fields.text("a.b.c")), ("3".into(), "".into(), "".into()));
        assert_eq!(fields.texts("c", "n"), ["x"]);
        assert_eq!(fields.texts("d", ""), ["y"]);
        assert!(fields.has("e") && !fields.has("f") && fields.list("a").is_empty());
        assert_eq!(fields.first(&["e", "f", "a.b"]), "3");
    }
}
