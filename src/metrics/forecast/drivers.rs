//! What would move the date.

use super::basis::{Basis, by_date};
use super::settings::{ForecastSettings, HistoryWindow};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, PreparedDataset, sort_by_key};
use throughline_simulation::Simulation;

/// ## What it measures
/// By how many days the 85 % date moves when one input of the forecast changes.
/// ## How
/// The forecast is made again with one change at a time and the same random numbers: half and twice the history window, new work
/// counted or not, 10 % less capacity, 10 % more remaining work, days off counted or skipped, without risks. The three that move
/// the date most are named.
/// ## Edge cases
/// Up to 2500 of the trials, so its date can differ by a day from that of [`super::when`]. An input that leaves no forecast, or no
/// end within ten years, has no number. Otherwise as [`super::when`].
/// ## Source
/// One-at-a-time sensitivity analysis; common random numbers.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "forecast-drivers",
    title: "What would move the date",
    definition: "By how many days the date at 85 % moves when one input of the forecast changes and all others stay: the \
                 history window, new work, capacity, remaining work, days off, risks.",
    how_to_read: "A bar upward makes it later, a bar downward earlier. Look after the longest first; where the history window \
                  moves the date much, the team's pace has changed and the forecast rests on which pace will hold.",
    per_iteration: false,
};

/// Trials of each change.
const MOST_TRIALS: u32 = 2_500;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let basis = match Basis::new(ABOUT.id, data, items, query, query.unit) {
        Ok(basis) => basis,
        Err(answer) => return *answer,
    };
    if basis.work == 0 {
        return MetricResult::not_computable(
            ABOUT.id,
            format!("Nothing remains to be done: no open {}.", query.unit.id()),
            "Open items, or a number of items typed in.",
        );
    }
    // The date that the reader knows, from all trials, beside which the one from some of them would be another.
    let known = basis.simulation().when(basis.work).percentile(85).map(|day| basis.date(day));
    let Some((known, base)) = known.zip(date(&basis, &basis.settings, basis.work)) else {
        return MetricResult::not_computable(
            ABOUT.id,
            "With a chance of 85 % the work is not done within ten years.",
            "A history window with more finished work, more capacity, or less open work.",
        );
    };
    // The largest move first; of equal ones the order of the list.
    let mut moves: Vec<(String, Option<i32>)> =
        changes(&basis).into_iter().map(|(name, settings, work)| (name, date(&basis, &settings, work))).collect();
    sort_by_key(&mut moves, |(_, to)| std::cmp::Reverse(to.map_or(i32::MAX, |to| (to - base).abs())));
    answer(&basis, known, base, &moves)
}

/// The changes that make sense here: name, settings, work.
fn changes(basis: &Basis<'_>) -> Vec<(String, ForecastSettings, i64)> {
    let (settings, work, window) = (&*basis.settings, basis.work, &basis.window);
    let with = |change: &dyn Fn(&mut ForecastSettings)| {
        let mut changed = settings.clone();
        change(&mut changed);
        changed
    };
    let length = window.last - window.first + 1;
    let mut changes = Vec::new();
    let mut push = |name: &str, settings, work| changes.push((name.to_owned(), settings, work));
    if length >= 2 {
        let half = HistoryWindow::Range(window.last - length / 2 + 1, window.last);
        push("Half the history window", with(&|settings| settings.history = Some(half)), work);
    }
    if window.first > basis.past.first {
        let twice = HistoryWindow::Range((window.first - length).max(basis.past.first), window.last);
        push("Twice the history window", with(&|settings| settings.history = Some(twice)), work);
    }
    let growth = if settings.growth { "No new work" } else { "New work as in the window" };
    push(growth, with(&|settings| settings.growth = !settings.growth), work);
    push("10 % less capacity", with(&|settings| settings.capacity = settings.capacity * 9 / 10), work);
    push("10 % more remaining work", settings.clone(), work + (work + 9) / 10);
    let days_off = if settings.skip_days_off { "Days off worked" } else { "Days off skipped" };
    push(days_off, with(&|settings| settings.skip_days_off = !settings.skip_days_off), work);
    if settings.split.is_some() {
        push("No item is split", with(&|settings| settings.split = None), work);
    }
    if !settings.risks.is_empty() {
        push("No risk comes true", with(&|settings| settings.risks.clear()), work);
    }
    changes
}

