//! A number judged by a rule, and the rule in words.

use serde::{Deserialize, Serialize};

use crate::model::VerdictRule;

/// What a rule says of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum VerdictState {
    /// Within the first threshold.
    Good,
    /// Between the two.
    Watch,
    /// Beyond both.
    Bad,
    /// The number is not known.
    Unknown,
    /// The user does not want to see it.
    Off,
}

impl VerdictState {
    /// All of them, in the order in which they are counted.
    pub const ALL: [Self; 5] = [Self::Good, Self::Watch, Self::Bad, Self::Unknown, Self::Off];

    /// The name used in reports.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Good => "green",
            Self::Watch => "amber",
            Self::Bad => "red",
            Self::Unknown => "grey",
            Self::Off => "off",
        }
    }

    /// The word on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Good => "Good",
            Self::Watch => "To watch",
            Self::Bad => "Bad",
            Self::Unknown => "Unknown",
            Self::Off => "Not shown",
        }
    }
}

/// Judges a number as it is written, with the same decimals: a verdict never contradicts the number beside it. A threshold
/// belongs to the better side. What is not known, or no number, is grey whatever the rule.
pub fn judge(value: Option<f64>, rule: &VerdictRule, unit: &str) -> VerdictState {
    if rule.is_off {
        return VerdictState::Off;
    }
    let Some(value) = value.filter(|value| value.is_finite()) else { return VerdictState::Unknown };
    let shown = super::shown(value, unit);
    let holds = |threshold: f64| if rule.at_least { shown >= threshold } else { shown <= threshold };
    if holds(rule.green) {
        VerdictState::Good
    } else if holds(rule.amber) {
        VerdictState::Watch
    } else {
        VerdictState::Bad
    }
}

/// "Green up to 10 %, amber up to 15 %, red above." or "Green from 85 %, amber from 50 %, red below."
pub fn rule_in_words(rule: &VerdictRule, unit: &str) -> String {
    let (side, beyond) = if rule.at_least { ("from", "below") } else { ("up to", "above") };
    let number = |value: f64| super::with_unit(value, unit);
    let green = number(rule.green);
    if green == number(rule.amber) {
        return format!("Green {side} {green}, red {beyond}.");
    }
    format!("Green {side} {green}, amber {side} {}, red {beyond}.", number(rule.amber))
}
