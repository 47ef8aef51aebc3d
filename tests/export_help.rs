//! The help on exports promises what a file adds: each promise is held against a file of that format.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use throughline::engine::{Need, Sight, sight_with};
use throughline::importers::{ImportJob, ImportSettings, export_help};
use throughline::model::{
    Calendar, ChangeField, Dataset, Edits, LifeCycle, ListField, MomentField, NO_MOMENT, NumberField, PreparedDataset,
    RecordKind,
};

/// The help on exports says what a file adds by the names of needs and of kinds of records.
#[test]
fn what_is_needed_and_what_exports_add_have_the_same_names() {
    let kinds = RecordKind::ALL.iter().map(|kind| kind.id());
    let known: Vec<&str> = Need::ALL.iter().map(|need| need.id()).chain(kinds).collect();
    let help = export_help();
    for one in &help {
        let unknown: Vec<&String> = one.adds.iter().filter(|id| !known.contains(&id.as_str())).collect();
        assert!(unknown.is_empty(), "{} adds {unknown:?}, which nothing needs", one.title);
    }
    for need in Need::ALL {
        let id = need.id();
        assert!(help.iter().any(|one| one.adds.iter().any(|added| added == id)), "no export adds {id}");
    }
}

/// Our own files of a format.
fn files_of(format: &str) -> Vec<PathBuf> {
    let folder = Path::new("tests/exports").join(format);
    let Ok(cases) = std::fs::read_dir(folder) else { return Vec::new() };
    cases.flatten().flat_map(|case| std::fs::read_dir(case.path()).unwrap().flatten()).map(|file| file.path()).collect()
}

fn read(format: &str, path: &Path) -> Dataset {
    let settings = ImportSettings { format: Some(format.to_owned()), ..ImportSettings::new(Calendar::default()) };
    let mut job = ImportJob::new(&path.file_name().unwrap().to_string_lossy(), settings);
    job.push(&std::fs::read(path).unwrap()).unwrap();
    job.finish().unwrap().dataset
}

fn life(dataset: &Dataset) -> LifeCycle {
    PreparedDataset::new(Arc::new(dataset.clone()), Calendar::default(), &Edits::default()).life
}

fn tells(dataset: &Dataset, id: &str) -> bool {
    let dated = |field| dataset.moment(field).iter().any(|&moment| moment != NO_MOMENT);
    let Some(need) = Need::ALL.into_iter().find(|need| need.id() == id) else {
        return RecordKind::ALL.iter().any(|kind| kind.id() == id && dataset.records(*kind).is_some());
    };
    match need {
        Need::Items => !dataset.is_empty(),
        Need::CreatedDates => dated(MomentField::Created),
        // A status history tells both.
        Need::StartDates => dated(MomentField::Started) || life(dataset).started_at.iter().any(|&at| at != NO_MOMENT),
        Need::FinishDates => life(dataset).finished_at.iter().any(|&at| at != NO_MOMENT),
        Need::SprintNames => dataset.list(ListField::Sprint).values().len() > 1,
        Need::SprintDates => dataset.iteration_dates.iter().any(|dates| dates.window().is_some()),
        Need::SprintHistory => (0..dataset.len())
            .any(|item| dataset.history.of_item(item).any(|change| change.field == ChangeField::Sprint)),
        Need::StatusHistory => dataset.history.tells(ChangeField::Status),
        Need::Records(kind) => dataset.records(kind).is_some(),
        Need::Points => dataset.number(NumberField::Points).iter().any(|points| !points.is_nan()),
    }
}

#[test]
fn files_hold_what_the_help_says_that_they_add() {
    let mut broken = Vec::new();
    for help in export_help() {
        let datasets: Vec<Dataset> = help
            .formats
            .iter()
            .flat_map(|format| files_of(format).into_iter().map(|path| read(format, &path)).collect::<Vec<_>>())
            .collect();
        assert!(!datasets.is_empty(), "{} has no file of ours", help.title);
        let missing: Vec<&String> =
            help.adds.iter().filter(|id| !datasets.iter().any(|dataset| tells(dataset, id))).collect();
        if !missing.is_empty() {
            broken.push(format!("{} does not add {missing:?}", help.title));
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

#[test]
fn what_can_be_seen_with_an_export_is_known_before_it_is_made() {
    use Sight::{Computed, Estimated, NotComputable};
    let help = export_help();
    let metrics = ["burndown", "velocity", "throughput", "cycle-time", "lead-time"];
    let expected = [
        ("Jira Cloud: CSV", [Estimated, Estimated, Computed, Computed, Computed]),
        ("Jira: JSON with the history (REST)", [Computed; 5]),
        ("Jira: the sprints of a board (REST)", [NotComputable; 5]),
        ("Trello", [NotComputable, Estimated, Computed, Computed, Computed]),
        ("Linear", [Estimated, Estimated, Computed, Computed, Computed]),
        ("PagerDuty", [NotComputable; 5]),
    ];
    for (title, sights) in expected {
        let one = help.iter().find(|help| help.title == title).unwrap();
        assert_eq!(metrics.map(|metric| sight_with(metric, &one.adds)), sights, "{title}");
    }
}
