//! The browser's own time-zone database, as the table of offsets that a calendar keeps. Ours would be 130 KB of download.

use js_sys::{Array, Function, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::files::browser_zone;
use crate::model::{ZoneOffsets, day_of_date, set_zone_source, tabulate_zone};

/// Lets calendars take their zones from this browser.
pub fn use_browser_zones() {
    set_zone_source(offsets);
}

/// The offsets of a zone in this browser; `None` when it does not know the name.
fn offsets(zone: &str) -> Option<ZoneOffsets> {
    let clock = Clock::of(zone)?;
    tabulate_zone(|second| clock.offset_at(second))
}

/// What tells the time of a zone.
enum Clock {
    /// The zone the browser runs in: `Date` knows it, ten times faster than a formatter.
    Own,
    /// Any other: `Intl.DateTimeFormat`, its bound `format`.
    Other(Function),
}

impl Clock {
    fn of(zone: &str) -> Option<Self> {
        if zone == browser_zone() { Some(Self::Own) } else { Self::other(zone) }
    }

    fn other(zone: &str) -> Option<Self> {
        let options = Object::new();
        let set = |name: &str, value: &str| Reflect::set(&options, &name.into(), &value.into());
        set("timeZone", zone).ok()?;
        set("hourCycle", "h23").ok()?;
        for field in ["year", "month", "day", "hour", "minute", "second"] {
            set(field, "numeric").ok()?;
        }
        // Called through Reflect: the constructor throws on a zone it does not know.
        let constructor =
            Reflect::get(&Reflect::get(&js_sys::global(), &"Intl".into()).ok()?, &"DateTimeFormat".into());
        let arguments = Array::of2(&"en-US".into(), &options);
        let format = Reflect::construct(constructor.ok()?.dyn_ref::<Function>()?, &arguments).ok()?;
        Some(Self::Other(format.dyn_ref::<Intl::DateTimeFormat>()?.format()))
    }

    /// Seconds east of UTC at a moment.
    fn offset_at(&self, second: i64) -> Option<i64> {
        let moment = JsValue::from_f64(second as f64 * 1000.0);
        match self {
            Self::Own => Some((-60.0 * js_sys::Date::new(&moment).get_timezone_offset()) as i64),
            Self::Other(format) => {
                let shown = format.call1(&JsValue::UNDEFINED, &moment).ok()?.as_string()?;
                Some(read_as_utc(&shown)? - second)
            }
        }
    }
}

/// What a formatter shows (`3/31/2024, 02:30:00`), in seconds, as if the clock stood in UTC.
fn read_as_utc(shown: &str) -> Option<i64> {
    let mut numbers = shown.split(|letter: char| !letter.is_ascii_digit()).filter(|digits| !digits.is_empty());
    let mut next = || numbers.next()?.parse::<i64>().ok();
    let (month, day, year) = (next()?, next()?, next()?);
    let (hour, minute, second) = (next()?, next()?, next()?);
    Some(day_of_date(year, month, day)? * 86_400 + hour * 3600 + minute * 60 + second)
}
