//! Velocity: what was committed and completed, sprint by sprint, or completed per period where there are no sprints.

mod periods;
mod sprints;

use crate::model::{ItemSet, PreparedDataset};

use super::sprint_content::has_member;
use super::stats::{FEW_VALUES, percentile_by, percentile_in_words};
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};

/// ## What it measures
/// Per closed sprint: committed at the start against completed inside it, in items or points, with the band of the last 8. For
/// items without any sprint: completed per whole day, week or month, with the same band.
/// ## How
/// From the history of the items, where it tells who was in a sprint when: committed = in the sprint before its start and not
/// done then, with the estimates of that moment; completed = done when it closed, with the estimate of its completion, whether
/// committed or added ([`super::sprint_course`] has the rules). Without such a history from final sprint content, and labelled
/// so: committed = names the sprint, created before its start and not finished then; completed = finished inside its window.
/// The band is p15 to p85 of completed over the last 8 closed sprints.
/// Say-do = completed of the committed / committed. Carry-over = in the sprint, not finished at its end / all in the sprint.
/// Unplanned share = completed of the added / completed. All over the last 8 closed sprints together.
/// Where no selected item is or was in a sprint, completed is the throughput per whole period; nothing was committed, so say-do,
/// carry-over and the unplanned share do not exist.
/// ## Edge cases
/// From final content an item that names several sprints is completed in the one in whose window it was finished, and only
/// there; by its history it is completed in each sprint at whose close it was done, if it was opened again in between. An item
/// finished outside the windows of all its sprints is left out and counted. The running sprint is not in the band.
/// ## Source
/// Scrum practice; the rules of commitment are those of Jira's velocity chart.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::OwnSprints, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "velocity",
    title: "Velocity",
    definition: "For each closed sprint, the work that was in it at its start (committed) and the work finished in it \
                 (completed). Items without any sprint are told by whole days, weeks or months: completed only.",
    how_to_read: "Each pair of bars is one sprint. Expect the next sprint to complete an amount inside the band, the range \
                  of the last 8 sprints without their extremes; promise nothing at its upper end.",
    per_iteration: false,
};

/// Sprints or periods that the band and the shares look back on.
const LOOK_BACK: usize = 8;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let has_sprints = (0..data.iterations.list().len()).any(|position| has_member(data, items, position));
    if has_sprints { sprints::compute(data, items, query) } else { periods::compute(data, items, query) }
}

/// The median and the edges of the band as levels from one end to the other; none for few values.
fn levels(rising: &[f64], ends: &[X; 2], query: &Query) -> Vec<Series> {
    if rising.len() < FEW_VALUES {
        return Vec::new();
    }
    let level = |(id, name, p)| {
        let y = percentile_by(rising, p, query.percentile)?;
        let points = ends.iter().map(|end| Point { x: end.clone(), y: Some(y), items: Vec::new() }).collect();
        Some(Series::new(id, name, Role::Level, query.unit.id(), points))
    };
    [("median", "Median", 50), ("band-low", "Band, lower end", 15), ("band-high", "Band, upper end", 85)]
        .into_iter()
        .filter_map(level)
        .collect()
}

/// The median and the edges of the band as figures; `of` = what one value and what several are of.
fn band(rising: &[f64], of: (&str, &str), query: &Query) -> Vec<Figure> {
    let number = rising.len();
    let ranked = |id: &str, name: &str, p: usize, least: usize| {
        let enough = number >= least;
        let how = if enough {
            format!("{} {}", percentile_in_words(number, p, query.percentile), words::verb(number, of.0, of.1))
        } else {
            format!("needs at least {least} {}; there {} {number}", of.1, words::verb(number, "is", "are"))
        };
        Figure::new(id, name, percentile_by(rising, p, query.percentile).filter(|_| enough), query.unit.id(), how)
    };
    vec![
        ranked("median", "Median completed", 50, 1),
        ranked("band-low", "Band, lower end (p15)", 15, FEW_VALUES),
        ranked("band-high", "Band, upper end (p85)", 85, FEW_VALUES),
    ]
}
