//! The end of a file: what can only be decided with all rows known.

use foldhash::fast::FixedState;
use hashbrown::HashTable;
use std::hash::BuildHasher;

use super::headers::{Holds, is_plain_story_points};
use super::layout::Layout;
use super::plan::{DateSource, NumberSource};
use super::rows::Rows;
use crate::importers::dates::{Roles, settle};
use crate::importers::{ColumnUse, ImportError, ImportReport, Imported};
use crate::model::{
    Categorical, CategoryField, Dataset, IterationDates, ListField, MomentField, NO_MOMENT, NumberField, TextField,
    merge_layers,
};

const SECONDS_AN_HOUR: f64 = 3600.0;

/// Ends the file.
pub(super) fn finish(mut rows: Rows) -> Result<Imported, ImportError> {
    if rows.report.rows_read == 0 {
        return Err(ImportError::HeaderOnly);
    }
    note_missing_columns(&mut rows);
    join_parents(&mut rows);
    finish_dates(&mut rows);
    finish_numbers(&mut rows);
    mark_present(&mut rows);
    let Rows { layout, mut dataset, mut report, filled, short, blank, not_used, .. } = rows;
    report.columns = columns_used(&layout, &filled, &not_used);
    layout.delimiter_title().clone_into(&mut report.delimiter);
    let sprints = dataset.list(ListField::Sprint).values().len();
    if !dataset.iteration_dates.is_empty() {
        dataset.iteration_dates.resize(sprints, IterationDates::NONE);
    }
    let rows_kept = dataset.len() as u64;
    if has_repeated_keys(&dataset) {
        dataset = merge_layers(&[&dataset]).0;
    }
    report.kept = dataset.len() as u64;
    report.repeated = rows_kept - report.kept;
    report.row_cap = row_cap(report.rows_read);
    note_damage(&mut report, short, blank);
    report.warnings.sort_by_key(|warning| warning.line);
    Ok(Imported { dataset, report })
}

/// Joins parents that are named by their internal id.
fn join_parents(rows: &mut Rows) {
    if rows.parent_ids.iter().all(|&id| id == 0) {
        return;
    }
    let hasher = FixedState::default();
    let mut row_of: HashTable<(u64, u32)> = HashTable::with_capacity(rows.ids.len());
    for (row, &id) in rows.ids.iter().enumerate().filter(|(_, id)| **id != 0) {
        let hash = hasher.hash_one(id);
        if row_of.find(hash, |(known, _)| *known == id).is_none() {
            row_of.insert_unique(hash, (id, row as u32), |(id, _)| hasher.hash_one(id));
        }
    }
    let keys = rows.dataset.text(TextField::Key).clone();
    let old = rows.dataset.category(CategoryField::Parent);
    let mut joined = Categorical::default();
    let mut unknown = 0_u64;
    for (row, &id) in rows.parent_ids.iter().enumerate() {
        if id == 0 {
            joined.push(old.get(row));
            continue;
        }
        let parent = row_of.find(hasher.hash_one(id), |(known, _)| *known == id);
        unknown += u64::from(parent.is_none());
        joined.push(parent.map_or("", |(_, row)| keys.get(*row as usize)));
    }
    *rows.dataset.category_mut(CategoryField::Parent) = joined;
    let named = rows.parent_ids.iter().filter(|id| **id != 0).count() as u64;
    let mut sentence = format!("{named} items name their parent by its internal id; it was joined on the issue id.");
    if unknown > 0 {
        let more = format!(" {unknown} of these parents are not in this file, so these items have no parent here.");
        sentence.push_str(&more);
    }
    rows.report.decisions.push(sentence);
}

