//! Statuses and the four categories every status belongs to.

use std::collections::BTreeMap;

use super::{Categorical, CategoryField, Dataset, MomentField, NO_MOMENT};

/// Where a status stands in the workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum StatusCategory {
    /// Not begun.
    #[default]
    ToDo,
    /// Begun, not finished.
    InProgress,
    /// Finished and delivered.
    Done,
    /// Closed without being delivered: won't do, duplicate, rejected.
    Dropped,
}

impl StatusCategory {
    /// All of them, in the order of work.
    pub const ALL: [Self; 4] = [Self::ToDo, Self::InProgress, Self::Done, Self::Dropped];

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ToDo => "To do",
            Self::InProgress => "In progress",
            Self::Done => "Done",
            Self::Dropped => "Dropped",
        }
    }
}

/// The category of each status of a dataset; position = code in the status column.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatusMap {
    categories: Vec<StatusCategory>,
    /// Of the statuses that items of the history came from; position = code in `History::texts`.
    before: Vec<StatusCategory>,
    /// Of those they went to.
    after: Vec<StatusCategory>,
    /// False where nothing tells the category, so that it is the default.
    told: Vec<bool>,
}

impl StatusMap {
    /// Guesses the map: first the tracker's own category (the majority of its rows), then the status' name, then whether
    /// most of its items carry a resolved date. A status that nothing tells about counts as in progress.
    pub fn guess(dataset: &Dataset) -> Self {
        let statuses = dataset.category(CategoryField::Status);
        let stated = dataset.category(CategoryField::StatusCategory);
        let stated_categories: Vec<Option<StatusCategory>> = stated.values().iter().map(category_from_words).collect();
        let resolved = dataset.moment(MomentField::Resolved);
        // Per status: votes for to do, in progress, done; rows; rows with a resolved date.
        let mut votes = vec![[0_u32; 5]; statuses.values().len()];
        for (row, &code) in statuses.codes().iter().enumerate() {
            let tally = &mut votes[code as usize];
            if let Some(category) = stated_categories[stated.code(row) as usize] {
                tally[category as usize] += 1;
            }
            tally[3] += 1;
            tally[4] += u32::from(resolved[row] != NO_MOMENT);
        }
        let (categories, told) = votes
            .iter()
            .zip(statuses.values().iter())
            .map(|(&[to_do, in_progress, done, rows, with_resolved], name)| {
                let most = to_do.max(in_progress).max(done);
                // A tracker whose "rejected" means "do it again" says that it is in progress.
                let told = if dropped_status(name) && !(most > 0 && most == in_progress && most > done) {
                    Some(StatusCategory::Dropped)
                } else if most > 0 {
                    Some(if most == done {
                        StatusCategory::Done
                    } else if most == in_progress {
                        StatusCategory::InProgress
                    } else {
                        StatusCategory::ToDo
                    })
                } else {
                    category_from_words(name).or((with_resolved * 2 > rows).then_some(StatusCategory::Done))
                };
                let default = if name.is_empty() { StatusCategory::ToDo } else { StatusCategory::InProgress };
                (told.unwrap_or(default), told.is_some())
            })
            .unzip();
        Self { categories, told, before: Vec::new(), after: Vec::new() }
    }

    /// The same with the user's own categories, by name, over the guessed ones.
    #[must_use]
    pub fn with(mut self, chosen: &BTreeMap<String, StatusCategory>, statuses: &Categorical) -> Self {
        for (name, &category) in chosen {
            if let Some(place) = statuses.find(name).and_then(|code| self.categories.get_mut(code as usize)) {
                *place = category;
            }
            if let Some(told) = statuses.find(name).and_then(|code| self.told.get_mut(code as usize)) {
                *told = true;
            }
        }
        self
    }

    /// The same with the categories of the statuses that only the history names: as chosen, else by their name.
    #[must_use]
    pub fn with_history(mut self, dataset: &Dataset, chosen: &BTreeMap<String, StatusCategory>) -> Self {
        let statuses = dataset.category(CategoryField::Status);
        let category = |name: &str| {
            if let Some(code) = statuses.find(name).filter(|&code| code > 0) {
                self.category(code)
            } else if let Some(&category) = chosen.get(name) {
                category
            } else if dropped_status(name) {
                StatusCategory::Dropped
            } else if name.is_empty() {
                StatusCategory::ToDo
            } else {
                category_from_words(name).unwrap_or(StatusCategory::InProgress)
            }
        };
        let (from, to) = dataset.history.texts();
        let before = from.values().iter().map(category).collect();
        let after = to.values().iter().map(category).collect();
        self.before = before;
        self.after = after;
        self
    }

    /// The category that a change of the history left, by the code of its text before.
    pub(super) fn category_before(&self, code: u32) -> StatusCategory {
        self.before.get(code as usize).copied().unwrap_or_default()
    }

    /// The category that a change of the history entered, by the code of its text after.
    pub(super) fn category_after(&self, code: u32) -> StatusCategory {
        self.after.get(code as usize).copied().unwrap_or_default()
    }

    /// False when nothing tells what a status counts as and nobody chose it: its category is the default.
    pub fn is_told(&self, status_code: u32) -> bool {
        self.told.get(status_code as usize).copied().unwrap_or(false)
    }

    /// The category of a status code.
    pub fn category(&self, status_code: u32) -> StatusCategory {
        self.categories.get(status_code as usize).copied().unwrap_or_default()
    }
}

