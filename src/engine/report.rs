//! The report JSON, schema 1: every metric of the open workspace, the same bytes from the command line and from the page.

use std::borrow::Cow;

use serde::Serialize;

use crate::engine::QualityReport;
use crate::engine::overview::verdict_lines;
use crate::engine::quality::quality;
use crate::engine::records::label;
use crate::engine::workspace::Workspace;
use crate::importers::ImportReport;
use crate::metrics::{
    Alternative, Counted, Finding, METRICS, Metric, MetricResult, Query, Status, Verdict, VerdictLine, X,
};
use crate::model::{CategoryField, ChangeField, ItemSet, RecordKind, Records, iso_from_day};

/// Version of the report's shape.
const SCHEMA: u32 = 1;
/// The value of `iteration` that asks per-iteration metrics for every iteration.
const ALL_ITERATIONS: &str = "all";
const GENERATOR: &str = concat!("throughline ", env!("CARGO_PKG_VERSION"));

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    generator: &'static str,
    as_of: String,
    time_zone: &'a str,
    settings: Settings<'a>,
    sources: Vec<Source<'a>>,
    dataset: Counts,
    quality_verdict: VerdictReport,
    quality: Vec<FindingReport<'a>>,
    verdicts: Vec<RuledReport>,
    metrics: Vec<MetricReport<'a>>,
}

#[derive(Serialize)]
struct Settings<'a> {
    g: &'static str,
    unit: &'static str,
    days: &'static str,
    start: &'static str,
    percentile: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    iteration: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<String>,
}

#[derive(Serialize)]
struct Source<'a> {
    file: &'a str,
    format: &'a str,
    evidence: &'a str,
    records: u64,
    warnings: u64,
    refused: usize,
}

#[derive(Serialize)]
struct Counts {
    work_items: usize,
    finished: usize,
    points: f64,
    iterations: usize,
    transitions: usize,
    changes: usize,
    runs: usize,
    deployments: usize,
    incidents: usize,
    people: usize,
}

#[derive(Serialize)]
struct FindingReport<'a> {
    id: String,
    level: &'static str,
    title: String,
    count: usize,
    counted: String,
    items: Vec<&'a str>,
    affects: Vec<String>,
    views: Vec<String>,
    message: String,
    fix: String,
}

#[derive(Serialize)]
struct VerdictReport {
    result: &'static str,
    words: String,
    not_usable: Vec<String>,
    because: Vec<String>,
}

/// A number judged by a rule.
#[derive(Serialize)]
struct RuledReport {
    id: String,
    title: String,
    metric: String,
    state: &'static str,
    value: Option<f64>,
    unit: String,
    rule: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inputs: Vec<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    reason: String,
}

/// What `check --json` writes: the import reports whole, and the findings.
#[derive(Serialize)]
struct Check<'a> {
    schema: u32,
    generator: &'static str,
    time_zone: &'a str,
    imports: Vec<&'a ImportReport>,
    dataset: Counts,
    quality_verdict: VerdictReport,
    quality: Vec<FindingReport<'a>>,
}

#[derive(Serialize)]
struct MetricReport<'a> {
    id: &'a str,
    title: &'a str,
    /// The iteration it answers for, where it answers for one.
    #[serde(skip_serializing_if = "String::is_empty")]
    iteration: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    needs: Option<String>,
    /// What the keys under `items` name, where they are no work items: "deployments".
    #[serde(skip_serializing_if = "Option::is_none")]
    counted: Option<&'static str>,
    definition: &'a str,
    summary: String,
    series: Vec<SeriesReport<'a>>,
    figures: Vec<FigureReport>,
    /// What the main figure would be under other definitions.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    alternatives: Vec<Alternative>,
    notes: Vec<NoteReport>,
    considered: u64,
    excluded: Vec<ExclusionReport<'a>>,
}

#[derive(Serialize)]
struct SeriesReport<'a> {
    id: String,
    name: String,
    unit: String,
    points: Vec<PointReport<'a>>,
}

#[derive(Serialize)]
struct PointReport<'a> {
    x: String,
    y: Option<f64>,
    items: Vec<Cow<'a, str>>,
}

#[derive(Serialize)]
struct FigureReport {
    id: String,
    name: String,
    value: Option<f64>,
    unit: String,
    how: String,
}

