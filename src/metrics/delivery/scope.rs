//! The production deployments of a question, and what is left out of them with its reasons.

use crate::model::{
    Delivery, DeploymentEnd, ItemSet, NO_MOMENT, PreparedDataset, ProductionRule, RecordKind, Records, sort_by,
};

use super::super::{Counted, Exclusion, Filter, MetricResult, Point, Query, Role, Series, X, words};

/// What a deployment without a service is called.
const NO_SERVICE: &str = "(no service)";
/// Names that a sentence lists before it counts.
const NAMES_SHOWN: usize = 5;
const NEEDS_DEPLOYMENTS: &str = "Deployments with their results: GitHub or GitLab deployments JSON, Bitbucket deployments, or a \
                                 table with deployed_at, status, service and environment.";

/// Production deployments.
pub(super) struct Scope<'a> {
    pub(super) data: &'a PreparedDataset,
    pub(super) delivery: &'a Delivery,
    pub(super) table: &'a Records,
    pub(super) as_of: i64,
    /// Rows of those that are over, each pipeline run once, in order of time.
    pub(super) rows: Vec<u32>,
    pub(super) excluded: Vec<Exclusion>,
    /// Those that pass the filters that can be asked of deployments, whatever else they are.
    passing: ItemSet,
    /// Filters that cannot be asked of them.
    other_filters: Vec<Filter>,
    id: &'static str,
}

impl<'a> Scope<'a> {
    /// The deployments up to "now", which is the last moment of these kinds of records unless the question names a day. The
    /// answer instead, when there are none.
    pub(super) fn new(
        id: &'static str,
        data: &'a PreparedDataset,
        query: &Query,
        kinds: &[RecordKind],
    ) -> Result<Self, Box<MetricResult>> {
        let no = |reason: String, needs: &str| Err(Box::new(MetricResult::not_computable(id, reason, needs)));
        let delivery = &data.delivery;
        let Some(table) = data.dataset.records(RecordKind::Deployment).filter(|table| !table.is_empty()) else {
            return no(
                runs_alone(data).unwrap_or_else(|| "There are no deployments in these files.".to_owned()),
                NEEDS_DEPLOYMENTS,
            );
        };
        let selected = query.select_records(table);
        let mut scope = Self {
            data,
            delivery,
            table,
            as_of: query.as_of_records(data, kinds),
            rows: Vec::new(),
            excluded: Vec::new(),
            passing: selected.rows,
            other_filters: query
                .filters
                .iter()
                .filter(|filter| selected.not_asked.contains(&filter.field.id()))
                .cloned()
                .collect(),
            id,
        };
        if delivery.production.rule == ProductionRule::Undecided {
            let names = scope.environments(|_| true);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let none = if names.len() == 1 { "does not look" } else { "look" };
            let subject = if names.len() == 1 { "The environment" } else { "None of the environments" };
            let reason = format!("{subject} {} {none} like production.", words::list(&names, NAMES_SHOWN));
            return no(reason, "Choose the production environments in the Delivery view.");
        }
        scope.sort();
        if scope.rows.is_empty() {
            let mut result = scope.not_computable(
                "No production deployment of this selection is over with a result.",
                "Deployments to production that tell how they ended, or another filter or day.",
            );
            result.excluded = scope.excluded;
            return Err(Box::new(result));
        }
        Ok(scope)
    }

    fn sort(&mut self) {
        let delivery = self.delivery;
        let is_there =
            |&row: &u32| self.passing.contains(row as usize) && delivery.deployments[row as usize].at <= self.as_of;
        self.rows = delivery.in_order.iter().copied().filter(is_there).collect();
        let mut left: [(&str, Vec<u32>); 6] = [
            ("no date", Vec::new()),
            ("not a production environment", Vec::new()),
            ("in progress: not over yet", Vec::new()),
            ("cancelled before it was over", Vec::new()),
            ("no result told", Vec::new()),
            ("part of a pipeline run that is counted once", Vec::new()),
        ];
        for row in &self.passing {
            let one = &delivery.deployments[row];
            let reason = match one.end {
                _ if one.at == NO_MOMENT => 0,
                _ if one.at > self.as_of => continue,
                _ if !one.is_production => 1,
                DeploymentEnd::InProgress => 2,
                DeploymentEnd::Cancelled => 3,
                DeploymentEnd::Unknown => 4,
                _ if one.counted_as.is_some() => 5,
                _ => continue,
            };
            left[reason].1.push(row as u32);
        }
        self.excluded = Exclusion::list(left.map(|(reason, rows)| (reason.to_owned(), rows)));
    }

    /// Leaves those out that finished outside the days asked for.
    pub(super) fn within(&mut self, query: &Query) {
        let (data, delivery) = (self.data, self.delivery);
        let (inside, outside): (Vec<u32>, Vec<u32>) = self.rows.iter().partition(|&&row| {
            let day = data.calendar.day_of(delivery.deployments[row as usize].at);
            is_within(day, query)
        });
        self.rows = inside;
        Exclusion::add(&mut self.excluded, "finished outside the chosen period", outside);
    }

    pub(super) fn day(&self, row: u32) -> i32 {
        self.data.calendar.day_of(self.delivery.deployments[row as usize].at)
    }

    /// True when a deployment passes the filters that can be asked of deployments.
    pub(super) fn passes(&self, row: u32) -> bool {
        self.passing.contains(row as usize)
    }

    /// The records of another table that pass the filters which deployments do not know.
    pub(super) fn others(&self, table: &Records, query: &Query) -> ItemSet {
        let query = Query { filters: self.other_filters.clone(), ..query.clone() };
        query.select_records(table).rows
    }

