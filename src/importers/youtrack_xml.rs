//! `YouTrack`: issues as XML, as the older REST interface hands them out.
//!
//! `<issues><issue>` with one `<field name="…">` for each field and one `<value>` for each of its values; the interface also
//! writes `<issueCompacts>` around them. Moments are milliseconds since 1970. Fields are found by the names they have in a new
//! project; a site may have renamed them, and then they are not used. There is no history, and sprints have no dates.
//! Source: an export of 2,031 real issues.

use super::durations;
use super::gathering::Gathering;
use super::table::DurationUnit;
use super::xml::{NamedField, XmlElement, XmlFormat, XmlHead, XmlReading, XmlShape};
use super::{Confidence, FileHead, Importer, Problem};
use crate::model::{CategoryField, ListField, MomentField, NumberField, TextField};

/// The importer.
pub(super) static YOUTRACK_XML: Importer = Importer {
    id: "youtrack-xml",
    title: "YouTrack XML",
    detect,
    start: |_, settings| Ok(Box::new(XmlReading::new(&SHAPE, YouTrackXml, settings))),
};

static SHAPE: XmlShape =
    XmlShape { records: &["issues/issue", "issueCompacts/issue"], left_out: &["comment", "attachment"] };

fn detect(head: &FileHead<'_>) -> Confidence {
    let Some(shape) = XmlHead::of(head.text) else { return Confidence::NONE };
    let fields = ["issues", "issueCompacts"].iter().any(|root| shape.has(&format!("{root}/issue/field/value")));
    let named = ["\"numberInProject\"", "\"projectShortName\"", "'numberInProject'"];
    match (fields, named.iter().any(|name| head.text.contains(name))) {
        (true, true) => Confidence { score: 95, evidence: "<issues> with <field name=\"numberInProject\">".into() },
        (true, false) => Confidence { score: 70, evidence: "<issues> whose <issue> has <field> and <value>".into() },
        _ => Confidence::NONE,
    }
}

struct YouTrackXml;

impl XmlFormat for YouTrackXml {
    fn named_field(&self, element: &XmlElement) -> Option<NamedField> {
        let name = (element.name() == "field").then(|| element.attribute("name"))?;
        Some(NamedField { name: format!("field \"{name}\""), values: "value" })
    }

    fn record(&mut self, _: &'static str, line: u64, element: &XmlElement, to: &mut Gathering) {
        to.begin_row(line);
        let outcome = issue(element, to);
        to.end_row(outcome);
    }

    fn finish(&mut self, _: &mut Gathering) {}
}

fn issue(issue: &XmlElement, to: &mut Gathering) -> Result<(), String> {
    let (project, number) = (value(issue, "projectShortName"), value(issue, "numberInProject"));
    let key = match (issue.attribute("id"), project, number) {
        (id, ..) if id.contains('-') => id.to_owned(),
        (_, _, "") => String::new(),
        // The project is not named.
        (_, "", number) => format!("YT-{number}"),
        (_, project, number) => format!("{project}-{number}"),
    };
    to.item.text(TextField::Key, &key).text(TextField::Title, value(issue, "summary"));
    for field in issue.all("field") {
        take(field, to);
    }
    if !project.is_empty() {
        to.item.category(CategoryField::Project, project);
    }
    to.keep_item()
}

/// The first value of a field.
fn value<'a>(issue: &'a XmlElement, name: &str) -> &'a str {
    let field = issue.all("field").find(|field| field.attribute("name").eq_ignore_ascii_case(name));
    field.map_or("", |field| field.text_of("value"))
}

fn take(field: &XmlElement, to: &mut Gathering) {
    let header = field.attribute("name");
    let name = header.to_lowercase();
    // Asked for where it is used, so that the account of the fields is true.
    let text = || field.text_of("value");
    let category = match name.as_str() {
        "state" | "stage" => Some(CategoryField::Status),
        "type" => Some(CategoryField::Type),
        "priority" => Some(CategoryField::Priority),
        "resolution" => Some(CategoryField::Resolution),
        "assignee" => Some(CategoryField::Assignee),
        "reporterfullname" => Some(CategoryField::Reporter),
        // The login, only where there is no full name.
        "reportername" if to.item.category_of(CategoryField::Reporter).is_empty() => Some(CategoryField::Reporter),
        _ => None,
    };
    let moment = match name.as_str() {
        "created" => Some(MomentField::Created),
        "updated" => Some(MomentField::Updated),
        "resolved" => Some(MomentField::Resolved),
        "due date" => Some(MomentField::Due),
        _ => None,
    };
    let list = match name.as_str() {
        "fix versions" | "fix version" => Some(ListField::FixVersion),
        "subsystem" | "subsystems" => Some(ListField::Component),
        "sprint" | "sprints" => Some(ListField::Sprint),
        "tag" | "tags" => Some(ListField::Label),
        _ => None,
    };
    let duration = match name.as_str() {
        "estimation" => Some(NumberField::OriginalEstimateHours),
        "spent time" => Some(NumberField::LoggedHours),
        _ => None,
    };
    if let Some(field) = category {
        to.item.category(field, if text() == "Unassigned" { "" } else { text() });
    } else if let Some(moment_field) = moment {
        let moment = milliseconds(header, text(), to);
        to.item.moment(moment_field, moment);
    } else if let Some(list) = list {
        to.item.has_list(list);
        field.all("value").for_each(|value| {
            to.item.add(list, value.text());
        });
    } else if let Some(number) = duration {
        // The interface counts in minutes.
        let hours = durations::hours(text(), DurationUnit::Minutes);
        if hours.is_none() && !text().is_empty() {
            to.warn(header, text(), Problem::NotANumber);
        }
        to.item.number(number, hours);
    } else if name == "story points" {
        let points = text().parse::<f64>().ok();
        if points.is_none() && !text().is_empty() {
            to.warn(header, text(), Problem::NotANumber);
        }
        to.item.number(NumberField::Points, points);
    } else if name == "links" {
        links(field, to);
    }
}

/// Milliseconds since 1970, up to the year 2200; a date in words is read too.
fn milliseconds(header: &str, text: &str, to: &mut Gathering) -> Option<i64> {
    match text.parse::<i64>() {
        Ok(moment) if (0..=7_258_118_400_000).contains(&moment) => Some(moment),
        Ok(_) => {
            to.warn(header, text, Problem::NotADate);
            None
        }
        Err(_) => to.moment(header, text),
    }
}

/// `<value type="Subtask" role="subtask of">ABC-1</value>`: the role says which way the link goes.
fn links(field: &XmlElement, to: &mut Gathering) {
    to.item.has_list(ListField::BlockedBy).has_list(ListField::Blocks);
    for link in field.all("value") {
        match link.attribute("role").to_lowercase().as_str() {
            "depends on" => drop(to.item.add(ListField::BlockedBy, link.text())),
            "is required for" => drop(to.item.add(ListField::Blocks, link.text())),
            "subtask of" => drop(to.item.category(CategoryField::Parent, link.text())),
            _ => {}
        }
    }
}
