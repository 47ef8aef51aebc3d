//! The editor of links as the page asks for it: rows with how they are known, decisions that are kept, undone and refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use throughline::engine::{AddTerms, Engine, LinkRow, LinksQuery, Request, Response, WorkspaceSummary};
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::model::{Calendar, Decision, RecordKind, encode_dataset};

const DEPLOYMENTS: &str = "\
deployed_at,status,id,service,environment
2024-01-02T10:00:00Z,success,d1,shop,green
2024-01-03T10:00:00Z,success,d2,cart,green
2024-01-04T10:00:00Z,success,d3,shop,blue
";
const INCIDENTS: &str = "\
started_at,resolved_at,id,service
2024-01-03T12:00:00Z,2024-01-03T14:00:00Z,i1,shop
2024-01-05T12:00:00Z,,i2,unheard-of
";
const CHANGES: &str = "\
id,first_commit_at,merged_at,work_item,service
c1,2024-01-01T10:00:00Z,2024-01-01T12:00:00Z,A-1,shop
c2,2024-01-02T10:00:00Z,2024-01-02T12:00:00Z,,cart
";
const ITEMS: &str = "key,title,type,status,created\nA-1,One,Story,To Do,2024-01-01\nA-2,Two,Story,To Do,2024-01-01\n";

fn workspace(engine: &mut Engine, request: Request) -> WorkspaceSummary {
    match engine.handle(request) {
        Response::Workspace(workspace) | Response::Added { workspace, .. } => *workspace,
        other => panic!("{other:?}"),
    }
}

fn open() -> Engine {
    let mut engine = Engine::default();
    let request = Request::NewWorkspace { id: "w".into(), name: "Test".into(), zone: "UTC".into(), sample: false };
    workspace(&mut engine, request);
    for (name, text) in
        [("deployments.csv", DEPLOYMENTS), ("incidents.csv", INCIDENTS), ("changes.csv", CHANGES), ("items.csv", ITEMS)]
    {
        let mut job = ImportJob::new(name, ImportSettings::new(Calendar::default()));
        job.push(text.as_bytes()).unwrap();
        let Imported { dataset, report } = job.finish().unwrap();
        let (dataset, report) = (encode_dataset(&dataset), Box::new(report));
        workspace(&mut engine, Request::AddLayer { dataset, report, terms: AddTerms::default() });
    }
    engine
}

fn links(engine: &mut Engine, kind: RecordKind, only_open: bool) -> Vec<LinkRow> {
    match engine.handle(Request::Links(LinksQuery { kind, only_open, offset: 0, limit: 100 })) {
        Response::Links(page) => {
            assert_eq!(page.total, page.rows.len() as u64);
            page.rows
        }
        other => panic!("{other:?}"),
    }
}

fn target<'a>(rows: &'a [LinkRow], name: &str) -> (Option<&'a str>, &'a str, bool) {
    let row = rows.iter().find(|row| row.name == name).unwrap();
    let target = row.target.as_ref().map(|target| target.name.split(" · ").next().unwrap());
    (target, &row.how, row.is_decided)
}

fn choose_production(engine: &mut Engine) {
    workspace(engine, Request::Decide(Decision::Production(["green".to_owned()].into())));
}

#[test]
fn environments_are_chosen_and_links_follow() {
    let mut engine = open();
    // Nothing looks like production: no deployment can have caused anything.
    let before = workspace(&mut engine, Request::Describe).delivery;
    let names: Vec<(&str, bool)> =
        before.environments.iter().map(|one| (one.name.as_str(), one.is_production)).collect();
    assert_eq!((names, before.is_chosen), (vec![("green", false), ("blue", false)], false));
    assert_eq!(target(&links(&mut engine, RecordKind::Incident, false), "i1").0, None);
    choose_production(&mut engine);
    let rows = links(&mut engine, RecordKind::Incident, false);
    assert_eq!(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["i2", "i1"], "the newest first");
    assert_eq!(target(&rows, "i1"), (Some("d1"), "the latest of its service before it began", false));
    assert_eq!(target(&rows, "i2"), (None, "no production deployment is of its service", false));
    assert_eq!(links(&mut engine, RecordKind::Incident, true).len(), 1, "only those without a deployment");
    // d1 is of its service; d2 is offered, too.
    let choices: Vec<&str> = rows[1].choices.iter().map(|choice| choice.name.split(" · ").next().unwrap()).collect();
    assert_eq!(choices, ["d1", "d2"]);
}

