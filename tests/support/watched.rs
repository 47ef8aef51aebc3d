//! Datasets of incidents and spans of uptime, one record a line.

use std::sync::Arc;

use throughline::metrics::{MetricResult, Query};
use throughline::model::{Calendar, Cell, Dataset, Edits, PreparedDataset, RecordKind};

use super::{day, moment};

/// Incidents and spans of uptime, and targets.
#[derive(Debug, Clone, Default)]
pub struct Watched {
    pub data: Dataset,
    pub edits: Edits,
}

impl Watched {
    /// An incident of services with `;` between them; an empty end = still open.
    pub fn incident(self, services: &str, from: &str, to: &str) -> Self {
        let status = if to.is_empty() { "open" } else { "resolved" };
        self.incident_as(services, from, to, status)
    }

    pub fn incident_as(mut self, services: &str, from: &str, to: &str, status: &str) -> Self {
        let services: Vec<&str> = services.split(';').filter(|name| !name.is_empty()).collect();
        let records = self.data.records_mut(RecordKind::Incident);
        let id = format!("I-{}", records.len());
        let mut cells = vec![
            ("id", Cell::Text(&id)),
            ("services", Cell::List(&services)),
            ("status", Cell::Text(status)),
            ("started-at", Cell::Moment(moment(from))),
        ];
        if !to.is_empty() {
            cells.push(("resolved-at", Cell::Moment(moment(to))));
        }
        records.push(0, &cells);
        self
    }

    /// A span; an empty end = it still holds.
    pub fn span(self, service: &str, from: &str, to: &str, state: &str) -> Self {
        self.sum(service, from, to, state, f64::NAN)
    }

    /// A span of which only the minutes are known.
    pub fn sum(mut self, service: &str, from: &str, to: &str, state: &str, minutes: f64) -> Self {
        let mut cells = vec![
            ("service", Cell::Text(service)),
            ("state", Cell::Text(state)),
            ("from", Cell::Moment(moment(from))),
            ("minutes", Cell::Number(minutes)),
        ];
        if !to.is_empty() {
            cells.push(("to", Cell::Moment(moment(to))));
        }
        self.data.records_mut(RecordKind::Uptime).push(0, &cells);
        self
    }

    /// The availability that a service shall have; an empty name = all others.
    pub fn target(mut self, service: &str, percent: f64) -> Self {
        let decisions = Arc::make_mut(&mut self.edits.decisions);
        decisions.availability_targets.insert(service.to_owned(), percent);
        self
    }

    pub fn prepare(&self) -> PreparedDataset {
        PreparedDataset::new(Arc::new(self.data.clone()), Calendar::default(), &self.edits)
    }

    pub fn ask(&self, id: &str, query: &Query) -> MetricResult {
        super::ask(&self.prepare(), id, query)
    }
}

/// The question about these days, both included.
pub fn between(from: &str, to: &str) -> Query {
    Query { from: Some(day(from)), to: Some(day(to)), as_of: Some(day(to)), ..Query::default() }
}

/// The rows left out for a reason; empty when none was.
pub fn left_out(result: &MetricResult, reason: &str) -> Vec<u32> {
    let exclusion = result.excluded.iter().find(|exclusion| exclusion.reason == reason);
    exclusion.map(|exclusion| exclusion.items.clone()).unwrap_or_default()
}

/// True when a note with this id is there.
pub fn notes(result: &MetricResult, id: &str) -> bool {
    result.notes.iter().any(|note| note.id == id)
}
