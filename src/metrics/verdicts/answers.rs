//! What the metrics answer about now and about before, each asked once.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::metrics::{MetricResult, Percentiles, Query, metric, words};
use crate::model::{ItemSet, NO_DAY, PreparedDataset, RecordKind};

/// Days of a period when the question names none.
const PERIOD: i32 = 90;
/// Fewest days of a period in data that is younger than two long ones.
const SHORTEST: i32 = 14;
/// Longest period that is compared, so that no question leads out of the calendar.
const LONGEST: i32 = 36_500;

/// Which time a metric is asked about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum When {
    /// As the question is, so the answer is what the view shows.
    Asked,
    /// The last period alone.
    Recent,
    /// The period before it alone, as it was known at its end.
    Before,
    /// As the question is, but as it was known at the end of the period before.
    Then,
}

/// Days from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First day.
    pub first: i32,
    /// Last day.
    pub last: i32,
}

impl Span {
    /// Number of days.
    pub const fn days(self) -> i32 {
        self.last - self.first + 1
    }

    /// "2024-01-01 to 2024-03-30".
    pub fn in_words(self) -> String {
        words::day_range(self.first, self.last)
    }
}

/// Results of metrics by id and time. A metric is asked only when somebody wants its answer, and then once.
///
/// The last period ends at the question's last day, or "now". It is as long as the question's period; without one it is 90
/// days, or half of the time that the items cover where that is shorter, but never less than 14 days. The period before ends
/// on the day before it begins and is as long.
pub struct Answers<'a> {
    data: &'a PreparedDataset,
    query: Cow<'a, Query>,
    selected: ItemSet,
    first_day: Option<i32>,
    known: BTreeMap<(&'static str, When), MetricResult>,
}

/// Records whose last moment is "now" for a metric; all others go by the items.
fn records_of(id: &str) -> &'static [RecordKind] {
    match id {
        "deployment-frequency" | "deployment-success" => &[RecordKind::Deployment],
        "change-lead-time" => &[RecordKind::Deployment, RecordKind::Change],
        "change-failure-rate" | "failed-deployment-recovery-time" => &[RecordKind::Deployment, RecordKind::Incident],
        "uptime" | "error-budget" => &[RecordKind::Incident, RecordKind::Uptime],
        _ => &[],
    }
}

impl<'a> Answers<'a> {
    /// Nothing is asked yet.
    pub fn new(data: &'a PreparedDataset, query: &'a Query) -> Self {
        let first_day = data.life.created_day.iter().copied().filter(|&day| day != NO_DAY).min();
        // A verdict judges the number that its rule names, whichever percentiles the charts show.
        let query = if query.percentiles.is_asked() {
            Cow::Owned(Query { percentiles: Percentiles::default(), ..query.clone() })
        } else {
            Cow::Borrowed(query)
        };
        let selected = query.select(data);
        Self { data, query, selected, first_day, known: BTreeMap::new() }
    }

    /// The answer of a metric; `None` for an id that is no metric.
    pub fn get(&mut self, id: &'static str, when: When) -> Option<&MetricResult> {
        let metric = metric(id)?;
        if !self.known.contains_key(&(id, when)) {
            let result = match self.question(id, when) {
                None => metric.answer(self.data, &self.selected, &self.query),
                Some(query) if when == When::Recent => metric.answer(self.data, &self.selected, &query),
                Some(query) => metric.answer(self.data, &query.select(self.data), &query),
            };
            self.known.insert((id, when), result);
        }
        self.known.get(&(id, when))
    }

    /// The question of a time; `None` = the question itself.
    fn question(&self, id: &str, when: When) -> Option<Query> {
        let (recent, before) = self.periods(id);
        let within = |span: Span| Query { from: Some(span.first), to: Some(span.last), ..(*self.query).clone() };
        match when {
            When::Asked => None,
            When::Recent => Some(within(recent)),
            When::Before => Some(Query { as_of: Some(before.last), ..within(before) }),
            When::Then => Some(Query { as_of: Some(before.last), ..(*self.query).clone() }),
        }
    }

    /// The last period of a metric, and the one before.
    pub fn periods(&self, id: &str) -> (Span, Span) {
        let today = self.today(id);
        let last = self.query.to.map_or(today, |to| to.min(today));
        let days_since = |first: i32| last.saturating_sub(first).saturating_add(1);
        let length = match (self.query.from, self.first_day) {
            (Some(from), _) => days_since(from).clamp(1, LONGEST),
            (None, Some(first)) if records_of(id).is_empty() => (days_since(first) / 2).clamp(SHORTEST, PERIOD),
            (None, _) => PERIOD,
        };
        let ending = |last: i32| Span { first: last.saturating_sub(length - 1), last };
        (ending(last), ending(last.saturating_sub(length)))
    }

    /// The day that is "now" for a metric.
    fn today(&self, id: &str) -> i32 {
        self.data.calendar.day_of(self.query.as_of_records(self.data, records_of(id)))
    }

    /// The day from which a forecast counts its days, at one of the times.
    pub(super) fn forecast_day(&self, id: &str, when: When) -> i32 {
        let query = self.question(id, when);
        let as_of = query.as_ref().unwrap_or(&self.query).as_of(self.data);
        crate::metrics::forecast::last_whole_day(self.data, as_of)
    }
}
