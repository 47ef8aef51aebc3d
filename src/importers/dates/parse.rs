//! One date cell, read as far as it can be read alone.

use super::civil::{DAY, day_number, full_year};
use super::month_names::{is_afternoon, is_filler, month_of};
use super::shape::{Form, Shape, Time};
use crate::importers::DateOrder;

/// What a date cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReadDate {
    /// A local clock reading, milliseconds since 1970-01-01 00:00 on that clock.
    Local(i64),
    /// A moment: the cell names its own offset.
    Moment(i64),
    /// Two numbers of which only one order makes a date; the reading is local.
    OnlyAs(DateOrder, i64),
    /// Two numbers that can be day and month in both orders.
    Either {
        year: i64,
        first: i64,
        second: i64,
        /// Milliseconds since midnight.
        time: i64,
    },
}

/// Reads a date in any shape that trackers and spreadsheets write. `None` when it is no date.
pub(super) fn parse_date(text: &str) -> Option<(ReadDate, Shape)> {
    jira_default(text.as_bytes()).or_else(|| day_number_of_spreadsheet(text)).or_else(|| Words::read(text)?.date())
}

/// True for a date in any shape, whether or not its day and month can be told apart.
pub(crate) fn is_date(text: &str) -> bool {
    parse_date(text).is_some()
}

/// A date that names its own offset, or a local reading; for texts that carry ISO dates only.
pub(crate) fn instant_or_local(text: &str) -> Option<Result<i64, i64>> {
    match parse_date(text)?.0 {
        ReadDate::Moment(moment) => Some(Ok(moment)),
        ReadDate::Local(local) => Some(Err(local)),
        _ => None,
    }
}

/// The shape nearly every Jira export has, without detours: `02/Feb/22 4:58 PM`, `2/Jan/06 15:04`.
pub(super) fn jira_default(bytes: &[u8]) -> Option<(ReadDate, Shape)> {
    let (day, rest) = number(bytes)?;
    let [b'/', m1, m2, m3, b'/', rest @ ..] = rest else { return None };
    let month = match [m1 | 0x20, m2 | 0x20, m3 | 0x20] {
        [b'j', b'a', b'n'] => 1,
        [b'f', b'e', b'b'] => 2,
        [b'm', b'a', b'r'] => 3,
        [b'a', b'p', b'r'] => 4,
        [b'm', b'a', b'y'] => 5,
        [b'j', b'u', b'n'] => 6,
        [b'j', b'u', b'l'] => 7,
        [b'a', b'u', b'g'] => 8,
        [b's', b'e', b'p'] => 9,
        [b'o', b'c', b't'] => 10,
        [b'n', b'o', b'v'] => 11,
        [b'd', b'e', b'c'] => 12,
        _ => return None,
    };
    let (year, rest) = number(rest)?;
    let [b' ', rest @ ..] = rest else { return None };
    let (hour, rest) = number(rest)?;
    let [b':', tens @ b'0'..=b'5', ones @ b'0'..=b'9', rest @ ..] = rest else { return None };
    let half_day = match rest {
        b"" => None,
        b" AM" => Some(false),
        b" PM" => Some(true),
        _ => return None,
    };
    let minute = i64::from(tens - b'0') * 10 + i64::from(ones - b'0');
    let local = day_number(full_year(year, 2), month, day)? * DAY + clock(hour, minute, 0, 0, half_day)?;
    let shape = Shape {
        form: Form::DayMonthName,
        separator: '/',
        long_year: false,
        time: Time::Minutes,
        half_day: half_day.is_some(),
        zone: false,
    };
    Some((ReadDate::Local(local), shape))
}

/// A number of one or two digits, and what follows it.
fn number(bytes: &[u8]) -> Option<(i64, &[u8])> {
    match bytes {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => {
            Some((i64::from(tens - b'0') * 10 + i64::from(ones - b'0'), rest))
        }
        [ones @ b'0'..=b'9', rest @ ..] => Some((i64::from(ones - b'0'), rest)),
        _ => None,
    }
}

/// Milliseconds since midnight.
fn clock(hour: i64, minute: i64, second: i64, millisecond: i64, afternoon: Option<bool>) -> Option<i64> {
    let hour = match afternoon {
        Some(false) if hour == 12 => 0,
        Some(true) if hour < 12 => hour + 12,
        _ => hour,
    };
    let fits = (0..24).contains(&hour) && (0..60).contains(&minute) && (0..=60).contains(&second);
    fits.then_some(((hour * 60 + minute) * 60 + second.min(59)) * 1000 + millisecond)
}

