//! Durations as people and trackers write them, in hours.

use super::table::DurationUnit;

/// Hours of a working day and days of a working week in `2d` and `1w`, as Jira, GitLab and Sonar count.
const HOURS_A_DAY: f64 = 8.0;
const DAYS_A_WEEK: f64 = 5.0;

/// Reads `3h 30m`, `1w 2d`, `01:30:00`, `1:30`, `PT8H0M0S`, `P1DT2H`, `90 min`, `1,5 h` or a bare number in `unit`. A day is
/// 8 hours and a week 5 days of work, except in ISO 8601 (`P1D`), where they are those of the calendar. `None` when it is no
/// duration.
pub(in crate::importers) fn hours(text: &str, unit: DurationUnit) -> Option<f64> {
    let text = text.trim();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest.trim_start()),
        None => (1.0, text),
    };
    let upper = text.to_ascii_uppercase();
    let value = if let Some(iso) = upper.strip_prefix('P') {
        iso_hours(iso)
    } else if text.contains(':') {
        clock_hours(text)
    } else {
        bare_hours(text, unit).or_else(|| worded_hours(text))
    };
    value.filter(|hours| hours.is_finite()).map(|hours| hours * sign)
}

fn number(text: &str) -> Option<f64> {
    let starts_well = text.starts_with(|first: char| first.is_ascii_digit() || first == '.' || first == ',');
    starts_well.then(|| text.replace(',', ".").parse().ok()).flatten()
}

fn bare_hours(text: &str, unit: DurationUnit) -> Option<f64> {
    let per_hour = match unit {
        DurationUnit::Milliseconds => 3_600_000.0,
        DurationUnit::Seconds => 3_600.0,
        DurationUnit::Minutes => 60.0,
        DurationUnit::Hours => 1.0,
    };
    Some(number(text)? / per_hour)
}

/// `26:03:20` or `1:30`: hours, minutes and perhaps seconds.
fn clock_hours(text: &str) -> Option<f64> {
    let parts: Vec<f64> = text.split(':').map(number).collect::<Option<_>>()?;
    match parts[..] {
        [hours, minutes] => Some(hours + minutes / 60.0),
        [hours, minutes, seconds] => Some(hours + minutes / 60.0 + seconds / 3600.0),
        _ => None,
    }
}

/// What follows the `P` of an ISO 8601 duration.
fn iso_hours(text: &str) -> Option<f64> {
    let (date, time) = text.split_once('T').unwrap_or((text, ""));
    let days = parts(date)?.into_iter().try_fold(0.0, |sum, (value, unit)| {
        let days = match unit {
            "D" => 1.0,
            "W" => 7.0,
            // Months and years have no length of their own.
            _ => return None,
        };
        Some(sum + value * days)
    })?;
    let hours = parts(time)?.into_iter().try_fold(0.0, |sum, (value, unit)| {
        let hours = match unit {
            "H" => 1.0,
            "M" => 1.0 / 60.0,
            "S" => 1.0 / 3600.0,
            _ => return None,
        };
        Some(sum + value * hours)
    })?;
    (!date.is_empty() || !time.is_empty()).then_some(days * 24.0 + hours)
}

fn worded_hours(text: &str) -> Option<f64> {
    let lower = text.to_lowercase();
    let parts = parts(&lower)?;
    if parts.is_empty() {
        return None;
    }
    parts.into_iter().try_fold(0.0, |sum, (value, unit)| {
        let hours = match unit {
            "ms" => 1.0 / 3_600_000.0,
            "s" | "sec" | "secs" | "second" | "seconds" => 1.0 / 3600.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 1.0 / 60.0,
            "h" | "hr" | "hrs" | "hour" | "hours" | "std" => 1.0,
            "d" | "day" | "days" => HOURS_A_DAY,
            "w" | "wk" | "week" | "weeks" => HOURS_A_DAY * DAYS_A_WEEK,
            "mo" | "month" | "months" => HOURS_A_DAY * DAYS_A_WEEK * 4.0,
            _ => return None,
        };
        Some(sum + value * hours)
    })
}

/// `1w 2d` as numbers with their units; `None` when something is neither.
fn parts(text: &str) -> Option<Vec<(f64, &str)>> {
    let mut found = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let digits = rest.find(|mark: char| !(mark.is_ascii_digit() || mark == '.' || mark == ','))?;
        let (value, after) = (number(&rest[..digits])?, rest[digits..].trim_start());
        let unit = after.find(|mark: char| !mark.is_alphabetic()).unwrap_or(after.len());
        found.push((value, &after[..unit]));
        rest = after[unit..].trim_start_matches(|mark: char| mark.is_whitespace() || mark == ',' || mark == '.');
    }
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_write_them() {
        for (text, expected) in [
            ("3h 30m", 3.5),
            ("1w 2d", 56.0),
            ("2d", 16.0),
            ("6h1min", 6.0 + 1.0 / 60.0),
            ("11min", 11.0 / 60.0),
            ("01:30:00", 1.5),
            ("26:30", 26.5),
            ("PT8H0M0S", 8.0),
            ("P1DT2H", 26.0),
            ("pt30m", 0.5),
            ("1,5 h", 1.5),
            ("0h 30m", 0.5),
            ("-1h", -1.0),
            ("7", 7.0),
            ("7.25", 7.25),
        ] {
            assert_eq!(hours(text, DurationUnit::Hours), Some(expected), "{text}");
        }
        assert_eq!(hours("7200", DurationUnit::Seconds), Some(2.0));
        assert_eq!(hours("90", DurationUnit::Minutes), Some(1.5));
        assert_eq!(hours("1800000", DurationUnit::Milliseconds), Some(0.5));
        assert_eq!(hours("2h", DurationUnit::Seconds), Some(2.0));
    }

    #[test]
    fn what_is_no_duration_is_none() {
        for text in ["", "soon", "h", "3x", "1:2:3:4", "P", "P1Y", "1h nonsense", "::", "1e999"] {
            assert_eq!(hours(text, DurationUnit::Hours), None, "{text}");
        }
    }
}
