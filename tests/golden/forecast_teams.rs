//! Several teams together, worked out by hand. 2024-01-01 is a Monday.

use std::sync::Arc;

use throughline::metrics::MetricResult;
use throughline::model::{Calendar, CategoryField, Dataset, Edits, ItemRow, MomentField, PreparedDataset, TextField};

use super::forecast_when::query;
use crate::support::{ask, figure, left_out, moment, values};

/// Team, day of January on which it was finished (0 = open).
fn teams(items: &[(&str, u32)]) -> PreparedDataset {
    let mut data = Dataset::default();
    let mut row = ItemRow::default();
    for (position, &(team, day)) in items.iter().enumerate() {
        row.begin(position as u64 + 2);
        row.text(TextField::Key, &format!("T-{position}"));
        let status = if day == 0 { "To Do" } else { "Done" };
        row.category(CategoryField::Status, status).category(CategoryField::Team, team);
        let resolved = (day > 0).then(|| moment(&format!("2024-01-{day:02}")));
        row.moment(MomentField::Created, Some(moment("2023-12-01"))).moment(MomentField::Resolved, resolved);
        data.push_item(&row);
    }
    PreparedDataset::new(Arc::new(data), Calendar::default(), &Edits::default())
}

fn answer(items: &[(&str, u32)]) -> (PreparedDataset, MetricResult) {
    let data = teams(items);
    let result = ask(&data, "forecast-teams", &query("2024-01-20", &[("daysoff", "count")]));
    (data, result)
}

#[test]
fn the_chance_of_all_is_the_product() {
    // Two teams, each with two items on every second day and two open: done by day 1, 2, 3, 4, 5, 6 with 50, 75, 87.5, 93.75,
    // 96.9, 98.4 %. Both: 25, 56, 77, 88, 94, 97 %: 50 % on the 2nd, 70 % on the 3rd, 85 % on the 4th, 95 % on the 6th day.
    let mut items = Vec::new();
    for team in ["Red", "Blue"] {
        items.extend((1..=20).step_by(2).flat_map(|day| [(team, day); 2]));
        items.extend([(team, 0); 2]);
    }
    let (_, result) = answer(&items);
    assert_eq!(["p50", "p70", "p85", "p95"].map(|p| figure(&result, p)), [2.0, 3.0, 4.0, 6.0].map(Some));
    // Alone each is done on the third day with 85 %.
    assert_eq!(values(&result, "p85"), [Some(3.0); 2]);
    assert_eq!(result.summary, "With a chance of 85 % all 2 teams are done by 2024-01-24 (50 %: by 2024-01-22).");
}

#[test]
fn who_is_left_out_is_named() {
    let mut items = vec![("New", 3), ("New", 0), ("", 4), ("Idle", 0)];
    for team in ["Red", "Blue"] {
        items.extend((1..=20).map(|day| (team, day)));
        items.push((team, 0));
    }
    items.extend((1..=6).map(|day| ("Done", day)));
    let (data, result) = answer(&items);
    assert_eq!(left_out(&data, &result, "no team"), ["T-2"]);
    assert_eq!(left_out(&data, &result, "in a team without a forecast"), ["T-3", "T-0", "T-1"]);
    assert_eq!(left_out(&data, &result, "in a team with nothing open").len(), 6);
    assert_eq!((result.considered, result.candidates()), (42, 52));
    assert!(result.notes.iter().any(|note| note.text == "Without a forecast, and not in it: Idle and New."));
}

#[test]
fn one_team_is_no_product() {
    let items: Vec<_> = (0..=20).map(|day| ("Red", day)).collect();
    let (_, result) = answer(&items);
    assert_eq!(result.summary, "This selection names 1 team; a forecast of several needs 2 to 40.");
}