#[test]
fn a_corrected_cause_is_kept_undone_and_stored() {
    let mut engine = open();
    choose_production(&mut engine);
    let rows = links(&mut engine, RecordKind::Incident, false);
    let row = rows.iter().find(|row| row.name == "i1").unwrap();
    let d2 = row.choices.iter().find(|choice| choice.name.starts_with("d2")).unwrap().identity.clone();
    let decide = |deployment| Request::Decide(Decision::IncidentLink { incident: row.identity.clone(), deployment });
    let summary = workspace(&mut engine, decide(Some(d2)));
    assert_eq!(summary.undo.as_deref(), Some("the cause of an incident"));
    let i1 = |engine: &mut Engine| {
        let rows = links(engine, RecordKind::Incident, false);
        let (target, how, is_decided) = target(&rows, "i1");
        (target.map(str::to_owned), how.to_owned(), is_decided)
    };
    assert_eq!(i1(&mut engine), (Some("d2".into()), "your decision".into(), true));
    let layers = engine.layers().into_iter().map(|(_, bytes)| bytes).collect();
    let request = Request::OpenWorkspace { document: engine.document().unwrap(), layers };
    let mut reopened = Engine::default();
    workspace(&mut reopened, request);
    assert_eq!(i1(&mut reopened), (Some("d2".into()), "your decision".into(), true));
    workspace(&mut engine, Request::Undo);
    assert_eq!(i1(&mut engine).0.as_deref(), Some("d1"));
    workspace(&mut engine, Request::Redo);
    assert_eq!(i1(&mut engine).0.as_deref(), Some("d2"));
    workspace(&mut engine, decide(Some(String::new())));
    assert_eq!(i1(&mut engine), (None, "your decision: no deployment caused it".into(), true));
    workspace(&mut engine, decide(None));
    assert_eq!(i1(&mut engine), (Some("d1".into()), "the latest of its service before it began".into(), false));
}

#[test]
fn a_change_can_be_given_to_another_item_and_the_items_follow() {
    let mut engine = open();
    choose_production(&mut engine);
    let rows = links(&mut engine, RecordKind::Change, false);
    assert_eq!(target(&rows, "c1"), (Some("A-1"), "named by the change", false));
    assert_eq!(target(&rows, "c2"), (None, "it names no item", false));
    assert!(rows[1].reached.starts_with("d1 · shop"), "{}", rows[1].reached);
    let of_item = |engine: &mut Engine, key: &str| match engine.handle(Request::Item { key: key.into() }) {
        Response::Item(item) => (item.key, item.links.into_iter().map(|link| link.name).collect::<Vec<_>>()),
        other => panic!("{other:?}"),
    };
    assert_eq!(of_item(&mut engine, "A-1"), ("A-1".into(), vec!["c1".to_owned()]));
    let give = |row: &LinkRow, item: Option<&str>| {
        Request::Decide(Decision::ChangeLink { change: row.identity.clone(), item: item.map(str::to_owned) })
    };
    let c1 = rows.iter().find(|row| row.name == "c1").unwrap();
    workspace(&mut engine, give(c1, Some("A-2")));
    assert_eq!(of_item(&mut engine, "A-1").1, [""; 0]);
    assert_eq!(of_item(&mut engine, "A-2"), ("A-2".into(), vec!["c1".to_owned()]));
    assert_eq!(target(&links(&mut engine, RecordKind::Change, false), "c1"), (Some("A-2"), "your decision", true));
    workspace(&mut engine, give(c1, Some("")));
    assert_eq!((of_item(&mut engine, "A-1").1, of_item(&mut engine, "A-2").1), (vec![], vec![]));
    workspace(&mut engine, give(c1, None));
    assert_eq!(of_item(&mut engine, "A-1").1, ["c1"]);
}

#[test]
fn what_is_not_there_cannot_be_linked() {
    let mut engine = open();
    let answer = engine.handle(Request::Item { key: "A-99".into() });
    assert!(matches!(&answer, Response::Failed(why) if why.to_string().contains("A-99")), "{answer:?}");
    let before = workspace(&mut engine, Request::Describe);
    let incident = links(&mut engine, RecordKind::Incident, false)[0].identity.clone();
    let change = links(&mut engine, RecordKind::Change, false)[0].identity.clone();
    for decision in [
        Decision::IncidentLink { incident: "nobody".into(), deployment: None },
        Decision::IncidentLink { incident, deployment: Some("nothing".into()) },
        Decision::ChangeLink { change, item: Some("A-99".into()) },
    ] {
        assert!(matches!(engine.handle(Request::Decide(decision.clone())), Response::Failed(_)), "{decision:?}");
    }
    assert_eq!(workspace(&mut engine, Request::Describe), before);
    let of_items = Request::Links(LinksQuery { kind: RecordKind::Risk, only_open: false, offset: 0, limit: 1 });
    assert!(matches!(engine.handle(of_items), Response::Failed(_)));
}
