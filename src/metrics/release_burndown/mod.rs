//! Release burndown: what is left of all selected work, over several sprints or over days, weeks or months.

mod steps;

use crate::model::{ItemSet, NO_DAY, NO_MOMENT, PreparedDataset, Stay, Window, WindowOrigin, iso_from_day};

use super::burndown::MARKS;
use super::sprint_course::{Event, Kind, SprintCourse, Standing};
use super::stats::{percent, tidy};
use super::{About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};
use steps::{Steps, Told};

/// ## What it measures
/// Work left of the selected items at the end of each sprint, or each day, week or month, in items, points or hours, beside what
/// was added, removed, re-estimated, completed and opened again in it. Filtered by a fix version it is the burndown of that
/// release.
/// ## How
/// Where the selected items are or were in sprints that do not overlap, one step is one sprint: from the end of the sprint before
/// to its own end, so that what happens between two sprints counts in the later one. Otherwise one step is one period. An item is
/// added at its creation and removed when it is closed without being delivered; the estimates are those of each moment, where the
/// history tells them. The rules are those of the burndown of one sprint ([`super::sprint_course`]), over the whole course. What
/// happened after the last sprint is a step of its own.
/// Left = at the start + added - removed + re-estimated - completed + opened again, in each step and in all.
/// ## Edge cases
/// An item without a creation date, or finished or closed without a date, is left out and counted, and so is what was finished
/// before the course begins. Which items belonged to a release at an earlier time is not followed: those that belong to it now.
/// ## Source
/// Agile practice; compare the release burndown and the epic burndown of Jira.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::OwnSprints, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "release-burndown",
    title: "Release burndown",
    definition: "The work left at the end of each sprint, or of each day, week or month where there are no sprints, and what \
                 was added, removed, estimated anew and completed in it. Filter by a fix version to see one release.",
    how_to_read: "The line is the work left. Bars upwards are work that came in, beside them what was completed. Where as much \
                  is added as completed, the line does not fall and no end is in sight.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let as_of = query.as_of(data);
    let (kept, undated): (Vec<u32>, Vec<u32>) =
        items.iter().map(|item| item as u32).partition(|&item| data.life.created_day[item as usize] != NO_DAY);
    let begin = kept.iter().map(|&item| data.life.created_day[item as usize]).min();
    let steps = begin.and_then(|begin| Steps::new(data, items, query, begin));
    let Some(steps) = steps else {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No selected item has a creation date in the chosen period or before it.",
            "Items with a Created date, or another period.",
        );
        result.excluded = Exclusion::list([("no creation date".to_owned(), undated)]);
        Exclusion::add(&mut result.excluded, "nothing to show in the chosen period", kept);
        return result;
    };
    let mut course = Course::new(&steps);
    let mut follow = SprintCourse::new(data, as_of, query.unit);
    let window = Window { start: steps.start, end: steps.end(), origin: WindowOrigin::Source };
    let always = [Stay { iteration: 0, from: NO_MOMENT, to: i64::MAX }];
    let mut left_out: [Vec<u32>; 4] = Default::default();
    for item in kept {
        let number = item as usize;
        follow.take_up(number);
        match follow.follow(number, &always, window) {
            Standing::Inside { committed, .. } => {
                course.take(item, committed, &follow.events, &steps);
                course.unestimated += usize::from(follow.outcomes.is_unestimated(number));
            }
            Standing::Undated => left_out[0].push(item),
            Standing::DroppedUndated => left_out[1].push(item),
            Standing::FinishedBefore => left_out[2].push(item),
            Standing::NeverInside => left_out[3].push(item),
        }
    }
    let reasons = [
        "finished, but no finish date",
        "closed without being delivered, and no date",
        "finished before the first day of the course, or before its own creation",
        "created after the chosen period",
    ];
    let mut result = answer(&course, &steps, query);
    result.excluded = Exclusion::list([("no creation date".to_owned(), undated)]);
    result.excluded.extend(Exclusion::list(reasons.into_iter().map(str::to_owned).zip(left_out)));
    result
}

/// What happened, step by step.
struct Course {
    start: Sum,
    /// By step, then in the order of [`MARKS`].
    changes: Vec<[Sum; MARKS.len()]>,
    considered: u64,
    unestimated: usize,
}

