//! What the importers of time trackers have in common: an entry, its key and its money.

use super::gathering::Gathering;
use super::mentioned_keys::first_key;
use super::table::Row;
use crate::model::{Cell, NO_MOMENT, RecordKind};

/// An entry of a time tracker.
#[derive(Debug, Default)]
pub(in crate::importers) struct TimeEntry<'a> {
    /// The tool.
    pub(in crate::importers) source: &'a str,
    /// What tells the entry from others of the tool; empty when nothing does.
    pub(in crate::importers) id: String,
    pub(in crate::importers) person: &'a str,
    /// Day of the work.
    pub(in crate::importers) date: Option<i64>,
    pub(in crate::importers) hours: Option<f64>,
    /// The work item that the tool names; else the first key in one of the texts that may mention one.
    pub(in crate::importers) key: &'a str,
    pub(in crate::importers) may_mention: &'a [&'a str],
    pub(in crate::importers) category: &'a str,
    pub(in crate::importers) project: &'a str,
    pub(in crate::importers) client: &'a str,
    /// yes, no or empty.
    pub(in crate::importers) billable: &'a str,
    pub(in crate::importers) rate: Option<f64>,
    pub(in crate::importers) amount: Option<f64>,
    pub(in crate::importers) currency: &'a str,
    pub(in crate::importers) note: &'a str,
}

impl TimeEntry<'_> {
    /// Puts the entry into the dataset. Equal entries of one file stay apart. An entry without hours is refused.
    pub(in crate::importers) fn keep(self, to: &mut Gathering) -> Result<(), String> {
        let hours = self.hours.ok_or("the row has no time worked that can be read")?;
        let mut key = self.key;
        if key.is_empty()
            && let Some(mentioned) = self.may_mention.iter().find_map(|text| first_key(text))
        {
            key = mentioned;
            to.note("Work items are the first key that an entry mentions, such as DEV-50.".into());
        }
        let number = |number: Option<f64>| Cell::Number(number.unwrap_or(f64::NAN));
        let cells = [
            ("source", Cell::Text(self.source)),
            ("id", Cell::Text(&self.id)),
            ("person", Cell::Text(self.person)),
            ("date", Cell::Moment(self.date.unwrap_or(NO_MOMENT))),
            ("hours", Cell::Number(hours)),
            ("key", Cell::Text(key)),
            ("category", Cell::Text(self.category)),
            ("project", Cell::Text(self.project)),
            ("client", Cell::Text(self.client)),
            ("billable", Cell::Text(self.billable)),
            ("rate", number(self.rate)),
            ("amount", number(self.amount)),
            ("currency", Cell::Text(self.currency)),
            ("note", Cell::Text(self.note)),
        ];
        to.record(RecordKind::WorkLog, &cells);
        Ok(())
    }
}

/// The id of an entry that began at a time: the person, the date and the time as written. Several entries of one person that
/// began together are numbered.
pub(in crate::importers) fn id_by_start(to: &mut Gathering, person: &str, date: &str, time: &str) -> String {
    let start = format!("{person} | {date} {time}");
    let further = to.id_of_equal_rows(&start);
    if further.is_empty() { start } else { further }
}

/// The currency that stands in the brackets of a header: `Amount (USD)`.
pub(in crate::importers) fn currency_of<'a>(row: &Row<'a>, id: &str) -> &'a str {
    let header = row.header(id);
    header.rsplit_once('(').map_or("", |(_, currency)| currency.trim_end_matches(')').trim())
}

/// `yes`, `no` or nothing, from a cell of yes and no.
pub(in crate::importers) fn yes_or_no(row: &Row<'_>, id: &str) -> &'static str {
    match row.text(id) {
        "" => "",
        _ if row.is_true(id) => "yes",
        _ => "no",
    }
}
