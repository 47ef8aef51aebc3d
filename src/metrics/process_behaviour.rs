//! Process behaviour (XmR): whether throughput changes more than by chance.

use crate::model::{ItemSet, PreparedDataset, iso_from_day};

use super::stats::{VALUES_FOR_P85, mean, tidy};
use super::{About, BySprint, Figure, Metric, MetricResult, Point, Query, Role, Series, X, throughput, words};

/// ## What it measures
/// The natural limits of the throughput per whole period, and the periods that lie out of what chance explains.
/// ## How
/// Centre = mean of the periods. mR = mean of the differences between neighbours, without sign. Limits = centre +/- 2.66 x mR,
/// the lower one not below 0. Sigma = mR / 1.128. Four signals: (1) beyond a limit; (2) two of three in a row beyond 2 sigma on
/// one side; (3) four of five in a row beyond 1 sigma on one side; (4) eight in a row on one side of the centre.
/// ## Edge cases
/// A value on the centre breaks a run, a value on a limit or a sigma line is not beyond it. The baseline is every period of
/// the question. Fewer than two periods have no moving range.
/// ## Source
/// W. A. Shewhart (1931); D. J. Wheeler, Understanding Variation (1993); the Western Electric rules (1956).
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::Told, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "process-behaviour",
    title: "Process behaviour",
    definition: "The throughput of each whole period with the limits between which it moves by chance: the mean plus and \
                 minus 2.66 times the mean difference between neighbours.",
    how_to_read: "Between the limits, ups and downs need no explanation. Marked periods are signals: something changed there \
                  that is worth asking about. Without a mark, only a change of the way of working changes the mean.",
    per_iteration: false,
};

/// Limits lie this many mean moving ranges from the centre: 3 / 1.128.
const LIMIT: f64 = 2.66;
/// Mean moving range of two values of a normal distribution, in sigma.
const RANGE_IN_SIGMA: f64 = 1.128;

/// A rule for signals: in so many neighbours, at least so many lie beyond on one side.
struct Rule {
    id: &'static str,
    name: &'static str,
    among: usize,
    least: usize,
}

const RULES: [Rule; 4] = [
    Rule { id: "beyond-limits", name: "Beyond a limit", among: 1, least: 1 },
    Rule { id: "beyond-two-sigma", name: "Two of three beyond 2 sigma", among: 3, least: 2 },
    Rule { id: "beyond-one-sigma", name: "Four of five beyond 1 sigma", among: 5, least: 4 },
    Rule { id: "run", name: "Eight in a row on one side", among: 8, least: 8 },
];

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let mut result = (throughput::METRIC.compute)(data, items, query);
    ABOUT.id.clone_into(&mut result.id);
    if !result.is_computed() {
        return result;
    }
    let points = result.series.drain(..).next().map(|series| series.points).unwrap_or_default();
    let values: Vec<f64> = points.iter().filter_map(|point| point.y).collect();
    let Some(limits) = Limits::of(&values) else {
        let period = words::period(query.granularity, 1);
        let mut none = MetricResult::not_computable(
            ABOUT.id,
            format!("There is only one whole {period}: nothing to compare it with."),
            "A longer period, or a smaller step: days instead of weeks.",
        );
        none.excluded = result.excluded;
        return none;
    };
    let signals: Vec<Vec<usize>> = RULES.iter().enumerate().map(|(rule, _)| limits.signals(rule, &values)).collect();
    answer(&mut result, &points, &values, limits, &signals, query);
    result
}

/// The centre and the distances from it.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Limits {
    centre: f64,
    mean_range: f64,
    sigma: f64,
    upper: f64,
    lower: f64,
}

impl Limits {
    /// `None` for fewer than two values.
    fn of(values: &[f64]) -> Option<Self> {
        let ranges: Vec<f64> = values.windows(2).map(|pair| (pair[1] - pair[0]).abs()).collect();
        let (centre, mean_range) = (mean(values)?, mean(&ranges)?);
        Some(Self {
            centre,
            mean_range,
            sigma: tidy(mean_range / RANGE_IN_SIGMA),
            upper: tidy(centre + LIMIT * mean_range),
            lower: tidy((centre - LIMIT * mean_range).max(0.0)),
        })
    }

    /// 1 above what the rule asks for, -1 below, 0 in between.
    fn side(self, rule: usize, value: f64) -> i32 {
        let (low, high) = match rule {
            0 => (self.lower, self.upper),
            1 => (self.centre - 2.0 * self.sigma, self.centre + 2.0 * self.sigma),
            2 => (self.centre - self.sigma, self.centre + self.sigma),
            _ => (self.centre, self.centre),
        };
        i32::from(value > high) - i32::from(value < low)
    }

    /// The positions of the values that make up signals of a rule, rising.
    fn signals(self, rule: usize, values: &[f64]) -> Vec<usize> {
        let Rule { among, least, .. } = RULES[rule];
        let mut is_signal = vec![false; values.len()];
        for start in 0..(values.len() + 1).saturating_sub(among) {
            for side in [1, -1] {
                let window = start..start + among;
                let beyond = |position: &usize| self.side(rule, values[*position]) == side;
                if window.clone().filter(beyond).count() >= least {
                    window.filter(beyond).for_each(|position| is_signal[position] = true);
                }
            }
        }
        (0..values.len()).filter(|&position| is_signal[position]).collect()
    }
}

