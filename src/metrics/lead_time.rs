//! Lead time: from the creation of an item to the finish.

use crate::model::{ItemSet, MomentField, PreparedDataset};

use super::duration::{Beginnings, Question, alternatives, answer};
use super::{About, BySprint, DayRule, Metric, MetricResult, Query};

/// ## What it measures
/// Calendar days from the day an item was created to the day it was finished, both counted.
/// ## How
/// Finish day minus creation day plus 1. Percentiles by nearest rank, so each is the duration of a real item.
/// ## Edge cases
/// Items without a creation date, without a finish date, or finished before they were created are left out and counted.
/// p85 is given from 10 items on, p95 from 20.
/// ## Source
/// Kanban Guide: <https://kanbanguides.org>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "lead-time",
    title: "Lead time",
    definition: "The days from the creation of an item to its finish, both days counted. It holds the wait before work \
                 starts, which cycle time does not.",
    how_to_read: "Each dot is one finished item: to the right the day it was finished, upwards how many days after its \
                  creation. Half of the items lie at or below the median line, 85 of 100 at or below the p85 line.",
    per_iteration: false,
};

const QUESTION: Question = Question {
    id: "lead-time",
    name: "lead time",
    first_event: "created",
    no_first_day: "finished, but no creation date",
    rules: &[DayRule::Calendar, DayRule::Working, DayRule::Elapsed],
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let from = Beginnings { days: &data.life.created_day, moments: data.dataset.moment(MomentField::Created) };
    let measured = |query: &Query| {
        let mut result = answer(&QUESTION, from, data, items, query);
        result.alternatives = alternatives(&QUESTION, from, data, items, query);
        result
    };
    if query.days != DayRule::InStatus {
        return measured(query);
    }
    // The time in progress is no lead time: the wait before it is what a lead time is about.
    let mut result = measured(&Query { days: DayRule::Elapsed, ..query.clone() });
    if result.is_computed() {
        result.note(
            "elapsed",
            "Shown as elapsed time: the time in progress leaves out the wait that a lead time is about.",
        );
    }
    result
}