/// 45,000.5 = noon of 2023-03-15: what a spreadsheet leaves when a date cell lost its format. Also epoch milliseconds.
fn day_number_of_spreadsheet(text: &str) -> Option<(ReadDate, Shape)> {
    if !text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.' || byte == b',') {
        return None;
    }
    let shape = |form| Shape { form, separator: '-', long_year: true, time: Time::None, half_day: false, zone: false };
    if text.len() == 13
        && let Ok(moment) = text.parse::<i64>()
    {
        return Some((ReadDate::Moment(moment), shape(Form::EpochMilliseconds)));
    }
    let days: f64 = text.replace(',', ".").parse().ok()?;
    // 1954 to 2119; smaller numbers are more likely something else.
    if !(20_000.0..80_000.0).contains(&days) {
        return None;
    }
    // Spreadsheets round to the second; day 25,569 is 1970-01-01.
    let seconds = ((days - 25_569.0) * 86_400.0).round() as i64;
    Some((ReadDate::Local(seconds * 1000), shape(Form::Serial)))
}

/// The parts of a date text, in the order they were found.
#[derive(Default)]
struct Words {
    /// Value, digits.
    numbers: Vec<(i64, usize)>,
    /// Month, and how many numbers came before it.
    month: Option<(i64, usize)>,
    separator: Option<char>,
    time: Option<(i64, i64, Option<i64>, i64)>,
    afternoon: Option<bool>,
    /// Offset in milliseconds.
    offset: Option<i64>,
}

