//! Day or month first: decided for each column by evidence.
//!
//! The ladder: the user said so; values above 12 prove it; another column of the file written the same way is proven; no item
//! may be updated or resolved before it was created; keys are numbered in the order of creation. Where nothing decides,
//! day first is assumed and said to be.

use super::clock::LocalClock;
use super::column::{DateColumn, undecided_local};
use super::parse::{ReadDate, parse_date};
use crate::importers::{DateOrder, DateReading, ImportReport, ImportSettings, OrderEvidence, Problem};
use crate::model::{NO_MOMENT, TextColumn, iso_from_day};

const BOTH: [DateOrder; 2] = [DateOrder::DayFirst, DateOrder::MonthFirst];

struct Decision {
    order: DateOrder,
    evidence: OrderEvidence,
    because: String,
}

/// Which columns tell about the order of events, by position.
pub(crate) struct Roles {
    pub(crate) created: Option<usize>,
    /// Moments that cannot lie before the creation.
    pub(crate) later: Vec<usize>,
}

/// Decides the order of every column, turns undecided values into moments and says in the report how.
pub(crate) fn settle(
    columns: &mut [&mut DateColumn],
    roles: &Roles,
    keys: &TextColumn,
    settings: &ImportSettings,
    clock: &mut LocalClock,
    report: &mut ImportReport,
) {
    let mut decisions: Vec<Option<Decision>> =
        columns.iter().map(|column| chosen(column, settings).or_else(|| proven(column))).collect();
    adopt(columns, &mut decisions);
    if decisions.iter().zip(columns.iter()).any(|(decision, column)| decision.is_none() && column.undecided > 0) {
        infer(columns, roles, keys, &mut decisions, clock);
    }
    for (column, decision) in columns.iter_mut().zip(decisions) {
        if column.filled > 0 {
            let reading = apply(column, decision, clock, report);
            report.dates.push(reading);
        }
    }
}

fn chosen(column: &DateColumn, settings: &ImportSettings) -> Option<Decision> {
    let (_, order) = settings.date_orders.iter().find(|(header, _)| *header == column.header)?;
    column.depends_on_order().then(|| Decision {
        order: *order,
        evidence: OrderEvidence::Chosen,
        because: "you chose this order".into(),
    })
}

fn proven(column: &DateColumn) -> Option<Decision> {
    let [day, month] = [0, 1].map(|order: usize| column.proofs[order].count);
    if day == month {
        return None;
    }
    let (order, count, part) =
        if day > month { (DateOrder::DayFirst, day, "first") } else { (DateOrder::MonthFirst, month, "second") };
    let because = format!("{count} of {} values have a {part} number above 12, which only a day can be", column.filled);
    Some(Decision { order, evidence: OrderEvidence::Proven, because })
}

/// Columns without own evidence follow a proven column, first one of the same shape.
fn adopt(columns: &[&mut DateColumn], decisions: &mut [Option<Decision>]) {
    for position in 0..columns.len() {
        if decisions[position].is_some() || columns[position].undecided == 0 {
            continue;
        }
        let same_shape = |other: usize| columns[other].main_shape(true) == columns[position].main_shape(true);
        let known = |other: usize| {
            let decision = decisions[other].as_ref();
            decision.filter(|decision| matches!(decision.evidence, OrderEvidence::Proven | OrderEvidence::Chosen))
        };
        let others = || (0..columns.len()).filter(|&other| known(other).is_some());
        let Some(model) = others().find(|&other| same_shape(other)).or_else(|| others().next()) else { continue };
        let Some(order) = known(model).map(|decision| decision.order) else { continue };
        decisions[position] = Some(Decision {
            order,
            evidence: OrderEvidence::Inferred,
            because: format!("as in the column \"{}\" of the same file, where it is certain", columns[model].header),
        });
    }
}

