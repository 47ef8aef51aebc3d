//! Takes out of a workspace what must not be told. What is left is a workspace like any other, so whatever is computed from it
//! can tell nothing else.

mod content;
mod ids;
mod people;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::engine::MergedWorkspace;
use crate::metrics::Marks;
use crate::model::{ColumnPlace, Dataset, Decisions, ItemSet, MarkRule, RecordKind, Rewriting, TextField, Treatment};

use super::Redaction;
use content::{Content, content_of};
use ids::{Renamed, TitlesAsNames};
use people::People;

/// What is left of a workspace.
pub fn redact(merged: &MergedWorkspace, redaction: &Redaction) -> MergedWorkspace {
    let other_names = OtherNames::of(merged, redaction);
    let (rules, labels) = rules_without_titles(merged, redaction);
    let dataset = rewritten(&merged.dataset, redaction, &other_names, &labels);
    let identities = identities(&merged.dataset, &dataset);
    let name = |text: &String| other_names.name(text);
    let annotations = if redaction.hides_titles() { Vec::new() } else { merged.annotations.clone() };
    let annotations = annotations.into_iter().map(|mut note| {
        note.text = other_names.sentence(&note.text);
        note
    });
    let mut report = merged.report.clone();
    report.bytes = 0;
    MergedWorkspace {
        name: merged.name.clone(),
        zone: merged.zone.clone(),
        sample: merged.sample,
        report,
        windows: merged.windows.iter().map(|(sprint, &days)| (name(sprint), days)).collect(),
        statuses: merged.statuses.iter().map(|(status, &category)| (name(status), category)).collect(),
        status_order: merged.status_order.iter().map(name).collect(),
        out_of_scope: merged.out_of_scope.iter().map(|key| other_names.key(key)).collect(),
        annotations: annotations.collect(),
        decisions: without_columns(decisions(&merged.decisions, &other_names, &identities, &rules), redaction),
        rules: Vec::new(),
        dataset: Arc::new(dataset),
    }
}

/// What things are called instead, as far as they are.
struct OtherNames {
    people: Option<People>,
    /// With sums alone: items and records.
    items: Option<(Renamed, Renamed)>,
    /// With titles taken out, and keys told.
    titles: Option<TitlesAsNames>,
}

impl OtherNames {
    fn of(merged: &MergedWorkspace, redaction: &Redaction) -> Self {
        let keys_stay = redaction.hides_titles() && !redaction.aggregates;
        Self {
            people: redaction.hides_people().then(|| People::of(merged)),
            items: redaction.aggregates.then(|| (ids::items(merged), ids::records(merged))),
            titles: keys_stay.then(|| TitlesAsNames::of(merged)),
        }
    }

    fn name(&self, text: &str) -> String {
        self.people.as_ref().map_or_else(|| text.to_owned(), |people| people.out_of_name(text))
    }

    fn sentence(&self, text: &str) -> String {
        self.people.as_ref().map_or_else(|| text.to_owned(), |people| people.out_of_sentence(text))
    }

    fn person(&self, name: &str) -> String {
        match &self.people {
            // Decisions for everybody name nobody.
            Some(people) if !name.is_empty() => people.called(name),
            _ => name.to_owned(),
        }
    }

    fn key(&self, key: &str) -> String {
        match &self.items {
            Some((items, _)) if !key.is_empty() => items.of(key),
            _ => key.to_owned(),
        }
    }

    fn reference(&self, text: &str) -> String {
        match (&self.items, &self.titles) {
            (Some((items, _)), _) => items.of(text),
            (None, Some(titles)) => self.name(&titles.key(text)),
            (None, None) => self.name(text),
        }
    }

    fn id(&self, id: &str) -> String {
        self.items.as_ref().map_or_else(|| id.to_owned(), |(_, records)| records.of(id))
    }
}

fn rewritten(dataset: &Dataset, redaction: &Redaction, names: &OtherNames, labels: &[(String, ItemSet)]) -> Dataset {
    let reference = |text: &str| names.reference(text);
    let key = |text: &str| names.key(text);
    let sentence = |text: &str| names.sentence(text);
    let reason = |_: &str| "blocked".to_owned();
    let person = |text: &str| names.person(text);
    let id = |text: &str| names.id(text);
    let name = |text: &str| names.name(text);
    let column = |place: ColumnPlace| match content_of(place) {
        _ if is_taken_out(place, redaction) => Treatment::Empty,
        Content::Sentence if redaction.hides_titles() => Treatment::Empty,
        Content::Reason if redaction.hides_titles() => Treatment::Replace(&reason),
        Content::Sentence | Content::Reason => Treatment::Replace(&sentence),
        Content::Key => Treatment::Replace(&key),
        Content::Reference => Treatment::Replace(&reference),
        Content::Person => Treatment::Replace(&person),
        Content::Id => Treatment::Replace(&id),
        Content::Other => Treatment::Replace(&name),
    };
    let is_left_out = |kind: &RecordKind| redaction.hides_column(kind.id());
    let left_out: Vec<RecordKind> = RecordKind::ALL.iter().copied().filter(is_left_out).collect();
    dataset.rewritten(&Rewriting { column: &column, left_out: &left_out, labels })
}

