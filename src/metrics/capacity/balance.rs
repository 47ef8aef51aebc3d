//! Workload balance: how evenly work lies on people.

use super::load::Loads;
use super::logged::Logs;
use super::parts::Parts;
use super::sprints::{Days, days_ahead, now, undated};
use super::{FULL, TIGHT};
use crate::metrics::stats::{percent, tidy};
use crate::metrics::{About, BySprint, Figure, Metric, MetricResult, PeopleRule, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, PreparedDataset};

/// ## What it measures
/// How unequal the utilisation of people is (Gini coefficient, 0 to 1), how many are over-allocated, and how many were overloaded
/// for long.
/// ## How
/// Utilisation of each person as in [`super::utilisation`], so that somebody with half the hours and half the load counts as
/// equal. Gini of n rising values x = sum of (2 i - n - 1) x / (n x sum of x), i = rank of x from 1. Sustained overload: more logged than
/// there were hours in 3 whole periods in a row, by [`super::logged`].
/// ## Edge cases
/// People without hours in the days asked for have no utilisation and are left out of the coefficient. Fewer than two people, or no
/// load at all: no coefficient. Without work logs nobody knows about sustained overload, and it says so. By team nobody is named:
/// people are counted by how much is asked of them; under pseudonyms no items are listed.
/// ## Source
/// Gini, *Variabilità e mutabilità* (1912).
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::HOURS, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "workload-balance",
    title: "Workload balance",
    definition: "How evenly the load lies on people, each measured against their own hours: 0 when all are equally used, \
                 towards 1 when one person has it all. Sustained overload is more logged than there were hours, three \
                 periods in a row.",
    how_to_read: "A coefficient above 0.3 says that some wait while others are buried. Look at who is above 100 %, and move \
                  work before the sprint begins.",
    per_iteration: true,
};

/// Periods in a row above 100 % that make an overload a sustained one.
const SUSTAINED: usize = 3;
/// People below which nothing is spread.
const LEAST_PEOPLE: usize = 2;
/// People named in a sentence.
const MOST_NAMED: usize = 10;
/// Upper ends of the groups that people are counted in where nobody is named.
const GROUPS: [(f64, &str); 4] =
    [(50.0, "Up to 50 %"), (TIGHT, "50 to 85 %"), (FULL, "85 to 100 %"), (f64::INFINITY, "Above 100 %")];

/// One person's part.
struct Person {
    name: String,
    share: f64,
    items: Vec<u32>,
}

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let told = query.people;
    let by = if told == PeopleRule::Teams { PeopleRule::Pseudonyms } else { told };
    let parts = Parts::new(data, query).told_by(by);
    if parts.is_empty() {
        return parts.unknown(ABOUT.id);
    }
    let Some(as_of) = now(data, query) else { return undated(ABOUT.id) };
    let days = match days_ahead(ABOUT.id, data, items, query, as_of) {
        Ok(days) => days,
        Err(answer) => return *answer,
    };
    let mut loads = Loads::new(data, items, &parts, &days, as_of);
    let hours = parts.hours(&[days.span()]);
    let mut people = Vec::new();
    let mut without_hours = 0;
    for (part, hours) in hours.iter().enumerate() {
        let (load, items) = std::mem::take(&mut loads.of_part[part]);
        match hours[0].and_then(|hours| percent(load, tidy(hours))) {
            Some(share) => people.push(Person { name: parts.name(part), share, items }),
            None => without_hours += usize::from(load > 0.0),
        }
    }
    let mut result = match gini(people.iter().map(|person| person.share)) {
        Err(reason) => MetricResult::not_computable(
            ABOUT.id,
            format!("{reason} from {}.", words::day_range(days.first, days.last)),
            "Two people or more with capacity, and open items assigned to them with time, estimates or points.",
        ),
        Ok((gini, line)) => {
            let mut result = answer(&days, &people, gini, told);
            result.working.push(loads.sources());
            result.working.push(line);
            sustained(&mut result, data, query, &parts, told);
            if without_hours > 0 {
                let people = words::count(without_hours, "person", "people");
                let has = words::verb(without_hours, "has", "have");
                let text = format!("{} {has} load, but no hours in these days.", words::capitalised(&people));
                result.note("no-hours", text);
            }
            parts.notes(&mut result);
            result
        }
    };
    if days.sprint.is_some() {
        days.name.clone_into(&mut result.subject);
    }
    result.considered = if result.is_computed() { loads.considered } else { 0 };
    result.excluded = loads.excluded;
    result
}

