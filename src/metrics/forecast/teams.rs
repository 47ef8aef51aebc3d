//! When all of several teams are done.

use super::basis::{Basis, PERCENTILES, by_date};
use crate::metrics::{About, BySprint, Exclusion, Figure, Metric, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{CategoryField, ItemSet, PreparedDataset, sort_by};
use throughline_simulation::{EndDays, HORIZON, Simulation};

/// ## What it measures
/// When every team has done its own open work: the day by which all are done with a chance of 50, 70, 85 and 95 %.
/// ## How
/// Each team is forecast from its own history, with random numbers of its own. The chance that all are done by a day is the
/// product of the teams' chances, not their mean: of two teams with 85 % each, both are done with 72 %.
/// ## Edge cases
/// The product takes teams as independent; where they wait for each other it is too hopeful. A team without a forecast (too few
/// active days) or with nothing open is left out, counted and named. Up to 4000 of the trials per team. A number of items typed
/// in and risks speak of the whole and are not used. Fewer than two teams, or more than 40: not computable.
/// ## Source
/// Savage, *The Flaw of Averages*.
pub static METRIC: Metric = Metric { about: &ABOUT, by_sprint: BySprint::NoPeriods, compute };

/// Its words, apart from its code: the page shows them without carrying the computation.
pub static ABOUT: About = About {
    id: "forecast-teams",
    title: "When all teams are done",
    definition: "The day by which every team has done its own open work, each forecast from its own history. The chance that \
                 all are done is the product of the chances of the teams.",
    how_to_read: "Each bar is a team: the days until it is done with 85 %. All together are done later than the slowest of \
                  them, because any one may be late.",
    per_iteration: false,
};

/// Teams beyond which the column is none of teams.
const MOST_TEAMS: usize = 40;
/// Trials of a team.
const MOST_TRIALS: u32 = 4_000;

/// The teams and what was left out of them.
#[derive(Default)]
struct Teams {
    names: Vec<String>,
    /// Calendar days to the 50 and 85 % date.
    days: Vec<(Option<i32>, Option<i32>)>,
    ends: Vec<EndDays>,
    considered: u64,
    excluded: Vec<Exclusion>,
    unknown: Vec<String>,
}

/// Two percentiles of one team: days from now.
type Days = (Option<i32>, Option<i32>);

fn compute(data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let column = data.dataset.category(CategoryField::Team);
    let mut codes: Vec<u32> = items.iter().map(|item| column.code(item)).collect();
    codes.sort_unstable();
    codes.dedup();
    codes.retain(|&code| !column.value(code).is_empty());
    sort_by(&mut codes, |&a, &b| column.value(a).cmp(column.value(b)));
    let needs = "Items that name their team, of at least two teams with open items and five days with a finish.";
    if codes.len() < 2 || codes.len() > MOST_TEAMS {
        let number = words::count(codes.len(), "team", "teams");
        let reason = format!("This selection names {number}; a forecast of several needs 2 to {MOST_TEAMS}.");
        return MetricResult::not_computable(ABOUT.id, reason, needs);
    }
    let mut own = query.clone();
    own.forecast.remaining = None;
    own.forecast.risks.clear();
    own.forecast.trials = own.forecast.trials.min(MOST_TRIALS);
    let mut teams = Teams::default();
    teams.leave_out("no team", items.iter().filter(|&item| column.value(column.code(item)).is_empty()));
    let mut today = 0;
    for (position, &code) in codes.iter().enumerate() {
        let members = ItemSet::from_fn(data.dataset.len(), |item| column.code(item) == code && items.contains(item));
        let Ok(basis) = Basis::new(ABOUT.id, data, &members, &own, query.unit) else {
            teams.unknown.push(column.value(code).to_owned());
            teams.leave_out("in a team without a forecast", members.iter());
            continue;
        };
        if basis.work == 0 {
            teams.leave_out("in a team with nothing open", members.iter());
            continue;
        }
        today = basis.past.today;
        let seed = own.forecast.seed.wrapping_add(position as u64);
        let ends = Simulation { seed, ..basis.simulation() }.when(basis.work);
        teams.add(column.value(code), &basis, ends);
    }
    if teams.ends.len() < 2 {
        let number = words::count(teams.ends.len(), "team", "teams");
        let reason = format!("Of {number} there is a forecast and open work; the chance of all needs 2.");
        return MetricResult::not_computable(ABOUT.id, reason.replace("Of no teams", "Of no team"), needs);
    }
    answer(data, &own, today, teams)
}

impl Teams {
    fn leave_out(&mut self, reason: &str, items: impl Iterator<Item = usize>) {
        Exclusion::add(&mut self.excluded, reason, items.map(|item| item as u32));
    }

    fn add(&mut self, name: &str, basis: &Basis<'_>, ends: EndDays) {
        let answer = basis.answer(ABOUT.id);
        self.considered += answer.considered;
        for exclusion in answer.excluded {
            self.leave_out(&exclusion.reason, exclusion.items.into_iter().map(|item| item as usize));
        }
        let days = |p| ends.percentile(p).map(|day| basis.date(day) - basis.past.today);
        self.days.push((days(50), days(85)));
        self.names.push(name.to_owned());
        self.ends.push(ends);
    }

    /// Days of work by which all are done with these chances.
    fn together(&self) -> [Option<u32>; 4] {
        let mut sums: Vec<_> = self.ends.iter().map(EndDays::cumulative).collect();
        let mut found = [None; 4];
        for day in 0..=HORIZON {
            let chances = sums
                .iter_mut()
                .zip(&self.ends)
                .map(|(sums, ends)| f64::from(sums.next().unwrap_or(0)) / f64::from(ends.trials()));
            let product: f64 = chances.product();
            for (found, p) in found.iter_mut().zip(PERCENTILES) {
                if found.is_none() && product * 100.0 >= f64::from(p) {
                    *found = Some(day);
                }
            }
            if found[3].is_some() {
                break;
            }
        }
        found
    }
}

fn answer(data: &PreparedDataset, query: &Query, today: i32, teams: Teams) -> MetricResult {
    let together = teams.together();
    let dates =
        together.map(|day| super::past::days_of_work(today, &data.work_days, &query.forecast).nth(day? as usize));
    let mut result = MetricResult { id: ABOUT.id.to_owned(), considered: teams.considered, ..MetricResult::default() };
    for position in [2, 0, 1, 3] {
        let p = PERCENTILES[position];
        let days = dates[position].map(|date| f64::from(date - today));
        let name = format!("Days from now, all teams, {p} %");
        result.figures.push(Figure::new(&format!("p{p}"), name, days, "days", by_date(dates[position])));
    }
    let series = |id: &str, name: &str, role, of: fn(&Days) -> Option<i32>| Series {
        id: id.to_owned(),
        name: name.to_owned(),
        role,
        unit: "days".to_owned(),
        points: (teams.names.iter().zip(&teams.days))
            .map(|(name, days)| Point { x: X::Name(name.clone()), y: of(days).map(f64::from), items: Vec::new() })
            .collect(),
    };
    result.series = vec![
        series("p85", "Days from now, 85 %", Role::Main, |days| days.1),
        series("p50", "Days from now, 50 %", Role::Second, |days| days.0),
    ];
    let number = teams.names.len();
    result.working.push(format!(
        "{number} teams, each from its own history; {}, seed {} and the following, one a team.",
        words::count(query.forecast.trials as usize, "trial", "trials"),
        query.forecast.seed
    ));
    result.working.push("Chance of all = the product of the chances of the teams, day by day.".to_owned());
    if !teams.unknown.is_empty() {
        let names: Vec<&str> = teams.unknown.iter().map(String::as_str).collect();
        result.note("teams-unknown", format!("Without a forecast, and not in it: {}.", words::list(&names, 5)));
    }
    result
        .note("independent", "Teams are taken as independent; where they wait for each other the date is too hopeful.");
    result.summary = format!(
        "With a chance of 85 % all {number} teams are done {} (50 %: {}).",
        by_date(dates[2]),
        by_date(dates[0])
    );
    result.excluded = teams.excluded;
    result
}