/// Names of statuses and categories, lower case, in the languages trackers are used in.
const TO_DO: &[&str] = &[
    "to do",
    "todo",
    "open",
    "new",
    "backlog",
    "reopened",
    "selected for development",
    "ready",
    "ready for development",
    "created",
    "por hacer",
    "pendiente",
    "abierto",
    "abierta",
    "zu erledigen",
    "offen",
    "neu",
    "à faire",
    "a faire",
    "ouvert",
    "nouveau",
    "a fazer",
    "pendente",
    "aberto",
    "tarefas pendentes",
    "do zrobienia",
    "otwarte",
    "未着手",
    "未対応",
    "オープン",
    "待办",
    "待办事项",
    "к выполнению",
    "할 일",
    "submitted",
    "da fare",
    "da completare",
    "te doen",
];
const IN_PROGRESS: &[&str] = &[
    "in progress",
    "in review",
    "review",
    "code review",
    "testing",
    "in testing",
    "qa",
    "in qa",
    "uat",
    "blocked",
    "on hold",
    "deploy",
    "development",
    "in development",
    "en curso",
    "en progreso",
    "en revisión",
    "in arbeit",
    "in bearbeitung",
    "in prüfung",
    "en cours",
    "em andamento",
    "em progresso",
    "fazendo",
    "w toku",
    "進行中",
    "処理中",
    "进行中",
    "в работе",
    "진행 중",
    "in corso",
    "bezig",
    "indeterminate",
];
const DONE: &[&str] = &[
    "done",
    "closed",
    "resolved",
    "complete",
    "completed",
    "finished",
    "released",
    "deployed",
    "verified",
    "fixed",
    "accepted",
    "fixed",
    "shipped",
    "listo",
    "hecho",
    "finalizada",
    "finalizado",
    "cerrado",
    "cerrada",
    "terminado",
    "resuelto",
    "erledigt",
    "fertig",
    "geschlossen",
    "abgeschlossen",
    "terminé",
    "terminé(e)",
    "fini",
    "fermé",
    "résolu",
    "concluído",
    "concluido",
    "feito",
    "fechado",
    "itens concluídos",
    "gotowe",
    "zamknięte",
    "完了",
    "完成",
    "已完成",
    "クローズ",
    "готово",
    "выполнено",
    "완료",
    "completato",
    "chiuso",
    "gereed",
    "klaar",
];
const DROPPED_STATUS: &[&str] = &[
    "won't do",
    "wont do",
    "won't fix",
    "wontfix",
    "rejected",
    "closed - rejected",
    "canceled",
    "cancelled",
    "abandoned",
    "dropped",
    "duplicate",
    "declined",
    "obsolete",
    "removed",
    "invalid",
    "inactive",
    "can't reproduce",
    "incomplete",
    "rechazado",
    "cancelado",
    "cancelada",
    "abgelehnt",
    "abgebrochen",
    "rejeté",
    "annulé",
    "rejeitado",
    "odrzucone",
    "anulowane",
    "中止",
    "却下",
    "отменено",
    "отклонено",
];
const DROPPED_RESOLUTION: &[&str] = &[
    "won't do",
    "wont do",
    "won't fix",
    "wontfix",
    "duplicate",
    "rejected",
    "declined",
    "cannot reproduce",
    "can't reproduce",
    "invalid",
    "not a bug",
    "incomplete",
    "abandoned",
    "canceled",
    "cancelled",
    "obsolete",
    "not needed",
    "not planned",
    "out of scope",
    "removed",
    "removed from the backlog",
    "not planned",
    "no se hará",
    "duplicado",
    "duplicada",
    "no se puede reproducir",
    "rechazado",
    "wird nicht erledigt",
    "duplikat",
    "nicht reproduzierbar",
    "abgelehnt",
    "ne sera pas fait",
    "doublon",
    "impossible à reproduire",
    "não será feito",
    "não reproduzível",
    "duplikat zgłoszenia",
    "対応しない",
    "重複",
    "не будет сделано",
    "дубликат",
];

fn normalised(words: &str) -> String {
    words.trim().to_lowercase().replace('’', "'")
}

fn category_from_words(words: &str) -> Option<StatusCategory> {
    let words = normalised(words);
    let is_one_of = |list: &[&str]| list.contains(&words.as_str());
    if is_one_of(DONE) {
        Some(StatusCategory::Done)
    } else if is_one_of(IN_PROGRESS) {
        Some(StatusCategory::InProgress)
    } else if is_one_of(TO_DO) {
        Some(StatusCategory::ToDo)
    } else {
        None
    }
}

fn dropped_status(words: &str) -> bool {
    DROPPED_STATUS.contains(&normalised(words).as_str())
}

/// True when a resolution says that the item was closed without being delivered.
pub fn dropped_resolution(words: &str) -> bool {
    DROPPED_RESOLUTION.contains(&normalised(words).as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ItemRow, TextField};

    fn category_of(status: &str, stated: &str) -> StatusCategory {
        let mut dataset = Dataset::default();
        let mut row = ItemRow::default();
        row.begin(1);
        row.text(TextField::Key, "A-1").category(CategoryField::Status, status);
        row.category(CategoryField::StatusCategory, stated);
        dataset.push_item(&row);
        let code = dataset.category(CategoryField::Status).code(0);
        StatusMap::guess(&dataset).category(code)
    }

    #[test]
    fn a_rejected_item_is_dropped_unless_the_tracker_says_that_it_goes_on() {
        assert_eq!(category_of("Rejected", ""), StatusCategory::Dropped);
        assert_eq!(category_of("Rejected", "Done"), StatusCategory::Dropped);
        assert_eq!(category_of("rejected", "In progress"), StatusCategory::InProgress);
        assert_eq!(category_of("Resolved", ""), StatusCategory::Done);
        assert_eq!(category_of("Resolved", "In progress"), StatusCategory::InProgress);
    }
}
