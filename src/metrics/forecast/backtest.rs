//! The track record: forecasts replayed from past days.

use super::basis::{Basis, LEAST_ACTIVE, PERCENTILES};
use crate::metrics::outcome::Outcomes;
use crate::metrics::phase::{Phase, phases, undated_phase};
use crate::metrics::{
    About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, stats::percent, words,
};
use crate::model::{ItemSet, NO_DAY, PreparedDataset, iso_from_day};
use throughline_simulation::{STEPS, Simulation};

/// ## What it measures
/// How often the dates held that a forecast would have given on past days.
/// ## How
/// On each of the last 52 weeks' days like today the history window of that day is drawn from, as long as today's. It forecasts
/// when as much is finished as the window's mean makes in four weeks; a date held when that much was finished by it. Where
/// enough such replays are over, the same is told for all that was open at the end of the past day (created, and not done or
/// closed then, with today's estimates).
/// ## Edge cases
/// A replay counts when its 95 % date is over: that depends on the forecast alone, so late ends are not left out. Growth, capacity,
/// split rate and risks speak of the future and are not replayed. Windows shorter than 28 days or with fewer than 5 active days are left
/// out. Replays overlap, so they are not independent. Up to 1000 trials each. Fewer than 5 replays: not computable.
/// ## Source
/// Calibration of probabilistic forecasts: Gneiting, Balabdaoui and Raftery (2007).
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "forecast-backtest",
    title: "Track record of the forecast",
    definition: "The same forecast replayed from a day of each of the last 52 weeks: how often its dates at 50, 70, 85 and \
                 95 % held. Each replay asks when four weeks' worth of work is finished, and when as much is \
                 finished as was open then.",
    how_to_read: "A good forecast lies near the dashed line: its 85 % date holds in about 85 of 100 cases. Far below it is too \
                  hopeful, far above it is too careful.",
    per_iteration: false,
};

/// Weeks that are looked back on.
const WEEKS: i32 = 52;
/// Calendar days whose work is forecast, and the shortest window.
const SPAN: i32 = 28;
/// Replays below which there is no track record.
const LEAST_REPLAYS: u32 = 5;
/// Replays below which it is said that they are few.
const FEW_REPLAYS: u32 = 20;
/// Trials of a replay.
const MOST_TRIALS: u32 = 1_000;

/// What a replay asks for.
#[derive(Clone, Copy)]
enum Asked<'a> {
    /// As much as the window's mean makes in [`SPAN`] days.
    FourWeeks,
    /// As much as was open at the end of the day: by day from the first of the history, in hundredths.
    Backlog(&'a [i64]),
}

/// How the replays ended.
#[derive(Default)]
struct Record {
    held: [u32; 4],
    replays: u32,
    not_over: usize,
    too_little: usize,
    first: Option<i32>,
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let basis = match Basis::new(ABOUT.id, data, items, query, query.unit) {
        Ok(basis) => basis,
        Err(answer) => return *answer,
    };
    let record = Record::of(&basis, Asked::FourWeeks);
    if record.replays < LEAST_REPLAYS {
        let number = words::count(record.replays as usize, "past forecast", "past forecasts");
        let is = words::verb(record.replays as usize, "is", "are");
        return MetricResult::not_computable(
            ABOUT.id,
            format!("{} {is} over; a track record needs {LEAST_REPLAYS}.", words::capitalised(&number)),
            "A longer history, or a shorter history window.",
        );
    }
    let open = open_at_the_time(&basis, data, items, query);
    answer(&basis, &record, &Record::of(&basis, Asked::Backlog(&open)))
}

/// What was open at the end of each day from the first of the history, in hundredths of the unit.
fn open_at_the_time(basis: &Basis<'_>, data: &PreparedDataset, items: &ItemSet, query: &Query) -> Vec<i64> {
    let past = &basis.past;
    let mut change = vec![0; (past.today - past.first + 1) as usize];
    let outcomes = Outcomes::new(data, query.as_of(data), basis.unit);
    let is_dated = |item: &usize| data.life.created_day[*item] != NO_DAY && undated_phase(data, *item).is_none();
    for item in items.iter().filter(is_dated) {
        let amount = (outcomes.size(item) * 100.0).round() as i64;
        let mut was_open = false;
        for (at, phase) in phases(data, item) {
            let place = (data.calendar.day_of(at) - past.first).max(0) as usize;
            let is_open = phase == Phase::Open;
            if is_open != was_open
                && let Some(change) = change.get_mut(place)
            {
                *change += if is_open { amount } else { -amount };
            }
            was_open = is_open;
        }
    }
    let mut sum = 0;
    for day in &mut change {
        sum += *day;
        *day = sum;
    }
    change
}

impl Record {
    fn of(basis: &Basis<'_>, asked: Asked<'_>) -> Self {
        let mut record = Self::default();
        for week in (1..=WEEKS).rev() {
            record.replay(basis, basis.past.today - 7 * week, asked);
        }
        record
    }

