//! Tasks: work items, milestones, links and costs.

use super::{Mspdi, hours, is_true, money};
use crate::importers::gathering::Gathering;
use crate::importers::xml::XmlElement;
use crate::model::{CategoryField, Cell, ListField, MomentField, NO_MOMENT, NumberField, RecordKind, TextField};

/// Where in the outline the next task stands.
#[derive(Default)]
pub(super) struct Outline {
    /// Level and key of the tasks above.
    above: Vec<(u32, String)>,
    pub(super) tasks: u64,
    pub(super) summaries: u64,
}

impl Outline {
    /// The key of the task above one of this level, which takes its own place.
    fn enter(&mut self, level: u32, key: &str) -> String {
        while self.above.last().is_some_and(|(other, _)| *other >= level) {
            self.above.pop();
        }
        let parent = self.above.last().map(|(_, key)| key.clone()).unwrap_or_default();
        self.above.push((level, key.to_owned()));
        parent
    }
}

/// The moments of a task.
struct Dates {
    created: Option<i64>,
    saved: Option<i64>,
    finish: Option<i64>,
    baseline: Option<i64>,
    deadline: Option<i64>,
    started: Option<i64>,
    finished: Option<i64>,
}

impl Mspdi {
    pub(super) fn task(&mut self, line: u64, task: &XmlElement, to: &mut Gathering) {
        if task.text_of("UID") == "0" || is_true(task, "IsNull") {
            return;
        }
        to.begin_row(line);
        let outcome = self.task_item(task, to);
        to.end_row(outcome);
    }

    fn task_item(&mut self, task: &XmlElement, to: &mut Gathering) -> Result<(), String> {
        let uid = task.text_of("UID");
        if uid.is_empty() || uid.len() > 20 {
            return Err("the task has no UID, so it cannot be told which task it is".into());
        }
        let key = self.project.key(uid);
        let dates = self.dates(task, to);
        let summary = is_true(task, "Summary");
        let milestone = is_true(task, "Milestone");
        let (status, category) = status(task, &dates);
        let parent = self.outline.enter(task.text_of("OutlineLevel").parse().unwrap_or(1), &key);
        self.outline.tasks += 1;
        self.outline.summaries += u64::from(summary);
        let kind = match (summary, milestone) {
            (true, _) => "Summary task",
            (_, true) => "Milestone",
            _ => "Task",
        };
        to.item.text(TextField::Key, &key).text(TextField::Title, task.text_of("Name"));
        to.item
            .category(CategoryField::Type, kind)
            .category(CategoryField::Status, status)
            .category(CategoryField::StatusCategory, category)
            .category(CategoryField::Project, self.project.words())
            .category(CategoryField::Parent, &parent);
        if task.child("Priority").is_some() {
            to.item.category(CategoryField::Priority, task.text_of("Priority"));
        }
        to.item
            .moment(MomentField::Created, dates.created)
            .moment(MomentField::Started, dates.started)
            .moment(MomentField::Resolved, dates.finished)
            .moment(MomentField::Due, dates.deadline.or(dates.baseline).or(dates.finish));
        if dates.saved.is_some() {
            to.item.moment(MomentField::Updated, dates.saved);
        }
        if !summary {
            work(task, to);
            self.costs(&key, task, &dates, to);
        }
        if milestone {
            self.milestone(&key, task, &dates, status, to);
        }
        self.links(&key, task, to);
        let row = to.dataset.len();
        to.keep_item()?;
        self.rows.insert(uid.to_owned(), row);
        Ok(())
    }

    fn dates(&self, task: &XmlElement, to: &mut Gathering) -> Dates {
        let mut moment = |name: &str| to.moment(name, task.text_of(name));
        let (created, finish, deadline) = (moment("CreateDate"), moment("Finish"), moment("Deadline"));
        let (started, finished) = (moment("ActualStart"), moment("ActualFinish"));
        let baseline = baseline(task).and_then(|baseline| to.moment("Baseline Finish", baseline.text_of("Finish")));
        Dates { created, saved: self.saved(to), finish, baseline, deadline, started, finished }
    }

    /// When the file was saved.
    pub(super) fn saved(&self, to: &mut Gathering) -> Option<i64> {
        to.moment("LastSaved", &self.project.saved)
    }

    fn milestone(&self, key: &str, task: &XmlElement, dates: &Dates, status: &str, to: &mut Gathering) {
        to.record(
            RecordKind::Milestone,
            &[
                ("source", Cell::Text(&self.project.source())),
                ("id", Cell::Text(key)),
                ("updated", cell(dates.saved)),
                ("name", Cell::Text(task.text_of("Name"))),
                ("due", cell(dates.finish)),
                ("baseline", cell(dates.baseline)),
                ("completed", cell(dates.finished)),
                ("status", Cell::Text(status)),
            ],
        );
    }

