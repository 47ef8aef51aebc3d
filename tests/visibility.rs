//! What can be seen with which files, and the order of statuses: as the page asks for them, tested without a page.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use throughline::engine::{
    AddTerms, Engine, ItemColumn, ItemsQuery, Need, Request, Response, Sight, Visibility, WorkspaceSummary,
};
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::metrics::{METRICS, Query};
use throughline::model::{Calendar, RecordKind, StatusCategory, encode_dataset};
use throughline::sample::sample_export;

fn ask(engine: &mut Engine, request: Request) -> WorkspaceSummary {
    match engine.handle(request) {
        Response::Workspace(workspace) | Response::Added { workspace, .. } => *workspace,
        other => panic!("{other:?}"),
    }
}

/// A workspace with these files.
fn open(files: &[(&str, &[u8])]) -> Engine {
    let mut engine = Engine::default();
    let request = Request::NewWorkspace { id: "w".into(), name: "Test".into(), zone: "UTC".into(), sample: false };
    ask(&mut engine, request);
    for (name, bytes) in files {
        let mut job = ImportJob::new(name, ImportSettings::new(Calendar::default()));
        job.push(bytes).unwrap();
        let Imported { dataset, report } = job.finish().unwrap();
        ask(
            &mut engine,
            Request::AddLayer {
                dataset: encode_dataset(&dataset),
                report: Box::new(report),
                terms: AddTerms::default(),
            },
        );
    }
    engine
}

fn visibility(engine: &mut Engine) -> Vec<Visibility> {
    match engine.handle(Request::Visibility { query: Query::default() }) {
        Response::Visibility(list) => list,
        other => panic!("{other:?}"),
    }
}

fn of<'a>(list: &'a [Visibility], metric: &str) -> &'a Visibility {
    list.iter().find(|one| one.metric == metric).unwrap()
}

fn needs(one: &Visibility) -> Vec<Need> {
    one.reasons.iter().flat_map(|reason| reason.needs.iter().copied()).collect()
}

/// A table with these columns and rows of them.
fn table(header: &str, rows: &[&str]) -> Vec<u8> {
    std::iter::once(&header).chain(rows).flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}

const JIRA: &str = "Summary,Issue key,Issue id,Issue Type,Status,Created,Resolved,Sprint,Custom field (Story Points)";

#[test]
fn every_metric_is_named_once_and_agrees_with_its_own_answer() {
    let mut engine = open(&[("sample.csv", &sample_export())]);
    let list = visibility(&mut engine);
    let ids: Vec<&str> = list.iter().map(|one| one.metric.as_str()).collect();
    assert_eq!(ids, METRICS.iter().map(|metric| metric.about.id).collect::<Vec<_>>());
    let request = Request::Metrics { ids: ids.iter().map(|&id| id.to_owned()).collect(), query: Query::default() };
    let Response::Metrics(results) = engine.handle(request) else { panic!("no results") };
    for (one, result) in list.iter().zip(results) {
        assert_eq!(one.sight != Sight::NotComputable, result.is_computed(), "{}", one.metric);
        assert!(one.sight == Sight::Computed || !one.reasons.is_empty(), "{} gives no reason", one.metric);
    }
}

#[test]
fn a_jira_csv_gives_sprints_on_assumptions_and_throughput_as_stated() {
    let list = visibility(&mut open(&[("sample.csv", &sample_export())]));
    assert_eq!(of(&list, "throughput").sight, Sight::Computed);
    for metric in ["burndown", "velocity"] {
        assert_eq!(of(&list, metric).sight, Sight::Estimated, "{metric}");
        assert!(needs(of(&list, metric)).contains(&Need::SprintHistory), "{metric}");
        assert!(needs(of(&list, metric)).contains(&Need::SprintDates), "{metric}");
    }
}

