//! What an engine remembers between requests never shows: after any sequence of requests it answers like a new engine that
//! opens the same document and layers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod support;

use proptest::prelude::*;
use support::{ItemBuilder, dataset, day};
use throughline::engine::{AddTerms, Engine, ItemColumn, ItemsQuery, Request, Response, WorkspaceSummary};
use throughline::importers::ImportReport;
use throughline::metrics::{METRICS, Query};
use throughline::model::{StatusCategory, encode_dataset, iso_from_day};

const STATUSES: [&str; 4] = ["To Do", "In Progress", "Parked", "Done"];
const SPRINTS: [&str; 3] = ["Sprint 1", "Sprint 2", "Sprint 3"];
const TYPES: [&str; 3] = ["Story", "Bug", ""];
const POINTS: [f64; 4] = [f64::NAN, 1.0, 3.0, 8.0];
const COLUMNS: [ItemColumn; 10] = [
    ItemColumn::Key,
    ItemColumn::Title,
    ItemColumn::Type,
    ItemColumn::Status,
    ItemColumn::Assignee,
    ItemColumn::Points,
    ItemColumn::Sprint,
    ItemColumn::Created,
    ItemColumn::Started,
    ItemColumn::Finished,
];
/// Settings of a question; each list is one question.
const QUESTIONS: [&[(&str, &str)]; 9] = [
    &[],
    &[("unit", "points")],
    &[("f.type", "Bug")],
    &[("f.type", "Story"), ("unit", "points")],
    &[("f.status", "Done"), ("g", "month")],
    &[("asof", "2024-01-20")],
    &[("asof", "2024-02-10"), ("f.type", "Bug")],
    &[("iteration", "Sprint 2"), ("days", "elapsed")],
    &[("from", "2024-01-10"), ("to", "2024-02-20"), ("start", "created")],
];

fn query(question: usize) -> Query {
    let mut query = Query::default();
    // Few trials: that the forecast is the same does not depend on their number.
    for (key, value) in [("trials", "50")].iter().chain(QUESTIONS[question]) {
        query.set(key, value).unwrap();
    }
    query
}

fn iso(days: u16) -> String {
    iso_from_day(day("2024-01-01") + i32::from(days))
}

/// An item: its number, type, sprint, points, the day it came and how many days after that it went where.
type Item = (u8, usize, usize, usize, u16, Vec<(u16, usize)>);

fn build(items: &[Item]) -> Vec<ItemBuilder> {
    let mut known = std::collections::BTreeSet::new();
    let new = items.iter().filter(|item| known.insert(item.0));
    new.map(|(number, kind, sprint, points, born, moves)| {
        let mut item = ItemBuilder::new(&format!("K-{number}")).kind(TYPES[*kind]).created(&iso(*born));
        if let Some(name) = SPRINTS.get(*sprint) {
            item = item.sprints(&[name]).into_sprint(&iso(born + 1), name);
        }
        item.points = POINTS[*points];
        let mut at = *born;
        let steps: Vec<(String, &str)> = moves
            .iter()
            .map(|&(later, status)| {
                at += later;
                (iso(at), STATUSES[status])
            })
            .collect();
        let mut last = STATUSES[0];
        let changes: Vec<(&str, &str)> = steps
            .iter()
            .filter(|(_, status)| std::mem::replace(&mut last, status) != *status)
            .map(|(at, status)| (at.as_str(), *status))
            .collect();
        item.moves(&changes)
    })
    .collect()
}

/// What a user does next. Numbers choose among what is there.
#[derive(Debug, Clone)]
enum Step {
    Add(Vec<Item>),
    Remove(usize),
    Window(usize, Option<(u16, u16)>),
    Status(usize, usize),
    Order(Vec<usize>),
    Removed(usize, bool),
    Note(Option<usize>, u16),
    NoNote(usize),
    Undo,
    Redo,
    /// Looks only.
    Look,
    /// The same workspace again, as it was after an earlier step: another tab saved it, or its newest state is damaged.
    OpenEarlier(usize),
    /// An empty workspace under the same id.
    Begin,
}

