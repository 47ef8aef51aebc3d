//! What the worker can do, tested without a worker: import, merge, edit, undo, store and open again.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use throughline::engine::{
    AddTerms, ChangeLine, ChangeSummary, Engine, EngineError, ItemColumn, ItemsPage, ItemsQuery, MappingTerm,
    QualityReport, RecordsQuery, Request, Response, WorkspaceSummary, unpack_workspace_file,
};
use throughline::importers::{ImportError, ImportJob, ImportSettings, Imported, Mapping};
use throughline::metrics::{FixAction, GroupOf, LARGEST_GROUPS, METRICS, Marks, MetricResult, Query, Severity};
use throughline::model::{
    Calendar, Decision, Decisions, MarkRule, MergeCounts, RecordKind, StatusCategory, WindowOrigin, day_from_iso,
    encode_dataset,
};
use throughline::sample::sample_export;

const HEADER: &str = "Summary,Issue key,Issue id,Issue Type,Status,Status Category,Created,Updated,Resolved,Sprint,Custom field (Story Points)\n";

fn import(name: &str, bytes: &[u8]) -> Imported {
    let settings = ImportSettings::new(Calendar::default());
    let mut job = ImportJob::new(name, settings);
    job.push(bytes).unwrap();
    job.finish().unwrap()
}

fn add(engine: &mut Engine, name: &str, bytes: &[u8]) -> (MergeCounts, WorkspaceSummary) {
    let Imported { dataset, report } = import(name, bytes);
    match engine.handle(Request::AddLayer {
        dataset: encode_dataset(&dataset),
        report: Box::new(report),
        terms: AddTerms::default(),
    }) {
        Response::Added { counts, workspace } => (counts, *workspace),
        other => panic!("{other:?}"),
    }
}

fn open_empty() -> Engine {
    let mut engine = Engine::default();
    workspace(
        &mut engine,
        Request::NewWorkspace { id: "w".into(), name: "Test".into(), zone: "UTC".into(), sample: false },
    );
    engine
}

fn workspace(engine: &mut Engine, request: Request) -> WorkspaceSummary {
    match engine.handle(request) {
        Response::Workspace(summary) => *summary,
        other => panic!("{other:?}"),
    }
}

fn metrics(engine: &mut Engine, ids: &[&str], query: Query) -> Vec<MetricResult> {
    let ids = ids.iter().map(|&id| id.to_owned()).collect();
    match engine.handle(Request::Metrics { ids, query }) {
        Response::Metrics(results) => results,
        other => panic!("{other:?}"),
    }
}

fn items(engine: &mut Engine, sort: ItemColumn, descending: bool, only: Option<Vec<u32>>) -> ItemsPage {
    let query = ItemsQuery { query: Query::default(), only, sort, descending, offset: 0, limit: 1000 };
    match engine.handle(Request::Items(query)) {
        Response::Items(page) => page,
        other => panic!("{other:?}"),
    }
}

fn keys(page: &ItemsPage) -> Vec<&str> {
    page.rows.iter().map(|row| row.key.as_str()).collect()
}

/// Three items of one sprint; finish on 9 and 10 January.
fn small() -> Vec<u8> {
    let rows = "One,A-1,1,Story,To Do,To Do,01/Jan/24 9:00 AM,02/Jan/24 9:00 AM,,Sprint 1,\n\
        Two,A-2,2,Bug,Done,Done,01/Jan/24 9:00 AM,09/Jan/24 9:00 AM,09/Jan/24 9:00 AM,Sprint 1,3.0\n\
        Ten,A-10,3,Story,Done,Done,08/Jan/24 9:00 AM,10/Jan/24 9:00 AM,10/Jan/24 9:00 AM,Sprint 1,5.0\n";
    format!("{HEADER}{rows}").into_bytes()
}

#[test]
fn nothing_can_be_asked_before_a_workspace_is_open() {
    let mut engine = Engine::default();
    assert!(matches!(engine.handle(Request::Describe), Response::Failed(_)));
    assert!(matches!(engine.handle(Request::Hello { protocol: 0 }), Response::Hello { .. }));
}

#[test]
fn importing_twice_changes_nothing() {
    let mut engine = open_empty();
    let (counts, first) = add(&mut engine, "a.csv", &small());
    assert_eq!(counts, MergeCounts { new: 3, updated: 0, unchanged: 0 });
    assert_eq!((first.items, first.finished, first.points), (3, 2, 8.0));
    let (counts, second) = add(&mut engine, "a.csv", &small());
    assert_eq!(counts, MergeCounts { new: 0, updated: 0, unchanged: 3 });
    assert_eq!(first, second);
}

#[test]
fn a_newer_export_updates_by_key_in_either_order() {
    let newer = format!(
        "{HEADER}One,A-1,1,Story,Done,Done,01/Jan/24 9:00 AM,12/Jan/24 9:00 AM,12/Jan/24 9:00 AM,Sprint 1,2.0\n\
         Four,A-4,4,Story,To Do,To Do,11/Jan/24 9:00 AM,11/Jan/24 9:00 AM,,,\n"
    );
    let mut forward = open_empty();
    add(&mut forward, "old.csv", &small());
    let (counts, _) = add(&mut forward, "new.csv", newer.as_bytes());
    assert_eq!(counts, MergeCounts { new: 1, updated: 1, unchanged: 0 });
    let mut backward = open_empty();
    add(&mut backward, "new.csv", newer.as_bytes());
    let (counts, summary) = add(&mut backward, "old.csv", &small());
    // The older export tells nothing new of A-1's present, but of its past.
    assert_eq!(counts, MergeCounts { new: 2, updated: 1, unchanged: 0 });
    assert_eq!(summary.finished, 3);
    let json = |engine: &mut Engine| {
        let text = engine.report_json(&Query::default(), None).unwrap();
        let mut value: serde_json::Value = serde_json::from_str(&text).unwrap();
        value["sources"].take();
        value
    };
    assert_eq!(json(&mut forward), json(&mut backward));
}

