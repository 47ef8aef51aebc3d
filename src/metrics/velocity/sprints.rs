//! Velocity sprint by sprint: committed against completed.

use crate::metrics::outcome::{Outcome, Outcomes};
use crate::metrics::sprint_content::{Membership, SprintContent, is_over, note_final_content, note_history};
use crate::metrics::sprint_course::{SprintCourse, Standing};
use crate::metrics::stats::{FEW_VALUES, percent, percentile_by, percentile_in_words, tidy};
use crate::metrics::{Exclusion, Figure, MetricResult, Point, Query, Role, Series, Unit, X, words};
use crate::model::{ItemSet, ListField, PreparedDataset, Window, WindowOrigin};

use super::{ABOUT, LOOK_BACK, band, levels};

/// The answer for items that are or were in sprints.
pub(super) fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let as_of = query.as_of(data);
    let Tally { rows: all, outside_all, without_window, undated, without_sprint } = if data.stays.is_told() {
        Tally::from_history(data, items, query, as_of)
    } else {
        Tally::new(data, items, Outcomes::new(data, as_of, query.unit))
    };
    let mut rows = Vec::new();
    let mut running = Vec::new();
    let (mut still_running, mut outside) = (Vec::new(), Vec::new());
    for row in all.into_iter().filter(|row| row.is_named) {
        let Some(window) = row.window else { continue };
        let last_day = data.calendar.day_of(window.end - 1);
        if !is_over(window, as_of) {
            still_running.extend_from_slice(&row.completed.items);
            if window.start <= as_of {
                running.push(row);
            }
        } else if query.from.is_some_and(|from| last_day < from) || query.to.is_some_and(|to| last_day > to) {
            outside.extend_from_slice(&row.completed.items);
        } else {
            rows.push(row);
        }
    }
    let excluded = Exclusion::list([
        ("finished outside every sprint it names".to_owned(), outside_all),
        ("finished, but the dates of its sprints are not known".to_owned(), without_window),
        ("finished in a sprint that is not over".to_owned(), still_running),
        ("finished in a sprint outside the chosen period".to_owned(), outside),
        ("finished, but no finish date".to_owned(), undated),
    ]);
    if rows.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No sprint of these items with known dates is over yet.",
            "A closed sprint with its first and last day, or another period.",
        );
        result.excluded = excluded;
        return result;
    }
    let mut result = answer(data, rows, excluded, query);
    note_running(&mut result, data, &running, query.unit);
    note_without_sprint(&mut result, without_sprint);
    result
}

/// Some items and their size.
#[derive(Debug, Default)]
struct Amount {
    size: f64,
    items: Vec<u32>,
}

impl Amount {
    fn add(&mut self, item: u32, size: f64) {
        self.size += size;
        self.items.push(item);
    }
}

/// One sprint.
#[derive(Debug, Default)]
struct Row {
    position: usize,
    window: Option<Window>,
    is_named: bool,
    committed: Amount,
    completed: Amount,
    /// Committed and finished inside the window.
    kept: Amount,
    /// Added and completed.
    unplanned: Amount,
    /// In the sprint and not finished at its end.
    carried: Amount,
    scope: f64,
    unestimated: usize,
}

impl Row {
    /// Takes in an item that names this sprint; `is_here` = it was completed in this sprint.
    fn take(&mut self, item: usize, membership: Membership, is_here: bool, outcomes: &Outcomes<'_>) {
        self.is_named = true;
        let Membership::Inside { added, completed, .. } = membership else { return };
        let size = outcomes.size(item);
        let number = item as u32;
        self.scope += size;
        self.unestimated += usize::from(outcomes.is_unestimated(item));
        if added.is_none() {
            self.committed.add(number, size);
        }
        if is_here {
            self.completed.add(number, size);
        }
        match (added, completed) {
            (None, Some(_)) => self.kept.add(number, size),
            (Some(_), Some(_)) if is_here => self.unplanned.add(number, size),
            (_, None) => self.carried.add(number, size),
            _ => {}
        }
    }
}

