//! Statistics shared by the metrics: nearest-rank percentiles, sums without noise.

use super::{PercentileRule, words};

/// Fewer values than this: a median is named with a warning.
pub(super) const FEW_VALUES: usize = 5;
/// p15 and p85 are given from this many values on.
pub(super) const VALUES_FOR_P85: usize = 10;

/// From how many values on percentile `p` is given: those of the definitions for 50, 85 and 95, and for all others so many that a
/// value lies beyond it.
pub(super) fn values_for(p: u8) -> usize {
    let beyond = usize::from(p.min(100 - p).max(1));
    match beyond {
        50 => 1,
        16..=49 => FEW_VALUES.max(100_usize.div_ceil(beyond)),
        _ => VALUES_FOR_P85.max(100_usize.div_ceil(beyond)),
    }
}

/// "Median", "85 % took at most".
pub(super) fn at_most(p: u8) -> String {
    if p == 50 { "Median".to_owned() } else { format!("{p} % took at most") }
}

/// The id of a line of percentile `p`: "median", "p85".
pub(super) fn line_id(p: u8) -> String {
    if p == 50 { "median".to_owned() } else { format!("p{p}") }
}

/// "Median", "p85".
pub(super) fn short_name(p: u8) -> String {
    if p == 50 { "Median".to_owned() } else { format!("p{p}") }
}

/// The rank, from 1, of percentile `p` (0 to 100) among `count` rising values: `ceil(p/100 * count)`, at least 1.
pub(super) const fn nearest_rank(count: usize, p: usize) -> usize {
    let rank = (count * p).div_ceil(100);
    if rank == 0 { 1 } else { rank }
}

/// Percentile `p` of rising values by nearest rank: always one of them. `None` when there is no value.
pub(super) fn percentile<T: Copy>(rising: &[T], p: usize) -> Option<T> {
    rising.get(nearest_rank(rising.len(), p) - 1).copied()
}

/// Percentile `p` of rising values by a rule. `None` when there is no value.
pub(super) fn percentile_by(rising: &[f64], p: usize, rule: PercentileRule) -> Option<f64> {
    match rule {
        PercentileRule::Nearest => percentile(rising, p),
        PercentileRule::Linear => {
            let (low, share) = linear_place(rising.len(), p);
            let first = *rising.get(low)?;
            let next = rising.get(low + 1).copied().unwrap_or(first);
            Some(tidy(first + (next - first) * share))
        }
    }
}

/// The same of values in any order, which it leaves in another: they are searched, not sorted.
pub(super) fn percentile_among(values: &mut [f64], p: usize, rule: PercentileRule) -> Option<f64> {
    if values.is_empty() {
        return None;
    }
    match rule {
        PercentileRule::Nearest => {
            let position = nearest_rank(values.len(), p) - 1;
            Some(*values.select_nth_unstable_by(position, f64::total_cmp).1)
        }
        PercentileRule::Linear => {
            let (low, share) = linear_place(values.len(), p);
            let (_, &mut first, above) = values.select_nth_unstable_by(low, f64::total_cmp);
            let next = above.iter().copied().min_by(f64::total_cmp).unwrap_or(first);
            Some(tidy(first + (next - first) * share))
        }
    }
}

/// How such a percentile came about: "the 9th smallest of 10", "0.65 of the way from the 8th to the 9th smallest of 10".
pub(super) fn percentile_in_words(count: usize, p: usize, rule: PercentileRule) -> String {
    let (low, share) = linear_place(count, p);
    match rule {
        PercentileRule::Nearest => rank_in_words(count, p),
        PercentileRule::Linear if share == 0.0 => format!("the {} smallest of {count}", ordinal(low + 1)),
        PercentileRule::Linear => {
            let share = words::number(share);
            format!("{share} of the way from the {} to the {} smallest of {count}", ordinal(low + 1), ordinal(low + 2))
        }
    }
}

/// Position of the value below percentile `p`, from 0, and the share of the way to the next one.
fn linear_place(count: usize, p: usize) -> (usize, f64) {
    // Whole numbers first: 0.85 * 20 is not 17 in floating point.
    let hundredths = count.saturating_sub(1) * p;
    (hundredths / 100, (hundredths % 100) as f64 / 100.0)
}