    fn costs(&self, key: &str, task: &XmlElement, dates: &Dates, to: &mut Gathering) {
        let planned = match baseline(task).and_then(|baseline| money(baseline, "Cost", to)) {
            Some(cost) if cost != 0.0 => Some(cost),
            _ => money(task, "Cost", to),
        };
        let actual = money(task, "ActualCost", to);
        if [planned, actual].into_iter().flatten().all(|cost| cost == 0.0) {
            return;
        }
        let worked = hours(task, "Work", to).is_some_and(|hours| hours > 0.0);
        to.record(
            RecordKind::Cost,
            &[
                ("source", Cell::Text(&self.project.source())),
                ("id", Cell::Text(key)),
                ("updated", cell(dates.saved)),
                ("date", cell(dates.finished.or(dates.finish))),
                ("category", Cell::Text(if worked { "people" } else { "other" })),
                ("amount", Cell::Number(actual.unwrap_or(f64::NAN))),
                ("planned", Cell::Number(planned.unwrap_or(f64::NAN))),
                ("currency", Cell::Text(self.project.currency())),
                ("note", Cell::Text(task.text_of("Name"))),
            ],
        );
    }

    fn links(&self, key: &str, task: &XmlElement, to: &mut Gathering) {
        to.item.has_list(ListField::BlockedBy);
        let saved = self.saved(to);
        for link in task.all("PredecessorLink") {
            let uid = link.text_of("PredecessorUID");
            if is_true(link, "CrossProject") || uid.is_empty() {
                to.note(
                    "Links to tasks of other projects are left out: the file does not name these tasks by a key."
                        .into(),
                );
                continue;
            }
            let from = self.project.key(uid);
            let kind = match link.text_of("Type") {
                "0" => "finish-finish",
                "2" => "start-finish",
                "3" => "start-start",
                _ => "finish-start",
            };
            // Only this kind of link keeps a task from being started until another one is done.
            if kind == "finish-start" {
                to.item.add(ListField::BlockedBy, &from);
            }
            let lag = self.lag_hours(link, to);
            to.record(
                RecordKind::Dependency,
                &[
                    ("source", Cell::Text(&self.project.source())),
                    ("id", Cell::Text(&format!("{from} > {key}"))),
                    ("updated", cell(saved)),
                    ("from", Cell::Text(&from)),
                    ("to", Cell::Text(key)),
                    ("kind", Cell::Text(kind)),
                    ("lag-hours", Cell::Number(lag)),
                ],
            );
        }
    }

    /// Lag in working hours. The file holds tenths of minutes, whatever unit is shown.
    fn lag_hours(&self, link: &XmlElement, to: &mut Gathering) -> f64 {
        let Some(tenths) = super::number(link, "LinkLag", to) else { return 0.0 };
        match link.text_of("LagFormat") {
            "19" | "20" | "51" | "52" if tenths != 0.0 => {
                to.note("A lag in percent of the task before is not read; the link is kept without it.".into());
                f64::NAN
            }
            // Elapsed time runs through nights and weekends.
            "4" | "6" | "8" | "10" | "12" | "36" | "38" | "40" | "42" | "44" => {
                tenths / 600.0 * self.project.hours_a_day() / 24.0
            }
            _ => tenths / 600.0,
        }
    }
}

/// The first baseline; a plan may hold ten more.
fn baseline(task: &XmlElement) -> Option<&XmlElement> {
    task.all("Baseline").find(|baseline| matches!(baseline.text_of("Number"), "" | "0"))
}

/// Hours of work. A task without anybody assigned has a work of 0, which says nothing about its size.
fn work(task: &XmlElement, to: &mut Gathering) {
    let total = hours(task, "Work", to);
    let planned = baseline(task).and_then(|baseline| hours(baseline, "Work", to)).filter(|hours| *hours > 0.0);
    let (remaining, actual) = (hours(task, "RemainingWork", to), hours(task, "ActualWork", to));
    let known = total.filter(|hours| *hours > 0.0);
    to.item
        .number(NumberField::OriginalEstimateHours, planned.or(known))
        .number(NumberField::RemainingHours, remaining.filter(|_| known.is_some()))
        .number(NumberField::LoggedHours, actual.filter(|_| known.is_some()));
}

/// The status in words and its category. The file has no status of its own.
fn status(task: &XmlElement, dates: &Dates) -> (&'static str, &'static str) {
    let percent: f64 = task.text_of("PercentComplete").parse().unwrap_or(0.0);
    if task.text_of("Active") == "0" {
        // Taken out of the schedule, and kept for the record.
        ("Inactive", "")
    } else if percent >= 100.0 || dates.finished.is_some() {
        ("Complete", "Done")
    } else if percent > 0.0 || dates.started.is_some() {
        ("In progress", "In progress")
    } else {
        ("Not started", "To do")
    }
}

pub(super) fn cell(moment: Option<i64>) -> Cell<'static> {
    Cell::Moment(moment.unwrap_or(NO_MOMENT))
}