fn items() -> impl Strategy<Value = Vec<Item>> {
    let moves = prop::collection::vec((1..15_u16, 0..STATUSES.len()), 0..4);
    let item = (0..12_u8, 0..TYPES.len(), 0..=SPRINTS.len(), 0..POINTS.len(), 0..40_u16, moves);
    prop::collection::vec(item, 0..14)
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => items().prop_map(Step::Add),
        1 => (0..4_usize).prop_map(Step::Remove),
        2 => (0..SPRINTS.len(), prop::option::of((0..60_u16, 0..20_u16))).prop_map(|(sprint, days)| Step::Window(sprint, days)),
        2 => (0..STATUSES.len(), 0..=StatusCategory::ALL.len()).prop_map(|(status, to)| Step::Status(status, to)),
        1 => Just((0..STATUSES.len()).collect::<Vec<_>>()).prop_shuffle().prop_map(Step::Order),
        1 => (0..4_usize, any::<bool>()).prop_map(|(file, removed)| Step::Removed(file, removed)),
        1 => (prop::option::of(0..3_usize), 0..60_u16).prop_map(|(note, day)| Step::Note(note, day)),
        1 => (0..3_usize).prop_map(Step::NoNote),
        3 => Just(Step::Undo),
        2 => Just(Step::Redo),
        3 => Just(Step::Look),
        3 => any::<usize>().prop_map(Step::OpenEarlier),
        1 => Just(Step::Begin),
    ]
}

/// What is asked after a step: a question, a column and its direction, first row, rows, some of the items or all.
#[derive(Debug, Clone)]
struct Look {
    question: usize,
    column: usize,
    descending: bool,
    offset: u64,
    limit: u32,
    only: Option<Vec<u32>>,
    first_metric: usize,
}

fn look() -> impl Strategy<Value = Look> {
    let only = prop::option::weighted(0.2, prop::collection::vec(0..14_u32, 0..5));
    // Few of each, so that the same question often comes again after a change.
    (0..QUESTIONS.len(), 0..COLUMNS.len(), any::<bool>(), 0..3_u64, 3..20_u32, only, 0..METRICS.len()).prop_map(
        |(question, column, descending, offset, limit, only, first_metric)| Look {
            question,
            column,
            descending,
            offset,
            limit,
            only,
            first_metric,
        },
    )
}

fn begin() -> Request {
    Request::NewWorkspace { id: "w".into(), name: "Test".into(), zone: "Europe/Berlin".into(), sample: false }
}

fn open(document: Vec<u8>, layers: Vec<Vec<u8>>) -> Request {
    Request::OpenWorkspace { document, layers }
}

fn stored(engine: &Engine) -> (Vec<u8>, Vec<Vec<u8>>) {
    (engine.document().unwrap(), engine.layers().into_iter().map(|(_, bytes)| bytes).collect())
}

/// The request of a step, or `None` when there is nothing that it could speak of.
fn request(step: &Step, engine: &Engine, earlier: &[(Vec<u8>, Vec<Vec<u8>>)]) -> Option<Request> {
    let open_one = engine.summary().unwrap();
    let hash = |file: usize| Some(open_one.sources.get(file % open_one.sources.len().max(1))?.hash.clone());
    let note = |note: usize| Some(open_one.annotations.get(note % open_one.annotations.len().max(1))?.id);
    let first = day("2024-01-01");
    Some(match step {
        Step::Add(items) => {
            let items = build(items);
            let kept = items.len() as u64;
            let (file, format) = ("team.csv".to_owned(), "jira-csv".to_owned());
            let report = ImportReport { file, format, rows_read: kept, kept, ..ImportReport::default() };
            let dataset = encode_dataset(&dataset(&items));
            Request::AddLayer { dataset, report: Box::new(report), terms: AddTerms::default() }
        }
        Step::Remove(file) => Request::RemoveLayer { hash: hash(*file)? },
        Step::Window(sprint, days) => Request::SetWindow {
            iteration: SPRINTS[*sprint].into(),
            days: days.map(|(from, length)| (first + i32::from(from), first + i32::from(from + length))),
        },
        Step::Status(status, to) => {
            Request::SetStatus { status: STATUSES[*status].into(), category: StatusCategory::ALL.get(*to).copied() }
        }
        Step::Order(order) => {
            let known = |name: &str| open_one.statuses.iter().any(|status| status.name == name);
            let names = order.iter().map(|&status| STATUSES[status]).filter(|name| known(name));
            Request::SetStatusOrder { order: names.map(str::to_owned).collect() }
        }
        Step::Removed(file, removed) => Request::SetRemoved { hash: hash(*file)?, removed: *removed },
        Step::Note(id, at) => {
            let id = id.and_then(note);
            Request::SetAnnotation { id, day: first + i32::from(*at), text: format!("Note of day {at}") }
        }
        Step::NoNote(id) => Request::RemoveAnnotation { id: note(*id)? },
        Step::Undo => Request::Undo,
        Step::Redo => Request::Redo,
        Step::Look => Request::Describe,
        Step::OpenEarlier(at) => {
            let (document, layers) = earlier[at % earlier.len()].clone();
            open(document, layers)
        }
        Step::Begin => begin(),
    })
}

