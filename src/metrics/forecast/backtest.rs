//! The track record: forecasts replayed from past days.

use super::basis::{Basis, LEAST_ACTIVE, PERCENTILES};
use super::simulation::{STEPS, Simulation};
use crate::metrics::{About, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, stats::percent, words};
use crate::model::{ItemSet, PreparedDataset, iso_from_day};

/// ## What it measures
/// How often the dates held that a forecast would have given on past days.
/// ## How
/// On each of the last 52 weeks' days like today the history window of that day is drawn from, as long as today's. It forecasts
/// when as much is finished as the window's mean makes in four weeks; a date held when that much was finished by it.
/// ## Edge cases
/// A replay counts when its 95 % date is over: that depends on the forecast alone, so late ends are not left out. Growth, capacity
/// and risks speak of the future and are not replayed. Windows shorter than 28 days or with fewer than 5 active days are left
/// out. Replays overlap, so they are not independent. Up to 1000 trials each. Fewer than 5 replays: not computable.
/// ## Source
/// Calibration of probabilistic forecasts: Gneiting, Balabdaoui and Raftery (2007).
pub static METRIC: Metric = Metric { about: &ABOUT, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "forecast-backtest",
    title: "Track record of the forecast",
    definition: "The same forecast replayed from a day of each of the last 52 weeks: how often its dates at 50, 70, 85 and \
                 95 % held. Each replay asks when four weeks' worth of work is finished.",
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
    let mut record = Record::default();
    for week in (1..=WEEKS).rev() {
        record.replay(&basis, basis.past.today - 7 * week);
    }
    if record.replays < LEAST_REPLAYS {
        let number = words::count(record.replays as usize, "past forecast", "past forecasts");
        let is = words::verb(record.replays as usize, "is", "are");
        return MetricResult::not_computable(
            ABOUT.id,
            format!("{} {is} over; a track record needs {LEAST_REPLAYS}.", words::capitalised(&number)),
            "A longer history, or a shorter history window.",
        );
    }
    answer(&basis, &record)
}

impl Record {
    /// Forecasts from the end of a past day and looks what came.
    fn replay(&mut self, basis: &Basis<'_>, at: i32) {
        let (past, settings) = (&basis.past, basis.settings);
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
        let work = if basis.unit == Unit::Items { ((mean + STEPS / 2) / STEPS).max(1) * STEPS } else { mean.max(1) };
        let trials = settings.trials.min(MOST_TRIALS);
        let ends = Simulation { days: &days, risks: &[], seed: settings.seed, trials }.when(work);
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

fn answer(basis: &Basis<'_>, record: &Record) -> MetricResult {
    let mut result = basis.answer(ABOUT.id);
    let replays = record.replays;
    let share = |position: usize| percent(f64::from(record.held[position]), f64::from(replays));
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
    let settings = basis.settings;
    if settings.growth || settings.capacity != 100 || !settings.risks.is_empty() {
        result.note("plain", "New work, capacity and risks speak of the future and are not replayed.");
    }
    if replays < FEW_REPLAYS {
        result.note("few-replays", format!("Only {replays} past forecasts: the shares are rough."));
    }
    result.summary = format!("The 85 % date held in {} of {replays} past forecasts.", record.held[2]);
    result
}
