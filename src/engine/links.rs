//! The links that delivery metrics rest on, as the editor shows them: incidents with the deployment that caused them, changes of code
//! with their work items; and what a decision about them may name.

use crate::engine::records::{label, moment_text};
use crate::engine::workspace::Workspace;
use crate::engine::{EngineError, LinkRow, LinkTarget, LinksPage, LinksQuery};
use crate::model::{Decision, NO_MOMENT, PreparedDataset, RecordKind, Records, TextField, sort_by_key};

/// Rows one page may hold.
const LARGEST_PAGE: u32 = 200;
/// Deployments offered for an incident.
const CHOICES: usize = 12;
/// Deployments before an incident that are looked at for those of its services.
const LOOKED_AT: usize = 500;

pub(super) fn page(workspace: &Workspace, query: &LinksQuery) -> Result<LinksPage, EngineError> {
    let data = &workspace.data;
    let when = match query.kind {
        RecordKind::Incident => &["started-at"][..],
        RecordKind::Change => &["merged-at", "opened-at", "first-commit-at"],
        kind => return Err(EngineError::Invalid(format!("There are no links of {}.", kind.words().1))),
    };
    let Some(records) = data.dataset.records(query.kind) else {
        return Ok(LinksPage { kind: query.kind, total: 0, offset: 0, rows: Vec::new() });
    };
    let at = |row: usize| {
        let moments = when.iter().filter_map(|name| records.moments(name).get(row).copied());
        moments.into_iter().find(|&moment| moment != NO_MOMENT).unwrap_or(NO_MOMENT)
    };
    let is_open = |row: &usize| match query.kind {
        RecordKind::Incident => data.delivery.causes.get(*row).is_none_or(|cause| cause.deployment.is_none()),
        _ => items_of_change(data, records, *row).0.is_empty(),
    };
    let mut rows: Vec<usize> = (0..records.len()).filter(|row| !query.only_open || is_open(row)).collect();
    sort_by_key(&mut rows, |&row| (std::cmp::Reverse(at(row)), row));
    let offset = usize::try_from(query.offset).unwrap_or(usize::MAX).min(rows.len());
    let wanted = rows[offset..].iter().take(query.limit.min(LARGEST_PAGE) as usize);
    let row = |&row: &usize| {
        let moment = at(row);
        let mut one = LinkRow {
            identity: records.identity(row),
            name: label(records, row, &data.calendar),
            title: records.text("title", row).to_owned(),
            when: if moment == NO_MOMENT { String::new() } else { moment_text(moment, &data.calendar) },
            ..LinkRow::default()
        };
        match query.kind {
            RecordKind::Incident => of_incident(data, records, row, &mut one),
            _ => of_change(data, records, row, &mut one),
        }
        one
    };
    Ok(LinksPage { kind: query.kind, total: rows.len() as u64, offset: offset as u64, rows: wanted.map(row).collect() })
}

fn target(data: &PreparedDataset, table: &Records, row: u32) -> LinkTarget {
    let at = data.delivery.deployments.get(row as usize).map_or(NO_MOMENT, |one| one.at);
    let parts = [
        label(table, row as usize, &data.calendar),
        table.text("service", row as usize).to_owned(),
        table.text("version", row as usize).to_owned(),
        if at == NO_MOMENT { String::new() } else { moment_text(at, &data.calendar) },
    ];
    let mut told: Vec<String> = Vec::new();
    // A label may be made of the service and the moment already.
    for part in parts.into_iter().filter(|part| !part.is_empty()) {
        if !told.iter().any(|known| known.contains(&part)) {
            told.push(part);
        }
    }
    LinkTarget { identity: table.identity(row as usize), name: told.join(" · ") }
}

fn of_incident(data: &PreparedDataset, incidents: &Records, row: usize, one: &mut LinkRow) {
    one.what = incidents.words("services", row, |_| String::new());
    let Some(cause) = data.delivery.causes.get(row) else { return };
    cause.origin.words().clone_into(&mut one.how);
    one.is_decided = data.decisions.incident_links.contains_key(&one.identity);
    let Some(table) = data.dataset.records(RecordKind::Deployment) else { return };
    one.target = cause.deployment.map(|deployment| target(data, table, deployment));
    let at = incidents.moments("started-at").get(row).copied().unwrap_or(NO_MOMENT);
    let mut choices = before(data, table, incidents, row, at);
    if let Some(current) = cause.deployment
        && !choices.contains(&current)
    {
        choices.insert(0, current);
    }
    one.choices = choices.into_iter().map(|deployment| target(data, table, deployment)).collect();
}