fn is_taken_out(place: ColumnPlace, redaction: &Redaction) -> bool {
    match place {
        ColumnPlace::Item(id) => redaction.hides_column(id),
        ColumnPlace::History(field) => redaction.hides_column(field.id()),
        ColumnPlace::Record(kind, name) => redaction.hides_column(&format!("{}.{name}", kind.id())),
    }
}

/// What marks items, with a label in place of the words of titles that will not be there; the items that get the label.
fn rules_without_titles(merged: &MergedWorkspace, redaction: &Redaction) -> (Rules, Vec<(String, ItemSet)>) {
    let mut rules = Rules::new();
    let mut labels = Vec::new();
    if !redaction.hides_titles() && !redaction.hides_column(TextField::Title.id()) {
        return (rules, labels);
    }
    for (marks, rule) in merged.rules.iter().filter(|(_, rule)| !rule.title_words.is_empty()) {
        let by_title = MarkRule { title_words: rule.title_words.clone(), ..MarkRule::default() };
        let items = by_title.items(&merged.dataset);
        let mut other = MarkRule { title_words: Vec::new(), ..rule.clone() };
        if items.count() > 0 {
            let label = match marks {
                Marks::Bugs => "told by its title: bug",
                Marks::Escaped => "told by its title: escaped bug",
                Marks::Debt => "told by its title: debt",
            };
            other.labels.push(label.to_owned());
            labels.push((label.to_owned(), items));
        }
        rules.push((*marks, other));
    }
    (rules, labels)
}

type Rules = Vec<(Marks, MarkRule)>;

/// What the records that decisions name were called, and are called now.
fn identities(before: &Dataset, after: &Dataset) -> BTreeMap<String, String> {
    let mut identities = BTreeMap::new();
    for kind in [RecordKind::Incident, RecordKind::Deployment, RecordKind::Change] {
        if let (Some(before), Some(after)) = (before.records(kind), after.records(kind)) {
            identities.extend((0..before.len()).map(|row| (before.identity(row), after.identity(row))));
        }
    }
    identities
}

fn decisions(
    before: &Decisions,
    names: &OtherNames,
    identities: &BTreeMap<String, String>,
    rules: &[(Marks, MarkRule)],
) -> Decisions {
    let mut after = before.clone();
    let name = |text: &String| names.name(text);
    after.production = before.production.iter().map(name).collect();
    // A link of records that are not there any more decides nothing; its words are not published.
    let linked = |identity: &str| {
        if identity.is_empty() { Some(String::new()) } else { identities.get(identity).cloned() }
    };
    after.incident_links = before
        .incident_links
        .iter()
        .filter_map(|(incident, deployment)| Some((linked(incident)?, linked(deployment)?)))
        .collect();
    after.change_links =
        before.change_links.iter().filter_map(|(change, item)| Some((linked(change)?, names.key(item)))).collect();
    after.resolution_targets = renamed(&before.resolution_targets, |text| names.name(text));
    after.availability_targets = renamed(&before.availability_targets, |text| names.name(text));
    after.people = renamed(&before.people, |person| names.person(person));
    for plan in after.people.values_mut() {
        plan.team = names.name(&plan.team);
    }
    after.days_off = renamed(&before.days_off, |person| names.person(person));
    for (marks, rule) in rules {
        let place = match marks {
            Marks::Bugs => &mut after.bug_rule,
            Marks::Escaped => &mut after.escaped_rule,
            Marks::Debt => &mut after.debt_rule,
        };
        *place = Some(rule.clone());
    }
    for rule in [&mut after.bug_rule, &mut after.escaped_rule, &mut after.debt_rule].into_iter().flatten() {
        for list in [&mut rule.types, &mut rule.labels, &mut rule.components] {
            for text in list.iter_mut() {
                *text = names.name(text);
            }
        }
        rule.title_words.iter_mut().for_each(|text| *text = names.sentence(text));
    }
    after
}

/// What was decided about columns that are not there says what was in them.
fn without_columns(mut decisions: Decisions, redaction: &Redaction) -> Decisions {
    if redaction.hides_column("team") {
        decisions.people.values_mut().for_each(|plan| plan.team.clear());
    }
    if redaction.hides_column("priority") {
        decisions.resolution_targets.clear();
    }
    if redaction.hides_column(RecordKind::Capacity.id()) {
        decisions.people.clear();
    }
    if redaction.hides_column(RecordKind::TimeOff.id()) {
        decisions.days_off.clear();
    }
    decisions
}

fn renamed<T: Clone>(map: &BTreeMap<String, T>, rename: impl Fn(&str) -> String) -> BTreeMap<String, T> {
    map.iter().map(|(key, value)| (rename(key), value.clone())).collect()
}
