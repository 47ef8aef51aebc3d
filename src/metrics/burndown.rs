//! Burndown: what is left in a sprint, day by day.

use crate::model::{ItemSet, PreparedDataset, Window, iso_from_day};

use super::outcome::Outcomes;
use super::sprint_content::{
    Membership, SprintContent, has_member, is_over, note_final_content, note_window, without_sprints,
};
use super::stats::{percent, tidy};
use super::{About, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// ## What it measures
/// Work left in a sprint at the end of each day, in items or points, beside the ideal line and the scope.
/// ## How
/// From final sprint content. Committed = named the sprint, created before its start and not finished then. Added = created
/// at or after the start. Completed = finished inside the window. Remaining at the end of day d = committed + added so far -
/// completed so far. The first point is the start value, on the day before the window; the point of day d is the end of day d.
/// The ideal line falls by the same amount on each working day (Monday to Friday) and is flat on the others.
/// ## Edge cases
/// An item created exactly at the start is added. Items finished before the start, created after the end, finished without a
/// date, or dropped are left out and counted. Days after "now" are unknown, not 0. A finish at or after the end of the
/// window is not completed in the sprint.
/// ## Source
/// Scrum practice; compare Jira's burndown chart, which knows removals and re-estimates that a CSV does not hold.
pub static METRIC: Metric = Metric { about: &ABOUT, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "burndown",
    title: "Burndown",
    definition: "The work left in a sprint at the end of each day: what was committed at the start, plus what was added \
                 since, minus what was completed.",
    how_to_read: "The first point is the work at the start. Each later point is the work left at the end of that day. Above \
                  the ideal line, less is done than an even pace would have done; below it, more. The scope line rises when \
                  work is added.",
    per_iteration: true,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    if let Some(answer) = without_sprints(ABOUT.id, data) {
        return answer;
    }
    let as_of = query.as_of(data);
    let position = match &query.iteration {
        Some(name) => match data.iterations.position_of(name) {
            Some(position) => position,
            None => return unknown_sprint(data, name),
        },
        None => match present_sprint(data, items, as_of) {
            Some(position) => position,
            None => {
                return MetricResult::not_computable(
                    ABOUT.id,
                    "No sprint of these items has dates.",
                    "The first and last day of a sprint; set them on the sprint view.",
                );
            }
        },
    };
    let name = data.iterations.list()[position].name.as_str();
    let mut result = match data.iterations.list()[position].window {
        None => MetricResult::not_computable(
            ABOUT.id,
            format!("The dates of {name} are not known, and its items do not tell."),
            "The first and last day of the sprint; set them on the sprint view.",
        ),
        Some(window) if as_of < window.start => MetricResult::not_computable(
            ABOUT.id,
            format!(
                "{name} begins on {}, after the day of this data.",
                iso_from_day(data.calendar.day_of(window.start))
            ),
            "A newer export, or other sprint dates.",
        ),
        Some(_) if !has_member(data, items, position) => MetricResult::not_computable(
            ABOUT.id,
            format!("None of the selected items is in {name}."),
            "Another sprint, or other filters.",
        ),
        Some(window) => burn(data, items, query, (position, window, as_of)),
    };
    name.clone_into(&mut result.subject);
    result
}

fn unknown_sprint(data: &PreparedDataset, name: &str) -> MetricResult {
    const NAMED: usize = 3;
    let names: Vec<&str> = data.iterations.list().iter().rev().take(NAMED).map(|sprint| sprint.name.as_str()).collect();
    MetricResult::not_computable(
        ABOUT.id,
        format!("There is no sprint \"{name}\" in this data."),
        format!("The name of one of its sprints, such as \"{}\".", names.join("\", \"")),
    )
}

/// The sprint of these items that runs at `as_of`, else the last that had begun, else the first with dates.
fn present_sprint(data: &PreparedDataset, items: &ItemSet, as_of: i64) -> Option<usize> {
    let list = data.iterations.list();
    let window = |position: usize| list[position].window;
    let dated: Vec<usize> =
        (0..list.len()).filter(|&position| window(position).is_some() && has_member(data, items, position)).collect();
    let began = |position: &&usize| window(**position).is_some_and(|window| window.start <= as_of);
    let runs = |position: &&usize| began(position) && window(**position).is_some_and(|window| as_of < window.end);
    dated.iter().rev().find(runs).or_else(|| dated.iter().rev().find(began)).or_else(|| dated.first()).copied()
}

/// The course of one sprint; position 0 of each list is the first day of the window.
struct Course {
    first: i32,
    last: i32,
    committed: Vec<u32>,
    added: Vec<Vec<u32>>,
    completed: Vec<Vec<u32>>,
    left_out: [(&'static str, Vec<u32>); 4],
    unestimated: usize,
    creation_unknown: usize,
}

impl Course {
    fn new(data: &PreparedDataset, items: &ItemSet, content: &SprintContent<'_>, sprint: (usize, Window)) -> Self {
        let (position, window) = sprint;
        let first = data.calendar.day_of(window.start);
        let last = data.calendar.day_of(window.end - 1);
        let days = (last - first + 1) as usize;
        let mut course = Self {
            first,
            last,
            committed: Vec::new(),
            added: vec![Vec::new(); days],
            completed: vec![Vec::new(); days],
            left_out: [
                ("finished before the sprint began", Vec::new()),
                ("created after the sprint ended", Vec::new()),
                ("finished, but no finish date", Vec::new()),
                ("closed without being delivered", Vec::new()),
            ],
            unestimated: 0,
            creation_unknown: 0,
        };
        for &item in data.iterations.members(position) {
            if items.contains(item as usize) {
                course.enter(item, content, window);
            }
        }
        course
    }

    fn enter(&mut self, item: u32, content: &SprintContent<'_>, window: Window) {
        match content.membership(item as usize, window) {
            Membership::Inside { added, completed, creation_unknown } => {
                match added {
                    Some(day) => self.added[(day - self.first) as usize].push(item),
                    None => self.committed.push(item),
                }
                if let Some(day) = completed {
                    self.completed[(day - self.first) as usize].push(item);
                }
                self.unestimated += usize::from(content.outcomes.is_unestimated(item as usize));
                self.creation_unknown += usize::from(creation_unknown);
            }
            Membership::FinishedBefore => self.left_out[0].1.push(item),
            Membership::CreatedAfter => self.left_out[1].1.push(item),
            Membership::Undated => self.left_out[2].1.push(item),
            Membership::Dropped => self.left_out[3].1.push(item),
        }
    }
}

/// Sizes at the end of the sprint, or now when it still runs.
struct Totals {
    committed: f64,
    added: f64,
    completed: f64,
}

impl Totals {
    fn scope(&self) -> f64 {
        tidy(self.committed + self.added)
    }

    fn remaining(&self) -> f64 {
        tidy(self.committed + self.added - self.completed)
    }
}

fn burn(data: &PreparedDataset, items: &ItemSet, query: &Query, sprint: (usize, Window, i64)) -> MetricResult {
    let (position, window, as_of) = sprint;
    let content = SprintContent::new(data, Outcomes::new(data, as_of, query.unit));
    let mut course = Course::new(data, items, &content, (position, window));
    let size = |items: &[u32]| items.iter().map(|&item| content.outcomes.size(item as usize)).sum::<f64>();
    let totals = Totals {
        committed: tidy(size(&course.committed)),
        added: tidy(course.added.iter().map(|items| size(items)).sum()),
        completed: tidy(course.completed.iter().map(|items| size(items)).sum()),
    };
    let name = data.iterations.list()[position].name.as_str();
    let today = data.calendar.day_of(as_of);
    let days_left = (!is_over(window, as_of)).then(|| (course.last - today).max(0));
    let inside = course.committed.len() + course.added.iter().map(Vec::len).sum::<usize>();
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        summary: summary(name, &totals, days_left, query.unit),
        working: working(&course, &totals),
        series: series(&course, &totals, today, query.unit, size),
        figures: figures(&course, &totals, days_left, query.unit),
        considered: inside as u64,
        ..MetricResult::default()
    };
    note_window(&mut result, window, (course.first, course.last));
    note_final_content(&mut result);
    result.note_unestimated(course.unestimated, query.unit);
    if course.creation_unknown > 0 {
        let items = words::capitalised(&words::items(course.creation_unknown));
        let rest = words::verb(
            course.creation_unknown,
            "has no usable creation date and counts as committed.",
            "have no usable creation date and count as committed.",
        );
        result.note("creation-unknown", format!("{items} {rest}"));
    }
    let undated = course.left_out[2].1.len();
    if undated > 0 {
        let rest = words::verb(undated, "is done without a date and was", "are done without a date and were");
        result.note("undated", format!("{} {rest} left out.", words::capitalised(&words::items(undated))));
    }
    let left_out = std::mem::take(&mut course.left_out);
    result.excluded = Exclusion::list(left_out.map(|(reason, items)| (reason.to_owned(), items)));
    result
}

fn series(course: &Course, totals: &Totals, today: i32, unit: Unit, size: impl Fn(&[u32]) -> f64) -> Vec<Series> {
    let before = course.first - 1;
    let point = |day, y, items| Point { x: X::Day(day), y, items };
    let mut open = course.committed.clone();
    let (mut added, mut completed) = (0.0, 0.0);
    let mut remaining = vec![point(before, Some(totals.committed), open.clone())];
    let mut scope = vec![point(before, Some(totals.committed), Vec::new())];
    let mut added_marks = Vec::new();
    let mut completed_marks = Vec::new();
    for ((new, done), day) in course.added.iter().zip(&course.completed).zip(course.first..) {
        if day > today {
            remaining.push(point(day, None, Vec::new()));
            scope.push(point(day, None, Vec::new()));
            continue;
        }
        added += size(new);
        completed += size(done);
        open.extend_from_slice(new);
        open.sort_unstable();
        open.retain(|item| done.binary_search(item).is_err());
        remaining.push(point(day, Some(tidy(totals.committed + added - completed)), open.clone()));
        scope.push(point(day, Some(tidy(totals.committed + added)), Vec::new()));
        if !new.is_empty() {
            added_marks.push(point(day, Some(tidy(size(new))), new.clone()));
        }
        if !done.is_empty() {
            completed_marks.push(point(day, Some(tidy(size(done))), done.clone()));
        }
    }
    let line = |id: &str, name: &str, role, points| Series {
        id: id.to_owned(),
        name: name.to_owned(),
        role,
        unit: unit.id().to_owned(),
        points,
    };
    vec![
        line("remaining", "Remaining", Role::Main, remaining),
        line("ideal", "Ideal", Role::Guideline, guideline(course, totals.committed)),
        line("scope", "Scope", Role::Scope, scope),
        line("added", "Added", Role::Added, added_marks),
        line("completed", "Completed", Role::Removed, completed_marks),
    ]
}

/// From the start value to 0 on the last working day; flat on Saturdays and Sundays. A window without a working day falls
/// on every day.
fn guideline(course: &Course, start: f64) -> Vec<Point> {
    // 1970-01-01 was a Thursday: with Monday as 0, Saturday is 5.
    let is_weekday = |day: i32| (day + 3).rem_euclid(7) < 5;
    let has_weekday = (course.first..=course.last).any(is_weekday);
    let is_working = |day: i32| is_weekday(day) || !has_weekday;
    let working_days = (course.first..=course.last).filter(|&day| is_working(day)).count();
    let mut passed = 0_usize;
    (course.first - 1..=course.last)
        .map(|day| {
            passed += usize::from(day >= course.first && is_working(day));
            let left = (working_days - passed) as f64 / working_days as f64;
            Point { x: X::Day(day), y: Some(tidy(start * left)), items: Vec::new() }
        })
        .collect()
}

fn figures(course: &Course, totals: &Totals, days_left: Option<i32>, unit: Unit) -> Vec<Figure> {
    let added: Vec<u32> = course.added.concat();
    let completed: Vec<u32> = course.completed.concat();
    let mut open = [course.committed.as_slice(), &added].concat();
    let mut done = completed.clone();
    done.sort_unstable();
    open.retain(|item| done.binary_search(item).is_err());
    open.sort_unstable();
    let unit = unit.id();
    let number = words::number;
    let mut figures = vec![
        Figure::new(
            "committed",
            "Committed",
            Some(totals.committed),
            unit,
            "created before the start of the sprint and not finished then",
        )
        .with_items(course.committed.clone()),
        Figure::new("added", "Added", Some(totals.added), unit, "created at or after the start of the sprint")
            .with_items(added),
        Figure::new("completed", "Completed", Some(totals.completed), unit, "finished while the sprint ran")
            .with_items(completed),
        Figure::new(
            "not-completed",
            "Not completed",
            Some(totals.remaining()),
            unit,
            format!(
                "{} committed + {} added - {} completed",
                number(totals.committed),
                number(totals.added),
                number(totals.completed)
            ),
        )
        .with_items(open),
        Figure::new(
            "done-share",
            "Done",
            percent(totals.completed, totals.scope()),
            "%",
            format!("{} of {}", number(totals.completed), number(totals.scope())),
        ),
    ];
    if let Some(days) = days_left {
        let how = "days of the sprint after the day of this data";
        figures.push(Figure::new("days-left", "Days left", Some(f64::from(days)), "days", how));
    }
    figures
}

fn working(course: &Course, totals: &Totals) -> Vec<String> {
    let number = words::number;
    vec![
        format!("Window: {}.", words::day_range(course.first, course.last)),
        format!(
            "Remaining = committed + added - completed = {} + {} - {} = {}.",
            number(totals.committed),
            number(totals.added),
            number(totals.completed),
            number(totals.remaining())
        ),
    ]
}

fn summary(name: &str, totals: &Totals, days_left: Option<i32>, unit: Unit) -> String {
    let scope = totals.scope();
    if scope == 0.0 {
        return format!("{name}: no {} in its scope.", unit.id());
    }
    let done = format!("{name}: {} of {} completed", words::number(totals.completed), words::amount(scope, unit));
    let added = if totals.added == 0.0 {
        "nothing added after the start".to_owned()
    } else {
        format!("{} added after the start", words::number(totals.added))
    };
    match days_left {
        None => format!("{done}, {added}."),
        Some(0) => format!("{done}, {added}; it is the last day."),
        Some(days) => format!("{done}, {added}; {} left.", words::days(f64::from(days))),
    }
}
