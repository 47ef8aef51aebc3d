//! What a forecast is asked with, and its keys in links and on the command line.
//!
//! `seed=1` · `trials=10000` · `history=90` (days) or `history=2024-01-01..2024-03-31` · `remaining=40` · `target=2024-06-30` ·
//! `growth=on|off` · `capacity=0.8` or `capacity=plan` · `daysoff=skip|count` · `risk=0.3:2..8`, repeatable · `split=1..1.4`.

use serde::{Deserialize, Serialize};
use throughline_simulation::Risk;

use crate::metrics::QueryError;
use crate::model::{day_from_iso, iso_from_day};

/// Trials beyond which a forecast gains nothing that could be seen.
pub const MOST_TRIALS: u32 = 1_000_000;
/// Items beyond which a number typed in is a mistake.
const MOST_ITEMS: u32 = 1_000_000;
/// Pieces of an item, in hundredths, beyond which a split rate is a mistake.
const MOST_SPLIT: u32 = 1_000;
/// Days of history beyond which a window is a mistake: a century.
const MOST_DAYS: u32 = 36_525;

/// The value of `capacity` that stands for the plan of who works when.
const PLAN: &str = "plan";

/// Settings of a forecast.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastSettings {
    /// Where the random numbers begin. The same seed gives the same numbers on every machine.
    pub seed: u64,
    /// Number of trials, 1 to [`MOST_TRIALS`].
    pub trials: u32,
    /// The days that are drawn from; `None` = the period of the question, else the last 90 days.
    pub history: Option<HistoryWindow>,
    /// Number of open items or points, instead of those of the data.
    pub remaining: Option<u32>,
    /// The day that something is due.
    pub target: Option<i32>,
    /// True: new work comes in as it did in the window.
    pub growth: bool,
    /// Capacity of the future in percent of that of the window, 0 to 200.
    pub capacity: u32,
    /// True: that percentage is worked out from the capacity of the people, in the window and ahead.
    #[serde(default)]
    pub plan: bool,
    /// Into how many pieces an open item is split on average before it is done, in hundredths: least and most, each between equally
    /// likely in a trial; `None` = not at all.
    pub split: Option<(u32, u32)>,
    /// True: no work is forecast on days off.
    pub skip_days_off: bool,
    /// What may come on top.
    pub risks: Vec<Risk>,
}

impl Default for ForecastSettings {
    fn default() -> Self {
        Self {
            seed: 1,
            trials: 10_000,
            history: None,
            remaining: None,
            target: None,
            growth: false,
            capacity: 100,
            plan: false,
            split: None,
            skip_days_off: true,
            risks: Vec::new(),
        }
    }
}

/// The days of the past that are drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum HistoryWindow {
    /// So many days up to now.
    Days(u32),
    /// From the first to the last day, both inclusive.
    Range(i32, i32),
}

/// Keys that [`ForecastSettings::set`] understands.
pub const KEYS: [&str; 10] =
    ["seed", "trials", "history", "remaining", "target", "growth", "capacity", "split", "daysoff", "risk"];

impl ForecastSettings {
    /// Risks beyond which a list is a mistake.
    pub const MOST_RISKS: usize = 50;

