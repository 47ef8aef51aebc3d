//! Jira CSV exports, Cloud and Server/Data Center, "all fields" and "current fields".

mod finish;
mod header_names;
pub(in crate::importers) mod headers;
mod layout;
mod plan;
mod rows;
pub(in crate::importers) mod sprint;

pub(in crate::importers) use self::headers::{is_plain_story_points, is_story_points};

use self::headers::Holds;
use self::layout::Layout;
use self::plan::Plan;
use self::rows::Rows;
use super::csv::CsvScanner;
use super::{Confidence, FileHead, ImportError, ImportSettings, Imported, Importer, Reading};
use crate::model::{CategoryField, ListField, MomentField, NumberField, TextField};

/// Wider files are refused: no tracker writes them.
const MOST_COLUMNS: usize = 65_536;

/// The importer.
pub(super) static JIRA_CSV: Importer = Importer { id: "jira-csv", title: "Jira CSV export", detect, start };

fn detect(head: &FileHead<'_>) -> Confidence {
    Layout::find(head).map_or(Confidence::NONE, |layout| layout.confidence())
}

fn start(head: &FileHead<'_>, settings: &ImportSettings) -> Result<Box<dyn Reading>, ImportError> {
    let missing_key = || {
        ImportError::MissingColumn {
        column: "Issue key".into(),
        next: "Without it items cannot be told apart. In Jira, add the column \"Key\" to the list, or choose \"Export CSV (all fields)\"".into(),
    }
    };
    let layout = Layout::find(head).ok_or_else(missing_key)?;
    if layout.headers.len() > MOST_COLUMNS {
        return Err(ImportError::TooLarge {
            what: format!("its header has {} columns; up to {MOST_COLUMNS} can be read", layout.headers.len()),
            next: "Export fewer fields".into(),
        });
    }
    let key = layout.columns(Holds::Key).first().copied().ok_or_else(missing_key)?;
    let mut scanner = CsvScanner::new(layout.delimiter);
    scanner.expect_width(layout.headers.len());
    let plan = Plan::new(&layout, key);
    Ok(Box::new(JiraReading { scanner, rows: Rows::new(layout, plan, settings.clone()) }))
}

struct JiraReading {
    scanner: CsvScanner,
    rows: Rows,
}

impl Reading for JiraReading {
    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        let Self { scanner, rows } = self;
        scanner.push(chunk, &mut |record| {
            rows.add(record);
            Ok(())
        })
    }

    fn rows(&self) -> u64 {
        self.rows.report.rows_read
    }

    fn finish(self: Box<Self>) -> Result<Imported, ImportError> {
        let Self { mut scanner, mut rows } = *self;
        scanner.finish(&mut |record| {
            rows.add(record);
            Ok(())
        })?;
        finish::finish(rows)
    }
}

/// The field that a column feeds, by its id; `None` for columns that only mark a Jira export.
const fn field_id(holds: Holds) -> Option<&'static str> {
    Some(match holds {
        Holds::Key => TextField::Key.id(),
        Holds::Summary => TextField::Title.id(),
        Holds::Type => CategoryField::Type.id(),
        Holds::Status => CategoryField::Status.id(),
        Holds::StatusCategory => CategoryField::StatusCategory.id(),
        Holds::ProjectKey | Holds::ProjectName => CategoryField::Project.id(),
        Holds::Priority => CategoryField::Priority.id(),
        Holds::Resolution => CategoryField::Resolution.id(),
        Holds::Assignee => CategoryField::Assignee.id(),
        Holds::Reporter => CategoryField::Reporter.id(),
        Holds::Team | Holds::TeamName => CategoryField::Team.id(),
        Holds::ParentKey | Holds::EpicLink | Holds::Parent => CategoryField::Parent.id(),
        Holds::Created => MomentField::Created.id(),
        Holds::Updated => MomentField::Updated.id(),
        Holds::Resolved => MomentField::Resolved.id(),
        Holds::StatusCategoryChanged => MomentField::StatusCategoryChanged.id(),
        Holds::ActualStart | Holds::StartDate => MomentField::Started.id(),
        Holds::Due => MomentField::Due.id(),
        Holds::StoryPoints | Holds::OtherPoints => NumberField::Points.id(),
        Holds::OriginalEstimate => NumberField::OriginalEstimateHours.id(),
        Holds::Remaining => NumberField::RemainingHours.id(),
        Holds::Logged => NumberField::LoggedHours.id(),
        Holds::Sprint => ListField::Sprint.id(),
        Holds::Label => ListField::Label.id(),
        Holds::Component => ListField::Component.id(),
        Holds::FixVersion => ListField::FixVersion.id(),
        Holds::BlockedBy => ListField::BlockedBy.id(),
        Holds::Blocks => ListField::Blocks.id(),
        Holds::Id | Holds::Creator | Holds::Sum | Holds::CustomField => return None,
    })
}
