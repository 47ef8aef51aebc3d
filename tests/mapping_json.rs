//! JSON that no importer knows: read as a table whose columns are the paths of its objects.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use throughline::importers::{ImportError, ImportJob, ImportSettings, Imported, Mapping, TableSample};
use throughline::model::{Calendar, CategoryField, ListField, MomentField, NumberField, TextField, iso_from_day};

const CARDS: &str = r#"{"board": "Kitchen", "page": {"next": null}, "cards": [
  {"ref": "K-1", "about": {"title": "Oil the \"hinge\", twice", "state": {"name": "done"}}, "createdAt": "2026-01-05T08:00:00Z",
   "owner": {"id": 7, "login": "ann"}, "effort": 2.5, "tags": ["door", "metal"], "helpers": [{"login": "bo"}, {"login": "cy"}]},
  {"ref": "K-2", "about": {"title": "\"Quoted\"", "state": {"name": "doing"}}, "createdAt": "2026-01-06T08:00:00Z",
   "owner": null, "effort": null, "tags": [], "extra": {"note": "x"}},
  "not an object",
  {"ref": "K-3", "about": {"title": "Two\nlines", "state": {"name": "open"}}, "createdAt": "soon", "owner": {"id": 8, "login": "bo"}}
]}"#;

fn import(text: &str, settings: ImportSettings, chunk: usize) -> Result<Imported, ImportError> {
    let mut job = ImportJob::new("cards.json", settings);
    for part in text.as_bytes().chunks(chunk) {
        job.push(part)?;
    }
    job.finish()
}

fn plain() -> ImportSettings {
    ImportSettings::new(Calendar::default())
}

fn asked(text: &str) -> TableSample {
    match import(text, plain(), 1000) {
        Err(ImportError::Unknown { table: Some(table), .. }) => *table,
        other => panic!("no question about the columns: {other:?}"),
    }
}

fn headers(sample: &TableSample) -> Vec<&str> {
    sample.columns.iter().map(|column| column.header.as_str()).collect()
}

/// The sample's guess with some columns named by hand.
fn mapping(sample: &TableSample, named: &[(&str, &str)]) -> Mapping {
    let mut mapping = sample.guess.clone();
    for (header, field) in named {
        let place = sample.columns.iter().position(|column| column.header == *header).unwrap() as u32;
        mapping.columns.retain(|(known, _)| *known != place);
        mapping.columns.push((place, (*field).to_owned()));
    }
    mapping
}

fn guessed<'a>(sample: &'a TableSample, header: &str) -> Option<&'a str> {
    let place = sample.columns.iter().position(|column| column.header == header).unwrap() as u32;
    sample.guess.columns.iter().find(|(known, _)| *known == place).map(|(_, field)| field.as_str())
}

#[test]
fn the_paths_of_the_objects_are_the_columns() {
    let sample = asked(CARDS);
    assert_eq!(
        headers(&sample),
        [
            "createdAt",
            "effort",
            "owner",
            "ref",
            "tags",
            "about.title",
            "extra.note",
            "owner.id",
            "owner.login",
            "about.state.name",
            "helpers[].login"
        ]
    );
    assert_eq!(sample.columns[4].cells, ["door\nmetal"]);
    assert_eq!(sample.columns[9].cells, ["done", "doing", "open"]);
}

#[test]
fn members_that_name_an_object_stand_for_it() {
    let sample = asked(CARDS);
    for (header, expected) in [
        ("about.title", Some("title")),
        ("about.state.name", Some("status")),
        ("owner.login", Some("assignee")),
        ("owner.id", None),
        ("effort", Some("points")),
        ("tags", Some("label")),
        ("helpers[].login", None),
    ] {
        assert_eq!(guessed(&sample, header), expected, "{header}");
    }
}

