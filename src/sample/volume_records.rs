//! Records beside a made-up export of any size, for measuring: deployments, changes, incidents, and people with their days.

use std::collections::BTreeMap;

use super::clock::{WallMinute, date, weekday};
use super::random::Random;
use super::records::Table;
use super::volume::{FIRST_DAY, PEOPLE_A_PROJECT, PROJECTS, SPAN_DAYS, name_of_person};

/// Services that are deployed and have incidents.
const SERVICES: u64 = 40;
/// Services whose uptime is told by samples, and that have no incidents.
const WATCHED: u64 = 5;
/// Items of the export that these numbers go with.
const WHOLE: u64 = 100_000;

/// Tables of records for an export of so many rows: of 100,000 rows 50,000 deployments and as many changes, 5,000 incidents, and
/// 200 people over two years.
#[derive(Debug, Clone, Copy)]
pub struct BenchRecords {
    rows: u64,
    seed: u64,
}

/// What the generator knows of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordsTruth {
    /// Records by kind, by the kind's name in the summary of a workspace.
    pub counts: BTreeMap<&'static str, u64>,
    /// Successful deployments to production.
    pub production_successes: u64,
    /// Minutes in which a service was down, of all services together: overlaps of one service counted once.
    pub downtime_minutes: u64,
    /// Downtimes of a service without a break.
    pub outages: u64,
}

impl BenchRecords {
    /// Those that go with the export of this size and seed.
    pub const fn new(rows: u64, seed: u64) -> Self {
        Self { rows, seed }
    }