    /// Sets one of [`KEYS`] from its text.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), QueryError> {
        let wrong = |expected| QueryError::Value { key: key.to_owned(), value: value.to_owned(), expected };
        let whole = |most: u32| value.parse::<u32>().ok().filter(|&number| number <= most);
        match key {
            "seed" => self.seed = value.parse().ok().ok_or_else(|| wrong("a whole number"))?,
            "trials" => {
                let trials = whole(MOST_TRIALS).filter(|&trials| trials > 0);
                self.trials = trials.ok_or_else(|| wrong("a whole number from 1 to 1000000"))?;
            }
            "history" => {
                let window = window(value);
                self.history = Some(window.ok_or_else(|| wrong("days like 90, or 2024-01-01..2024-03-31"))?);
            }
            "remaining" => {
                self.remaining = Some(whole(MOST_ITEMS).ok_or_else(|| wrong("a whole number up to 1000000"))?);
            }
            "target" => {
                self.target = Some(day_from_iso(value).ok_or_else(|| wrong("a date like 2024-01-31"))?);
            }
            "growth" => self.growth = one_of(value, "off", "on").ok_or_else(|| wrong("on or off"))?,
            "daysoff" => {
                self.skip_days_off = one_of(value, "count", "skip").ok_or_else(|| wrong("skip or count"))?;
            }
            "capacity" if value == PLAN => (self.plan, self.capacity) = (true, Self::default().capacity),
            "capacity" => {
                let percent = fraction(value, 2).filter(|&percent| percent <= 200);
                self.capacity = percent.ok_or_else(|| wrong("a factor from 0 to 2 like 0.85, or plan"))?;
                self.plan = false;
            }
            "split" => {
                self.split = Some(split(value).ok_or_else(|| wrong("a factor or a range from 1 to 10 like 1..1.4"))?);
            }
            "risk" => {
                let risk = risk_of_text(value).ok_or_else(|| wrong("a probability and a range like 0.3:2..8"))?;
                if self.risks.len() >= Self::MOST_RISKS {
                    return Err(wrong("at most 50 risks"));
                }
                self.risks.push(risk);
            }
            _ => return Err(QueryError::Key(key.to_owned())),
        }
        Ok(())
    }

    /// Sets one of [`KEYS`] from its text; the empty text is the default again. Risks are replaced, not added.
    pub fn set_or_clear(&mut self, key: &str, value: &str) -> Result<(), QueryError> {
        let mut changed = Self::default();
        for (known, text) in self.pairs().into_iter().filter(|(known, _)| *known != key) {
            changed.set(known, &text)?;
        }
        if !value.is_empty() {
            changed.set(key, value)?;
        }
        *self = changed;
        Ok(())
    }

    /// All keys that differ from the defaults, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let default = Self::default();
        let mut pairs = Vec::new();
        let mut push = |key, differs: bool, value: String| {
            if differs {
                pairs.push((key, value));
            }
        };
        push("seed", self.seed != default.seed, self.seed.to_string());
        push("trials", self.trials != default.trials, self.trials.to_string());
        if let Some(window) = self.history {
            let text = match window {
                HistoryWindow::Days(days) => days.to_string(),
                HistoryWindow::Range(first, last) => format!("{}..{}", iso_from_day(first), iso_from_day(last)),
            };
            push("history", true, text);
        }
        push("remaining", self.remaining.is_some(), self.remaining.unwrap_or(0).to_string());
        push("target", self.target.is_some(), self.target.map(iso_from_day).unwrap_or_default());
        push("growth", self.growth, "on".to_owned());
        let capacity = if self.plan { PLAN.to_owned() } else { fraction_text(self.capacity, 2) };
        push("capacity", self.plan || self.capacity != default.capacity, capacity);
        if let Some((low, high)) = self.split {
            push("split", true, format!("{}..{}", fraction_text(low, 2), fraction_text(high, 2)));
        }
        push("daysoff", !self.skip_days_off, "count".to_owned());
        for risk in &self.risks {
            push("risk", true, risk_text(*risk));
        }
        pairs
    }
}

/// Reads `0.3:2..8` or `0.3:5`.
fn risk_of_text(text: &str) -> Option<Risk> {
    let (probability, range) = text.split_once(':')?;
    let permille = fraction(probability, 3).filter(|&permille| permille <= 1000)?;
    let (low, high) = range.split_once("..").unwrap_or((range, range));
    let (low, high) = (low.parse().ok()?, high.parse().ok()?);
    (low <= high && high <= MOST_ITEMS).then_some(Risk { permille, low, high })
}

/// A risk from what is typed: the chance in percent with at most one decimal, the least and the most extra work.
///
/// # Errors
/// What is wrong, in a sentence.
pub fn risk_of_fields(chance: &str, low: &str, high: &str) -> Result<Risk, &'static str> {
    let permille = fraction(chance, 1).filter(|&permille| permille <= 1000);
    let permille = permille.ok_or("The chance is a number from 0 to 100 like 30 or 12.5.")?;
    let amount = |text: &str| text.parse().ok().filter(|&amount| amount <= MOST_ITEMS);
    let whole = "Extra work is a whole number up to 1000000.";
    let (low, high) = (amount(low).ok_or(whole)?, amount(high).ok_or(whole)?);
    if low > high {
        return Err("The least extra work is more than the most.");
    }
    Ok(Risk { permille, low, high })
}

