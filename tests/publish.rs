//! What is published: nothing of what was taken out, and the numbers of what is left.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

mod support;

use std::io::Read;

use flate2::read::GzDecoder;
use proptest::prelude::*;
use support::{DAY, day, moment};
use throughline::engine::{AddTerms, Engine, MappingTerm, Request, Response, unpack_workspace_file};
use throughline::importers::{ImportReport, ImportWarning, Mapping, Problem};
use throughline::metrics::{Filter, FilterField, Query, Role};
use throughline::model::{
    CategoryField, Cell, ChangeField, Dataset, Decision, ItemRow, IterationDates, ListField, MarkRule, MomentField,
    NumberField, PersonPlan, RecordKind, TextField, encode_dataset,
};
use throughline::publish::{
    AnswerBook, Bundle, BundleError, BundleOrder, FileKind, MANIFEST_PATH, Manifest, Redaction, bundle,
    publishable_views,
};

const TITLE: &str = "TITLEMARK";
const KEY: &str = "KEYMARK";
const PERSON: &str = "PERSONMARK";

/// One made-up item: its place in the marks, days it took (0 = open), its person, whether its parent is told by its title.
#[derive(Debug, Clone)]
struct Made {
    days: u8,
    person: u8,
    parent_by_title: bool,
    is_bug: bool,
}

fn made() -> impl Strategy<Value = Vec<Made>> {
    let one = (0_u8..30, 0_u8..6, any::<bool>(), any::<bool>())
        .prop_map(|(days, person, parent_by_title, is_bug)| Made { days, person, parent_by_title, is_bug });
    proptest::collection::vec(one, 1..40)
}

fn person(number: u8) -> String {
    format!("Ann {PERSON}{number}")
}

fn title(number: usize) -> String {
    format!("refactor {TITLE}{number} with {}", person(number as u8 % 6))
}

fn key(number: usize) -> String {
    format!("{KEY}-{number}")
}

/// Items with every column that may hold a title, a key or a person.
fn items(made: &[Made]) -> Dataset {
    let mut dataset = Dataset::default();
    let mut row = ItemRow::default();
    for (number, one) in made.iter().enumerate() {
        let created = moment("2024-01-01") + number as i64 * DAY;
        let done = created + i64::from(one.days) * DAY;
        let other = number / 2;
        row.begin(number as u64 + 2);
        row.text(TextField::Key, &key(number)).text(TextField::Title, &title(number));
        row.category(CategoryField::Assignee, &person(one.person));
        row.category(CategoryField::Reporter, &person((one.person + 1) % 6));
        row.category(CategoryField::Parent, &if one.parent_by_title { title(other) } else { key(other) });
        row.category(CategoryField::Type, if one.is_bug { "Bug" } else { "Story" });
        row.category(CategoryField::Status, if one.days > 0 { "Done" } else { "Doing" });
        row.category(CategoryField::Team, &format!("Team of {}", person(one.person)));
        row.moment(MomentField::Created, Some(created)).moment(MomentField::Started, Some(created));
        row.moment(MomentField::Updated, Some(done));
        row.moment(MomentField::Resolved, (one.days > 0).then_some(done));
        row.number(NumberField::Points, Some(f64::from(one.days)));
        row.add(ListField::BlockedBy, &key(other)).add(ListField::Blocks, &title(other));
        let dates = IterationDates { start: moment("2024-01-01"), end: moment("2024-01-15"), ..IterationDates::NONE };
        row.iteration(&format!("Sprint of {}", person(0)), dates);
        row.change(created + 1, ChangeField::Status, "To Do", "Doing");
        row.change(created + 2, ChangeField::Assignee, &person(one.person), &person((one.person + 2) % 6));
        row.change(created + 3, ChangeField::Parent, &key(other), &title(other));
        row.change(created + 4, ChangeField::Blocked, "", &format!("waits for {TITLE} and {}", person(2)));
        if one.days > 0 {
            row.change(done, ChangeField::Status, "Doing", "Done");
        }
        dataset.push_item(&row);
    }
    dataset.present = row.present();
    records(&mut dataset);
    dataset
}

