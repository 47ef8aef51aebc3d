//! Scope change: how the work of a sprint came from its start to its end.

use crate::model::{ItemSet, PreparedDataset};

use super::sprint_choice::{ChosenSprint, of_chosen_sprint};
use super::sprint_course::Kind;
use super::sprint_story::{Share, SprintStory};
use super::stats::{percent, tidy};
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, Unit, X, words};

/// ## What it measures
/// The scope of a sprint from its start to its end, in items, points or hours: what was added, removed and estimated anew.
/// ## How
/// Final scope = committed + added - removed + estimates raised - estimates lowered, with the events of the burndown; see
/// [`super::burndown`]. Scope creep = added + estimates raised - removed, also in percent of committed. In a sprint that runs,
/// up to "now".
/// ## Edge cases
/// Nothing is netted: an item that was added and removed again is in both. From final sprint content, removals and new
/// estimates are not known, and the note says so. Without anything committed there is no percentage.
/// ## Source
/// Scrum practice; compare the scope changes of Jira's sprint report.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "scope-change",
    title: "Scope change",
    definition: "How the work in a sprint grew or shrank: what was committed at its start, plus what was added, minus what \
                 was removed, with estimates raised and lowered, is what it held at its end.",
    how_to_read: "The first bar is the work at the start, the last bar the work at the end, done or not. The bars between \
                  are the steps from one to the other; those below zero took work away.",
    per_iteration: true,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    of_chosen_sprint(ABOUT.id, data, items, query, |chosen| bridge(data, items, query, &chosen))
}

/// One bar of the bridge.
struct Bar {
    id: &'static str,
    name: &'static str,
    /// 1 or -1.
    sign: f64,
    share: Share,
}

fn bridge(data: &PreparedDataset, items: &ItemSet, query: &Query, chosen: &ChosenSprint) -> MetricResult {
    let &ChosenSprint { position, window, .. } = chosen;
    let mut story = SprintStory::new(data, items, query, chosen);
    let bar = |id, name, sign, share| Bar { id, name, sign, share };
    let mut bars = vec![
        bar("committed", "Committed", 1.0, Share::of(story.committed.iter().copied())),
        bar("added", "Added", 1.0, story.share(|event| event.kind == Kind::Added)),
    ];
    if story.is_told {
        bars.extend([
            bar("removed", "Removed", -1.0, story.share(|event| event.kind == Kind::Removed)),
            bar(
                "estimate-raised",
                "Estimates raised",
                1.0,
                story.share(|event| event.kind == Kind::Reestimated && event.size > 0.0),
            ),
            bar(
                "estimate-lowered",
                "Estimates lowered",
                -1.0,
                story.share(|event| event.kind == Kind::Reestimated && event.size < 0.0),
            ),
        ]);
    }
    let (completed, open) = (story.completed(), Share::of(story.open().iter().copied()));
    let mut inside = [completed.items, open.items].concat();
    inside.sort_unstable();
    let last = Share { size: tidy(bars.iter().map(|bar| bar.sign * bar.share.size).sum()), items: inside };
    bars.push(bar("final", "Final scope", 1.0, last));

    let name = data.iterations.list()[position].name.as_str();
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        summary: summary(name, &bars, query.unit),
        working: working(&bars, (completed.size, open.size)),
        figures: figures(&bars, query.unit),
        ..MetricResult::default()
    };
    story.tell(&mut result, data, (window, query.unit));
    let points = bars.into_iter().map(|bar| Point {
        x: X::Name(bar.name.to_owned()),
        y: Some(tidy(bar.sign * bar.share.size)),
        items: bar.share.items,
    });
    result.series.push(Series::new("scope", "Scope", Role::Main, query.unit.id(), points.collect()));
    result
}

fn size(bars: &[Bar], id: &str) -> f64 {
    bars.iter().find(|bar| bar.id == id).map_or(0.0, |bar| bar.share.size)
}

/// Added, plus estimates raised, minus removed.
fn creep(bars: &[Bar]) -> f64 {
    tidy(size(bars, "added") + size(bars, "estimate-raised") - size(bars, "removed"))
}

fn figures(bars: &[Bar], unit: Unit) -> Vec<Figure> {
    let number = words::number;
    let committed = size(bars, "committed");
    let (added, raised, removed) = (size(bars, "added"), size(bars, "estimate-raised"), size(bars, "removed"));
    let crept = creep(bars);
    let how = format!("{} added + {} raised - {} removed", number(added), number(raised), number(removed));
    let mut changed: Vec<u32> = bars
        .iter()
        .filter(|bar| ["added", "estimate-raised", "removed"].contains(&bar.id))
        .flat_map(|bar| bar.share.items.iter().copied())
        .collect();
    changed.sort_unstable();
    changed.dedup();
    let share = format!("{} of {} committed", number(crept), number(committed));
    let mut figures = vec![
        Figure::new("scope-creep", "Scope creep", Some(crept), unit.id(), how).with_items(changed.clone()),
        Figure::new("scope-creep-share", "Scope creep of committed", percent(crept, committed), "%", share)
            .with_items(changed),
    ];
    figures.extend(bars.iter().map(|bar| {
        let how = match percent(bar.share.size, committed) {
            Some(share) => format!("{} % of committed", number(share)),
            None => "nothing was committed".to_owned(),
        };
        Figure::new(bar.id, bar.name, Some(bar.share.size), unit.id(), how).with_items(bar.share.items.clone())
    }));
    figures
}

fn working(bars: &[Bar], (completed, open): (f64, f64)) -> Vec<String> {
    let number = words::number;
    let Some((last, steps)) = bars.split_last() else { return Vec::new() };
    let (mut names, mut numbers) = (String::new(), String::new());
    for (place, bar) in steps.iter().enumerate() {
        let sign = match (place, bar.sign < 0.0) {
            (0, _) => "",
            (_, true) => " - ",
            (_, false) => " + ",
        };
        names.push_str(sign);
        names.push_str(&bar.name.to_lowercase());
        numbers.push_str(sign);
        numbers.push_str(&number(bar.share.size));
    }
    vec![
        format!("Final scope = {names} = {numbers} = {}.", number(last.share.size)),
        format!("It is {} completed + {} not completed.", number(completed), number(open)),
    ]
}

fn summary(name: &str, bars: &[Bar], unit: Unit) -> String {
    let (committed, last) = (size(bars, "committed"), size(bars, "final"));
    let changed = bars.iter().any(|bar| !["committed", "final"].contains(&bar.id) && bar.share.size != 0.0);
    if !changed {
        return format!("{name}: the scope stayed at {}.", words::amount(committed, unit));
    }
    let crept = creep(bars);
    let share = percent(crept, committed)
        .map_or_else(String::new, |share| format!(", {} % of committed", words::number(share)));
    format!(
        "{name}: from {} to {}; scope creep {}{share}.",
        words::number(committed),
        words::amount(last, unit),
        words::number(crept)
    )
}
