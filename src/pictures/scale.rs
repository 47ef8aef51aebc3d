//! The axis of values: a range of round numbers around the data.

/// About how many lines stand across a plot.
const LINES: f64 = 5.0;

/// A range and the step between its lines.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    pub(super) low: f64,
    pub(super) high: f64,
    step: f64,
}

impl Scale {
    /// The scale of these values. `from_zero` draws 0 in; `whole` keeps the lines at whole numbers.
    pub(super) fn of(values: impl Iterator<Item = f64>, from_zero: bool, whole: bool) -> Self {
        let start = if from_zero { (0.0, 0.0) } else { (f64::INFINITY, f64::NEG_INFINITY) };
        let (low, high) = values
            .filter(|value| value.is_finite())
            .fold(start, |(low, high): (f64, f64), value| (low.min(value), high.max(value)));
        let (low, high) = if low <= high { (low, high) } else { (0.0, 1.0) };
        // One height alone has no range of its own.
        let span = if high > low { high - low } else { high.abs().max(1.0) };
        let step = round_step(span / LINES);
        let step = if whole { step.max(1.0) } else { step };
        let (low, top) = ((low / step).floor() * step, (high / step).ceil() * step);
        Self { low, high: if top > low { top } else { low + step }, step }
    }

    /// The values at which lines stand, from the lowest.
    pub(super) fn lines(self) -> impl Iterator<Item = f64> {
        let count = ((self.high - self.low) / self.step).round().clamp(1.0, 50.0) as u32;
        // An addition of -0 would be written with its sign.
        (0..=count).map(move |line| self.low + f64::from(line) * self.step + 0.0)
    }

    /// How far up a value lies, from 0 to 1; values beyond the ends lie at them.
    pub(super) fn share(self, value: f64) -> f64 {
        ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0)
    }
}

/// 1, 2 or 5 times a power of ten, not below `rough`.
fn round_step(rough: f64) -> f64 {
    if !rough.is_finite() || rough <= 0.0 {
        return 1.0;
    }
    let power = 10_f64.powf(rough.log10().floor());
    [1.0, 2.0, 5.0].into_iter().map(|factor| factor * power).find(|step| *step >= rough * 0.999).unwrap_or(10.0 * power)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(values: &[f64], from_zero: bool, whole: bool) -> Vec<f64> {
        Scale::of(values.iter().copied(), from_zero, whole).lines().collect()
    }

    #[test]
    fn lines_are_round_and_hold_the_data() {
        assert_eq!(lines_of(&[3.0, 11.0], true, true), [0.0, 5.0, 10.0, 15.0]);
        assert_eq!(lines_of(&[-3.0, 4.0], true, true), [-4.0, -2.0, 0.0, 2.0, 4.0]);
        assert_eq!(lines_of(&[1.0], true, true), [0.0, 1.0]);
        assert_eq!(lines_of(&[], true, true), [0.0, 1.0]);
        assert_eq!(lines_of(&[f64::NAN, f64::INFINITY], false, true), [0.0, 1.0]);
        let close = Scale::of([99.5, 99.9, 100.0].into_iter(), false, false);
        assert!(close.low >= 99.4 && close.high <= 100.1, "{close:?}");
        assert!((close.share(99.5) - (99.5 - close.low) / (close.high - close.low)).abs() < 1e-9);
        assert_eq!((close.share(0.0), close.share(1e9)), (0.0, 1.0));
    }
}
