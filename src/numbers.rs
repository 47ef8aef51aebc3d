//! Numbers and sizes as people read them, the same on screen, in pictures and in reports.

/// A number with thousands separators and at most two decimals: `1,234.5`.
pub fn number(value: f64) -> String {
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
pub fn count(value: u64) -> String {
    grouped(&value.to_string())
}

/// A count with its noun: "1 item", "1,204 items".
pub fn counted(value: u64, singular: &str, plural: &str) -> String {
    format!("{} {}", count(value), if value == 1 { singular } else { plural })
}

/// A value with its unit; the unit's plural loses its "s" at 1.
pub fn with_unit(value: f64, unit: &str) -> String {
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
pub fn bytes(value: u64) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_rounded() {
        let of = [0.0, -0.001, 2.346, 1234.5, -1_234_567.0, f64::NAN].map(number);
        assert_eq!(of, ["0", "0", "2.35", "1,234.5", "−1,234,567", "–"]);
        assert_eq!(
            (counted(1, "item", "items"), counted(1204, "item", "items")),
            ("1 item".into(), "1,204 items".into())
        );
        assert_eq!(
            [with_unit(1.0, "days"), with_unit(99.954, "%"), with_unit(50.0, "%")],
            ["1 day", "99.954 %", "50 %"]
        );
        assert_eq!([bytes(999), bytes(3_400_000)], ["999 bytes", "3.4 MB"]);
    }
}