#[test]
fn a_window_is_edited_undone_and_kept() {
    let mut engine = open_empty();
    add(&mut engine, "a.csv", &small());
    let days = (day_from_iso("2024-01-08").unwrap(), day_from_iso("2024-01-19").unwrap());
    let edited = workspace(&mut engine, Request::SetWindow { iteration: "Sprint 1".into(), days: Some(days) });
    assert_eq!(edited.iterations[0].window, Some((days.0, days.1, WindowOrigin::Edited)));
    let burndown = &metrics(&mut engine, &["burndown"], Query::default())[0];
    // A-10 is created on 8 January, the first day of the window: added, not committed.
    assert_eq!(burndown.figure("committed").unwrap().value, Some(2.0));
    assert_eq!(burndown.figure("added").unwrap().value, Some(1.0));

    let (document, layers) =
        (engine.document().unwrap(), engine.layers().into_iter().map(|(_, bytes)| bytes).collect());
    let mut reopened = Engine::default();
    let summary = workspace(&mut reopened, Request::OpenWorkspace { document, layers });
    assert_eq!(summary.iterations, edited.iterations);
    assert_eq!(summary.generation, edited.generation);

    let undone = workspace(&mut engine, Request::Undo);
    assert_ne!(undone.iterations[0].window, edited.iterations[0].window);
    assert!(undone.redo.is_some());
    let redone = workspace(&mut engine, Request::Redo);
    assert_eq!(redone.iterations, edited.iterations);
    assert!(redone.generation > undone.generation && undone.generation > edited.generation);
}

#[test]
fn a_note_is_written_changed_taken_away_undone_and_kept() {
    let mut engine = open_empty();
    let day = day_from_iso("2024-01-09").unwrap();
    let set = |id, day, text: &str| Request::SetAnnotation { id, day, text: text.to_owned() };
    let texts = |open: &WorkspaceSummary| open.annotations.iter().map(|note| note.text.clone()).collect::<Vec<_>>();
    let first = workspace(&mut engine, set(None, day, "  Two people\n joined "));
    assert_eq!(texts(&first), ["Two people joined"], "one line");
    assert_eq!(first.undo.as_deref(), Some("the note at 2024-01-09"));
    let both = workspace(&mut engine, set(None, day - 3, "<b>Release</b>"));
    assert_eq!(texts(&both), ["<b>Release</b>", "Two people joined"], "in the order of days, text as it is");
    let id = both.annotations[1].id;
    let changed = workspace(&mut engine, set(Some(id), day - 5, "Three people joined"));
    assert_eq!(texts(&changed), ["Three people joined", "<b>Release</b>"]);
    assert_eq!(changed.annotations[0].id, id);

    let removed = workspace(&mut engine, Request::RemoveAnnotation { id });
    assert_eq!(texts(&removed), ["<b>Release</b>"]);
    assert_eq!(workspace(&mut engine, Request::Undo).annotations, changed.annotations);
    assert_eq!(workspace(&mut engine, Request::Undo).annotations, both.annotations);
    assert_eq!(workspace(&mut engine, Request::Redo).annotations, changed.annotations);

    for bad in [
        set(None, day, "  \n"),
        set(None, day, &"x".repeat(201)),
        set(None, i32::MAX, "when?"),
        set(Some(99), day, "whose?"),
        Request::RemoveAnnotation { id: 99 },
    ] {
        assert!(matches!(engine.handle(bad), Response::Failed(_)));
    }
    let generation = engine.generation();
    assert_eq!(workspace(&mut engine, set(Some(id), day - 5, "Three people joined")).generation, generation);

    let kept = unpack_workspace_file(&engine.workspace_file().unwrap()).unwrap();
    let layers = kept.layers.into_iter().map(|(_, bytes)| bytes).collect();
    let mut other = Engine::default();
    let opened = workspace(&mut other, Request::OpenWorkspace { document: kept.document, layers });
    assert_eq!(opened.annotations, changed.annotations);
}

#[test]
fn a_number_taken_back_is_not_given_to_another_note() {
    let mut engine = open_empty();
    let set = |text: &str| Request::SetAnnotation { id: None, day: 19_731, text: text.to_owned() };
    let first = workspace(&mut engine, set("first")).annotations[0].id;
    workspace(&mut engine, Request::RemoveAnnotation { id: first });
    let second = workspace(&mut engine, set("second")).annotations[0].id;
    assert_ne!(first, second);
    workspace(&mut engine, Request::Undo);
    let back = workspace(&mut engine, Request::Undo);
    assert_eq!(back.annotations.len(), 1);
    assert_eq!(back.annotations[0].text, "first");
}

