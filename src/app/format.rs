//! Numbers, sizes and times as people read them.

/// A number with thousands separators and at most two decimals: `1,234.5`.
pub(super) fn number(value: f64) -> String {
    with_decimals(value, 2)
}

fn with_decimals(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let scale = 10_f64.powi(decimals as i32);
    let rounded = (value * scale).round() / scale;
    let text = format!("{:.decimals$}", rounded.abs());
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let sign = if rounded < 0.0 { "−" } else { "" };
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{decimals}", grouped(whole))
}

fn grouped(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A count with thousands separators.
pub(super) fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A count with its noun: "1 item", "1,204 items".
pub(super) fn counted(value: u64, singular: &str, plural: &str) -> String {
    format!("{} {}", count(value), if value == 1 { singular } else { plural })
}

/// A value with its unit; the unit's plural loses its "s" at 1.
pub(super) fn with_unit(value: f64, unit: &str) -> String {
    let unit_word = if (value - 1.0).abs() < f64::EPSILON { unit.strip_suffix('s').unwrap_or(unit) } else { unit };
    match unit {
        "" => number(value),
        // Availabilities differ in the third decimal: 99.95 and 99.954 % are two minutes of a month apart.
        "%" if value > 99.0 && value < 100.0 => format!("{} %", with_decimals(value, 3)),
        "%" => format!("{} %", number(value)),
        _ => format!("{} {unit_word}", number(value)),
    }
}

/// Bytes in the unit that fits: "3.4 MB".
pub(super) fn bytes(value: u64) -> String {
    let units = ["bytes", "KB", "MB", "GB"];
    let mut size = value as f64;
    let mut unit = 0;
    while size >= 1000.0 && unit + 1 < units.len() {
        size /= 1000.0;
        unit += 1;
    }
    let digits = if unit == 0 || size >= 100.0 { size.round() } else { (size * 10.0).round() / 10.0 };
    format!("{} {}", number(digits), units[unit])
}

/// A moment (milliseconds since 1970) on the reader's clock: "12:31".
pub(super) fn clock(at_ms: f64) -> String {
    let date = js_sys::Date::new(&at_ms.into());
    format!("{:02}:{:02}", date.get_hours(), date.get_minutes())
}

/// Today on the reader's calendar, in days since 1970-01-01.
pub(super) fn today() -> i32 {
    let now = js_sys::Date::new_0();
    ((now.get_time() - now.get_timezone_offset() * 60_000.0) / 86_400_000.0).floor() as i32
}

/// A moment on the reader's calendar and clock: "2026-11-23 12:31".
pub(super) fn moment(at_ms: f64) -> String {
    let date = js_sys::Date::new(&at_ms.into());
    format!("{:04}-{:02}-{:02} {}", date.get_full_year(), date.get_month() + 1, date.get_date(), clock(at_ms))
}
