//! One item for each finding.

use throughline::metrics::{Query, Severity, findings};
use throughline::model::NO_MOMENT;

use crate::support::{ItemBuilder, as_of, ask, keys, moment, prepare};

#[test]
fn each_finding_names_its_items() {
    let fine = || ItemBuilder::new("FINE").created("2024-01-01").finished("2024-01-05").points(1.0);
    let named = |key: &str, mut item: ItemBuilder| {
        key.clone_into(&mut item.key);
        item
    };
    let mut undated = named("UNDATED", fine());
    undated.resolved = NO_MOMENT;
    let mut no_creation = named("NO-CREATION", fine());
    no_creation.created = NO_MOMENT;
    let mut future = named("FUTURE", fine());
    future.resolved = moment("2025-01-01");
    let items = [
        fine(),
        undated,
        named("DEPLOY", fine()).status("Deploy"),
        named("EARLY", fine()).created("2024-01-09"),
        named("NEGATIVE", fine()).started("2024-01-06"),
        future,
        named("NO-STATUS", fine()).status(""),
        no_creation,
        named("UNESTIMATED", fine()).points(f64::NAN),
        named("DROPPED", fine()).dropped("2024-01-05").points(f64::NAN),
        named("SPRINT", fine()).sprints(&["S 1"]),
    ];
    let data = prepare(&items);
    let query = as_of("2024-02-01");
    let selected = Query::default().select(&data);
    let found = findings(&data, &selected, &query);
    let list: Vec<_> =
        found.iter().map(|finding| (finding.id.as_str(), keys(&data, &finding.items).join(" "))).collect();
    let expected = [
        ("done-without-date", "UNDATED"),
        ("resolved-but-not-done", "DEPLOY"),
        ("finished-before-created", "EARLY"),
        ("finished-before-started", "NEGATIVE"),
        ("future-dates", "FUTURE"),
        ("without-creation-date", "NO-CREATION"),
        ("without-status", "NO-STATUS"),
        ("missing-estimates", "UNESTIMATED"),
        ("windows-inferred", ""),
    ];
    assert_eq!(list, expected.map(|(id, keys)| (id, keys.to_owned())));
    assert!(found.iter().all(|finding| finding.count == finding.items.len().max(1)));
    assert_eq!(found[2].level, Severity::Serious);
    assert!(found[0].message.starts_with("1 item (9.1 %) is done, but has no finish date"), "{}", found[0].message);
    assert!(found[1].message.starts_with("1 item (9.1 %) has a resolved date"), "{}", found[1].message);
}

#[test]
fn clean_data_says_so() {
    let data = prepare(&[ItemBuilder::new("A").finished("2024-01-05").points(1.0)]);
    let result = ask(&data, "data-quality", &as_of("2024-02-01"));
    assert_eq!(result.summary, "Nothing in 1 item would mislead the other numbers.");
    assert!(result.figures.is_empty());
    assert_eq!(result.considered, 1);
}