#[derive(Serialize)]
struct NoteReport {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct ExclusionReport<'a> {
    reason: String,
    count: usize,
    items: Vec<Cow<'a, str>>,
}

/// Writes the report of all metrics. `items_limit` cuts every list of keys; `key_rank` gives their order.
pub(super) fn report_json(
    workspace: &Workspace,
    query: &Query,
    key_rank: &[u32],
    items_limit: Option<usize>,
) -> String {
    let data = &workspace.data;
    let selected = query.select(data);
    let keys = Keys { workspace, key_rank, limit: items_limit.unwrap_or(usize::MAX) };
    let QualityReport { verdict, findings } = quality(workspace, query, None);
    let report = Report {
        schema: SCHEMA,
        generator: GENERATOR,
        as_of: iso_from_day(data.calendar.day_of(query.as_of(data))),
        time_zone: data.calendar.zone(),
        settings: Settings {
            g: query.granularity.id(),
            unit: query.unit.id(),
            days: query.days.id(),
            start: query.start.id(),
            percentile: query.percentile.id(),
            iteration: query.iteration.as_deref(),
            from: query.from.map(iso_from_day),
            to: query.to.map(iso_from_day),
        },
        sources: sources(workspace),
        dataset: counts(workspace, &selected),
        quality_verdict: verdict_report(verdict),
        quality: keys.findings(findings),
        verdicts: verdict_lines(workspace, query).into_iter().map(ruled_report).collect(),
        metrics: METRICS.iter().flat_map(|metric| keys.answers(metric, &selected, query)).collect(),
    };
    to_json(&report)
}

/// Writes the import reports and the data quality, without metrics.
pub(super) fn check_json(workspace: &Workspace, today: Option<i32>, key_rank: &[u32]) -> String {
    let query = Query::default();
    let selected = query.select(&workspace.data);
    let keys = Keys { workspace, key_rank, limit: usize::MAX };
    let QualityReport { verdict, findings } = quality(workspace, &query, today);
    to_json(&Check {
        schema: SCHEMA,
        generator: GENERATOR,
        time_zone: workspace.data.calendar.zone(),
        imports: workspace.layers.iter().map(|layer| &layer.report).collect(),
        dataset: counts(workspace, &selected),
        quality_verdict: verdict_report(verdict),
        quality: keys.findings(findings),
    })
}

/// Only texts, numbers and lists: writing cannot fail; an error would show in the text itself.
fn to_json(report: &impl Serialize) -> String {
    serde_json::to_string_pretty(report).unwrap_or_else(|error| format!("{{\"error\":\"{error}\"}}"))
}

fn sources(workspace: &Workspace) -> Vec<Source<'_>> {
    workspace
        .layers
        .iter()
        .map(|layer| Source {
            file: &layer.report.file,
            format: &layer.report.format,
            evidence: &layer.report.evidence,
            records: layer.report.rows_read,
            warnings: layer.report.warning_total(),
            refused: layer.report.refused.len(),
        })
        .collect()
}

fn counts(workspace: &Workspace, selected: &ItemSet) -> Counts {
    let data = &workspace.data;
    let points = data.dataset.number(crate::model::NumberField::Points);
    let records = |kind| data.dataset.records(kind).map_or(0, Records::len);
    Counts {
        work_items: selected.count(),
        finished: selected.iter().filter(|&item| data.life.is_finished(item)).count(),
        // An empty sum of floats is -0; a fold from 0 is not.
        points: selected.iter().map(|item| points[item]).filter(|points| !points.is_nan()).fold(0.0, |a, b| a + b),
        iterations: data.iterations.list().len(),
        transitions: selected
            .iter()
            .flat_map(|item| data.dataset.history.of_item(item))
            .filter(|change| change.field == ChangeField::Status)
            .count(),
        changes: records(RecordKind::Change),
        runs: records(RecordKind::Run),
        deployments: records(RecordKind::Deployment),
        incidents: records(RecordKind::Incident),
        // Code 0 is "not given".
        people: data.dataset.category(CategoryField::Assignee).values().len() - 1,
    }
}

fn verdict_report(verdict: Verdict) -> VerdictReport {
    let Verdict { usability, words, not_usable, because } = verdict;
    VerdictReport { result: usability.id(), words, not_usable, because }
}

