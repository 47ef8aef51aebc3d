//! Sprint report: what became of everything that was in a sprint.

use crate::model::{ItemSet, ListField, PreparedDataset, Window, sort_by_key};

use super::outcome::Outcomes;
use super::sprint_choice::{ChosenSprint, of_chosen_sprint};
use super::sprint_content::is_over;
use super::sprint_course::Kind;
use super::sprint_story::{Share, SprintStory};
use super::stats::tidy;
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// ## What it measures
/// The items of a sprint by what became of them: completed, not completed, completed outside of it, removed, added after the
/// start; and for those not completed, in which later sprint they went on.
/// ## How
/// The standing of each item at the end of the sprint, or now while it runs, with the events of the burndown; see
/// [`super::burndown`]. An item that was not completed is carried over to the next sprint, in the order of their ends, that it
/// names or was in.
/// ## Edge cases
/// Groups overlap: an item can be added and completed. An item that was removed and taken in again is in "removed" too.
/// Completed outside = in the sprint at its end and finished before it came in or before the sprint began; it counts its
/// present estimate.
/// ## Source
/// Scrum practice; compare Jira's sprint report.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "sprint-report",
    title: "Sprint report",
    definition: "What became of everything in a sprint: completed, not completed, completed outside of it, removed from it, \
                 added after its start, and carried over to which later sprint.",
    how_to_read: "Completed and not completed together are the sprint at its end. Added and removed say how it came to that; \
                  an item can be in several bars. Each bar opens the list of its items.",
    per_iteration: true,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    of_chosen_sprint(ABOUT.id, data, items, query, |chosen| report(data, items, query, &chosen))
}

/// What the name of a group of items that went on in a later sprint begins with.
const CARRIED_OVER_TO: &str = "Carried over to ";

/// Some items of the sprint.
struct Group {
    id: String,
    name: String,
    how: String,
    share: Share,
}

fn report(data: &PreparedDataset, items: &ItemSet, query: &Query, chosen: &ChosenSprint) -> MetricResult {
    let &ChosenSprint { position, window, as_of } = chosen;
    let mut story = SprintStory::new(data, items, query, chosen);
    let open = Share::of(story.open().iter().copied());
    let outcomes = Outcomes::new(data, as_of, query.unit);
    let elsewhere = Share::of(story.finished_before.iter().map(|&item| (item, outcomes.size(item as usize))));
    let group =
        |id: &str, name: &str, how: &str, share| Group { id: id.into(), name: name.into(), how: how.into(), share };
    let mut groups = vec![
        group("completed", "Completed", "in the sprint and finished in it", story.completed()),
        group("not-completed", "Not completed", "in the sprint and not finished at its end", open),
        group(
            "completed-outside",
            "Completed outside",
            "in the sprint, but finished before it came in or before the sprint began",
            elsewhere,
        ),
        group(
            "removed",
            "Removed",
            "taken out while open, or closed without being delivered",
            story.share(|event| event.kind == Kind::Removed),
        ),
        group(
            "added",
            "Added after the start",
            "came in at the start of the sprint or later",
            story.share(|event| event.kind == Kind::Added),
        ),
    ];
    if !story.is_told {
        groups.retain(|group| group.id != "removed");
    }
    let carried = if is_over(window, as_of) { carried_over(data, &story, (position, window)) } else { Vec::new() };
    let name = data.iterations.list()[position].name.as_str();
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        summary: summary(name, &groups, &carried, query.unit),
        working: working(&groups),
        ..MetricResult::default()
    };
    story.tell(&mut result, data, (window, query.unit));
    take_in(&mut result, &story.finished_before);
    let bars = |groups: &[Group]| -> Vec<Point> {
        let point = |group: &Group| Point {
            x: X::Name(group.name.clone()),
            y: Some(group.share.size),
            items: group.share.items.clone(),
        };
        groups.iter().map(point).collect()
    };
    let series = |id: &str, name: &str, role, points| Series::new(id, name, role, query.unit.id(), points);
    result.series.push(series("groups", "In the sprint", Role::Main, bars(&groups)));
    if !carried.is_empty() {
        result.series.push(series("carried-over", "Carried over", Role::Second, bars(&carried)));
    }
    let figures = groups.into_iter().chain(carried);
    result.figures = figures
        .map(|group| {
            Figure::new(&group.id, group.name, Some(group.share.size), query.unit.id(), group.how)
                .with_items(group.share.items)
        })
        .collect();
    result
}

/// Items that are told of in a group are not left out.
fn take_in(result: &mut MetricResult, told: &[u32]) {
    for exclusion in &mut result.excluded {
        let before = exclusion.items.len();
        exclusion.items.retain(|item| told.binary_search(item).is_err());
        result.considered += (before - exclusion.items.len()) as u64;
    }
    result.excluded.retain(|exclusion| !exclusion.items.is_empty());
}

/// The items that were not completed, by the next sprint that they were in after this one was over, or that they name.
fn carried_over(data: &PreparedDataset, story: &SprintStory, (position, window): (usize, Window)) -> Vec<Group> {
    let sprints = data.dataset.list(ListField::Sprint);
    let list = data.iterations.list();
    let next_of = |item: u32| {
        if story.is_told {
            let after = data.stays.of_item(item as usize).iter().filter(|stay| stay.to > window.end);
            return after.map(|stay| stay.iteration as usize).filter(|&later| later > position).min();
        }
        let codes = sprints.codes_of(item as usize);
        (position + 1..list.len()).find(|&later| codes.contains(&list[later].code))
    };
    let mut to: Vec<(usize, Share)> = Vec::new();
    for &(item, size) in story.open() {
        let place = next_of(item).unwrap_or(usize::MAX);
        match to.iter_mut().find(|(other, _)| *other == place) {
            Some((_, share)) => {
                share.size += size;
                share.items.push(item);
            }
            None => to.push((place, Share { size, items: vec![item] })),
        }
    }
    sort_by_key(&mut to, |(place, _)| *place);
    let group = |(number, (place, share)): (usize, (usize, Share))| {
        let (name, how) = match list.get(place) {
            Some(sprint) => (format!("{CARRIED_OVER_TO}{}", sprint.name), "not completed, and in that sprint next"),
            None => ("In no later sprint".to_owned(), "not completed, and in no sprint since"),
        };
        let share = Share { size: tidy(share.size), items: share.items };
        Group { id: format!("carried-over-{}", number + 1), name, how: how.to_owned(), share }
    };
    to.into_iter().enumerate().map(group).collect()
}

fn working(groups: &[Group]) -> Vec<String> {
    groups
        .iter()
        .map(|group| {
            let items = words::items(group.share.items.len());
            format!("{} = {} ({items}): {}.", group.name, words::number(group.share.size), group.how)
        })
        .collect()
}

fn summary(name: &str, groups: &[Group], carried: &[Group], unit: Unit) -> String {
    let size = |id: &str| groups.iter().find(|group| group.id == id).map_or(0.0, |group| group.share.size);
    let changed = [("removed", "removed"), ("added", "added after the start")]
        .into_iter()
        .filter(|(id, _)| size(id) != 0.0)
        .map(|(id, what)| format!(", {} {what}", words::number(size(id))));
    let next = carried.first().and_then(|group| Some((group.share.size, group.name.strip_prefix(CARRIED_OVER_TO)?)));
    let next =
        next.map_or_else(String::new, |(size, sprint)| format!("; {} carried over to {sprint}", words::number(size)));
    format!(
        "{name}: {} completed, {} not completed{}{next}.",
        words::amount(size("completed"), unit),
        words::number(size("not-completed")),
        changed.collect::<String>()
    )
}
