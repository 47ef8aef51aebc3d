//! What moves the date, worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::X;

use super::forecast_when::{and_open, finished, query};
use crate::support::{ask, figure, prepare};

#[test]
fn each_change_is_the_forecast_under_it() {
    // One a day from January 1 to 20, days off counted; 20 open: 20 days. Half the window is the same pace: 20. No new work came
    // in: 20. At 90 % of capacity 20 / 0.9 = 22.2: the 23rd day. Ten percent more work: 22 days. With days off skipped, Friday
    // to Sunday go together: ends later, in weeks of five days.
    let data = prepare(&and_open(finished(1, 1..=20), 20));
    let result = ask(&data, "forecast-drivers", &query("2024-01-20", &[("daysoff", "count")]));
    assert_eq!(figure(&result, "p85"), Some(20.0));
    let shift = |name: &str| {
        let points = &result.series("shift").unwrap().points;
        points.iter().find(|point| point.x == X::Name(name.into())).unwrap_or_else(|| panic!("{name}: {points:?}")).y
    };
    assert_eq!(shift("10 % less capacity"), Some(3.0));
    assert_eq!(shift("10 % more remaining work"), Some(2.0));
    assert_eq!(shift("Half the history window"), Some(0.0));
    assert_eq!(shift("New work as in the window"), Some(0.0));
    let sizes: Vec<f64> =
        result.series("shift").unwrap().points.iter().filter_map(|point| point.y).map(f64::abs).collect();
    assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]), "the largest first: {sizes:?}");
    assert!(result.summary.starts_with("The 85 % date, by 2024-02-09, is moved most by "), "{}", result.summary);
}

#[test]
fn a_risk_that_is_gone_and_a_pace_that_never_ends_are_told() {
    // Open 10, one a day and one in a day: with new work counted it never ends.
    let mut items = finished(1, 1..=20);
    items.extend(
        (1..=20).map(|day| crate::support::ItemBuilder::new(&format!("N-{day}")).created(&format!("2024-01-{day:02}"))),
    );
    let result =
        ask(&prepare(&items), "forecast-drivers", &query("2024-01-20", &[("daysoff", "count"), ("risk", "1:5")]));
    assert_eq!(figure(&result, "p85"), Some(25.0));
    assert_eq!(figure(&result, "mover-1"), None);
    assert!(result.summary.contains("new work as in the window (no end in sight)"), "{}", result.summary);
    assert!(result.working.iter().any(|line| line == "No risk comes true: 5 days earlier."), "{:?}", result.working);
}

#[test]
fn the_date_is_that_of_the_forecast_whatever_the_trials_of_the_changes() {
    // Four on one day, none on three: dates of some trials and of all differ.
    let data = prepare(&and_open(finished(4, (1..=7).map(|turn| 4 * turn)), 37));
    for seed in ["1", "2", "3", "4", "5"] {
        let asked = query("2024-01-31", &[("daysoff", "count"), ("seed", seed)]);
        let when = figure(&ask(&data, "forecast-when", &asked), "p85");
        assert!(when.is_some());
        for id in ["forecast-drivers", "forecast-cone"] {
            assert_eq!(figure(&ask(&data, id, &asked), "p85"), when, "{id}, seed {seed}");
        }
    }
}
