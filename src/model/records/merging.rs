//! Versions of one record become one.

use super::Records;
use crate::model::sort_by;

impl Records {
    /// The records of several tables as one, in whatever order they come. Each cell is that of the newest version which
    /// gives one: a table does not tell which columns its file had, so a cell that is not given says nothing. That is how a
    /// list of deployments and a list of their statuses complete each other.
    pub(in crate::model) fn merged(tables: &[&Self]) -> Option<Self> {
        let kind = tables.first()?.kind;
        let mut versions: Vec<Version> = tables
            .iter()
            .enumerate()
            .flat_map(|(table, records)| (0..records.len()).map(move |row| records.version(table, row)))
            .collect();
        // The last of a group is the newest; its content, then its line decides among equals.
        sort_by(&mut versions, Version::cmp);
        let mut merged = Self::new(kind);
        for group in versions.chunk_by(|a, b| a.identity == b.identity) {
            for (position, to) in merged.columns.iter_mut().enumerate() {
                let cells = group.iter().rev().map(|version| (&tables[version.table].columns[position], version.row));
                let given = cells.clone().find(|(column, row)| column.is_given(*row));
                if let Some((column, row)) = given.or_else(|| cells.clone().next()) {
                    to.push_from(column, row);
                }
            }
            merged.source_line.push(group.last().map_or(0, |newest| newest.line));
        }
        Some(merged)
    }

    fn version(&self, table: usize, row: usize) -> Version {
        Version {
            identity: self.identity(row),
            updated: self.updated(row),
            content: self.content(row),
            line: self.line(row),
            table,
            row,
        }
    }
}

/// A record of one of several tables. The order is that of their age.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Version {
    identity: String,
    updated: i64,
    content: String,
    line: u32,
    table: usize,
    row: usize,
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::super::{Cell, RecordKind};
    use super::*;
    use crate::model::NO_MOMENT;
    use proptest::prelude::*;

    fn incidents(rows: &[(&str, i64, &str)]) -> Records {
        let mut records = Records::new(RecordKind::Incident);
        for &(id, updated, status) in rows {
            let cells = [("id", Cell::Text(id)), ("updated", Cell::Moment(updated)), ("status", Cell::Text(status))];
            records.push(1, &cells);
        }
        records
    }

    #[test]
    fn of_two_versions_the_newest_stays_in_any_order() {
        let (a, b) = (incidents(&[("1", 1, "open"), ("2", 1, "open")]), incidents(&[("1", 2, "resolved")]));
        let merged = Records::merged(&[&a, &b]).unwrap();
        assert_eq!(merged, Records::merged(&[&b, &a]).unwrap());
        let told: Vec<_> = (0..merged.len()).map(|row| (merged.text("id", row), merged.text("status", row))).collect();
        assert_eq!(told, [("1", "resolved"), ("2", "open")]);
    }

    #[test]
    fn a_cell_that_the_newest_version_does_not_give_comes_from_an_older_one() {
        let mut listed = Records::new(RecordKind::Deployment);
        let cells = [("id", Cell::Text("7")), ("updated", Cell::Moment(5)), ("commit", Cell::Text("f1"))];
        listed.push(1, &[&cells[..], &[("created-at", Cell::Moment(3)), ("branch", Cell::Text("old"))]].concat());
        let mut ended = Records::new(RecordKind::Deployment);
        let cells = [("id", Cell::Text("7")), ("updated", Cell::Moment(9)), ("status", Cell::Text("success"))];
        ended.push(2, &[&cells[..], &[("deployed-at", Cell::Moment(8)), ("branch", Cell::Text("new"))]].concat());
        let merged = Records::merged(&[&listed, &ended]).unwrap();
        assert_eq!((merged.len(), merged.line(0)), (1, 2));
        assert_eq!(
            (merged.text("commit", 0), merged.text("status", 0), merged.text("branch", 0)),
            ("f1", "success", "new")
        );
        assert_eq!((merged.moments("created-at"), merged.moments("deployed-at")), (&[3][..], &[8][..]));
    }

    /// A version of one of a few records, with cells that may be missing, in one of a few tables.
    fn version() -> impl Strategy<Value = (usize, [u8; 6])> {
        (0..4_usize, [0..3_u8, 0..3_u8, 0..3_u8, 0..3_u8, 0..3_u8, 0..3_u8])
    }

    fn tables(versions: &[(usize, [u8; 6])]) -> Vec<Records> {
        let mut tables: Vec<Records> = (0..4).map(|_| Records::new(RecordKind::Change)).collect();
        for &(table, [id, updated, title, additions, label, line]) in versions {
            let text = |number: u8| if number == 0 { String::new() } else { number.to_string() };
            let moment = if updated == 0 { NO_MOMENT } else { i64::from(updated) };
            let number = if additions == 0 { f64::NAN } else { f64::from(additions) };
            let (id, title, label) = (text(id), text(title), text(label));
            tables[table].push(
                u64::from(line),
                &[
                    ("id", Cell::Text(&id)),
                    ("updated", Cell::Moment(moment)),
                    ("title", Cell::Text(&title)),
                    ("additions", Cell::Number(number)),
                    ("labels", Cell::List(&[&label])),
                ],
            );
        }
        tables
    }

    proptest! {
        #[test]
        fn the_order_of_the_tables_changes_nothing(
            versions in prop::collection::vec(version(), 0..24), order in Just([0_usize, 1, 2, 3]).prop_shuffle(),
        ) {
            let tables = tables(&versions);
            let merged = Records::merged(&tables.iter().collect::<Vec<_>>()).unwrap();
            let shuffled = Records::merged(&order.map(|table| &tables[table])).unwrap();
            prop_assert_eq!(&merged, &shuffled);
            // Once more changes nothing, and no value is lost to a version that does not give it.
            prop_assert_eq!(&Records::merged(&[&merged]).unwrap(), &merged);
            for table in &tables {
                for row in (0..table.len()).filter(|&row| !table.text("id", row).is_empty()) {
                    let place = (0..merged.len()).find(|&place| merged.text("id", place) == table.text("id", row));
                    let place = place.expect("every id stays");
                    prop_assert!(table.text("title", row).is_empty() || !merged.text("title", place).is_empty());
                    prop_assert!(table.numbers("additions")[row].is_nan() || !merged.numbers("additions")[place].is_nan());
                    prop_assert!(table.updated(row) <= merged.updated(place));
                }
            }
        }
    }

    #[test]
    fn records_without_an_id_are_one_only_when_they_say_the_same() {
        let table = incidents(&[("", 1, "open"), ("", 1, "open"), ("", 1, "resolved")]);
        assert_eq!(Records::merged(&[&table]).unwrap().len(), 2);
    }
}
