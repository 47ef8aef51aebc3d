//! Our plain tables complete each other: iterations date the sprints of items, a history joins the items it tells of.
#![allow(clippy::expect_used, reason = "a test may stop at the first surprise")]

use throughline::importers::{FileHead, IMPORTERS, ImportJob, ImportSettings};
use throughline::model::{
    Calendar, CategoryField, Dataset, ListField, RecordKind, TextField, decode_dataset, encode_dataset, merge_layers,
};

fn read(text: &str) -> Dataset {
    let settings = ImportSettings::new(Calendar::default());
    let mut job = ImportJob::new("plain.csv", settings);
    job.push(text.as_bytes()).expect("readable");
    let dataset = job.finish().expect("a plain table").dataset;
    // What is merged was stored in between.
    decode_dataset(&encode_dataset(&dataset)).expect("stored")
}

const ITEMS: &str = "key,title,type,status,created,sprint\n\
    TOY-1,Sand the blocks,Story,Done,2026-01-05,Week 1\n\
    TOY-2,Oil the blocks,Story,Doing,2026-01-06,Week 2\n";
const ITERATIONS: &str = "name,start,end\nWeek 2,2026-01-12,2026-01-16\nWeek 1,2026-01-05,2026-01-09\nWeek 1,2026-01-05,2026-01-09\nNever used,2026-02-02,2026-02-06\n";
const HISTORY: &str = "key,at,from,to\nTOY-2,2026-01-13T10:00:00Z,To do,Doing\nTOY-1,2026-01-08T10:00:00Z,Doing,Done\nTOY-1,2026-01-06T10:00:00Z,To do,Doing\n";

#[test]
fn iterations_date_the_sprints_of_other_files() {
    let (items, iterations) = (read(ITEMS), read(ITERATIONS));
    assert!(iterations.is_empty());
    for layers in [[&items, &iterations], [&iterations, &items]] {
        let merged = merge_layers(&layers).0;
        let sprints = merged.list(ListField::Sprint);
        let window = |name: &str| {
            let code = sprints.find(name).expect("a sprint") as usize;
            merged.iteration_dates[code].window().map(|window| (window.start, window.end))
        };
        let day = 86_400_000;
        let first = 20_458 * day; // 2026-01-05
        assert_eq!(window("Week 1"), Some((first, first + 5 * day)), "its last day is included");
        assert_eq!(window("Week 2"), Some((first + 7 * day, first + 12 * day)));
        assert_eq!(sprints.find("Never used"), None, "no item names it");
        assert_eq!(merged.records(RecordKind::Iteration).map(throughline::model::Records::len), Some(3));
    }
}

#[test]
fn a_status_history_joins_its_items_and_wipes_nothing() {
    let (items, history) = (read(ITEMS), read(HISTORY));
    for layers in [[&items, &history], [&history, &items]] {
        let merged = merge_layers(&layers).0;
        let item = (0..merged.len()).find(|&item| merged.key(item) == "TOY-1").expect("the item");
        assert_eq!(merged.text(TextField::Title).get(item), "Sand the blocks");
        assert_eq!(merged.category(CategoryField::Status).get(item), "Done");
        assert_eq!(merged.category(CategoryField::Project).get(item), "TOY");
        let moves: Vec<_> = merged.history.of_item(item).map(|change| change.to.to_owned()).collect();
        assert_eq!(moves, ["Doing", "Done"]);
    }
}

#[test]
fn a_table_of_days_is_no_table_of_stages() {
    let best = |text: &str| {
        let head = FileHead { name: "table.csv", text, complete: true };
        let sure = IMPORTERS.iter().filter(|importer| (importer.detect)(&head).score >= 50);
        sure.map(|importer| importer.id).collect::<Vec<_>>()
    };
    assert_eq!(best("ID,Link,Title,Ready,Done\nA-1,,One,2026-01-05,2026-01-07\n"), ["stage-dates-csv"]);
    for text in [
        "ID,Link,Title,Created,Closed\nA-1,,One,2026-01-05,2026-01-07\n",
        "ID,Title,Owner,Ready,Done\nA-1,One,Ada,2026-01-05,2026-01-07\n",
        "ID,Title,Ready\nA-1,One,2026-01-05\n",
        "name,start,end,price\nTent,2026-01-05,2026-01-07,12\n",
        "key,from,to\nA-1,To do,Done\n",
        "Title,URL,Status\nOne,https://example.org/one,Done\n",
        "Name,Status\nOne,Done\n",
    ] {
        assert_eq!(best(text), Vec::<&str>::new(), "{text}");
    }
}
