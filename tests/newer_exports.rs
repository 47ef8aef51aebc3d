//! Several exports of one source: whatever the order in which they are imported, and however often, the workspace is the same.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;

use proptest::prelude::*;
use throughline::engine::{AddTerms, ChangeSummary, Engine, Request, Response};
use throughline::importers::{ImportJob, ImportSettings, Imported};
use throughline::metrics::Query;
use throughline::model::{Calendar, encode_dataset};

const HEADER: &str =
    "Summary,Issue key,Issue id,Issue Type,Status,Created,Updated,Resolved,Sprint,Custom field (Story Points)\n";
const STATUSES: [&str; 4] = ["To Do", "In Progress", "Review", "Done"];

/// What one export says of an item: status, points, sprint; `None` = it does not hold the item.
type State = Option<(usize, u8, u8)>;

/// The export of one month of 2024.
fn export(month: usize, items: &[State]) -> (String, Vec<u8>) {
    let mut text = HEADER.to_owned();
    for (item, state) in items.iter().enumerate() {
        let Some((status, points, sprint)) = state else { continue };
        let month_name = ["Jan", "Feb", "Mar", "Apr"][month];
        let updated = format!("{:02}/{month_name}/24 9:00 AM", 2 + (item * 7) % 25);
        let resolved = if *status == 3 { updated.as_str() } else { "" };
        writeln!(
            text,
            "Work {item},A-{item},{item},Story,{},01/Jan/24 8:00 AM,{updated},{resolved},Sprint {sprint},{points}.0",
            STATUSES[*status]
        )
        .unwrap();
    }
    (format!("month-{month}.csv"), text.into_bytes())
}

fn add(engine: &mut Engine, (name, bytes): &(String, Vec<u8>)) {
    let mut job = ImportJob::new(name, ImportSettings::new(Calendar::default()));
    job.push(bytes).unwrap();
    let Imported { dataset, report } = job.finish().unwrap();
    let added = engine.handle(Request::AddLayer {
        dataset: encode_dataset(&dataset),
        report: Box::new(report),
        terms: AddTerms::default(),
    });
    assert!(matches!(added, Response::Added { .. }), "{added:?}");
}

/// Everything that the workspace tells, but the order of its files and what each did when it came.
fn told(exports: &[(String, Vec<u8>)], order: &[usize]) -> (serde_json::Value, Vec<ChangeSummary>) {
    let mut engine = Engine::default();
    engine.handle(Request::NewWorkspace { id: "w".into(), name: "Test".into(), zone: "UTC".into(), sample: false });
    for &place in order {
        add(&mut engine, &exports[place]);
    }
    let text = engine.report_json(&Query::default(), None).unwrap();
    let mut report: serde_json::Value = serde_json::from_str(&text).unwrap();
    report["sources"].take();
    match engine.handle(Request::Changes) {
        Response::Changes(changes) => (report, changes),
        other => panic!("{other:?}"),
    }
}

fn states() -> impl Strategy<Value = Vec<State>> {
    let state = prop_oneof![1 => Just(None), 6 => (0..4_usize, 1..9_u8, 1..4_u8).prop_map(Some)];
    prop::collection::vec(state, 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn neither_order_nor_repetition_matters(
        months in prop::collection::vec(states(), 2..5),
        order in Just((0..4_usize).collect::<Vec<_>>()).prop_shuffle(),
        again in 0..4_usize,
    ) {
        let exports: Vec<_> = months.iter().enumerate().map(|(month, states)| export(month, states))
            // An export without a row is no export.
            .filter(|(_, bytes)| bytes.len() > HEADER.len()).collect();
        prop_assume!(!exports.is_empty());
        let straight: Vec<usize> = (0..exports.len()).collect();
        let mut shuffled: Vec<usize> = order.into_iter().filter(|&place| place < exports.len()).collect();
        shuffled.push(again % exports.len());
        prop_assert_eq!(told(&exports, &straight), told(&exports, &shuffled));
    }

    #[test]
    fn a_summary_accounts_for_every_item(earlier in states(), later in states()) {
        let exports = [export(0, &earlier), export(1, &later)];
        prop_assume!(exports.iter().all(|(_, bytes)| bytes.len() > HEADER.len()));
        let (_, changes) = told(&exports, &[0, 1]);
        let held = |states: &[State]| states.iter().filter(|state| state.is_some()).count();
        let both = earlier.iter().zip(&later).filter(|(a, b)| a.is_some() && b.is_some()).count();
        if let [summary] = &changes[..] {
            prop_assert_eq!(summary.new.items.len(), held(&later) - both);
            prop_assert_eq!(summary.vanished.items.len(), held(&earlier) - both);
            prop_assert_eq!(summary.changed.items.len() as u64 + summary.unchanged, both as u64);
        } else {
            // Less than half of the earlier items: another question, not a later answer.
            prop_assert!(both * 2 < held(&earlier));
        }
    }
}
