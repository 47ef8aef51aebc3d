//! Microsoft Azure: exports of Cost Management and usage details as CSV.
//!
//! Header names differ by version and agreement (`PreTaxCost`, `Cost`, `costInBillingCurrency`), in upper and lower case, and
//! may be localised with the English name in brackets. The cost in the currency of billing is summed, by meter category. An
//! export of actual cost and one of amortised cost look alike: load one of them. Source: headers of real exports.

use super::{DATE, NUMBER, TEXT, add, given};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};

/// The importer.
pub(in crate::importers) static AZURE_COST_CSV: Importer = Importer {
    id: "azure-cost-csv",
    title: "Azure cost export",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const DAY: &[&str] = &["usagedatetime", "… (usagedatetime)", "date", "… (date)"];

static FORMAT: TableFormat = TableFormat {
    marks: &[&["service"], &["cost"], &["date"]],
    score: 94,
    columns: &[
        column("date", DAY, DATE, "date"),
        column("date text", DAY, TEXT, "date"),
        column(
            "cost",
            &["costinbillingcurrency", "… (costinbillingcurrency)", "cost", "… (cost)", "pretaxcost", "… (pretaxcost)"],
            NUMBER,
            "amount",
        ),
        column(
            "currency",
            &["billingcurrency", "billingcurrencycode", "… (billingcurrency)", "currency", "… (currency)"],
            TEXT,
            "currency",
        ),
        column("service", &["metercategory", "… (metercategory)"], TEXT, "service"),
        column(
            "account",
            &["billingaccountid", "… (billingaccountid)", "subscriptionguid", "… (subscriptionguid)", "subscriptionid"],
            TEXT,
            "source",
        ),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    add(row, to, "azure", given(row, "account"), "Microsoft Azure", given(row, "service"), 0.0)
}