/// The 85 % date under other settings; `None` when there is none within ten years or too little history.
fn date(basis: &Basis<'_>, settings: &ForecastSettings, work: i64) -> Option<i32> {
    let (first, last) = match settings.history {
        Some(HistoryWindow::Range(first, last)) if settings.history != basis.settings.history => (first, last),
        _ => (basis.window.first, basis.window.last),
    };
    let window = basis.past.window(first, last, basis.work_days, settings);
    if window.active < super::basis::LEAST_ACTIVE || window.total() == 0 {
        return None;
    }
    let days = window.days(settings.capacity, settings.growth);
    let trials = settings.trials.min(MOST_TRIALS);
    let ForecastSettings { risks, split, seed, .. } = settings;
    let day = Simulation { days: &days, risks, split: *split, seed: *seed, trials }.day_reached(work, 85)?;
    super::past::days_of_work(basis.past.today, basis.work_days, settings).nth(day as usize)
}

/// `known` is the date; `base` is that of the trials that the changes are compared with.
fn answer(basis: &Basis<'_>, known: i32, base: i32, moves: &[(String, Option<i32>)]) -> MetricResult {
    let mut result = basis.answer(ABOUT.id);
    let today = basis.past.today;
    let value = Some(f64::from(known - today));
    result.figures.push(Figure::new("p85", "Days from now, 85 %", value, "days", by_date(Some(known))));
    let trials = basis.settings.trials.min(MOST_TRIALS);
    for (place, (name, to)) in moves.iter().take(3).enumerate() {
        let shift = to.map(|to| f64::from(to - base));
        let how = to.map_or_else(
            || "no end within ten years".to_owned(),
            |to| format!("{} in {trials} trials", in_words(to - base)),
        );
        result.figures.push(Figure::new(&format!("mover-{}", place + 1), name, shift, "days", how));
    }
    let point = |(name, to): &(String, Option<i32>)| Point {
        x: X::Name(name.clone()),
        y: to.map(|to| f64::from(to - base)),
        items: Vec::new(),
    };
    result.series.push(Series {
        id: "shift".into(),
        name: "Days later".into(),
        role: Role::Main,
        unit: "days".into(),
        points: moves.iter().map(point).collect(),
    });
    result.working.push(format!(
        "Each change is played with the first {trials} of the trials and compared with the same draws without it."
    ));
    for (name, to) in moves {
        let shift = to.map_or_else(|| "no forecast within ten years".to_owned(), |to| in_words(to - base));
        result.working.push(format!("{name}: {shift}."));
    }
    let told: Vec<String> = moves
        .iter()
        .filter(|(_, to)| *to != Some(base))
        .take(3)
        .map(|(name, to)| {
            let shift = to.map_or_else(|| "no end in sight".to_owned(), |to| in_words(to - base));
            format!("{} ({shift})", name.to_lowercase())
        })
        .collect();
    let told: Vec<&str> = told.iter().map(String::as_str).collect();
    result.summary = if told.is_empty() {
        format!("None of the inputs moves the 85 % date, {}.", by_date(Some(known)))
    } else {
        format!("The 85 % date, {}, is moved most by {}.", by_date(Some(known)), words::list(&told, 3))
    };
    result
}

/// "3 days later", "1 day earlier", "no change".
fn in_words(shift: i32) -> String {
    let days = words::days(f64::from(shift.abs()));
    match shift {
        0 => "no change".to_owned(),
        1.. => format!("{days} later"),
        _ => format!("{days} earlier"),
    }
}
