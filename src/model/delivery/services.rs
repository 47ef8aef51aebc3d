//! Deployments by service and by id: what an incident or a change is looked up in.

use std::collections::{BTreeMap, HashMap};

use crate::model::{Dataset, Decisions, RecordKind, Records, TextColumn};

use super::{Deployed, DeploymentEnd};

/// The production deployments that are over, by service. Lists hold positions in the order of time.
pub(super) struct ServiceIndex {
    at: Vec<i64>,
    rows: Vec<u32>,
    /// By code of the service.
    finished: Vec<Vec<u32>>,
    successful: Vec<Vec<u32>>,
    all: Vec<u32>,
    all_successful: Vec<u32>,
    /// Codes of the services by their names in small letters.
    codes: BTreeMap<String, Vec<u32>>,
    /// True when all are of one service, or none names one.
    is_single: bool,
    is_unnamed: bool,
}

/// Why no deployment is found for a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotFound {
    /// There is none at the right time.
    NoneThen,
    /// The service is not known, and there are several.
    SeveralServices,
    /// No deployment is of such a service.
    OtherService,
}

impl ServiceIndex {
    pub(super) fn new(table: &Records, deployments: &[Deployed], in_order: &[u32]) -> Self {
        let services = table.category("service");
        let names = services.map_or(1, |column| column.values().len());
        let mut index = Self {
            at: in_order.iter().map(|&row| deployments[row as usize].at).collect(),
            rows: in_order.to_vec(),
            finished: vec![Vec::new(); names],
            successful: vec![Vec::new(); names],
            all: (0..in_order.len() as u32).collect(),
            all_successful: Vec::new(),
            codes: BTreeMap::new(),
            is_single: true,
            is_unnamed: true,
        };
        for (position, &row) in in_order.iter().enumerate() {
            let code = services.map_or(0, |column| column.code(row as usize)) as usize;
            index.finished[code].push(position as u32);
            if deployments[row as usize].end == DeploymentEnd::Success {
                index.successful[code].push(position as u32);
                index.all_successful.push(position as u32);
            }
        }
        let used = || (0..names).filter(|&code| !index.finished[code].is_empty());
        index.is_single = used().count() <= 1;
        index.is_unnamed = used().all(|code| code == 0);
        let mut codes: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for code in used().filter(|&code| code != 0) {
            let name = services.map_or("", |column| column.value(code as u32));
            codes.entry(name.trim().to_lowercase()).or_default().push(code as u32);
        }
        index.codes = codes;
        index
    }

    /// The codes of deployments' services for each text of another table's dictionary.
    pub(super) fn codes_for(&self, names: &TextColumn) -> Vec<Vec<u32>> {
        names.iter().map(|name| self.codes.get(&name.trim().to_lowercase()).cloned().unwrap_or_default()).collect()
    }

    /// The lists that hold the deployments of services: none named = all, where there is a single service.
    fn lists<'a>(
        &'a self,
        named: bool,
        codes: &[u32],
        of: &'a [Vec<u32>],
        all: &'a [u32],
    ) -> Result<Vec<&'a [u32]>, NotFound> {
        if self.is_unnamed || (!named && self.is_single) {
            return Ok(vec![all]);
        }
        if !named {
            return Err(NotFound::SeveralServices);
        }
        if codes.is_empty() {
            return Err(NotFound::OtherService);
        }
        Ok(codes.iter().filter_map(|&code| of.get(code as usize)).map(Vec::as_slice).collect())
    }

    /// The row of the latest deployment of these services that finished strictly before a moment.
    pub(super) fn latest_before(&self, named: bool, codes: &[u32], moment: i64) -> Result<u32, NotFound> {
        let latest = |list: &[u32]| {
            let end = list.partition_point(|&position| self.at[position as usize] < moment);
            end.checked_sub(1).map(|last| list[last])
        };
        let lists = self.lists(named, codes, &self.finished, &self.all)?;
        let position = lists.into_iter().filter_map(latest).max().ok_or(NotFound::NoneThen)?;
        Ok(self.rows[position as usize])
    }

    /// The row of the first successful deployment of these services that finished at a moment or after it.
    pub(super) fn first_since(&self, named: bool, codes: &[u32], moment: i64) -> Result<u32, NotFound> {
        let first = |list: &[u32]| {
            let start = list.partition_point(|&position| self.at[position as usize] < moment);
            list.get(start).copied()
        };
        let lists = self.lists(named, codes, &self.successful, &self.all_successful)?;
        let position = lists.into_iter().filter_map(first).min().ok_or(NotFound::NoneThen)?;
        Ok(self.rows[position as usize])
    }

    /// The row of the deployment of the same service that finished last strictly before the one at a position.
    pub(super) fn before_of(&self, table: &Records, position: usize) -> Option<u32> {
        let row = self.rows[position];
        let code = table.category("service").map_or(0, |column| column.code(row as usize));
        let list = self.finished.get(code as usize)?;
        let end = list.partition_point(|&other| self.at[other as usize] < self.at[position]);
        end.checked_sub(1).map(|last| self.rows[list[last] as usize])
    }
}

/// Deployments by the ids that other records name. Built only as far as anything names one.
pub(super) struct Ids<'a> {
    table: &'a Records,
    by_id: HashMap<&'a str, Vec<u32>>,
    by_identity: HashMap<String, u32>,
}

impl<'a> Ids<'a> {
    pub(super) fn new(table: &'a Records, dataset: &Dataset, decisions: &Decisions) -> Self {
        let names = |kind| dataset.records(kind).is_some_and(|records| records.tells("deployment-id"));
        let mut by_id: HashMap<&str, Vec<u32>> = HashMap::new();
        if names(RecordKind::Incident) || names(RecordKind::Change) {
            for row in 0..table.len() {
                by_id.entry(table.text("id", row)).or_default().push(row as u32);
            }
        }
        let mut by_identity = HashMap::new();
        if !decisions.incident_links.is_empty() {
            by_identity = (0..table.len()).map(|row| (table.identity(row), row as u32)).collect();
        }
        Self { table, by_id, by_identity }
    }

    /// The deployment of an id: one of the same source before others, and of several the one that finished last.
    pub(super) fn find(&self, id: &str, source: &str, deployments: &[Deployed]) -> Option<u32> {
        let is_of_source = |row: u32| self.table.text("source", row as usize) == source;
        let order = |&row: &u32| (is_of_source(row), deployments[row as usize].at, row);
        self.by_id.get(id)?.iter().copied().max_by_key(order)
    }

    /// The deployment of an identity, as decisions name it.
    pub(super) fn of_identity(&self, identity: &str) -> Option<u32> {
        self.by_identity.get(identity).copied()
    }
}
