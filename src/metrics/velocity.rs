//! Velocity: what was committed and completed, sprint by sprint.

use crate::model::{ItemSet, ListField, PreparedDataset, Window, WindowOrigin};

use super::outcome::{Outcome, Outcomes};
use super::sprint_content::{Membership, SprintContent, has_member, is_over, note_final_content, without_sprints};
use super::stats::{FEW_VALUES, percent, percentile, rank_in_words, tidy};
use super::{Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// ## What it measures
/// Per closed sprint: committed at the start against completed inside it, in items or points, with the band of the last 8.
/// ## How
/// Committed = names the sprint, created before its start and not finished then. Completed = finished inside the window of
/// the sprint, whether committed or added. The band is p15 to p85 (nearest rank) of completed over the last 8 closed sprints.
/// Say-do = completed of the committed / committed. Carry-over = in the sprint, not finished at its end / all in the sprint.
/// Unplanned share = completed of the added / completed. All over the last 8 closed sprints together.
/// ## Edge cases
/// An item that names several sprints is completed in the one in whose window it was finished, and only there. An item
/// finished outside the windows of all sprints it names is left out and counted. The running sprint is not in the band.
/// ## Source
/// Scrum practice; compare Jira's velocity chart, whose commitment comes from the sprint's history.
pub static METRIC: Metric = Metric {
    id: "velocity",
    title: "Velocity",
    definition: "For each closed sprint, the work that was in it at its start (committed) and the work finished in it \
                 (completed).",
    how_to_read: "Each pair of bars is one sprint. Expect the next sprint to complete an amount inside the band, the range \
                  of the last 8 sprints without their extremes; promise nothing at its upper end.",
    per_iteration: false,
    compute,
};

/// Sprints that the band and the shares look back on.
const LOOK_BACK: usize = 8;
const NOWHERE: u32 = u32::MAX;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    if let Some(answer) = without_sprints(METRIC.id, data) {
        return answer;
    }
    let as_of = query.as_of(data);
    let outcomes = Outcomes::new(data, as_of, query.unit);
    let completions = Completions::new(data, items, &outcomes);
    let content = SprintContent::new(data, outcomes);
    let mut rows = Vec::new();
    let mut running = Vec::new();
    let (mut still_running, mut outside) = (Vec::new(), Vec::new());
    for (position, iteration) in data.iterations.list().iter().enumerate() {
        let Some(window) = iteration.window else { continue };
        if !has_member(data, items, position) {
            continue;
        }
        let row = Row::new(data, items, &content, &completions, (position, window));
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
        ("finished outside every sprint it names".to_owned(), completions.outside_all),
        ("finished, but the dates of its sprints are not known".to_owned(), completions.without_window),
        ("finished in a sprint that is not over".to_owned(), still_running),
        ("finished in a sprint outside the chosen period".to_owned(), outside),
        ("finished, but no finish date".to_owned(), completions.undated),
    ]);
    if rows.is_empty() {
        let mut result = MetricResult::not_computable(
            METRIC.id,
            "No sprint of these items with known dates is over yet.",
            "A closed sprint with its first and last day, or another period.",
        );
        result.excluded = excluded;
        return result;
    }
    let mut result = answer(data, rows, excluded, query);
    note_running(&mut result, data, &running, query.unit);
    if completions.without_sprint > 0 {
        let number = completions.without_sprint;
        let text = format!(
            "{} {} no sprint and {} no part in this.",
            words::capitalised(&count_finished(number)),
            words::verb(number, "names", "name"),
            words::verb(number, "has", "have"),
        );
        result.note("without-sprint", text);
    }
    result
}

fn count_finished(number: usize) -> String {
    words::count(number, "finished item", "finished items")
}

/// In which sprint each finished item was completed.
struct Completions {
    /// Position of the sprint per item, or [`NOWHERE`].
    sprint_of: Vec<u32>,
    outside_all: Vec<u32>,
    without_window: Vec<u32>,
    undated: Vec<u32>,
    without_sprint: usize,
}

