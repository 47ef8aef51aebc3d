//! Logged time: how much was worked against how much could be.

use super::parts::Parts;
use super::split::Split;
use super::sprints;
use crate::metrics::periods::{Periods, Place};
use crate::metrics::stats::{percent, tidy};
use crate::metrics::{
    About, BySprint, Counted, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words,
};
use crate::model::{ItemSet, NO_MOMENT, NumberField, PreparedDataset, RecordKind, Records};

/// ## What it measures
/// Logged hours against hours of capacity in each whole day, week or month; and logged / capacity of each team or person, and of
/// the sprint asked for (else the one that runs or ran last) as far as it is over.
/// ## How
/// A work log counts on its day, by its person. By team it divides among the teams of the person, in proportion to the hours in
/// each of that period. Only logs of people with capacity count, so that both sides are of the same people. Capacity:
/// [`super::hours`].
/// ## Edge cases
/// The present period, and a first period that the logs cover only in part, are left out; their logs are counted. Logged hours of
/// an item are not used: nothing says on which day they were worked. Logs are listed only where people are named; otherwise
/// those left out are counted in the notes.
/// ## Source
/// Ordinary time keeping; the definition of actual utilisation in professional services.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::HOURS, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "logged-time",
    title: "Logged time",
    definition: "The hours that people with known capacity logged in each whole period, beside the hours they had. The share \
                 is logged / capacity.",
    how_to_read: "Bars are logged hours, the line is capacity. Bars above the line are overtime; bars far below it are work \
                  that nobody logs, or time that went elsewhere.",
    per_iteration: false,
};

/// Parts named in the working.
const MOST_NAMED: usize = 20;

/// What was logged, by part and whole period, beside the hours there were.
pub(super) struct Logs {
    /// First and last day of each whole period.
    pub(super) spans: Vec<(i32, i32)>,
    /// Logged hours by part and period.
    pub(super) logged: Vec<Vec<f64>>,
    /// Hours of capacity by part and period.
    pub(super) hours: Vec<Vec<Option<f64>>>,
    /// Rows by period.
    rows: Vec<Vec<u32>>,
    excluded: Vec<Exclusion>,
}

impl Logs {
    /// Reads the logs of the chosen people; the error is the metric's answer.
    pub(super) fn new(
        id: &str,
        data: &PreparedDataset,
        query: &Query,
        parts: &Parts<'_>,
    ) -> Result<Self, Box<MetricResult>> {
        let records = data.dataset.records(RecordKind::WorkLog).ok_or_else(|| Box::new(without_logs(id, data)))?;
        let as_of = query.as_of_records(data, &[RecordKind::WorkLog]);
        let days: Vec<Option<i32>> = days_of_logs(records, data);
        let first = days.iter().flatten().copied().min().filter(|&day| day <= data.calendar.day_of(as_of));
        let periods = first.map(|first| Periods::since(first, first, data, query, as_of));
        let spans: Vec<(i32, i32)> = periods.iter().flat_map(Periods::spans).collect();
        let split = Split::new(parts, &spans);
        let mut logs = Self {
            logged: vec![vec![0.0; spans.len()]; parts.len()],
            hours: parts.hours(&spans),
            rows: vec![Vec::new(); spans.len()],
            excluded: Vec::new(),
            spans,
        };
        logs.read(records, data, &days, periods.as_ref(), &split, query);
        if logs.spans.is_empty() {
            let period = words::period(query.granularity, 1);
            let mut answer = MetricResult::not_computable(
                id,
                format!("There is no whole {period} of work logs in the data or in the chosen period yet."),
                "A longer period, or a smaller step: days instead of weeks.",
            );
            logs.tell_excluded(&mut answer, parts);
            return Err(Box::new(answer));
        }
        Ok(logs)
    }

