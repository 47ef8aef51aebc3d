//! Statuses: the four categories every status belongs to, and the order in which work goes through them.

mod course;
mod names;
#[cfg(test)]
mod tests;

pub use names::{category_from_words, dropped_resolution, dropped_status};

use std::collections::BTreeMap;

use super::{Categorical, CategoryField, ChangeField, Dataset, MomentField, NO_MOMENT, TextColumn};
use course::Course;
use names::stage_from_words;

/// Where a status stands in the workflow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
pub enum StatusCategory {
    /// Not begun.
    #[default]
    ToDo,
    /// Begun, not finished.
    InProgress,
    /// Finished and delivered.
    Done,
    /// Closed without being delivered: won't do, duplicate, rejected.
    Dropped,
}

impl StatusCategory {
    /// All of them, in the order of work.
    pub const ALL: [Self; 4] = [Self::ToDo, Self::InProgress, Self::Done, Self::Dropped];

    /// The words on screen.
    pub const fn title(self) -> &'static str {
        match self {
            Self::ToDo => "To do",
            Self::InProgress => "In progress",
            Self::Done => "Done",
            Self::Dropped => "Dropped",
        }
    }
}

/// The statuses of a dataset by code: those that items are in, as in the status column, then those that items only were in.
#[derive(Debug, Clone, Copy)]
pub(super) struct StatusCodes<'a> {
    present: &'a Categorical,
    past: &'a TextColumn,
}

impl<'a> StatusCodes<'a> {
    fn len(&self) -> usize {
        self.present.values().len() + self.past.len()
    }

    fn name(&self, code: usize) -> &'a str {
        match code.checked_sub(self.present.values().len()) {
            None => self.present.value(code as u32),
            Some(position) => self.past.get(position),
        }
    }

    fn find(&self, name: &str) -> Option<u32> {
        self.present.find(name).or_else(|| {
            // Sorted, see `past_statuses`.
            let (mut low, mut high) = (0, self.past.len());
            while low < high {
                let middle = usize::midpoint(low, high);
                match self.past.get(middle).cmp(name) {
                    std::cmp::Ordering::Less => low = middle + 1,
                    std::cmp::Ordering::Equal => return Some((self.present.values().len() + middle) as u32),
                    std::cmp::Ordering::Greater => high = middle,
                }
            }
            None
        })
    }
}

/// The category of each status of a dataset and its position in the workflow.
///
/// Position in the columns = code: first the codes of the status column, then one for each status that only the history
/// knows. The order is a permutation of the codes, grouped by category; it depends on what the dataset says, never on codes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct StatusMap {
    categories: Vec<StatusCategory>,
    positions: Vec<u32>,
    /// Statuses that the history names and no item is in, sorted.
    past: TextColumn,
    /// False where nothing tells the category, so that it is the default.
    told: Vec<bool>,
    /// Of the statuses that items of the history came from; position = code in `History::texts`.
    before: Vec<StatusCategory>,
    /// Of those they went to.
    after: Vec<StatusCategory>,
}

impl StatusMap {
    /// Guesses the map. The category: first the tracker's own (the majority of its rows), then the status' name, then whether
    /// most of its items carry a resolved date, then where it stands in the history; a status that nothing tells about counts
    /// as in progress. The order: by category, then as most items went through the statuses, then by name.
    pub fn guess(dataset: &Dataset) -> Self {
        Self::new(dataset, &BTreeMap::new(), &[])
    }

    /// The same with the user's own categories and order over the guessed ones. The order may leave statuses out: they keep
    /// their guessed place. A status never leaves the others of its category.
    pub fn new(dataset: &Dataset, chosen: &BTreeMap<String, StatusCategory>, order: &[String]) -> Self {
        let present = dataset.category(CategoryField::Status);
        let past = past_statuses(dataset);
        let codes = StatusCodes { present, past: &past };
        let course = Course::new(dataset, &codes);
        let (mut categories, mut told): (Vec<_>, Vec<_>) =
            guess_categories(dataset, &codes, &course).into_iter().unzip();
        for (name, &category) in chosen {
            if let Some(code) = codes.find(name).map(|code| code as usize).filter(|&code| code < categories.len()) {
                categories[code] = category;
                told[code] = true;
            }
        }
        let positions = positions(&codes, &categories, &course, order);
        let of_name =
            |name: &str| codes.find(name).and_then(|code| categories.get(code as usize)).copied().unwrap_or_default();
        let (from, to) = dataset.history.texts();
        let before = from.values().iter().map(of_name).collect();
        let after = to.values().iter().map(of_name).collect();
        Self { categories, positions, past, told, before, after }
    }

    /// The category of a status code.
    pub fn category(&self, status_code: u32) -> StatusCategory {
        self.categories.get(status_code as usize).copied().unwrap_or_default()
    }

    /// False when nothing tells what a status counts as and nobody chose it: its category is the default.
    pub fn is_told(&self, status_code: u32) -> bool {
        self.told.get(status_code as usize).copied().unwrap_or(false)
    }

    /// The category that a change of the history left, by the code of its text before.
    pub(super) fn category_before(&self, code: u32) -> StatusCategory {
        self.before.get(code as usize).copied().unwrap_or_default()
    }

    /// The category that a change of the history entered, by the code of its text after.
    pub(super) fn category_after(&self, code: u32) -> StatusCategory {
        self.after.get(code as usize).copied().unwrap_or_default()
    }

    /// The position of a status code in the workflow, from 0; behind all others when the code is not known.
    pub fn position(&self, status_code: u32) -> u32 {
        self.positions.get(status_code as usize).copied().unwrap_or(self.positions.len() as u32)
    }

