//! How old published data is, in words.

/// Up to so many intervals the data is fresh: one may be late, and time zones differ.
const FRESH: f64 = 1.5;
/// From so many intervals on nobody seems to renew it any more.
const STALE: f64 = 3.0;

/// How old data is, measured by how often it is made again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// Nobody said how often it is made again.
    Untold,
    /// As new as it is to be.
    Fresh,
    /// An update should have come.
    Due,
    /// Several updates did not come.
    Stale,
}

impl Freshness {
    /// The word used in the page's marks.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Untold => "untold",
            Self::Fresh => "fresh",
            Self::Due => "due",
            Self::Stale => "stale",
        }
    }
}

/// The age of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataAge {
    /// Its measure.
    pub freshness: Freshness,
    /// "Data is 9 days old; expected daily".
    pub words: String,
}

impl DataAge {
    /// The age at a moment. Moments are UTC milliseconds; `every` are the hours after which it is made again.
    pub fn at(now: f64, made: f64, every: Option<f64>) -> Self {
        let hours = ((now - made) / 3_600_000.0).max(0.0);
        let old = format!("Data is {} old", span(hours));
        let Some(every) = every.filter(|every| every.is_finite() && *every > 0.0) else {
            return Self { freshness: Freshness::Untold, words: old };
        };
        let often = often(every);
        if hours < FRESH * every {
            Self { freshness: Freshness::Fresh, words: old }
        } else if hours < STALE * every {
            Self { freshness: Freshness::Due, words: format!("{old}; expected {often}, an update is due") }
        } else {
            Self { freshness: Freshness::Stale, words: format!("{old}; expected {often}") }
        }
    }
}

/// "9 days", "3 hours", "5 minutes".
fn span(hours: f64) -> String {
    let counted = |number: f64, unit: &str| {
        let number = number.floor() as u64;
        if number == 1 { format!("1 {unit}") } else { format!("{number} {unit}s") }
    };
    if hours >= 48.0 {
        counted(hours / 24.0, "day")
    } else if hours >= 1.0 {
        counted(hours, "hour")
    } else {
        counted(hours * 60.0, "minute")
    }
}

/// "daily", "every 6 hours".
fn often(every: f64) -> String {
    let is = |hours: f64| (every - hours).abs() < 0.01;
    if is(24.0) {
        "daily".to_owned()
    } else if is(168.0) {
        "weekly".to_owned()
    } else if is(1.0) {
        "hourly".to_owned()
    } else {
        format!("every {}", span(every))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_is_measured_by_the_interval() {
        const HOUR: f64 = 3_600_000.0;
        let at = |hours: f64, every| DataAge::at(hours * HOUR, 0.0, every);
        for (hours, freshness, words) in [
            (0.5, Freshness::Fresh, "Data is 30 minutes old"),
            (35.9, Freshness::Fresh, "Data is 35 hours old"),
            (36.0, Freshness::Due, "Data is 36 hours old; expected daily, an update is due"),
            (71.9, Freshness::Due, "Data is 2 days old; expected daily, an update is due"),
            (216.0, Freshness::Stale, "Data is 9 days old; expected daily"),
        ] {
            assert_eq!(at(hours, Some(24.0)), DataAge { freshness, words: words.to_owned() });
        }
        assert_eq!(at(216.0, None).freshness, Freshness::Untold);
        assert_eq!(at(216.0, Some(0.0)).freshness, Freshness::Untold);
        assert_eq!(at(-5.0, Some(6.0)).words, "Data is 0 minutes old", "a clock that is behind");
        assert!(at(24.0, Some(6.0)).words.ends_with("expected every 6 hours"));
    }
}
