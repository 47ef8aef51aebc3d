//! Verdicts: numbers of the metrics judged by written rules, and the headline of each area.
//!
//! A verdict is one number and one rule; the list is [`VERDICTS`]. A number that is not known makes its verdict grey, never
//! green, and no verdict weighs on another: there is no blended score, only how many there are of each
//! ([`verdicts_in_words`]). The user may change any rule or put a verdict away ([`crate::model::Decisions::verdict_rules`]).
//!
//! What is told of a change over time compares two periods of the same length, the later one ending "now"; see [`Answers`].

mod answers;
mod headlines;
mod list;
mod measure;
mod rule;

pub use answers::{Answers, Span, When};
pub use headlines::{Headline, headlines};
pub use list::{VERDICTS, VerdictAbout};
pub use measure::Measure;
pub use rule::{VerdictState, judge, rule_in_words};

use serde::{Deserialize, Serialize};

use crate::model::{Decisions, VerdictRule};

use super::quality::view_of;

/// One verdict of the open workspace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct VerdictLine {
    /// Stable name, kebab-case: `change-failure-rate`.
    pub id: String,
    /// For people: "Change failure rate".
    pub title: String,
    /// Id of the metric that the number is of.
    pub metric: String,
    /// Id of the view that shows it; empty when none does.
    pub view: String,
    /// The verdict.
    pub state: VerdictState,
    /// The number judged; `None` = unknown.
    pub value: Option<f64>,
    /// Its unit.
    pub unit: String,
    /// Both as they are written: "12.5 %"; empty when unknown.
    pub number: String,
    /// How the number came about, a sentence each.
    pub inputs: Vec<String>,
    /// The rule in force.
    pub rule: VerdictRule,
    /// The same in words: "Green up to 10 %, amber up to 15 %, red above."
    pub rule_words: String,
    /// The rule that holds until the user changes it.
    pub default: VerdictRule,
    /// Why it is grey; else empty.
    pub reason: String,
    /// Which data would make it known; else empty.
    pub needs: String,
}

impl VerdictLine {
    /// True when the user changed the rule.
    pub fn is_changed(&self) -> bool {
        self.rule != self.default
    }
}

/// Every verdict in the order of [`VERDICTS`].
pub fn verdicts(answers: &mut Answers<'_>, decisions: &Decisions) -> Vec<VerdictLine> {
    VERDICTS.iter().map(|about| line(about, answers, decisions)).collect()
}

fn line(about: &VerdictAbout, answers: &mut Answers<'_>, decisions: &Decisions) -> VerdictLine {
    let rule = decisions.verdict_rules.get(about.id).unwrap_or(&about.rule).clone();
    let measured = measure::measure(answers, about);
    let (value, reason, needs) = match measured.value {
        Ok(value) => (Some(value), String::new(), String::new()),
        Err(gap) => (None, gap.reason, gap.needs),
    };
    VerdictLine {
        id: about.id.to_owned(),
        title: about.title.to_owned(),
        metric: about.metric.to_owned(),
        view: view_of(about.metric).unwrap_or_default().to_owned(),
        state: judge(value, &rule, about.unit),
        number: value.map(|value| with_unit(value, about.unit)).unwrap_or_default(),
        value,
        unit: about.unit.to_owned(),
        inputs: measured.inputs,
        rule_words: rule_in_words(&rule, about.unit),
        default: about.rule.clone(),
        rule,
        reason,
        needs,
    }
}

/// "5 good, 2 to watch, 1 bad, 3 unknown"; verdicts that are put away are counted, too.
pub fn verdicts_in_words(lines: &[VerdictLine]) -> String {
    let parts: Vec<String> = VerdictState::ALL
        .iter()
        .map(|&state| (state, lines.iter().filter(|line| line.state == state).count()))
        .filter(|&(_, number)| number > 0)
        .map(|(state, number)| format!("{number} {}", state.title().to_lowercase()))
        .collect();
    if parts.is_empty() { "nothing is judged".to_owned() } else { parts.join(", ") }
}

/// A number as it is written: two decimals, but four between 99 and 100 %, where those of availability lie.
fn shown(value: f64, unit: &str) -> f64 {
    let steps = if unit == "%" && (99.0..100.0).contains(&value) { 10_000.0 } else { 100.0 };
    (value * steps).round() / steps + 0.0
}

/// A value with its unit: "1 day", "12.5 %", "3 items".
fn with_unit(value: f64, unit: &str) -> String {
    let text = shown(value, unit).to_string();
    match unit {
        "" => text,
        "%" => format!("{text} %"),
        _ if text == "1" => format!("1 {}", unit.strip_suffix('s').unwrap_or(unit)),
        _ => format!("{text} {unit}"),
    }
}