impl Completions {
    fn new(data: &PreparedDataset, items: &ItemSet, outcomes: &Outcomes<'_>) -> Self {
        let sprints = data.dataset.list(ListField::Sprint);
        let mut windows: Vec<Option<(u32, Window)>> = vec![None; sprints.values().len()];
        for (position, iteration) in data.iterations.list().iter().enumerate() {
            windows[iteration.code as usize] = iteration.window.map(|window| (position as u32, window));
        }
        let mut completions = Self {
            sprint_of: vec![NOWHERE; data.dataset.len()],
            outside_all: Vec::new(),
            without_window: Vec::new(),
            undated: Vec::new(),
            without_sprint: 0,
        };
        for item in items.iter() {
            let outcome = outcomes.of(item);
            if matches!(outcome, Outcome::Open | Outcome::Dropped) {
                continue;
            }
            let codes = sprints.codes_of(item);
            let mut dated = codes.iter().rev().filter_map(|&code| windows[code as usize]).peekable();
            match outcome {
                _ if codes.is_empty() => completions.without_sprint += 1,
                Outcome::Finished { .. } if dated.peek().is_none() => completions.without_window.push(item as u32),
                Outcome::Finished { at, .. } => match dated.find(|(_, window)| window.start <= at && at < window.end) {
                    Some((position, _)) => completions.sprint_of[item] = position,
                    None => completions.outside_all.push(item as u32),
                },
                _ => completions.undated.push(item as u32),
            }
        }
        completions
    }
}

/// Some items and their size.
#[derive(Default)]
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
struct Row {
    position: usize,
    committed: Amount,
    completed: Amount,
    kept: Amount,
    unplanned: Amount,
    carried: Amount,
    scope: f64,
    unestimated: usize,
}

impl Row {
    fn new(
        data: &PreparedDataset,
        items: &ItemSet,
        content: &SprintContent<'_>,
        completions: &Completions,
        sprint: (usize, Window),
    ) -> Self {
        let (position, window) = sprint;
        let mut row = Self {
            position,
            committed: Amount::default(),
            completed: Amount::default(),
            kept: Amount::default(),
            unplanned: Amount::default(),
            carried: Amount::default(),
            scope: 0.0,
            unestimated: 0,
        };
        for &item in data.iterations.members(position) {
            if !items.contains(item as usize) {
                continue;
            }
            let size = content.outcomes.size(item as usize);
            let Membership::Inside { added, completed, .. } = content.membership(item as usize, window) else {
                continue;
            };
            let completed_here = completions.sprint_of[item as usize] == position as u32;
            row.scope += size;
            row.unestimated += usize::from(content.outcomes.is_unestimated(item as usize));
            if added.is_none() {
                row.committed.add(item, size);
            }
            if completed_here {
                row.completed.add(item, size);
            }
            match (added, completed) {
                (None, Some(_)) => row.kept.add(item, size),
                (Some(_), Some(_)) if completed_here => row.unplanned.add(item, size),
                (_, None) => row.carried.add(item, size),
                _ => {}
            }
        }
        row
    }
}

fn answer(data: &PreparedDataset, mut rows: Vec<Row>, excluded: Vec<Exclusion>, query: &Query) -> MetricResult {
    let name = |row: &Row| data.iterations.list()[row.position].name.clone();
    let unestimated = rows.iter().map(|row| row.unestimated).sum();
    let considered = rows.iter().map(|row| row.completed.items.len()).sum::<usize>();
    let recent = &rows[rows.len().saturating_sub(LOOK_BACK)..];
    let mut rising: Vec<f64> = recent.iter().map(|row| tidy(row.completed.size)).collect();
    rising.sort_unstable_by(f64::total_cmp);
    let ends = [recent.first().map(&name), recent.last().map(&name)].map(Option::unwrap_or_default);

    let mut result = MetricResult {
        id: METRIC.id.to_owned(),
        summary: summary(&rising, rows.len(), query.unit),
        working: working(recent, &rising, query.unit),
        figures: figures(recent, &rising, query.unit),
        considered: considered as u64,
        excluded,
        ..MetricResult::default()
    };
    let levels = levels(&rising, &ends, query.unit);
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
    note_final_content(&mut result);
    result.note_unestimated(unestimated);
    notes(&mut result, data, &rows);
    result
}

