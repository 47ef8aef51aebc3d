//! What the first rows of a file would give the views, while its columns are still being named.

use serde::{Deserialize, Serialize};

use super::Imported;
use crate::model::{
    CategoryField, ListField, MomentField, NO_MOMENT, NumberField, StatusCategory, StatusMap, TextField,
};

/// Titles shown.
const TITLES: usize = 3;

/// Counts over the first rows of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Preview {
    /// Rows looked at.
    pub rows: u64,
    /// Work items in them.
    pub items: u64,
    /// Items whose status counts as done.
    pub done: u64,
    /// Items with the day they came in.
    pub created: u64,
    /// Items with the day they were finished.
    pub finished: u64,
    /// Items in a sprint.
    pub in_sprint: u64,
    /// Items with points.
    pub estimated: u64,
    /// Rows of which nothing can be kept.
    pub refused: u64,
    /// Why the first of them is refused.
    pub refused_because: String,
    /// Cells that are not what their field needs.
    pub warnings: u64,
    /// Key and title of the first items.
    pub first: Vec<(String, String)>,
}

impl Preview {
    /// The counts of what was read.
    pub fn of(Imported { dataset, report }: &Imported) -> Self {
        let statuses = StatusMap::guess(dataset);
        let status = dataset.category(CategoryField::Status);
        let given =
            |field: MomentField| dataset.moment(field).iter().filter(|&&moment| moment != NO_MOMENT).count() as u64;
        let in_sprint = |item: &usize| !dataset.list(ListField::Sprint).codes_of(*item).is_empty();
        let is_done = |item: &usize| statuses.category(status.code(*item)) == StatusCategory::Done;
        Self {
            rows: report.rows_read,
            items: dataset.len() as u64,
            done: (0..dataset.len()).filter(is_done).count() as u64,
            created: given(MomentField::Created),
            finished: given(MomentField::Resolved),
            in_sprint: (0..dataset.len()).filter(in_sprint).count() as u64,
            estimated: dataset.number(NumberField::Points).iter().filter(|points| !points.is_nan()).count() as u64,
            refused: report.refused.len() as u64,
            refused_because: report.refused.first().map(|row| row.reason.clone()).unwrap_or_default(),
            warnings: report.warning_total(),
            first: (0..dataset.len().min(TITLES))
                .map(|item| (dataset.key(item).to_owned(), dataset.text(TextField::Title).get(item).to_owned()))
                .collect(),
        }
    }
}