#[test]
fn groups_are_the_values_with_the_rest_and_those_without() {
    let mut engine = open_empty();
    // Types T01 to T14: T01 has 14 items, T02 13 … T14 has 1; and two items without a type.
    let kinds = (1..=14).flat_map(|kind| (kind..=14).map(move |_| format!("T{kind:02}")));
    let dates = "02/Jan/24 8:00 AM,03/Jan/24 8:00 AM,03/Jan/24 8:00 AM";
    let rows: Vec<String> = kinds
        .chain([String::new(), String::new()])
        .enumerate()
        .map(|(row, kind)| format!("Work,A-{row},{row},{kind},Done,Done,{dates},,\n"))
        .collect();
    let rows = rows.concat();
    add(&mut engine, "types.csv", format!("{HEADER}{rows}").as_bytes());
    let mut query = Query::default();
    query.set("by", "type").unwrap();
    let ids = vec!["lead-time".to_owned(), "cycle-time".to_owned()];
    let Response::Groups(groups) = engine.handle(Request::Groups { ids: ids.clone(), query: query.clone() }) else {
        panic!("no groups")
    };
    assert_eq!(groups.rows.len(), LARGEST_GROUPS + 2);
    assert_eq!(groups.rows[0].of, GroupOf::Value("T01".into()));
    assert_eq!((groups.rows[0].items, groups.rows[0].numbers[0].value), (14, Some(2.0)));
    assert_eq!((&groups.rows[12].of, groups.rows[12].items), (&GroupOf::Others(2), 3));
    assert_eq!((&groups.rows[13].of, groups.rows[13].items), (&GroupOf::NotGiven, 2));
    assert!(!groups.overlaps);
    assert_eq!(groups.heads[0], ("Median".to_owned(), "days".to_owned()));
    assert_eq!(groups.rows[0].numbers[1].value, None);
    assert!(groups.rows[0].numbers[1].reason.contains("when work on an item started"));
    // Without a field, or with a metric that does not exist, there is nothing to group.
    assert!(matches!(engine.handle(Request::Groups { ids, query: Query::default() }), Response::Failed(_)));
    let unknown = Request::Groups { ids: vec!["luck".into()], query };
    assert!(matches!(engine.handle(unknown), Response::Failed(_)));
}

#[test]
fn long_lists_of_values_are_cut_and_say_so() {
    let mut engine = open_empty();
    let row = |number: u32| format!("Work,A-{number},{number},Type {number},To Do,To Do,02/Jan/24 8:00 AM,,,,\n");
    let csv = format!("{HEADER}{}", (1..=203).map(row).collect::<Vec<_>>().concat());
    let (_, open) = add(&mut engine, "types.csv", csv.as_bytes());
    let types = open.choices.iter().find(|(id, _)| id == "type").unwrap();
    assert_eq!(types.1.len(), 200);
    assert!(open.choices_left_out.contains(&("type".to_owned(), 3)));
    assert!(!open.choices_left_out.iter().any(|(id, _)| id == "status"));
}

#[test]
fn what_a_status_counts_as_is_chosen_undone_and_kept() {
    let mut engine = open_empty();
    let (_, guessed) = add(&mut engine, "a.csv", &small());
    assert_eq!(guessed.finished, 2);
    let chosen = workspace(
        &mut engine,
        Request::SetStatus { status: "Done".into(), category: Some(StatusCategory::InProgress) },
    );
    assert_eq!(chosen.finished, 0);
    assert!(chosen.statuses.iter().any(|status| status.name == "Done" && status.chosen));
    let throughput = &metrics(&mut engine, &["throughput"], Query::default())[0];
    assert!(throughput.series.iter().flat_map(|series| &series.points).all(|point| point.items.is_empty()));

    let (document, layers) =
        (engine.document().unwrap(), engine.layers().into_iter().map(|(_, bytes)| bytes).collect());
    let reopened = workspace(&mut Engine::default(), Request::OpenWorkspace { document, layers });
    assert_eq!(reopened.statuses, chosen.statuses);

    assert_eq!(workspace(&mut engine, Request::Undo).statuses, guessed.statuses);
    assert_eq!(workspace(&mut engine, Request::Redo).statuses, chosen.statuses);
    assert_eq!(workspace(&mut engine, Request::SetStatus { status: "Done".into(), category: None }).finished, 2);
    let unknown = Request::SetStatus { status: "Nowhere".into(), category: None };
    assert!(matches!(engine.handle(unknown), Response::Failed(_)));
}

#[test]
fn a_window_that_ends_before_it_starts_is_refused_and_changes_nothing() {
    let mut engine = open_empty();
    let (_, before) = add(&mut engine, "a.csv", &small());
    let request = Request::SetWindow { iteration: "Sprint 1".into(), days: Some((20, 10)) };
    assert!(matches!(engine.handle(request), Response::Failed(_)));
    let unknown = Request::SetWindow { iteration: "Sprint 99".into(), days: None };
    assert!(matches!(engine.handle(unknown), Response::Failed(_)));
    assert_eq!(workspace(&mut engine, Request::Describe), before);
}

#[test]
fn removing_a_file_and_undoing_it_restores_the_numbers() {
    let mut engine = open_empty();
    let (_, full) = add(&mut engine, "a.csv", &small());
    let removed = workspace(&mut engine, Request::RemoveLayer { hash: full.sources[0].hash.clone() });
    assert_eq!(removed.items, 0);
    let back = workspace(&mut engine, Request::Undo);
    assert_eq!((back.items, back.points), (full.items, full.points));
}

#[test]
fn a_reopened_workspace_answers_the_same_bytes() {
    let mut engine = open_empty();
    add(&mut engine, "throughline-sample.csv", &sample_export());
    let file = engine.workspace_file().unwrap();
    let parts = unpack_workspace_file(&file).unwrap();
    let mut reopened = Engine::default();
    let layers = parts.layers.into_iter().map(|(_, bytes)| bytes).collect();
    workspace(&mut reopened, Request::OpenWorkspace { document: parts.document, layers });
    let query = Query::default();
    assert_eq!(engine.report_json(&query, None), reopened.report_json(&query, None));
    assert_eq!(reopened.workspace_file().unwrap(), file);
}