fn ruled_report(line: VerdictLine) -> RuledReport {
    RuledReport {
        id: line.id,
        title: line.title,
        metric: line.metric,
        state: line.state.id(),
        value: line.value,
        unit: line.unit,
        rule: line.rule_words,
        inputs: line.inputs,
        reason: line.reason,
    }
}

struct Keys<'a> {
    workspace: &'a Workspace,
    key_rank: &'a [u32],
    limit: usize,
}

impl<'a> Keys<'a> {
    /// Keys of items in natural order, cut at the limit.
    fn of(&self, mut items: Vec<u32>) -> Vec<&'a str> {
        items.sort_unstable_by_key(|&item| self.key_rank.get(item as usize).copied().unwrap_or(u32::MAX));
        items.truncate(self.limit);
        items.into_iter().map(|item| self.workspace.data.dataset.key(item as usize)).collect()
    }

    /// Names of what a result counts: keys of items, or labels of records in their order.
    fn names(&self, counted: Counted, items: Vec<u32>) -> Vec<Cow<'a, str>> {
        let Counted::Records(kind) = counted else { return self.of(items).into_iter().map(Cow::Borrowed).collect() };
        let data = &self.workspace.data;
        let Some(records) = data.dataset.records(kind) else { return Vec::new() };
        let mut rows = items;
        rows.sort_unstable();
        rows.truncate(self.limit);
        rows.into_iter().map(|row| Cow::Owned(label(records, row as usize, &data.calendar))).collect()
    }

    fn findings(&self, findings: Vec<Finding>) -> Vec<FindingReport<'a>> {
        let report = |finding: Finding| FindingReport {
            id: finding.id,
            level: finding.level.id(),
            title: finding.title,
            count: finding.count,
            counted: finding.counted,
            items: self.of(finding.items),
            affects: finding.affects,
            views: finding.views,
            message: finding.message,
            fix: finding.fix,
        };
        findings.into_iter().map(report).collect()
    }

    /// The answers of one metric: one, or one per iteration when all are asked for.
    fn answers(&self, metric: &'static Metric, selected: &ItemSet, query: &Query) -> Vec<MetricReport<'a>> {
        let data = &self.workspace.data;
        let answer = |query: &Query| self.metric(metric, metric.answer(data, selected, query));
        if !metric.about.per_iteration || query.iteration.as_deref() != Some(ALL_ITERATIONS) {
            return vec![answer(query)];
        }
        let named = |name: &str| Query { iteration: Some(name.to_owned()), ..query.clone() };
        data.iterations.list().iter().map(|iteration| answer(&named(&iteration.name))).collect()
    }

    fn metric(&self, metric: &'static Metric, result: MetricResult) -> MetricReport<'a> {
        let (status, reason, needs) = match result.status {
            Status::Computed => ("ok", None, None),
            Status::NotComputable { reason, needs } => ("not-computable", Some(reason), Some(needs)),
        };
        MetricReport {
            id: metric.about.id,
            title: metric.about.title,
            iteration: result.subject,
            unit: result.series.first().map(|series| series.unit.clone()),
            status,
            reason,
            needs,
            counted: match result.counted {
                Counted::Items => None,
                Counted::Records(kind) => Some(kind.id()),
            },
            definition: metric.about.definition,
            summary: result.summary,
            series: result.series.into_iter().map(|series| self.series(result.counted, series)).collect(),
            figures: result
                .figures
                .into_iter()
                .map(|figure| FigureReport {
                    id: figure.id,
                    name: figure.name,
                    value: figure.value,
                    unit: figure.unit,
                    how: figure.how,
                })
                .collect(),
            alternatives: result.alternatives,
            notes: result.notes.into_iter().map(|note| NoteReport { id: note.id, text: note.text }).collect(),
            considered: result.considered,
            excluded: result
                .excluded
                .into_iter()
                .map(|exclusion| ExclusionReport {
                    reason: exclusion.reason,
                    count: exclusion.items.len(),
                    items: self.names(result.counted, exclusion.items),
                })
                .collect(),
        }
    }

    fn series(&self, counted: Counted, series: crate::metrics::Series) -> SeriesReport<'a> {
        let points = series
            .points
            .into_iter()
            .map(|point| PointReport {
                x: match point.x {
                    X::Day(day) => iso_from_day(day),
                    X::Name(name) => name,
                },
                y: point.y,
                items: self.names(counted, point.items),
            })
            .collect();
        SeriesReport { id: series.id, name: series.name, unit: series.unit, points }
    }
}