fn finish_dates(rows: &mut Rows) {
    let mut sources = std::mem::take(&mut rows.plan.dates);
    let roles = Roles {
        created: sources.iter().position(|source| source.field == MomentField::Created),
        later: (0..sources.len())
            .filter(|&position| {
                let field = sources[position].field;
                matches!(field, MomentField::Updated | MomentField::Resolved | MomentField::StatusCategoryChanged)
            })
            .collect(),
    };
    let keys = rows.dataset.text(TextField::Key).clone();
    let mut columns: Vec<_> = sources.iter_mut().map(|source| &mut source.values).collect();
    settle(&mut columns, &roles, &keys, &rows.settings, &mut rows.clock, &mut rows.report);
    for &field in MomentField::ALL {
        let column = take_filled(&mut sources, field);
        if let (MomentField::Started, Some(column)) = (field, &column)
            && column.values.filled() > 0
        {
            rows.report.decisions.push(format!("The start of work is read from \"{}\".", column.values.header));
        }
        rows.not_used.extend(sources.iter().filter(|source| source.field == field).flat_map(|source| &source.columns));
        *rows.dataset.moment_mut(field) = match column {
            Some(source) => source.values.into_values(),
            None => vec![NO_MOMENT; rows.dataset.len()],
        };
    }
}

/// Of the sources of a field, the first with a value, else the first.
fn take_filled(sources: &mut Vec<DateSource>, field: MomentField) -> Option<DateSource> {
    let of_field = |source: &DateSource| source.field == field;
    let filled = sources.iter().position(|source| of_field(source) && source.values.filled() > 0);
    let position = filled.or_else(|| sources.iter().position(of_field))?;
    Some(sources.remove(position))
}

fn finish_numbers(rows: &mut Rows) {
    let mut sources = std::mem::take(&mut rows.plan.numbers);
    for &field in NumberField::ALL {
        let rank = |source: &NumberSource| {
            let filled = source.values.filled();
            (filled > 0, !source.fallback, filled, is_plain_story_points(source.values.header()))
        };
        let of_field = (0..sources.len()).filter(|&position| sources[position].field == field);
        // Of equals the first column counts.
        let best = of_field.rev().max_by_key(|&position| rank(&sources[position]));
        let Some(best) = best else {
            *rows.dataset.number_mut(field) = vec![f64::NAN; rows.dataset.len()];
            continue;
        };
        let source = sources.remove(best);
        if field == NumberField::Points {
            rows.report.decisions.push(points_sentence(&source, &sources));
        }
        rows.not_used.extend(sources.iter().filter(|source| source.field == field).flat_map(|source| &source.columns));
        let (mut values, decision) = source.values.finish();
        rows.report.decisions.extend(decision);
        if field != NumberField::Points {
            for seconds in &mut values {
                *seconds /= SECONDS_AN_HOUR;
            }
        }
        *rows.dataset.number_mut(field) = values;
    }
}

fn points_sentence(taken: &NumberSource, sources: &[NumberSource]) -> String {
    let (header, filled) = (taken.values.header(), taken.values.filled());
    if filled == 0 {
        return format!("No item has story points: \"{header}\" is empty. Use the item count instead.");
    }
    let others: Vec<String> = sources
        .iter()
        .filter(|source| source.field == NumberField::Points)
        .map(|source| format!("\"{}\" ({} filled)", source.values.header(), source.values.filled()))
        .collect();
    let not_used = if others.is_empty() { String::new() } else { format!(" Not used: {}.", others.join(", ")) };
    format!("Story points are read from \"{header}\" ({filled} items have a value).{not_used}")
}

