//! Statistics shared by the metrics: nearest-rank percentiles, sums without noise.

/// Fewer values than this: a median is named with a warning.
pub(super) const FEW_VALUES: usize = 5;
/// p15 and p85 are given from this many values on.
pub(super) const VALUES_FOR_P85: usize = 10;
/// p95 is given from this many values on.
pub(super) const VALUES_FOR_P95: usize = 20;

/// The rank, from 1, of percentile `p` (0 to 100) among `count` rising values: `ceil(p/100 * count)`, at least 1.
pub(super) const fn nearest_rank(count: usize, p: usize) -> usize {
    let rank = (count * p).div_ceil(100);
    if rank == 0 { 1 } else { rank }
}

/// Percentile `p` of rising values by nearest rank: always one of them. `None` when there is no value.
pub(super) fn percentile<T: Copy>(rising: &[T], p: usize) -> Option<T> {
    rising.get(nearest_rank(rising.len(), p) - 1).copied()
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
    let rank = nearest_rank(count, p);
    let ending = match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("the {rank}{ending} smallest of {count}")
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
