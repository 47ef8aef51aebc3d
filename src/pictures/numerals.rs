//! Lengths in a picture, written short.

use std::fmt::Write;

use maud::Render;

/// A length in CSS pixels, with at most one decimal. What is no number is 0: a path with `NaN` draws nothing at all.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Px(pub(super) f64);

impl Render for Px {
    fn render_to(&self, buffer: &mut String) {
        push(buffer, self.0);
    }
}

/// Writes a length.
pub(super) fn push(buffer: &mut String, length: f64) {
    let tenths = if length.is_finite() { (length * 10.0).round().clamp(-1e6, 1e6) as i64 } else { 0 };
    let sign = if tenths < 0 { "-" } else { "" };
    let (whole, rest) = (tenths.abs() / 10, tenths.abs() % 10);
    // Writing to a string cannot fail.
    let _written = if rest == 0 { write!(buffer, "{sign}{whole}") } else { write!(buffer, "{sign}{whole}.{rest}") };
}

/// The `d` of a path.
#[derive(Default)]
pub(super) struct Path(pub(super) String);

impl Path {
    /// Adds a command with its numbers.
    pub(super) fn add(&mut self, command: char, numbers: &[f64]) {
        self.0.push(command);
        for (position, &number) in numbers.iter().enumerate() {
            if position > 0 {
                self.0.push(' ');
            }
            push(&mut self.0, number);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_short_and_never_broken() {
        let of = |length: f64| Px(length).render().into_string();
        assert_eq!([of(0.0), of(-0.01), of(12.04), of(-3.55), of(720.0)], ["0", "0", "12", "-3.6", "720"]);
        assert_eq!([of(f64::NAN), of(f64::INFINITY), of(1e300)], ["0", "0", "100000"]);
        let mut path = Path::default();
        path.add('M', &[1.0, 2.5]);
        path.add('Z', &[]);
        assert_eq!(path.0, "M1 2.5Z");
    }
}
