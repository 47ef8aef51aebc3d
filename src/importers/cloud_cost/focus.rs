//! FOCUS 1.0: the billing format that clouds share, as CSV.
//!
//! The billed cost is summed, which is the base of the invoice; effective cost spreads purchases over their term and is not
//! read. The month is that of the charge period, in UTC as the specification says. Source: FOCUS 1.0 specification and the
//! sample published with it.

use super::{DATE, NUMBER, TEXT, add, given};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};

/// The importer.
pub(in crate::importers) static FOCUS_CSV: Importer = Importer {
    id: "focus-csv",
    title: "FOCUS billing export",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

const START: &[&str] = &["chargeperiodstart"];

static FORMAT: TableFormat = TableFormat {
    marks: &[&["cost"], &["charge category"], &["date"]],
    score: 97,
    columns: &[
        column("date", START, DATE, "date"),
        column("date text", START, TEXT, "date"),
        column("cost", &["billedcost"], NUMBER, "amount"),
        column("currency", &["billingcurrency"], TEXT, "currency"),
        column("charge category", &["chargecategory"], TEXT, ""),
        column("provider", &["providername", "serviceprovidername"], TEXT, "vendor"),
        column("service", &["servicename"], TEXT, "service"),
        column("account", &["billingaccountid"], TEXT, "source"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    to.note("The billed cost was summed, not the effective cost.".into());
    add(row, to, "focus", given(row, "account"), given(row, "provider"), given(row, "service"), 0.0)
}
