//! Which environments are production: as the user says, else by their names.

use std::collections::BTreeSet;

use crate::model::Records;

/// Who says what production is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ProductionRule {
    /// There is no deployment.
    #[default]
    Nothing,
    /// No deployment names an environment: all of them count.
    NotNamed,
    /// The user.
    Chosen,
    /// The names of the environments.
    Named,
    /// No name says production, but published releases are there: they are what users get.
    Releases,
    /// Environments are named, and none looks like production.
    Undecided,
}

/// Which environments are production.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Production {
    /// Who says so.
    pub rule: ProductionRule,
    /// By code of the environment.
    is_production: Vec<bool>,
}

/// Words for production in English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Swedish, Danish, Czech, Turkish
/// and Russian. A whole word of the name.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "production", "prod", "prd", "live", "produktion", "produktiv", "produktionsumgebung", "echtbetrieb", "producción", "produccion",
    "produzione", "produção", "producao", "productie", "produkcja", "produkcyjne", "produkce", "canlı", "продакшн", "продакшен",
    "прод", "продуктив", "боевой",
];
/// The same where words are not set apart: Japanese, Chinese, Korean. A part of the name is enough.
const PARTS: &[&str] = &["本番", "生产", "生產", "正式环境", "正式環境", "运营", "프로덕션", "운영"];
/// Words and parts that say that it is not the real one.
#[rustfmt::skip]
const NOT: &[&str] = &[
    "pre", "non", "no", "not", "nicht", "test", "tests", "testing", "stage", "staging", "dev", "qa", "uat", "sandbox", "demo", "preview",
    "copy", "clone", "shadow",
];
const NOT_PARTS: &[&str] = &["预", "預", "準本番", "測試", "测试", "非"];
/// What a published release is brought to.
const RELEASE: &str = "release";

impl Production {
    pub(super) fn new(table: &Records, chosen: &BTreeSet<String>) -> Self {
        let Some(environments) = table.category("environment") else { return Self::default() };
        // A code may be left over from rows that are gone.
        let mut is_used = vec![false; environments.values().len()];
        (0..table.len()).for_each(|row| is_used[environments.code(row) as usize] = true);
        let holds = |rule: ProductionRule, is: &dyn Fn(&str) -> bool| Self {
            rule,
            is_production: environments.values().iter().map(is).collect(),
        };
        let names = || environments.values().iter().zip(&is_used).filter(|&(name, &used)| used && !name.is_empty());
        if !chosen.is_empty() {
            holds(ProductionRule::Chosen, &|name| chosen.contains(name))
        } else if names().next().is_none() {
            holds(ProductionRule::NotNamed, &|_| true)
        } else if names().any(|(name, _)| says_production(name)) {
            holds(ProductionRule::Named, &says_production)
        } else if names().any(|(name, _)| name == RELEASE) {
            holds(ProductionRule::Releases, &|name| name == RELEASE)
        } else {
            holds(ProductionRule::Undecided, &|_| false)
        }
    }

    /// True when the environment of a deployment is production.
    pub fn holds(&self, table: &Records, row: usize) -> bool {
        table.category("environment").is_some_and(|environments| self.is_code(environments.code(row)))
    }

    /// The same for the code of an environment.
    pub fn is_code(&self, code: u32) -> bool {
        self.is_production.get(code as usize).copied().unwrap_or(false)
    }
}

/// True when the name of an environment says production: a word of it does, and none says that it is a test of it.
fn says_production(name: &str) -> bool {
    let name = name.to_lowercase();
    let words = || {
        name.split(|letter: char| !letter.is_alphanumeric())
            .map(|word| word.trim_end_matches(|letter: char| letter.is_ascii_digit()))
    };
    let is_real = words().any(|word| WORDS.contains(&word)) || PARTS.iter().any(|part| name.contains(part));
    is_real && !words().any(|word| NOT.contains(&word)) && !NOT_PARTS.iter().any(|part| name.contains(part))
}

#[cfg(test)]
mod tests {
    use super::says_production;

    #[test]
    fn production_is_known_by_its_name() {
        for name in [
            "production",
            "Prod",
            "prod-eu",
            "eu_PRODUCTION_2",
            "Live",
            "prod1",
            "Produktion",
            "Producción",
            "本番環境",
            "生产",
        ] {
            assert!(says_production(name), "{name}");
        }
        for name in
            ["staging", "pre-prod", "non-production", "preproduction", "prod (test)", "预生产", "product", "alive", ""]
        {
            assert!(!says_production(name), "{name}");
        }
    }
}