    /// Number of codes: those of the status column (the empty one, too), then those that only the history knows.
    pub fn len(&self) -> usize {
        self.categories.len()
    }

    /// True when there is no status at all, not even the empty one.
    pub fn is_empty(&self) -> bool {
        self.categories.is_empty()
    }

    /// The tracker's word for a code. `statuses` is the status column that the map was made for.
    pub fn name<'a>(&'a self, status_code: u32, statuses: &'a Categorical) -> &'a str {
        StatusCodes { present: statuses, past: &self.past }.name(status_code as usize)
    }

    /// The code of a status, also of one that only the history knows.
    pub fn find(&self, name: &str, statuses: &Categorical) -> Option<u32> {
        StatusCodes { present: statuses, past: &self.past }.find(name)
    }
}

/// The statuses that the history names and no item is in, sorted.
fn past_statuses(dataset: &Dataset) -> TextColumn {
    let present = dataset.category(CategoryField::Status);
    let (_, _, fields, from, to) = dataset.history.parts();
    let mut names = Vec::new();
    for words in [from, to] {
        let mut is_status = vec![false; words.values().len()];
        for (&field, &code) in fields.iter().zip(words.codes()) {
            is_status[code as usize] |= field == ChangeField::Status as u32;
        }
        names.extend(words.values().iter().zip(is_status).filter(|(_, is_status)| *is_status).map(|(name, _)| name));
    }
    names.retain(|name| present.find(name).is_none());
    names.sort_unstable();
    names.dedup();
    let mut past = TextColumn::default();
    for name in names {
        past.push(name);
    }
    past
}

/// What the rows say of one status.
#[derive(Clone, Copy, Default)]
struct Votes {
    to_do: u32,
    in_progress: u32,
    done: u32,
    rows: u32,
    resolved: u32,
}

/// The category of each code, and whether anything tells it.
fn guess_categories(dataset: &Dataset, codes: &StatusCodes<'_>, course: &Course) -> Vec<(StatusCategory, bool)> {
    let statuses = dataset.category(CategoryField::Status);
    let stated = dataset.category(CategoryField::StatusCategory);
    let stated_categories: Vec<Option<StatusCategory>> = stated.values().iter().map(category_from_words).collect();
    let resolved = dataset.moment(MomentField::Resolved);
    let mut votes = vec![Votes::default(); codes.len()];
    for (row, &code) in statuses.codes().iter().enumerate() {
        let tally = &mut votes[code as usize];
        match stated_categories[stated.code(row) as usize] {
            Some(StatusCategory::ToDo) => tally.to_do += 1,
            Some(StatusCategory::InProgress) => tally.in_progress += 1,
            Some(StatusCategory::Done) => tally.done += 1,
            Some(StatusCategory::Dropped) | None => {}
        }
        tally.rows += 1;
        tally.resolved += u32::from(resolved[row] != NO_MOMENT);
    }
    // Where a file says which items are resolved, an end without a resolved date is none.
    let says_resolved = votes.iter().any(|votes| votes.resolved > 0);
    votes
        .iter()
        .enumerate()
        .map(|(code, votes)| {
            guess_category(codes.name(code), *votes, || {
                course.category(code).filter(|&category| category != StatusCategory::Done || !says_resolved)
            })
        })
        .collect()
}

fn guess_category(
    name: &str,
    votes: Votes,
    by_history: impl FnOnce() -> Option<StatusCategory>,
) -> (StatusCategory, bool) {
    let Votes { to_do, in_progress, done, rows, resolved } = votes;
    let most = to_do.max(in_progress).max(done);
    // A tracker whose "rejected" means "do it again" says that it is in progress.
    let told = if dropped_status(name) && !(most > 0 && most == in_progress && most > done) {
        Some(StatusCategory::Dropped)
    } else if most > 0 {
        Some(if most == done {
            StatusCategory::Done
        } else if most == in_progress {
            StatusCategory::InProgress
        } else {
            StatusCategory::ToDo
        })
    } else {
        category_from_words(name)
            .or((resolved * 2 > rows).then_some(StatusCategory::Done))
            .or_else(|| if name.is_empty() { None } else { by_history() })
    };
    let default = if name.is_empty() { StatusCategory::ToDo } else { StatusCategory::InProgress };
    (told.unwrap_or(default), told.is_some())
}

/// The position of each code. What the user put in order takes, category by category, the places that these statuses would
/// have had.
fn positions(codes: &StatusCodes<'_>, categories: &[StatusCategory], course: &Course, chosen: &[String]) -> Vec<u32> {
    let mut wanted = vec![usize::MAX; codes.len()];
    for (place, name) in chosen.iter().enumerate() {
        if let Some(wanted) = codes.find(name).and_then(|code| wanted.get_mut(code as usize)) {
            *wanted = place.min(*wanted);
        }
    }
    let stages: Vec<_> = (0..codes.len()).map(|code| stage_from_words(codes.name(code))).collect();
    let mut positions = vec![0; codes.len()];
    let mut next = 0;
    for category in StatusCategory::ALL {
        let mut of_category: Vec<usize> = (0..codes.len()).filter(|&code| categories[code] == category).collect();
        super::sort_by_key(&mut of_category, |&code| (stages[code], codes.name(code)));
        let mut arranged = course.arrange(of_category);
        let places: Vec<usize> = (0..arranged.len()).filter(|&place| wanted[arranged[place]] != usize::MAX).collect();
        let mut named: Vec<usize> = places.iter().map(|&place| arranged[place]).collect();
        super::sort_by_key(&mut named, |&code| wanted[code]);
        places.into_iter().zip(named).for_each(|(place, code)| arranged[place] = code);
        for code in arranged {
            positions[code] = next;
            next += 1;
        }
    }
    positions
}
