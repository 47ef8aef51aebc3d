//! Capacity ahead against capacity in the history window, from the plan of who works when.

use super::past::Window;
use crate::metrics::capacity::Parts;
use crate::metrics::{Query, words};
use crate::model::PreparedDataset;

/// Percent beyond which a plan is no forecast any more: the same as for a number typed in.
const MOST_PERCENT: f64 = 200.0;

/// Capacity a day of work of the days ahead in percent of that of the window, in whole percent, and how it came about; the error
/// says why there is none and what would help.
///
/// Both sides count as far as lines of capacity reach: beyond them nothing is known. They are compared by the day of work, since
/// days off for everybody are left out of the forecast as it is. As many days ahead count as the window has.
pub(super) fn percent(
    data: &PreparedDataset,
    query: &Query,
    window: &Window,
    today: i32,
) -> Result<(u32, String), (String, &'static str)> {
    let parts = Parts::new(data, query);
    let needs = "Lines of capacity that reach over the history window and the days after it, or a number as capacity.";
    let Some((from, to)) = parts.reach() else {
        return Err((
            "The capacity of the forecast is to come from the plan, but nobody's is known.".to_owned(),
            needs,
        ));
    };
    let ahead = (today + 1, today.saturating_add(window.last - window.first + 1));
    let within = |(first, last): (i32, i32)| (first.max(from), last.min(to));
    let a_day = |span: (i32, i32)| {
        let days = if query.forecast.skip_days_off {
            data.work_days.count(span.0, span.1)
        } else {
            (i64::from(span.1) - i64::from(span.0) + 1).max(0) as u32
        };
        let hours = (span.0 <= span.1 && days > 0).then(|| parts.total(&[span])[0]).flatten()?;
        Some((hours, days))
    };
    let (past, coming) = (within((window.first, window.last)), within(ahead));
    let unknown = |(first, last): (i32, i32), when: &str| {
        let range = words::day_range(first, last);
        (format!("The capacity of the forecast is to come from the plan, which tells none {when} ({range})."), needs)
    };
    let (before, days_before) = a_day(past)
        .filter(|&(hours, _)| hours > 0.0)
        .ok_or_else(|| unknown((window.first, window.last), "in the history window"))?;
    let (after, days_after) = a_day(coming).ok_or_else(|| unknown(ahead, "in the days ahead"))?;
    let ratio = (after / f64::from(days_after)) / (before / f64::from(days_before));
    let percent = (ratio * 100.0).round().min(MOST_PERCENT);
    let side = |hours: f64, days: u32, (first, last): (i32, i32)| {
        let days = words::count(days as usize, "day of work", "days of work");
        format!("{} hours / {days} ({})", words::number(hours), words::day_range(first, last))
    };
    let line = format!(
        "Capacity by the plan = ({}) / ({}) = {percent} %.",
        side(after, days_after, coming),
        side(before, days_before, past)
    );
    Ok((percent as u32, line))
}