/// Decides all columns that are left together: they come from one program with one setting.
fn infer(
    columns: &[&mut DateColumn],
    roles: &Roles,
    keys: &TextColumn,
    decisions: &mut [Option<Decision>],
    clock: &mut LocalClock,
) {
    let known: Vec<Option<DateOrder>> =
        decisions.iter().map(|decision| decision.as_ref().map(|decision| decision.order)).collect();
    let mut value = |position: usize, row: usize, order: DateOrder| {
        let value = columns[position].values[row];
        match undecided_local(value, known[position].unwrap_or(order)) {
            Some(local) => clock.moment(local).0,
            None => value,
        }
    };
    let Some(created) = roles.created else { return assume(columns, decisions) };
    let rows = columns[created].values.len();
    let mut backwards = [0_u64; 2];
    for (order, count) in BOTH.into_iter().zip(&mut backwards) {
        for row in 0..rows {
            let start = value(created, row, order);
            let late = |position: &usize| {
                let end = value(*position, row, order);
                start != NO_MOMENT && end != NO_MOMENT && end < start
            };
            *count += roles.later.iter().map(late).filter(|backwards| *backwards).count() as u64;
        }
    }
    let by_key = keys_in_order(keys);
    let falls = BOTH.map(|order| {
        let pairs = by_key.windows(2).filter(|pair| pair[0].0 == pair[1].0);
        pairs.filter(|pair| value(created, pair[1].2, order) < value(created, pair[0].2, order)).count() as u64
    });
    let finding = clear_winner(backwards, 1)
        .map(|(order, losing)| {
            let other = words(other(order));
            (
                order,
                format!(
                    "read {other} first, {losing} dates of updating or resolving would lie before the item's creation"
                ),
            )
        })
        .or_else(|| {
            clear_winner(falls, 3).map(|(order, losing)| {
                let other = words(other(order));
                (order, format!("read {other} first, {losing} items would be older than the item numbered before them"))
            })
        });
    let Some((order, because)) = finding else { return assume(columns, decisions) };
    for (column, decision) in columns.iter().zip(decisions.iter_mut()) {
        if decision.is_none() && column.undecided > 0 {
            *decision = Some(Decision { order, evidence: OrderEvidence::Inferred, because: because.clone() });
        }
    }
}

/// The order with far fewer contradictions, and how many the other has.
fn clear_winner(contradictions: [u64; 2], least: u64) -> Option<(DateOrder, u64)> {
    let [day, month] = contradictions;
    let (order, few, many) =
        if day < month { (DateOrder::DayFirst, day, month) } else { (DateOrder::MonthFirst, month, day) };
    (many >= least && many > few * 4).then_some((order, many))
}

fn assume(columns: &[&mut DateColumn], decisions: &mut [Option<Decision>]) {
    for (column, decision) in columns.iter().zip(decisions.iter_mut()) {
        if decision.is_none() && column.undecided > 0 {
            *decision = Some(Decision {
                order: DateOrder::DayFirst,
                evidence: OrderEvidence::Assumed,
                because: "nothing in the file tells whether the day or the month comes first; day first was assumed"
                    .into(),
            });
        }
    }
}

/// Project, number and row of every key that has a number, in the order of creation.
fn keys_in_order(keys: &TextColumn) -> Vec<(&str, u64, usize)> {
    let numbered = |(row, key): (usize, &'_ str)| {
        let dash = key.rfind('-')?;
        Some((dash, key[dash + 1..].parse::<u64>().ok()?, row))
    };
    let mut sorted: Vec<(&str, u64, usize)> = (0..keys.len())
        .filter_map(|row| {
            numbered((row, keys.get(row))).map(|(dash, number, row)| (&keys.get(row)[..dash], number, row))
        })
        .collect();
    sorted.sort_unstable();
    sorted
}

fn apply(
    column: &mut DateColumn,
    decision: Option<Decision>,
    clock: &mut LocalClock,
    report: &mut ImportReport,
) -> DateReading {
    let mut reading = DateReading {
        column: column.header.clone(),
        shape: column.shape_words(decision.as_ref().map(|decision| decision.order)),
        order: None,
        evidence: OrderEvidence::Unambiguous,
        because: "the shape leaves no choice".into(),
        samples: Vec::new(),
    };
    // Without undecided values and with a tie of proofs, each value was read in its only way.
    let Some(decision) = decision else { return reading };
    let against = &column.proofs[other(decision.order) as usize];
    for (line, text) in &against.places {
        report.warn(column.warning(*line, text, Problem::AgainstTheOrder));
    }
    for _ in against.places.len() as u64..against.count {
        report.warn(column.warning(0, "", Problem::AgainstTheOrder));
    }
    if decision.evidence == OrderEvidence::Assumed {
        reading.samples = column.samples.iter().filter_map(|sample| both_ways(sample)).collect();
    }
    column.settle(decision.order, clock);
    reading.order = Some(decision.order);
    reading.evidence = decision.evidence;
    reading.because = decision.because;
    reading
}

/// A cell with its two readings as ISO days.
fn both_ways(sample: &str) -> Option<(String, String, String)> {
    let (ReadDate::Either { year, first, second, .. }, _) = parse_date(sample)? else { return None };
    let iso = |month, day| super::civil::day_number(year, month, day).map(|day| iso_from_day(day as i32));
    Some((sample.to_owned(), iso(second, first)?, iso(first, second)?))
}

const fn other(order: DateOrder) -> DateOrder {
    match order {
        DateOrder::DayFirst => DateOrder::MonthFirst,
        DateOrder::MonthFirst => DateOrder::DayFirst,
    }
}

const fn words(order: DateOrder) -> &'static str {
    match order {
        DateOrder::DayFirst => "day",
        DateOrder::MonthFirst => "month",
    }
}
