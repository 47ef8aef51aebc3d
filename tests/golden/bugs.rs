//! Bugs worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{Query, Status};
use throughline::model::{Decisions, ListField, MarkRule};

use crate::support::{ItemBuilder, as_of, ask, figure, keys, left_out, prepare, prepare_with_decisions, values};

fn bug(key: &str, created: &str) -> ItemBuilder {
    ItemBuilder::new(key).kind("Bug").created(created)
}

/// Weeks: Jan 1, Jan 8, Jan 15; "now" is the end of Sunday, Jan 21.
fn three_weeks() -> Vec<ItemBuilder> {
    vec![
        // The data begins on the Monday.
        ItemBuilder::new("STORY").created("2024-01-01"),
        bug("A", "2024-01-02").moves(&[("2024-01-03", "In Progress"), ("2024-01-10", "Done")]),
        // Resolved in week 1, opened again in week 2, resolved again in week 3.
        bug("B", "2024-01-02").moves(&[("2024-01-05", "Done"), ("2024-01-09", "In Progress"), ("2024-01-17", "Done")]),
        bug("C", "2024-01-11"),
        // Closed without being delivered.
        bug("D", "2024-01-08").moves(&[("2024-01-12", "Done")]).dropped_by_history(),
        bug("E", "2024-01-16"),
    ]
}

#[test]
fn bugs_that_come_are_resolved_and_come_back() {
    let data = prepare(&three_weeks());
    let result = ask(&data, "bugs", &as_of("2024-01-21"));
    // Week 1: A and B created, B resolved: 1 open. Week 2: C and D created, A and D resolved, B again: 1 + 2 + 1 - 2 = 2.
    // Week 3: E created, B resolved: 2 + 1 - 1 = 2.
    assert_eq!(values(&result, "created"), [2.0, 2.0, 1.0].map(Some));
    assert_eq!(values(&result, "resolved"), [1.0, 2.0, 1.0].map(Some));
    assert_eq!(values(&result, "reopened"), [Some(1.0)]);
    assert_eq!(values(&result, "open"), [1.0, 2.0, 2.0].map(Some));
    let open = &result.series("open").unwrap().points;
    assert_eq!(keys(&data, &open[0].items), ["A"]);
    assert_eq!(keys(&data, &open[1].items), ["B", "C"]);
    assert_eq!(keys(&data, &open[2].items), ["C", "E"]);
    assert_eq!(result.figures[0].id, "open");
    let told = ["open", "created", "resolved", "reopened", "open-before"].map(|id| figure(&result, id));
    assert_eq!(told, [2.0, 5.0, 4.0, 1.0, 0.0].map(Some));
    // Of A, B and D, which were resolved and have a history, B was opened again: 1 / 3.
    assert_eq!(figure(&result, "reopen-rate"), Some(33.333_333));
    // Nothing in the data says where a bug was found.
    assert_eq!(figure(&result, "escaped-share"), None);
    assert_eq!((result.considered, result.excluded.len()), (5, 0));
    assert_eq!(
        result.summary,
        "2 bugs are open at the end of 2024-01-21; in 3 whole weeks, 4 bugs were resolved, 2 fewer than came."
    );
    assert_eq!(result.working[0], "Bugs: items whose type is Bug (worked out from the data).");
    assert_eq!(result.working[2], "Open at their end = 0 before + 5 created + 1 opened again - 4 resolved = 2.");
}

#[test]
fn what_was_open_before_the_period_is_in_the_line() {
    let data = prepare(&three_weeks());
    let query = Query { from: Some(crate::support::day("2024-01-08")), ..as_of("2024-01-21") };
    let result = ask(&data, "bugs", &query);
    assert_eq!(figure(&result, "open-before"), Some(1.0));
    assert_eq!(values(&result, "open"), [2.0, 2.0].map(Some));
    // B was resolved before: of A, D and B (in week 3) none was opened again since.
    assert_eq!(figure(&result, "reopen-rate"), Some(0.0));
}