#[test]
fn what_is_missing_is_named() {
    let rows = ["One,A-1,1,Story,To Do,01/Jan/24 9:00 AM,,,", "Two,A-2,2,Story,To Do,02/Jan/24 9:00 AM,,,"];
    let list = visibility(&mut open(&[("open.csv", &table(JIRA, &rows))]));
    let expected: &[(&str, &[Need])] = &[
        ("burndown", &[Need::SprintNames, Need::SprintDates]),
        ("velocity", &[Need::FinishDates]),
        ("throughput", &[Need::FinishDates]),
        ("cycle-time", &[Need::StartDates, Need::FinishDates]),
        ("lead-time", &[Need::FinishDates]),
    ];
    for (metric, missing) in expected {
        let one = of(&list, metric);
        assert_eq!(one.sight, Sight::NotComputable, "{metric}");
        assert_eq!(needs(one), *missing, "{metric}");
    }
    assert_eq!(of(&list, "data-quality").sight, Sight::Computed);
}

#[test]
fn without_work_items_everything_but_what_rests_on_records_needs_items() {
    // What deployments tell by themselves, and what they lack for the others.
    let of_deployments = [
        ("deployment-frequency", Sight::Computed, vec![]),
        ("deployment-success", Sight::Computed, vec![]),
        ("deployment-calendar", Sight::Computed, vec![]),
        ("change-lead-time", Sight::NotComputable, vec![Need::Records(RecordKind::Change)]),
        ("failed-deployment-recovery-time", Sight::NotComputable, vec![Need::Records(RecordKind::Incident)]),
        ("change-failure-rate", Sight::NotComputable, vec![Need::Records(RecordKind::Incident)]),
        ("deployment-rework-rate", Sight::NotComputable, vec![]),
    ];
    let deployments = std::fs::read("tests/exports/plain-deployments/dates-only/input.csv").unwrap();
    let mut engine = open(&[("deployments.csv", &deployments)]);
    let list = visibility(&mut engine);
    for (id, sight, missing) in &of_deployments {
        let one = of(&list, id);
        assert_eq!((one.sight, needs(one)), (*sight, missing.clone()), "{id}");
    }
    let rest = list.iter().filter(|one| !of_deployments.iter().any(|(id, ..)| *id == one.metric));
    // What rests on other records says which of them it lacks.
    let of_records = |one: &&Visibility| needs(one).iter().any(|need| matches!(need, Need::Records(_)));
    let (records, items): (Vec<_>, Vec<_>) = rest.partition(of_records);
    for one in items {
        assert_eq!((one.sight, needs(one)), (Sight::NotComputable, vec![Need::Items]), "{}", one.metric);
    }
    for one in records {
        assert_eq!(one.sight, Sight::NotComputable, "{}", one.metric);
    }
}

#[test]
fn gaps_are_counted_and_most_items_left_out_make_an_estimate() {
    let header = "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Created,Resolved";
    let row =
        |number: u32, resolved: &str| format!("Item,A-{number},{number},Story,Done,Done,01/Jan/24 9:00 AM,{resolved}");
    let dated = |number| row(number, "15/Jan/24 9:00 AM");
    let few: Vec<String> = vec![dated(1), dated(2), row(3, "")];
    let few: Vec<&str> = few.iter().map(String::as_str).collect();
    let list = visibility(&mut open(&[("few.csv", &table(header, &few))]));
    let lead_time = of(&list, "lead-time");
    assert_eq!(lead_time.sight, Sight::Computed);
    assert!(lead_time.reasons[0].text.starts_with("1 of 3 items left out"), "{:?}", lead_time.reasons);
    assert_eq!(lead_time.reasons[0].needs, [Need::FinishDates]);
    let most: Vec<String> = vec![dated(1), row(2, ""), row(3, "")];
    let most: Vec<&str> = most.iter().map(String::as_str).collect();
    let list = visibility(&mut open(&[("most.csv", &table(header, &most))]));
    assert_eq!(of(&list, "lead-time").sight, Sight::Estimated);
}

#[test]
fn nothing_can_be_seen_before_a_workspace_is_open() {
    let mut engine = Engine::default();
    assert!(matches!(engine.handle(Request::Visibility { query: Query::default() }), Response::Failed(_)));
}

const WORKFLOW: [&str; 4] = [
    "One,A-1,1,Story,Done,01/Jan/24 9:00 AM,,,",
    "Two,A-2,2,Story,Testing,01/Jan/24 9:00 AM,,,",
    "Three,A-3,3,Story,To Do,01/Jan/24 9:00 AM,,,",
    "Four,A-4,4,Story,In Progress,01/Jan/24 9:00 AM,,,",
];

fn statuses(workspace: &WorkspaceSummary) -> Vec<&str> {
    workspace.statuses.iter().map(|status| status.name.as_str()).collect()
}

