//! The sample: five months of three teams, played day by day.
//!
//! Every team plans sprints from a backlog, works, is interrupted by bugs, carries work over and drops some of it. What the
//! charts show of it is a result of that play, not a drawn curve: sprint 36 fell into an outage, and sprints 37 and 38 into the
//! summer holidays.

use super::clock::{WallMinute, weekday};
use super::columns::SPRINT_COLUMNS;
use super::item::{Category, Comment, Item, Parent, Person, Project};
use super::product::{COMMENTS, Team};
use super::random::Random;
use super::titles::{Kind, Titles, description};

/// Number of the first sprint.
const FIRST_SPRINT: u32 = 32;
/// How much of a team's usual strength was there, in percent, from the first sprint to the running one.
const STRENGTH: &[i32] = &[90, 100, 105, 95, 50, 82, 75, 100, 105, 110, 100];
/// Tuesday 2026-05-19, first day of the first sprint.
pub(super) const FIRST_DAY: i32 = 20_592;
/// Days of a sprint.
const SPRINT_DAYS: i32 = 14;
/// Wednesday 2026-10-14, the day of the export; the last sprint has been running for eight days.
pub(super) const EXPORT_DAY: i32 = 20_740;
/// Points a team plans for a sprint.
const PLANNED_POINTS: i32 = 23;
/// Items in a team's backlog before the first sprint.
const FIRST_BACKLOG: usize = 38;
const DAY_BEGINS: i32 = 8 * 60;
const DAY_ENDS: i32 = 18 * 60;

/// The name of the running sprint with its first and last day.
pub(super) fn running_sprint(project: &Project) -> (String, (i32, i32)) {
    let (number, first) = (FIRST_SPRINT + STRENGTH.len() as u32 - 1, first_day(STRENGTH.len() - 1));
    (format!("{}{number}", project.sprint_prefix), (first, first + SPRINT_DAYS - 1))
}

fn first_day(sprint: usize) -> i32 {
    FIRST_DAY + SPRINT_DAYS * sprint as i32
}

/// A team's project, as the tracker knows it.
pub(super) fn project(team: &Team, place: usize) -> Project {
    let person = |(number, name): (usize, &&str)| Person::new((*name).to_owned(), (place * 100 + number) as u64);
    Project {
        key: team.project_key.to_owned(),
        name: team.project_name.to_owned(),
        description: team.description.to_owned(),
        team: team.name.to_owned(),
        team_id: format!("b0a7{place:04}-51ee-4c0d-9e1f-2f6d8c3a7b90"),
        sprint_prefix: "Sprint ".to_owned(),
        people: team.people.iter().enumerate().map(person).collect(),
    }
}

/// Everything the team did until the day of the export, in the order of creation.
pub(super) fn play(team: &Team, project: &Project, first_id: u64, seed: u64) -> Vec<Item> {
    let mut play = Play::new(team, project, first_id, seed);
    play.fill_backlog();
    for sprint in 0..STRENGTH.len() {
        play.plan(sprint);
        for day in first_day(sprint)..(first_day(sprint) + SPRINT_DAYS).min(EXPORT_DAY) {
            if weekday(day) < 5 {
                play.work_a_day(day, sprint);
            }
        }
        if sprint + 1 < STRENGTH.len() {
            play.close_sprint(sprint);
        }
    }
    play.items
}

/// What the export does not say about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Effort {
    /// Tenths of a point still to do.
    left: i32,
    /// Goes before everything else.
    urgent: bool,
}

struct Play<'a> {
    team: &'a Team,
    project: &'a Project,
    first_id: u64,
    random: Random,
    titles: Titles,
    items: Vec<Item>,
    /// Same positions as `items`.
    efforts: Vec<Effort>,
    /// Items not in a sprint, the next one first.
    backlog: Vec<usize>,
    /// Items of the running sprint that nobody has begun, the next one first.
    waiting: Vec<usize>,
    /// What each person works on.
    desks: Vec<Option<usize>>,
}

impl<'a> Play<'a> {
    fn new(team: &'a Team, project: &'a Project, first_id: u64, seed: u64) -> Self {
        let mut random = Random::new(seed);
        let titles = Titles::new(team, &mut random);
        // The last person is the product owner, who writes items and works on none.
        let desks = vec![None; team.people.len() - 1];
        let (items, efforts, backlog, waiting) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        Self { team, project, first_id, random, titles, items, efforts, backlog, waiting, desks }
    }

    fn moment(&mut self, day: i32) -> WallMinute {
        WallMinute::of_day(day, self.random.between(DAY_BEGINS, DAY_ENDS))
    }

    fn fill_backlog(&mut self) {
        for (place, &title) in self.team.epics.iter().enumerate() {
            let created = WallMinute::of_day(FIRST_DAY - 60 + 5 * place as i32, 10 * 60 + 7 * place as i32);
            let item = self.push(Item::new(0, 0, "Epic", title.to_owned(), created), 0);
            self.items[item].reporter = self.team.people.len() - 1;
            self.items[item].priority = "High";
        }
        for place in 0..FIRST_BACKLOG {
            let age = 45 - 44 * place as i32 / FIRST_BACKLOG as i32;
            let item =
                self.invent(FIRST_DAY - age, &[(Kind::Story, 60), (Kind::Bug, 12), (Kind::Debt, 16), (Kind::Task, 12)]);
            self.backlog.extend(item);
        }
    }

