//! Service levels: whether bugs are resolved within the days that their priority allows.

use std::collections::BTreeMap;

use crate::metrics::marked::{Marked, Marks, Stand, stand};
use crate::metrics::stats::percent;
use crate::metrics::{About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{CategoryField, ItemSet, PreparedDataset};

use super::priorities::ByPriority;
use super::resolution_time::{Course, rule};

/// ## What it measures
/// The bugs resolved within the days that are the target of their priority, and the breaches: resolved later, or open longer.
/// ## How
/// Resolution time and age by the rule for days of the question, as in the resolution time. Within the target = at most as many
/// days. Share = resolved within the target / (resolved within + breaches); an open bug that is still within its time is
/// neither, and is shown beside them. The targets are set by the user for each priority; upper and lower case are the same.
/// ## Edge cases
/// Bugs whose priority has no target are left out and counted, and so are those without a creation date, without a date of being
/// done, done before they were created, or done outside the chosen period. Open bugs count whatever the period. Bugs closed
/// without being delivered do not count.
/// ## Source
/// Service level targets of ITIL 4 (incident management); resolution targets as service desks keep them.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "bug-service-levels",
    title: "Service levels of bugs",
    definition: "The bugs resolved within the target of their priority, those that breached it (resolved later, or open for \
                 longer) and those open that still have time.",
    how_to_read: "Each bar is one priority that has a target. The part of breaches should be small: click it for the bugs. \
                  Those still in time will breach, too, if nobody takes them up.",
    per_iteration: false,
};

/// Priorities that are told apart.
const MOST: usize = 24;

/// How a bug stands to its target.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Standing {
    Within,
    ResolvedLate,
    OpenLate,
    InTime,
}

/// The bugs with a target, by how they stand to it, and why others are not among them.
#[derive(Default)]
struct Judged {
    found: Vec<(u32, Standing)>,
    excluded: Vec<Exclusion>,
    outside: Vec<u32>,
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let bugs = Marked::new(Marks::Bugs, data, items);
    if bugs.items.count() == 0 {
        return bugs.none(ABOUT.id);
    }
    let targets: BTreeMap<String, f64> = data
        .decisions
        .resolution_targets
        .iter()
        .map(|(priority, &days)| (priority.trim().to_lowercase(), days))
        .collect();
    if targets.is_empty() {
        return MetricResult::not_computable(
            ABOUT.id,
            "No priority has a target.",
            "Days for each priority: set them on the view \"Quality\", under Targets.",
        );
    }
    let mut judged = judge(data, &bugs.items, &targets, query);
    let excluded = std::mem::take(&mut judged.excluded);
    if judged.found.is_empty() {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No bug of this selection has a priority with a target and is dated.",
            "Targets for the priorities that these bugs have: set them on the view \"Quality\", under Targets.",
        );
        result.excluded = excluded;
        return result;
    }
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        considered: judged.found.len() as u64,
        excluded,
        series: series(data, &judged),
        ..MetricResult::default()
    };
    answer(&mut result, data, &judged, &bugs, query);
    result
}

fn judge(data: &PreparedDataset, bugs: &ItemSet, targets: &BTreeMap<String, f64>, query: &Query) -> Judged {
    let as_of = query.as_of(data);
    let today = data.calendar.day_of(as_of);
    let priorities = data.dataset.category(CategoryField::Priority);
    // Once per distinct priority.
    let target_of: Vec<Option<f64>> =
        priorities.values().iter().map(|name| targets.get(&name.trim().to_lowercase()).copied()).collect();
    let (mut no_target, mut no_creation, mut undated, mut negative) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut judged = Judged::default();
    for item in bugs {
        let number = item as u32;
        let done = match stand(data, item, as_of) {
            Stand::Open => None,
            Stand::Done { at, day } => Some((at, day)),
            Stand::Unknown(_) if data.life.is_finished(item) => {
                undated.push(number);
                continue;
            }
            Stand::Unknown(_) | Stand::Dropped | Stand::Absent => continue,
        };
        let Some(target) = target_of[priorities.code(item) as usize] else {
            no_target.push(number);
            continue;
        };
        if let Some((_, day)) = done
            && (query.from.is_some_and(|from| day < from) || query.to.is_some_and(|to| day > to))
        {
            judged.outside.push(number);
            continue;
        }
        let Some(course) = Course::until(data, item, done.unwrap_or((as_of, today))) else {
            no_creation.push(number);
            continue;
        };
        match (course.days(data, rule(query)), done) {
            (None, _) => negative.push(number),
            (Some(days), Some(_)) if days <= target => judged.found.push((number, Standing::Within)),
            (Some(_), Some(_)) => judged.found.push((number, Standing::ResolvedLate)),
            (Some(days), None) if days <= target => judged.found.push((number, Standing::InTime)),
            (Some(_), None) => judged.found.push((number, Standing::OpenLate)),
        }
    }
    judged.excluded = Exclusion::list([
        ("its priority has no target".to_owned(), no_target),
        ("no creation date".to_owned(), no_creation),
        ("finished, but no finish date".to_owned(), undated),
        ("finished before it was created".to_owned(), negative),
        ("finished outside the chosen period".to_owned(), std::mem::take(&mut judged.outside)),
    ]);
    judged
}

