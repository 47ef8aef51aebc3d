//! Cumulative flow: how many items had come how far, day by day.

mod bands;

use crate::model::{ItemSet, NO_DAY, PreparedDataset, StatusCategory, iso_from_day};

use self::bands::Bands;
use super::standing::{Days, Ways, Window, steps};
use super::stats::tidy;
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};

/// ## What it measures
/// Work items by how far they had come at the end of each day.
/// ## How
/// The furthest state that an item had reached by then (its high-water mark), by status where the history tells statuses,
/// else by category; see [`crate::model::Timeline`]. The bands are listed from the far end, finished work first, so that
/// stacking them draws the cumulative lines: none of these ever falls, and no two cross.
/// ## Edge cases
/// A move back changes no band; items that moved back are counted in a figure. Items whose present state has no date are left
/// out and counted. Items of unknown creation are there from the first day. At most six bands: further statuses are
/// gathered by category. Closed without being delivered is a band of its own before finished. Of more than 750 days every
/// seventh is given.
/// ## Source
/// D. J. Anderson, Kanban (2010), cumulative flow diagrams; the high-water mark as in ActionableAgile.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "cumulative-flow",
    title: "Cumulative flow",
    definition: "The number of items at each stage of the work at the end of each day, counted by the furthest stage that \
                 an item had reached. Finished work lies at the bottom, work that has not begun at the top.",
    how_to_read: "The height of a band is how many items were at that stage; its top edge only ever rises. A band that grows \
                  wider is work piling up there. The distance from the top line to the finished band, read to the right, is \
                  about how long an item takes. The items of a point are those that came to the stage on that day; those of \
                  the first point are all that were at the stage then.",
    per_iteration: false,
};

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let window = Window::new(data, query);
    let mut ways = Ways::new(data, items, window);
    let arrival = |&item: &u32| steps(data, item as usize, window.as_of).map(|(day, _)| day).find(|&day| day != NO_DAY);
    let first = query.from.or_else(|| ways.known.iter().filter_map(arrival).min());
    let excluded = ways.exclusions();
    let days = first.and_then(|first| Days::new(first, window.last)).filter(|_| !ways.known.is_empty());
    let Some(days) = days else {
        let mut result = MetricResult::not_computable(
            ABOUT.id,
            "No item of this selection has a known way in the chosen period.",
            "Items with a creation date, and a date for those that are begun or finished.",
        );
        result.excluded = excluded;
        return result;
    };
    let bands = Bands::new(data, &ways.known, window);
    let mut flow = Flow::new(&bands, days);
    for &item in &ways.known {
        flow.add(data, item, &bands, window);
    }
    answer(flow, &bands, MetricResult { excluded, considered: ways.known.len() as u64, ..MetricResult::default() })
}

/// Who came into which band when.
struct Flow {
    days: Days,
    /// By band, then by day drawn: who came there.
    entered: Vec<Vec<Vec<u32>>>,
    /// The change of the band's height.
    change: Vec<Vec<i32>>,
    arrived: Vec<i32>,
    moved_back: Vec<u32>,
    unknown_creation: usize,
    finished_unseen: usize,
}

impl Flow {
    fn new(bands: &Bands, days: Days) -> Self {
        Self {
            days,
            entered: vec![vec![Vec::new(); days.len()]; bands.len()],
            change: vec![vec![0; days.len()]; bands.len()],
            arrived: vec![0; days.len()],
            moved_back: Vec::new(),
            unknown_creation: 0,
            finished_unseen: 0,
        }
    }

    fn add(&mut self, data: &PreparedDataset, item: u32, bands: &Bands, window: Window) {
        // Where the item stands at the end of the day drawn before, and where it went since.
        let (mut stands, mut going) = (None, None);
        let mut high = None;
        let (mut went_back, mut was_begun, mut is_done) = (false, false, false);
        for (day, step) in steps(data, item as usize, window.as_of) {
            if day > window.last {
                break;
            }
            let band = bands.of(step);
            if high.is_none() {
                self.arrived[self.days.position(day)] += 1;
                self.unknown_creation += usize::from(day == NO_DAY);
            }
            was_begun |= step.category == StatusCategory::InProgress;
            is_done = step.category == StatusCategory::Done;
            if high.is_some_and(|high| band <= high) {
                went_back |= high != Some(band);
                continue;
            }
            high = Some(band);
            let position = self.days.position(day);
            if let Some((at, to)) = going.filter(|&(at, _)| at != position) {
                self.enter(item, at, stands, to);
                stands = Some(to);
            }
            going = Some((position, band));
        }
        if let Some((at, to)) = going {
            self.enter(item, at, stands, to);
        }
        if went_back {
            self.moved_back.push(item);
        }
        self.finished_unseen += usize::from(is_done && !was_begun);
    }

    fn enter(&mut self, item: u32, at: usize, from: Option<usize>, to: usize) {
        self.entered[to][at].push(item);
        self.change[to][at] += 1;
        if let Some(from) = from {
            self.change[from][at] -= 1;
        }
    }
}

