//! Billing exports of clouds: costs summed by account, service, month and currency.
//!
//! A billing export has a line per resource and hour; a plan needs the sums. Months are those written in the file (UTC with
//! all clouds). Credits and refunds are negative lines and part of the sums. A later export of a month replaces the sums of
//! an earlier one; the parts into which a cloud cuts a large export (`…-00002.csv`, `part_1_0001.csv`) add up.

mod aws;
mod azure;
mod focus;
mod gcp;
mod sums;

pub(super) use aws::AWS_CUR_CSV;
pub(super) use azure::AZURE_COST_CSV;
pub(super) use focus::FOCUS_CSV;
pub(super) use gcp::GCP_BILLING_CSV;
pub(super) use sums::CostSums;

use super::dates::is_no_value;
use super::gathering::Gathering;
use super::table::{DateRole, Grammar, Row};
use crate::model::{date_of_day, day_of_date};
use sums::CostLine;

const TEXT: Grammar = Grammar::Text;
const NUMBER: Grammar = Grammar::Number;
const DATE: Grammar = Grammar::Date(DateRole::Other);

/// A text cell; empty when it holds `NULL` or the like.
fn given<'a>(row: &Row<'a>, id: &str) -> &'a str {
    let text = row.text(id);
    if is_no_value(text) { "" } else { text }
}

/// Adds a line of a billing export. Its columns are `date`, `date text` (the same column as text), `cost` and `currency`.
fn add(
    row: &Row<'_>,
    to: &mut Gathering,
    cloud: &str,
    account: &str,
    vendor: &str,
    service: &str,
    further: f64,
) -> Result<(), String> {
    let cost = row.number("cost").ok_or_else(|| format!("the row has no {} that can be read", row.header("cost")))?;
    let moment = row.moment("date");
    let month = month_as_written(row.text("date text"))
        .or_else(|| moment.map(|moment| month_of_day(to.settings.calendar.day_of(moment))))
        .ok_or_else(|| format!("the row has no {} that can be read", row.header("date")))?;
    let line = CostLine {
        source: format!("{cloud} {account}").trim().to_owned(),
        month,
        vendor: vendor.to_owned(),
        service: service.to_owned(),
        currency: given(row, "currency").to_ascii_uppercase(),
    };
    to.costs.add(line, cost + further, moment, row.line);
    Ok(())
}

/// Year and month of `2024-03-01…`.
fn month_as_written(text: &str) -> Option<(i64, i64)> {
    let (year, rest) = text.split_once('-')?;
    let month = rest.get(..2)?;
    let ends = rest.len() == 2 || rest.as_bytes().get(2) == Some(&b'-');
    let digits = |text: &str| text.bytes().all(|digit| digit.is_ascii_digit());
    if !ends || year.len() != 4 || !digits(year) || !digits(month) {
        return None;
    }
    let (year, month) = (year.parse().ok()?, month.parse().ok()?);
    day_of_date(year, month, 1).map(|_| (year, month))
}

fn month_of_day(day: i32) -> (i64, i64) {
    let (year, month, _) = date_of_day(i64::from(day));
    (year, month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_those_written() {
        assert_eq!(month_as_written("2024-09-30 23:00:00"), Some((2024, 9)));
        assert_eq!(month_as_written("2024-09-30T23:00:00Z"), Some((2024, 9)));
        for text in ["", "09/30/2024", "2024-13-01", "2024-9-1", "24-09-01", "2024-09x"] {
            assert_eq!(month_as_written(text), None, "{text}");
        }
    }
}
