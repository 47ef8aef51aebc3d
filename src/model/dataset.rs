//! The dataset: every work item of one import, or of several merged, in columns.

use super::{Categorical, History, IterationDates, ListColumn, RecordKind, Records, TextColumn};

/// "Not given" in a moment column.
pub const NO_MOMENT: i64 = i64::MIN;

/// Declares a field enum with its stable name and the list of all its values.
macro_rules! fields {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $id:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$value_doc])* $value),+ }

        impl $name {
            /// Every one, in the order of the columns.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The name used in filters, links and stored snapshots. Never changes once released.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$value => $id),+ }
            }

            /// The one with this name.
            pub fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$value),)+ _ => None }
            }
        }
    };
}

fields! {
    /// Columns in which nearly every row has its own text.
    TextField {
        /// The name people use: `ABC-123`. Not empty, unique in a dataset.
        Key = "key",
        /// One-line title.
        Title = "title",
    }
}

fields! {
    /// Columns with few distinct values.
    CategoryField {
        /// Bug, Story, Task…, in the tracker's words.
        Type = "type",
        /// The tracker's own status word.
        Status = "status",
        /// The tracker's own category of that status, in its words; see `StatusMap`.
        StatusCategory = "status-category",
        /// Project key, or name where there is no key.
        Project = "project",
        /// Priority, in the tracker's words.
        Priority = "priority",
        /// How it was closed: Done, Won't Do….
        Resolution = "resolution",
        /// Display name of the assignee.
        Assignee = "assignee",
        /// Display name of the reporter.
        Reporter = "reporter",
        /// Team, where the tracker knows one.
        Team = "team",
        /// Board of the present sprint, else of the item: its name, or "Board 12" where only its number is told.
        Board = "board",
        /// Key of the epic or parent item.
        Parent = "parent",
    }
}

fields! {
    /// Columns of moments: UTC milliseconds, [`NO_MOMENT`] when not given.
    MomentField {
        /// Created.
        Created = "created",
        /// Last change of any kind; decides which version of an item is newer.
        Updated = "updated",
        /// Resolved, closed or completed, as the tracker says it.
        Resolved = "resolved",
        /// Last change of the status category.
        StatusCategoryChanged = "status-category-changed",
        /// Start of work, where the tracker has such a field.
        Started = "started",
        /// Due date.
        Due = "due",
    }
}

fields! {
    /// Columns of numbers; NaN when not given.
    NumberField {
        /// Story points.
        Points = "points",
        /// Original estimate, hours.
        OriginalEstimateHours = "original-estimate-hours",
        /// Remaining estimate, hours.
        RemainingHours = "remaining-hours",
        /// Logged time, hours.
        LoggedHours = "logged-hours",
    }
}

fields! {
    /// Columns whose cells are lists.
    ListField {
        /// Iterations the item was in, oldest first, the last one its present one.
        Sprint = "sprint",
        /// Labels.
        Label = "label",
        /// Components.
        Component = "component",
        /// Versions the item is planned for or was released in.
        FixVersion = "fix-version",
        /// Keys of items that block this one.
        BlockedBy = "blocked-by",
        /// Keys of items this one blocks.
        Blocks = "blocks",
    }
}

pub(super) use fields;

/// Work items in columns. Row `i` of every column is the same item.
#[derive(Debug, Clone)]
pub struct Dataset {
    texts: Vec<TextColumn>,
    categories: Vec<Categorical>,
    moments: Vec<Vec<i64>>,
    numbers: Vec<Vec<f64>>,
    lists: Vec<ListColumn>,
    /// Line of the source file on which the item's record begins, from 1; 0 when unknown.
    pub source_line: Vec<u32>,
    /// Dates that the source itself states for iterations; position = code in the sprint column.
    pub iteration_dates: Vec<IterationDates>,
    /// Ids of the fields that the source had a column for. An absent column is not an empty value.
    pub present: Vec<String>,
    /// What changed when, per item; empty when the source tells of no change.
    pub history: History,
    /// Records beside the work items, one table for each kind that there is.
    records: Vec<Records>,
}

/// Equal when every field of every row says the same, whatever codes the columns use.
impl PartialEq for Dataset {
    fn eq(&self, other: &Self) -> bool {
        // "Not given" is NaN, and equals itself here.
        let same_number = |(a, b): (&f64, &f64)| a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        let same_numbers = |(a, b): (&Vec<f64>, &Vec<f64>)| a.len() == b.len() && a.iter().zip(b).all(same_number);
        self.texts == other.texts
            && self.categories == other.categories
            && self.moments == other.moments
            && self.numbers.iter().zip(&other.numbers).all(same_numbers)
            && self.lists == other.lists
            && self.source_line == other.source_line
            && self.iteration_dates == other.iteration_dates
            && self.present == other.present
            && self.history == other.history
            && self.records == other.records
    }
}