impl Row {
    /// Takes in an item as its history tells.
    fn follow(&mut self, item: u32, standing: Standing, is_unestimated: bool) {
        self.is_named = true;
        let Standing::Inside { committed, completed, scope } = standing else { return };
        self.unestimated += usize::from(is_unestimated);
        self.scope += scope.unwrap_or(0.0);
        if let Some(size) = committed {
            self.committed.add(item, size);
        }
        match (completed, committed) {
            (Some(size), Some(promised)) => {
                self.completed.add(item, size);
                // Of what was promised: a new estimate makes it neither more nor less.
                self.kept.add(item, promised);
            }
            (Some(size), None) => {
                self.completed.add(item, size);
                self.unplanned.add(item, size);
            }
            (None, _) => {
                if let Some(size) = scope {
                    self.carried.add(item, size);
                }
            }
        }
    }
}

/// All sprints in time order, and the finished items that were completed in none of them.
struct Tally {
    rows: Vec<Row>,
    outside_all: Vec<u32>,
    without_window: Vec<u32>,
    undated: Vec<u32>,
    without_sprint: usize,
}

impl Tally {
    /// One pass over the items in their order, so that the columns are read from front to back.
    fn new(data: &PreparedDataset, items: &ItemSet, outcomes: Outcomes<'_>) -> Self {
        let sprints = data.dataset.list(ListField::Sprint);
        let mut position_of = vec![usize::MAX; sprints.values().len()];
        let mut rows = Vec::with_capacity(data.iterations.list().len());
        for (position, iteration) in data.iterations.list().iter().enumerate() {
            position_of[iteration.code as usize] = position;
            rows.push(Row { position, window: iteration.window, ..Row::default() });
        }
        let content = SprintContent::new(data, outcomes);
        let mut tally =
            Self { rows, outside_all: Vec::new(), without_window: Vec::new(), undated: Vec::new(), without_sprint: 0 };
        for item in items {
            let outcome = outcomes.of(item);
            let positions = || sprints.codes_of(item).iter().map(|&code| position_of[code as usize]);
            let completed_in = tally.completed_in(item, outcome, positions());
            for position in positions() {
                let row = &mut tally.rows[position];
                let Some(window) = row.window else { continue };
                let membership = content.membership_with(item, outcome, window);
                row.take(item, membership, completed_in == Some(position), &outcomes);
            }
        }
        tally
    }

    /// The same from the history of the items: the estimates of the moment, and what was done when each sprint closed.
    fn from_history(data: &PreparedDataset, items: &ItemSet, query: &Query, as_of: i64) -> Self {
        let list = data.iterations.list();
        let rows = list.iter().enumerate();
        let rows = rows.map(|(position, sprint)| Row { position, window: sprint.window, ..Row::default() }).collect();
        let mut tally =
            Self { rows, outside_all: Vec::new(), without_window: Vec::new(), undated: Vec::new(), without_sprint: 0 };
        let mut course = SprintCourse::new(data, as_of, query.unit);
        for item in items {
            let stays = data.stays.of_item(item);
            let (mut is_dated, mut is_completed) = (false, false);
            if !stays.is_empty() {
                course.take_up(item);
            }
            for own in stays.chunk_by(|a, b| a.iteration == b.iteration) {
                let row = &mut tally.rows[own[0].iteration as usize];
                let Some(window) = row.window else { continue };
                is_dated = true;
                let standing = course.follow(item, own, window);
                is_completed |= matches!(standing, Standing::Inside { completed: Some(_), .. });
                row.follow(item as u32, standing, course.outcomes.is_unestimated(item));
            }
            match course.outcomes.of(item) {
                Outcome::Finished { .. } | Outcome::Undated if stays.is_empty() => tally.without_sprint += 1,
                Outcome::Undated => tally.undated.push(item as u32),
                Outcome::Finished { .. } if is_completed => {}
                Outcome::Finished { .. } if is_dated => tally.outside_all.push(item as u32),
                Outcome::Finished { .. } => tally.without_window.push(item as u32),
                Outcome::Open | Outcome::Dropped => {}
            }
        }
        tally
    }