#[test]
fn escaped_bugs_are_those_that_the_data_or_the_user_names() {
    let items: Vec<ItemBuilder> = vec![
        bug("A", "2024-01-01").names(ListField::Label, "found-in-production"),
        bug("B", "2024-01-02").names(ListField::Component, "customer-portal"),
        bug("C", "2024-01-03"),
        bug("D", "2024-01-04").names(ListField::Label, "found-in-production"),
        // No bug, so not escaped.
        ItemBuilder::new("STORY").created("2024-01-01").names(ListField::Label, "found-in-production"),
    ];
    let result = ask(&prepare(&items), "bugs", &as_of("2024-01-07"));
    // A and D of 4.
    assert_eq!(figure(&result, "escaped-share"), Some(50.0));
    let rule = MarkRule { components: vec!["customer-portal".into()], ..MarkRule::default() };
    let decided = prepare_with_decisions(&items, Decisions { escaped_rule: Some(rule), ..Decisions::default() });
    assert_eq!(figure(&ask(&decided, "bugs", &as_of("2024-01-07")), "escaped-share"), Some(25.0));
}

#[test]
fn a_rule_of_the_user_comes_before_the_types() {
    let rule = MarkRule { labels: vec!["hotfix".into()], ..MarkRule::default() };
    let items = [bug("A", "2024-01-01"), ItemBuilder::new("B").created("2024-01-02").names(ListField::Label, "Hotfix")];
    let data = prepare_with_decisions(&items, Decisions { bug_rule: Some(rule), ..Decisions::default() });
    let result = ask(&data, "bugs", &as_of("2024-01-07"));
    assert_eq!(keys(&data, &result.figure("open").unwrap().items), ["B"]);
    assert_eq!(result.working[0], "Bugs: items whose label is hotfix (your rule).");
}

#[test]
fn labels_tell_bugs_only_where_no_type_does() {
    let labelled = ItemBuilder::new("L").created("2024-01-01").names(ListField::Label, "kind/bug");
    let open = |items: &[ItemBuilder]| figure(&ask(&prepare(items), "bugs", &as_of("2024-01-07")), "open");
    assert_eq!(open(&[labelled.clone(), bug("A", "2024-01-01"), bug("B", "2024-01-01")]), Some(2.0));
    assert_eq!(open(&[labelled.clone(), ItemBuilder::new("S")]), Some(1.0));
}

#[test]
fn nothing_known_of_bugs_is_no_zero() {
    let result = ask(&prepare(&[ItemBuilder::new("A")]), "bugs", &as_of("2024-01-07"));
    let Status::NotComputable { reason, needs } = &result.status else { panic!("{result:?}") };
    assert_eq!(reason, "Nothing in this data says which items are bugs.");
    assert!(needs.contains("\"Quality\""));
}

#[test]
fn bugs_closed_without_a_date_are_left_out_and_unknown_creations_are_named() {
    let mut old = bug("OLD", "2024-01-01");
    old.created = throughline::model::NO_MOMENT;
    let items = [bug("A", "2024-01-01"), bug("B", "2024-01-02").finished_undated(), old.finished("2024-01-03")];
    let data = prepare(&items);
    let result = ask(&data, "bugs", &as_of("2024-01-07"));
    assert_eq!(left_out(&data, &result, "finished, but no finish date"), ["B"]);
    assert_eq!((result.considered, result.candidates()), (2, 3));
    // OLD was there before: 1 before + 1 created - 1 resolved = 1.
    assert_eq!([figure(&result, "open-before"), figure(&result, "open")], [Some(1.0); 2]);
    assert!(result.notes.iter().any(|note| note.id == "creation-unknown"));
    // Without a status history nobody knows whether a bug was opened again.
    assert_eq!(figure(&result, "reopen-rate"), None);
}

#[test]
fn without_a_history_nobody_knows_whether_a_bug_came_back() {
    let data = prepare(&[ItemBuilder::new("B-1").kind("Bug").created("2024-01-02").finished("2024-01-10")]);
    let result = ask(&data, "bugs", &as_of("2024-01-31"));
    assert_eq!(figure(&result, "resolved"), Some(1.0));
    assert_eq!((figure(&result, "reopened"), figure(&result, "reopen-rate")), (None, None));
}
