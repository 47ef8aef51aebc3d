//! Tables that no importer knows: what is asked, what is guessed, and what a mapping makes of them.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use throughline::importers::{
    ImportError, ImportJob, ImportSettings, Imported, Mapping, Preview, TableSample, mapped_fields,
};
use throughline::model::{Calendar, CategoryField, ListField, MomentField, NumberField, TextField, iso_from_day};

const TABLE: &str = "Made with care,,,,,\n\
    Ticket,Task name,Task status,Owner,Opened,Done,Effort,Round\n\
    K-1,Oil the chain,finished,Ann Lee <ann@example.org>,2026-01-05,2026-01-09,\"2,5\",R1\n\
    K-2,True the wheel,doing,Bo,2026-01-06,,1,\"R1, R2\"\n\
    K-3,\"Fit, then test\",open,,2026-01-07,,,R2\n";

fn import(text: &str, settings: ImportSettings) -> Result<Imported, ImportError> {
    let mut job = ImportJob::new("bicycles.csv", settings);
    job.push(text.as_bytes())?;
    job.finish()
}

fn asked(text: &str) -> TableSample {
    match import(text, ImportSettings::new(Calendar::default())) {
        Err(ImportError::Unknown { table: Some(table), .. }) => *table,
        other => panic!("no question about the columns: {other:?}"),
    }
}

fn field<'a>(mapping: &'a Mapping, sample: &TableSample, header: &str) -> Option<&'a str> {
    let place = sample.columns.iter().position(|column| column.header == header).unwrap() as u32;
    mapping.columns.iter().find(|(known, _)| *known == place).map(|(_, field)| field.as_str())
}

#[test]
fn an_unknown_table_is_asked_about_with_its_first_cells() {
    let sample = asked(TABLE);
    assert_eq!(sample.columns.len(), 8);
    assert_eq!(sample.columns[0].cells, ["K-1", "K-2", "K-3"]);
    assert_eq!(sample.columns[6].cells, ["2,5", "1"]);
}

#[test]
fn columns_are_guessed_by_name_and_never_against_their_cells() {
    let sample = asked(TABLE);
    let mapping = sample.guess.clone();
    for (header, expected) in [
        ("Ticket", Some("key")),
        ("Task name", Some("title")),
        ("Task status", Some("status")),
        ("Owner", Some("assignee")),
        ("Opened", Some("created")),
        ("Done", Some("resolved")),
        ("Effort", Some("points")),
        ("Round", None),
    ] {
        assert_eq!(field(&mapping, &sample, header), expected, "{header}");
    }
    // A column of words called "Done" is no date.
    let words = asked("Ticket,Name,Done\nK-1,a,yes\nK-2,b,no\n");
    assert_eq!(field(&words.guess, &words, "Done"), None);
}

#[test]
fn cells_speak_against_names_and_for_fields() {
    let text = "repo_name,id,task,issue_kind,createdAt,finished_date,cycle_time_days,timespent,time_spent,tester_active_status,labels,assignee_id\n\
        Bakery,11,501,Sub-task,2026-01-05,2026-01-09,4,3600.0,3600.0,True,\"['oven', 'salt']\",ann\n\
        Bakery,12,502,Bug,2026-01-06,2026-01-10,4,7200.0,7200.0,False,,bo\n\
        Bakery,13,503,Task,2026-01-07,,,10.0,86400.0,True,[],bo\n";
    let sample = asked(text);
    for (header, expected) in [
        ("repo_name", None),
        ("id", Some("key")),
        ("task", None),
        ("issue_kind", Some("type")),
        ("createdAt", Some("created")),
        ("finished_date", Some("resolved")),
        ("cycle_time_days", None),
        ("time_spent", None),
        ("tester_active_status", None),
        ("labels", Some("label")),
        ("assignee_id", Some("assignee")),
    ] {
        assert_eq!(field(&sample.guess, &sample, header), expected, "{header}");
    }
    let settings = ImportSettings { mappings: vec![sample.guess], ..ImportSettings::new(Calendar::default()) };
    let dataset = import(text, settings).unwrap().dataset;
    assert_eq!(dataset.list(ListField::Label).texts_of(0).collect::<Vec<_>>(), ["oven", "salt"]);
}

