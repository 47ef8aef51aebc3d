//! The open workspace in short.

use std::collections::BTreeMap;

use crate::engine::exports::taken_at;
use crate::engine::workspace::{Layer, Workspace};
use crate::engine::{IterationSummary, SourceSummary, StatusSummary, WorkspaceSummary};
use crate::model::{
    CategoryField, Dataset, ListField, MomentField, NO_MOMENT, NumberField, PreparedDataset, RecordField, sort_by,
    sort_by_key,
};

/// Values offered per field in the filter bar.
const CHOICES: usize = 200;

pub(super) fn describe(workspace: &Workspace) -> WorkspaceSummary {
    let data = &workspace.data;
    let dataset = &data.dataset;
    let (choices, choices_left_out) = choices(data);
    WorkspaceSummary {
        id: workspace.id.clone(),
        name: workspace.name.clone(),
        sample: workspace.sample,
        zone: data.calendar.zone().to_owned(),
        generation: workspace.generation,
        sources: workspace
            .layers
            .iter()
            .map(|layer| SourceSummary {
                hash: layer.hash.clone(),
                report: layer.report.clone(),
                counts: layer.counts,
                items: layer.dataset.len() as u64,
                records: record_counts(&layer.dataset),
                day: day_of(layer, data),
            })
            .collect(),
        items: dataset.len() as u64,
        finished: (0..dataset.len()).filter(|&item| data.life.is_finished(item)).count() as u64,
        points: dataset.total_points(),
        estimated: dataset.number(NumberField::Points).iter().filter(|points| !points.is_nan()).count() as u64,
        days: span(data),
        last_day: data.latest_moment().map(|moment| data.calendar.day_of(moment)),
        iterations: iterations(data),
        statuses: statuses(workspace),
        status_order_chosen: !workspace.status_order.is_empty(),
        records: record_counts(dataset),
        mappings: workspace.mappings.clone(),
        choices,
        choices_left_out,
        annotations: workspace.annotations(),
        decisions: (*workspace.decisions).clone(),
        delivery: super::delivery::summary(data),
        // What is read-only offers nothing to take back.
        undo: workspace.undo_title().filter(|_| !workspace.sample),
        redo: workspace.redo_title().filter(|_| !workspace.sample),
    }
}

/// The last day that a file tells of: of its items, else of its records, else of its name.
fn day_of(layer: &Layer, data: &PreparedDataset) -> Option<i32> {
    let of_records = || layer.dataset.last_record_moment();
    let moment = layer.dataset.last_moment().or_else(of_records).unwrap_or_else(|| taken_at(layer));
    (moment != NO_MOMENT).then(|| data.calendar.day_of(moment))
}

fn record_counts(dataset: &Dataset) -> Vec<(String, u64)> {
    dataset.record_tables().map(|records| (records.kind().id().to_owned(), records.len() as u64)).collect()
}

fn span(data: &PreparedDataset) -> Option<(i32, i32)> {
    let last = data.dataset.last_moment()?;
    let created = data.dataset.moment(MomentField::Created).iter().copied().filter(|&moment| moment != NO_MOMENT).min();
    Some((data.calendar.day_of(created.unwrap_or(last)), data.calendar.day_of(last)))
}

/// The values of the records that can be filtered on, with the number of records that have them.
fn record_choices(dataset: &Dataset) -> impl Iterator<Item = (&'static str, Vec<(String, u64)>)> {
    RecordField::ALL.iter().map(|&field| {
        let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
        for records in dataset.record_tables() {
            for name in field.columns() {
                if let Some(column) = records.category(name) {
                    (0..records.len()).for_each(|row| *counts.entry(column.get(row)).or_default() += 1);
                } else if let Some(column) = records.list(name) {
                    (0..records.len())
                        .flat_map(|row| column.texts_of(row))
                        .for_each(|text| *counts.entry(text).or_default() += 1);
                }
            }
        }
        (field.id(), counts.into_iter().map(|(text, count)| (text.to_owned(), count)).collect())
    })
}

fn iterations(data: &PreparedDataset) -> Vec<IterationSummary> {
    data.iterations
        .list()
        .iter()
        .enumerate()
        .map(|(position, iteration)| {
            let members = data.iterations.members(position);
            let inside = |item: &&u32| {
                let at = data.life.finished_at[**item as usize];
                at != NO_MOMENT && iteration.window.is_some_and(|window| window.start <= at && at < window.end)
            };
            IterationSummary {
                name: iteration.name.clone(),
                window: iteration.window.map(|window| {
                    (data.calendar.day_of(window.start), data.calendar.day_of(window.end - 1), window.origin)
                }),
                items: members.len() as u32,
                finished: members.iter().filter(inside).count() as u32,
            }
        })
        .collect()
}

/// Those that items are in or were in, in the order of the workflow.
fn statuses(workspace: &Workspace) -> Vec<StatusSummary> {
    let data = &workspace.data;
    let column = data.dataset.category(CategoryField::Status);
    let mut counts = vec![0_u64; data.statuses.len()];
    column.codes().iter().for_each(|&code| counts[code as usize] += 1);
    let mut codes: Vec<u32> = (0..counts.len() as u32).filter(|&code| code != 0 || counts[0] > 0).collect();
    sort_by_key(&mut codes, |&code| data.statuses.position(code));
    let summary = |code: u32| {
        let name = data.statuses.name(code, column).to_owned();
        let chosen = workspace.statuses.contains_key(&name);
        StatusSummary { name, category: data.statuses.category(code), chosen, items: counts[code as usize] }
    };
    codes.into_iter().map(summary).collect()
}

/// Values by field, most frequent first.
type Choices = Vec<(String, Vec<(String, u64)>)>;

/// The values that can be filtered on, and how many are left out of each long list.
fn choices(data: &PreparedDataset) -> (Choices, Vec<(String, u64)>) {
    let dataset = &data.dataset;
    let categories = CategoryField::ALL.iter().map(|&field| {
        let column = dataset.category(field);
        let mut counts = vec![0_u64; column.values().len()];
        column.codes().iter().for_each(|&code| counts[code as usize] += 1);
        (
            field.id(),
            counts.into_iter().enumerate().map(|(code, count)| (column.value(code as u32).to_owned(), count)).collect(),
        )
    });
    let lists = ListField::ALL.iter().filter(|field| !matches!(field, ListField::Blocks | ListField::BlockedBy)).map(
        |&field| {
            let column = dataset.list(field);
            let mut counts = vec![0_u64; column.values().len()];
            for item in 0..column.len() {
                let codes = column.codes_of(item);
                for &code in codes {
                    counts[code as usize] += 1;
                }
                // Code 0 is "not given": it can be asked for like a value.
                counts[0] += u64::from(codes.is_empty());
            }
            (
                field.id(),
                counts
                    .into_iter()
                    .enumerate()
                    .map(|(code, count)| (column.value(code as u32).to_owned(), count))
                    .collect(),
            )
        },
    );
    let mut left_out = Vec::new();
    let choices = categories
        .chain(lists)
        .chain(record_choices(dataset))
        .map(|(id, mut values): (&str, Vec<(String, u64)>)| {
            values.retain(|(_, count)| *count > 0);
            sort_by(&mut values, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            if values.len() > CHOICES {
                left_out.push((id.to_owned(), (values.len() - CHOICES) as u64));
                values.truncate(CHOICES);
            }
            (id.to_owned(), values)
        })
        .filter(|(_, values)| values.iter().any(|(text, _)| !text.is_empty()))
        .collect();
    (choices, left_out)
}