    fn read(
        &mut self,
        records: &Records,
        data: &PreparedDataset,
        days: &[Option<i32>],
        periods: Option<&Periods>,
        split: &Split<'_>,
        query: &Query,
    ) {
        let hours = records.numbers("hours");
        let people = records.category("person");
        let person_of: Vec<Option<u32>> = people.map_or_else(Vec::new, |people| {
            people.values().iter().map(|name| data.capacity.person(name).filter(|_| !name.is_empty())).collect()
        });
        let mut sums = vec![vec![0.0; self.spans.len()]; data.capacity.people().len()];
        let period = words::period(query.granularity, 1);
        let reasons = [
            "no day or hours".to_owned(),
            "logged by somebody without capacity".to_owned(),
            format!("logged in the first {period}, which the logs cover only in part"),
            format!("logged in the present {period}, which is not over"),
            "logged outside the chosen period".to_owned(),
        ];
        let mut left: [Vec<u32>; 5] = Default::default();
        let may_count: Vec<bool> = (0..sums.len()).map(|person| split.knows(person as u32)).collect();
        for row in 0..records.len() {
            let person = people.and_then(|people| person_of[people.code(row) as usize]);
            let number = row as u32;
            let (Some(day), true) = (days[row], hours[row].is_finite()) else {
                left[0].push(number);
                continue;
            };
            match periods.map(|periods| periods.place(day)) {
                None | Some(Place::Outside) => left[4].push(number),
                Some(Place::PartialFirst) => left[2].push(number),
                Some(Place::Present) => left[3].push(number),
                Some(Place::Whole(position)) => match person.filter(|&person| may_count[person as usize]) {
                    None => left[1].push(number),
                    Some(person) => {
                        sums[person as usize][position] += hours[row];
                        self.rows[position].push(number);
                    }
                },
            }
        }
        for (person, sums) in sums.iter().enumerate() {
            for (position, &sum) in sums.iter().enumerate().filter(|(_, sum)| **sum != 0.0) {
                for (part, share) in split.of(person as u32, position) {
                    self.logged[part][position] += sum * share;
                }
            }
        }
        self.excluded = Exclusion::list(reasons.into_iter().zip(left));
    }

    /// Says what was left out: the logs themselves where people are named, else their number.
    fn tell_excluded(&mut self, result: &mut MetricResult, parts: &Parts<'_>) {
        let excluded = std::mem::take(&mut self.excluded);
        if parts.names_people() {
            result.excluded = excluded;
            return;
        }
        for (place, Exclusion { reason, items }) in excluded.into_iter().enumerate() {
            let number = items.len();
            let logs = words::capitalised(&words::count(number, "work log", "work logs"));
            let is = words::verb(number, "is", "are");
            result.note(&format!("left-out-{}", place + 1), format!("{logs} {is} left out: {reason}."));
        }
    }
}

fn days_of_logs(records: &Records, data: &PreparedDataset) -> Vec<Option<i32>> {
    records.moments("date").iter().map(|&at| (at != NO_MOMENT).then(|| data.calendar.day_of(at))).collect()
}

fn without_logs(id: &str, data: &PreparedDataset) -> MetricResult {
    let has_hours = data.dataset.number(NumberField::LoggedHours).iter().any(|hours| hours.is_finite());
    let reason = if has_hours {
        "The items tell how much time was logged, but not on which days it was worked."
    } else {
        "No file holds a work log."
    };
    MetricResult::not_computable(id, reason, "A work log: person, date, hours.")
}

fn compute(data: &PreparedDataset, _items: &ItemSet, query: &Query) -> MetricResult {
    let parts = Parts::new(data, query);
    if parts.is_empty() {
        return parts.unknown(ABOUT.id);
    }
    let mut logs = match Logs::new(ABOUT.id, data, query, &parts) {
        Ok(logs) => logs,
        Err(answer) => return *answer,
    };
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    result.counted = Counted::Records(RecordKind::WorkLog);
    result.considered = logs.rows.iter().map(|rows| rows.len() as u64).sum();
    logs.tell_excluded(&mut result, &parts);
    let number = logs.spans.len();
    let sum = |lists: &[Vec<f64>], position: usize| tidy(lists.iter().map(|of| of[position]).sum());
    let logged: Vec<f64> = (0..number).map(|position| sum(&logs.logged, position)).collect();
    let hours: Vec<Option<f64>> = parts.total(&logs.spans).into_iter().map(|hours| hours.map(tidy)).collect();
    if hours.iter().all(Option::is_none) {
        let mut refused = MetricResult::not_computable(
            ABOUT.id,
            "Nobody's capacity is known in the periods that were logged.",
            super::NEEDS_CAPACITY,
        );
        (refused.excluded, refused.notes) = (result.excluded, result.notes);
        return refused;
    }
    let rows = if parts.names_people() { std::mem::take(&mut logs.rows) } else { vec![Vec::new(); number] };
    let days = || logs.spans.iter().map(|span| X::Day(span.0));
    let point = |(x, (y, items))| Point { x, y, items };
    let bars = days().zip(logged.iter().map(|&y| Some(y)).zip(rows)).map(point).collect();
    let line = days().zip(hours.iter().map(|&y| (y, Vec::new()))).map(point).collect();
    result.series = vec![
        Series::new("logged", "Logged", Role::Main, "hours", bars),
        Series::new("capacity", "Capacity", Role::Scope, "hours", line),
    ];
    tell(&mut result, &parts, &logs, &logged, &hours, query);
    result.figures.extend(of_sprint(data, query, &parts));
    result.note_weeks(query);
    parts.notes(&mut result);
    result
}