    fn push(&mut self, mut item: Item, left: i32) -> usize {
        let place = self.items.len();
        item.number = place as u32 + 1;
        item.id = self.first_id + 3 * place as u64;
        self.items.push(item);
        self.efforts.push(Effort { left, urgent: false });
        place
    }

    /// A new item of a random kind, created on a day. `None` when the team has run out of titles of that kind.
    fn invent(&mut self, day: i32, kinds: &[(Kind, u32)]) -> Option<usize> {
        let kind = self.random.weighted(kinds);
        let subject = self.titles.next(kind)?;
        let created = self.moment(day);
        let points = match kind {
            Kind::Story => Some(self.random.weighted(&[(1, 8), (2, 24), (3, 34), (5, 24), (8, 10)])),
            Kind::Bug => self.random.weighted(&[(None, 25), (Some(1), 35), (Some(2), 25), (Some(3), 15)]),
            Kind::Debt => self.random.weighted(&[(None, 12), (Some(2), 30), (Some(3), 34), (Some(5), 24)]),
            Kind::Task => self.random.weighted(&[(None, 20), (Some(1), 50), (Some(2), 30)]),
        };
        let tenths = points.map_or_else(|| self.random.between(4, 22), |points| 10 * points as i32);
        let left = (tenths * self.random.between(65, 165) / 100).max(3);
        let place = self.push(Item::new(0, 0, kind.issue_type(), subject.title, created), left);
        let text = description(kind, subject.part, &mut self.random);
        self.describe(place, kind, text, points);
        Some(place)
    }

    fn describe(&mut self, place: usize, kind: Kind, text: String, points: Option<u32>) {
        let reporter = if kind == Kind::Bug || self.random.chance(40) {
            self.random.below(self.team.people.len())
        } else {
            self.team.people.len() - 1
        };
        let priority = match kind {
            Kind::Bug => self.random.weighted(&[("Highest", 8), ("High", 32), ("Medium", 45), ("Low", 15)]),
            _ => self.random.weighted(&[("High", 18), ("Medium", 62), ("Low", 20)]),
        };
        let component = *self.random.pick(self.team.components);
        let epic = (kind == Kind::Story && self.random.chance(80)).then(|| self.random.below(self.team.epics.len()));
        let parent = epic.map(|epic| self.parent(epic));
        let customer_asked = self.random.chance(12);
        let item = &mut self.items[place];
        item.description = text;
        item.points = points;
        item.reporter = reporter;
        item.priority = priority;
        item.parent = parent;
        item.components.push(component);
        if kind == Kind::Debt {
            item.labels.push("tech-debt");
        }
        if customer_asked {
            item.labels.push("customer-request");
        }
        if kind == Kind::Bug && place % 9 == 4 {
            item.labels.push("tech-debt");
        }
        if kind == Kind::Bug && matches!(priority, "Highest" | "High") && !place.is_multiple_of(3) {
            item.labels.push("found-in-production");
        }
        if kind == Kind::Story && priority == "High" {
            item.labels.push("roadmap");
        }
    }

    fn parent(&self, epic: usize) -> Parent {
        let item = &self.items[epic];
        Parent { key: item.key(self.project), id: item.id, title: item.title.clone() }
    }

    /// Fills the sprint from the backlog until the planned points are reached; work carried over counts.
    fn plan(&mut self, sprint: usize) {
        let number = FIRST_SPRINT + sprint as u32;
        let weight = |item: &Item| item.points.map_or(1, |points| points as i32);
        let carried = |item: &&Item| item.sprints.last() == Some(&number);
        let mut planned: i32 = self.items.iter().filter(carried).map(weight).sum();
        // Holidays are known in advance; an outage is not.
        let strength = if STRENGTH[sprint] < 60 { 100 } else { STRENGTH[sprint] };
        let target = (PLANNED_POINTS + self.random.between(-4, 6)) * strength / 100;
        while planned < target && !self.backlog.is_empty() {
            // Mostly the next one; sometimes somebody argues for another.
            let reach = if self.random.chance(70) { 1 } else { self.backlog.len().min(8) };
            let item = self.backlog.remove(self.random.below(reach));
            planned += weight(&self.items[item]);
            self.items[item].sprints.push(number);
            self.waiting.push(item);
        }
    }

    fn work_a_day(&mut self, day: i32, sprint: usize) {
        if self.random.chance(70) {
            let item = self.invent(day, &[(Kind::Story, 52), (Kind::Bug, 24), (Kind::Debt, 14), (Kind::Task, 10)]);
            self.backlog.extend(item);
        }
        let interrupted = if STRENGTH[sprint] < 60 { 30 } else { 18 };
        if self.random.chance(interrupted) {
            self.add_late(day, sprint);
        }
        if self.random.chance(7) {
            self.drop_from_backlog(day);
        }
        for desk in 0..self.desks.len() {
            if self.random.chance(13) {
                continue; // meetings, illness, support duty
            }
            self.work_at(desk, day, sprint);
        }
    }

