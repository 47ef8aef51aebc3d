//! Deployment calendar: on which days production was deployed to.

use crate::model::{DeploymentEnd, ItemSet, PreparedDataset, RecordKind};

use super::super::stats::tidy;
use super::super::{
    About, BySprint, Counted, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words,
};
use super::scope::{Scope, is_within};

/// ## What it measures
/// Successful production deployments on each calendar day.
/// ## How
/// A deployment counts on the day of its finish in the workspace zone. Days run from the first such deployment, or the first day
/// asked for, to the day of "now", or the last one asked for.
/// ## Edge cases
/// A day without a deployment is 0. What is left out is the same as for the deployment frequency, but no period has to be whole.
/// ## Source
/// DORA, software delivery metrics: <https://dora.dev/guides/dora-metrics-four-keys/>.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code.
pub static ABOUT: About = About {
    id: "deployment-calendar",
    title: "Deployment calendar",
    definition: "The number of successful deployments to production on each calendar day, from the first one to the present day. \
                 Several deployments of one commit in one pipeline run count once.",
    how_to_read: "Each column is a week, each row a day of the week from Monday down; the fuller a square, the more deployments on that \
                  day. Full rows show days on which the team likes to deploy, empty columns weeks of silence.",
    per_iteration: false,
};

const WEEKDAYS: [&str; 7] =
    ["on Mondays", "on Tuesdays", "on Wednesdays", "on Thursdays", "on Fridays", "on Saturdays", "on Sundays"];

/// The day of the week, 0 = Monday. Day 0 (1970-01-01) was a Thursday.
const fn weekday(day: i32) -> usize {
    (day + 3).rem_euclid(7) as usize
}

fn compute(data: &PreparedDataset, _: &ItemSet, query: &Query) -> MetricResult {
    let scope = match Scope::new(ABOUT.id, data, query, &[RecordKind::Deployment]) {
        Ok(scope) => scope,
        Err(result) => return *result,
    };
    let mut excluded = scope.excluded.clone();
    let end = |row: u32| scope.delivery.deployments[row as usize].end;
    let of_end = |wanted| scope.rows.iter().copied().filter(move |&row| end(row) == wanted);
    Exclusion::add(&mut excluded, "failed", of_end(DeploymentEnd::Failure));
    Exclusion::add(&mut excluded, "rolled back", of_end(DeploymentEnd::Rollback));
    let (rows, outside): (Vec<u32>, Vec<u32>) =
        of_end(DeploymentEnd::Success).partition(|&row| is_within(scope.day(row), query));
    Exclusion::add(&mut excluded, "finished outside the chosen period", outside);
    let Some(&first) = rows.first() else {
        let mut result = scope
            .not_computable("No production deployment succeeded in the chosen period.", "Another period or filter.");
        result.excluded = excluded;
        return result;
    };
    let begin = query.from.map_or(scope.day(first), |from| from.min(scope.day(first)));
    // A range that lies far around the deployments has no days to tell of.
    let begin = begin.max(scope.delivery.first.map_or(begin, |at| data.calendar.day_of(at)));
    let today = data.calendar.day_of(scope.as_of);
    let last = query.to.map_or(today, |to| to.min(today));
    let mut points: Vec<Point> =
        (begin..=last).map(|day| Point { x: X::Day(day), y: Some(0.0), items: Vec::new() }).collect();
    for &row in &rows {
        if let Some(point) = points.get_mut((scope.day(row) - begin) as usize) {
            point.items.push(row);
            point.y = Some(point.items.len() as f64);
        }
    }
    answer(&scope, &rows, points, excluded)
}

fn answer(scope: &Scope<'_>, rows: &[u32], points: Vec<Point>, excluded: Vec<Exclusion>) -> MetricResult {
    let mut result = MetricResult {
        id: ABOUT.id.to_owned(),
        counted: Counted::Records(RecordKind::Deployment),
        considered: rows.len() as u64,
        excluded,
        ..MetricResult::default()
    };
    let active = points.iter().filter(|point| !point.items.is_empty()).count();
    let days = points.len();
    let busiest = points.iter().max_by(|a, b| a.items.len().cmp(&b.items.len())).cloned();
    let mut by_weekday = [0_usize; 7];
    for &row in rows {
        by_weekday[weekday(scope.day(row))] += 1;
    }
    let most = by_weekday.iter().max().copied().unwrap_or(0);
    let favourite = by_weekday.iter().position(|&count| count == most).unwrap_or(0);
    let total = rows.len();
    let share = tidy(active as f64 / days as f64 * 100.0);
    result.figures = vec![
        Figure::new(
            "active-days",
            "Days with a deployment",
            Some(active as f64),
            "days",
            format!("of {}", words::count(days, "day", "days")),
        ),
        Figure::new("share", "Share of days", Some(share), "%", format!("{active} / {days} x 100")),
        Figure::new("total", "Total", Some(total as f64), "deployments", scope.of_what(rows)).with_items(rows.to_vec()),
    ];
    if let Some(Point { x: X::Day(day), y, items }) = busiest {
        let how = format!("on {}", crate::model::iso_from_day(day));
        result.figures.push(Figure::new("busiest", "Most on one day", y, "deployments", how).with_items(items));
    }
    let whole = words::count(total, "deployment", "deployments");
    result.summary = format!(
        "{} on {active} of {}, most of them {}.",
        words::capitalised(&whole),
        words::count(days, "day", "days"),
        WEEKDAYS[favourite]
    );
    if total == 1 {
        result.summary = format!("1 deployment on 1 of {}.", words::count(days, "day", "days"));
    }
    result.working.push(format!(
        "{whole} on {active} of {}; {most} {}.",
        words::count(days, "day", "days"),
        WEEKDAYS[favourite]
    ));
    result.series.push(Series::new("deployments", "Deployments", Role::Cell, "deployments", points));
    scope.notes(&mut result, rows, None);
    result
}

#[cfg(test)]
mod tests {
    #[test]
    fn weeks_begin_on_monday() {
        // 2024-01-01 (day 19723) was a Monday, 1969-12-31 a Wednesday.
        assert_eq!([super::weekday(19_723), super::weekday(19_729), super::weekday(-1)], [0, 6, 2]);
    }
}
