//! The finished items whose history tells their whole way, and how their time divides.

use crate::model::{Change, ChangeField, ItemSet, PreparedDataset};

use super::outcome::{Outcome, Outcomes};
use super::{Exclusion, MetricResult, Query, Unit};

/// A finished item with a told history.
#[derive(Debug, Clone, Copy)]
pub(super) struct Told {
    pub(super) item: u32,
    pub(super) finished_at: i64,
}

/// The finished items of a question.
#[derive(Debug, Default)]
pub(super) struct Finished {
    /// Rising by item.
    pub(super) told: Vec<Told>,
    untold: Vec<u32>,
    undated: Vec<u32>,
    outside: Vec<u32>,
}

impl Finished {
    /// Sorts the finished items.
    pub(super) fn new(data: &PreparedDataset, items: &ItemSet, query: &Query) -> Self {
        let outcomes = Outcomes::new(data, query.as_of(data), Unit::Items);
        let mut finished = Self::default();
        for item in items {
            let number = item as u32;
            match outcomes.of(item) {
                Outcome::Open | Outcome::Dropped => {}
                Outcome::Undated => finished.undated.push(number),
                Outcome::Finished { day, .. }
                    if query.from.is_some_and(|from| day < from) || query.to.is_some_and(|to| day > to) =>
                {
                    finished.outside.push(number);
                }
                Outcome::Finished { .. } if !data.timeline.is_told(item) => finished.untold.push(number),
                Outcome::Finished { at, .. } => {
                    finished.told.push(Told { item: number, finished_at: at });
                }
            }
        }
        finished
    }

    /// What is left out, with the reasons.
    pub(super) fn exclusions(&mut self) -> Vec<Exclusion> {
        let take = |reason: &str, items: &mut Vec<u32>| (reason.to_owned(), std::mem::take(items));
        Exclusion::list([
            take("finished, but no status history that tells the whole way", &mut self.untold),
            take("finished, but no finish date", &mut self.undated),
            take("finished outside the chosen period", &mut self.outside),
        ])
    }
}

/// The answer where no finished item has a history.
pub(super) fn without_history(id: &str, excluded: Vec<Exclusion>) -> MetricResult {
    let mut result = MetricResult::not_computable(
        id,
        "No finished item of this selection has a status history that tells its whole way.",
        "An export with the history of statuses, such as Jira's or Azure DevOps' JSON.",
    );
    result.excluded = excluded;
    result
}

/// A time in which an item was blocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BlockedSpan<'a> {
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) reason: &'a str,
}

/// The times in which an item was blocked up to `until`, oldest first; another reason begins another time.
pub(super) fn blocked_spans(data: &PreparedDataset, item: usize, until: i64) -> impl Iterator<Item = BlockedSpan<'_>> {
    let mut changes = data.dataset.history.of_field(item, ChangeField::Blocked).peekable();
    std::iter::from_fn(move || {
        loop {
            let Change { at, to: reason, .. } = changes.next()?;
            let to = changes.peek().map_or(until, |next| next.at).min(until);
            if !reason.is_empty() && at < to {
                return Some(BlockedSpan { from: at, to, reason });
            }
        }
    })
}

/// Words in the names of statuses in which work waits for somebody, in English, German, Spanish, French, Portuguese and
/// Japanese. A part of the name is enough.
#[rustfmt::skip]
pub(super) const QUEUES: &[&str] = &[
    "waiting", "awaiting", "queue", "ready", "to do", "todo", "backlog", "blocked", "on hold", "pending", "paused", "parked",
    "selected",
    "warte", "bereit", "blockiert", "angehalten", "pausiert", "zurückgestellt",
    "en espera", "espera de", "pendiente", "bloquead", "listo para", "lista para", "pausad",
    "en attente", "bloqué", "prêt", "suspendu", "en pause",
    "em espera", "aguardando", "pendente", "pronto para", "pronta para",
    "待ち", "保留", "準備", "ブロック",
];

/// True when the name of a status says that its items wait.
pub(super) fn is_queue(name: &str) -> bool {
    let name = name.to_lowercase();
    QUEUES.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_queue;

    #[test]
    fn queues_are_known_by_their_names() {
        for name in
            ["Waiting for customer", "Ready for QA", "Review Queue", "Blocked", "ON HOLD", "Wartend", "En espera"]
        {
            assert!(is_queue(name), "{name}");
        }
        for name in ["En attente", "Aguardando revisão", "レビュー待ち"] {
            assert!(is_queue(name), "{name}");
        }
        for name in ["In Progress", "In Review", "Testing", "In Arbeit", "En curso", "En cours", "進行中", ""] {
            assert!(!is_queue(name), "{name}");
        }
    }
}
