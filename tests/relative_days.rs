//! Days told from the present or by a sprint: which days they are, and that a question with them is the same question with dates.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod support;

use support::{ItemBuilder, prepare, prepare_with_windows};
use throughline::metrics::Query;
use throughline::model::{PreparedDataset, iso_from_day};

fn asked(pairs: &[(&str, &str)]) -> Query {
    let mut query = Query::default();
    for (key, value) in pairs {
        query.set(key, value).unwrap();
    }
    query
}

/// From and to of a question, as dates.
fn days(data: &PreparedDataset, pairs: &[(&str, &str)]) -> (Option<String>, Option<String>) {
    let settled = asked(pairs).settled(data).unwrap();
    assert!(settled.relative_from.is_none() && settled.relative_to.is_none());
    (settled.from.map(iso_from_day), settled.to.map(iso_from_day))
}

/// Three sprints of two weeks; the data ends in the third.
fn three_sprints() -> PreparedDataset {
    let item = |key: &str, sprint: &str, at: &str| {
        ItemBuilder::new(key).created("2024-01-01T08:00").finished(at).sprints(&[sprint])
    };
    let items = [
        item("A-1", "One", "2024-01-05T10:00"),
        item("A-2", "Two", "2024-01-20T10:00"),
        item("A-3", "Three", "2024-02-06T10:00"),
    ];
    let windows = [
        ("One", "2024-01-01", "2024-01-14"),
        ("Two", "2024-01-15", "2024-01-28"),
        ("Three", "2024-01-29", "2024-02-11"),
    ];
    prepare_with_windows(&items, &windows)
}

#[test]
fn days_are_counted_back_from_the_datas_last_day_or_from_the_day_asked_for() {
    let data = three_sprints();
    let text = |day: &str| Some(day.to_owned());
    assert_eq!(days(&data, &[("from", "now-6d"), ("to", "now")]), (text("2024-01-31"), text("2024-02-06")));
    assert_eq!(days(&data, &[("from", "now-1w"), ("asof", "2024-01-20")]), (text("2024-01-13"), None));
    assert_eq!(days(&data, &[("from", "2024-01-03")]), (text("2024-01-03"), None));
}

#[test]
fn sprints_are_counted_back_from_the_one_that_runs() {
    let data = three_sprints();
    let text = |day: &str| Some(day.to_owned());
    let of = |from: &str, to: &str| days(&data, &[("from", from), ("to", to)]);
    assert_eq!(of("sprint:current", "sprint:current"), (text("2024-01-29"), text("2024-02-11")));
    assert_eq!(of("sprint:-1", "sprint:-1"), (text("2024-01-15"), text("2024-01-28")));
    assert_eq!(
        of("sprint:-9", "sprint:-1"),
        (text("2024-01-01"), text("2024-01-28")),
        "as far back as there are sprints"
    );
    assert_eq!(
        days(&data, &[("from", "sprint:current"), ("asof", "2024-01-16")]),
        (text("2024-01-15"), None),
        "on another day another sprint runs"
    );
}

#[test]
fn without_sprints_the_question_is_refused_in_words() {
    let data = prepare(&[ItemBuilder::new("A-1").created("2024-01-01T08:00").finished("2024-01-05T10:00")]);
    let why = asked(&[("from", "sprint:-2")]).settled(&data).unwrap_err();
    assert!(why.contains("sprint:-2") && why.contains("no sprint has dates"), "{why}");
}

#[test]
fn the_later_of_two_kinds_of_day_holds() {
    let data = three_sprints();
    assert_eq!(days(&data, &[("from", "now-6d"), ("from", "2024-01-03")]).0.as_deref(), Some("2024-01-03"));
    assert_eq!(days(&data, &[("from", "2024-01-03"), ("from", "now-6d")]).0.as_deref(), Some("2024-01-31"));
}
