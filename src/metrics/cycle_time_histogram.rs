//! Histogram of cycle times: how many items took how long.

use crate::model::{ItemSet, PreparedDataset};

use super::stats::{FEW_VALUES, percent};
use super::{About, BySprint, DayRule, Figure, Metric, MetricResult, Point, Query, Role, Series, X, cycle_time, words};

/// ## What it measures
/// How many finished items took how many days.
/// ## How
/// The cycle times of [`cycle_time`], by the same rules, in bins of equal width: 1, 2 or 5 days, or ten times that and so on,
/// so wide that 20 of them hold 95 of 100 items. All longer ones share the last bin.
/// ## Edge cases
/// Bins without items are kept, or distances would lie. Whole days: a bin names its first and last. With fractions: a value
/// on a border belongs to the bin above.
/// ## Source
/// Kanban Guide: <https://kanbanguides.org>
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "cycle-time-histogram",
    title: "Cycle time histogram",
    definition: "The number of finished items by the days they took from the start of work to the finish.",
    how_to_read: "Each bar holds the items that took so many days. A single hill says that items are alike; two hills say \
                  that two kinds of work are mixed; a long tail to the right makes promises risky.",
    per_iteration: false,
};

const MOST_BINS: usize = 20;

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let mut result = cycle_time::measured(data, items, query);
    ABOUT.id.clone_into(&mut result.id);
    if !result.is_computed() {
        return result;
    }
    let name = result.series.first().map_or_else(String::new, |series| series.name.to_lowercase());
    let mut found: Vec<(f64, u32)> = Vec::with_capacity(result.considered as usize);
    for point in result.series.first().map(|series| series.points.as_slice()).unwrap_or_default() {
        found.extend(point.y.zip(point.items.first().copied()));
    }
    let is_whole = matches!(query.days, DayRule::Calendar | DayRule::Working);
    let bins = Bins::of(&found, is_whole);
    let mut members = vec![Vec::new(); bins.count];
    for &(days, item) in &found {
        members[bins.position(days)].push(item);
    }
    let fullest = (0..members.len()).rev().max_by_key(|&bin| members[bin].len()).unwrap_or(0);
    let in_fullest = members.get(fullest).map_or(0, Vec::len);
    let number = found.len();
    let share = percent(in_fullest as f64, number as f64);
    let label = bins.in_words(fullest);
    let figure = Figure::new(
        "fullest",
        format!("Fullest bin: {label}"),
        Some(in_fullest as f64),
        "items",
        format!("{in_fullest} of {}", words::items(number)),
    );
    let figure = figure.with_items(members.get(fullest).cloned().unwrap_or_default());
    result.figures.push(figure);
    let points = members.into_iter().enumerate().map(|(bin, items)| Point {
        x: X::Name(bins.name(bin)),
        y: Some(items.len() as f64),
        items,
    });
    result.series = vec![Series {
        id: "items".into(),
        name: "Items".into(),
        role: Role::Main,
        unit: "items".into(),
        points: points.collect(),
    }];
    result.working.push(format!(
        "{} of {} each.",
        words::capitalised(&words::count(bins.count, "bin", "bins")),
        words::days(f64::from(bins.width))
    ));
    result.summary = if number == 1 {
        format!("The {name} of the one finished item lies in the bin of {label}.")
    } else {
        let share = words::number(share.unwrap_or(0.0).round());
        format!("The fullest bin is {label}: {in_fullest} of {} ({share} %).", words::items(number))
    };
    if number >= FEW_VALUES {
        result.note("bins", "Days on the axis are those of the definition of a day in use.");
    }
    result
}

/// Bins of equal width, the last one open where values go on.
struct Bins {
    width: u32,
    count: usize,
    is_whole: bool,
    is_open: bool,
}

impl Bins {
    fn of(found: &[(f64, u32)], is_whole: bool) -> Self {
        let mut rising: Vec<f64> = found.iter().map(|&(days, _)| days).collect();
        rising.sort_unstable_by(f64::total_cmp);
        let most = super::stats::percentile(&rising, 95).unwrap_or(1.0);
        let longest = rising.last().copied().unwrap_or(1.0);
        let mut bins = Self { width: 1, count: MOST_BINS, is_whole, is_open: false };
        let mut scale = 1;
        'found: loop {
            for step in [1, 2, 5] {
                bins.width = step * scale;
                if bins.of_value(most) < MOST_BINS || scale >= 1_000_000 {
                    break 'found;
                }
            }
            scale *= 10;
        }
        let needed = bins.of_value(longest) + 1;
        bins.is_open = needed > MOST_BINS;
        bins.count = needed.min(MOST_BINS + 1);
        bins
    }

    fn of_value(&self, days: f64) -> usize {
        let from_zero = if self.is_whole { days - 1.0 } else { days };
        (from_zero.max(0.0) / f64::from(self.width)).floor() as usize
    }

    fn position(&self, days: f64) -> usize {
        self.of_value(days).min(self.count - 1)
    }

    /// The name with its unit: "1 day", "2-4 days".
    fn in_words(&self, bin: usize) -> String {
        let name = self.name(bin);
        let is_one = name.strip_suffix('1').is_some_and(|before| !before.ends_with(|last: char| last.is_ascii_digit()));
        format!("{name} {}", if is_one { "day" } else { "days" })
    }

    fn name(&self, bin: usize) -> String {
        let width = u64::from(self.width);
        let low = bin as u64 * width;
        let is_last_open = self.is_open && bin + 1 == self.count;
        match (self.is_whole, is_last_open) {
            (true, true) => format!("{} or more", low + 1),
            (false, true) => format!("{low} or more"),
            (true, false) if width == 1 => format!("{}", low + 1),
            (true, false) => format!("{}-{}", low + 1, low + width),
            (false, false) => format!("{low} to <{}", low + width),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bins(values: &[f64], is_whole: bool) -> (Bins, Vec<String>) {
        let found: Vec<(f64, u32)> = values.iter().map(|&days| (days, 0)).collect();
        let bins = Bins::of(&found, is_whole);
        let names = (0..bins.count).map(|bin| bins.name(bin)).collect();
        (bins, names)
    }

    #[test]
    fn every_value_lies_in_the_bin_that_names_it() {
        assert_eq!(bins(&[1.0, 3.0], true).1, ["1", "2", "3"]);
        let (wide, names) = bins(&[1.0, 21.0, 40.0], true);
        assert_eq!((wide.width, names[0].as_str(), names.last().unwrap().as_str()), (2, "1-2", "39-40"));
        assert_eq!([2.0, 3.0, 40.0].map(|days| wide.position(days)), [0, 1, 19]);
        assert_eq!(bins(&[0.2, 1.0], false).1, ["0 to <1", "1 to <2"]);
    }

    #[test]
    fn a_tail_shares_the_last_bin() {
        let mut values = vec![1.0; 98];
        values.extend([3.0, 700.0]);
        let (bins, names) = bins(&values, true);
        assert_eq!((names.len(), names[19].as_str(), names[20].as_str()), (21, "20", "21 or more"));
        assert_eq!([3.0, 20.0, 21.0, 700.0].map(|days| bins.position(days)), [2, 19, 20, 20]);
    }
}
