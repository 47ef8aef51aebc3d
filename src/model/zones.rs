//! The offsets of a time zone as a table. Natively they come from the bundled database, in the browser from the browser's own.

/// (first UTC millisecond, offset in milliseconds), rising; the first entry starts at `i64::MIN`.
pub type ZoneOffsets = Vec<(i64, i64)>;

/// Zone rules are tabulated from here (1970-01-01)…
const FIRST_SECOND: i64 = 0;
/// … up to here (2050-01-01); moments outside keep the nearest offset.
const LAST_SECOND: i64 = 2_524_608_000;
/// No zone keeps an offset for less (the test looks at all of them), so that no change falls between two looks.
#[cfg(any(test, target_arch = "wasm32"))]
const LOOK_EVERY_SECONDS: i64 = 7 * 86_400;

/// Tabulates a zone of which only the offset at a moment is known: both in seconds, the offset east of UTC. `None` as soon
/// as the clock does not answer.
#[cfg(any(test, target_arch = "wasm32"))]
#[cfg_attr(not(target_arch = "wasm32"), allow(unreachable_pub, reason = "exported where a browser is"))]
pub fn tabulate_zone(offset_at: impl Fn(i64) -> Option<i64>) -> Option<ZoneOffsets> {
    let mut offset = offset_at(FIRST_SECOND)?;
    let mut found = vec![(i64::MIN, offset * 1000)];
    let mut from = FIRST_SECOND;
    while from < LAST_SECOND {
        let to = (from + LOOK_EVERY_SECONDS).min(LAST_SECOND);
        let then = offset_at(to)?;
        if then != offset {
            let (mut before, mut after) = (from, to);
            while after - before > 1 {
                let middle = i64::midpoint(before, after);
                if offset_at(middle)? == then { after = middle } else { before = middle }
            }
            found.push((after * 1000, then * 1000));
            offset = then;
        }
        from = to;
    }
    Some(found)
}

#[cfg(not(target_arch = "wasm32"))]
mod source {
    use super::{FIRST_SECOND, LAST_SECOND, ZoneOffsets};
    use jiff::{Timestamp, tz::TimeZone};

    pub(in crate::model) fn offsets(zone: &str) -> Option<ZoneOffsets> {
        let time_zone = TimeZone::get(zone).ok()?;
        let start = Timestamp::from_second(FIRST_SECOND).ok()?;
        let offset_at = |moment: Timestamp| i64::from(time_zone.to_offset(moment).seconds()) * 1000;
        let mut offsets = vec![(i64::MIN, offset_at(start))];
        for transition in time_zone.following(start) {
            let second = transition.timestamp().as_second();
            if second > LAST_SECOND {
                break;
            }
            let offset = i64::from(transition.offset().seconds()) * 1000;
            // Some entries change the zone's abbreviation only.
            if offsets.last().is_some_and(|&(_, last)| last != offset) {
                offsets.push((second * 1000, offset));
            }
        }
        Some(offsets)
    }
}

#[cfg(target_arch = "wasm32")]
mod source {
    use super::ZoneOffsets;
    use std::sync::OnceLock;

    static SOURCE: OnceLock<fn(&str) -> Option<ZoneOffsets>> = OnceLock::new();

    /// Names the function that knows the browser's zones; the first one named stays.
    pub fn set_zone_source(source: fn(&str) -> Option<ZoneOffsets>) {
        SOURCE.get_or_init(|| source);
    }

    pub(in crate::model) fn offsets(zone: &str) -> Option<ZoneOffsets> {
        SOURCE.get().and_then(|source| source(zone))
    }
}

pub(super) use source::offsets;
#[cfg(target_arch = "wasm32")]
pub use source::set_zone_source;

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::{Timestamp, tz};

    #[test]
    fn a_zone_known_by_its_offsets_alone_gets_the_same_table() {
        let mut zones = 0;
        for name in tz::db().available() {
            let zone = tz::TimeZone::get(name.as_str()).unwrap();
            let offset_at = |second| Some(i64::from(zone.to_offset(Timestamp::from_second(second).ok()?).seconds()));
            assert_eq!(tabulate_zone(offset_at), offsets(name.as_str()), "{name}");
            zones += 1;
        }
        assert!(zones > 400, "only {zones} zones in the database");
    }
}