    /// A bug that cannot wait.
    fn add_late(&mut self, day: i32, sprint: usize) {
        if let Some(item) = self.invent(day, &[(Kind::Bug, 1)]) {
            self.items[item].sprints.push(FIRST_SPRINT + sprint as u32);
            self.items[item].priority = "Highest";
            self.efforts[item].urgent = true;
            self.waiting.insert(0, item);
        }
    }

    fn drop_from_backlog(&mut self, day: i32) {
        if self.backlog.len() < 12 {
            return;
        }
        let item = self.backlog.remove(self.backlog.len() - 1 - self.random.below(8));
        let resolution = self.random.weighted(&[("Won't Do", 55), ("Duplicate", 30), ("Cannot Reproduce", 15)]);
        let at = self.moment(day.max(self.items[item].created.day() + 1));
        self.items[item].close(at, resolution);
    }

    fn work_at(&mut self, desk: usize, day: i32, sprint: usize) {
        let item = match self.desks[desk] {
            Some(item) => item,
            None if !self.waiting.is_empty() => self.begin(desk, day),
            // Done early: some take the next item from the backlog, others help their colleagues.
            None if self.random.chance(25) && !self.backlog.is_empty() => {
                let item = self.backlog.remove(0);
                self.items[item].sprints.push(FIRST_SPRINT + sprint as u32);
                self.waiting.push(item);
                self.begin(desk, day)
            }
            None => return,
        };
        self.efforts[item].left -= self.random.between(4, 15) * STRENGTH[sprint] / 100;
        let left = self.efforts[item].left;
        if left <= 0 && self.items[item].created.day() <= day {
            self.desks[desk] = None;
            self.finish(item, day);
        } else if left <= 5 {
            self.items[item].status = "In Review";
        }
    }

    fn begin(&mut self, desk: usize, day: i32) -> usize {
        let item = self.waiting.remove(0);
        let at = self.moment(day).max(self.items[item].created.plus(10));
        let forgotten = self.random.chance(3);
        self.desks[desk] = Some(item);
        let item_now = &mut self.items[item];
        item_now.assignee = Some(desk);
        item_now.started = (!forgotten).then_some(at);
        item_now.status = "In Progress";
        item_now.category = Category::InProgress;
        item_now.category_changed = Some(at);
        item_now.updated = at;
        item
    }

    fn finish(&mut self, item: usize, day: i32) {
        let begun = self.items[item].updated;
        let at = self.moment(day).max(begun.plus(25));
        self.items[item].close(at, "Done");
        if self.random.chance(35) {
            let text = (*self.random.pick(COMMENTS)).to_owned();
            let by = self.random.below(self.team.people.len());
            self.items[item].comments.push(Comment { at, by, text });
        }
        // One in fifty waits in a column that the tracker does not count as done, although it is resolved.
        if self.random.chance(2) {
            let item = &mut self.items[item];
            (item.status, item.category, item.category_changed) =
                ("Ready for Release", Category::InProgress, Some(begun));
        } else {
            let month = (at.day() - FIRST_DAY) / 30 + 5;
            self.items[item].fix_versions.push(format!("2026.{month}"));
        }
        if self.random.chance(6) && item > 20 {
            let other = item - 1 - self.random.below(15);
            self.items[item].links.blocked_by = Some(self.items[other].key(self.project));
            self.items[other].links.blocks = Some(self.items[item].key(self.project));
        }
    }

    /// Begun work goes on in the next sprint; of the rest some goes back to the backlog.
    fn close_sprint(&mut self, sprint: usize) {
        let next = FIRST_SPRINT + sprint as u32 + 1;
        let last_day = first_day(sprint) + SPRINT_DAYS - 1;
        let carried: Vec<usize> = self.desks.iter().flatten().copied().chain(self.waiting.iter().copied()).collect();
        for item in carried {
            let begun = self.items[item].category == Category::InProgress;
            let room = self.items[item].sprints.len() < SPRINT_COLUMNS;
            if room && (begun || self.efforts[item].urgent || self.random.chance(65)) {
                self.items[item].sprints.push(next);
            } else if !begun {
                self.waiting.retain(|&waiting| waiting != item);
                self.backlog.push(item);
            }
        }
        if sprint % 3 == 2 {
            self.close_epic(sprint / 3, last_day);
        }
    }

    /// Marks an epic as done; the last ones stay open.
    fn close_epic(&mut self, epic: usize, day: i32) {
        if epic + 2 < self.team.epics.len() {
            let at = WallMinute::of_day(day, 16 * 60 + 30);
            self.items[epic].close(at, "Done");
        } else {
            self.items[epic].status = "In Progress";
            self.items[epic].category = Category::InProgress;
        }
    }
}