/// Everything that is asked after a step.
fn questions(look: &Look) -> Vec<Request> {
    let query = query(look.question);
    let ids: Vec<String> =
        METRICS.iter().cycle().skip(look.first_metric).take(9).map(|metric| metric.about.id.into()).collect();
    let mut grouped = query.clone();
    grouped.set("by", "type").unwrap();
    let page = |sort, descending, offset| {
        let only = look.only.clone();
        Request::Items(ItemsQuery { query: query.clone(), only, sort, descending, offset, limit: look.limit })
    };
    let sort = COLUMNS[look.column];
    // The table as it is first shown: asked last and, of the next state, first, so that it is the order remembered.
    let shown = Request::Items(ItemsQuery {
        query: query.clone(),
        only: None,
        sort: ItemColumn::Key,
        descending: false,
        offset: 0,
        limit: 20,
    });
    vec![
        shown.clone(),
        Request::Metrics { ids: ids.clone(), query: query.clone() },
        page(sort, look.descending, 0),
        page(sort, look.descending, look.offset),
        page(sort, !look.descending, 0),
        Request::Groups { ids: ids[..2].to_vec(), query: grouped },
        Request::Visibility { query: query.clone() },
        Request::Quality { query: query.clone(), today: Some(day("2024-02-01")) },
        Request::Changes,
        Request::Describe,
        shown,
    ]
}

/// Undo is not stored: a new engine has nothing to take back.
fn without_undo(response: Response) -> Response {
    match response {
        Response::Workspace(summary) => {
            Response::Workspace(Box::new(WorkspaceSummary { undo: None, redo: None, ..*summary }))
        }
        other => other,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn what_is_remembered_is_never_seen(steps in prop::collection::vec((step(), look()), 1..14)) {
        let mut used = Engine::default();
        used.handle(begin());
        let mut earlier = vec![stored(&used)];
        for (position, (step, look)) in steps.iter().enumerate() {
            if let Some(request) = request(step, &used, &earlier) {
                used.handle(request);
            }
            let (document, layers) = stored(&used);
            let mut fresh = Engine::default();
            let opened = fresh.handle(open(document.clone(), layers.clone()));
            prop_assert!(matches!(opened, Response::Workspace(_)), "step {}: {:?}", position, opened);
            let query = query(look.question);
            prop_assert_eq!(used.report_json(&query, None), fresh.report_json(&query, None), "step {}", position);
            for question in questions(look) {
                let asked = format!("{question:?}");
                let (ours, theirs) = (used.handle(question.clone()), fresh.handle(question));
                prop_assert!(!matches!(ours, Response::Failed(_)), "step {}, {}: {:?}", position, asked, ours);
                prop_assert_eq!(without_undo(ours), without_undo(theirs), "step {}, {}", position, asked);
            }
            earlier.push((document, layers));
        }
    }
}

/// Three items, all there from 1, 10 and 20 January on.
fn three() -> Vec<Item> {
    vec![(1, 0, 0, 1, 0, vec![(2, 1)]), (2, 1, 0, 2, 9, vec![(3, 3)]), (3, 0, 1, 3, 19, vec![])]
}

fn keys(engine: &mut Engine, query: Query) -> Vec<String> {
    let page = ItemsQuery { query, only: None, sort: ItemColumn::Key, descending: false, offset: 0, limit: 20 };
    match engine.handle(Request::Items(page)) {
        Response::Items(page) => page.rows.into_iter().map(|row| row.key).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_items_of_another_day_are_other_items() {
    let mut engine = Engine::default();
    engine.handle(begin());
    let add = request(&Step::Add(three()), &engine, &[]).unwrap();
    engine.handle(add);
    let on = |text: &str| Query { as_of: Some(day(text)), ..Query::default() };
    assert_eq!(keys(&mut engine, on("2024-01-25")), ["K-1", "K-2", "K-3"]);
    assert_eq!(keys(&mut engine, on("2024-01-12")), ["K-1", "K-2"]);
    assert_eq!(keys(&mut engine, Query::default()), ["K-1", "K-2", "K-3"]);
}

#[test]
fn another_state_of_the_same_age_is_another_state() {
    // Two tabs begin with the same workspace and add one file each: both are of generation 1.
    let of = |items: &[Item]| {
        let mut engine = Engine::default();
        engine.handle(begin());
        let add = request(&Step::Add(items.to_vec()), &engine, &[]).unwrap();
        engine.handle(add);
        engine
    };
    let (mut here, there) = (of(&three()[..1]), of(&three()[1..]));
    assert_eq!(here.generation(), there.generation());
    assert_eq!(keys(&mut here, Query::default()), ["K-1"]);
    let (document, layers) = stored(&there);
    here.handle(open(document, layers));
    assert_eq!(keys(&mut here, Query::default()), ["K-2", "K-3"]);
}