impl Judged {
    fn of(&self, standings: &[Standing]) -> Vec<u32> {
        self.found.iter().filter(|(_, standing)| standings.contains(standing)).map(|&(item, _)| item).collect()
    }
}

fn series(data: &PreparedDataset, judged: &Judged) -> Vec<Series> {
    let by_priority =
        ByPriority::new(data, MOST, judged.found.iter().map(|&(item, standing)| (item, (item, standing))));
    [
        ("within", "Within the target", [Standing::Within, Standing::Within]),
        ("breached", "Breached", [Standing::ResolvedLate, Standing::OpenLate]),
        ("in-time", "Open, still in time", [Standing::InTime, Standing::InTime]),
    ]
    .into_iter()
    .map(|(id, name, standings)| {
        let points = by_priority.groups.iter().map(|(priority, bugs)| {
            let own = bugs.iter().filter(|(_, standing)| standings.contains(standing));
            let items: Vec<u32> = own.map(|&(item, _)| item).collect();
            Point { x: X::Name(priority.clone()), y: Some(items.len() as f64), items }
        });
        Series::new(id, name, Role::Stacked, "items", points.collect())
    })
    .collect()
}

fn answer(result: &mut MetricResult, data: &PreparedDataset, judged: &Judged, bugs: &Marked, query: &Query) {
    let within = judged.of(&[Standing::Within]);
    let late = judged.of(&[Standing::ResolvedLate]);
    let open_late = judged.of(&[Standing::OpenLate]);
    let in_time = judged.of(&[Standing::InTime]);
    let breaches = late.len() + open_late.len();
    let all = within.len() + breaches;
    let share = percent(within.len() as f64, all as f64);
    let how = if all == 0 {
        "no bug was resolved yet, and none is open for longer than its target".to_owned()
    } else {
        format!("{} of {}: {} resolved late, {} open for longer", within.len(), all, late.len(), open_late.len())
    };
    let count = |id: &str, name: &str, how: &str, items: Vec<u32>| {
        Figure::new(id, name, Some(items.len() as f64), "items", how).with_items(items)
    };
    result.figures = vec![
        Figure::new("share", "Within the target", share, "%", how),
        count(
            "breaches",
            "Breaches",
            "resolved late or open for longer",
            judged.of(&[Standing::ResolvedLate, Standing::OpenLate]),
        ),
        count("resolved-within", "Resolved in time", "within the target of their priority", within.clone()),
        count("resolved-late", "Resolved late", "later than the target of their priority", late),
        count("open-late", "Open for longer", "than the target of their priority", open_late),
        count("in-time", "Open, still in time", "not longer than the target of their priority", in_time),
    ];
    result.working = vec![bugs.line()];
    let targets = &data.decisions.resolution_targets;
    let targets: Vec<String> =
        targets.iter().map(|(priority, &days)| format!("{priority}: {}", words::days(days))).collect();
    result.working.push(format!("Targets: {}.", targets.join(", ")));
    if let Some(share) = share {
        result.working.push(format!(
            "Share = {} within / ({} within + {breaches} breached) = {} %.",
            within.len(),
            within.len(),
            words::number(share)
        ));
    }
    let of_bugs = words::count(all, "bug", "bugs");
    result.summary = match share {
        None => "No bug has met or breached its target yet.".to_owned(),
        Some(_) if all == 1 && breaches == 0 => "The one bug with a target was resolved within it.".to_owned(),
        Some(_) if all == 1 => "The one bug with a target breached it.".to_owned(),
        Some(share) => format!(
            "{} % of {of_bugs} {} resolved within the target of their priority; {breaches} breached it.",
            words::number(share),
            words::verb(all, "was", "were")
        ),
    };
    if query.days == crate::metrics::DayRule::InStatus {
        result.note("elapsed", "Measured in elapsed time: the time in progress leaves out how long a bug waited.");
    }
}
