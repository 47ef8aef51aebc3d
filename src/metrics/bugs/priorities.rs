//! Bugs by their priority: the gravest first, those without one last.

use std::collections::BTreeMap;

use crate::model::{CategoryField, PreparedDataset};

/// What stands for a priority that is not given.
const NONE: &str = "(no priority)";
/// What stands for the rarer ones.
const OTHERS: &str = "(other priorities)";

/// Words of priorities, the gravest first.
const ORDER: &[&str] = &[
    "blocker",
    "showstopper",
    "p0",
    "immediate",
    "critical",
    "urgent",
    "highest",
    "very high",
    "p1",
    "high",
    "major",
    "p2",
    "medium",
    "normal",
    "moderate",
    "p3",
    "minor",
    "low",
    "p4",
    "very low",
    "lowest",
    "trivial",
    "p5",
    "höchste",
    "hoch",
    "mittel",
    "niedrig",
    "niedrigste",
];

fn place(name: &str) -> (usize, usize, &str) {
    let small = name.trim().to_lowercase();
    let known = ORDER.iter().position(|word| *word == small).unwrap_or(ORDER.len());
    (usize::from(name.is_empty()), known, name)
}

/// Items by priority.
pub(super) struct ByPriority<T> {
    /// Name and what belongs to it, the gravest first.
    pub(super) groups: Vec<(String, Vec<T>)>,
}

impl<T> ByPriority<T> {
    /// Groups items, at most `most` of them; the rarest priorities are gathered in one beyond that.
    pub(super) fn new(data: &PreparedDataset, most: usize, items: impl Iterator<Item = (u32, T)>) -> Self {
        let column = data.dataset.category(CategoryField::Priority);
        let mut by_code: BTreeMap<u32, Vec<T>> = BTreeMap::new();
        for (item, value) in items {
            by_code.entry(column.code(item as usize)).or_default().push(value);
        }
        let mut named: Vec<(String, Vec<T>)> =
            by_code.into_iter().map(|(code, values)| (column.value(code).to_owned(), values)).collect();
        named.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| place(&a.0).cmp(&place(&b.0))));
        let rest = if named.len() > most { named.split_off(most.saturating_sub(1)) } else { Vec::new() };
        named.sort_by(|a, b| place(&a.0).cmp(&place(&b.0)));
        for (name, _) in &mut named {
            if name.is_empty() {
                NONE.clone_into(name);
            }
        }
        if !rest.is_empty() {
            named.push((OTHERS.to_owned(), rest.into_iter().flat_map(|(_, values)| values).collect()));
        }
        Self { groups: named }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_comes_first_and_what_is_not_given_last() {
        let mut names = ["", "Low", "odd", "High", "Blocker", "Medium"];
        names.sort_by(|a, b| place(a).cmp(&place(b)));
        assert_eq!(names, ["Blocker", "High", "Medium", "Low", "odd", ""]);
    }
}
