//! Burndown: what is left in a sprint, day by day.

use std::collections::BTreeSet;

use crate::model::{ItemSet, PreparedDataset};

use super::sprint_choice::{ChosenSprint, of_chosen_sprint};
use super::sprint_content::is_over;
use super::sprint_course::Kind;
use super::sprint_story::SprintStory;
use super::stats::{percent, tidy};
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

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
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

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
    of_chosen_sprint(ABOUT.id, data, items, query, |chosen| burn(data, items, query, &chosen))
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
    fn of(story: &SprintStory) -> Self {
        let sum = |kind| {
            // From 0 and not from -0, which an empty sum of floats is.
            tidy(story.events.iter().filter(|event| event.kind == kind).fold(0.0, |sum, event| sum + event.size))
        };
        Self {
            committed: tidy(story.committed.iter().fold(0.0, |sum, &(_, size)| sum + size)),
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

fn burn(data: &PreparedDataset, items: &ItemSet, query: &Query, chosen: &ChosenSprint) -> MetricResult {
    let &ChosenSprint { position, window, as_of } = chosen;
    let mut story = SprintStory::new(data, items, query, chosen);
    let totals = Totals::of(&story);
    let name = data.iterations.list()[position].name.as_str();
    let today = data.calendar.day_of(as_of);
    let days_left = (!is_over(window, as_of)).then(|| (story.last - today).max(0));
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        summary: summary(name, &totals, days_left, query.unit),
        working: working(&story, &totals),
        series: series(data, &story, &totals, today, query.unit),
        figures: figures(&story, &totals, days_left, query.unit),
        ..MetricResult::default()
    };
    story.tell(&mut result, data, (window, query.unit));
    result
}

/// The marks that are drawn beside the lines: kind, id, name, role, true when only a history tells it.
pub(super) const MARKS: [(Kind, &str, &str, Role, bool); 5] = [
    (Kind::Added, "added", "Added", Role::Added, false),
    (Kind::Removed, "removed", "Removed", Role::Removed, true),
    (Kind::Reestimated, "re-estimated", "Re-estimated", Role::Reestimated, true),
    (Kind::Completed, "completed", "Completed", Role::Completed, false),
    (Kind::Reopened, "reopened", "Opened again", Role::Reopened, true),
];

fn series(data: &PreparedDataset, story: &SprintStory, totals: &Totals, today: i32, unit: Unit) -> Vec<Series> {
    let point = |day, y, items| Point { x: X::Day(day), y, items };
    let mut open: BTreeSet<u32> = story.committed.iter().map(|&(item, _)| item).collect();
    let mut done = BTreeSet::new();
    let (mut left, mut in_scope) = (totals.committed, totals.committed);
    let before = story.first - 1;
    let mut remaining = vec![point(before, Some(tidy(left)), open.iter().copied().collect())];
    let mut scope = vec![point(before, Some(tidy(in_scope)), Vec::new())];
    let mut events = story.events.iter().peekable();
    for day in story.first..=story.last {
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
        line("ideal", "Ideal", Role::Guideline, guideline(data, story, totals.committed)),
        line("scope", "Scope", Role::Scope, scope),
    ];
    for (kind, id, name, role, needs_history) in MARKS {
        let marks = marks_of(story, kind);
        if !needs_history || !marks.is_empty() {
            series.push(line(id, name, role, marks));
        }
    }
    series
}

/// One mark for each day with events of a kind.
fn marks_of(story: &SprintStory, kind: Kind) -> Vec<Point> {
    let mut marks: Vec<Point> = Vec::new();
    for event in story.events.iter().filter(|event| event.kind == kind) {
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
fn guideline(data: &PreparedDataset, story: &SprintStory, start: f64) -> Vec<Point> {
    let has_working_day = data.work_days.count(story.first, story.last) > 0;
    let is_working = |day: i32| data.work_days.is_working(day) || !has_working_day;
    let working_days = (story.first..=story.last).filter(|&day| is_working(day)).count();
    let mut passed = 0_usize;
    (story.first - 1..=story.last)
        .map(|day| {
            passed += usize::from(day >= story.first && is_working(day));
            let left = (working_days - passed) as f64 / working_days as f64;
            Point { x: X::Day(day), y: Some(tidy(start * left)), items: Vec::new() }
        })
        .collect()
}

fn figures(story: &SprintStory, totals: &Totals, days_left: Option<i32>, unit: Unit) -> Vec<Figure> {
    let (open, done) = story.at_end();
    let unit = unit.id();
    let number = words::number;
    let told = |history: &'static str, content: &'static str| if story.is_told { history } else { content };
    let of_events = |id, name, value, kind, how: &str| {
        Figure::new(id, name, Some(value), unit, how).with_items(story.items_of(kind))
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
        .with_items(story.committed.iter().map(|&(item, _)| item).collect()),
        of_events(
            "added",
            "Added",
            totals.added,
            Kind::Added,
            told("taken in at or after the start of the sprint", "created at or after the start of the sprint"),
        ),
    ];
    if story.is_told {
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
        Figure::new("not-completed", "Not completed", Some(totals.remaining()), unit, totals.terms(story.is_told))
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

fn working(story: &SprintStory, totals: &Totals) -> Vec<String> {
    vec![
        format!("Window: {}.", words::day_range(story.first, story.last)),
        format!("Remaining = {} = {}.", totals.terms(story.is_told), words::number(totals.remaining())),
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
