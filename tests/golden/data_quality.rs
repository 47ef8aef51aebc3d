//! One item for each finding about items, and one small dataset for each finding about something else.

use std::sync::Arc;

use throughline::metrics::{Finding, Query, Severity, Usability, VIEWS, findings, metric, verdict};
use throughline::model::{
    Calendar, CategoryField, Cell, ChangeField, Dataset, Edits, ItemRow, ListField, MomentField, NO_MOMENT,
    NumberField, PreparedDataset, RecordKind, TextField,
};

use crate::support::{ItemBuilder, as_of, ask, keys, moment, prepare};

fn found(data: &PreparedDataset, query: &Query) -> Vec<Finding> {
    findings(data, &Query::default().select(data), query)
}

/// Id and keys of each finding, with the two that nearly every small dataset has left out.
fn listed(data: &PreparedDataset) -> Vec<(String, String)> {
    let found = found(data, &as_of("2024-02-01"));
    let told = |finding: &&Finding| !["missing-estimates", "windows-inferred"].contains(&finding.id.as_str());
    found.iter().filter(told).map(|finding| (finding.id.clone(), keys(data, &finding.items).join(" "))).collect()
}

fn pairs(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(id, keys)| ((*id).to_owned(), (*keys).to_owned())).collect()
}

fn fine() -> ItemBuilder {
    ItemBuilder::new("FINE").created("2024-01-01").finished("2024-01-05").points(1.0)
}

fn named(key: &str, mut item: ItemBuilder) -> ItemBuilder {
    key.clone_into(&mut item.key);
    item
}

#[test]
fn each_finding_names_its_items() {
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
        named("LATE-ENTRY", fine()).created("2024-01-03").started("2024-01-02"),
        future,
        named("NO-STATUS", fine()).status(""),
        no_creation,
        named("UNESTIMATED", fine()).points(f64::NAN),
        named("DROPPED", fine()).dropped("2024-01-05").points(f64::NAN),
        named("SPRINT", fine()).sprints(&["S 1"]),
        named("SPRINTS", fine()).sprints(&["S 1", "S 2"]),
    ];
    let data = prepare(&items);
    let found = found(&data, &as_of("2024-02-01"));
    let list: Vec<_> =
        found.iter().map(|finding| (finding.id.clone(), keys(&data, &finding.items).join(" "))).collect();
    let expected = [
        ("done-without-date", "UNDATED"),
        ("resolved-but-not-done", "DEPLOY"),
        ("finished-before-created", "EARLY"),
        ("finished-before-started", "NEGATIVE"),
        ("started-before-created", "LATE-ENTRY"),
        ("future-dates", "FUTURE"),
        ("without-creation-date", "NO-CREATION"),
        ("without-status", "NO-STATUS"),
        ("missing-estimates", "UNESTIMATED"),
        ("windows-inferred", ""),
        ("several-sprints", "SPRINTS"),
    ];
    assert_eq!(list, pairs(&expected));
    assert_eq!(found[2].level, Severity::Serious);
    assert!(found[0].message.starts_with("1 item (7.7 %) is done, but has no finish date"), "{}", found[0].message);
    assert!(found[1].message.starts_with("1 item (7.7 %) has a resolved date"), "{}", found[1].message);
    assert!(found[9].message.starts_with("2 sprints (S 1 and S 2) have dates that were"), "{}", found[9].message);
}

/// A row of a dataset with every kind of column.
fn row(key: &str, status: &str) -> ItemRow {
    let mut row = ItemRow::default();
    row.begin(1);
    row.text(TextField::Key, key).category(CategoryField::Status, status);
    row.moment(MomentField::Created, Some(moment("2024-01-01"))).number(NumberField::Points, None);
    row.moment(MomentField::Resolved, (status == "Done").then(|| moment("2024-01-05")));
    row.category(CategoryField::Parent, "").category(CategoryField::Assignee, "Ada").category(CategoryField::Team, "");
    row
}

fn with(mut row: ItemRow, change: impl FnOnce(&mut ItemRow)) -> ItemRow {
    change(&mut row);
    row
}

fn prepared(rows: &[ItemRow], more: impl FnOnce(&mut Dataset)) -> PreparedDataset {
    let mut dataset = Dataset::default();
    for row in rows {
        dataset.push_item(row);
    }
    dataset.present = rows.iter().flat_map(ItemRow::present).collect();
    more(&mut dataset);
    PreparedDataset::new(Arc::new(dataset), Calendar::default(), &Edits::default())
}

