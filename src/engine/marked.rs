//! What a rule marks, for whoever is writing it.

use crate::engine::MarkedItems;
use crate::metrics::Marks;
use crate::model::{MarkRule, PreparedDataset, TextField};

/// Items that are named.
const EXAMPLES: usize = 5;

/// The items that a rule marks; without one, those of the rule in use.
pub(super) fn marked(data: &PreparedDataset, marks: Marks, rule: Option<MarkRule>) -> MarkedItems {
    let in_use = marks.rule(data);
    let rule = rule.unwrap_or(in_use.rule);
    let items = marks.items(data, &rule);
    let of = match marks {
        Marks::Escaped => Marks::Bugs.items(data, &Marks::Bugs.rule(data).rule).count(),
        Marks::Bugs | Marks::Debt => data.dataset.len(),
    };
    let titles = data.dataset.text(TextField::Title);
    let examples = items.iter().take(EXAMPLES);
    MarkedItems {
        count: items.count() as u64,
        of: of as u64,
        examples: examples.map(|item| format!("{}: {}", data.dataset.key(item), titles.get(item))).collect(),
        is_chosen: in_use.is_chosen,
        rule,
    }
}