#[test]
fn columns_in_other_languages_and_without_telling_names_are_guessed() {
    let sample = asked(
        "Ref;What;Wo;Angelegt am;Fertig am;Aufwand\nX-1;Tür streichen;erledigt;03.01.2024;09.01.2024;3,5\n\
         X-2;Dach decken;offen;04.01.2024;;1,0\nX-3;Keller;in Arbeit;05.02.2024;;2,0\n",
    );
    let expected = [
        ("Ref", "key"),
        ("What", "title"),
        ("Wo", "status"),
        ("Angelegt am", "created"),
        ("Fertig am", "resolved"),
        ("Aufwand", "points"),
    ];
    for (header, id) in expected {
        assert_eq!(field(&sample.guess, &sample, header), Some(id), "{header}");
    }
}

#[test]
fn a_named_table_becomes_items() {
    let sample = asked(TABLE);
    let mut mapping = sample.guess;
    mapping.columns.push((7, "sprint".into()));
    let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::new(Calendar::default()) };
    let imported = import(TABLE, settings).unwrap();
    let Imported { dataset, report } = &imported;
    assert_eq!((report.rows_read, report.kept, dataset.len()), (3, 3, 3));
    assert_eq!(report.format, "mapped-table");
    assert_eq!(dataset.text(TextField::Title).get(2), "Fit, then test");
    assert_eq!(dataset.category(CategoryField::Assignee).get(0), "Ann Lee");
    assert_eq!(dataset.number(NumberField::Points)[0].to_bits(), 2.5_f64.to_bits());
    let day = dataset.moment(MomentField::Resolved)[0].div_euclid(86_400_000) as i32;
    assert_eq!(iso_from_day(day), "2026-01-09");
    assert_eq!(dataset.list(ListField::Sprint).texts_of(1).collect::<Vec<_>>(), ["R1", "R2"]);

    let preview = Preview::of(&imported);
    assert_eq!((preview.rows, preview.items, preview.finished, preview.created), (3, 3, 1, 3));
    assert_eq!((preview.done, preview.in_sprint, preview.estimated), (1, 3, 2));
}

#[test]
fn without_keys_the_title_names_the_item() {
    let text = "Name,State\nPaint,open\nSand,done\n";
    let settings = ImportSettings { mappings: vec![asked(text).guess], ..ImportSettings::new(Calendar::default()) };
    let dataset = import(text, settings).unwrap().dataset;
    assert_eq!((dataset.key(0), dataset.key(1)), ("Paint", "Sand"));
}

#[test]
fn a_mapping_for_another_header_is_not_used() {
    let mapping = Mapping { signature: "another".into(), columns: vec![(0, "key".into())] };
    let settings = ImportSettings { mappings: vec![mapping], ..ImportSettings::new(Calendar::default()) };
    assert!(matches!(import(TABLE, settings), Err(ImportError::Unknown { table: Some(_), .. })));
}

#[test]
fn a_mapping_without_key_and_title_is_refused_with_the_next_step() {
    let sample = asked(TABLE);
    let mapping = Mapping { signature: sample.signature, columns: vec![(2, "status".into())] };
    let settings = ImportSettings {
        mappings: vec![mapping],
        format: Some("mapped-table".into()),
        ..ImportSettings::new(Calendar::default())
    };
    let error = import(TABLE, settings).unwrap_err().to_string();
    assert!(error.contains("Say which column holds the key"), "{error}");
}