    /// An answer that cannot be computed, with the counts that there are.
    pub(super) fn not_computable(&self, reason: &str, needs: &str) -> MetricResult {
        let mut result = MetricResult::not_computable(self.id, reason, needs);
        result.counted = Counted::Records(RecordKind::Deployment);
        result
    }

    /// The name of a deployment's service.
    pub(super) fn service(&self, row: u32) -> &'a str {
        match self.table.text("service", row as usize) {
            "" => NO_SERVICE,
            name => name,
        }
    }

    /// Rows by service, in the order of names.
    pub(super) fn by_service(&self, rows: &[u32]) -> Vec<(&'a str, Vec<u32>)> {
        let Some(column) = self.table.category("service") else { return vec![(NO_SERVICE, rows.to_vec())] };
        let mut groups: Vec<Vec<u32>> = vec![Vec::new(); column.values().len()];
        for &row in rows {
            groups[column.code(row as usize) as usize].push(row);
        }
        let named = groups.into_iter().enumerate().filter(|(_, rows)| !rows.is_empty());
        let mut list: Vec<(&str, Vec<u32>)> =
            named.map(|(code, rows)| (if code == 0 { NO_SERVICE } else { column.value(code as u32) }, rows)).collect();
        sort_by(&mut list, |a, b| a.0.cmp(b.0));
        list
    }

    fn environments(&self, is_in: impl Fn(u32) -> bool) -> Vec<String> {
        let Some(column) = self.table.category("environment") else { return Vec::new() };
        let mut is_used = vec![false; column.values().len()];
        self.passing.iter().for_each(|row| is_used[column.code(row) as usize] = true);
        let used = (1..is_used.len() as u32).filter(|&code| is_used[code as usize] && is_in(code));
        let mut names: Vec<String> = used.map(|code| column.value(code).to_owned()).collect();
        names.sort_unstable();
        names
    }

    /// Says which environments and services are in the numbers, and which filters narrow nothing.
    pub(super) fn notes(&self, result: &mut MetricResult, rows: &[u32], others: Option<&Records>) {
        let names = self.environments(|code| self.delivery.production.is_code(code));
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let list = words::list(&names, NAMES_SHOWN);
        let text = match self.delivery.production.rule {
            ProductionRule::NotNamed => {
                "No deployment names its environment: all of them count as production.".to_owned()
            }
            ProductionRule::Chosen => format!("Production is {list}, as you chose."),
            ProductionRule::Releases => {
                "No environment is called production: published releases count as deployments to it.".to_owned()
            }
            _ => format!("Production is {list}, by the name."),
        };
        result.note("production", text);
        let services = self.by_service(rows);
        if services.len() > 1 {
            let names: Vec<&str> = services.iter().map(|&(name, _)| name).collect();
            let text = format!(
                "{} services are counted together: {}. A filter on the service shows one alone.",
                names.len(),
                words::list(&names, NAMES_SHOWN)
            );
            result.note("several-services", text);
        }
        for filter in &self.other_filters {
            let one = Query { filters: vec![filter.clone()], ..Query::default() };
            if others.is_none_or(|table| !one.select_records(table).not_asked.is_empty()) {
                result.note("filter", format!("The filter on {} narrows nothing here.", filter.field.id()));
            }
        }
    }

    /// "in production, 3 services".
    pub(super) fn of_what(&self, rows: &[u32]) -> String {
        let services = self.by_service(rows);
        match services.as_slice() {
            [(name, _)] if *name == NO_SERVICE => "in production".to_owned(),
            [(name, _)] => format!("of {name} in production"),
            many => format!("in production, {} services together", many.len()),
        }
    }
}

/// True when a day lies in the days asked for.
pub(super) fn is_within(day: i32, query: &Query) -> bool {
    query.from.is_none_or(|from| day >= from) && query.to.is_none_or(|to| day <= to)
}

/// A bar for each service, in the order of names.
pub(super) fn beside(id: &str, name: &str, unit: &str, bars: Vec<(String, Option<f64>, Vec<u32>)>) -> Series {
    let points = bars.into_iter().map(|(name, y, items)| Point { x: X::Name(name), y, items }).collect();
    Series::new(id, name, Role::Beside, unit, points)
}

/// The first day of each period from that of the first day to that of the last.
pub(super) fn starts(first: i32, last: i32, query: &Query) -> Vec<i32> {
    let mut starts = Vec::new();
    let mut start = query.period_start(first);
    while start <= last {
        starts.push(start);
        start = query.next_period_start(start);
    }
    starts
}

/// What there is to say where only runs of pipelines are known.
fn runs_alone(data: &PreparedDataset) -> Option<String> {
    const WORDS: [&str; 6] = ["deploy", "release", "publish", "ausliefer", "déploi", "despliegue"];
    let runs = data.dataset.records(RecordKind::Run).filter(|runs| !runs.is_empty())?;
    let deploys = |row: &usize| {
        let workflow = runs.text("workflow", *row).to_lowercase();
        !runs.text("environment", *row).is_empty() || WORDS.iter().any(|word| workflow.contains(word))
    };
    let all = words::capitalised(&words::count(runs.len(), "run of a pipeline is", "runs of pipelines are"));
    let number = (0..runs.len()).filter(deploys).count();
    let some = if number == 0 {
        "none of them names an environment or a workflow that deploys".to_owned()
    } else {
        format!("{number} of them {} an environment or a workflow that deploys", words::verb(number, "names", "name"))
    };
    Some(format!(
        "{all} in these files, but no deployments; {some}. A run does not tell what reached production, so runs are not counted as deployments."
    ))
}