impl Default for Dataset {
    fn default() -> Self {
        Self {
            texts: vec![TextColumn::default(); TextField::ALL.len()],
            categories: vec![Categorical::default(); CategoryField::ALL.len()],
            moments: vec![Vec::new(); MomentField::ALL.len()],
            numbers: vec![Vec::new(); NumberField::ALL.len()],
            lists: vec![ListColumn::default(); ListField::ALL.len()],
            source_line: Vec::new(),
            iteration_dates: Vec::new(),
            present: Vec::new(),
            history: History::default(),
            records: Vec::new(),
        }
    }
}

impl Dataset {
    /// Number of work items.
    pub fn len(&self) -> usize {
        self.source_line.len()
    }

    /// True when there is no work item.
    pub fn is_empty(&self) -> bool {
        self.source_line.is_empty()
    }

    /// The records of a kind; `None` when there is none.
    pub fn records(&self, kind: RecordKind) -> Option<&Records> {
        self.records.iter().find(|records| records.kind() == kind && !records.is_empty())
    }

    /// The tables that there are, in the order of the kinds.
    pub fn record_tables(&self) -> impl Iterator<Item = &Records> {
        self.records.iter().filter(|records| !records.is_empty())
    }

    /// The table of a kind, to write to.
    pub fn records_mut(&mut self, kind: RecordKind) -> &mut Records {
        let position = self.records.binary_search_by_key(&kind, Records::kind).unwrap_or_else(|position| {
            self.records.insert(position, Records::new(kind));
            position
        });
        &mut self.records[position]
    }

    /// Number of records of all kinds.
    pub fn record_count(&self) -> usize {
        self.records.iter().map(Records::len).sum()
    }

    /// A column of texts.
    pub fn text(&self, field: TextField) -> &TextColumn {
        &self.texts[field as usize]
    }

    /// A column of few values.
    pub fn category(&self, field: CategoryField) -> &Categorical {
        &self.categories[field as usize]
    }

    /// A column of moments.
    pub fn moment(&self, field: MomentField) -> &[i64] {
        &self.moments[field as usize]
    }

    /// A column of numbers.
    pub fn number(&self, field: NumberField) -> &[f64] {
        &self.numbers[field as usize]
    }

    /// A column of lists.
    pub fn list(&self, field: ListField) -> &ListColumn {
        &self.lists[field as usize]
    }

    /// Writing access, for importers and for merging.
    pub fn text_mut(&mut self, field: TextField) -> &mut TextColumn {
        &mut self.texts[field as usize]
    }

    /// Writing access, for importers and for merging.
    pub fn category_mut(&mut self, field: CategoryField) -> &mut Categorical {
        &mut self.categories[field as usize]
    }

    /// Writing access, for importers and for merging.
    pub fn moment_mut(&mut self, field: MomentField) -> &mut Vec<i64> {
        &mut self.moments[field as usize]
    }

    /// Writing access, for importers and for merging.
    pub fn number_mut(&mut self, field: NumberField) -> &mut Vec<f64> {
        &mut self.numbers[field as usize]
    }

    /// Writing access, for importers and for merging.
    pub fn list_mut(&mut self, field: ListField) -> &mut ListColumn {
        &mut self.lists[field as usize]
    }

    /// The key of an item.
    pub fn key(&self, item: usize) -> &str {
        self.text(TextField::Key).get(item)
    }

    /// True when the source had a column for the field with this id.
    pub fn is_present(&self, field_id: &str) -> bool {
        self.present.iter().any(|id| id == field_id)
    }

    /// The latest created, updated or resolved moment: the data's own "now". `None` without any moment.
    pub fn last_moment(&self) -> Option<i64> {
        [MomentField::Created, MomentField::Updated, MomentField::Resolved, MomentField::StatusCategoryChanged]
            .into_iter()
            .filter_map(|field| self.moment(field).iter().copied().max())
            .max()
            .filter(|&moment| moment != NO_MOMENT)
    }

    /// The latest moment at which anything of its records happened; plans have none. `None` without any.
    pub fn last_record_moment(&self) -> Option<i64> {
        self.record_tables().filter_map(Records::last_moment).max()
    }

    /// The sum of the points that are given; 0 (never -0, which an empty sum would be) when none is.
    pub fn total_points(&self) -> f64 {
        self.number(NumberField::Points).iter().filter(|points| !points.is_nan()).fold(0.0, |sum, points| sum + points)
    }

    /// Names the first column whose length differs from the number of items; `None` when all agree.
    pub fn uneven_column(&self) -> Option<&'static str> {
        let rows = self.len();
        if ![0, rows].contains(&self.history.len()) {
            return Some("history");
        }
        let texts = TextField::ALL.iter().map(|&field| (field.id(), self.text(field).len()));
        let categories = CategoryField::ALL.iter().map(|&field| (field.id(), self.category(field).len()));
        let moments = MomentField::ALL.iter().map(|&field| (field.id(), self.moment(field).len()));
        let numbers = NumberField::ALL.iter().map(|&field| (field.id(), self.number(field).len()));
        let lists = ListField::ALL.iter().map(|&field| (field.id(), self.list(field).len()));
        texts
            .chain(categories)
            .chain(moments)
            .chain(numbers)
            .chain(lists)
            .find(|(_, len)| *len != rows)
            .map(|(id, _)| id)
    }
}