#[derive(Debug, Clone, Default)]
struct Sum {
    size: f64,
    items: Vec<u32>,
}

impl Sum {
    fn add(&mut self, item: u32, size: f64) {
        self.size += size;
        // An item's events come one after the other.
        if self.items.last() != Some(&item) {
            self.items.push(item);
        }
    }
}

const fn place_of(kind: Kind) -> usize {
    match kind {
        Kind::Added => 0,
        Kind::Removed => 1,
        Kind::Reestimated => 2,
        Kind::Completed => 3,
        Kind::Reopened => 4,
    }
}

/// What a change of this kind does to the work left.
fn sign(place: usize) -> f64 {
    if place == place_of(Kind::Removed) || place == place_of(Kind::Completed) { -1.0 } else { 1.0 }
}

impl Course {
    fn new(steps: &Steps) -> Self {
        let changes = vec![<[Sum; MARKS.len()]>::default(); steps.list.len()];
        Self { start: Sum::default(), changes, considered: 0, unestimated: 0 }
    }

    fn take(&mut self, item: u32, at_start: Option<f64>, events: &[Event], steps: &Steps) {
        self.considered += 1;
        if let Some(size) = at_start {
            self.start.add(item, size);
        }
        for event in events {
            if let Some(changes) = self.changes.get_mut(steps.step_of(event.at)) {
                changes[place_of(event.kind)].add(item, event.size);
            }
        }
    }

    fn total(&self, kind: Kind) -> f64 {
        tidy(self.changes.iter().fold(0.0, |sum, step| sum + step[place_of(kind)].size))
    }

    fn items_of(&self, kind: Kind) -> Vec<u32> {
        let mut items: Vec<u32> =
            self.changes.iter().flat_map(|step| step[place_of(kind)].items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        items
    }

    /// True when nothing happened in the step at this position.
    fn is_still(&self, position: usize) -> bool {
        self.changes[position].iter().all(|sum| sum.items.is_empty())
    }
}

fn answer(course: &Course, steps: &Steps, query: &Query) -> MetricResult {
    let unit = query.unit;
    let mut series = vec![remaining(course, steps, unit)];
    for (place, (_, id, name, role, needs_event)) in MARKS.into_iter().enumerate() {
        let mark = |(step, changes): (&steps::Step, &[Sum; MARKS.len()])| {
            let sum = &changes[place];
            let is_any = !sum.items.is_empty();
            is_any.then(|| Point { x: step.x.clone(), y: Some(tidy(sum.size)), items: sum.items.clone() })
        };
        let points: Vec<Point> = steps.list.iter().zip(&course.changes).filter_map(mark).collect();
        if !needs_event || !points.is_empty() {
            series.push(Series::new(id, name, role, unit.id(), points));
        }
    }
    let left = series[0].points.last().and_then(|point| point.y).unwrap_or_default();
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        figures: figures(course, left, unit),
        working: vec![
            format!("{}, in {} {}.", days(steps), steps.list.len(), step_words(steps, query)),
            format!("Left = {} = {}.", terms(course), words::number(left)),
        ],
        summary: summary(course, steps, left, query),
        series,
        considered: course.considered,
        ..MetricResult::default()
    };
    notes(&mut result, course, steps, query);
    result
}

fn days(steps: &Steps) -> String {
    words::day_range(steps.first_day, steps.last_day)
}

fn step_words(steps: &Steps, query: &Query) -> &'static str {
    let number = steps.list.len();
    match steps.told {
        Told::BySprint => words::verb(number, "step: one for each sprint", "steps: one for each sprint"),
        Told::ByPeriod { .. } => words::period(query.granularity, number),
    }
}

/// The work left at the start and at the end of each step; behind a point are the items that something happened to in it.
fn remaining(course: &Course, steps: &Steps, unit: Unit) -> Series {
    let mut left = course.start.size;
    let mut points = vec![Point { x: steps.start_x.clone(), y: Some(tidy(left)), items: course.start.items.clone() }];
    for (position, (step, changes)) in steps.list.iter().zip(&course.changes).enumerate() {
        left += changes.iter().enumerate().fold(0.0, |sum, (place, change)| sum + sign(place) * change.size);
        if step.is_after_all && course.is_still(position) {
            continue;
        }
        let mut items: Vec<u32> = changes.iter().flat_map(|change| change.items.iter().copied()).collect();
        items.sort_unstable();
        items.dedup();
        points.push(Point { x: step.x.clone(), y: Some(tidy(left)), items });
    }
    Series::new("remaining", "Remaining", Role::Main, unit.id(), points)
}