impl Words {
    fn read(text: &str) -> Option<Self> {
        if text.len() > 80 || !text.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let mut words = Self::default();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            rest = if first.is_ascii_digit() {
                words.number(rest)?
            } else if first.is_alphabetic() {
                words.word(rest)?
            } else {
                words.mark(first, rest)?
            };
        }
        Some(words)
    }

    fn number<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let (value, digits, rest) = digits(text)?;
        if self.time.is_none() && rest.starts_with(':') {
            return self.clock(value, &rest[1..]);
        }
        if self.numbers.len() == 3 {
            return None;
        }
        self.numbers.push((value, digits));
        Some(rest)
    }

    fn clock<'a>(&mut self, hour: i64, text: &'a str) -> Option<&'a str> {
        let (minute, _, mut rest) = digits(text)?;
        let mut second = None;
        let mut millisecond = 0;
        if let Some(after) = rest.strip_prefix(':') {
            let (value, _, after) = digits(after)?;
            second = Some(value);
            rest = after;
            if let Some(fraction) = rest.strip_prefix(['.', ','])
                && let Some((_, count, after)) = digits(fraction)
            {
                let thousandths: String = fraction[..count].chars().chain("00".chars()).take(3).collect();
                millisecond = thousandths.parse().ok()?;
                rest = after;
            }
        }
        self.time = Some((hour, minute, second, millisecond));
        Some(rest)
    }

    fn word<'a>(&mut self, text: &'a str) -> Option<&'a str> {
        let length = text.find(|character: char| !character.is_alphabetic()).unwrap_or(text.len());
        let (word, rest) = text.split_at(length);
        let word = word.to_lowercase();
        if let Some(afternoon) = is_afternoon(&word) {
            self.afternoon = Some(afternoon);
        } else if matches!(word.as_str(), "a" | "p")
            && self.time.is_some()
            && rest.trim_start_matches(['.', ' ', '\u{a0}', '\u{202f}']).starts_with('m')
        {
            // "a. m." of Spanish.
            self.afternoon = Some(word == "p");
        } else if word == "m" && self.afternoon.is_some() {
        } else if matches!(word.as_str(), "z" | "gmt" | "utc") && self.time.is_some() {
            self.offset = Some(0);
        } else if rest.starts_with(',') && self.numbers.is_empty() && self.month.is_none() && self.time.is_none() {
            // A day of the week, in any language.
        } else if let Some(month) = month_of(&word).filter(|_| self.month.is_none()) {
            self.month = Some((i64::from(month), self.numbers.len()));
            // A shortened month may carry a dot.
            return Some(rest.strip_prefix('.').unwrap_or(rest));
        } else if !is_filler(&word) && !matches!(word.as_str(), "mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun") {
            return None;
        }
        Some(rest)
    }

    fn mark<'a>(&mut self, mark: char, text: &'a str) -> Option<&'a str> {
        let rest = &text[mark.len_utf8()..];
        if self.time.is_some() {
            match mark {
                // The zone's name after its offset: "GMT+0000 (GMT)".
                '(' => return Some(""),
                '+' | '-' | '−' => return self.offset(mark == '+', rest),
                _ => {}
            }
        }
        if !matches!(mark, '/' | '-' | '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'') {
            return None;
        }
        if self.separator.is_none() && (!self.numbers.is_empty() || self.month.is_some()) {
            self.separator = Some(mark);
        }
        Some(rest)
    }

    fn offset<'a>(&mut self, east: bool, text: &'a str) -> Option<&'a str> {
        let (value, count, rest) = digits(text)?;
        let (hours, minutes, rest) = match count {
            4 => (value / 100, value % 100, rest),
            1 | 2 => match rest.strip_prefix(':') {
                Some(after) => digits(after).map(|(minutes, _, rest)| (value, minutes, rest))?,
                None => (value, 0, rest),
            },
            _ => return None,
        };
        if hours > 18 || minutes > 59 {
            return None;
        }
        let offset = (hours * 60 + minutes) * 60_000;
        self.offset = Some(if east { offset } else { -offset });
        Some(rest)
    }

    fn date(self) -> Option<(ReadDate, Shape)> {
        let (hour, minute, second, millisecond) = self.time.unwrap_or((0, 0, None, 0));
        let time = clock(hour, minute, second.unwrap_or(0), millisecond, self.afternoon)?;
        let (read, form, year_digits) = self.day_month_year(time)?;
        let date = match (read, self.offset) {
            (ReadDate::Local(local), Some(offset)) => ReadDate::Moment(local - offset),
            (read, None) => read,
            // A numeric date with an offset has never been seen and would need its own rule.
            _ => return None,
        };
        let shape = Shape {
            form,
            separator: self.separator.unwrap_or('-'),
            long_year: year_digits > 2,
            time: match (self.time, second) {
                (None, _) => Time::None,
                (_, None) => Time::Minutes,
                _ => Time::Seconds,
            },
            half_day: self.afternoon.is_some(),
            zone: self.offset.is_some(),
        };
        Some((date, shape))
    }

    /// Puts the numbers in their places; answers the digits of the year too.
    fn day_month_year(&self, time: i64) -> Option<(ReadDate, Form, usize)> {
        let local = |year, month, day| Some(ReadDate::Local(day_number(year, month, day)? * DAY + time));
        match (self.month, self.numbers.as_slice()) {
            (Some((month, _)), &[(year, 4), (day, _)]) | (None, &[(year, 4), (month, _), (day, _)]) => {
                Some((local(year, month, day)?, Form::YearFirst, 4))
            }
            (Some((month, before)), &[(day, _), (year, digits @ (2 | 4))]) => {
                let form = if before == 0 { Form::MonthNameDay } else { Form::DayMonthName };
                Some((local(full_year(year, digits), month, day)?, form, digits))
            }
            (None, &[(date, 8)]) => Some((local(date / 10_000, date / 100 % 100, date % 100)?, Form::YearFirst, 4)),
            (None, &[(first, 1 | 2), (second, 1 | 2), (year, digits @ (2 | 4))]) => {
                let year = full_year(year, digits);
                let day_first = day_number(year, second, first);
                let month_first = day_number(year, first, second);
                let read = match (day_first, month_first) {
                    (Some(day), Some(_)) if first == second => ReadDate::Local(day * DAY + time),
                    (Some(_), Some(_)) => ReadDate::Either { year, first, second, time },
                    (Some(day), None) => ReadDate::OnlyAs(DateOrder::DayFirst, day * DAY + time),
                    (None, Some(day)) => ReadDate::OnlyAs(DateOrder::MonthFirst, day * DAY + time),
                    (None, None) => return None,
                };
                Some((read, Form::Numbers, digits))
            }
            _ => None,
        }
    }
}

/// A number's value, its digits, and what follows.
fn digits(text: &str) -> Option<(i64, usize, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    if count == 0 || count > 12 {
        return None;
    }
    Some((text[..count].parse().ok()?, count, &text[count..]))
}
