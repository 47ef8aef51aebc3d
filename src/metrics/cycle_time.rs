//! Cycle time: from the start of work to the finish.

use crate::model::{ItemSet, MomentField, NO_DAY, PreparedDataset};

use super::duration::{Beginnings, Question, alternatives, answer, median};
use super::{About, Alternative, BySprint, DayRule, Metric, MetricResult, Query, StartRule};

/// ## What it measures
/// Calendar days from the day work on an item started to the day it was finished, both counted.
/// ## How
/// Finish day minus start day plus 1: started Jan 2, finished Jan 7 = 6 days. The start is the source's own start field.
/// Percentiles by nearest rank, so each is the duration of a real item.
/// ## Edge cases
/// Items without a start date, without a finish date, or finished before their start are left out and counted. The start is
/// never invented from the creation. p85 is given from 10 items on, p95 from 20.
/// ## Source
/// Kanban Guide: <https://kanbanguides.org>; inclusive days as in most flow tools.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "cycle-time",
    title: "Cycle time",
    definition: "The days from the start of work on an item to its finish, both days counted: started on January 2 and \
                 finished on January 7 is 6 days.",
    how_to_read: "Each dot is one finished item: to the right the day it was finished, upwards how many days it took. Half \
                  of the items lie at or below the median line, 85 of 100 at or below the p85 line. Dots far above the lines \
                  are worth a look.",
    per_iteration: false,
};

const QUESTION: Question = Question {
    id: "cycle-time",
    name: "cycle time",
    first_event: "started",
    no_first_day: "finished, but no start date",
    rules: &DayRule::ALL,
};

const NEEDS: &str = "A column with the day work started, such as \"Actual start\" or \"Start date\", or an export with the \
                     status history.";

/// The same from the creation: a lead time, and called so.
const FROM_CREATION: Question = Question {
    id: "cycle-time",
    name: "lead time (counted from the creation)",
    first_event: "created",
    no_first_day: "finished, but no creation date",
    rules: &DayRule::ALL,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let mut result = measured(data, items, query);
    let (started, created) = beginnings(data);
    let (question, from) = match query.start {
        StartRule::Created => (&FROM_CREATION, created),
        StartRule::Started => (&QUESTION, started),
    };
    if query.start == StartRule::Created || is_start_known(data) {
        result.alternatives = alternatives(question, from, data, items, query);
    }
    result.alternatives.extend(StartRule::ALL.map(|rule| {
        let (from, reason) = match rule {
            StartRule::Started => (started, "no finished item says when work on it started"),
            StartRule::Created => (created, "no finished item says when it was created"),
        };
        let figure = median(from, data, items, query);
        Alternative {
            key: "start".to_owned(),
            value: rule.id().to_owned(),
            name: rule.title().to_owned(),
            in_use: rule == query.start,
            figure,
            unit: "days".to_owned(),
            reason: if figure.is_none() { reason.to_owned() } else { String::new() },
        }
    }));
    result
}

/// The cycle times without what they would be under other definitions: for the metrics that rest on them.
pub(super) fn measured(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let (started, created) = beginnings(data);
    match query.start {
        StartRule::Created => {
            let mut result = answer(&FROM_CREATION, created, data, items, query);
            if result.is_computed() {
                result.note("from-creation", "Work counts as begun with the creation of the item, as you have set it.");
            }
            result
        }
        StartRule::Started if is_start_known(data) => answer(&QUESTION, started, data, items, query),
        StartRule::Started => {
            MetricResult::not_computable(ABOUT.id, "This data does not say when work on an item started.", NEEDS)
        }
    }
}

/// When items were started, and when they were created.
fn beginnings(data: &PreparedDataset) -> (Beginnings<'_>, Beginnings<'_>) {
    let started = Beginnings { days: &data.life.started_day, moments: &data.life.started_at };
    let created = Beginnings { days: &data.life.created_day, moments: data.dataset.moment(MomentField::Created) };
    (started, created)
}

fn is_start_known(data: &PreparedDataset) -> bool {
    data.dataset.is_present(MomentField::Started.id()) || data.life.started_day.iter().any(|&day| day != NO_DAY)
}