#[test]
fn damaged_parts_are_refused_with_the_file_named() {
    let mut engine = open_empty();
    add(&mut engine, "team.csv", &small());
    let document = engine.document().unwrap();
    let mut layers: Vec<Vec<u8>> = engine.layers().into_iter().map(|(_, bytes)| bytes).collect();
    layers[0][40] ^= 1;
    match Engine::default().handle(Request::OpenWorkspace { document, layers }) {
        Response::Failed(error) => assert!(error.to_string().contains("team.csv"), "{error}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn items_are_sorted_and_unknown_values_stay_last() {
    let mut engine = open_empty();
    add(&mut engine, "a.csv", &small());
    assert_eq!(keys(&items(&mut engine, ItemColumn::Key, false, None)), ["A-1", "A-2", "A-10"]);
    assert_eq!(keys(&items(&mut engine, ItemColumn::Points, false, None)), ["A-2", "A-10", "A-1"]);
    assert_eq!(keys(&items(&mut engine, ItemColumn::Points, true, None)), ["A-10", "A-2", "A-1"]);
    assert_eq!(keys(&items(&mut engine, ItemColumn::Finished, true, None)), ["A-10", "A-2", "A-1"]);
    let only = items(&mut engine, ItemColumn::Key, false, Some(vec![1, 7_000_000]));
    assert_eq!(keys(&only), ["A-2"]);
    assert_eq!((only.rows[0].source.as_str(), only.rows[0].line), ("a.csv", 3));
}

#[test]
fn filters_narrow_every_metric_and_the_table() {
    let mut engine = open_empty();
    add(&mut engine, "a.csv", &small());
    let mut query = Query::default();
    query.set("f.type", "Bug").unwrap();
    let ids: Vec<&str> = METRICS.iter().map(|metric| metric.about.id).collect();
    let results = metrics(&mut engine, &ids, query.clone());
    for result in &results {
        let all = result.series.iter().flat_map(|series| &series.points).flat_map(|point| &point.items);
        assert!(all.clone().all(|&item| item == 1), "{} shows items that the filter leaves out", result.id);
    }
    let page = ItemsQuery { query, only: None, sort: ItemColumn::Key, descending: false, offset: 0, limit: 10 };
    match engine.handle(Request::Items(page)) {
        Response::Items(page) => assert_eq!(keys(&page), ["A-2"]),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_metric_nobody_knows_is_named() {
    let mut engine = open_empty();
    match engine.handle(Request::Metrics { ids: vec!["happiness".into()], query: Query::default() }) {
        Response::Failed(error) => assert!(error.to_string().contains("happiness")),
        other => panic!("{other:?}"),
    }
}

fn changes(engine: &mut Engine) -> Vec<ChangeSummary> {
    match engine.handle(Request::Changes) {
        Response::Changes(changes) => changes,
        other => panic!("{other:?}"),
    }
}

/// A week after `small`: A-1 is done and estimated, A-2 is open again, A-10 is gone, A-11 is new.
fn a_week_later() -> Vec<u8> {
    let rows = "One,A-1,1,Story,Done,Done,01/Jan/24 9:00 AM,12/Jan/24 9:00 AM,12/Jan/24 9:00 AM,Sprint 1,2.0\n\
        Two,A-2,2,Bug,To Do,To Do,01/Jan/24 9:00 AM,13/Jan/24 9:00 AM,,Sprint 1,3.0\n\
        Eleven,A-11,4,Story,To Do,To Do,16/Jan/24 9:00 AM,17/Jan/24 9:00 AM,,,\n";
    format!("{HEADER}{rows}").into_bytes()
}

#[test]
fn a_later_export_tells_what_changed() {
    let mut engine = open_empty();
    add(&mut engine, "later.csv", &a_week_later());
    assert!(changes(&mut engine).is_empty());
    add(&mut engine, "earlier.csv", &small());
    let summaries = changes(&mut engine);
    let [summary] = &summaries[..] else { panic!("{summaries:?}") };
    assert_eq!((summary.file.as_str(), summary.earlier_file.as_str()), ("later.csv", "earlier.csv"));
    assert_eq!((summary.day.as_str(), summary.earlier_day.as_str()), ("2024-01-17", "2024-01-10"));
    let mut named = |line: &ChangeLine| {
        let page = items(&mut engine, ItemColumn::Key, false, Some(line.items.clone()));
        keys(&page).join(" ")
    };
    assert_eq!(named(&summary.new), "A-11");
    assert_eq!(named(&summary.changed), "A-1 A-2");
    assert_eq!(named(&summary.finished), "A-1");
    assert_eq!(named(&summary.reopened), "A-2");
    assert_eq!(named(&summary.vanished), "A-10");
    assert_eq!((summary.vanished_open, summary.unchanged), (0, 0));
    let fields: Vec<_> = summary.fields.iter().map(|line| (line.title.as_str(), line.examples.join("; "))).collect();
    assert_eq!(
        fields,
        [
            ("status", "A-1: To Do → Done; A-2: Done → To Do".to_owned()),
            ("story points", "A-1: nothing → 2".to_owned())
        ]
    );
}

#[test]
fn what_vanished_can_count_as_taken_out_of_scope() {
    let mut engine = open_empty();
    let later = format!(
        "{HEADER}Two,A-2,2,Bug,Done,Done,01/Jan/24 9:00 AM,20/Jan/24 9:00 AM,09/Jan/24 9:00 AM,Sprint 1,3.0\n\
        Ten,A-10,3,Story,Done,Done,08/Jan/24 9:00 AM,10/Jan/24 9:00 AM,10/Jan/24 9:00 AM,Sprint 1,5.0\n"
    );
    add(&mut engine, "earlier.csv", &small());
    let (_, before) = add(&mut engine, "later.csv", later.as_bytes());
    let summary = changes(&mut engine).remove(0);
    assert_eq!((summary.vanished.items.len(), summary.vanished_open, summary.removed), (1, 1, false));
    let open = |engine: &mut Engine| {
        let page = items(engine, ItemColumn::Key, false, None);
        page.rows.iter().filter(|row| row.category == StatusCategory::ToDo).count()
    };
    assert_eq!(open(&mut engine), 1);
    let removed = workspace(&mut engine, Request::SetRemoved { hash: summary.hash.clone(), removed: true });
    assert_eq!(open(&mut engine), 0);
    assert!(changes(&mut engine).remove(0).removed);
    assert_eq!(removed.items, before.items);
    // It is stored with the workspace and can be taken back.
    let layers = engine.layers().into_iter().map(|(_, bytes)| bytes).collect();
    let document = engine.document().unwrap();
    let mut again = Engine::default();
    workspace(&mut again, Request::OpenWorkspace { document, layers });
    assert_eq!(open(&mut again), 0);
    assert_eq!(removed.undo.as_deref(), Some("what the items missing in later.csv count as"));
    workspace(&mut engine, Request::Undo);
    assert_eq!(open(&mut engine), 1);
    workspace(&mut engine, Request::Redo);
    assert_eq!(open(&mut engine), 0);
}

fn quality(engine: &mut Engine, today: Option<&str>) -> QualityReport {
    let today = today.map(|day| day_from_iso(day).unwrap());
    match engine.handle(Request::Quality { query: Query::default(), today }) {
        Response::Quality(report) => *report,
        other => panic!("{other:?}"),
    }
}

/// Ids of the findings about files, each with the sentence before its consequence.
fn of_files(report: &QualityReport) -> Vec<(&str, &str)> {
    let counted = ["files", "columns", "rows", "cells"];
    let told = report.findings.iter().filter(|finding| counted.contains(&finding.counted.as_str()));
    told.map(|finding| (finding.id.as_str(), finding.message.split(") ").next().unwrap())).collect()
}

#[test]
fn what_went_wrong_in_a_file_is_found_with_its_lines() {
    let mut engine = open_empty();
    let rows = "One,A-1,1,Story,To Do,To Do,01/Jan/24 9:00 AM,02/Jan/24 9:00 AM,,,\n\
        Summary,Issue key,Issue id,Issue Type,Status,Status Category,Created,Updated,Resolved,Sprint,Custom field (Story Points)\n\
        Two,A-2,2,Story,To Do,To Do,soon,02/Jan/24 9:00 AM,,,many\n\
        Two,A-2,2,Story,Done,Done,01/Jan/24 9:00 AM,03/Jan/24 9:00 AM,03/Jan/24 9:00 AM,,1\n\
        Three,A-3,3,Story,To Do,To Do,01/Jan/24 9:00 AM\n\
        Four,A-4,4,Story,To Do,To Do,01/Jan/24 9:00 AM,02/Jan/24 9:00 AM,,,,,shifted\n";
    add(&mut engine, "odd.csv", format!("{HEADER}{rows}").as_bytes());
    let report = quality(&mut engine, None);
    let expected = [
        ("unparsed-dates", "1 cell (line 4 of odd.csv"),
        ("unparsed-numbers", "1 cell (line 4 of odd.csv"),
        ("refused-rows", "1 row (line 7 of odd.csv"),
        ("wrong-column-count", "1 row (line 6 of odd.csv"),
        ("zone-assumed", "3 columns (odd.csv"),
        ("repeated-header", "1 row (line 3 of odd.csv"),
        ("repeated-rows", "1 row (odd.csv"),
    ];
    assert_eq!(of_files(&report), expected);
    let refused = report.findings.iter().find(|finding| finding.id == "refused-rows").unwrap();
    assert!(refused.message.contains("The first: the row has 13 cells where the header has 11"), "{}", refused.message);
    for finding in &report.findings {
        assert!(finding.affects.iter().all(|id| METRICS.iter().any(|metric| metric.about.id == id)), "{finding:?}");
    }
}

#[test]
fn a_date_order_that_nothing_decides_is_serious() {
    let mut engine = open_empty();
    let rows = "One,A-1,1,Story,Done,Done,01/02/2024 09:00,03/02/2024 09:00,03/02/2024 09:00,,\n\
        Two,A-2,2,Story,Done,Done,02/03/2024 09:00,04/03/2024 09:00,04/03/2024 09:00,,\n";
    add(&mut engine, "either.csv", format!("{HEADER}{rows}").as_bytes());
    let report = quality(&mut engine, None);
    let first = &report.findings[0];
    assert_eq!(
        (first.id.as_str(), first.level, first.action),
        ("assumed-date-order", Severity::Serious, FixAction::ReviewDates)
    );
    assert!(first.message.ends_with("In either.csv: Created, Updated, Resolved."), "{}", first.message);
}

#[test]
fn a_file_that_ends_at_a_round_number_is_told() {
    let rows = |number: u32| {
        let rows: Vec<String> = (1..=number).map(|key| format!("Item,A-{key},{key},Bug,Open,,,,,,\n")).collect();
        format!("{HEADER}{}", rows.concat())
    };
    let cut = |number: u32| {
        let mut engine = open_empty();
        add(&mut engine, "a.csv", rows(number).as_bytes());
        let report = quality(&mut engine, None);
        let ids = of_files(&report).into_iter().map(|(id, _)| id.to_owned()).filter(|id| id != "zone-assumed");
        ids.collect::<Vec<_>>()
    };
    // Jira's importer knows its own limit, the sizes of pages are anybody's.
    assert_eq!(cut(1000), ["truncated-export"]);
    assert_eq!(cut(50), ["round-row-count"]);
    assert!(cut(51).is_empty());
    assert!(cut(1001).is_empty());
}

#[test]
fn a_file_without_items_leaves_the_charts_alone() {
    let mut engine = open_empty();
    let costs: String =
        (1..=50).map(|day| format!("2024-01-{:02},cloud,{day}\n", day % 28 + 1)).collect::<Vec<_>>().concat();
    add(&mut engine, "costs.csv", format!("date,category,amount\n{costs}").as_bytes());
    let report = quality(&mut engine, None);
    let round = report.findings.iter().find(|finding| finding.id == "round-row-count").unwrap();
    assert!(round.affects.is_empty() && round.views.is_empty());
    assert_eq!(
        report.verdict.words,
        "Not usable for: Sprint, Velocity, Burnup, Throughput, Flow, Work in progress, Forecast"
    );
}

#[test]
fn dates_lie_in_the_future_of_the_day_that_is_given() {
    let mut engine = open_empty();
    add(&mut engine, "a.csv", &small());
    let future = |report: &QualityReport| report.findings.iter().find(|finding| finding.id == "future-dates").cloned();
    assert!(future(&quality(&mut engine, None)).is_none(), "nothing lies after the data's own last moment");
    let found = future(&quality(&mut engine, Some("2024-01-09"))).unwrap();
    let positions = items(&mut engine, ItemColumn::Key, false, Some(found.items));
    assert_eq!(keys(&positions), ["A-10"]);
    assert!(future(&quality(&mut engine, Some("2024-01-10"))).is_none());
}

#[test]
fn a_corrected_status_is_no_longer_found() {
    let mut engine = open_empty();
    let rows = "One,A-1,1,Story,Zwischenlager,,01/Jan/24 9:00 AM,02/Jan/24 9:00 AM,,,\n";
    add(&mut engine, "a.csv", format!("{HEADER}{rows}").as_bytes());
    let unmapped = |engine: &mut Engine| {
        quality(engine, None).findings.into_iter().find(|finding| finding.id == "unmapped-statuses")
    };
    assert_eq!(unmapped(&mut engine).unwrap().action, FixAction::EditStatuses);
    let category = Some(StatusCategory::ToDo);
    workspace(&mut engine, Request::SetStatus { status: "Zwischenlager".into(), category });
    assert!(unmapped(&mut engine).is_none());
    workspace(&mut engine, Request::Undo);
    assert!(unmapped(&mut engine).is_some());
}

fn read_text(text: &[u8], settings: ImportSettings) -> Result<Imported, ImportError> {
    let mut job = ImportJob::new("bicycles.csv", settings);
    job.push(text)?;
    job.finish()
}

#[test]
fn reading_a_file_another_way_is_one_step_with_what_is_remembered_of_its_columns() {
    let text = b"Ticket,Task name,Task status\nK-1,Oil the chain,done\n";
    let sample = match read_text(text, ImportSettings::new(Calendar::default())) {
        Err(ImportError::Unknown { table: Some(table), .. }) => *table,
        other => panic!("no question about the columns: {other:?}"),
    };
    let read = |mapping: &Mapping| {
        let mappings = vec![mapping.clone()];
        let settings = ImportSettings { mappings, ..ImportSettings::new(Calendar::default()) };
        let imported = read_text(text, settings).unwrap();
        (encode_dataset(&imported.dataset), Box::new(imported.report))
    };
    let first = sample.guess.clone();
    let second = Mapping { columns: vec![(0, "key".into()), (2, "title".into())], ..first.clone() };
    let mut engine = open_empty();
    let add = |engine: &mut Engine, mapping: &Mapping, instead_of: Option<String>| {
        let (dataset, report) = read(mapping);
        let terms = AddTerms { instead_of, mapping: MappingTerm::Remembered(mapping.clone()) };
        match engine.handle(Request::AddLayer { dataset, report, terms }) {
            Response::Added { counts, workspace } => (counts, *workspace),
            other => panic!("{other:?}"),
        }
    };
    let (_, before) = add(&mut engine, &first, None);
    assert_eq!(before.mappings, std::slice::from_ref(&first));
    let (counts, after) = add(&mut engine, &second, Some(before.sources[0].hash.clone()));
    assert_eq!((counts.new, counts.updated), (0, 1), "the same item, read another way");
    assert_eq!((after.sources.len(), after.items), (1, 1));
    assert_eq!(after.mappings, std::slice::from_ref(&second));
    assert_eq!(after.undo.as_deref(), Some("reading bicycles.csv another way"));

    let undone = workspace(&mut engine, Request::Undo);
    assert_eq!((undone.sources, undone.mappings), (before.sources.clone(), vec![first.clone()]));
    let redone = workspace(&mut engine, Request::Redo);
    assert_eq!((&redone.sources, &redone.mappings), (&after.sources, &after.mappings));

    // A reading that is no longer there cannot be replaced, and nothing changes.
    let (dataset, report) = read(&second);
    let terms = AddTerms { instead_of: Some("nothing".into()), ..AddTerms::default() };
    assert!(matches!(engine.handle(Request::AddLayer { dataset, report, terms }), Response::Failed(_)));
    assert_eq!(workspace(&mut engine, Request::Describe).sources, redone.sources);

    // Forgotten, the mapping is forgotten in one step, too.
    let (dataset, report) = read(&first);
    let mapping = MappingTerm::Forgotten(second.signature);
    let terms = AddTerms { instead_of: Some(redone.sources[0].hash.clone()), mapping };
    engine.handle(Request::AddLayer { dataset, report, terms });
    let now = workspace(&mut engine, Request::Describe);
    assert_eq!((now.mappings.len(), now.sources.len()), (0, 1));
}

#[test]
fn a_decision_is_kept_undone_and_refused_where_it_cannot_be() {
    let mut engine = open_empty();
    let decide =
        |engine: &mut Engine, percent: f64| engine.handle(Request::Decide(Decision::DebtTarget(Some(percent))));
    let target = |engine: &Engine| engine.summary().unwrap().decisions.debt_target;
    decide(&mut engine, 20.0);
    assert_eq!(target(&engine), Some(20.0));
    let (document, layers) = (engine.document().unwrap(), engine.layers());
    let mut other = Engine::default();
    let layers = layers.into_iter().map(|(_, layer)| layer).collect();
    other.handle(Request::OpenWorkspace { document, layers });
    assert_eq!(target(&other), Some(20.0), "it is stored with the workspace");
    assert_eq!(other.summary().unwrap().undo.as_deref(), Some("the target for technical debt"));
    other.handle(Request::Undo);
    assert_eq!(target(&other), None, "and so is what undo takes back");
    assert!(matches!(decide(&mut engine, 120.0), Response::Failed(EngineError::Invalid(_))));
    assert_eq!(engine.summary().unwrap().undo.as_deref(), Some("the target for technical debt"));
    engine.handle(Request::Undo);
    assert_eq!(target(&engine), None);
    engine.handle(Request::Redo);
    assert_eq!(target(&engine), Some(20.0));
}

/// Windows, statuses, notes and decisions can be taken back by who opens the workspace again; what lies before a file came
/// cannot, since what the file replaced is not kept.
#[test]
fn undo_reaches_over_closing_as_far_as_the_last_file() {
    let mut engine = open_empty();
    engine.handle(Request::Decide(Decision::DebtTarget(Some(10.0))));
    add(&mut engine, "jira.csv", &small());
    workspace(&mut engine, Request::SetStatus { status: "To Do".into(), category: Some(StatusCategory::InProgress) });
    workspace(&mut engine, Request::SetStatusOrder { order: vec!["Done".into(), "To Do".into()] });
    let (first, last) = (day_from_iso("2024-01-01").unwrap(), day_from_iso("2024-01-12").unwrap());
    workspace(&mut engine, Request::SetWindow { iteration: "Sprint 1".into(), days: Some((first, last)) });
    workspace(&mut engine, Request::SetAnnotation { id: None, day: first, text: "Begun".into() });
    let layers = engine.layers().into_iter().map(|(_, layer)| layer).collect();
    let mut again = Engine::default();
    workspace(&mut again, Request::OpenWorkspace { document: engine.document().unwrap(), layers });
    let summary = |engine: &Engine| {
        let WorkspaceSummary { iterations, statuses, annotations, undo, .. } = engine.summary().unwrap();
        (iterations, statuses, annotations, undo)
    };
    for _ in 0..4 {
        assert_eq!(summary(&again), summary(&engine));
        workspace(&mut again, Request::Undo);
        workspace(&mut engine, Request::Undo);
    }
    assert_eq!(again.summary().unwrap().undo, None);
    assert_eq!(engine.summary().unwrap().undo.as_deref(), Some("adding jira.csv"));
}

#[test]
fn records_are_listed_with_the_columns_that_they_have() {
    let mut engine = open_empty();
    let csv = b"deployed_at,status,service,environment\n2024-01-02T09:30:00Z,success,shop,production\n2024-01-03T00:00:00Z,failure,pay,test\n";
    add(&mut engine, "deployments.csv", csv);
    let mut page = |query: Query, only: Option<Vec<u32>>| match engine.handle(Request::Records(RecordsQuery {
        kind: RecordKind::Deployment,
        query,
        only,
        offset: 0,
        limit: 10,
    })) {
        Response::Records(page) => page,
        other => panic!("{other:?}"),
    };
    let all = page(Query::default(), None);
    assert_eq!(all.columns, ["source", "service", "environment", "status", "deployed-at"]);
    assert_eq!(all.rows[0].cells[1..], ["shop", "production", "success", "2024-01-02 09:30"]);
    assert_eq!((all.rows[1].cells[4].as_str(), all.rows[1].line), ("2024-01-03", 3));
    let mut query = Query::default();
    query.set("f.service", "pay").unwrap();
    assert_eq!(page(query, None).rows.iter().map(|row| row.row).collect::<Vec<_>>(), [1]);
    assert_eq!(page(Query::default(), Some(vec![1, 7])).total, 1);
}

#[test]
fn each_file_says_which_day_it_shows() {
    let mut engine = open_empty();
    add(&mut engine, "jira.csv", &small());
    add(
        &mut engine,
        "deployments.csv",
        b"deployed_at,status\n2024-01-02T09:30:00Z,success\n2024-01-03T00:00:00Z,failure\n",
    );
    // A plan tells of no past, and this name of no day.
    add(&mut engine, "people.csv", b"person,team,from,to,hours_per_day\nMira,Core,2024-01-01,2030-01-01,8\n");
    let days: Vec<Option<i32>> = engine.summary().unwrap().sources.iter().map(|source| source.day).collect();
    assert_eq!(days, [day_from_iso("2024-01-10"), day_from_iso("2024-01-03"), None]);
}

#[test]
fn all_decisions_of_a_file_are_taken_or_none() {
    let mut engine = open_empty();
    let targets = |days: f64| [("High".to_owned(), days)].into_iter().collect();
    let wrong = Decisions { debt_target: Some(20.0), resolution_targets: targets(-1.0), ..Decisions::default() };
    assert!(matches!(engine.decide_all(wrong), Err(EngineError::Invalid(_))));
    assert_eq!(engine.summary().unwrap().decisions, Decisions::default());
    let right = Decisions { debt_target: Some(20.0), resolution_targets: targets(3.0), ..Decisions::default() };
    engine.decide_all(right.clone()).unwrap();
    assert_eq!(engine.summary().unwrap().decisions, right);
}

#[test]
fn a_rule_is_tried_before_it_is_decided_on() {
    let mut engine = open_empty();
    let rows = "Crash,A-1,1,Bug,To Do,To Do,01/Jan/24 9:00 AM,,,,\n\
        Refactoring of the till,A-2,2,Story,To Do,To Do,01/Jan/24 9:00 AM,,,,\n\
        Slow,A-3,3,Incident,To Do,To Do,01/Jan/24 9:00 AM,,,,\n";
    add(&mut engine, "a.csv", format!("{HEADER}{rows}").as_bytes());
    let mut tried = |marks: Marks, rule: Option<MarkRule>| match engine.handle(Request::Marked { marks, rule }) {
        Response::Marked(marked) => marked,
        other => panic!("{other:?}"),
    };
    let by_default = tried(Marks::Bugs, None);
    assert_eq!(by_default.rule.types, ["Bug", "Incident"]);
    assert_eq!((by_default.count, by_default.of, by_default.is_chosen), (2, 3, false));
    let debt = tried(Marks::Debt, None);
    assert_eq!((debt.count, debt.examples), (1, vec!["A-2: Refactoring of the till".to_owned()]));
    let crashes = MarkRule { title_words: vec!["crash".into()], ..MarkRule::default() };
    let escaped = tried(Marks::Escaped, Some(crashes.clone()));
    assert_eq!((escaped.count, escaped.of), (1, 2), "of the bugs");
    // Trying decides nothing.
    assert_eq!(tried(Marks::Escaped, None).count, 0);
    engine.handle(Request::Decide(Decision::BugRule(Some(crashes))));
    let Response::Marked(now) = engine.handle(Request::Marked { marks: Marks::Bugs, rule: None }) else { panic!() };
    assert_eq!((now.count, now.is_chosen), (1, true));
}

#[test]
fn a_plain_status_history_joins_its_items_by_key() {
    let mut engine = open_empty();
    add(&mut engine, "items.csv", b"key,title,type,status,created\nA-1,Crash,Bug,Done,2024-01-01\n");
    add(&mut engine, "history.csv", b"key,at,from,to\nA-1,2024-01-02,To Do,Done\n");
    let summary = engine.summary().unwrap();
    assert_eq!((summary.items, summary.finished), (1, 1));
    let query = Query { as_of: day_from_iso("2024-01-31"), ..Query::default() };
    let results = metrics(&mut engine, &["bug-resolution-time"], query);
    assert_eq!(results[0].figures[0].value, Some(2.0), "created on the 1st, done on the 2nd");
}

#[test]
fn sprints_that_name_their_board_can_be_asked_for_by_board() {
    let sprint = |id: u32, board: u32| {
        format!(
            "\"x.Sprint@{id}[id={id},rapidViewId={board},state=CLOSED,name=S{id},goal=,startDate=2024-01-01T09:00:00Z,endDate=2024-01-14T09:00:00Z,completeDate=2024-01-14T09:00:00Z]\""
        )
    };
    let rows =
        [("A-1", 5, sprint(1, 24)), ("A-2", 3, sprint(2, 7)), ("A-3", 2, sprint(1, 24)), ("A-4", 8, String::new())];
    let mut file = HEADER.to_owned();
    for (position, (key, points, sprint)) in rows.iter().enumerate() {
        let row = format!(
            "t,{key},{position},Story,Done,Done,2024-01-01 10:00,2024-01-20 10:00,2024-01-10 10:00,{sprint},{points}\n"
        );
        file.push_str(&row);
    }
    let mut engine = open_empty();
    let (_, summary) = add(&mut engine, "boards.csv", file.as_bytes());
    let boards = &summary.choices.iter().find(|(id, _)| id == "board").unwrap().1;
    assert_eq!(boards.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["Board 24", "", "Board 7"]);
    let mut completed = |setting: Option<(&str, &str)>| {
        let mut query = Query::default();
        query.set("unit", "points").unwrap();
        if let Some((key, value)) = setting {
            query.set(key, value).unwrap();
        }
        let velocity = metrics(&mut engine, &["velocity"], query).remove(0);
        let finished = velocity.series.iter().find(|series| series.role == throughline::metrics::Role::Main);
        let points = &finished.unwrap_or_else(|| panic!("{velocity:?}")).points;
        points.iter().filter_map(|point| point.y).sum::<f64>()
    };
    let parts = [completed(Some(("f.board", "Board 24"))), completed(Some(("f.board", "Board 7")))];
    assert_eq!((parts, completed(None)), ([7.0, 3.0], 10.0));
}