#[test]
fn histories_tell_what_went_back() {
    let moved = |key: &str, status: &str, moves: &[(&str, &str, &str)]| {
        with(row(key, status), |row| {
            for (day, from, to) in moves {
                row.change(moment(day), ChangeField::Status, from, to);
            }
        })
    };
    let forth = ("2024-01-02", "To Do", "In Progress");
    let done = ("2024-01-03", "In Progress", "Done");
    let data = prepared(
        &[
            moved("STRAIGHT", "Done", &[forth, done]),
            moved("BACK", "To Do", &[forth, ("2024-01-03", "In Progress", "To Do")]),
            moved("OPEN-AGAIN", "In Progress", &[forth, done, ("2024-01-04", "Done", "In Progress")]),
            // "Reopened" is the status of no item now, so nothing says what it counts as.
            moved(
                "DONE-TWICE",
                "Done",
                &[done, ("2024-01-04", "Done", "Reopened"), ("2024-01-05", "Reopened", "Done")],
            ),
            moved("CLOSED", "Closed", &[done, ("2024-01-04", "Done", "Closed")]),
            with(row("ASSIGNED", "Done"), |row| {
                row.change(moment("2024-01-04"), ChangeField::Assignee, "Done", "To Do");
            }),
        ],
        |_| {},
    );
    let found = listed(&data);
    let expected = [("reopened", "OPEN-AGAIN"), ("status-after-done", "DONE-TWICE"), ("backward-moves", "BACK")];
    assert_eq!(found, pairs(&expected));
}

#[test]
fn links_tell_who_is_part_of_what() {
    let part = |key: &str, status: &str, of: &str| {
        with(row(key, status), |row| {
            row.category(CategoryField::Parent, of);
        })
    };
    let points = |row: ItemRow, points: f64| {
        with(row, |row| {
            row.number(NumberField::Points, Some(points));
        })
    };
    let data = prepared(
        &[
            points(row("TWICE", "In Progress"), 5.0),
            points(part("TWICE-1", "To Do", "TWICE"), 3.0),
            points(row("ONCE", "In Progress"), 5.0),
            part("ONCE-1", "Done", "ONCE"),
            row("ASLEEP", "To Do"),
            part("ASLEEP-1", "In Progress", "ASLEEP"),
            row("EARLY", "Done"),
            part("EARLY-1", "To Do", "EARLY"),
            row("CLEAN", "Done"),
            part("CLEAN-1", "Won't Do", "CLEAN"),
            part("ORPHAN", "Done", "GONE"),
            with(row("BLOCKED", "Done"), |row| {
                row.add(ListField::BlockedBy, "GONE-2");
            }),
            with(row("LINKED", "Done"), |row| {
                row.add(ListField::BlockedBy, "CLEAN").add(ListField::Blocks, "TWICE");
            }),
            part("OWN", "To Do", "OWN"),
        ],
        |_| {},
    );
    let expected = [
        ("estimated-twice", "TWICE"),
        ("parent-not-started", "ASLEEP"),
        ("done-with-open-children", "EARLY"),
        ("orphan-links", "ORPHAN BLOCKED"),
    ];
    assert_eq!(listed(&data), pairs(&expected));
}

#[test]
fn items_that_nothing_explains_or_nobody_owns() {
    let nobody = |key: &str, status: &str| {
        with(row(key, status), |row| {
            row.category(CategoryField::Assignee, "");
        })
    };
    let in_team = with(row("TEAM", "Done"), |row| {
        row.category(CategoryField::Team, "Core");
    });
    let data = prepared(
        &[in_team, row("ODD", "Zwischenlager"), nobody("LEFT", "In Progress"), nobody("NEXT", "To Do")],
        |_| {},
    );
    let expected = [("unmapped-statuses", "ODD"), ("without-assignee", "LEFT"), ("without-team", "ODD LEFT NEXT")];
    assert_eq!(listed(&data), pairs(&expected));
    let odd = &found(&data, &Query::default())[0];
    assert!(odd.message.starts_with("1 item (25 %: Zwischenlager) is in a status"), "{}", odd.message);

    let chosen = Edits { statuses: [("Zwischenlager".to_owned(), data.life.category[1])].into(), ..Edits::default() };
    let told = PreparedDataset::new(Arc::clone(&data.dataset), Calendar::default(), &chosen);
    assert!(!listed(&told).iter().any(|(id, _)| id == "unmapped-statuses"), "chosen by the user, though the same");
}

