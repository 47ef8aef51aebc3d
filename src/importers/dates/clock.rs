//! Local clock readings to moments, with a memory of whole days: exports name the same days again and again.

use super::civil::DAY;
use crate::model::Calendar;

/// Days remembered, by their number modulo this.
const SLOTS: usize = 4096;

/// A calendar with a table of offsets per day.
pub(crate) struct LocalClock {
    calendar: Calendar,
    /// (day, offset of the whole day); a day on which the clock changes is never in it.
    offsets: Vec<(i64, i64)>,
}

impl LocalClock {
    pub(crate) fn new(calendar: Calendar) -> Self {
        Self { calendar, offsets: vec![(i64::MIN, 0); SLOTS] }
    }

    /// The moment of a local reading (milliseconds since 1970-01-01 00:00 on the clock), and whether a clock change
    /// skipped that reading.
    #[inline]
    pub(crate) fn moment(&mut self, local: i64) -> (i64, bool) {
        let day = local.div_euclid(DAY);
        let slot = (day & (SLOTS as i64 - 1)) as usize;
        let (known, offset) = self.offsets[slot];
        if known == day { (local - offset, false) } else { self.moment_of_new_day(local, day, slot) }
    }

    #[cold]
    fn moment_of_new_day(&mut self, local: i64, day: i64, slot: usize) -> (i64, bool) {
        let offset_at = |local: i64| local - self.calendar.moment_of_local(local);
        let (before, after) = (offset_at(day * DAY), offset_at((day + 1) * DAY));
        if before == after {
            self.offsets[slot] = (day, before);
            return (local - before, false);
        }
        let moment = self.calendar.moment_of_local(local);
        // A skipped reading names the same moment as the reading one clock change later.
        let gap = after - before;
        (moment, gap > 0 && self.calendar.moment_of_local(local + gap) == moment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_skipped_reading_is_noticed_and_taken_as_the_later_moment() {
        let Some(calendar) = Calendar::new("Europe/Berlin") else { panic!("no zone") };
        let mut clock = LocalClock::new(calendar.clone());
        let day = i64::from(crate::model::day_from_iso("2024-03-31").unwrap_or(0)) * DAY;
        let hour = DAY / 24;
        assert_eq!(clock.moment(day + 2 * hour + hour / 2), (day + hour + hour / 2, true));
        assert_eq!(clock.moment(day + 3 * hour + hour / 2), (day + hour + hour / 2, false));
        assert_eq!(clock.moment(day + hour), (day, false));
        for step in 0..400 {
            let local = day - 200 * DAY + step * DAY + 7 * hour;
            assert_eq!(clock.moment(local).0, calendar.moment_of_local(local));
            assert_eq!(clock.moment(local).0, calendar.moment_of_local(local));
        }
    }
}