fn records(dataset: &mut Dataset) {
    // A column names everybody whom the sentences name.
    for number in 0..6 {
        let (who, from) = (person(number), Cell::Moment(moment("2024-01-05")));
        dataset.records_mut(RecordKind::Capacity).push(1, &[("person", Cell::Text(&who)), ("from", from)]);
    }
    let at = |days: i64| Cell::Moment(moment("2024-01-05") + days * DAY);
    let (first, second) = (key(0), title(1));
    let names = [first.as_str(), second.as_str()];
    let who = person(3);
    for number in 0..4_i64 {
        let id = format!("{KEY}-deployment-{number}");
        let mut push = |kind, cells: &[(&str, Cell<'_>)]| dataset.records_mut(kind).push(number as u64 + 1, cells);
        push(
            RecordKind::Deployment,
            &[
                ("id", Cell::Text(&id)),
                ("source", Cell::Text("plain")),
                ("service", Cell::Text("shop")),
                ("environment", Cell::Text("production")),
                ("status", Cell::Text("success")),
                ("deployed-at", at(number)),
                ("commit", Cell::Text(&id)),
                ("branch", Cell::Text(&second)),
                ("url", Cell::Text(&id)),
            ],
        );
        push(
            RecordKind::Incident,
            &[
                ("id", Cell::Text(&first)),
                ("source", Cell::Text("plain")),
                ("title", Cell::Text(&second)),
                ("services", Cell::List(&["shop"])),
                ("started-at", at(number)),
                ("deployment-id", Cell::Text(&id)),
            ],
        );
        push(
            RecordKind::Change,
            &[
                ("id", Cell::Text(&id)),
                ("source", Cell::Text("plain")),
                ("title", Cell::Text(&second)),
                ("author", Cell::Text(&who)),
                ("state", Cell::Text("merged")),
                ("first-commit-at", at(number - 2)),
                ("merged-at", at(number)),
                ("commit", Cell::Text(&id)),
                ("branch", Cell::Text(&second)),
                ("work-items", Cell::List(&names)),
            ],
        );
        push(
            RecordKind::WorkLog,
            &[
                ("person", Cell::Text(&who)),
                ("date", at(number)),
                ("hours", Cell::Number(2.0)),
                ("key", Cell::Text(&first)),
                ("note", Cell::Text(&second)),
            ],
        );
        push(
            RecordKind::Capacity,
            &[
                ("person", Cell::Text(&who)),
                ("team", Cell::Text("Core")),
                ("from", at(0)),
                ("to", at(30)),
                ("hours-per-day", Cell::Number(6.0)),
            ],
        );
        push(
            RecordKind::Risk,
            &[("title", Cell::Text(&second)), ("owner", Cell::Text(&who)), ("key", Cell::Text(&first))],
        );
        push(RecordKind::Dependency, &[("from", Cell::Text(&first)), ("to", Cell::Text(&second))]);
        push(RecordKind::Cost, &[("note", Cell::Text(&second)), ("date", at(number)), ("amount", Cell::Number(1.0))]);
    }
}

/// A workspace in which everything that a user can write holds a mark.
fn engine(made: &[Made]) -> Engine {
    let mut engine = Engine::default();
    let mut ask = |request| match engine.handle(request) {
        Response::Failed(error) => panic!("{error}"),
        response => response,
    };
    ask(Request::NewWorkspace { id: "w".into(), name: "Team".into(), zone: "UTC".into(), sample: false });
    let mut report = ImportReport {
        file: format!("{TITLE} {KEY} {}.csv", person(1)),
        format: "jira-csv".into(),
        rows_read: made.len() as u64,
        kept: made.len() as u64,
        decisions: vec![format!("{TITLE} {KEY} {}", person(1))],
        ..ImportReport::default()
    };
    let quoted = format!("{TITLE} {KEY} {}", person(1));
    report.warn(ImportWarning { line: 1, column: quoted.clone(), value: quoted, problem: Problem::NotADate });
    let mapping = Mapping { signature: format!("{TITLE}{KEY}{PERSON}"), columns: vec![(0, "key".into())] };
    let terms = AddTerms { mapping: MappingTerm::Remembered(mapping), ..AddTerms::default() };
    ask(Request::AddLayer { dataset: encode_dataset(&items(made)), report: Box::new(report), terms });
    let text = format!("{TITLE}: {} joined for {KEY}-0", person(3));
    ask(Request::SetAnnotation { id: None, day: day("2024-01-09"), text });
    let plan = PersonPlan { team: format!("Team of {}", person(5)), hours_per_day: 6.0, allocation: 1.0 };
    ask(Request::Decide(Decision::Person { person: person(5), plan: Some(plan) }));
    let days = vec![("2024-01-10".to_owned(), Some(1.0))];
    ask(Request::Decide(Decision::DaysOff { person: person(5), days }));
    let rule = MarkRule { title_words: vec![TITLE.to_owned(), "refactor".to_owned()], ..MarkRule::default() };
    ask(Request::Decide(Decision::DebtRule(Some(rule))));
    let Response::Workspace(_) = ask(Request::Describe) else { panic!("a workspace is described") };
    engine
}

fn order(redaction: Redaction) -> BundleOrder {
    BundleOrder {
        name: "Delivery".into(),
        generated_at: moment("2024-03-01T06:00"),
        refresh_every: Some(24.0),
        redaction,
        views: Vec::new(),
        views_left_out: Vec::new(),
        query: Query::default(),
    }
}

/// The content of a file, out of its compression when it has one.
fn plain(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    match GzDecoder::new(bytes).read_to_end(&mut plain) {
        Ok(_) => plain,
        Err(_) => bytes.to_vec(),
    }
}

/// Paths of the files in which a text is, as bytes, compressed or not.
fn files_with(made: &Bundle, text: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()));
    made.files
        .iter()
        .filter(|file| holds(&file.bytes) || holds(&plain(&file.bytes)))
        .map(|file| file.path.clone())
        .collect()
}