    /// The sprint in which an item was completed: the last that it names and in whose window it was finished. Otherwise a
    /// finished item is noted with the reason.
    fn completed_in(
        &mut self,
        item: usize,
        outcome: Outcome,
        positions: impl DoubleEndedIterator<Item = usize>,
    ) -> Option<usize> {
        let at = match outcome {
            Outcome::Open | Outcome::Dropped => return None,
            Outcome::Undated => None,
            Outcome::Finished { at, .. } => Some(at),
        };
        let (mut is_named, mut is_dated) = (false, false);
        for position in positions.rev() {
            is_named = true;
            let (Some(window), Some(at)) = (self.rows[position].window, at) else { continue };
            is_dated = true;
            if window.start <= at && at < window.end {
                return Some(position);
            }
        }
        match at {
            _ if !is_named => self.without_sprint += 1,
            None => self.undated.push(item as u32),
            Some(_) if is_dated => self.outside_all.push(item as u32),
            Some(_) => self.without_window.push(item as u32),
        }
        None
    }
}

fn answer(data: &PreparedDataset, mut rows: Vec<Row>, excluded: Vec<Exclusion>, query: &Query) -> MetricResult {
    let name = |row: &Row| data.iterations.list()[row.position].name.clone();
    let unestimated = rows.iter().map(|row| row.unestimated).sum();
    let mut considered: Vec<u32> = rows.iter().flat_map(|row| row.completed.items.iter().copied()).collect();
    considered.sort_unstable();
    considered.dedup();
    // Opened again and completed in another sprint: it has its part already.
    let excluded = Exclusion::list(excluded.into_iter().map(|Exclusion { reason, mut items }| {
        items.retain(|item| considered.binary_search(item).is_err());
        items.sort_unstable();
        items.dedup();
        (reason, items)
    }));
    let recent = &rows[rows.len().saturating_sub(LOOK_BACK)..];
    let mut rising: Vec<f64> = recent.iter().map(|row| tidy(row.completed.size)).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let ends = [recent.first().map(&name), recent.last().map(&name)].map(|end| X::Name(end.unwrap_or_default()));

    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        summary: summary(&rising, rows.len(), query),
        working: working(recent, &rising, query),
        figures: figures(recent, &rising, query),
        considered: considered.len() as u64,
        excluded,
        ..MetricResult::default()
    };
    let levels = levels(&rising, &ends, query);
    let mut bars = |id: &str, title: &str, role, amount: fn(&mut Row) -> &mut Amount| {
        let points = rows.iter_mut().map(|row| {
            let x = X::Name(name(row));
            let amount = amount(row);
            Point { x, y: Some(tidy(amount.size)), items: std::mem::take(&mut amount.items) }
        });
        let points = points.collect();
        Series { id: id.to_owned(), name: title.to_owned(), role, unit: query.unit.id().to_owned(), points }
    };
    result.series.push(bars("committed", "Committed", Role::Second, |row| &mut row.committed));
    result.series.push(bars("completed", "Completed", Role::Main, |row| &mut row.completed));
    result.series.extend(levels);
    if data.stays.is_told() {
        note_history(&mut result, data);
    } else {
        note_final_content(&mut result);
    }
    result.note_unestimated(unestimated, query.unit);
    notes(&mut result, data, &rows);
    result
}

