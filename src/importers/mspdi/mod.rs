//! Microsoft Project: *File → Save As → XML Format* (MSPDI), also written by other planning programs.
//!
//! - Tasks are work items, in their outline; the summary of the whole project (UID 0) and blank rows are none and are not
//!   counted. The key is `MSP-<project>-<UID>`: the UID stays when tasks move, their WBS number does not. The project is the
//!   file's title, else its name, else the name of the file.
//! - Milestones, links between tasks (also with the blocked task), capacity of people, assignments, days off and costs are
//!   records of their own. A summary task has neither hours nor costs here: it adds up those below it. The costs of a task
//!   with work count as those of people, though material may be among them.
//! - There are no iterations and no history, and dates have no zone. Every task counts as updated when the file was saved.
//!
//! Source: the element reference of Project's XML data interchange, and files of Project 2003 to 2019 and other writers.

mod calendars;
mod resources;
mod tasks;

use std::collections::BTreeMap;

use self::calendars::Calendars;
use self::resources::Resources;
use self::tasks::Outline;
use super::gathering::Gathering;
use super::table::DurationUnit;
use super::xml::{XmlElement, XmlFormat, XmlHead, XmlReading, XmlShape};
use super::{Confidence, FileHead, Importer, Problem};

/// The importer.
pub(super) static MSPDI: Importer = Importer {
    id: "mspdi",
    title: "Microsoft Project XML",
    detect,
    start: |head, settings| Ok(Box::new(XmlReading::new(&SHAPE, Mspdi::new(head.name), settings))),
};

const TASK: &str = "Project/Tasks/Task";
const RESOURCE: &str = "Project/Resources/Resource";
const ASSIGNMENT: &str = "Project/Assignments/Assignment";
const CALENDAR: &str = "Project/Calendars/Calendar";
/// Minutes of a working day where the file does not say.
const MINUTES_A_DAY: f64 = 480.0;

static SHAPE: XmlShape = XmlShape {
    records: &[
        "Project/Name",
        "Project/Title",
        "Project/LastSaved",
        "Project/CurrencyCode",
        "Project/CurrencySymbol",
        "Project/CalendarUID",
        "Project/MinutesPerDay",
        CALENDAR,
        TASK,
        RESOURCE,
        ASSIGNMENT,
    ],
    left_out: &["TimephasedData", "ExtendedAttribute", "Notes", "WorkingTimes"],
};

fn detect(head: &FileHead<'_>) -> Confidence {
    let Some(shape) = XmlHead::of(head.text).filter(|shape| shape.root() == "Project") else {
        return Confidence::NONE;
    };
    if shape.namespace().contains("schemas.microsoft.com/project") {
        let evidence = "<Project> in the namespace schemas.microsoft.com/project".to_owned();
        return Confidence { score: 97, evidence };
    }
    if shape.has("Project/Tasks/Task/UID") || shape.has("Project/MinutesPerDay") {
        return Confidence { score: 75, evidence: "<Project> with <Tasks> or <MinutesPerDay>".to_owned() };
    }
    Confidence::NONE
}

/// What stands before the tasks.
struct Project {
    file: String,
    title: String,
    name: String,
    saved: String,
    currency: String,
    symbol: String,
    calendar: String,
    minutes_a_day: f64,
}

impl Project {
    fn set(&mut self, path: &str, text: &str) {
        let place = match path {
            "Project/Title" => &mut self.title,
            "Project/Name" => &mut self.name,
            "Project/LastSaved" => &mut self.saved,
            "Project/CurrencyCode" => &mut self.currency,
            "Project/CurrencySymbol" => &mut self.symbol,
            "Project/CalendarUID" => &mut self.calendar,
            _ => {
                let minutes = text.parse().ok().filter(|minutes| (1.0..=1440.0).contains(minutes));
                self.minutes_a_day = minutes.unwrap_or(MINUTES_A_DAY);
                return;
            }
        };
        text.clone_into(place);
    }

    /// The project in words.
    fn words(&self) -> &str {
        [&self.title, &self.name, &self.file]
            .into_iter()
            .map(|name| without_extension(name))
            .find(|name| !name.is_empty())
            .unwrap_or("project")
    }

    /// The key of a task.
    fn key(&self, uid: &str) -> String {
        let mark = |mark: char| if mark.is_alphanumeric() { mark } else { '_' };
        let project: String = self.words().chars().take(60).map(mark).collect();
        format!("MSP-{project}-{uid}")
    }

    fn source(&self) -> String {
        format!("msp {}", self.words())
    }

    fn currency(&self) -> &str {
        if self.currency.is_empty() { &self.symbol } else { &self.currency }
    }

    fn hours_a_day(&self) -> f64 {
        self.minutes_a_day / 60.0
    }
}

fn without_extension(name: &str) -> &str {
    let name = name.trim();
    match name.rsplit_once('.') {
        Some((stem, "xml" | "mpp" | "mpt" | "XML" | "MPP")) => stem,
        _ => name,
    }
}

struct Mspdi {
    project: Project,
    calendars: Calendars,
    outline: Outline,
    resources: Resources,
    /// Rows of the dataset by the UID of their task.
    rows: BTreeMap<String, usize>,
}

impl Mspdi {
    fn new(file: &str) -> Self {
        let none = String::new;
        let project = Project {
            file: file.to_owned(),
            title: none(),
            name: none(),
            saved: none(),
            currency: none(),
            symbol: none(),
            calendar: none(),
            minutes_a_day: MINUTES_A_DAY,
        };
        Self {
            project,
            calendars: Calendars::default(),
            outline: Outline::default(),
            resources: Resources::default(),
            rows: BTreeMap::new(),
        }
    }
}

impl XmlFormat for Mspdi {
    fn record(&mut self, path: &'static str, line: u64, element: &XmlElement, to: &mut Gathering) {
        match path {
            TASK => self.task(line, element, to),
            RESOURCE => self.resource(line, element, to),
            ASSIGNMENT => self.assignment(line, element, to),
            CALENDAR => self.calendars.add(line, element),
            _ => self.project.set(path, element.text()),
        }
    }

    fn finish(&mut self, to: &mut Gathering) {
        self.finish_assignees(to);
        self.finish_days_off(to);
        if self.outline.tasks > 0 {
            to.note("A task is due at its deadline, else at the end of its baseline, else at its planned end.".into());
        }
        if self.outline.summaries > 0 {
            to.note(format!(
                "Summary tasks ({}) have no hours and no costs here, as they only add up the tasks below them.",
                self.outline.summaries
            ));
        }
    }
}

/// True for `1` and `true`.
fn is_true(element: &XmlElement, name: &str) -> bool {
    matches!(element.text_of(name), "1" | "true")
}

/// Working time in hours (`PT8H0M0S`); a warning when it is none.
fn hours(element: &XmlElement, name: &str, to: &mut Gathering) -> Option<f64> {
    let text = element.text_of(name);
    let hours = super::durations::hours(text, DurationUnit::Hours);
    if hours.is_none() && !text.is_empty() {
        to.warn(name, text, Problem::NotANumber);
    }
    hours
}

fn number(element: &XmlElement, name: &str, to: &mut Gathering) -> Option<f64> {
    let text = element.text_of(name);
    let number = text.parse().ok().filter(|number: &f64| number.is_finite());
    if number.is_none() && !text.is_empty() {
        to.warn(name, text, Problem::NotANumber);
    }
    number
}

/// An amount of money: the file holds hundredths of the currency.
fn money(element: &XmlElement, name: &str, to: &mut Gathering) -> Option<f64> {
    number(element, name, to).map(|hundredths| hundredths / 100.0)
}
