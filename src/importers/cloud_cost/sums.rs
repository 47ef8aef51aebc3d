//! Sums of the lines of a billing export.

use std::collections::BTreeMap;

use crate::model::{Calendar, Cell, Dataset, NO_MOMENT, RecordKind, day_of_date};

/// Amounts are given to a billionth, which takes away what adding binary fractions leaves.
const SMALLEST: f64 = 1e9;

/// What lines of one sum have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct CostLine {
    /// Cloud and billing account.
    pub(super) source: String,
    /// Year and month.
    pub(super) month: (i64, i64),
    pub(super) vendor: String,
    pub(super) service: String,
    /// Code of the currency; empty when the file does not tell.
    pub(super) currency: String,
}

#[derive(Debug, Default)]
struct Sum {
    amount: f64,
    /// What `amount` lost to rounding (Neumaier's summation): lines of millionths add up beside large ones.
    lost: f64,
    lines: u64,
    first_line: u64,
    latest: Option<i64>,
}

impl Sum {
    fn add(&mut self, amount: f64) {
        let sum = self.amount + amount;
        let lost =
            if self.amount.abs() >= amount.abs() { (self.amount - sum) + amount } else { (amount - sum) + self.amount };
        self.lost += lost;
        self.amount = sum;
        self.lines += 1;
    }

    fn total(&self) -> f64 {
        let total = self.amount + self.lost;
        // Adding 0 makes a negative zero a plain one.
        (total * SMALLEST).round() / SMALLEST + 0.0
    }
}

/// The sums of a file.
#[derive(Debug, Default)]
pub(in crate::importers) struct CostSums {
    sums: BTreeMap<CostLine, Sum>,
    lines: u64,
    negative: u64,
}

impl CostSums {
    /// Adds a line to its sum.
    pub(super) fn add(&mut self, line: CostLine, amount: f64, moment: Option<i64>, place: u64) {
        self.lines += 1;
        self.negative += u64::from(amount < 0.0);
        let sum = self.sums.entry(line).or_default();
        if sum.lines == 0 {
            sum.first_line = place;
        }
        sum.latest = sum.latest.max(moment);
        sum.add(amount);
    }

    /// Puts the sums into the dataset; answers what was done, in words.
    pub(in crate::importers) fn into_records(
        self,
        file: &str,
        calendar: &Calendar,
        dataset: &mut Dataset,
    ) -> Vec<String> {
        if self.sums.is_empty() {
            return Vec::new();
        }
        let mut notes = vec![format!(
            "{} lines were summed by account, service, month and currency to {} costs. A later export of a month replaces them.",
            self.lines,
            self.sums.len()
        )];
        if self.negative > 0 {
            notes.push(format!("Credits and refunds (lines below zero) are part of the sums: {}.", self.negative));
        }
        if self.sums.keys().any(|line| line.currency.is_empty()) {
            notes.push("The file does not name the currency of all costs.".into());
        }
        let part = part_of(file).unwrap_or_default();
        for (line, sum) in &self.sums {
            let (year, month) = line.month;
            let id = format!("{year}-{month:02} | {} | {} | {} | {part}", line.vendor, line.service, line.currency);
            let first_day = day_of_date(year, month, 1).and_then(|day| i32::try_from(day).ok());
            let cells = [
                ("source", Cell::Text(&line.source)),
                ("id", Cell::Text(id.trim_end_matches([' ', '|']))),
                ("updated", Cell::Moment(sum.latest.unwrap_or(NO_MOMENT))),
                ("date", Cell::Moment(first_day.map_or(NO_MOMENT, |day| calendar.start_of_day(day)))),
                ("category", Cell::Text("cloud")),
                ("amount", Cell::Number(sum.total())),
                ("currency", Cell::Text(&line.currency)),
                ("vendor", Cell::Text(&line.vendor)),
                ("service", Cell::Text(&line.service)),
                ("note", Cell::Text(&format!("sum of {} lines", sum.lines))),
            ];
            dataset.records_mut(RecordKind::Cost).push(sum.first_line, &cells);
        }
        notes
    }
}

/// The part of an export that clouds cut into several files, by the file's name: `00002` of `report-00002.csv`,
/// `part_1_0001` of Azure's.
fn part_of(file: &str) -> Option<&str> {
    let stem = file.split('.').next().unwrap_or(file);
    if let Some(place) = stem.rfind("part_") {
        return Some(&stem[place..]);
    }
    let (_, number) = stem.rsplit_once('-')?;
    (number.len() == 5 && number.bytes().all(|digit| digit.is_ascii_digit())).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_lines_add_up_beside_large_ones() {
        let mut sum = Sum::default();
        sum.add(1e9);
        (0..1000).for_each(|_| sum.add(5e-6));
        sum.add(-1e9);
        assert_eq!(sum.total().to_string(), "0.005");
        let mut tenths = Sum::default();
        (0..10).for_each(|_| tenths.add(0.1));
        assert_eq!(tenths.total().to_string(), "1");
    }

    #[test]
    fn parts_are_known_by_the_name_of_the_file() {
        assert_eq!(part_of("costs-00002.csv.gz"), Some("00002"));
        assert_eq!(part_of("part_1_0001.csv"), Some("part_1_0001"));
        for name in ["costs.csv", "costs-2024.csv", "costs-march.csv", "12345.csv", ""] {
            assert_eq!(part_of(name), None, "{name}");
        }
    }
}