fn redaction(words: &str) -> Redaction {
    Redaction::of_words(words).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn nothing_that_was_taken_out_is_in_any_file(made in made()) {
        let engine = engine(&made);
        for (words, hidden) in [
            ("titles", &[TITLE][..]),
            ("people", &[PERSON]),
            ("titles,people", &[TITLE, PERSON]),
            ("aggregates", &[TITLE, KEY, PERSON]),
        ] {
            let made = bundle(&engine, &order(redaction(words))).unwrap();
            for mark in hidden {
                prop_assert_eq!(files_with(&made, mark), Vec::<String>::new(), "{} with {}", mark, words);
            }
            let preview = format!("{:?}", made.preview);
            prop_assert!(hidden.iter().all(|mark| !preview.contains(mark)), "{}: {}", words, preview);
        }
    }

    #[test]
    fn the_answers_are_those_of_an_engine_over_what_was_published(made in made()) {
        let engine = engine(&made);
        for words in ["none", "titles,people"] {
            let made = bundle(&engine, &order(redaction(words))).unwrap();
            let workspace = made.files.iter().find(|file| file.path.ends_with(".throughline")).unwrap();
            let parts = unpack_workspace_file(&plain(&workspace.bytes)).unwrap();
            let layers = parts.layers.into_iter().map(|(_, layer)| layer).collect();
            let mut reopened = Engine::default();
            reopened.handle(Request::OpenWorkspace { document: parts.document, layers });
            let mut answers = 0;
            for file in made.files.iter().filter(|file| file.path.ends_with(".answers")) {
                for (request, response) in AnswerBook::decode(&file.bytes).unwrap().entries() {
                    let mut expected = AnswerBook::default();
                    expected.add(request.clone(), reopened.handle(request.clone()));
                    prop_assert_eq!(&expected.entries()[0].1, response, "{}", file.path);
                    answers += 1;
                }
            }
            prop_assert!(answers > 5);
        }
    }
}

fn some() -> Vec<Made> {
    let one = |number: u8| Made {
        days: number % 9,
        person: number % 6,
        parent_by_title: number.is_multiple_of(2),
        is_bug: number.is_multiple_of(3),
    };
    (0..60).map(one).collect()
}

#[test]
fn the_marks_are_there_when_nothing_is_taken_out() {
    let made = bundle(&engine(&some()), &order(Redaction::default())).unwrap();
    for mark in [TITLE, KEY, PERSON] {
        assert!(files_with(&made, mark).contains(&"data/workspace.throughline".to_owned()), "{mark}");
    }
    // What quotes the files is never published.
    let workspace = made.files.iter().find(|file| file.path.ends_with(".throughline")).unwrap();
    let parts = unpack_workspace_file(&plain(&workspace.bytes)).unwrap();
    let document = String::from_utf8_lossy(&parts.document).into_owned();
    assert!(!document.contains(".csv") && !document.contains("\"signature\""), "{document}");
    assert!(document.contains("\"undo\":[]"), "{document}");
    assert_eq!(parts.layers.len(), 1);
}

