//! Numbers, sizes and times as people read them.

pub(super) use crate::numbers::{bytes, count, counted, number, with_unit};

/// A moment (milliseconds since 1970) on the reader's clock: "12:31".
pub(super) fn clock(at_ms: f64) -> String {
    let date = js_sys::Date::new(&at_ms.into());
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// How long ago a moment was, in days of the reader's calendar: "today", "yesterday", "3 days ago".
pub(super) fn days_ago(at_ms: f64) -> String {
    match today() - day_of(at_ms) {
        ..=0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        days => format!("{} ago", counted(days as u64, "day", "days")),
    }
}

/// The day of a moment on the reader's calendar, in days since 1970-01-01.
fn day_of(at_ms: f64) -> i32 {
    let date = js_sys::Date::new(&at_ms.into());
    ((at_ms - date.get_timezone_offset() * 60_000.0) / 86_400_000.0).floor() as i32
}

/// Today on the reader's calendar, in days since 1970-01-01.
pub(super) fn today() -> i32 {
    day_of(js_sys::Date::now())
}

/// A moment on the reader's calendar and clock: "2026-11-23 12:31".
pub(super) fn moment(at_ms: f64) -> String {
    let date = js_sys::Date::new(&at_ms.into());
    format!("{:04}-{:02}-{:02} {}", date.get_full_year(), date.get_month() + 1, date.get_date(), clock(at_ms))
}

/// The present moment, milliseconds since 1970.
pub(super) fn now() -> f64 {
    js_sys::Date::now()
}