fn figures(recent: &[Row], rising: &[f64], query: &Query) -> Vec<Figure> {
    let unit = query.unit;
    let number = rising.len();
    let share = |id: &str, name: &str, part: fn(&Row) -> &Amount, whole: fn(&Row) -> f64, of: &str| {
        let sum: f64 = tidy(recent.iter().map(|row| part(row).size).sum());
        let total: f64 = tidy(recent.iter().map(whole).sum());
        let how = format!("{} of {} {of}, {}", words::number(sum), words::amount(total, unit), last_sprints(number));
        let mut items: Vec<u32> = recent.iter().flat_map(|row| part(row).items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        Figure::new(id, name, percent(sum, total), "%", how).with_items(items)
    };
    let mut figures = band(rising, ("closed sprint", "closed sprints"), query);
    figures.extend([
        share("say-do", "Say-do", |row| &row.kept, |row| row.committed.size, "committed"),
        share("carry-over", "Carry-over", |row| &row.carried, |row| row.scope, "in these sprints"),
        share("unplanned", "Unplanned share", |row| &row.unplanned, |row| row.completed.size, "completed"),
    ]);
    figures
}

fn last_sprints(number: usize) -> String {
    if number == 1 { "the one closed sprint".to_owned() } else { format!("the last {number} closed sprints") }
}

fn working(recent: &[Row], rising: &[f64], query: &Query) -> Vec<String> {
    let unit = query.unit;
    let number = rising.len();
    let list: Vec<String> = rising.iter().map(|&value| words::number(value)).collect();
    let total = |amount: fn(&Row) -> &Amount| tidy(recent.iter().map(|row| amount(row).size).sum::<f64>());
    let mut lines =
        vec![format!("Completed in {}, rising, in {}: {}.", last_sprints(number), unit.id(), list.join(", "))];
    if let Some(median) = percentile_by(rising, 50, query.percentile) {
        lines.push(format!(
            "Median = {} = {}.",
            percentile_in_words(number, 50, query.percentile),
            words::number(median)
        ));
    }
    let (kept, committed) = (total(|row| &row.kept), total(|row| &row.committed));
    if committed > 0.0 {
        let (kept, committed) = (words::number(kept), words::number(committed));
        lines.push(format!("Say-do = completed of the committed / committed = {kept} / {committed}."));
    }
    lines
}

fn summary(rising: &[f64], sprints: usize, query: &Query) -> String {
    let unit = query.unit;
    let number = rising.len();
    let Some(median) = percentile_by(rising, 50, query.percentile) else { return String::new() };
    if sprints == 1 {
        return format!("{} completed in the one closed sprint.", words::amount(median, unit));
    }
    let band = match (percentile_by(rising, 15, query.percentile), percentile_by(rising, 85, query.percentile)) {
        (Some(low), Some(high)) if number >= FEW_VALUES => {
            format!(", most often {}", words::range(low, high))
        }
        _ => String::new(),
    };
    format!("Median velocity is {} a sprint{band} (last {number} closed sprints).", words::amount(median, unit))
}

fn note_running(result: &mut MetricResult, data: &PreparedDataset, running: &[Row], unit: Unit) {
    let so_far = words::amount(tidy(running.iter().map(|row| row.completed.size).sum()), unit);
    match running {
        [] => {}
        [row] => {
            let name = &data.iterations.list()[row.position].name;
            let text = format!("{name} is running, with {so_far} completed so far; it is not in the bars or the band.");
            result.note("running-sprint", text);
        }
        several => {
            let number = several.len();
            let text = format!(
                "{number} sprints are running, with {so_far} completed so far; they are not in the bars or the band."
            );
            result.note("running-sprint", text);
        }
    }
}

fn note_without_sprint(result: &mut MetricResult, number: usize) {
    if number > 0 {
        let items = words::count(number, "finished item", "finished items");
        let name = words::verb(number, "names", "name");
        let has = words::verb(number, "has", "have");
        result.note(
            "without-sprint",
            format!("{} {name} no sprint and {has} no part in this.", words::capitalised(&items)),
        );
    }
}

fn notes(result: &mut MetricResult, data: &PreparedDataset, rows: &[Row]) {
    let window = |row: &Row| data.iterations.list()[row.position].window;
    let inferred =
        rows.iter().filter(|row| window(row).is_some_and(|window| window.origin == WindowOrigin::Inferred)).count();
    if inferred > 0 {
        let text = format!(
            "The dates of {} were worked out from the items; correct them on the sprint view.",
            words::count(inferred, "sprint", "sprints")
        );
        result.note("windows-inferred", text);
    }
    if rows.len() < FEW_VALUES {
        let text = format!("Only {}: no band yet.", words::count(rows.len(), "closed sprint", "closed sprints"));
        result.note("few-sprints", text);
    }
    // Rows are in the order of their ends.
    let overlap = rows.windows(2).any(|pair| match (window(&pair[0]), window(&pair[1])) {
        (Some(earlier), Some(later)) => later.start < earlier.end,
        _ => false,
    });
    if overlap {
        result.note(
            "parallel-sprints",
            "Sprints of several teams run at the same time. Filter by team or project to compare like with like.",
        );
    }
}
