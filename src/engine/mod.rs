//! Owns the open workspace: imports come in, questions are answered. Plain Rust, natively tested; it does not know that it
//! runs in a worker.

mod calendar;
mod changes;
mod delivery;
mod describe;
mod document;
mod exports;
mod item;
mod items;
mod links;
mod marked;
mod overview;
mod protocol;
mod published;
mod quality;
mod records;
mod report;
mod visibility;
mod workspace;
mod workspace_file;

pub use document::{DocumentContents, SCHEMA, document_contents, rewrite_document};
pub use protocol::*;
pub use published::MergedWorkspace;
pub use visibility::{Need, Sight, SightReason, Visibility, sight_with};
pub use workspace_file::{WORKSPACE_MAGIC, WorkspaceParts, pack_workspace_file, unpack_workspace_file};

use crate::metrics::{Query, groups, metric};
use crate::model::Decisions;
use items::ItemOrders;
use workspace::Workspace;

/// The engine: at most one open workspace and what was worked out about it.
#[derive(Default)]
pub struct Engine {
    open: Option<Workspace>,
    orders: ItemOrders,
}

impl Engine {
    /// Answers a request. A request that fails leaves the workspace as it was.
    pub fn handle(&mut self, request: Request) -> Response {
        self.answer(request).unwrap_or_else(Response::Failed)
    }

    fn answer(&mut self, mut request: Request) -> Result<Response, EngineError> {
        if let (Some(query), Some(workspace)) = (request.query_mut(), &self.open) {
            *query = query.settled(&workspace.data).map_err(EngineError::Invalid)?;
        }
        // The sample's own files come as layers; everything else would make its numbers the user's.
        let is_change = request.is_edit() && !matches!(request, Request::AddLayer { .. });
        if is_change && self.open.as_ref().is_some_and(|open| open.sample) {
            return Err(EngineError::ReadOnlySample);
        }
        match request {
            Request::Hello { .. } => Ok(Response::Hello { protocol: PROTOCOL_VERSION }),
            Request::NewWorkspace { id, name, zone, sample } => {
                self.open_instead(Workspace::new(id, name, &zone, sample)?);
                self.describe()
            }
            Request::OpenWorkspace { document, layers } => {
                self.open_instead(Workspace::open(&document, &layers)?);
                self.describe()
            }
            Request::AddLayer { dataset, report, terms } => {
                let counts = self.workspace_mut()?.add(&dataset, *report, terms)?;
                let workspace = Box::new(describe::describe(self.workspace()?));
                Ok(Response::Added { counts, workspace })
            }
            Request::RemoveLayer { hash } => {
                self.workspace_mut()?.remove(&hash)?;
                self.describe()
            }
            Request::Describe => self.describe(),
            Request::Metrics { ids, query } => self.metrics(&ids, &query),
            Request::Items(query) => {
                let workspace = self.open.as_ref().ok_or(EngineError::NothingOpen)?;
                Ok(Response::Items(self.orders.page(workspace, &query)))
            }
            Request::SetWindow { iteration, days } => {
                self.workspace_mut()?.set_window(&iteration, days)?;
                self.describe()
            }
            Request::Decide(decision) => {
                self.workspace_mut()?.decide(decision)?;
                self.describe()
            }
            Request::Marked { marks, rule } => {
                Ok(Response::Marked(marked::marked(&self.workspace()?.data, marks, rule)))
            }
            Request::Links(query) => Ok(Response::Links(links::page(self.workspace()?, &query)?)),
            Request::Records(query) => Ok(Response::Records(records::page(self.workspace()?, &query)?)),
            Request::Calendar(query) => {
                Ok(Response::Calendar(Box::new(calendar::page(&self.workspace()?.data, &query))))
            }
            Request::Overview { query } => {
                Ok(Response::Overview(Box::new(overview::overview(self.workspace()?, &query))))
            }
            Request::SetStatus { status, category } => {
                self.workspace_mut()?.set_status(&status, category)?;
                self.describe()
            }
            Request::SetStatusOrder { order } => {
                self.workspace_mut()?.set_status_order(order)?;
                self.describe()
            }
            Request::Item { key } => Ok(Response::Item(Box::new(item::detail(self.workspace()?, &key)?))),
            Request::Changes => Ok(Response::Changes(changes::changes(self.workspace()?))),
            Request::SetRemoved { hash, removed } => {
                self.workspace_mut()?.set_removed(&hash, removed)?;
                self.describe()
            }
            Request::Undo => {
                self.workspace_mut()?.undo()?;
                self.describe()
            }
            Request::Redo => {
                self.workspace_mut()?.redo()?;
                self.describe()
            }
            Request::Visibility { query } => {
                let workspace = self.workspace()?;
                Ok(Response::Visibility(visibility::visibility(&workspace.data, &query)))
            }
            Request::Groups { ids, query } => self.groups(&ids, &query),
            Request::SetAnnotation { id, day, text } => {
                self.workspace_mut()?.set_annotation(id, day, &text)?;
                self.describe()
            }
            Request::RemoveAnnotation { id } => {
                self.workspace_mut()?.remove_annotation(id)?;
                self.describe()
            }
            Request::Rename { name } => {
                self.workspace_mut()?.rename(&name)?;
                self.describe()
            }
            Request::MakeOwn { id, name } => {
                self.workspace_mut()?.make_own(id, &name)?;
                self.describe()
            }
            Request::Adopt { document } => {
                self.workspace_mut()?.adopt(&document)?;
                self.describe()
            }
            Request::Quality { query, today } => Ok(Response::Quality(Box::new(self.quality(&query, today)?))),
        }
    }

