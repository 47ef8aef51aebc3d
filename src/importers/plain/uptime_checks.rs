//! Uptime as checks: `service,at,ok`, ok true or false (also 1 or 0, yes or no, up or down).
//!
//! One row per check. Checks are joined to spans in which a service was up or down.

use super::uptime::state_of;
use super::{DATE, LIKELY, TEXT, missing};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};

/// The importer.
pub(in crate::importers) static PLAIN_UPTIME_CHECKS: Importer = Importer {
    id: "plain-uptime-checks",
    title: "Uptime checks (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["service"], &["at"], &["ok"]],
    score: LIKELY,
    columns: &[
        column("service", &["service"], TEXT, "service"),
        column("at", &["at"], DATE, "from"),
        column("ok", &["ok"], TEXT, "state"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    let at = row.moment("at").ok_or_else(|| missing("at"))?;
    let words = row.text("ok");
    let is_up = match state_of(words) {
        Some("up") => true,
        Some("down") => false,
        _ if row.is_true("ok") => true,
        _ if ["false", "no", "n", "0"].iter().any(|word| words.eq_ignore_ascii_case(word)) => false,
        _ => return Err(format!("\"{words}\" does not say whether the service was up")),
    };
    to.checks.add("plain", row.text("service"), at, is_up, row.line);
    Ok(())
}