    /// The tables by name, and the truth about them.
    pub fn files(&self) -> (Vec<(&'static str, Vec<u8>)>, RecordsTruth) {
        let mut truth = RecordsTruth::default();
        let files = vec![
            ("deployments.csv", self.deployments(&mut truth)),
            ("changes.csv", self.changes(&mut truth)),
            ("incidents.csv", self.incidents(&mut truth)),
            ("uptime.csv", self.uptime(&mut truth)),
            ("capacity.csv", self.capacity(&mut truth)),
            ("time-off.csv", self.time_off(&mut truth)),
            ("work-log.csv", self.work_log(&mut truth)),
            ("code-measures.csv", self.code_measures(&mut truth)),
        ];
        (files, truth)
    }

    fn random(&self, of: u64) -> Random {
        Random::new(self.seed.wrapping_mul(7_919).wrapping_add(of))
    }

    /// So many of what 100,000 rows have.
    fn share(&self, whole: u64) -> u64 {
        (whole * self.rows / WHOLE).max(8)
    }

    fn people(&self) -> impl Iterator<Item = (String, String)> {
        (0..self.share(200) as usize).map(|place| {
            let (_, project) = PROJECTS[place / PEOPLE_A_PROJECT % PROJECTS.len()];
            (name_of_person(place), format!("{project} team"))
        })
    }

    fn at(place: u64, number: u64, random: &mut Random) -> WallMinute {
        let day = FIRST_DAY + (place * (SPAN_DAYS as u64 - 2) / number) as i32;
        WallMinute::of_day(day, random.between(0, 1439))
    }

    fn deployments(&self, truth: &mut RecordsTruth) -> Vec<u8> {
        let (number, mut random) = (self.share(50_000), self.random(1));
        let mut table = Table::new("deployed_at,status,id,service,environment,unplanned");
        for place in 0..number {
            let at = Self::at(place, number, &mut random).instant();
            let status = random.weighted(&[("success", 90), ("failure", 7), ("rollback", 3)]);
            let environment = random.weighted(&[("production", 60), ("staging", 40)]);
            truth.production_successes += u64::from(status == "success" && environment == "production");
            let unplanned = if random.chance(4) { "yes" } else { "" };
            let service = service(random.below(SERVICES as usize) as u64);
            table.row(&[&at, status, &format!("d-{place}"), &service, environment, unplanned]);
        }
        truth.counts.insert("deployments", number);
        table.into_bytes()
    }

    /// Each goes out with the deployment of its place, and names an item of the export.
    fn changes(&self, truth: &mut RecordsTruth) -> Vec<u8> {
        let (number, mut random) = (self.share(50_000), self.random(2));
        let header = "id,first_commit_at,opened_at,first_review_at,merged_at,deployment_id,work_item,author,service";
        let mut table = Table::new(header);
        for place in 0..number {
            let merged = Self::at(place, number, &mut random);
            let opened = merged.plus(-random.between(30, 5_000));
            let first = opened.plus(-random.between(10, 4_000)).instant();
            let reviewed = opened.plus(random.between(1, 29)).instant();
            let (key, _) = PROJECTS[place as usize % 2];
            let item = format!("{key}-{}", 1 + place * (self.rows / PROJECTS.len() as u64).max(1) / number);
            let author = name_of_person(random.below(self.share(200) as usize));
            let deployment = if random.chance(85) { format!("d-{place}") } else { String::new() };
            let service = service(random.below(SERVICES as usize) as u64);
            let (opened, merged) = (opened.instant(), merged.instant());
            table.row(&[
                &format!("c-{place}"),
                &first,
                &opened,
                &reviewed,
                &merged,
                &deployment,
                &item,
                &author,
                &service,
            ]);
        }
        truth.counts.insert("changes", number);
        table.into_bytes()
    }

    fn incidents(&self, truth: &mut RecordsTruth) -> Vec<u8> {
        let (number, mut random) = (self.share(5_000), self.random(3));
        let mut table = Table::new("started_at,resolved_at,id,service,severity,deployment_id");
        let mut by_service: BTreeMap<u64, Vec<(WallMinute, WallMinute)>> = BTreeMap::new();
        for place in 0..number {
            let began = Self::at(place, number, &mut random);
            let ended =
                began.plus(random.weighted(&[(12, 30), (45, 35), (160, 25), (1_400, 10)]) + random.between(0, 9));
            let of = random.below(SERVICES as usize) as u64;
            by_service.entry(of).or_default().push((began, ended));
            let severity = random.weighted(&[("critical", 10), ("major", 40), ("minor", 50)]);
            let deployment = if random.chance(30) { format!("d-{}", place * 10) } else { String::new() };
            let (began, ended) = (began.instant(), ended.instant());
            table.row(&[&began, &ended, &format!("i-{place}"), &service(of), severity, &deployment]);
        }
        for mut times in by_service.into_values() {
            times.sort_unstable();
            let mut until: Option<WallMinute> = None;
            for (began, ended) in times {
                truth.outages += u64::from(until.is_none_or(|until| began > until));
                let from = until.map_or(began, |until| until.max(began));
                truth.downtime_minutes += u64::try_from(ended.minutes_since(from)).unwrap_or(0);
                until = Some(until.map_or(ended, |until| until.max(ended)));
            }
        }
        truth.counts.insert("incidents", number);
        table.into_bytes()
    }

    /// A span up and a span down a day, of services that have no incidents.
    fn uptime(&self, truth: &mut RecordsTruth) -> Vec<u8> {
        let (mut random, mut number) = (self.random(4), 0);
        let mut table = Table::new("service,from,to,state");
        for of in 0..WATCHED {
            let name = service(SERVICES + of);
            for day in FIRST_DAY..FIRST_DAY + SPAN_DAYS - 1 {
                let minutes = random.between(1, 30);
                let (begin, end) = (WallMinute::of_day(day, 0), WallMinute::of_day(day, 1_200));
                let down = end.plus(minutes);
                let rows = [(begin, end, "up"), (end, down, "down"), (down, WallMinute::of_day(day + 1, 0), "up")];
                for (from, to, state) in rows {
                    table.row(&[&name, &from.instant(), &to.instant(), state]);
                    number += 1;
                }
                truth.downtime_minutes += minutes as u64;
                truth.outages += 1;
            }
        }
        truth.counts.insert("uptime", number);
        table.into_bytes()
    }

    /// A line a person and quarter.
    fn capacity(&self, truth: &mut RecordsTruth) -> Vec<u8> {
        let (mut random, mut number) = (self.random(5), 0);
        let mut table = Table::new("person,team,from,to,hours_per_day,allocation");
        for (person, team) in self.people() {
            for quarter in 0..8 {
                let first = FIRST_DAY + quarter * 91;
                let hours = random.weighted(&[("8", 70), ("6", 20), ("4", 10)]);
                let allocation = random.weighted(&[("100 %", 80), ("50 %", 20)]);
                table.row(&[&person, &team, &date(first), &date(first + 90), hours, allocation]);
                number += 1;
            }
        }
        truth.counts.insert("capacity", number);
        table.into_bytes()
    }

    fn time_off(&self, truth: &mut RecordsTruth) -> Vec<u8> {
        let (mut random, mut number) = (self.random(6), 0);
        let mut table = Table::new("person,from,to,half_day,reason");
        for (person, _) in self.people() {
            for month in 0..24 {
                let first = FIRST_DAY + month * 30 + random.between(0, 9);
                let half = random.chance(20);
                let last = if half { first } else { first + random.between(0, 9) };
                table.row(&[&person, &date(first), &date(last), if half { "yes" } else { "" }, "Away"]);
                number += 1;
            }
        }
        truth.counts.insert("time-off", number);
        table.into_bytes()
    }

    /// A line a person and week.
    fn work_log(&self, truth: &mut RecordsTruth) -> Vec<u8> {
        let (mut random, mut number) = (self.random(7), 0);
        let mut table = Table::new("person,date,hours,key,category");
        for (person, _) in self.people() {
            for day in (FIRST_DAY..FIRST_DAY + SPAN_DAYS - 7).filter(|&day| weekday(day) == 4) {
                let (key, _) = PROJECTS[random.below(2)];
                let key = format!("{key}-{}", 1 + random.below(self.rows as usize / PROJECTS.len() + 1));
                table.row(&[&person, &date(day), &random.between(20, 44).to_string(), &key, "development"]);
                number += 1;
            }
        }
        truth.counts.insert("work-log", number);
        table.into_bytes()
    }

    fn code_measures(&self, truth: &mut RecordsTruth) -> Vec<u8> {
        let (mut random, mut number) = (self.random(8), 0);
        let mut table = Table::new("date,measure,value,component");
        for of in 0..SERVICES {
            for day in (FIRST_DAY..FIRST_DAY + SPAN_DAYS - 7).step_by(7) {
                for (measure, low, high) in [("sqale_index", 3_000, 90_000), ("coverage", 30, 95)] {
                    table.row(&[&date(day), measure, &random.between(low, high).to_string(), &service(of)]);
                    number += 1;
                }
            }
        }
        truth.counts.insert("code-measures", number);
        table.into_bytes()
    }
}

fn service(place: u64) -> String {
    format!("service-{place:02}")
}
