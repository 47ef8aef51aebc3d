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
mod story;
mod titles;
mod truth;
mod volume;

pub use truth::{Completed, Fate, Member, Truth, WatchedSprint};
pub use volume::BenchExport;

/// File name of the sample.
pub const SAMPLE_FILE_NAME: &str = "throughline-sample.csv";

const SAMPLE_SEED: u64 = 2026;

/// The sample as the bytes of an export: three teams, eleven sprints (the last one running), about 420 items.
pub fn sample_export() -> Vec<u8> {
    sample_with_truth().0
}

/// The sample, and what its generator knows about it. The running sprint is the watched one.
pub fn sample_with_truth() -> (Vec<u8>, Truth) {
    let projects: Vec<item::Project> =
        product::TEAMS.iter().enumerate().map(|(place, team)| story::project(team, place)).collect();
    let mut rows: Vec<(&item::Project, item::Item)> = Vec::new();
    for (place, (team, project)) in product::TEAMS.iter().zip(&projects).enumerate() {
        let first_id = 10_000 + 2_000 * place as u64;
        let items = story::play(team, project, first_id, SAMPLE_SEED + place as u64);
        rows.extend(items.into_iter().map(|item| (project, item)));
    }
    // The tracker lists the newest first; the id decides between items of the same minute.
    rows.sort_by_key(|(_, item)| (std::cmp::Reverse(item.created), item.id));
    let (name, days) = story::running_sprint(&projects[0]);
    let mut truth = Truth::watching(name, days);
    let mut bytes = Vec::new();
    columns::write_header(&mut bytes);
    for (project, item) in rows {
        truth.count(project, &item);
        columns::write_row(&mut bytes, project, &item);
    }
    (bytes, truth)
}