fn answer(
    result: &mut MetricResult,
    points: &[Point],
    values: &[f64],
    limits: Limits,
    signals: &[Vec<usize>],
    query: &Query,
) {
    let unit = query.unit.id();
    let number = values.len();
    let plural = words::period(query.granularity, number);
    let days: Vec<i32> =
        points.iter().filter_map(|point| if let X::Day(day) = point.x { Some(day) } else { None }).collect();
    let mut marked: Vec<usize> = signals.concat();
    marked.sort_unstable();
    marked.dedup();
    let series = |id: &str, name: &str, role, points| Series::new(id, name, role, unit, points);
    result.series = vec![
        series("finished", "Finished", Role::Main, points.to_vec()),
        // The limits share a pattern, the mean between them has another.
        Series::level("upper", "Upper limit", unit, limits.upper, &days),
        Series::level("centre", "Mean", unit, limits.centre, &days),
        Series::level("lower", "Lower limit", unit, limits.lower, &days),
        series("signals", "Signal", Role::Signal, marked.iter().map(|&position| points[position].clone()).collect()),
    ];
    let n = words::number;
    let items_of =
        |positions: &[usize]| positions.iter().flat_map(|&position| points[position].items.clone()).collect();
    let figure = |id: &str, name: &str, value: f64, how: String| Figure::new(id, name, Some(value), unit, how);
    result.figures = vec![
        figure("mean", "Mean", limits.centre, format!("of {number} whole {plural}")),
        figure("upper", "Upper limit", limits.upper, format!("{} + 2.66 x {}", n(limits.centre), n(limits.mean_range))),
        figure(
            "lower",
            "Lower limit",
            limits.lower,
            format!("{} - 2.66 x {}, not below 0", n(limits.centre), n(limits.mean_range)),
        ),
        figure(
            "mean-range",
            "Mean moving range",
            limits.mean_range,
            "of the differences between neighbours".to_owned(),
        ),
        figure("sigma", "Sigma", limits.sigma, format!("{} / 1.128", n(limits.mean_range))),
    ];
    for (rule, positions) in RULES.iter().zip(signals) {
        let starts: Vec<String> =
            positions.iter().filter_map(|&at| days.get(at)).map(|&day| iso_from_day(day)).collect();
        let starts: Vec<&str> = starts.iter().map(String::as_str).collect();
        let how = if starts.is_empty() {
            "no such signal".to_owned()
        } else {
            format!("beginning on {}", words::list(&starts, 8))
        };
        let value = Some(positions.len() as f64);
        let figure = Figure::new(rule.id, rule.name, value, words::period(query.granularity, 2), how.clone());
        result.figures.push(figure.with_items(items_of(positions)));
        if !starts.is_empty() {
            result.note(rule.id, format!("{}: {} {how}.", rule.name, words::period(query.granularity, starts.len())));
        }
    }
    result.working.retain(|line| !line.starts_with("Median"));
    result.working.extend([
        format!(
            "Mean moving range = {} over {}.",
            n(limits.mean_range),
            words::count(number - 1, "difference", "differences")
        ),
        format!("Limits = {} +/- 2.66 x {}.", n(limits.centre), n(limits.mean_range)),
    ]);
    let bounds = format!("between {} and {}", n(limits.lower), words::amount(limits.upper, query.unit));
    let period = words::period(query.granularity, 1);
    let found = match marked.len() {
        0 => "no signal of a change".to_owned(),
        many => format!("{many} {} with a signal", words::period(query.granularity, many)),
    };
    result.summary = format!("Throughput moves {bounds} a {period} by chance; {found} in {number} whole {plural}.");
    result.notes.retain(|note| note.id != "few-periods");
    if number < VALUES_FOR_P85 {
        result.note("few-periods", format!("Only {number} whole {plural}: the limits are provisional."));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Centre 10, sigma 1: lines at 8, 9, 11, 12; limits at 7 and 13.
    const ROUND: Limits = Limits { centre: 10.0, mean_range: 1.128, sigma: 1.0, upper: 13.0, lower: 7.0 };

    fn found(rule: usize, values: &[f64]) -> Vec<usize> {
        ROUND.signals(rule, values)
    }

    #[test]
    fn a_value_on_a_line_is_not_beyond_it() {
        assert_eq!(found(0, &[13.0, 13.1, 7.0, 6.9]), [1, 3]);
        assert_eq!(found(1, &[12.1, 10.0, 12.1]), [0, 2]);
        assert_eq!(found(1, &[12.0, 10.0, 12.1]), [0; 0]);
        // On two sides is no signal.
        assert_eq!(found(1, &[12.1, 10.0, 7.9]), [0; 0]);
        // Too far apart.
        assert_eq!(found(1, &[12.1, 10.0, 10.0, 12.1]), [0; 0]);
    }

    #[test]
    fn four_of_five_beyond_one_sigma_are_marked_without_the_fifth() {
        assert_eq!(found(2, &[11.5, 11.5, 10.0, 11.5, 11.5]), [0, 1, 3, 4]);
        assert_eq!(found(2, &[11.5, 11.5, 10.0, 10.0, 11.5, 11.5]), [0; 0]);
        assert_eq!(found(2, &[8.5, 8.5, 8.5, 8.5, 8.5]), [0, 1, 2, 3, 4]);
    }

    #[test]
    fn a_value_on_the_mean_breaks_a_run() {
        assert_eq!(found(3, &[10.1; 8]), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(found(3, &[10.1; 7]), [0; 0]);
        let mut broken = [10.1; 15];
        broken[7] = 10.0;
        assert_eq!(found(3, &broken), [0; 0]);
    }
}