#[test]
fn every_field_is_offered_once_with_a_title() {
    let mut ids: Vec<&str> = mapped_fields().map(|field| field.id).collect();
    assert!(mapped_fields().all(|field| !field.title.is_empty() && !field.kind.is_empty()));
    ids.sort_unstable();
    assert!(ids.windows(2).all(|pair| pair[0] != pair[1]));
    let mut titles: Vec<&str> = mapped_fields().map(|field| field.title).collect();
    titles.sort_unstable();
    assert!(titles.windows(2).all(|pair| pair[0] != pair[1]), "{titles:?}");
}

const LINEAR: &str = "ID,Team,Title,Description,Status,Estimate,Priority,Project ID,Project,Creator,Assignee,Labels,Cycle Number,Cycle Name,Cycle Start,Cycle End,Created,Updated,Started,Triaged,Completed,Canceled,Archived,Due Date,Parent issue\n\
    BIKE-1,Bike,Oil the chain,,Done,2,High,,,Ann,Ann,,1,Cycle 1,,,2026-01-05T08:00:00.000Z,2026-01-06T08:00:00.000Z,,,2026-01-09T08:00:00.000Z,,,2026-03-03,\n\
    BIKE-2,Bike,True the wheel,,Todo,1,Low,,,Ann,Bo,,1,Cycle 1,,,2026-01-05T08:00:00.000Z,2026-01-06T08:00:00.000Z,,,,,,2026-03-04,\n";

fn with(mappings: Vec<Mapping>, ask_columns: bool) -> ImportSettings {
    ImportSettings { mappings, ask_columns, ..ImportSettings::new(Calendar::default()) }
}

fn asked_again(mappings: Vec<Mapping>) -> (TableSample, Option<String>, bool) {
    match import(LINEAR, with(mappings, true)) {
        Err(ImportError::ColumnsAsked { table, format, named }) => (*table, format, named),
        other => panic!("no question about the columns: {other:?}"),
    }
}

#[test]
fn the_columns_of_a_recognised_file_can_be_named_and_that_wins_until_it_is_forgotten() {
    let read = |settings| import(LINEAR, settings).unwrap();
    let own = read(with(Vec::new(), false));
    assert_eq!(own.report.format, "linear-csv");
    let (sample, format, named) = asked_again(Vec::new());
    assert_eq!((format.as_deref(), named), (Some(own.report.format_title.as_str()), false));

    // The team keeps its hours in Estimate and its plan in Due Date.
    let place = |header: &str| sample.columns.iter().position(|column| column.header == header).unwrap() as u32;
    let columns = [("ID", "key"), ("Title", "title"), ("Estimate", "logged-hours"), ("Due Date", "resolved")];
    let columns = columns.map(|(header, field)| (place(header), field.to_owned())).to_vec();
    let mapping = Mapping { signature: sample.signature.clone(), columns };
    let mapped = read(with(vec![mapping.clone()], false));
    assert_eq!(mapped.report.format, "mapped-table");
    assert_eq!(mapped.report.evidence, "you named the columns of this table");
    assert_eq!(mapped.dataset.number(NumberField::LoggedHours), [2.0, 1.0]);
    assert!(own.dataset.number(NumberField::LoggedHours).iter().all(|hours| hours.is_nan()));

    // Asked again, what was named is filled in; without the mapping the file is what it was.
    let (again, format, named) = asked_again(vec![mapping.clone()]);
    assert_eq!((again.guess, format.is_some(), named), (mapping, true, true));
    assert_eq!(read(with(Vec::new(), false)), own);
}

#[test]
fn a_mapping_of_another_table_changes_nothing() {
    let other = asked(TABLE).guess;
    let plain = import(LINEAR, with(Vec::new(), false)).unwrap();
    assert_eq!(import(LINEAR, with(vec![other], false)).unwrap(), plain);
}

#[test]
fn what_is_no_table_says_so_when_its_columns_are_asked_for() {
    assert_eq!(import("One line of words.\n", with(Vec::new(), true)), Err(ImportError::NoTable));
}
