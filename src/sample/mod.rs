//! Made-up exports: the one-click sample of the start screen, and files of any size for benches and tests.
//!
//! Both have the shape of a Jira Cloud "all fields" CSV and go through the same importer as a file of a user. The same seed
//! and size give the same bytes on every machine. The generator also tells what it knows about the file ([`Truth`]), so that
//! the product can be checked against it.

mod clock;
mod columns;
mod item;
mod jira_json;
mod product;
mod prose;
mod random;
mod records;
mod story;
mod titles;
mod truth;
mod volume;
mod volume_records;

pub use truth::{Completed, Fate, Member, Truth, WatchedSprint};
pub use volume::BenchExport;
pub use volume_records::{BenchRecords, RecordsTruth};

/// File name of the sample.
pub const SAMPLE_FILE_NAME: &str = "throughline-sample.csv";

/// The files of the sample: the export of the tracker, then plain tables about the same teams. The page names one, and the
/// import worker makes it up.
pub const SAMPLE_FILES: &[&str] = &[
    SAMPLE_FILE_NAME,
    "deployments.csv",
    "changes.csv",
    "incidents.csv",
    "uptime.csv",
    "capacity.csv",
    "time-off.csv",
    "holidays.csv",
    "work-log.csv",
    "code-measures.csv",
    "costs.csv",
    "risks.csv",
];

const SAMPLE_SEED: u64 = 2026;

/// A file of the sample by its name; `None` when it has no such file.
pub fn sample_file(name: &str) -> Option<Vec<u8>> {
    if name == SAMPLE_FILE_NAME { Some(sample_export()) } else { records::file(name, &crews()) }
}

/// The teams with everything they did.
fn crews() -> Vec<records::Crew> {
    let teams = product::TEAMS.iter().zip(records::SERVICES).enumerate();
    teams
        .map(|(place, (team, service))| {
            let project = story::project(team, place);
            let items = story::play(team, &project, 10_000 + 2_000 * place as u64, SAMPLE_SEED + place as u64);
            records::Crew { project, items, service }
        })
        .collect()
}

/// The sample as the bytes of an export: three teams, eleven sprints (the last one running), about 420 items.
pub fn sample_export() -> Vec<u8> {
    sample_with_truth().0
}

/// The sample, and what its generator knows about it. The running sprint is the watched one.
pub fn sample_with_truth() -> (Vec<u8>, Truth) {
    let crews = crews();
    let mut rows: Vec<(&item::Project, &item::Item)> =
        crews.iter().flat_map(|crew| crew.items.iter().map(|item| (&crew.project, item))).collect();
    // The tracker lists the newest first; the id decides between items of the same minute.
    rows.sort_by_key(|(_, item)| (std::cmp::Reverse(item.created), item.id));
    let (name, days) = story::running_sprint(&crews[0].project);
    let mut truth = Truth::watching(name, days);
    let mut bytes = Vec::new();
    columns::write_header(&mut bytes);
    for (project, item) in rows {
        truth.count(project, item);
        columns::write_row(&mut bytes, project, item);
    }
    (bytes, truth)
}
