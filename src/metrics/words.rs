//! Numbers in sentences: singular and plural, no needless decimals.

use crate::model::{Granularity, iso_from_day};

use super::Unit;

/// "1 item", "2 items", "no items".
pub(super) fn count(number: usize, singular: &str, plural: &str) -> String {
    match number {
        0 => format!("no {plural}"),
        1 => format!("1 {singular}"),
        _ => format!("{number} {plural}"),
    }
}

/// "1 item", "2 items", "no items".
pub(super) fn items(number: usize) -> String {
    count(number, "item", "items")
}

/// "is" or "are", "was" or "were": what follows a count.
pub(super) const fn verb<'a>(number: usize, singular: &'a str, plural: &'a str) -> &'a str {
    if number == 1 { singular } else { plural }
}

/// A number with at most two decimals: "3", "2.5".
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0 + 0.0;
    format!("{rounded}")
}

/// "2 to 16", or "2" when both ends are written alike.
pub(super) fn range(low: f64, high: f64) -> String {
    let (low, high) = (number(low), number(high));
    if low == high { low } else { format!("{low} to {high}") }
}

/// An amount in a unit: "1 point", "2.5 points", "0 items".
pub(super) fn amount(value: f64, unit: Unit) -> String {
    let text = number(value);
    let name = match (unit, text.as_str()) {
        (Unit::Items, "1") => "item",
        (Unit::Items, _) => "items",
        (Unit::Points, "1") => "point",
        (Unit::Points, _) => "points",
        (Unit::Hours, "1") => "hour",
        (Unit::Hours, _) => "hours",
    };
    format!("{text} {name}")
}

/// "1 day", "6 days".
pub(super) fn days(value: f64) -> String {
    let text = number(value);
    let name = if text == "1" { "day" } else { "days" };
    format!("{text} {name}")
}

/// "A, B and C"; beyond `most` the rest is counted: "A, B, C and 4 more".
pub(super) fn list(names: &[&str], most: usize) -> String {
    let (shown, more) = names.split_at(names.len().min(most));
    match (shown, more.len()) {
        ([], _) => String::new(),
        ([only], 0) => (*only).to_owned(),
        ([first @ .., last], 0) => format!("{} and {last}", first.join(", ")),
        (_, more) => format!("{} and {more} more", shown.join(", ")),
    }
}

/// The days of a work week, from Monday: "Monday to Friday", "Monday, Tuesday and Sunday".
pub(super) fn week(week: [bool; 7]) -> String {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let days: Vec<&str> =
        DAYS.into_iter().zip(week).filter(|(_, is_worked)| *is_worked).map(|(name, _)| name).collect();
    // One run has at most one beginning and one end inside the week.
    let changes = week.windows(2).filter(|pair| pair[0] != pair[1]).count();
    let is_run = changes <= 1 || (changes == 2 && !week[0]);
    match days[..] {
        [first, .., last] if is_run => format!("{first} to {last}"),
        _ => list(&days, 7),
    }
}

/// The same sentence with its first letter large.
pub(super) fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// "week" or "weeks", by number.
pub(super) const fn period(granularity: Granularity, number: usize) -> &'static str {
    match (granularity, number) {
        (Granularity::Day, 1) => "day",
        (Granularity::Day, _) => "days",
        (Granularity::Week, 1) => "week",
        (Granularity::Week, _) => "weeks",
        (Granularity::Sprint, 1) => "sprint",
        (Granularity::Sprint, _) => "sprints",
        (Granularity::Month, 1) => "month",
        (Granularity::Month, _) => "months",
    }
}

/// "2024-01-01 to 2024-01-14", both inclusive.
pub(super) fn day_range(first: i32, last: i32) -> String {
    format!("{} to {}", iso_from_day(first), iso_from_day(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_none_is_said() {
        assert_eq!(items(0), "no items");
        assert_eq!(items(1), "1 item");
        assert_eq!(items(2), "2 items");
        assert_eq!(amount(1.0, Unit::Points), "1 point");
        assert_eq!(amount(0.5, Unit::Points), "0.5 points");
        assert_eq!(days(1.0), "1 day");
        assert_eq!(number(2.346), "2.35");
        assert_eq!(number(-0.001), "0");
        assert_eq!(capitalised("no items"), "No items");
    }

    #[test]
    fn a_work_week_is_told_by_its_ends_where_it_is_one_run() {
        let of = |days: [u8; 7]| week(days.map(|day| day == 1));
        assert_eq!(of([1, 1, 1, 1, 1, 0, 0]), "Monday to Friday");
        assert_eq!(of([0, 1, 1, 1, 1, 1, 0]), "Tuesday to Saturday");
        assert_eq!(of([1, 1, 1, 1, 0, 0, 1]), "Monday, Tuesday, Wednesday, Thursday and Sunday");
        assert_eq!(of([0, 0, 0, 0, 0, 1, 1]), "Saturday to Sunday");
        assert_eq!(of([1, 0, 0, 0, 0, 0, 0]), "Monday");
    }

    #[test]
    fn a_list_names_some_and_counts_the_rest() {
        assert_eq!(list(&[], 3), "");
        assert_eq!(list(&["A"], 3), "A");
        assert_eq!(list(&["A", "B", "C"], 3), "A, B and C");
        assert_eq!(list(&["A", "B", "C", "D"], 3), "A, B, C and 1 more");
    }
}
