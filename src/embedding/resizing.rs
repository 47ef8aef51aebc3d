//! How often the height may change: a host that answers each height with a width that changes the height again must not make
//! the page grow for ever.

use std::collections::VecDeque;

/// So many changes
const MOST: usize = 30;
/// within so many milliseconds end the telling.
const WINDOW_MS: f64 = 10_000.0;

/// Counts the changes of a height.
#[derive(Debug, Clone, Default)]
pub struct ResizeLimit {
    told: Option<(f64, f64)>,
    moments: VecDeque<f64>,
    stopped: bool,
}

impl ResizeLimit {
    /// True when a size is to be told at this moment: it is another than the last one, and there were not too many. Once there
    /// were, nothing is told any more; the content is then scrolled in its frame.
    pub fn tells(&mut self, size: (f64, f64), now_ms: f64) -> bool {
        if self.stopped || self.told == Some(size) {
            return false;
        }
        while self.moments.front().is_some_and(|&moment| now_ms - moment > WINDOW_MS) {
            self.moments.pop_front();
        }
        if self.moments.len() == MOST {
            self.stopped = true;
            return false;
        }
        self.moments.push_back(now_ms);
        self.told = Some(size);
        true
    }

    /// True once there were too many changes.
    pub const fn has_stopped(&self) -> bool {
        self.stopped
    }

    /// The size told last: for a host that asks again.
    pub const fn told(&self) -> Option<(f64, f64)> {
        self.told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_growth_loop_is_ended() {
        let mut limit = ResizeLimit::default();
        let told = (0..1000).filter(|&step| limit.tells((700.0, f64::from(step)), f64::from(step) * 100.0)).count();
        assert_eq!(told, 30);
        assert!(limit.has_stopped());
        assert!(!limit.tells((700.0, 1.0), 1e9), "it does not begin again");
    }

    #[test]
    fn changes_that_people_make_are_told_for_ever() {
        let mut limit = ResizeLimit::default();
        for step in 0..1000 {
            assert!(limit.tells((700.0, f64::from(step)), f64::from(step) * 400.0), "{step}");
        }
        assert!(!limit.has_stopped());
    }

    #[test]
    fn the_same_size_is_told_once() {
        let mut limit = ResizeLimit::default();
        assert!(limit.tells((700.0, 420.0), 0.0));
        assert!(!limit.tells((700.0, 420.0), 20_000.0));
        assert_eq!(limit.told(), Some((700.0, 420.0)));
    }
}