fn order(names: &[&str]) -> Request {
    Request::SetStatusOrder { order: names.iter().map(|&name| name.to_owned()).collect() }
}

#[test]
fn an_order_is_set_undone_and_kept() {
    let mut engine = open(&[("a.csv", &table(JIRA, &WORKFLOW))]);
    let guessed = ["To Do", "In Progress", "Testing", "Done"];
    let chosen = ["To Do", "Testing", "In Progress", "Done"];
    assert_eq!(statuses(&ask(&mut engine, Request::Describe)), guessed);
    let after = ask(&mut engine, order(&chosen));
    assert_eq!((statuses(&after), after.status_order_chosen), (chosen.to_vec(), true));
    assert_eq!(after.undo.as_deref(), Some("the order of the statuses"));
    let undone = ask(&mut engine, Request::Undo);
    assert_eq!((statuses(&undone), undone.status_order_chosen), (guessed.to_vec(), false));
    assert_eq!(statuses(&ask(&mut engine, Request::Redo)), chosen);
    let layers = engine.layers().into_iter().map(|(_, bytes)| bytes).collect();
    let request = Request::OpenWorkspace { document: engine.document().unwrap(), layers };
    let reopened = ask(&mut Engine::default(), request);
    assert_eq!((statuses(&reopened), reopened.status_order_chosen), (chosen.to_vec(), true));
    let cleared = ask(&mut engine, order(&[]));
    assert_eq!((statuses(&cleared), cleared.status_order_chosen), (guessed.to_vec(), false));
}

#[test]
fn items_sorted_by_status_follow_the_order_at_once() {
    let mut engine = open(&[("a.csv", &table(JIRA, &WORKFLOW))]);
    let sorted = |engine: &mut Engine| -> Vec<String> {
        let sort = ItemColumn::Status;
        let query = ItemsQuery { query: Query::default(), only: None, sort, descending: false, offset: 0, limit: 10 };
        match engine.handle(Request::Items(query)) {
            Response::Items(page) => page.rows.into_iter().map(|row| row.status).collect(),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(sorted(&mut engine), ["To Do", "In Progress", "Testing", "Done"]);
    ask(&mut engine, order(&["Testing", "In Progress"]));
    assert_eq!(sorted(&mut engine), ["To Do", "Testing", "In Progress", "Done"]);
}

#[test]
fn an_order_keeps_its_categories_and_names_statuses_once() {
    let mut engine = open(&[("a.csv", &table(JIRA, &WORKFLOW))]);
    let after = ask(&mut engine, order(&["Done", "Testing", "In Progress", "To Do"]));
    assert_eq!(statuses(&after), ["To Do", "Testing", "In Progress", "Done"]);
    // A status of another category goes where the order has it there.
    let request = Request::SetStatus { status: "Testing".into(), category: Some(StatusCategory::Done) };
    assert_eq!(statuses(&ask(&mut engine, request)), ["To Do", "In Progress", "Done", "Testing"]);
    let before = ask(&mut engine, Request::Describe);
    assert!(matches!(engine.handle(order(&["To Do", "To Do"])), Response::Failed(_)));
    assert!(matches!(engine.handle(order(&["Nowhere"])), Response::Failed(_)));
    assert_eq!(ask(&mut engine, Request::Describe), before);
}

#[test]
fn the_order_of_imports_changes_no_order_of_statuses() {
    let first = table(JIRA, &WORKFLOW[..2]);
    let second = table(JIRA, &["Five,A-5,5,Story,In Review,01/Jan/24 9:00 AM,,,", WORKFLOW[3], WORKFLOW[2]]);
    let mut forward = open(&[("a.csv", &first), ("b.csv", &second)]);
    let mut backward = open(&[("b.csv", &second), ("a.csv", &first)]);
    let expected = ["To Do", "In Progress", "In Review", "Testing", "Done"];
    for engine in [&mut forward, &mut backward] {
        assert_eq!(statuses(&ask(engine, Request::Describe)), expected);
        ask(engine, order(&["Testing", "In Review"]));
    }
    let both = [&mut forward, &mut backward].map(|engine| ask(engine, Request::Describe).statuses);
    assert_eq!(both[0], both[1]);
}
