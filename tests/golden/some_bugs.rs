//! Bugs that several golden cases share.

use throughline::metrics::{MetricResult, X};

use throughline::model::ListField;

use crate::support::ItemBuilder;

pub(super) fn bug(key: &str, priority: &str, created: &str) -> ItemBuilder {
    ItemBuilder::new(key).kind("Bug").priority(priority).created(created)
}

pub(super) fn names(result: &MetricResult, series: &str) -> Vec<String> {
    let points = &result.series(series).unwrap().points;
    let name = |x: &X| match x {
        X::Name(name) => name.clone(),
        X::Day(day) => day.to_string(),
    };
    points.iter().map(|point| name(&point.x)).collect()
}

pub(super) fn resolved() -> Vec<ItemBuilder> {
    vec![
        // Jan 1 to Jan 3, both counted: 3 days.
        bug("A", "High", "2024-01-01").finished("2024-01-03"),
        // The same day: 1.
        bug("B", "High", "2024-01-02").finished("2024-01-02"),
        // Jan 1 to Jan 10: 10.
        bug("C", "Low", "2024-01-01").finished("2024-01-10"),
        // Opened again; done for good on Jan 8: Jan 4 to Jan 8 = 5.
        bug("D", "", "2024-01-04").moves(&[
            ("2024-01-05", "Done"),
            ("2024-01-06", "In Progress"),
            ("2024-01-08", "Done"),
        ]),
        bug("OPEN", "High", "2024-01-01"),
        bug("DROPPED", "High", "2024-01-01").dropped("2024-01-02"),
        bug("WRONG", "High", "2024-01-09").finished("2024-01-05"),
        bug("UNDATED", "High", "2024-01-09").finished_undated(),
        ItemBuilder::new("STORY").finished("2024-01-31"),
    ]
}

/// A and B in the shop, A also in pay, C done in pay, D in release 1.1.
pub(super) fn placed() -> Vec<ItemBuilder> {
    let component = |item: ItemBuilder, name: &str| item.names(ListField::Component, name);
    vec![
        component(component(bug("A", "", "2024-01-01"), "shop"), "pay"),
        component(bug("B", "", "2024-01-02"), "shop"),
        component(bug("C", "", "2024-01-03").finished("2024-01-04"), "pay"),
        bug("D", "", "2024-01-04").names(ListField::FixVersion, "1.1"),
    ]
}
