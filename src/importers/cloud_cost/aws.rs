//! Amazon Web Services: Cost and Usage Report as CSV, with the names of the first version (`lineItem/UnblendedCost`) or those
//! of the second and of Athena (`line_item_unblended_cost`).
//!
//! The unblended cost is summed: what the account pays, with discounts, credits and taxes as lines of their own. The month is
//! that of the usage. Source: headers as importers of public repositories read them.

use super::{DATE, NUMBER, TEXT, add, given};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};

/// The importer.
pub(in crate::importers) static AWS_CUR_CSV: Importer = Importer {
    id: "aws-cur-csv",
    title: "AWS Cost and Usage Report",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const START: &[&str] = &["lineitem/usagestartdate", "line_item_usage_start_date"];

static FORMAT: TableFormat = TableFormat {
    marks: &[&["date"], &["cost"], &["product", "code"]],
    score: 97,
    columns: &[
        column("date", START, DATE, "date"),
        column("date text", START, TEXT, "date"),
        column("cost", &["lineitem/unblendedcost", "line_item_unblended_cost"], NUMBER, "amount"),
        column("currency", &["lineitem/currencycode", "line_item_currency_code"], TEXT, "currency"),
        column("product", &["product/productname", "product_product_name"], TEXT, "service"),
        column("code", &["lineitem/productcode", "line_item_product_code"], TEXT, "service"),
        column("account", &["bill/payeraccountid", "bill_payer_account_id"], TEXT, "source"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let product = given(row, "product");
    let service = if product.is_empty() { given(row, "code") } else { product };
    add(row, to, "aws", given(row, "account"), "AWS", service, 0.0)
}
