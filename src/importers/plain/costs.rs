//! Costs: `date,category,amount` · `currency,planned,vendor,note`.
//!
//! One row per payment or planned amount. Category: people, licences, cloud, maintenance or other.

use super::{DATE, LIKELY, NUMBER, SOURCE, TEXT};
use crate::importers::Importer;
use crate::importers::gathering::Gathering;
use crate::importers::table::{Row, TableFormat, column};
use crate::model::{Cell, RecordKind};

/// The importer.
pub(in crate::importers) static PLAIN_COSTS: Importer = Importer {
    id: "plain-costs",
    title: "Costs (plain table)",
    detect: |head| FORMAT.detect(head),
    start: |head, settings| FORMAT.start(head, settings),
};

static FORMAT: TableFormat = TableFormat {
    marks: &[&["date"], &["category"], &["amount"]],
    score: LIKELY,
    columns: &[
        column("date", &["date"], DATE, "date"),
        column("category", &["category"], TEXT, "category"),
        column("amount", &["amount"], NUMBER, "amount"),
        column("currency", &["currency"], TEXT, "currency"),
        column("planned", &["planned"], NUMBER, "planned"),
        column("vendor", &["vendor"], TEXT, "vendor"),
        column("note", &["note"], TEXT, "note"),
    ],
    row,
};

fn row(row: &Row<'_>, to: &mut Gathering) -> Result<(), String> {
    if row.number("amount").is_none() && row.number("planned").is_none() {
        return Err("the row has neither an amount nor a planned amount that can be read".into());
    }
    let words = row.text("category");
    let category = category_of(words);
    // A category of the user's own stays visible as the service.
    let service = if category == "other" && !words.eq_ignore_ascii_case("other") { words } else { "" };
    if !service.is_empty() {
        to.note(format!(
            "The cost category \"{service}\" counts as \"other\". Known are people, licences, cloud and maintenance."
        ));
    }
    let id = to.id_of_equal_rows(&row.content());
    let cells = [
        SOURCE,
        ("id", Cell::Text(&id)),
        ("date", row.moment_cell("date")),
        ("category", Cell::Text(category)),
        ("amount", row.number_cell("amount")),
        ("planned", row.number_cell("planned")),
        ("currency", row.text_cell("currency")),
        ("vendor", row.text_cell("vendor")),
        ("service", Cell::Text(service)),
        ("note", row.text_cell("note")),
    ];
    to.record(RecordKind::Cost, &cells);
    Ok(())
}

/// The category in the words of the dataset.
fn category_of(words: &str) -> &'static str {
    match words.to_lowercase().as_str() {
        "people" | "person" | "staff" | "salary" | "salaries" | "personnel" => "people",
        "licences" | "licenses" | "licence" | "license" | "software" => "licences",
        "cloud" | "hosting" | "infrastructure" => "cloud",
        "maintenance" | "support" => "maintenance",
        _ => "other",
    }
}
