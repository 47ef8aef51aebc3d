//! Which sprint a question about one sprint means, and why there may be no answer.

use crate::model::{ItemSet, PreparedDataset, Window, iso_from_day};

use super::sprint_content::{has_member, without_sprints};
use super::{MetricResult, Query};

/// A sprint that can be told of: its position, its window and the moment taken as "now".
pub(super) struct ChosenSprint {
    /// Position in the list of iterations.
    pub(super) position: usize,
    /// When it ran.
    pub(super) window: Window,
    /// "Now".
    pub(super) as_of: i64,
}

/// Answers for the sprint that the question means: the named one, else the one that runs, else the last that had begun.
pub(super) fn of_chosen_sprint(
    id: &str,
    data: &PreparedDataset,
    items: &ItemSet,
    query: &Query,
    answer: impl FnOnce(ChosenSprint) -> MetricResult,
) -> MetricResult {
    if let Some(answer) = without_sprints(id, data) {
        return answer;
    }
    let as_of = query.as_of(data);
    let position = match &query.iteration {
        Some(name) => match data.iterations.position_of(name) {
            Some(position) => position,
            None => return unknown_sprint(id, data, name),
        },
        None => match present_sprint(data, items, as_of) {
            Some(position) => position,
            None => {
                return MetricResult::not_computable(
                    id,
                    "No sprint of these items has dates.",
                    "The first and last day of a sprint; set them on the sprint view.",
                );
            }
        },
    };
    let name = data.iterations.list()[position].name.as_str();
    let mut result = match data.iterations.list()[position].window {
        None => MetricResult::not_computable(
            id,
            format!("The dates of {name} are not known, and its items do not tell."),
            "The first and last day of the sprint; set them on the sprint view.",
        ),
        Some(window) if !has_begun(data, window, as_of) => MetricResult::not_computable(
            id,
            format!(
                "{name} begins on {}, after the day of this data.",
                iso_from_day(data.calendar.day_of(window.start))
            ),
            "A newer export, or other sprint dates.",
        ),
        Some(_) if !has_member(data, items, position) => MetricResult::not_computable(
            id,
            format!("None of the selected items is in {name}."),
            "Another sprint, or other filters.",
        ),
        // On its first day nothing has happened before it began.
        Some(window) => answer(ChosenSprint { position, window, as_of: as_of.max(window.start) }),
    };
    name.clone_into(&mut result.subject);
    result
}

fn unknown_sprint(id: &str, data: &PreparedDataset, name: &str) -> MetricResult {
    const NAMED: usize = 3;
    let names: Vec<&str> = data.iterations.list().iter().rev().take(NAMED).map(|sprint| sprint.name.as_str()).collect();
    MetricResult::not_computable(
        id,
        format!("There is no sprint \"{name}\" in this data."),
        format!("The name of one of its sprints, such as \"{}\".", names.join("\", \"")),
    )
}

/// By days: the last moment that a file tells of is often earlier than the hour at which the sprint of that day began.
fn has_begun(data: &PreparedDataset, window: Window, as_of: i64) -> bool {
    window.start <= as_of || data.calendar.day_of(window.start) <= data.calendar.day_of(as_of)
}

/// The sprint of these items that runs at `as_of`, else the last that had begun, else the first with dates.
fn present_sprint(data: &PreparedDataset, items: &ItemSet, as_of: i64) -> Option<usize> {
    let list = data.iterations.list();
    let window = |position: usize| list[position].window;
    let dated: Vec<usize> =
        (0..list.len()).filter(|&position| window(position).is_some() && has_member(data, items, position)).collect();
    let began = |position: &&usize| window(**position).is_some_and(|window| has_begun(data, window, as_of));
    let runs = |position: &&usize| began(position) && window(**position).is_some_and(|window| as_of < window.end);
    dated.iter().rev().find(runs).or_else(|| dated.iter().rev().find(began)).or_else(|| dated.first()).copied()
}
