//! Days in words, and what a press on one does.

use crate::model::{DayOff, date_of_day, iso_from_day};

/// From Monday.
pub(super) const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// Day of the week, from Monday = 0.
pub(super) const fn weekday(day: i32) -> usize {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7) as usize
}

/// "February 2024".
pub(super) fn month_title(day: i32) -> String {
    let (year, month, _) = date_of_day(i64::from(day));
    let name = usize::try_from(month - 1).ok().and_then(|month| MONTHS.get(month)).copied().unwrap_or_default();
    format!("{name} {year}")
}

/// Day of the month.
pub(super) fn number(day: i32) -> String {
    date_of_day(i64::from(day)).2.to_string()
}

/// How a day stands, as a name for styles and tests.
pub(super) fn state_of(day: &DayOff, is_in_week: bool) -> &'static str {
    match day.off {
        _ if !is_in_week => "free",
        off if off >= 1.0 => "off",
        off if off > 0.0 => "half",
        _ => "worked",
    }
}

/// "Monday 2024-01-08, half off".
pub(super) fn in_words(day: i32, state: &str, cell: &DayOff) -> String {
    let how = match state {
        "free" => "not in the work week".to_owned(),
        "off" => "off".to_owned(),
        "half" if (cell.off - 0.5).abs() > 0.001 => format!("{:.0} % off", cell.off * 100.0),
        "half" => "half off".to_owned(),
        _ => "worked".to_owned(),
    };
    let yours = if cell.is_decided { ", set here" } else { "" };
    format!("{} {}, {how}{yours}", WEEKDAYS[weekday(day)], iso_from_day(day))
}

/// The sign in the cell: not only its colour tells.
pub(super) fn sign(state: &str) -> &'static str {
    match state {
        "off" => "✕",
        "half" => "½",
        "free" => "·",
        _ => "",
    }
}

/// What a press decides: worked, off, half, worked; `None` where that is what the files say.
pub(super) fn next(day: &DayOff) -> (f64, Option<f64>) {
    let next = if day.off >= 1.0 {
        0.5
    } else if day.off > 0.0 {
        0.0
    } else {
        1.0
    };
    (next, ((next - day.told).abs() > f64::EPSILON).then_some(next))
}