/// The share logged in the sprint asked for, else in the one that runs or ran last, as far as it is over by now.
fn of_sprint(data: &PreparedDataset, query: &Query, parts: &Parts<'_>) -> Option<Figure> {
    let records = data.dataset.records(RecordKind::WorkLog)?;
    let as_of = query.as_of_records(data, &[RecordKind::WorkLog]);
    let position = match &query.iteration {
        Some(name) => data.iterations.position_of(name)?,
        None => data.iterations.current(as_of)?,
    };
    let days = sprints::of_sprint(data, position)?;
    let span = (days.first, days.last.min(sprints::first_open_day(data, as_of) - 1));
    if span.1 < span.0 {
        return None;
    }
    let split = Split::new(parts, &[span]);
    let people = records.category("person")?;
    let shares: Vec<f64> = people
        .values()
        .iter()
        .map(|name| {
            let person = data.capacity.person(name).filter(|_| !name.is_empty());
            person.map_or(0.0, |person| split.of(person, 0).iter().map(|(_, share)| share).sum())
        })
        .collect();
    let hours = records.numbers("hours");
    let logged = days_of_logs(records, data).into_iter().enumerate().filter_map(|(row, day)| {
        let counts = hours[row].is_finite() && (span.0..=span.1).contains(&day?);
        counts.then(|| hours[row] * shares[people.code(row) as usize])
    });
    let logged = tidy(logged.sum());
    let there = parts.total(&[span])[0].map(tidy);
    let how = format!(
        "{} hours logged / {} hours, {}",
        words::number(logged),
        there.map_or_else(|| "unknown".to_owned(), words::number),
        words::day_range(span.0, span.1)
    );
    let share = there.and_then(|there| percent(logged, there));
    Some(Figure::new("sprint-share", format!("Logged share, {}", days.name), share, "%", how))
}

/// Figures, working and summary. Periods without known capacity are in no share.
fn tell(
    result: &mut MetricResult,
    parts: &Parts<'_>,
    logs: &Logs,
    logged: &[f64],
    hours: &[Option<f64>],
    query: &Query,
) {
    let number = logged.len();
    let plural = words::period(query.granularity, number);
    let pairs = || logged.iter().zip(hours).filter_map(|(&logged, hours)| Some((logged, (*hours)?)));
    let (all, there) = (tidy(pairs().map(|pair| pair.0).sum()), tidy(pairs().map(|pair| pair.1).sum()));
    let share = percent(all, there);
    let last = pairs().next_back();
    let of =
        |logged: f64, hours: f64| format!("{} hours logged / {} hours", words::number(logged), words::number(hours));
    result.figures = vec![
        Figure::new("logged-share", "Logged share", share, "%", of(all, there)),
        Figure::new("logged", "Logged", Some(all), "hours", format!("the sum of {number} whole {plural}")),
        Figure::new("capacity", "Capacity", Some(there), "hours", format!("the sum of {number} whole {plural}")),
        Figure::new(
            "last",
            format!("Logged share, last whole {}", words::period(query.granularity, 1)),
            last.and_then(|(logged, hours)| percent(logged, hours)),
            "%",
            last.map_or_else(String::new, |(logged, hours)| of(logged, hours)),
        ),
    ];
    if let (Some(first), Some(last)) = (logs.spans.first(), logs.spans.last()) {
        result.working.push(format!("{number} whole {plural}: {}.", words::day_range(first.0, last.1)));
    }
    let mut known = 0;
    for part in 0..parts.len() {
        let own = || logs.logged[part].iter().zip(&logs.hours[part]);
        if own().all(|(_, hours)| hours.is_none()) {
            continue;
        }
        known += 1;
        if known <= MOST_NAMED {
            let (logged, hours): (f64, f64) = own()
                .filter_map(|(&logged, hours)| Some((logged, (*hours)?)))
                .fold((0.0, 0.0), |sum, (logged, hours)| (sum.0 + logged, sum.1 + hours));
            let (logged, hours) = (tidy(logged), tidy(hours));
            let is = percent(logged, hours).map_or_else(String::new, |share| format!(" = {} %", words::number(share)));
            result.working.push(format!("{}: {}{is}.", parts.name(part), of(logged, hours)));
        }
    }
    if known > MOST_NAMED {
        result.working.push(format!("And {} more {}.", known - MOST_NAMED, parts.words().1));
    }
    result.summary = match share {
        None => "There were no hours of capacity in the periods that were logged.".to_owned(),
        Some(share) => format!(
            "{} % of capacity was logged: {} of {} ({number} whole {plural}).",
            words::number(share),
            words::number(all),
            super::utilisation::hours(there)
        ),
    };
}