/// "8 at the start + 3 added - 2 removed …"
fn terms(course: &Course) -> String {
    let mut terms = vec![format!("{} at the start", words::number(tidy(course.start.size)))];
    for (kind, _, name, ..) in MARKS {
        let total = course.total(kind) * sign(place_of(kind));
        let is_always = matches!(kind, Kind::Added | Kind::Completed);
        if is_always || total != 0.0 {
            let sign = if total < 0.0 || (total == 0.0 && kind == Kind::Completed) { "-" } else { "+" };
            terms.push(format!("{sign} {} {}", words::number(total.abs()), name.to_lowercase()));
        }
    }
    terms.join(" ")
}

fn figures(course: &Course, left: f64, unit: Unit) -> Vec<Figure> {
    let total = |kind| course.total(kind);
    let completed = tidy(total(Kind::Completed) - total(Kind::Reopened));
    let scope = tidy(left + completed);
    let id_of = |kind| MARKS[place_of(kind)].1;
    let of_events = |kind, how: &str| {
        let name = MARKS[place_of(kind)].2;
        Figure::new(id_of(kind), name, Some(total(kind)), unit.id(), how).with_items(course.items_of(kind))
    };
    let mut figures = vec![
        Figure::new("left", "Left", Some(left), unit.id(), terms(course)),
        Figure::new(
            "done-share",
            "Done",
            percent(completed, scope),
            "%",
            format!("{} of {}", words::number(completed), words::number(scope)),
        ),
        Figure::new("start", "At the start", Some(tidy(course.start.size)), unit.id(), "open when the course begins")
            .with_items(course.start.items.clone()),
        of_events(Kind::Added, "created, or opened again after the start"),
        of_events(Kind::Completed, "each time an item was done"),
    ];
    for (kind, how) in [
        (Kind::Removed, "closed without being delivered"),
        (Kind::Reestimated, "differences of estimates before completion"),
        (Kind::Reopened, "done before, and not any more"),
    ] {
        if !course.items_of(kind).is_empty() {
            figures.push(of_events(kind, how));
        }
    }
    figures
}

fn summary(course: &Course, steps: &Steps, left: f64, query: &Query) -> String {
    let unit = query.unit;
    let net = tidy(course.total(Kind::Completed) - course.total(Kind::Reopened));
    let come = course.total(Kind::Added);
    let since = match steps.told {
        Told::BySprint => {
            let sprints = steps.list.iter().filter(|step| !step.is_after_all).count();
            words::count(sprints, "sprint", "sprints")
        }
        Told::ByPeriod { .. } => format!("{} {}", steps.list.len(), words::period(query.granularity, steps.list.len())),
    };
    let is_over = left == 0.0;
    let rest = if is_over { "nothing is left".to_owned() } else { format!("{} left", words::amount(left, unit)) };
    format!("In {since} {} completed and {} added: {rest}.", words::amount(net, unit), words::number(come))
}

fn notes(result: &mut MetricResult, course: &Course, steps: &Steps, query: &Query) {
    result.note_unestimated(course.unestimated, query.unit);
    match steps.told {
        Told::BySprint => result.note(
            "between-sprints",
            "What happens between two sprints counts in the later one; what happens after the last one stands apart.",
        ),
        Told::ByPeriod { is_parallel: true } => result.note(
            "parallel-sprints",
            format!(
                "Sprints of several teams run at the same time, so it is told by the {}. Filter by team or project to see \
                 sprints.",
                words::period(query.granularity, 1)
            ),
        ),
        Told::ByPeriod { is_parallel: false } => {}
    }
    if course.total(Kind::Completed) > 0.0 || query.unit == Unit::Items {
        return;
    }
    let day = iso_from_day(steps.last_day);
    result.note("nothing-completed", format!("Nothing with an estimate was completed by {day}."));
}

/// The x of the point before the first step, by sprint.
fn start_name() -> X {
    X::Name("Start".to_owned())
}

/// The x of what happened after the last sprint.
fn after_name() -> X {
    X::Name("Since then".to_owned())
}
