//! The workspace without its files, and a workspace made of that.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Layer, Workspace, hash_of};
use crate::engine::changes::vanished_open;
use crate::engine::published::report_of_all;
use crate::engine::{EngineError, MergedWorkspace};
use crate::metrics::Marks;
use crate::model::{MergeCounts, encode_dataset};

impl Workspace {
    /// The workspace without its files.
    pub(in crate::engine) fn merged(&self) -> MergedWorkspace {
        let data = &self.data;
        let vanished = vanished_open(self, &self.removed);
        let keys = vanished.iter().map(|&item| data.dataset.key(item as usize).to_owned());
        let out_of_scope: BTreeSet<String> = keys.chain(self.out_of_scope.iter().cloned()).collect();
        MergedWorkspace {
            name: self.name.clone(),
            zone: data.calendar.zone().to_owned(),
            sample: self.sample,
            dataset: Arc::clone(&data.dataset),
            report: report_of_all(self.layers.iter().map(|layer| &layer.report)),
            windows: self.windows.clone(),
            statuses: self.statuses.clone(),
            status_order: self.status_order.clone(),
            out_of_scope: out_of_scope.into_iter().collect(),
            annotations: self.annotations(),
            decisions: (*self.decisions).clone(),
            rules: [Marks::Bugs, Marks::Escaped, Marks::Debt].map(|marks| (marks, marks.rule(data).rule)).to_vec(),
        }
    }

    /// A workspace of one file. It has no undo and remembers no table.
    pub(in crate::engine) fn of_merged(id: &str, merged: MergedWorkspace) -> Result<Self, EngineError> {
        let mut workspace = Self::new(id.to_owned(), merged.name, &merged.zone, merged.sample)?;
        let bytes = encode_dataset(&merged.dataset);
        let counts = MergeCounts { new: merged.report.kept, ..MergeCounts::default() };
        let layer = Layer { hash: hash_of(&bytes), dataset: merged.dataset, report: merged.report, counts };
        workspace.layers.push(layer);
        workspace.windows = merged.windows;
        workspace.statuses = merged.statuses;
        workspace.status_order = merged.status_order;
        workspace.out_of_scope = merged.out_of_scope.into_iter().collect();
        workspace.annotations = merged.annotations.into_iter().map(|note| (note.id, note)).collect();
        workspace.decisions = Arc::new(merged.decisions);
        workspace.rebuild();
        Ok(workspace)
    }

    /// The items whose keys are named as taken out of scope.
    pub(super) fn named_out_of_scope(&self) -> Vec<u32> {
        let dataset = &self.data.dataset;
        (0..dataset.len() as u32).filter(|&item| self.out_of_scope.contains(dataset.key(item as usize))).collect()
    }
}
