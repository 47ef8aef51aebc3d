//! Resources and assignments: who has how many hours, and for what.

use std::collections::BTreeMap;

use super::tasks::cell;
use super::{Mspdi, hours, is_true, money, number};
use crate::importers::gathering::Gathering;
use crate::importers::xml::XmlElement;
use crate::model::{Categorical, CategoryField, Cell, RecordKind};

/// The resource of work that nobody is assigned to.
const NOBODY: &str = "-65535";
/// The first and last days that Project knows: an availability without end.
const ENDLESS: &[&str] = &["1984-01-01", "2049-12-31", "2149-12-31"];

/// Somebody or something that is assigned to tasks.
struct Resource {
    name: String,
    /// A person or machine, whose work is hours; not material, and not money.
    works: bool,
}

#[derive(Default)]
pub(super) struct Resources {
    by_uid: BTreeMap<String, Resource>,
    /// Names by the UID of their own calendar.
    pub(super) by_calendar: BTreeMap<String, String>,
    /// By row of the dataset: who has most work of the task, how much, and how many people there are.
    assignees: BTreeMap<usize, (String, f64, u32)>,
}

impl Mspdi {
    pub(super) fn resource(&mut self, line: u64, resource: &XmlElement, to: &mut Gathering) {
        let (uid, name) = (resource.text_of("UID"), resource.text_of("Name"));
        // UID 0 stands for what is not assigned.
        if uid == "0" || name.is_empty() || is_true(resource, "IsNull") {
            return;
        }
        let works = matches!(resource.text_of("Type"), "" | "1");
        self.resources.by_uid.insert(uid.to_owned(), Resource { name: name.to_owned(), works });
        if !works {
            return;
        }
        let calendar = resource.text_of("CalendarUID");
        if !calendar.is_empty() && calendar != "-1" {
            self.resources.by_calendar.insert(calendar.to_owned(), name.to_owned());
        }
        to.begin_row(line);
        let periods: Vec<&XmlElement> = resource.all_in("AvailabilityPeriods", "AvailabilityPeriod").collect();
        if periods.is_empty() {
            let units = number(resource, "MaxUnits", to).unwrap_or(1.0);
            self.capacity(uid, resource, units, (None, None), to);
        }
        for (position, period) in periods.into_iter().enumerate() {
            let mut limit = |name: &str| {
                let text = period.text_of(name);
                let endless = ENDLESS.iter().any(|day| text.starts_with(day));
                if endless { None } else { to.moment(name, text.get(..10).unwrap_or(text)) }
            };
            let span = (limit("AvailableFrom"), limit("AvailableTo"));
            let units = number(period, "AvailableUnits", to).unwrap_or(1.0);
            self.capacity(&format!("{uid}.{}", position + 1), resource, units, span, to);
        }
        to.end_row(Ok(()));
    }

    fn capacity(
        &self,
        id: &str,
        resource: &XmlElement,
        units: f64,
        (from, until): (Option<i64>, Option<i64>),
        to: &mut Gathering,
    ) {
        let saved = self.saved(to);
        to.record(
            RecordKind::Capacity,
            &[
                ("source", Cell::Text(&self.project.source())),
                ("id", Cell::Text(id)),
                ("updated", cell(saved)),
                ("person", Cell::Text(resource.text_of("Name"))),
                ("team", Cell::Text(resource.text_of("Group"))),
                ("from", cell(from)),
                ("to", cell(until)),
                ("hours-per-day", Cell::Number(units * self.project.hours_a_day())),
            ],
        );
    }

    pub(super) fn assignment(&mut self, line: u64, assignment: &XmlElement, to: &mut Gathering) {
        if matches!(assignment.text_of("ResourceUID"), NOBODY | "" | "0") {
            return;
        }
        to.begin_row(line);
        let outcome = self.assignment_record(assignment, to);
        to.end_row(outcome);
    }

    fn assignment_record(&mut self, assignment: &XmlElement, to: &mut Gathering) -> Result<(), String> {
        let (task, who) = (assignment.text_of("TaskUID"), assignment.text_of("ResourceUID"));
        let Some(&row) = self.rows.get(task) else {
            return Err(format!("the assignment is for task {task}, which is not in the file"));
        };
        let Some(resource) = self.resources.by_uid.get(who) else {
            return Err(format!("the assignment is of resource {who}, which is not in the file"));
        };
        let saved = self.saved(to);
        let (from, until) =
            (to.moment("Start", assignment.text_of("Start")), to.moment("Finish", assignment.text_of("Finish")));
        let (mut work, mut done) = (None, None);
        if resource.works {
            (work, done) = (hours(assignment, "Work", to), hours(assignment, "ActualWork", to));
        }
        let (units, cost) = (number(assignment, "Units", to), money(assignment, "Cost", to));
        let given = |number: Option<f64>| Cell::Number(number.unwrap_or(f64::NAN));
        to.record(
            RecordKind::Assignment,
            &[
                ("source", Cell::Text(&self.project.source())),
                ("id", Cell::Text(assignment.text_of("UID"))),
                ("updated", cell(saved)),
                ("key", Cell::Text(&self.project.key(task))),
                ("person", Cell::Text(&resource.name)),
                ("from", cell(from)),
                ("to", cell(until)),
                ("hours", given(work)),
                ("done-hours", given(done)),
                ("units", given(units)),
                ("cost", given(cost)),
            ],
        );
        if resource.works {
            let work = work.unwrap_or(0.0);
            let most = self.resources.assignees.entry(row).or_insert_with(|| (resource.name.clone(), work, 0));
            most.2 += 1;
            if work > most.1 {
                (most.0, most.1) = (resource.name.clone(), work);
            }
        }
        Ok(())
    }

    /// People are known after the tasks: the assignee of a task is who has most of its work.
    pub(super) fn finish_assignees(&mut self, to: &mut Gathering) {
        let assignees = std::mem::take(&mut self.resources.assignees);
        if assignees.is_empty() {
            return;
        }
        let mut column = Categorical::default();
        for row in 0..to.dataset.len() {
            column.push(assignees.get(&row).map_or("", |(name, ..)| name));
        }
        *to.dataset.category_mut(CategoryField::Assignee) = column;
        to.dataset.present.push(CategoryField::Assignee.id().to_owned());
        let shared = assignees.values().filter(|(.., people)| *people > 1).count();
        if shared > 0 {
            to.note(format!(
                "Tasks with more than one person: {shared}. The assignee is the one with most work; the assignments hold all."
            ));
        }
    }
}