/// The coefficient of shares with its working; the error says why there is none.
pub(super) fn gini(shares: impl Iterator<Item = f64>) -> Result<(f64, String), &'static str> {
    let mut rising: Vec<f64> = shares.collect();
    rising.sort_unstable_by(f64::total_cmp);
    let number = rising.len();
    let sum: f64 = rising.iter().sum();
    if number < LEAST_PEOPLE {
        return Err("Fewer than two people have hours of capacity");
    }
    if sum <= 0.0 {
        return Err("Nobody has any load");
    }
    let weight = |place: usize| 2.0 * (place as f64 + 1.0) - number as f64 - 1.0;
    let spread: f64 = rising.iter().enumerate().map(|(place, value)| weight(place) * value).sum();
    let gini = tidy((spread / (number as f64 * sum)).clamp(0.0, 1.0));
    let line = format!(
        "Gini = sum of (2 i - n - 1) x / (n x sum of x) over {number} rising utilisations = {} / ({number} x {}) = {}.",
        words::number(tidy(spread)),
        words::number(tidy(sum)),
        words::number(gini)
    );
    Ok((gini, line))
}

fn answer(days: &Days, people: &[Person], gini: f64, told: PeopleRule) -> MetricResult {
    let mut result = MetricResult { id: ABOUT.id.to_owned(), ..MetricResult::default() };
    let over: Vec<&str> =
        people.iter().filter(|person| person.share > FULL).map(|person| person.name.as_str()).collect();
    let range = words::day_range(days.first, days.last);
    result.figures = vec![
        Figure::new("gini", "Gini coefficient", Some(gini), "", format!("over {} people, {range}", people.len())),
        Figure::new("over-allocated", "Over-allocated", Some(over.len() as f64), "people", "utilisation above 100 %"),
        Figure::new("people", "People", Some(people.len() as f64), "people", "with hours of capacity in these days"),
    ];
    if told == PeopleRule::Teams {
        result.series = vec![groups(people)];
    } else {
        let point = |person: &Person| Point {
            x: X::Name(person.name.clone()),
            y: Some(person.share),
            items: if told == PeopleRule::Names { person.items.clone() } else { Vec::new() },
        };
        result.series = super::utilisation::series(people.iter().map(point).collect());
        if !over.is_empty() {
            result.working.push(format!("Over-allocated: {}.", words::list(&over, MOST_NAMED)));
        }
    }
    let over = match over.len() {
        0 => "nobody is over-allocated".to_owned(),
        number => {
            format!("{} {} over-allocated", words::count(number, "person", "people"), words::verb(number, "is", "are"))
        }
    };
    result.summary = format!(
        "The load of {} people in {} has a Gini coefficient of {}: {over}.",
        people.len(),
        days.name,
        words::number(gini)
    );
    result
}

/// People counted by how much is asked of them.
fn groups(people: &[Person]) -> Series {
    let mut counts = [0.0; GROUPS.len()];
    for person in people {
        if let Some(group) = GROUPS.iter().position(|(end, _)| person.share <= *end) {
            counts[group] += 1.0;
        }
    }
    let point = |((_, name), count): (&(f64, &str), f64)| Point {
        x: X::Name((*name).to_owned()),
        y: Some(count),
        items: Vec::new(),
    };
    Series::new("people", "People", Role::Main, "people", GROUPS.iter().zip(counts).map(point).collect())
}

/// Who logged more than there were hours in three whole periods in a row.
fn sustained(result: &mut MetricResult, data: &PreparedDataset, query: &Query, parts: &Parts<'_>, told: PeopleRule) {
    let periods = words::period(query.granularity, SUSTAINED);
    let name = format!("Overloaded {SUSTAINED} {periods} in a row");
    let logs = match Logs::new(ABOUT.id, data, query, parts) {
        Ok(logs) => logs,
        Err(why) => {
            result.figures.push(Figure::new("sustained", name, None, "people", why.summary.clone()));
            result.note("sustained-unknown", format!("Sustained overload is not known. {}", why.summary));
            return;
        }
    };
    let is_over = |(logged, hours): (&f64, &Option<f64>)| hours.is_some_and(|hours| tidy(*logged) > tidy(hours));
    let lasts = |part: &usize| {
        let over: Vec<bool> = logs.logged[*part].iter().zip(&logs.hours[*part]).map(is_over).collect();
        over.windows(SUSTAINED).any(|run| run.iter().all(|&is_over| is_over))
    };
    let found: Vec<String> = (0..parts.len()).filter(lasts).map(|part| parts.name(part)).collect();
    let how = format!("more logged than there were hours, within {} whole {periods}", logs.spans.len());
    result.figures.push(Figure::new("sustained", name, Some(found.len() as f64), "people", how));
    if !found.is_empty() {
        let names: Vec<&str> = found.iter().map(String::as_str).collect();
        let was = words::verb(found.len(), "was", "were");
        let who = if told == PeopleRule::Teams {
            words::capitalised(&words::count(found.len(), "person", "people"))
        } else {
            words::list(&names, MOST_NAMED)
        };
        result
            .note("sustained-overload", format!("{who} {was} above 100 % in {SUSTAINED} {periods} in a row or more."));
    }
}