fn levels(rising: &[f64], ends: &[String; 2], unit: Unit) -> Vec<Series> {
    if rising.len() < FEW_VALUES {
        return Vec::new();
    }
    [("median", "Median", 50), ("band-low", "Band, lower end", 15), ("band-high", "Band, upper end", 85)]
        .into_iter()
        .filter_map(|(id, name, p)| {
            let y = percentile(rising, p)?;
            let point = |end: &String| Point { x: X::Name(end.clone()), y: Some(y), items: Vec::new() };
            Some(Series {
                id: id.into(),
                name: name.into(),
                role: Role::Level,
                unit: unit.id().into(),
                points: ends.iter().map(point).collect(),
            })
        })
        .collect()
}

fn figures(recent: &[Row], rising: &[f64], unit: Unit) -> Vec<Figure> {
    let number = rising.len();
    let sprints = words::count(number, "closed sprint", "closed sprints");
    let ranked = |id: &str, name: &str, p: usize, least: usize| {
        let enough = number >= least;
        let how = if enough {
            format!("{} {}", rank_in_words(number, p), words::verb(number, "closed sprint", "closed sprints"))
        } else {
            format!("needs at least {least} closed sprints; there {} {number}", words::verb(number, "is", "are"))
        };
        Figure::new(id, name, percentile(rising, p).filter(|_| enough), unit.id(), how)
    };
    let share = |id: &str, name: &str, part: fn(&Row) -> &Amount, whole: fn(&Row) -> f64, of: &str| {
        let sum: f64 = tidy(recent.iter().map(|row| part(row).size).sum());
        let total: f64 = tidy(recent.iter().map(whole).sum());
        let how = format!("{} of {} {of}, last {sprints}", words::number(sum), words::amount(total, unit));
        let mut items: Vec<u32> = recent.iter().flat_map(|row| part(row).items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        Figure::new(id, name, percent(sum, total), "%", how).with_items(items)
    };
    vec![
        ranked("median", "Median completed", 50, 1),
        ranked("band-low", "Band, lower end (p15)", 15, FEW_VALUES),
        ranked("band-high", "Band, upper end (p85)", 85, FEW_VALUES),
        share("say-do", "Say-do", |row| &row.kept, |row| row.committed.size, "committed"),
        share("carry-over", "Carry-over", |row| &row.carried, |row| row.scope, "in these sprints"),
        share("unplanned", "Unplanned share", |row| &row.unplanned, |row| row.completed.size, "completed"),
    ]
}

fn working(recent: &[Row], rising: &[f64], unit: Unit) -> Vec<String> {
    let number = rising.len();
    let list: Vec<String> = rising.iter().map(|&value| words::number(value)).collect();
    let total = |amount: fn(&Row) -> f64| words::number(tidy(recent.iter().map(amount).sum()));
    let mut lines = vec![format!(
        "Completed in the last {}, rising: {} {}.",
        words::count(number, "closed sprint", "closed sprints"),
        list.join(", "),
        unit.id()
    )];
    if let Some(median) = percentile(rising, 50) {
        lines.push(format!("Median = {} = {}.", rank_in_words(number, 50), words::number(median)));
    }
    lines.push(format!(
        "Say-do = completed of the committed / committed = {} / {}.",
        total(|row| row.kept.size),
        total(|row| row.committed.size)
    ));
    lines
}

fn summary(rising: &[f64], sprints: usize, unit: Unit) -> String {
    let number = rising.len();
    let Some(median) = percentile(rising, 50) else { return String::new() };
    if sprints == 1 {
        return format!("{} completed in the one closed sprint.", words::amount(median, unit));
    }
    let band = match (percentile(rising, 15), percentile(rising, 85)) {
        (Some(low), Some(high)) if number >= FEW_VALUES => {
            format!(", most often {} to {}", words::number(low), words::number(high))
        }
        _ => String::new(),
    };
    format!("Median velocity is {} a sprint{band} (last {number} closed sprints).", words::amount(median, unit))
}

fn note_running(result: &mut MetricResult, data: &PreparedDataset, running: &[Row], unit: Unit) {
    for row in running {
        let name = &data.iterations.list()[row.position].name;
        let text = format!(
            "{name} is running, with {} completed so far; it is not in the bars or the band.",
            words::amount(tidy(row.completed.size), unit)
        );
        result.note("running-sprint", text);
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