/// Names the columns that are missing and what cannot be told without them.
fn note_missing_columns(rows: &mut Rows) {
    let consequences: &[(&[Holds], &str)] = &[
        (&[Holds::Summary], "No Summary column: items are shown by their key only."),
        (&[Holds::Type], "No Issue Type column: items cannot be told apart by type."),
        (
            &[Holds::Status, Holds::StatusCategory],
            "No Status column: nothing counts as done, so burndown, velocity and throughput stay empty.",
        ),
        (
            &[Holds::Created],
            "No Created column: when work came in is unknown, so lead time and scope over time cannot be computed.",
        ),
        (&[Holds::Updated], "No Updated column: of two versions of an item the newer one cannot be told."),
        (
            &[Holds::Resolved, Holds::StatusCategoryChanged],
            "No Resolved column: when items were finished is unknown, so burndown, velocity and throughput have no dates.",
        ),
        (&[Holds::StoryPoints, Holds::OtherPoints], "No story points column: charts count items."),
        (
            &[Holds::Sprint],
            "No Sprint column: burndown and velocity by sprint cannot be computed; weeks and months can.",
        ),
    ];
    for (any_of, sentence) in consequences {
        if any_of.iter().all(|holds| rows.layout.columns(*holds).is_empty()) {
            rows.report.decisions.push(format!("{sentence} In Jira, choose \"Export CSV (all fields)\" to have it."));
        }
    }
}

/// Lists the fields that the file had a column for.
fn mark_present(rows: &mut Rows) {
    let mut present: Vec<String> =
        rows.layout.holds.iter().flatten().filter_map(|holds| super::field_id(*holds)).map(str::to_owned).collect();
    // Derived from the key where the file has no project column.
    present.push(CategoryField::Project.id().to_owned());
    // Derived from sprints, where they tell of their boards.
    if rows.dataset.category(CategoryField::Board).values().len() > 1 {
        present.push(CategoryField::Board.id().to_owned());
    }
    present.sort_unstable();
    present.dedup();
    rows.dataset.present = present;
}

/// One line per header; a column of which another was taken is not used.
fn columns_used(layout: &Layout, filled: &[u32], not_used: &[usize]) -> Vec<ColumnUse> {
    let mut columns: Vec<ColumnUse> = Vec::new();
    let mut known: hashbrown::HashMap<&str, usize, FixedState> = hashbrown::HashMap::default();
    let has_project_key = layout.holds.contains(&Some(Holds::ProjectKey));
    for (column, (header, &filled)) in layout.headers.iter().zip(filled).enumerate() {
        let position = *known.entry(header.as_str()).or_insert_with(|| {
            let holds = layout.holds[column]
                .filter(|holds| !(not_used.contains(&column) || has_project_key && *holds == Holds::ProjectName));
            let field = holds.and_then(super::field_id).map(str::to_owned);
            columns.push(ColumnUse { header: header.clone(), repeats: 0, field, filled: 0 });
            columns.len() - 1
        });
        columns[position].repeats += 1;
        columns[position].filled += u64::from(filled);
    }
    columns
}

fn has_repeated_keys(dataset: &Dataset) -> bool {
    let keys = dataset.text(TextField::Key);
    let hasher = FixedState::default();
    let mut seen: HashTable<u32> = HashTable::with_capacity(keys.len());
    for row in 0..keys.len() {
        let key = keys.get(row);
        let hash = hasher.hash_one(key);
        if seen.find(hash, |&other| keys.get(other as usize) == key).is_some() {
            return true;
        }
        seen.insert_unique(hash, row as u32, |&other| hasher.hash_one(keys.get(other as usize)));
    }
    false
}

/// Jira cuts exports at 1,000 rows by default; sites raise it to round numbers.
fn row_cap(rows: u64) -> Option<String> {
    (rows.is_multiple_of(1000) && rows <= 10_000).then(|| {
        format!(
            "The file has exactly {rows} rows. Jira cuts exports at a round number, so items are probably missing: export the rest with a second filter (by creation date, for example) and import both files."
        )
    })
}

fn note_damage(report: &mut ImportReport, short: u64, blank: u64) {
    if blank > 0 {
        report.decisions.push(format!("Rows without any content were left out and are not counted: {blank}."));
    }
    let odd = short + report.refused.len() as u64;
    if odd >= 3 && odd * 10 > report.rows_read {
        report.decisions.push(format!(
            "{odd} of {} rows are shorter than the header or could not be read. The file looks damaged, as by a spreadsheet program: export it again and import it without opening it.",
            report.rows_read
        ));
    }
}
