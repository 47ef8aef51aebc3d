//! The rule where the user has none: values of the data that say by their words what they mark.

use crate::model::{CategoryField, Dataset, ListField, MarkRule, TextColumn};

use super::Marks;

/// Words for a bug in the languages of the trackers that are read.
const BUG: &[&str] = &[
    "bug",
    "bugs",
    "defect",
    "defects",
    "fault",
    "faults",
    "incident",
    "incidents",
    "fehler",
    "defekt",
    "störung",
    "anomalie",
    "anomalies",
    "défaut",
    "bogue",
    "erreur",
    "error",
    "errores",
    "errore",
    "difetto",
    "fallo",
    "defecto",
    "incidencia",
    "erro",
    "defeito",
    "falha",
    "fout",
    "defect",
    "fel",
    "feil",
    "fejl",
    "virhe",
    "chyba",
    "hiba",
    "błąd",
    "usterka",
    "ошибка",
    "дефект",
    "баг",
    "помилка",
];
/// Those of languages that put no spaces between words.
const BUG_WITHIN: &[&str] = &["バグ", "不具合", "缺陷", "故障", "错误", "버그", "결함"];
/// A label with one of these says the opposite.
const NOT: &[&str] = &["not", "no", "non", "kein", "keine", "pas", "invalid"];
/// What says that a bug was found by those who use the product. Whole values only: a component "customer-portal" is none.
const ESCAPED: &[&str] = &[
    "production",
    "prod",
    "in production",
    "found in production",
    "production bug",
    "production issue",
    "production defect",
    "production incident",
    "prod bug",
    "prod issue",
    "customer",
    "customer bug",
    "customer issue",
    "customer defect",
    "customer reported",
    "reported by customer",
    "found by customer",
    "customer found",
    "escaped",
    "escaped bug",
    "escaped defect",
    "escaped to production",
    "live bug",
    "live issue",
    "produktion",
    "kunde",
    "kundenmeldung",
    "vom kunden gemeldet",
];
/// What says technical debt, somewhere in a type, label or component.
const DEBT: &[&str] = &[
    "tech debt",
    "techdebt",
    "technical debt",
    "code debt",
    "architecture debt",
    "refactoring",
    "refactor",
    "technische schuld",
    "technische schulden",
    "dette technique",
    "deuda técnica",
    "débito técnico",
    "dívida técnica",
    "debito tecnico",
];
/// What does so only as the whole value: "debt collection" is work like any other.
const DEBT_ALONE: &[&str] = &["debt", "schulden"];
/// Those of languages that put no spaces between words.
const DEBT_WITHIN: &[&str] = &["技術的負債", "技術負債", "技术债"];
/// Words of a title.
const DEBT_TITLES: &[&str] = &["tech debt", "tech-debt", "technical debt", "technical-debt", "refactoring", "refactor"];

/// The rule worked out from a dataset; empty where none of its words says anything.
pub(super) fn rule(marks: Marks, dataset: &Dataset) -> MarkRule {
    let types = |says: fn(&str, &str) -> bool| values(dataset.category(CategoryField::Type).values(), says);
    let list = |field, says: fn(&str, &str) -> bool| values(dataset.list(field).values(), says);
    match marks {
        Marks::Bugs => {
            let types = types(says_bug);
            // A tracker with types says it there; labels are asked only where it has none for bugs.
            let labels = if types.is_empty() { list(ListField::Label, says_bug) } else { Vec::new() };
            MarkRule { types, labels, ..MarkRule::default() }
        }
        Marks::Escaped => MarkRule {
            types: types(says_escaped),
            labels: list(ListField::Label, says_escaped),
            components: list(ListField::Component, says_escaped),
            ..MarkRule::default()
        },
        Marks::Debt => MarkRule {
            types: types(says_debt),
            labels: list(ListField::Label, says_debt),
            components: list(ListField::Component, says_debt),
            title_words: DEBT_TITLES.iter().map(|&word| word.to_owned()).collect(),
        },
    }
}

/// The values that say it, in the order of their names; `says` is given a value in small letters, and its words with single
/// spaces between them and around.
fn values(column: &TextColumn, says: fn(&str, &str) -> bool) -> Vec<String> {
    let mut found: Vec<String> = column
        .iter()
        .filter(|value| {
            let small = value.to_lowercase();
            says(&small, &spaced(&small))
        })
        .map(str::to_owned)
        .collect();
    found.sort_unstable();
    found
}

/// " found in production " of "found-in_production".
fn spaced(text: &str) -> String {
    let mut words = String::from(" ");
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        words.push_str(word);
        words.push(' ');
    }
    words
}

fn has_word(words: &str, list: &[&str]) -> bool {
    words.split(' ').any(|word| list.contains(&word))
}

fn says_bug(value: &str, words: &str) -> bool {
    (has_word(words, BUG) && !has_word(words, NOT)) || BUG_WITHIN.iter().any(|part| value.contains(part))
}

fn says_escaped(_: &str, words: &str) -> bool {
    ESCAPED.contains(&words.trim())
}

fn says_debt(value: &str, words: &str) -> bool {
    DEBT.iter().any(|phrase| words.contains(&format!(" {phrase} ")))
        || DEBT_ALONE.contains(&words.trim())
        || DEBT_WITHIN.iter().any(|part| value.contains(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(says: fn(&str, &str) -> bool, value: &str) -> bool {
        let small = value.to_lowercase();
        says(&small, &spaced(&small))
    }

    #[test]
    fn bugs_are_told_in_many_words_and_no_others() {
        for value in ["Bug", "Production Bug", "kind/bug", "type::defect", "Fehler", "Störung", "Ошибка", "バグ報告"]
        {
            assert!(says(says_bug, value), "{value}");
        }
        for value in ["", "Story", "Debugging", "not-a-bug", "bugfix-release", "Terror"] {
            assert!(!says(says_bug, value), "{value}");
        }
    }

    #[test]
    fn only_whole_values_say_production() {
        for value in ["Production", "found-in-production", "Customer_Reported", "Escaped defect"] {
            assert!(says(says_escaped, value), "{value}");
        }
        for value in ["customer-portal", "preproduction", "production line", ""] {
            assert!(!says(says_escaped, value), "{value}");
        }
    }

    #[test]
    fn debt_is_told_by_phrases() {
        for value in ["tech-debt", "type: technical debt", "TechDebt", "Refactoring", "debt", "Technische Schulden"] {
            assert!(says(says_debt, value), "{value}");
        }
        for value in ["debt-collection", "technical", "Story", ""] {
            assert!(!says(says_debt, value), "{value}");
        }
    }
}