/// The latest production deployments before an incident: those of its services first.
fn before(data: &PreparedDataset, table: &Records, incidents: &Records, row: usize, at: i64) -> Vec<u32> {
    let order = &data.delivery.in_order;
    let end = match at {
        NO_MOMENT => order.len(),
        at => order.partition_point(|&one| data.delivery.deployments[one as usize].at < at),
    };
    let near = || order[..end].iter().rev().take(LOOKED_AT).copied();
    let services: Vec<String> = incidents
        .list("services")
        .map_or_else(Vec::new, |list| list.texts_of(row).map(|name| name.trim().to_lowercase()).collect());
    let is_of = |deployment: u32| services.contains(&table.text("service", deployment as usize).trim().to_lowercase());
    let own: Vec<u32> = near().filter(|&deployment| is_of(deployment)).take(CHOICES).collect();
    let others = near().filter(|&deployment| !is_of(deployment)).take(CHOICES - own.len());
    own.iter().copied().chain(others).collect()
}

fn of_change(data: &PreparedDataset, changes: &Records, row: usize, one: &mut LinkRow) {
    changes.text("service", row).clone_into(&mut one.what);
    let (items, is_decided) = items_of_change(data, changes, row);
    one.is_decided = is_decided;
    one.how = match (is_decided, items.is_empty()) {
        (true, false) => "your decision".to_owned(),
        (true, true) => "your decision: it belongs to none".to_owned(),
        (false, false) => "named by the change".to_owned(),
        (false, true) => "it names no item".to_owned(),
    };
    let named = |name: &str| LinkTarget { identity: name.to_owned(), name: name.to_owned() };
    one.choices = changes.list("work-items").map_or_else(Vec::new, |list| list.texts_of(row).map(named).collect());
    let reach = data.delivery.reached.get(row).filter(|reach| reach.deployment.is_some());
    if let (Some(reach), Some(table)) = (reach, data.dataset.records(RecordKind::Deployment)) {
        let name = reach.deployment.map_or_else(String::new, |deployment| target(data, table, deployment).name);
        one.reached = format!("{name} ({})", reach.origin.words());
    }
    one.target = (!items.is_empty()).then(|| LinkTarget { identity: items.join(", "), name: items.join(", ") });
}

/// The key of the item that the user gave a change of code to, empty for none; `None` where that is left to the change.
pub(super) fn decided_item<'a>(data: &'a PreparedDataset, changes: &Records, row: usize) -> Option<&'a str> {
    let links = &data.decisions.change_links;
    if links.is_empty() { None } else { links.get(&changes.identity(row)).map(String::as_str) }
}

/// The keys of the items that a change of code belongs to, and whether the user said so.
fn items_of_change(data: &PreparedDataset, changes: &Records, row: usize) -> (Vec<String>, bool) {
    match decided_item(data, changes, row) {
        Some("") => (Vec::new(), true),
        Some(key) => (vec![key.to_owned()], true),
        None => {
            let named = changes.list("work-items").map(|list| list.texts_of(row).map(str::to_owned).collect());
            (named.unwrap_or_default(), false)
        }
    }
}

/// A decision must name what there is.
pub(super) fn check(decision: &Decision, data: &PreparedDataset) -> Result<(), EngineError> {
    let has = |kind: RecordKind, identity: &str| {
        data.dataset
            .records(kind)
            .is_some_and(|records| (0..records.len()).any(|row| records.identity(row) == identity))
    };
    match decision {
        Decision::IncidentLink { incident, .. } if !has(RecordKind::Incident, incident) => {
            Err(EngineError::Unknown("such incident".into()))
        }
        Decision::IncidentLink { deployment: Some(deployment), .. }
            if !deployment.is_empty() && !has(RecordKind::Deployment, deployment) =>
        {
            Err(EngineError::Unknown("such deployment".into()))
        }
        Decision::ChangeLink { change, .. } if !has(RecordKind::Change, change) => {
            Err(EngineError::Unknown("such change of code".into()))
        }
        Decision::ChangeLink { item: Some(key), .. }
            if !key.is_empty() && !data.dataset.text(TextField::Key).iter().any(|known| known == key) =>
        {
            Err(EngineError::Unknown(format!("work item {key}")))
        }
        _ => Ok(()),
    }
}
