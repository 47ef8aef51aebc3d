//! The overview as the page asks for it, tested without a page.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]
#![allow(clippy::float_cmp, reason = "hand-computed values are exact")]

use throughline::engine::{AddTerms, Engine, Overview, Request, Response, WorkspaceSummary};
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::metrics::{Query, VERDICTS, VerdictLine, VerdictState};
use throughline::model::{Calendar, Decision, VerdictRule, day_from_iso, encode_dataset};
use throughline::sample::sample_export;

const HEADER: &str = "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Created,Updated,Resolved,Sprint,Custom field (Story Points)\n";

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
        let terms = AddTerms::default();
        ask(&mut engine, Request::AddLayer { dataset: encode_dataset(&dataset), report: Box::new(report), terms });
    }
    engine
}

fn overview(engine: &mut Engine, query: Query) -> Overview {
    match engine.handle(Request::Overview { query }) {
        Response::Overview(overview) => *overview,
        other => panic!("{other:?}"),
    }
}

fn line<'a>(overview: &'a Overview, id: &str) -> &'a VerdictLine {
    overview.verdicts.iter().find(|line| line.id == id).unwrap()
}

#[test]
fn the_sample_has_verdicts_headlines_changes_and_worries() {
    let mut engine = open(&[("sample.csv", &sample_export())]);
    let told = overview(&mut engine, Query::default());
    assert_eq!(told, overview(&mut engine, Query::default()), "asked twice, told twice the same");
    assert!(day_from_iso(&told.as_of).is_some());
    assert_eq!(told.verdicts.len(), VERDICTS.len());
    for line in &told.verdicts {
        assert_eq!(line.value.is_none(), !line.reason.is_empty(), "{line:?}");
        assert_eq!(line.value.is_some(), !line.inputs.is_empty(), "{line:?}");
    }
    let throughput = told.headlines.iter().find(|headline| headline.metric == "throughput").unwrap();
    assert!(throughput.takeaway.starts_with("Median throughput is "), "{throughput:?}");
    assert!(throughput.course.len() > 3 && throughput.change.contains(" against the "), "{throughput:?}");
    let cycle_time = told.headlines.iter().find(|headline| headline.metric == "cycle-time").unwrap();
    assert!(cycle_time.course.len() > 3, "{cycle_time:?}");
    assert!(told.since.starts_with("Since the period before"));
    assert!(told.changes.iter().any(|note| note.text == throughput.change_sentence && note.view == "throughput"));
    assert!(told.worries.len() <= 5);
    // Bad ones first, then those to watch, then what was found in the data.
    let rank = |state: Option<VerdictState>| match state {
        Some(VerdictState::Bad) => 0,
        Some(VerdictState::Watch) => 1,
        Some(other) => panic!("{other:?} is no worry"),
        None => 2,
    };
    let ranks: Vec<i32> = told.worries.iter().map(|worry| rank(worry.state)).collect();
    assert!(ranks.is_sorted(), "{ranks:?}");
    let bad = told.verdicts.iter().filter(|line| line.state == VerdictState::Bad).count();
    assert!(bad > 0, "the sample has something to worry about");
    assert_eq!(ranks.iter().filter(|&&rank| rank == 0).count(), bad.min(5));
}

#[test]
fn an_empty_workspace_says_what_is_missing_and_worries_about_nothing() {
    let told = overview(&mut open(&[]), Query::default());
    assert_eq!(told.verdict_words, format!("{} unknown", VERDICTS.len()));
    assert!(told.headlines.iter().all(|headline| headline.value.is_none() && !headline.reason.is_empty()));
    assert_eq!(told.worries, []);
    assert_eq!(told.changes.len(), 1);
    assert!(told.changes[0].text.starts_with("Nothing can be compared yet"));
}

