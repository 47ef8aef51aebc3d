//! Pull requests and deployments: every finished item was one change, and went out with the next deployment of its service.

use super::super::clock::{WallMinute, weekday};
use super::super::item::Item;
use super::super::random::Random;
use super::{Crew, DAYS, Table};

/// Weekdays on which each team deploys, 0 = Monday.
const DEPLOY_DAYS: [&[i32]; 3] = [&[0, 2, 3], &[1, 3], &[2]];
const SEED: u64 = 4_711;

/// A deployment.
pub(super) struct Deployment {
    pub(super) id: String,
    at: WallMinute,
    environment: &'static str,
    status: &'static str,
    /// True when it mended an incident.
    unplanned: bool,
    /// True when an incident followed, and somebody wrote so beside the deployment.
    blamed: bool,
}

/// What a deployment broke.
pub(super) struct Failure {
    pub(super) began: WallMinute,
    pub(super) ended: WallMinute,
    /// True when the service was down, false when it only worked badly.
    pub(super) is_down: bool,
    /// The deployment, where the incident names it.
    pub(super) deployment: Option<String>,
}

/// A merged pull request.
struct Change<'a> {
    id: String,
    item: &'a Item,
    first_commit: WallMinute,
    opened: WallMinute,
    reviewed: WallMinute,
    merged: WallMinute,
    deployment: Option<String>,
}

/// How one team delivered.
pub(super) struct Course<'a> {
    pub(super) deployments: Vec<Deployment>,
    pub(super) failures: Vec<Failure>,
    changes: Vec<Change<'a>>,
    next: usize,
    random: Random,
}

impl<'a> Course<'a> {
    /// Of the team at this place of the list.
    pub(super) fn play(place: usize, crew: &'a Crew) -> Self {
        let mut random = Random::new(SEED + place as u64);
        let changes = changes_of(crew, &mut random);
        let mut course = Self { deployments: Vec::new(), failures: Vec::new(), changes, next: 1, random };
        for day in (DAYS.0..DAYS.1).filter(|&day| DEPLOY_DAYS[place].contains(&weekday(day))) {
            let at = WallMinute::of_day(day, 15 * 60 + course.random.between(-40, 70));
            let is_waiting = |change: &&Change<'_>| change.deployment.is_none() && change.merged <= at;
            if course.changes.iter().any(|change| is_waiting(&change)) {
                course.deploy(crew.service, at);
            }
        }
        course
    }

    fn push(&mut self, service: &str, at: WallMinute, environment: &'static str, status: &'static str) -> usize {
        let id = format!("{service}-{}", self.next);
        self.next += 1;
        self.deployments.push(Deployment { id, at, environment, status, unplanned: false, blamed: false });
        self.deployments.len() - 1
    }

    /// To staging, to production, and what comes of it.
    fn deploy(&mut self, service: &str, at: WallMinute) {
        let before = self.random.between(90, 240);
        self.push(service, at.plus(-before), "staging", "success");
        let mut at = at;
        if self.random.chance(6) {
            // It did not go through; an hour later it does.
            self.push(service, at, "production", "failure");
            at = at.plus(self.random.between(40, 80));
        }
        let status = if self.random.chance(4) { "rollback" } else { "success" };
        let place = self.push(service, at, "production", status);
        if status == "success" {
            let id = self.deployments[place].id.clone();
            let waiting = self.changes.iter_mut().filter(|change| change.deployment.is_none() && change.merged <= at);
            waiting.for_each(|change| change.deployment = Some(id.clone()));
        }
        if status == "rollback" || self.random.chance(11) {
            self.fail(service, place, at);
        }
    }

    fn fail(&mut self, service: &str, place: usize, at: WallMinute) {
        let began = at.plus(self.random.between(12, 170));
        let took =
            self.random.weighted(&[(18, 20), (35, 30), (70, 25), (150, 15), (320, 10)]) + self.random.between(0, 17);
        let ended = began.plus(took);
        let is_known = self.random.chance(55);
        self.deployments[place].blamed = is_known && self.random.chance(50);
        let deployment = is_known.then(|| self.deployments[place].id.clone());
        self.failures.push(Failure { began, ended, is_down: self.random.chance(65), deployment });
        if self.random.chance(60) {
            let hotfix = self.push(service, ended.plus(-4), "production", "success");
            self.deployments[hotfix].unplanned = true;
        }
    }
}

/// Delivered as code: an epic is none.
fn delivered(item: &Item) -> Option<(WallMinute, WallMinute)> {
    let closed = item.resolved.filter(|_| item.resolution == "Done" && item.kind != "Epic")?;
    // Who forgot to say when work began, began a day before it was done.
    Some((item.started.unwrap_or(closed.plus(-1440)), closed))
}

/// In the order in which they were merged.
fn changes_of<'a>(crew: &'a Crew, random: &mut Random) -> Vec<Change<'a>> {
    let dated = |item: &'a Item| delivered(item).map(|(begun, closed)| (item, begun, closed));
    let mut finished: Vec<(&Item, WallMinute, WallMinute)> = crew.items.iter().filter_map(dated).collect();
    finished.sort_by_key(|(item, _, closed)| (*closed, item.number));
    let mut changes = Vec::new();
    for (place, (item, begun, merged)) in finished.into_iter().enumerate() {
        let minutes = merged.minutes_since(begun).max(4);
        let mut part = |low, high| begun.plus(minutes * random.between(low, high) / 100);
        let (first_commit, opened, reviewed) = (part(2, 15), part(50, 70), part(72, 88));
        let id = format!("{}!{}", crew.service, 101 + place);
        changes.push(Change { id, item, first_commit, opened, reviewed, merged, deployment: None });
    }
    changes
}

/// The table of deployments.
pub(super) fn deployments(crews: &[Crew]) -> Vec<u8> {
    let mut table = Table::new("deployed_at,status,id,service,environment,caused_incident,unplanned");
    let yes = |is: bool| if is { "yes" } else { "" };
    for (place, crew) in crews.iter().enumerate() {
        for one in Course::play(place, crew).deployments {
            let at = one.at.sortable();
            let (blamed, unplanned) = (yes(one.blamed), yes(one.unplanned));
            table.row(&[&at, one.status, &one.id, crew.service, one.environment, blamed, unplanned]);
        }
    }
    table.0
}

/// The table of pull requests, each with the item that it belongs to; in one of twenty nobody named the item.
pub(super) fn changes(crews: &[Crew]) -> Vec<u8> {
    let header = "id,first_commit_at,opened_at,first_review_at,merged_at,deployment_id,work_item,author,service";
    let mut table = Table::new(header);
    for (place, crew) in crews.iter().enumerate() {
        for (number, change) in Course::play(place, crew).changes.iter().enumerate() {
            let key = if number % 20 == 13 { String::new() } else { change.item.key(&crew.project) };
            let author = change.item.assignee.and_then(|place| crew.project.people.get(place));
            let author = author.map_or("", |person| person.name.as_str());
            let [first, opened, reviewed, merged] =
                [change.first_commit, change.opened, change.reviewed, change.merged].map(WallMinute::sortable);
            let deployment = change.deployment.as_deref().unwrap_or_default();
            table.row(&[&change.id, &first, &opened, &reviewed, &merged, deployment, &key, author, crew.service]);
        }
    }
    table.0
}