/// As [`risk_of_text`] reads it.
fn risk_text(risk: Risk) -> String {
    format!("{}:{}..{}", fraction_text(risk.permille, 3), risk.low, risk.high)
}

/// Reads `1..1.4` or `1.2`, in hundredths.
fn split(text: &str) -> Option<(u32, u32)> {
    let (low, high) = text.split_once("..").unwrap_or((text, text));
    let (low, high) = (fraction(low, 2)?, fraction(high, 2)?);
    (100 <= low && low <= high && high <= MOST_SPLIT).then_some((low, high))
}

fn window(text: &str) -> Option<HistoryWindow> {
    if let Some((first, last)) = text.split_once("..") {
        let (first, last) = (day_from_iso(first)?, day_from_iso(last)?);
        return (first <= last).then_some(HistoryWindow::Range(first, last));
    }
    text.parse().ok().filter(|days| (1..=MOST_DAYS).contains(days)).map(HistoryWindow::Days)
}

fn one_of(text: &str, no: &str, yes: &str) -> Option<bool> {
    (text == yes || text == no).then_some(text == yes)
}

/// Reads a decimal number as a whole number of units of its last digit: "0.85" with 2 digits is 85. No floating point, so
/// that what is written is what is meant.
fn fraction(text: &str, digits: usize) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 4 || part.len() > digits || !plain(whole) || !plain(part) {
        return None;
    }
    format!("{whole}{part:0<digits$}").parse().ok()
}

fn fraction_text(value: u32, digits: u32) -> String {
    let unit = 10_u32.pow(digits);
    let text = format!("{}.{:0width$}", value / unit, value % unit, width = digits as usize);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_read_back() {
        let mut settings = ForecastSettings::default();
        assert_eq!(settings.pairs(), []);
        for (key, value) in [
            ("seed", "18446744073709551615"),
            ("trials", "1000000"),
            ("history", "2024-01-01..2024-03-31"),
            ("remaining", "0"),
            ("target", "2024-06-30"),
            ("growth", "on"),
            ("capacity", "0.85"),
            ("daysoff", "count"),
            ("split", "1.1..1.45"),
            ("risk", "0.3:2..8"),
            ("risk", "1:5"),
        ] {
            settings.set(key, value).unwrap();
        }
        assert_eq!((settings.capacity, settings.split), (85, Some((110, 145))));
        assert_eq!(settings.risks[0], Risk { permille: 300, low: 2, high: 8 });
        let mut again = ForecastSettings::default();
        settings.pairs().iter().for_each(|(key, value)| again.set(key, value).unwrap());
        assert_eq!(settings, again);
        again.set("capacity", "plan").unwrap();
        assert!(again.plan && again.pairs().contains(&("capacity", "plan".to_owned())));
        again.set("capacity", "0.85").unwrap();
        assert_eq!(settings, again);
        again.set("history", "30").unwrap();
        assert!(again.pairs().contains(&("history", "30".to_owned())));
    }

    #[test]
    fn a_risk_is_read_from_its_fields() {
        assert_eq!(risk_of_fields("12.5", "2", "8"), Ok(Risk { permille: 125, low: 2, high: 8 }));
        for (chance, low, high) in
            [("101", "1", "2"), ("-1", "1", "2"), ("5", "3", "2"), ("5", "x", "2"), ("5", "1", "1000001")]
        {
            assert!(risk_of_fields(chance, low, high).is_err(), "{chance} {low} {high}");
        }
    }

    #[test]
    fn what_is_not_understood_is_named_and_changes_nothing() {
        let mut settings = ForecastSettings::default();
        for (key, value) in [
            ("trials", "0"),
            ("trials", "1000001"),
            ("capacity", "2.01"),
            ("capacity", "-1"),
            ("capacity", "."),
            ("history", "0"),
            ("history", "2024-02-01..2024-01-01"),
            ("risk", "1.5:2..8"),
            ("risk", "0.5:8..2"),
            ("growth", "maybe"),
            ("split", "0.9"),
            ("split", "1.4..1.2"),
            ("split", "11"),
        ] {
            let error = settings.set(key, value).unwrap_err().to_string();
            assert!(error.contains(value) && error.contains(key), "{error}");
        }
        assert_eq!(settings, ForecastSettings::default());
    }
}