#[test]
fn numbers_stay_when_titles_and_people_are_taken_out() {
    let mut own = engine(&some());
    let made = bundle(&own, &order(redaction("titles,people"))).unwrap();
    let mut compared = 0;
    for file in made.files.iter().filter(|file| file.path.starts_with("data/views/")) {
        for (request, response) in AnswerBook::decode(&file.bytes).unwrap().entries() {
            // The sprint that the sample's people give their names to is called otherwise.
            let request = match request {
                Request::Metrics { ids, query } if query.iteration.is_some() => {
                    let query = Query { iteration: None, ..query.clone() };
                    Request::Metrics { ids: ids.clone(), query }
                }
                other => other.clone(),
            };
            if let (Response::Metrics(found), Response::Metrics(expected)) = (response, own.handle(request)) {
                for (found, expected) in found.iter().zip(expected) {
                    let values = |result: &throughline::metrics::MetricResult| {
                        result.figures.iter().map(|figure| figure.value).collect::<Vec<_>>()
                    };
                    assert_eq!(found.status, expected.status, "{}", found.id);
                    assert_eq!(values(found), values(&expected), "{}", found.id);
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 40, "{compared} metrics were compared");
}

#[test]
fn with_sums_alone_there_are_no_rows_and_no_marks_of_single_items() {
    let made = bundle(&engine(&some()), &order(redaction("aggregates"))).unwrap();
    assert!(made.manifest.file(FileKind::Workspace, "").is_none());
    assert!(made.files.iter().all(|file| !file.path.ends_with(".throughline")));
    assert_eq!((made.preview.items, made.preview.rows.len(), made.preview.columns.len()), (0, 0, 0));
    let file = made.files.iter().find(|file| file.path == "data/views/flow.answers").unwrap();
    let book = AnswerBook::decode(&file.bytes).unwrap();
    let Response::Metrics(results) = &book.entries()[0].1 else { panic!("flow answers metrics") };
    let mut gathered = 0;
    for series in results.iter().flat_map(|result| &result.series).filter(|series| series.role == Role::Scatter) {
        assert!(series.points.iter().all(|point| point.items.len() >= 3), "{}", series.name);
        gathered += series.points.len();
    }
    assert!(gathered > 0);
    let cycle_time = results.iter().find(|result| result.id == "cycle-time").unwrap();
    assert!(cycle_time.notes.iter().any(|note| note.text.starts_with("Only sums were published.")));
    assert!(cycle_time.considered > 0, "counts stay");
}

#[test]
fn the_same_order_gives_the_same_bytes_and_the_manifest_names_them() {
    use sha2::{Digest, Sha256};
    let engine = engine(&some());
    let made = bundle(&engine, &order(redaction("people"))).unwrap();
    assert_eq!(made, bundle(&engine, &order(redaction("people"))).unwrap());
    let manifest = made.files.iter().find(|file| file.path == MANIFEST_PATH).unwrap();
    let manifest = Manifest::of_json(&manifest.bytes).unwrap();
    assert_eq!(manifest, made.manifest);
    assert_eq!(manifest.generated_at, "2024-03-01T06:00:00Z");
    for entry in &manifest.files {
        let file = made.files.iter().find(|file| file.path == format!("data/{}", entry.path)).unwrap();
        let sha256 = Sha256::digest(&file.bytes).iter().fold(String::new(), |text, byte| format!("{text}{byte:02x}"));
        assert_eq!((file.bytes.len() as u64, sha256), (entry.bytes, entry.sha256.clone()), "{}", entry.path);
    }
    assert!(manifest.views.contains(&"items".to_owned()) && manifest.views[0] == "overview", "{:?}", manifest.views);
}

#[test]
fn columns_and_tables_are_taken_out_whole() {
    let columns = ["team".to_owned(), "work-log".to_owned(), "costs.note".to_owned()];
    let redaction = redaction("titles,people").without_columns(&columns).unwrap();
    let made = bundle(&engine(&some()), &order(redaction)).unwrap();
    assert!(files_with(&made, "Team of").is_empty());
    assert!(made.preview.columns.iter().all(|(id, _)| id != "team"));
    assert!(made.preview.records.iter().all(|(kind, _)| kind != "work logs"));
    assert!(made.preview.records.iter().any(|(kind, count)| kind == "costs" && *count == 4));
}

#[test]
fn what_cannot_be_published_is_said() {
    let engine = engine(&some());
    let mut asked = order(redaction("aggregates"));
    asked.views = vec!["items".into()];
    assert_eq!(bundle(&engine, &asked), Err(BundleError::ItemsOfSums));
    asked.views = vec!["colour".into()];
    assert!(matches!(bundle(&engine, &asked), Err(BundleError::View(..))));
    asked.views = vec!["flow".into()];
    asked.views_left_out = vec!["flow".into()];
    assert_eq!(bundle(&engine, &asked), Err(BundleError::NoView));
    asked.views = Vec::new();
    let field = FilterField::Category(CategoryField::Assignee);
    asked.query.filters = vec![Filter { field, exclude: false, contains: false, values: vec![person(1)] }];
    assert_eq!(bundle(&engine, &asked), Err(BundleError::Filter("assignee".into())));
    assert!(matches!(bundle(&Engine::default(), &order(Redaction::default())), Err(BundleError::Engine(_))));
    assert!(publishable_views(false).any(|view| view.id == "items"));
}