#[test]
fn records_are_checked_without_items() {
    let data = prepared(&[], |dataset| {
        let incidents = dataset.records_mut(RecordKind::Incident);
        let (at, end) = (Cell::Moment(moment("2024-01-01")), Cell::Moment(moment("2024-01-02")));
        incidents.push(2, &[("id", Cell::Text("I-1")), ("started-at", at), ("resolved-at", end)]);
        incidents.push(3, &[("id", Cell::Text("I-2")), ("started-at", at)]);
        incidents.push(4, &[("title", Cell::Text("Down")), ("started-at", at)]);
        incidents.push(5, &[("id", Cell::Text("I-4")), ("status", Cell::Text("maintenance"))]);
        let costs = dataset.records_mut(RecordKind::Cost);
        for currency in ["EUR", "USD", "EUR", "", "CHF"] {
            costs.push(2, &[("currency", Cell::Text(currency))]);
        }
    });
    let found = found(&data, &Query::default());
    let told: Vec<_> = found.iter().map(|finding| (finding.id.as_str(), finding.count)).collect();
    assert_eq!(told, [("incidents-without-end", 2), ("mixed-currencies", 2)]);
    assert!(found[0].message.starts_with("2 incidents (I-2 and Down) have no end"), "{}", found[0].message);
    assert!(found[1].message.starts_with("2 amounts (EUR, CHF and USD) are in other"), "{}", found[1].message);
}

#[test]
fn a_sprint_that_nothing_dates_is_told() {
    let data = prepare(&[ItemBuilder::new("A").points(1.0).sprints(&["Some day"])]);
    let found = found(&data, &as_of("2024-02-01"));
    let told: Vec<_> = found.iter().map(|finding| (finding.id.as_str(), finding.counted.as_str())).collect();
    assert_eq!(told, [("sprints-without-dates", "sprints")]);
}

#[test]
fn every_finding_says_what_to_do_and_what_it_affects() {
    let data = prepare(&[named("UNDATED", ItemBuilder::new("").finished_undated()).sprints(&["S 1", "S 2"])]);
    for finding in found(&data, &Query::default()) {
        assert!(finding.fix.ends_with('.') && finding.message.ends_with('.'), "{finding:?}");
        assert!(finding.affects.iter().all(|id| metric(id).is_some()), "{finding:?}");
        assert!(!finding.views.is_empty(), "{finding:?}");
    }
}

#[test]
fn the_verdict_is_the_written_rule() {
    let verdict_of = |items: &[ItemBuilder]| {
        let data = prepare(items);
        let all = Query::default().select(&data);
        verdict(&data, &all, &Query::default(), &findings(&data, &all, &as_of("2024-02-01")))
    };
    // Two sprints that are over, twelve items, each finished on a weekday of its own.
    let good: Vec<_> = [2, 3, 4, 5, 8, 9, 16, 17, 18, 19, 22, 23]
        .iter()
        .map(|day| {
            let sprint = if *day < 10 { "S 1" } else { "S 2" };
            let (start, end) = (format!("2024-01-{day:02}T09:00"), format!("2024-01-{day:02}T15:00"));
            named(&format!("G-{day}"), fine()).started(&start).finished(&end).sprints(&[sprint])
        })
        .collect();
    let result = verdict_of(&good);
    assert_eq!((result.usability, result.words.as_str()), (Usability::Good, "Good"), "{result:?}");

    // Some finished items without a date, of both sprints.
    let undated = |number: usize| {
        let mut items = good.clone();
        items.iter_mut().step_by(2).take(number).for_each(|item| item.resolved = NO_MOMENT);
        verdict_of(&items)
    };
    assert_eq!(undated(4).words, "Usable with gaps", "a third is not more than a third");
    let result = undated(6);
    assert_eq!(result.words, "Not usable for: Sprint, Velocity, Burnup, Throughput, Flow, Work in progress");
    assert_eq!(result.because[2], "Burnup: 50 % of the items it rests on are in findings that make its numbers wrong.");

    // Without sprints the sprint view cannot be computed, and the velocity is told by the week; without starts lead time still can, so flow can be used.
    let mut bare = good.clone();
    for item in &mut bare {
        (item.sprints, item.started) = (Vec::new(), NO_MOMENT);
    }
    let result = verdict_of(&bare);
    assert_eq!(result.words, "Not usable for: Sprint");
    assert_eq!(result.not_usable, ["sprint"]);
}

#[test]
fn views_are_those_of_the_navigation() {
    for view in VIEWS {
        let file = format!("{}/src/app/views/{}.rs", env!("CARGO_MANIFEST_DIR"), view.id);
        let source = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{file}: {error}"));
        // However the formatter breaks its lines.
        let source = source.split_whitespace().collect::<Vec<_>>().join(" ");
        let line = format!("View {{ id: \"{}\", title: \"{}\"", view.id, view.title);
        assert!(source.contains(&line), "{file} does not say {line}");
    }
}

#[test]
fn clean_data_says_so() {
    let data = prepare(&[ItemBuilder::new("A").finished("2024-01-05").points(1.0)]);
    let result = ask(&data, "data-quality", &as_of("2024-02-01"));
    assert_eq!(result.summary, "Nothing in 1 item would mislead the other numbers.");
    assert!(result.figures.is_empty());
    assert_eq!(result.considered, 1);
}
