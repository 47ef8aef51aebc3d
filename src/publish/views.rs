//! The views that can be published, and what each asks of the engine when nobody has changed the question.

use crate::engine::{Request, WorkspaceSummary};
use crate::metrics::{Query, VIEWS};

/// The view of verdicts and headlines.
pub const OVERVIEW: &str = "overview";
/// What the overview draws.
const OVERVIEW_METRICS: &[&str] = &["burnup"];
/// The view of one sprint.
const SPRINT: &str = "sprint";
/// The list of items. It has no answers of its own: each page of it is asked of the engine.
pub const ITEMS: &str = "items";

/// The views in the order of the navigation.
const ORDER: &[(&str, &str)] = &[
    (OVERVIEW, "Overview"),
    (SPRINT, "Sprint"),
    ("velocity", "Velocity"),
    ("burnup", "Burnup"),
    ("throughput", "Throughput"),
    ("flow", "Flow"),
    ("wip", "Work in progress"),
    ("forecast", "Forecast"),
    ("dora", "Delivery"),
    ("quality", "Quality"),
    ("debt", "Technical debt"),
    ("capacity", "Capacity"),
    ("uptime", "Uptime"),
    (ITEMS, "Items"),
];

/// A view that can be published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PublishableView {
    /// Its id, as in the address.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
}

impl PublishableView {
    /// The metrics that it draws.
    pub fn metrics(self) -> Vec<String> {
        let shown = VIEWS.iter().find(|view| view.id == self.id).map_or(&[][..], |view| view.metrics);
        shown.iter().map(|metric| metric.about.id.to_owned()).collect()
    }

    /// What it asks when the question is this one.
    pub(super) fn requests(self, query: &Query, workspace: &WorkspaceSummary) -> Vec<Request> {
        let mut query = query.clone();
        if self.id == OVERVIEW {
            let ids = OVERVIEW_METRICS.iter().map(|&id| id.to_owned()).collect();
            return vec![Request::Overview { query: query.clone() }, Request::Metrics { ids, query }];
        }
        if self.id == SPRINT {
            let sprint = workspace.sprint_of(&query).and_then(|position| workspace.iterations.get(position));
            query.iteration = sprint.map(|sprint| sprint.name.clone());
        }
        let ids = self.metrics();
        if ids.is_empty() {
            return Vec::new();
        }
        let mut requests = vec![Request::Metrics { ids: ids.clone(), query: query.clone() }];
        if query.by.is_some() {
            requests.extend(ids.into_iter().map(|id| Request::Groups { ids: vec![id], query: query.clone() }));
        }
        requests
    }
}

/// The views that can be published, in the order of the navigation. With sums alone there is no list of items.
pub fn publishable_views(aggregates: bool) -> impl Iterator<Item = PublishableView> {
    let views = ORDER.iter().map(|&(id, title)| PublishableView { id, title });
    views.filter(move |view| !(aggregates && view.id == ITEMS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_view_with_metrics_can_be_published() {
        for view in VIEWS {
            assert!(ORDER.iter().any(|(id, title)| *id == view.id && *title == view.title), "{}", view.id);
        }
        assert!(publishable_views(true).all(|view| view.id != ITEMS));
    }
}
