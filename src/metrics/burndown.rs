//! Burndown: what is left in a sprint, day by day.

use std::collections::BTreeSet;

use crate::model::{ItemSet, PreparedDataset, Window, iso_from_day};

use super::outcome::Outcomes;
use super::sprint_content::{
    Membership, SprintContent, has_member, is_over, members, note_final_content, note_history, note_window,
    without_sprints,
};
use super::sprint_course::{Kind, SprintCourse, Standing};
use super::stats::{percent, tidy};
use super::{About, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// ## What it measures
/// Work left in a sprint at the end of each day, in items or points, beside the ideal line and the scope.
/// ## How
/// From the history of the items, where it tells who was in the sprint when: committed = in the sprint before its start and
/// not done then; added, removed, re-estimated, completed and opened again as they happened, with the estimate of that moment
/// ([`super::sprint_course`] has the rules). Remaining = committed + added - removed + re-estimated - completed + opened again.
/// Without such a history from final sprint content, and labelled so: committed = created before the start and not finished
/// then; added = created at or after the start; completed = finished inside the window.
/// The first point is the start value, on the day before the window; the point of day d is the end of day d. The ideal line
/// falls by the same amount on each working day and is flat on weekends and holidays.
/// ## Edge cases
/// What enters exactly at the start is added. What is estimated anew after its completion keeps the size it was completed
/// with. Items finished without a date are left out and counted. Days after "now" are unknown, not 0. A finish at or after
/// the end of the window is not completed in the sprint.
/// ## Source
/// Scrum practice; the rules of events are those of Jira's burndown chart.
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

/// One event of the sprint, by day.
struct DayEvent {
    day: i32,
    item: u32,
    kind: Kind,
    size: f64,
}

/// The course of one sprint.
struct Course {
    first: i32,
    last: i32,
    /// Items with the size they were committed with.
    committed: Vec<(u32, f64)>,
    /// In the order of time.
    events: Vec<DayEvent>,
    /// Items that had a part in the sprint.
    inside: usize,
    left_out: Vec<Exclusion>,
    unestimated: usize,
    creation_unknown: usize,
    is_told: bool,
}

const NO_DATE: &str = "finished, but no finish date";

impl Course {
    fn new(data: &PreparedDataset, items: &ItemSet, query: &Query, sprint: (usize, Window, i64)) -> Self {
        let (position, window, as_of) = sprint;
        let mut course = Self {
            first: data.calendar.day_of(window.start),
            last: data.calendar.day_of(window.end - 1),
            committed: Vec::new(),
            events: Vec::new(),
            inside: 0,
            left_out: Vec::new(),
            unestimated: 0,
            creation_unknown: 0,
            is_told: data.stays.is_told(),
        };
        let selected = members(data, position).iter().filter(|&&item| items.contains(item as usize));
        if course.is_told {
            let mut history = SprintCourse::new(data, as_of, query.unit);
            selected.for_each(|&item| course.follow(item, data, &mut history, (position, window)));
        } else {
            let content = SprintContent::new(data, Outcomes::new(data, as_of, query.unit));
            selected.for_each(|&item| course.enter(item, &content, window));
        }
        // Events of an item keep their order: the sort is stable.
        course.events.sort_by_key(|event| event.day);
        course
    }

    /// Takes in an item as its history tells.
    fn follow(&mut self, item: u32, data: &PreparedDataset, history: &mut SprintCourse<'_>, sprint: (usize, Window)) {
        let (position, window) = sprint;
        let stays = data.stays.of_item(item as usize);
        let own = stays.partition_point(|stay| (stay.iteration as usize) < position)
            ..stays.partition_point(|stay| (stay.iteration as usize) <= position);
        history.take_up(item as usize);
        match history.follow(item as usize, stays.get(own).unwrap_or_default(), window) {
            Standing::Inside { committed, .. } => {
                self.inside += 1;
                self.unestimated += usize::from(history.outcomes.is_unestimated(item as usize));
                self.committed.extend(committed.map(|size| (item, size)));
                self.events.extend(history.events.iter().map(|event| DayEvent {
                    day: data.calendar.day_of(event.at),
                    item,
                    kind: event.kind,
                    size: event.size,
                }));
            }
            Standing::FinishedBefore => self.leave_out("finished before it could be in the sprint", item),
            Standing::NeverInside => self.leave_out("not in the sprint while it ran", item),
            Standing::Undated => self.leave_out(NO_DATE, item),
            Standing::DroppedUndated => self.leave_out("closed without being delivered, nobody knows when", item),
        }
    }

    /// Takes in an item as the final content of the sprint tells.
    fn enter(&mut self, item: u32, content: &SprintContent<'_>, window: Window) {
        match content.membership(item as usize, window) {
            Membership::Inside { added, completed, creation_unknown } => {
                let size = content.outcomes.size(item as usize);
                self.inside += 1;
                match added {
                    Some(day) => self.events.push(DayEvent { day, item, kind: Kind::Added, size }),
                    None => self.committed.push((item, size)),
                }
                if let Some(day) = completed {
                    self.events.push(DayEvent { day, item, kind: Kind::Completed, size });
                }
                self.unestimated += usize::from(content.outcomes.is_unestimated(item as usize));
                self.creation_unknown += usize::from(creation_unknown);
            }
            Membership::FinishedBefore => self.leave_out("finished before the sprint began", item),
            Membership::CreatedAfter => self.leave_out("created after the sprint ended", item),
            Membership::Undated => self.leave_out(NO_DATE, item),
            Membership::Dropped => self.leave_out("closed without being delivered", item),
        }
    }

    fn leave_out(&mut self, reason: &str, item: u32) {
        Exclusion::add(&mut self.left_out, reason, [item]);
    }

    /// The items of the events of a kind, once each, rising.
    fn items_of(&self, kind: Kind) -> Vec<u32> {
        let mut items: Vec<u32> =
            self.events.iter().filter(|event| event.kind == kind).map(|event| event.item).collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// The items in the scope and not done, and those done, after all events.
    fn at_end(&self) -> (BTreeSet<u32>, BTreeSet<u32>) {
        let mut open: BTreeSet<u32> = self.committed.iter().map(|&(item, _)| item).collect();
        let mut done = BTreeSet::new();
        self.events.iter().for_each(|event| event.apply(&mut open, &mut done));
        (open, done)
    }
}

impl DayEvent {
    fn apply(&self, open: &mut BTreeSet<u32>, done: &mut BTreeSet<u32>) {
        match self.kind {
            Kind::Added => drop(open.insert(self.item)),
            Kind::Removed => drop(open.remove(&self.item)),
            Kind::Completed => {
                open.remove(&self.item);
                done.insert(self.item);
            }
            Kind::Reopened => {
                done.remove(&self.item);
                open.insert(self.item);
            }
            Kind::Reestimated => {}
        }
    }
}

/// Sizes at the end of the sprint, or now when it still runs.
struct Totals {
    committed: f64,
    added: f64,
    removed: f64,
    reestimated: f64,
    /// Also what was opened again later.
    ever_completed: f64,
    reopened: f64,
}

impl Totals {
    fn of(course: &Course) -> Self {
        let sum = |kind| {
            // From 0 and not from -0, which an empty sum of floats is.
            tidy(course.events.iter().filter(|event| event.kind == kind).fold(0.0, |sum, event| sum + event.size))
        };
        Self {
            committed: tidy(course.committed.iter().fold(0.0, |sum, &(_, size)| sum + size)),
            added: sum(Kind::Added),
            removed: sum(Kind::Removed),
            reestimated: sum(Kind::Reestimated),
            ever_completed: sum(Kind::Completed),
            reopened: sum(Kind::Reopened),
        }
    }

    fn scope(&self) -> f64 {
        tidy(self.committed + self.added - self.removed + self.reestimated)
    }

    fn completed(&self) -> f64 {
        tidy(self.ever_completed - self.reopened)
    }

    fn remaining(&self) -> f64 {
        tidy(self.scope() - self.completed())
    }

    /// "8 committed + 3 added - 2 removed", without what there was nothing of.
    fn terms(&self, is_told: bool) -> String {
        let number = words::number;
        let mut terms =
            vec![format!("{} committed", number(self.committed)), format!("+ {} added", number(self.added))];
        if is_told {
            let sign = if self.reestimated < 0.0 { "-" } else { "+" };
            terms.push(format!("- {} removed", number(self.removed)));
            terms.push(format!("{sign} {} re-estimated", number(self.reestimated.abs())));
        }
        terms.push(format!("- {} completed", number(self.ever_completed)));
        if self.reopened > 0.0 {
            terms.push(format!("+ {} opened again", number(self.reopened)));
        }
        terms.join(" ")
    }
}

fn burn(data: &PreparedDataset, items: &ItemSet, query: &Query, sprint: (usize, Window, i64)) -> MetricResult {
    let (position, window, as_of) = sprint;
    let mut course = Course::new(data, items, query, sprint);
    let totals = Totals::of(&course);
    let name = data.iterations.list()[position].name.as_str();
    let today = data.calendar.day_of(as_of);
    let days_left = (!is_over(window, as_of)).then(|| (course.last - today).max(0));
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        summary: summary(name, &totals, days_left, query.unit),
        working: working(&course, &totals),
        series: series(data, &course, &totals, today, query.unit),
        figures: figures(&course, &totals, days_left, query.unit),
        considered: course.inside as u64,
        ..MetricResult::default()
    };
    note_window(&mut result, window, (course.first, course.last));
    if course.is_told {
        note_history(&mut result, data);
    } else {
        note_final_content(&mut result);
    }
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
    result.excluded = std::mem::take(&mut course.left_out);
    result.excluded.sort_unstable_by(|a, b| a.reason.cmp(&b.reason));
    let undated =
        result.excluded.iter().find(|left_out| left_out.reason == NO_DATE).map_or(0, |left_out| left_out.items.len());
    if undated > 0 {
        let rest = words::verb(undated, "is done without a date and was", "are done without a date and were");
        result.note("undated", format!("{} {rest} left out.", words::capitalised(&words::items(undated))));
    }
    result
}

/// The marks that are drawn beside the lines: kind, id, name, role, true when only a history tells it.
const MARKS: [(Kind, &str, &str, Role, bool); 5] = [
    (Kind::Added, "added", "Added", Role::Added, false),
    (Kind::Removed, "removed", "Removed", Role::Removed, true),
    (Kind::Reestimated, "re-estimated", "Re-estimated", Role::Reestimated, true),
    (Kind::Completed, "completed", "Completed", Role::Completed, false),
    (Kind::Reopened, "reopened", "Opened again", Role::Reopened, true),
];

fn series(data: &PreparedDataset, course: &Course, totals: &Totals, today: i32, unit: Unit) -> Vec<Series> {
    let point = |day, y, items| Point { x: X::Day(day), y, items };
    let mut open: BTreeSet<u32> = course.committed.iter().map(|&(item, _)| item).collect();
    let mut done = BTreeSet::new();
    let (mut left, mut in_scope) = (totals.committed, totals.committed);
    let before = course.first - 1;
    let mut remaining = vec![point(before, Some(tidy(left)), open.iter().copied().collect())];
    let mut scope = vec![point(before, Some(tidy(in_scope)), Vec::new())];
    let mut events = course.events.iter().peekable();
    for day in course.first..=course.last {
        if day > today {
            remaining.push(point(day, None, Vec::new()));
            scope.push(point(day, None, Vec::new()));
            continue;
        }
        while let Some(event) = events.next_if(|event| event.day <= day) {
            event.apply(&mut open, &mut done);
            match event.kind {
                Kind::Added | Kind::Reestimated => {
                    left += event.size;
                    in_scope += event.size;
                }
                Kind::Removed => {
                    left -= event.size;
                    in_scope -= event.size;
                }
                Kind::Completed => left -= event.size,
                Kind::Reopened => left += event.size,
            }
        }
        remaining.push(point(day, Some(tidy(left)), open.iter().copied().collect()));
        scope.push(point(day, Some(tidy(in_scope)), Vec::new()));
    }
    let line = |id: &str, name: &str, role, points| Series::new(id, name, role, unit.id(), points);
    let mut series = vec![
        line("remaining", "Remaining", Role::Main, remaining),
        line("ideal", "Ideal", Role::Guideline, guideline(data, course, totals.committed)),
        line("scope", "Scope", Role::Scope, scope),
    ];
    for (kind, id, name, role, needs_history) in MARKS {
        let marks = marks_of(course, kind);
        if !needs_history || !marks.is_empty() {
            series.push(line(id, name, role, marks));
        }
    }
    series
}

/// One mark for each day with events of a kind.
fn marks_of(course: &Course, kind: Kind) -> Vec<Point> {
    let mut marks: Vec<Point> = Vec::new();
    for event in course.events.iter().filter(|event| event.kind == kind) {
        match marks.last_mut() {
            Some(mark) if mark.x == X::Day(event.day) => {
                mark.y = mark.y.map(|sum| tidy(sum + event.size));
                mark.items.push(event.item);
            }
            _ => marks.push(Point { x: X::Day(event.day), y: Some(tidy(event.size)), items: vec![event.item] }),
        }
    }
    for mark in &mut marks {
        mark.items.sort_unstable();
        mark.items.dedup();
    }
    marks
}

/// From the start value to 0 on the last working day; flat on the days that are not worked on. A window without a working day
/// falls on every day.
fn guideline(data: &PreparedDataset, course: &Course, start: f64) -> Vec<Point> {
    let has_working_day = data.work_days.count(course.first, course.last) > 0;
    let is_working = |day: i32| data.work_days.is_working(day) || !has_working_day;
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
    let (open, done) = course.at_end();
    let unit = unit.id();
    let number = words::number;
    let told = |history: &'static str, content: &'static str| if course.is_told { history } else { content };
    let of_events = |id, name, value, kind, how: &str| {
        Figure::new(id, name, Some(value), unit, how).with_items(course.items_of(kind))
    };
    let mut figures = vec![
        Figure::new(
            "committed",
            "Committed",
            Some(totals.committed),
            unit,
            told(
                "in the sprint before its start and not done then, with the estimates of that moment",
                "created before the start of the sprint and not finished then",
            ),
        )
        .with_items(course.committed.iter().map(|&(item, _)| item).collect()),
        of_events(
            "added",
            "Added",
            totals.added,
            Kind::Added,
            told("taken in at or after the start of the sprint", "created at or after the start of the sprint"),
        ),
    ];
    if course.is_told {
        figures.push(of_events("removed", "Removed", totals.removed, Kind::Removed, "taken out, not completed"));
        figures.push(of_events(
            "re-estimated",
            "Re-estimated",
            totals.reestimated,
            Kind::Reestimated,
            "differences of estimates while in the sprint and not done",
        ));
    }
    let completed_how = if totals.reopened > 0.0 {
        format!("{} completed - {} opened again", number(totals.ever_completed), number(totals.reopened))
    } else {
        told("done while in the sprint", "finished while the sprint ran").to_owned()
    };
    figures.push(
        Figure::new("completed", "Completed", Some(totals.completed()), unit, completed_how)
            .with_items(done.into_iter().collect()),
    );
    figures.push(
        Figure::new("not-completed", "Not completed", Some(totals.remaining()), unit, totals.terms(course.is_told))
            .with_items(open.into_iter().collect()),
    );
    figures.push(Figure::new(
        "done-share",
        "Done",
        percent(totals.completed(), totals.scope()),
        "%",
        format!("{} of {}", number(totals.completed()), number(totals.scope())),
    ));
    if let Some(days) = days_left {
        let how = "days of the sprint after the day of this data";
        figures.push(Figure::new("days-left", "Days left", Some(f64::from(days)), "days", how));
    }
    figures
}

fn working(course: &Course, totals: &Totals) -> Vec<String> {
    vec![
        format!("Window: {}.", words::day_range(course.first, course.last)),
        format!("Remaining = {} = {}.", totals.terms(course.is_told), words::number(totals.remaining())),
    ]
}

fn summary(name: &str, totals: &Totals, days_left: Option<i32>, unit: Unit) -> String {
    let scope = totals.scope();
    if scope == 0.0 {
        return format!("{name}: no {} in its scope.", unit.id());
    }
    let done = format!("{name}: {} of {} completed", words::number(totals.completed()), words::amount(scope, unit));
    let added = if totals.added == 0.0 {
        "nothing added after the start".to_owned()
    } else {
        format!("{} added after the start", words::number(totals.added))
    };
    let added = match totals.removed {
        0.0 => added,
        removed => format!("{added}, {} removed", words::number(removed)),
    };
    match days_left {
        None => format!("{done}, {added}."),
        Some(0) => format!("{done}, {added}; it is the last day."),
        Some(days) => format!("{done}, {added}; {} left.", words::days(f64::from(days))),
    }
}
