//! Which columns of the file feed which field.

use super::headers::Holds;
use super::layout::Layout;
use crate::importers::csv::CellMemory;
use crate::importers::dates::DateColumn;
use crate::importers::numbers::NumberColumn;
use crate::model::{CategoryField, ListField, MomentField, NumberField};

/// A field and the columns it is read from; of several, the first with a value counts.
#[derive(Debug)]
pub(super) struct Source<Field> {
    pub(super) field: Field,
    pub(super) columns: Vec<usize>,
    pub(super) memory: CellMemory,
}

impl<Field> Source<Field> {
    fn new(field: Field, columns: Vec<usize>) -> Self {
        Self { field, columns, memory: CellMemory::new() }
    }
}

/// A date column with its place in the file. Of several sources of one field the first with any value is taken.
#[derive(Debug)]
pub(super) struct DateSource {
    pub(super) field: MomentField,
    pub(super) columns: Vec<usize>,
    pub(super) values: DateColumn,
}

/// A number column with its place in the file. Of several sources of one field the one with most values is taken.
#[derive(Debug)]
pub(super) struct NumberSource {
    pub(super) field: NumberField,
    pub(super) columns: Vec<usize>,
    /// A name that is not that of story points counts only where no other has a value.
    pub(super) fallback: bool,
    pub(super) values: NumberColumn,
}

/// Where every field comes from.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) key: usize,
    pub(super) title: Vec<usize>,
    pub(super) categories: Vec<Source<CategoryField>>,
    pub(super) lists: Vec<Source<ListField>>,
    pub(super) sprints: Source<ListField>,
    pub(super) dates: Vec<DateSource>,
    pub(super) numbers: Vec<NumberSource>,
    /// Columns with the key of the parent, the best first.
    pub(super) parent_keys: Source<CategoryField>,
    /// Columns with the internal id of the parent.
    pub(super) parent_ids: Vec<usize>,
    pub(super) id: Option<usize>,
}

impl Plan {
    pub(super) fn new(layout: &Layout, key: usize) -> Self {
        let columns =
            |wanted: &[Holds]| -> Vec<usize> { wanted.iter().flat_map(|holds| layout.columns(*holds)).collect() };
        let category = |field, wanted: &[Holds]| Source::new(field, columns(wanted));
        let list = |field, wanted| Source::new(field, columns(&[wanted]));
        let project = [Holds::ProjectKey, Holds::ProjectName].map(|holds| columns(&[holds]));
        let project = project.into_iter().find(|columns| !columns.is_empty()).unwrap_or_default();
        Self {
            key,
            title: columns(&[Holds::Summary]),
            categories: vec![
                category(CategoryField::Type, &[Holds::Type]),
                category(CategoryField::Status, &[Holds::Status]),
                category(CategoryField::StatusCategory, &[Holds::StatusCategory]),
                Source::new(CategoryField::Project, project),
                category(CategoryField::Priority, &[Holds::Priority]),
                category(CategoryField::Resolution, &[Holds::Resolution]),
                category(CategoryField::Assignee, &[Holds::Assignee]),
                category(CategoryField::Reporter, &[Holds::Reporter]),
                category(CategoryField::Team, &[Holds::TeamName, Holds::Team]),
            ],
            lists: vec![
                list(ListField::Label, Holds::Label),
                list(ListField::Component, Holds::Component),
                list(ListField::FixVersion, Holds::FixVersion),
                list(ListField::BlockedBy, Holds::BlockedBy),
                list(ListField::Blocks, Holds::Blocks),
            ],
            sprints: list(ListField::Sprint, Holds::Sprint),
            dates: date_sources(layout),
            numbers: number_sources(layout),
            parent_keys: category(CategoryField::Parent, &[Holds::ParentKey, Holds::EpicLink]),
            parent_ids: columns(&[Holds::Parent]),
            id: columns(&[Holds::Id]).first().copied(),
        }
    }
}

fn date_sources(layout: &Layout) -> Vec<DateSource> {
    let wanted = [
        (MomentField::Created, Holds::Created),
        (MomentField::Updated, Holds::Updated),
        (MomentField::Resolved, Holds::Resolved),
        (MomentField::StatusCategoryChanged, Holds::StatusCategoryChanged),
        (MomentField::Started, Holds::ActualStart),
        (MomentField::Started, Holds::StartDate),
        (MomentField::Due, Holds::Due),
    ];
    let source = |(field, holds)| {
        let columns = layout.columns(holds);
        let values = DateColumn::new(&layout.headers[*columns.first()?]);
        Some(DateSource { field, columns, values })
    };
    wanted.into_iter().filter_map(source).collect()
}

/// Columns with one name are one source; every name of story points is a source of its own.
fn number_sources(layout: &Layout) -> Vec<NumberSource> {
    let wanted = [
        (NumberField::Points, Holds::StoryPoints),
        (NumberField::Points, Holds::OtherPoints),
        (NumberField::OriginalEstimateHours, Holds::OriginalEstimate),
        (NumberField::RemainingHours, Holds::Remaining),
        (NumberField::LoggedHours, Holds::Logged),
    ];
    let mut sources: Vec<NumberSource> = Vec::new();
    for (field, holds) in wanted {
        for column in layout.columns(holds) {
            let header = &layout.headers[column];
            let known = sources.iter_mut().find(|source| source.field == field && source.values.header() == header);
            if let Some(source) = known {
                source.columns.push(column);
            } else {
                let values = NumberColumn::new(header);
                let fallback = holds == Holds::OtherPoints;
                sources.push(NumberSource { field, columns: vec![column], fallback, values });
            }
        }
    }
    sources
}