fn cumulative(change: &[i32]) -> Vec<f64> {
    let running = change.iter().scan(0, |sum, &change| {
        *sum += change;
        Some(f64::from(*sum))
    });
    running.collect()
}

fn answer(mut flow: Flow, bands: &Bands, mut result: MetricResult) -> MetricResult {
    ABOUT.id.clone_into(&mut result.id);
    let days = flow.days;
    let heights: Vec<Vec<f64>> = flow.change.iter().map(|change| cumulative(change)).collect();
    let arrivals = cumulative(&flow.arrived);
    let last_of = |category| -> f64 {
        let of_category = |band: &usize| bands.category(*band) == category;
        (0..bands.len())
            .filter(of_category)
            .filter_map(|band| heights[band].last())
            .fold(0.0, |sum, height| sum + height)
    };
    let in_progress = last_of(StatusCategory::InProgress);
    let (done, waiting) = (last_of(StatusCategory::Done), last_of(StatusCategory::ToDo));
    for band in (0..bands.len()).rev() {
        let entered = std::mem::take(&mut flow.entered[band]);
        let points = heights[band].iter().zip(entered).enumerate();
        result.series.push(Series {
            id: bands.id(band),
            name: bands.name(band).to_owned(),
            role: Role::Stacked,
            unit: "items".into(),
            points: points
                .map(|(position, (&y, items))| Point { x: X::Day(days.day(position)), y: Some(y), items })
                .collect(),
        });
    }
    let points = arrivals.iter().enumerate();
    result.series.push(Series {
        id: "arrivals".into(),
        name: "Arrived in all".into(),
        role: Role::Scope,
        unit: "items".into(),
        points: points
            .map(|(position, &y)| Point { x: X::Day(days.day(position)), y: Some(y), items: Vec::new() })
            .collect(),
    });
    let total = arrivals.last().copied().unwrap_or(0.0);
    let before = arrivals.first().copied().unwrap_or(0.0);
    let last_day = iso_from_day(days.last);
    let standing = format!("by the furthest stage reached, at the end of {last_day}");
    let figure = |id: &str, name: &str, value: f64| Figure::new(id, name, Some(value), "items", standing.clone());
    result.figures = vec![
        figure("in-progress", "In progress", in_progress),
        figure("to-do", "Not begun", waiting),
        figure("done", "Finished", done),
        Figure::new(
            "arrived",
            "Arrived since the first day",
            Some(tidy(total - before)),
            "items",
            format!(
                "{} in all by {last_day} - {} by the end of the first day drawn",
                words::number(total),
                words::number(before)
            ),
        ),
        Figure::new(
            "moved-back",
            "Moved back",
            Some(flow.moved_back.len() as f64),
            "items",
            "went back to an earlier stage at least once; the bands do not show it",
        )
        .with_items(std::mem::take(&mut flow.moved_back)),
    ];
    let left = tidy(total - in_progress - done - waiting);
    result.working = vec![
        format!("Days: {}.", words::day_range(days.first, days.last)),
        format!(
            "{} arrived = {} not begun + {} in progress + {} finished + {} closed without being delivered.",
            words::number(total),
            words::number(waiting),
            words::number(in_progress),
            words::number(done),
            words::number(left)
        ),
    ];
    result.summary = summary(total, in_progress, done, &last_day);
    notes(&mut result, &flow, bands);
    result
}

fn summary(total: f64, in_progress: f64, done: f64, last_day: &str) -> String {
    let all = words::items(total as usize);
    let is = words::verb(in_progress as usize, "is", "are");
    let done_is = words::verb(done as usize, "is", "are");
    let (in_progress, done) = (words::number(in_progress), words::number(done));
    format!("Of {all} at the end of {last_day}, {in_progress} {is} in progress and {done} {done_is} finished.")
}

fn notes(result: &mut MetricResult, flow: &Flow, bands: &Bands) {
    if let Some(text) = bands.note() {
        result.note("gathered", text);
    }
    if let Some(text) = flow.days.note() {
        result.note("days-thinned", text);
    }
    let moved_back = result.figure("moved-back").and_then(|figure| figure.value).unwrap_or(0.0) as usize;
    if moved_back > 0 {
        let items = words::capitalised(&words::items(moved_back));
        let its = words::verb(moved_back, "it stays in the furthest band it", "they stay in the furthest band they");
        result.note("moved-back", format!("{items} moved back to an earlier stage; {its} had reached."));
    }
    if flow.unknown_creation > 0 {
        let items = words::capitalised(&words::items(flow.unknown_creation));
        let rest = words::verb(flow.unknown_creation, "has no creation date and is", "have no creation date and are");
        result.note("creation-unknown", format!("{items} {rest} there from the first day on."));
    }
    if flow.finished_unseen > 0 {
        let items = words::capitalised(&words::items(flow.finished_unseen));
        let rest = words::verb(flow.finished_unseen, "was finished and is", "were finished and are");
        result.note("finished-unseen", format!("{items} {rest} not known to have been in progress."));
    }
}