    /// Decides everything that these say, as if the user had; nothing when one of them cannot be.
    pub fn decide_all(&mut self, decisions: Decisions) -> Result<(), EngineError> {
        let each = decisions.into_each();
        if let Some(problem) = each
            .iter()
            .find_map(|decision| decision.problem().map(|problem| format!("{}: {problem}", decision.title())))
        {
            return Err(EngineError::Invalid(problem));
        }
        let workspace = self.workspace_mut()?;
        each.into_iter().try_for_each(|decision| workspace.decide(decision))
    }

    /// The number of changes to the open workspace; 0 when nothing is open.
    pub fn generation(&self) -> u64 {
        self.open.as_ref().map_or(0, |workspace| workspace.generation)
    }

    /// Id of the open workspace.
    pub fn workspace_id(&self) -> Option<&str> {
        self.open.as_ref().map(|workspace| workspace.id.as_str())
    }

    /// Id, name and "made-up data" of the open workspace.
    pub fn identity(&self) -> Option<(&str, &str, bool)> {
        self.open.as_ref().map(|open| (open.id.as_str(), open.name.as_str(), open.sample))
    }

    /// The latest moment at which anything happened, to items or in records; UTC milliseconds.
    pub fn last_moment(&self) -> Option<i64> {
        self.open.as_ref()?.data.latest_moment()
    }

    /// The open workspace in short.
    pub fn summary(&self) -> Option<WorkspaceSummary> {
        self.open.as_ref().map(describe::describe)
    }

    /// The document to store; small, it names the layers.
    pub fn document(&self) -> Option<Vec<u8>> {
        self.open.as_ref().and_then(|workspace| workspace.document().encode().ok())
    }

    /// Hashes of the layers, in the document's order.
    pub fn layer_hashes(&self) -> Vec<String> {
        self.open.iter().flat_map(|workspace| workspace.layers.iter().map(|layer| layer.hash.clone())).collect()
    }

    /// The bytes of one layer, for storing it under its hash.
    pub fn layer(&self, hash: &str) -> Option<Vec<u8>> {
        let layer = self.open.as_ref()?.layers.iter().find(|layer| layer.hash == hash)?;
        Some(crate::model::encode_dataset(&layer.dataset))
    }

    /// Hash and bytes of each layer, in the document's order.
    pub fn layers(&self) -> Vec<(String, Vec<u8>)> {
        self.open.as_ref().and_then(|workspace| workspace.parts().ok()).map(|parts| parts.layers).unwrap_or_default()
    }

    /// The open workspace as one `.throughline` file.
    pub fn workspace_file(&self) -> Option<Vec<u8>> {
        self.open.as_ref().and_then(|workspace| pack_workspace_file(&workspace.parts().ok()?).ok())
    }

    /// The report JSON; `items_limit` cuts every list of keys.
    pub fn report_json(&mut self, query: &Query, items_limit: Option<usize>) -> Result<String, EngineError> {
        let workspace = self.open.as_ref().ok_or(EngineError::NothingOpen)?;
        let query = query.settled(&workspace.data).map_err(EngineError::Invalid)?;
        let key_rank = self.orders.key_rank(workspace);
        Ok(report::report_json(workspace, &query, key_rank, items_limit))
    }

    /// The import reports and the data quality as JSON. `today` is the day whose end counts as "now".
    pub fn check_json(&mut self, today: Option<i32>) -> Result<String, EngineError> {
        let workspace = self.open.as_ref().ok_or(EngineError::NothingOpen)?;
        Ok(report::check_json(workspace, today, self.orders.key_rank(workspace)))
    }

    /// What in the data would mislead, and how far it can be used. `today` is the day whose end counts as "now" when the
    /// query names none.
    pub fn quality(&self, query: &Query, today: Option<i32>) -> Result<QualityReport, EngineError> {
        let workspace = self.workspace()?;
        let query = query.settled(&workspace.data).map_err(EngineError::Invalid)?;
        Ok(quality::quality(workspace, &query, today))
    }

    /// What was worked out about the workspace before is let go: another state of it may have the same id and generation.
    fn open_instead(&mut self, workspace: Workspace) {
        self.open = Some(workspace);
        self.orders = ItemOrders::default();
    }

    fn metrics(&self, ids: &[String], query: &Query) -> Result<Response, EngineError> {
        let data = &self.workspace()?.data;
        let selected = query.select(data);
        let results = ids.iter().map(|id| {
            let metric = metric(id).ok_or_else(|| EngineError::Unknown(format!("metric \"{id}\"")))?;
            Ok(metric.answer(data, &selected, query))
        });
        Ok(Response::Metrics(results.collect::<Result<_, EngineError>>()?))
    }

    fn groups(&self, ids: &[String], query: &Query) -> Result<Response, EngineError> {
        let data = &self.workspace()?.data;
        let field = query.by.ok_or_else(|| EngineError::Invalid("No field is named to group by.".into()))?;
        let known = |id: &String| metric(id).ok_or_else(|| EngineError::Unknown(format!("metric \"{id}\"")));
        let metrics = ids.iter().map(known).collect::<Result<Vec<_>, _>>()?;
        Ok(Response::Groups(groups(data, &query.select(data), query, field, &metrics)))
    }

    fn describe(&self) -> Result<Response, EngineError> {
        Ok(Response::Workspace(Box::new(describe::describe(self.workspace()?))))
    }

    fn workspace(&self) -> Result<&Workspace, EngineError> {
        self.open.as_ref().ok_or(EngineError::NothingOpen)
    }

    fn workspace_mut(&mut self) -> Result<&mut Workspace, EngineError> {
        self.open.as_mut().ok_or(EngineError::NothingOpen)
    }
}
