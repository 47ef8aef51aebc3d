//! The other files of the sample: plain tables about the same three teams, told from the items that they finished.

mod delivery;
mod money;
mod people;
mod watch;

use super::item::{Item, Project};
use super::story;

/// A team with its project, its items and the service that it runs.
pub(super) struct Crew {
    pub(super) project: Project,
    pub(super) items: Vec<Item>,
    pub(super) service: &'static str,
}

/// The services, in the order of the teams.
pub(super) const SERVICES: [&str; 3] = ["booking-web", "payments", "port-ops"];

/// A file and what writes it.
type Maker = (&'static str, fn(&[Crew]) -> Vec<u8>);

/// In the order in which they are imported.
const MAKERS: &[Maker] = &[
    ("deployments.csv", delivery::deployments),
    ("changes.csv", delivery::changes),
    ("incidents.csv", watch::incidents),
    ("uptime.csv", watch::uptime),
    ("capacity.csv", people::capacity),
    ("time-off.csv", people::time_off),
    ("holidays.csv", people::holidays),
    ("work-log.csv", people::work_log),
    ("code-measures.csv", money::code_measures),
    ("costs.csv", money::costs),
    ("risks.csv", money::risks),
];

/// The file of a name.
pub(super) fn file(name: &str, crews: &[Crew]) -> Option<Vec<u8>> {
    MAKERS.iter().find(|(known, _)| *known == name).map(|(_, make)| make(crews))
}

/// Lines of a table: texts with commas are quoted.
pub(super) struct Table(Vec<u8>);

impl Table {
    pub(super) fn new(header: &str) -> Self {
        Self(format!("{header}\n").into_bytes())
    }

    pub(super) fn row(&mut self, cells: &[&str]) {
        for (place, cell) in cells.iter().enumerate() {
            if place > 0 {
                self.0.push(b',');
            }
            if cell.contains([',', '"']) {
                self.0.extend_from_slice(format!("\"{}\"", cell.replace('"', "\"\"")).as_bytes());
            } else {
                self.0.extend_from_slice(cell.as_bytes());
            }
        }
        self.0.push(b'\n');
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// The first day of the story and the day of the export.
const DAYS: (i32, i32) = (story::FIRST_DAY, story::EXPORT_DAY);

#[cfg(test)]
mod tests {
    use super::MAKERS;
    use crate::sample::{SAMPLE_FILE_NAME, SAMPLE_FILES};

    #[test]
    fn every_file_of_the_sample_has_a_maker() {
        let made: Vec<&str> = std::iter::once(SAMPLE_FILE_NAME).chain(MAKERS.iter().map(|(name, _)| *name)).collect();
        assert_eq!(SAMPLE_FILES, made);
    }
}