#[test]
fn named_paths_become_items_in_chunks_of_any_size() {
    let sample = asked(CARDS);
    let named = mapping(&sample, &[("ref", "key"), ("createdAt", "created")]);
    let settings = ImportSettings { mappings: vec![named], ..plain() };
    for chunk in [1, 13, 100_000] {
        let Imported { dataset, report } = import(CARDS, settings.clone(), chunk).unwrap();
        assert_eq!((report.format.as_str(), report.rows_read, report.kept), ("mapped-table", 4, 3));
        assert_eq!((report.refused.len(), report.refused[0].line), (1, 6));
        assert_eq!(report.warning_counts, [("not-a-date".to_owned(), 1)]);
        assert_eq!((report.warnings[0].line, report.warnings[0].value.as_str()), (7, "soon"));
        let titles: Vec<&str> = dataset.text(TextField::Title).iter().collect();
        assert_eq!(titles, ["Oil the \"hinge\", twice", "\"Quoted\"", "Two\nlines"]);
        assert_eq!(dataset.category(CategoryField::Status).get(1), "doing");
        assert_eq!(dataset.category(CategoryField::Assignee).get(2), "bo");
        assert_eq!(dataset.number(NumberField::Points)[0].to_bits(), 2.5_f64.to_bits());
        assert_eq!(dataset.list(ListField::Label).texts_of(0).collect::<Vec<_>>(), ["door", "metal"]);
        let day = dataset.moment(MomentField::Created)[0].div_euclid(86_400_000) as i32;
        assert_eq!(iso_from_day(day), "2026-01-05");
        let not_used: Vec<&str> = report
            .columns
            .iter()
            .filter(|column| column.field.is_none())
            .map(|column| column.header.as_str())
            .collect();
        assert_eq!(not_used, ["owner", "extra.note", "owner.id", "helpers[].login"]);
    }
}

#[test]
fn arrays_lines_and_inner_arrays_are_asked_about_alike() {
    let rows = [r#"{"no": "A-1", "name": "Paint"}"#, r#"{"no": "A-2", "name": "Sand"}"#];
    for text in [
        format!("[{}]", rows.join(",")),
        rows.join("\n"),
        format!("{{\"result\": {{\"found\": 2, \"things\": [{}]}}}}", rows.join(",\n")),
    ] {
        let sample = asked(&text);
        assert_eq!(headers(&sample), ["name", "no"], "{text}");
        let settings = ImportSettings { mappings: vec![sample.guess], ..plain() };
        let dataset = import(&text, settings, 7).unwrap().dataset;
        assert_eq!((dataset.key(0), dataset.text(TextField::Title).get(1)), ("A-1", "Sand"), "{text}");
    }
}

#[test]
fn what_is_no_list_of_objects_is_refused_in_words() {
    for text in [
        r#"{"things": []}"#,
        r#"{"a": 1, "b": {"c": 2}}"#,
        "[1, 2, 3]",
        r#"[[{"a": 1, "b": 2}]]"#,
        r#"[{"only": 1}, {"only": 2}]"#,
        r#"{"left": [{"a": 1, "b": 2}], "right": [{"a": 1, "b": 2}]}"#,
    ] {
        match import(text, plain(), 100) {
            Err(ImportError::WrongKind { .. } | ImportError::Unknown { table: None, .. }) => {}
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn the_order_of_keys_does_not_ask_again() {
    let sample = asked(r#"[{"no": "A-1", "name": "Paint"}, {"no": "A-2", "name": "Sand"}]"#);
    let settings = ImportSettings { mappings: vec![sample.guess], ..plain() };
    let dataset =
        import(r#"[{"name": "Glue", "no": "A-3"}, {"name": "Saw", "no": "A-4"}]"#, settings, 100).unwrap().dataset;
    assert_eq!((dataset.key(0), dataset.text(TextField::Title).get(0)), ("A-3", "Glue"));
}

#[test]
fn a_path_that_comes_late_is_listed_as_not_used() {
    let row = |row: u32| format!("{{\"no\": \"B-{row}\", \"name\": \"Plank {row}\"}}");
    let rows: Vec<String> = (0..3000).map(row).collect();
    let mut text = rows.join("\n");
    text.push('\n');
    text.push_str("{\"no\": \"B-3000\", \"name\": \"Plank\", \"late\": {\"word\": \"yes\"}}\n");
    let settings = ImportSettings { mappings: vec![asked(&text).guess], ..plain() };
    let report = import(&text, settings, 4096).unwrap().report;
    assert_eq!(report.kept, 3001);
    let late = report.columns.iter().find(|column| column.header == "late.word").unwrap();
    assert_eq!((late.field.as_deref(), late.filled), (None, 1));
}

#[test]
fn a_beginning_can_be_looked_at() {
    let settings = ImportSettings { format: Some("mapped-table".into()), ..plain() };
    let row = |row: u32| format!("{{\"no\": \"C-{row}\", \"name\": \"Brick {row}\"}}");
    let rows: Vec<String> = (0..10_000).map(row).collect();
    let text = format!("[{}]", rows.join(","));
    let mut job = ImportJob::new("bricks.json", settings.clone());
    job.push(&text.as_bytes()[..200_000]).unwrap();
    let Imported { dataset, report } = job.finish_beginning().unwrap();
    assert!(dataset.len() > 4000 && report.refused.is_empty(), "{}", dataset.len());
    // The same bytes as a whole file are a damaged one.
    assert!(matches!(import(&text[..200_000], settings, 4096), Err(ImportError::Damaged { .. })));
}
