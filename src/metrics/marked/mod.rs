//! Which items are bugs, bugs found in production, or technical debt: by the rule of the user, else by one worked out from the
//! words of the data. What happened to them over time is told here once for all metrics of quality and debt.

mod ages;
mod course;
mod defaults;
mod flow;
mod shares;

use serde::{Deserialize, Serialize};

use crate::model::{ItemSet, MarkRule, PreparedDataset};

use super::{MetricResult, words};

pub(super) use ages::{Ages, BINS};
pub(super) use course::{Stand, stand};
pub(super) use flow::{Amount, Flow};
pub(super) use shares::Shares;

/// What a rule marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Marks {
    /// Bugs.
    Bugs,
    /// Of the bugs those found in production.
    Escaped,
    /// Technical debt.
    Debt,
}

/// The rule in use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarksRule {
    /// The rule; empty where nothing in the data says what to look for.
    pub rule: MarkRule,
    /// True when the user decided it.
    pub is_chosen: bool,
}

impl Marks {
    /// The rule in use: the user's, else the one worked out from the data.
    pub fn rule(self, data: &PreparedDataset) -> MarksRule {
        let decided = match self {
            Self::Bugs => &data.decisions.bug_rule,
            Self::Escaped => &data.decisions.escaped_rule,
            Self::Debt => &data.decisions.debt_rule,
        };
        match decided {
            Some(rule) => MarksRule { rule: rule.clone(), is_chosen: true },
            None => MarksRule { rule: defaults::rule(self, &data.dataset), is_chosen: false },
        }
    }

    /// The items that a rule marks; escaped ones are bugs.
    pub fn items(self, data: &PreparedDataset, rule: &MarkRule) -> ItemSet {
        let mut items = rule.items(&data.dataset);
        if self == Self::Escaped {
            let bugs = Self::Bugs.items(data, &Self::Bugs.rule(data).rule);
            items.retain(|item| bugs.contains(item));
        }
        items
    }

    /// "bugs".
    const fn many(self) -> &'static str {
        match self {
            Self::Bugs => "bugs",
            Self::Escaped => "bugs found in production",
            Self::Debt => "technical debt",
        }
    }

    /// The view on which its rule is set.
    const fn view(self) -> &'static str {
        match self {
            Self::Bugs | Self::Escaped => "Quality",
            Self::Debt => "Technical debt",
        }
    }
}

/// The selected items that a rule marks, and the rule.
pub(super) struct Marked {
    /// What it marks.
    marks: Marks,
    /// Marked and selected.
    pub(super) items: ItemSet,
    /// Items of all the data that are marked.
    pub(super) in_all: usize,
    /// The rule in use.
    in_use: MarksRule,
}

impl Marked {
    /// The items of a selection that are marked.
    pub(super) fn new(marks: Marks, data: &PreparedDataset, items: &ItemSet) -> Self {
        let in_use = marks.rule(data);
        let mut marked = marks.items(data, &in_use.rule);
        let in_all = marked.count();
        marked.retain(|item| items.contains(item));
        Self { marks, items: marked, in_all, in_use }
    }

    /// True when the user or the data says what is marked, so that "none" is a number and not ignorance.
    pub(super) fn is_told(&self) -> bool {
        self.in_use.is_chosen || self.in_all > 0
    }

    /// The rule as a line of the working.
    pub(super) fn line(&self) -> String {
        let who = if self.in_use.is_chosen { "your rule" } else { "worked out from the data" };
        let what = words::capitalised(self.marks.many());
        format!("{what}: items whose {} ({who}).", rule_words(&self.in_use.rule))
    }

    /// The answer where nothing is marked.
    pub(super) fn none(&self, id: &str) -> MetricResult {
        let (many, view) = (self.marks.many(), self.marks.view());
        let reason = if self.in_use.rule.is_empty() {
            format!("Nothing in this data says which items are {many}.")
        } else if self.in_all == 0 {
            format!("No item is marked by the rule for {many}: those whose {}.", rule_words(&self.in_use.rule))
        } else {
            format!("The rule for {many} marks none of the selected items.")
        };
        let needs = match self.marks {
            Marks::Bugs | Marks::Escaped => "Items with a type such as Bug or a label such as bug",
            Marks::Debt => "Items with a type or a label such as tech-debt, or with those words in the title",
        };
        MetricResult::not_computable(
            id,
            reason,
            format!("{needs}; or say on the view \"{view}\" which items are {many}."),
        )
    }
}

/// Values named of each part of a rule.
const NAMED: usize = 6;

/// "type is Bug or Defect, or whose label is bug".
fn rule_words(rule: &MarkRule) -> String {
    let part = |what: &str, values: &[String]| {
        (!values.is_empty()).then(|| {
            let (shown, more) = values.split_at(values.len().min(NAMED));
            let more = if more.is_empty() { String::new() } else { format!(" or {} more", more.len()) };
            format!("{what} {}{more}", shown.join(" or "))
        })
    };
    let parts = [
        part("type is", &rule.types),
        part("label is", &rule.labels),
        part("component is", &rule.components),
        part("title has the words", &rule.title_words),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "nothing is asked of".to_owned() } else { parts.join(", or whose ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_is_told_in_words() {
        let list = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        let rule = MarkRule { types: list(&["Bug", "Defect"]), labels: list(&["bug"]), ..MarkRule::default() };
        assert_eq!(rule_words(&rule), "type is Bug or Defect, or whose label is bug");
        let rule = MarkRule { title_words: list(&["a", "b", "c", "d", "e", "f", "g", "h"]), ..MarkRule::default() };
        assert_eq!(rule_words(&rule), "title has the words a or b or c or d or e or f or 2 more");
    }
}