/// The mean; `None` when there is no value.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| tidy(values.iter().sum::<f64>() / values.len() as f64))
}

/// `part` of `whole` in percent; `None` when the whole is 0.
pub(super) fn percent(part: f64, whole: f64) -> Option<f64> {
    (whole != 0.0).then(|| tidy(part / whole * 100.0))
}

/// Removes the noise that sums of fractions leave behind (0.30000000000000004), and the sign of zero.
pub(super) fn tidy(value: f64) -> f64 {
    const STEPS: f64 = 1e6;
    // Beyond this size, scaling would itself lose digits.
    if value.abs() < 1e9 { (value * STEPS).round() / STEPS + 0.0 } else { value }
}

/// How a percentile came about: "the 9th smallest of 10".
pub(super) fn rank_in_words(count: usize, p: usize) -> String {
    format!("the {} smallest of {count}", ordinal(nearest_rank(count, p)))
}

/// "1st", "2nd", "11th".
fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_elements_by_nearest_rank() {
        let values: Vec<i32> = (1..=10).collect();
        assert_eq!(percentile(&values, 50), Some(5));
        assert_eq!(percentile(&values, 85), Some(9));
        assert_eq!(percentile(&values, 0), Some(1));
        assert_eq!(percentile(&values, 100), Some(10));
        assert_eq!(percentile(&[7], 50), Some(7));
        assert_eq!(percentile::<i32>(&[], 50), None);
    }

    #[test]
    fn a_far_percentile_needs_more_values() {
        assert_eq!([50, 85, 95].map(values_for), [1, VALUES_FOR_P85, 20]);
        assert_eq!([1, 15, 49, 51, 70, 90, 99].map(values_for), [100, 10, 5, 5, 5, 10, 100]);
    }

    #[test]
    fn linear_percentiles_are_those_of_spreadsheets() {
        let values: Vec<f64> = (1..=10).map(f64::from).collect();
        let by = |p, rule| percentile_by(&values, p, rule);
        assert_eq!(by(50, PercentileRule::Linear), Some(5.5));
        assert_eq!(by(85, PercentileRule::Linear), Some(8.65));
        assert_eq!(by(100, PercentileRule::Linear), Some(10.0));
        assert_eq!(by(85, PercentileRule::Nearest), Some(9.0));
        assert_eq!(percentile_by(&[], 50, PercentileRule::Linear), None);
        assert_eq!(percentile_by(&[3.0], 85, PercentileRule::Linear), Some(3.0));
        let words = |p| percentile_in_words(10, p, PercentileRule::Linear);
        assert_eq!(words(85), "0.65 of the way from the 8th to the 9th smallest of 10");
        assert_eq!(words(100), "the 10th smallest of 10");
    }

    #[test]
    fn a_percentile_is_found_without_sorting() {
        // 37 and 101 have no common divisor: every value from 0 to 100 once, in no order.
        let values: Vec<f64> = (0..101).map(|place| f64::from(place * 37 % 101)).collect();
        let mut rising = values.clone();
        rising.sort_unstable_by(f64::total_cmp);
        for length in [1, 2, 10, 101] {
            let some = &rising[..length];
            for p in [0, 15, 50, 85, 95, 100] {
                for rule in PercentileRule::ALL {
                    let mut mixed: Vec<f64> = values.iter().copied().filter(|value| some.contains(value)).collect();
                    assert_eq!(percentile_among(&mut mixed, p, rule), percentile_by(some, p, rule), "p{p} of {length}");
                }
            }
        }
        assert_eq!(percentile_among(&mut [], 50, PercentileRule::Linear), None);
    }

    #[test]
    fn ranks_read_well() {
        assert_eq!(rank_in_words(1, 50), "the 1st smallest of 1");
        assert_eq!(rank_in_words(22, 50), "the 11th smallest of 22");
        assert_eq!(rank_in_words(43, 50), "the 22nd smallest of 43");
    }

    #[test]
    fn tidy_removes_noise_and_negative_zero() {
        assert_eq!(tidy(0.1 + 0.2).to_bits(), 0.3_f64.to_bits());
        assert_eq!(tidy(-0.0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(tidy(-1e-9).to_bits(), 0.0_f64.to_bits());
    }
}
