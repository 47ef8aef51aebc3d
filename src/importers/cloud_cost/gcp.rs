//! Google Cloud: the billing export of `BigQuery`, saved as CSV.
//!
//! Cost and credits are summed. The credits of a line are a list of records with an `amount`, or a number where the table was
//! flattened; the month is that of the usage. Source: the names of the export's columns.

use serde::Deserialize;

use super::{DATE, NUMBER, TEXT, add, given};
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::importers::{Importer, Problem};

/// The importer.
pub(in crate::importers) static GCP_BILLING_CSV: Importer = Importer {
    id: "gcp-billing-csv",
    title: "Google Cloud billing export",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const START: &[&str] = &["usage_start_time"];

static FORMAT: TableFormat = TableFormat {
    marks: &[&["date"], &["cost"], &["service", "sku"]],
    score: 95,
    columns: &[
        column("date", START, DATE, "date"),
        column("date text", START, TEXT, "date"),
        column("cost", &["cost"], NUMBER, "amount"),
        column("currency", &["currency"], TEXT, "currency"),
        column("service", &["service.description", "service_description"], TEXT, "service"),
        column("sku", &["sku.id", "sku_id"], TEXT, ""),
        column("credits", &["credits", "credits.amount", "credits_amount"], TEXT, "amount"),
        column("account", &["billing_account_id"], TEXT, "source"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let text = given(row, "credits");
    let credits = credits_of(text).unwrap_or_else(|| {
        to.warn(row.header("credits"), text, Problem::NotANumber);
        0.0
    });
    add(row, to, "gcp", given(row, "account"), "Google Cloud", given(row, "service"), credits)
}

#[derive(Deserialize)]
struct Credit {
    #[serde(default)]
    amount: Option<Amount>,
}

/// `BigQuery` writes numbers as texts in some exports.
#[derive(Deserialize)]
#[serde(untagged)]
enum Amount {
    Number(f64),
    Text(String),
}

/// The sum of the credits of a line; `None` when they cannot be read.
fn credits_of(text: &str) -> Option<f64> {
    if text.is_empty() {
        return Some(0.0);
    }
    if !text.starts_with('[') {
        return text.parse::<f64>().ok().filter(|amount| amount.is_finite());
    }
    let credits: Vec<Credit> = serde_json::from_str(text).ok()?;
    credits.into_iter().try_fold(0.0, |sum, credit| {
        let amount = match credit.amount {
            None => 0.0,
            Some(Amount::Number(amount)) => amount,
            Some(Amount::Text(text)) => text.parse().ok()?,
        };
        Some(sum + amount)
    })
}

#[cfg(test)]
mod tests {
    use super::credits_of;

    #[test]
    fn credits_are_lists_or_numbers() {
        assert_eq!(credits_of(""), Some(0.0));
        assert_eq!(credits_of("[]"), Some(0.0));
        assert_eq!(credits_of("-0.5"), Some(-0.5));
        assert_eq!(credits_of(r#"[{"name":"a","amount":-0.5},{"name":"b","amount":"-0.25"}]"#), Some(-0.75));
        for text in ["some", "[", "{'amount': 1}", "NaN", r#"[{"amount":"x"}]"#] {
            assert_eq!(credits_of(text), None, "{text}");
        }
    }
}
