//! Which column feeds which field, by its name first and by its cells second. Only a start: the user looks at it.

use super::{COLUMNS, Mapping, TableSample};
use crate::importers::dates::instant_or_local;
use crate::importers::durations;
use crate::importers::table::{Grammar, normalised};

/// The best guess. Each field is fed by one column at most, lists by all that carry their name.
pub fn guess_mapping(sample: &TableSample) -> Mapping {
    let names: Vec<String> = sample.columns.iter().map(|column| normalised(&column.header)).collect();
    let mut columns: Vec<(u32, String)> = Vec::new();
    for spec in COLUMNS {
        let fits = |place: &usize| could_be(spec.grammar, &sample.columns[*place].cells);
        let is_free =
            |columns: &[(u32, String)], place: usize| columns.iter().all(|(taken, _)| *taken as usize != place);
        // The whole name first, then a name that begins or ends with a known one ("Task status", "Created (UTC)").
        let whole =
            spec.names.iter().find_map(|name| (0..names.len()).find(|&place| names[place] == *name && fits(&place)));
        let part = || {
            spec.names.iter().filter(|name| name.len() > 3).find_map(|name| {
                (0..names.len()).find(|&place| {
                    let words: Vec<&str> = names[place].split(|mark: char| !mark.is_alphanumeric()).collect();
                    words.contains(name) && fits(&place)
                })
            })
        };
        if let Some(place) = whole.or_else(part).filter(|&place| is_free(&columns, place)) {
            columns.push((place as u32, spec.id.to_owned()));
        }
    }
    columns.sort_unstable();
    Mapping { signature: sample.signature.clone(), columns }
}

/// True when no cell of the sample speaks against it.
fn could_be(grammar: Grammar, cells: &[String]) -> bool {
    cells.iter().all(|cell| match grammar {
        Grammar::Text | Grammar::List(_) => true,
        // Day and month may be undecided here, which is a date all the same.
        Grammar::Date(_) | Grammar::UtcDate(_) => {
            instant_or_local(cell).is_some()
                || cell.split(['/', '.', '-']).filter(|part| part.trim().parse::<u32>().is_ok()).count() >= 2
        }
        Grammar::Number => cell.replace(',', ".").parse::<f64>().is_ok(),
        Grammar::Duration(unit) => durations::hours(cell, unit).is_some(),
    })
}