    /// Forecasts from the end of a past day and looks what came.
    fn replay(&mut self, basis: &Basis<'_>, at: i32, asked: Asked<'_>) {
        let (past, settings) = (&basis.past, &*basis.settings);
        let length = basis.window.last - basis.window.first + 1;
        let first = past.first.max(at - length + 1);
        let window = past.window(first, at, basis.work_days, settings);
        let total = window.total();
        if at - first + 1 < SPAN || window.active < LEAST_ACTIVE || total == 0 {
            self.too_little += 1;
            return;
        }
        let days = window.days(100, false);
        // Whole items, at least one.
        let mean = total * 100 * i64::from(SPAN) / i64::from(at - first + 1);
        let work = match asked {
            Asked::FourWeeks if basis.unit == Unit::Items => ((mean + STEPS / 2) / STEPS).max(1) * STEPS,
            Asked::FourWeeks => mean.max(1),
            Asked::Backlog(open) => open.get((at - past.first) as usize).copied().unwrap_or(0) * 100,
        };
        if work <= 0 {
            self.too_little += 1;
            return;
        }
        let trials = settings.trials.min(MOST_TRIALS);
        let ends = Simulation { days: &days, risks: &[], split: None, seed: settings.seed, trials }.when(work);
        let came = past.window(at + 1, past.today, basis.work_days, settings);
        let over = came.finished.len() as u32;
        if ends.percentile(95).is_none_or(|day| day > over) {
            self.not_over += 1;
            return;
        }
        let mut left = work;
        let done = came.finished.iter().position(|&amount| {
            left -= amount * 100;
            left <= 0
        });
        self.first.get_or_insert(at);
        self.replays += 1;
        for (held, p) in self.held.iter_mut().zip(PERCENTILES) {
            let in_time = done.zip(ends.percentile(p)).is_some_and(|(done, day)| (done as u32) < day);
            *held += u32::from(in_time);
        }
    }
}

fn answer(basis: &Basis<'_>, record: &Record, backlog: &Record) -> MetricResult {
    let mut result = basis.answer(ABOUT.id);
    let replays = record.replays;
    let share_of =
        |record: &Record, position: usize| percent(f64::from(record.held[position]), f64::from(record.replays));
    let share = |position: usize| share_of(record, position);
    for position in [2, 0, 1, 3] {
        let p = PERCENTILES[position];
        let how = format!("{} of {replays} past forecasts", record.held[position]);
        result.figures.push(Figure::new(
            &format!("held-{p}"),
            format!("{p} % dates that held"),
            share(position),
            "%",
            how,
        ));
    }
    let point = |p: u32, y| Point { x: X::Name(format!("{p} %")), y, items: Vec::new() };
    let series = |id: &str, name: &str, role, points| Series::new(id, name, role, "%", points);
    let held = PERCENTILES.iter().enumerate().map(|(position, &p)| point(p, share(position))).collect();
    let promised = PERCENTILES.iter().map(|&p| point(p, Some(f64::from(p)))).collect();
    result.series = vec![
        series("held", "Dates that held", Role::Main, held),
        series("promised", "Promised", Role::Guideline, promised),
    ];
    if backlog.replays >= LEAST_REPLAYS {
        let points = PERCENTILES.iter().enumerate().map(|(position, &p)| point(p, share_of(backlog, position)));
        result.series.insert(1, series("held-backlog", "Held for all that was open", Role::Second, points.collect()));
        let how = format!("{} of {} past forecasts of all that was open then", backlog.held[2], backlog.replays);
        let name = "85 % dates that held for all that was open";
        result.figures.push(Figure::new("held-85-backlog", name, share_of(backlog, 2), "%", how));
    } else {
        let number = words::count(backlog.replays as usize, "past forecast", "past forecasts");
        let is = words::verb(backlog.replays as usize, "is", "are");
        result.note(
            "backlog-not-over",
            format!(
                "Of all that was open at the time, {number} {is} over; {LEAST_REPLAYS} are needed. So it is told for four \
                 weeks of work only."
            ),
        );
    }
    let first = record.first.unwrap_or(basis.past.today);
    result.working.push(format!("{replays} past forecasts, one a week, the first of {}.", iso_from_day(first)));
    if record.not_over > 0 {
        let weeks = words::count(record.not_over, "week", "weeks");
        result.working.push(format!("{}: the 95 % date is not over yet.", words::capitalised(&weeks)));
    }
    if record.too_little > 0 {
        let weeks = words::count(record.too_little, "week", "weeks");
        result.working.push(format!("{}: too little history before.", words::capitalised(&weeks)));
    }
    let settings = &basis.settings;
    if settings.growth
        || settings.plan
        || settings.capacity != 100
        || settings.split.is_some()
        || !settings.risks.is_empty()
    {
        result.note("plain", "New work, capacity, split rate and risks speak of the future and are not replayed.");
    }
    if replays < FEW_REPLAYS {
        result.note("few-replays", format!("Only {replays} past forecasts: the shares are rough."));
    }
    result.summary = format!("The 85 % date held in {} of {replays} past forecasts.", record.held[2]);
    result
}
