//! What is known of an imported file as an export of a tracker: whose it is, of which kind, and which moment it shows.

use crate::engine::workspace::Layer;
use crate::model::{Export, NO_MOMENT, day_from_iso};

const MILLISECONDS_A_DAY: i64 = 86_400_000;

/// The layer as an export to be merged with others.
pub(super) fn export_of(layer: &Layer) -> Export<'_> {
    let format = layer.report.format.as_str();
    Export { dataset: &layer.dataset, tracker: tracker_of(format), series: format, taken_at: taken_at(layer) }
}

/// The tracker of a format: ids of importers begin with it. Empty for tables that any tracker may have made.
fn tracker_of(format: &str) -> &str {
    match format.split_once('-') {
        Some(("plain" | "mapped" | "stage" | "work" | "status" | "iterations", _)) => "",
        Some((tracker, _)) => tracker,
        None => format,
    }
}

/// The moment whose state an export shows: the last one that it tells of, else the end of the day in its file's name, else
/// [`NO_MOMENT`]. Both come with the file, so that neither copying it nor the order of imports changes anything.
pub(super) fn taken_at(layer: &Layer) -> i64 {
    layer.dataset.last_moment().unwrap_or_else(|| {
        day_in_name(&layer.report.file).map_or(NO_MOMENT, |day| (i64::from(day) + 1) * MILLISECONDS_A_DAY - 1)
    })
}

/// The last date in a name: `board 2026-11-23.csv`, `board_20261123.csv`.
fn day_in_name(name: &str) -> Option<i32> {
    let is_part = |mark: char| mark.is_ascii_digit() || mark == '-';
    name.split(|mark| !is_part(mark)).map(|word| word.trim_matches('-')).rev().find_map(|word| {
        if word.len() == 8 && word.bytes().all(|digit| digit.is_ascii_digit()) {
            day_from_iso(&format!("{}-{}-{}", &word[..4], &word[4..6], &word[6..]))
        } else {
            word.get(..10).and_then(day_from_iso)
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trackers_are_told_by_the_format() {
        for (format, tracker) in [
            ("jira-csv", "jira"),
            ("jira-json", "jira"),
            ("github-issues", "github"),
            ("mspdi", "mspdi"),
            ("plain-deployments", ""),
            ("work-items-csv", ""),
            ("status-history-csv", ""),
            ("iterations-csv", ""),
            ("mapped-table", ""),
            ("stage-dates-csv", ""),
            ("", ""),
        ] {
            assert_eq!(tracker_of(format), tracker, "{format}");
        }
    }

    #[test]
    fn a_date_in_a_name_is_found() {
        for (name, date) in [
            ("board 2026-11-23.csv", Some("2026-11-23")),
            ("2026-11-01-board-20261123.csv", Some("2026-11-23")),
            ("export_2026-11-23T10-00.json", Some("2026-11-23")),
            ("sprint 12.csv", None),
            ("99999999.csv", None),
            ("", None),
        ] {
            assert_eq!(day_in_name(name), date.and_then(day_from_iso), "{name}");
        }
    }
}
