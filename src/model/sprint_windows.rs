//! When an iteration ran, worked out from its items, for sources that only name it.

use super::{Calendar, Dataset, LifeCycle, ListField, NO_DAY, Window, WindowOrigin};

/// A window per iteration code (position 0 is unused), or `None` where the items tell nothing.
pub fn infer_windows(dataset: &Dataset, calendar: &Calendar, life: &LifeCycle) -> Vec<Option<Window>> {
    let sprints = dataset.list(ListField::Sprint);
    let mut finished: Vec<Option<(i32, i32)>> = vec![None; sprints.values().len()];
    for item in 0..dataset.len() {
        let (Some(&last), day) = (sprints.codes_of(item).last(), life.finished_day[item]) else { continue };
        if day != NO_DAY {
            let span = finished[last as usize].get_or_insert((day, day));
            *span = (span.0.min(day), span.1.max(day));
        }
    }
    finished
        .into_iter()
        .map(|span| {
            span.map(|(first, last)| Window {
                start: calendar.start_of_day(first),
                end: calendar.start_of_day(last + 1),
                origin: WindowOrigin::Inferred,
            })
        })
        .collect()
}