#[test]
fn a_rule_is_changed_kept_and_undone() {
    let mut engine = open(&[("sample.csv", &sample_export())]);
    let before = overview(&mut engine, Query::default());
    let value = line(&before, "throughput").value.unwrap().round();
    // Just out of reach: the number is bad whatever it is.
    let rule = VerdictRule { at_least: true, green: value + 2.0, amber: value + 1.0, is_off: false };
    let decide = |rule| Request::Decide(Decision::VerdictRule { id: "throughput".into(), rule });
    let summary = ask(&mut engine, decide(Some(rule.clone())));
    assert_eq!(summary.decisions.verdict_rules["throughput"], rule);
    let after = overview(&mut engine, Query::default());
    assert_eq!((line(&after, "throughput").state, line(&after, "throughput").is_changed()), (VerdictState::Bad, true));
    assert!(after.worries.iter().any(|worry| worry.title == line(&after, "throughput").title));

    let (document, layers) =
        (engine.document().unwrap(), engine.layers().into_iter().map(|(_, bytes)| bytes).collect());
    let mut reopened = Engine::default();
    ask(&mut reopened, Request::OpenWorkspace { document, layers });
    assert_eq!(overview(&mut reopened, Query::default()), after);

    ask(&mut engine, decide(Some(VerdictRule { is_off: true, ..rule })));
    let off = overview(&mut engine, Query::default());
    assert_eq!(line(&off, "throughput").state, VerdictState::Off);
    assert!(off.verdict_words.ends_with(", 1 not shown"), "{}", off.verdict_words);
    ask(&mut engine, Request::Undo);
    assert_eq!(overview(&mut engine, Query::default()), after);
    ask(&mut engine, Request::Undo);
    assert_eq!(overview(&mut engine, Query::default()), before);
    // Amber on the better side of green cannot be.
    let wrong = VerdictRule { at_least: true, green: 1.0, amber: 2.0, is_off: false };
    assert!(matches!(engine.handle(decide(Some(wrong))), Response::Failed(_)));
}

/// Three items; the newer export finishes one, brings one and has lost one.
#[test]
fn what_changed_is_told_between_two_exports_of_one_source() {
    let old = format!(
        "{HEADER}One,A-1,1,Story,To Do,To Do,01/Jan/24 9:00 AM,02/Jan/24 9:00 AM,,Sprint 1,1.0\n\
         Two,A-2,2,Bug,To Do,To Do,01/Jan/24 9:00 AM,09/Jan/24 9:00 AM,,Sprint 1,3.0\n\
         Ten,A-10,3,Story,To Do,To Do,08/Jan/24 9:00 AM,10/Jan/24 9:00 AM,,Sprint 1,5.0\n"
    );
    let new = format!(
        "{HEADER}One,A-1,1,Story,Done,Done,01/Jan/24 9:00 AM,12/Jan/24 9:00 AM,12/Jan/24 9:00 AM,Sprint 1,2.0\n\
         Two,A-2,2,Bug,To Do,To Do,01/Jan/24 9:00 AM,09/Jan/24 9:00 AM,,Sprint 1,3.0\n\
         Four,A-4,4,Story,To Do,To Do,11/Jan/24 9:00 AM,11/Jan/24 9:00 AM,,,\n"
    );
    let told = overview(&mut open(&[("old.csv", old.as_bytes()), ("new.csv", new.as_bytes())]), Query::default());
    assert_eq!(told.since, "Since the export of 2024-01-10, up to that of 2024-01-12");
    let texts: Vec<&str> = told.changes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "1 item new",
            "1 item finished",
            "1 item no longer in the export",
            "1 item with a change of status",
            "1 item with a change of story points"
        ]
    );
    assert!(told.changes.iter().all(|note| note.items.len() == 1));
    // The order of the imports leaves no trace.
    let turned = overview(&mut open(&[("new.csv", new.as_bytes()), ("old.csv", old.as_bytes())]), Query::default());
    assert_eq!((told.since, told.verdict_words), (turned.since, turned.verdict_words));
}

#[test]
fn the_report_tells_the_verdicts() {
    let mut engine = open(&[("sample.csv", &sample_export())]);
    let told = overview(&mut engine, Query::default());
    let report: serde_json::Value =
        serde_json::from_str(&engine.report_json(&Query::default(), None).unwrap()).unwrap();
    let listed = report["verdicts"].as_array().unwrap();
    assert_eq!(listed.len(), told.verdicts.len());
    for (json, line) in listed.iter().zip(&told.verdicts) {
        assert_eq!(json["id"], line.id.as_str());
        assert_eq!(json["state"], line.state.id());
        assert_eq!(json["value"].as_f64(), line.value);
        assert_eq!(json["rule"], line.rule_words.as_str());
        assert_eq!(json["reason"].as_str().unwrap_or_default(), line.reason);
    }
}
