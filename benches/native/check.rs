//! Compares the product's answers with what the generator knows. A run whose answers are wrong measures nothing.

use throughline::engine::WorkspaceSummary;
use throughline::importers::ImportReport;
use throughline::metrics::{MetricResult, Series, X};
use throughline::model::iso_from_day;
use throughline::sample::{RecordsTruth, Truth};

/// What was compared and agreed, or the first thing that did not.
#[derive(Default)]
pub(crate) struct Checked {
    pub(crate) numbers: usize,
}

impl Checked {
    fn equal(&mut self, what: &str, ours: f64, truth: f64) -> Result<(), String> {
        self.numbers += 1;
        if (ours - truth).abs() < 1e-9 { Ok(()) } else { Err(format!("{what}: we say {ours}, the file holds {truth}")) }
    }

    pub(crate) fn report(&mut self, report: &ImportReport, truth: &Truth) -> Result<(), String> {
        self.equal("rows read", report.rows_read as f64, truth.rows as f64)?;
        self.equal("items kept", report.kept as f64, truth.rows as f64)?;
        self.equal("rows refused", report.refused.len() as f64, 0.0)
    }

    pub(crate) fn summary(&mut self, summary: &WorkspaceSummary, truth: &Truth) -> Result<(), String> {
        self.equal("items", summary.items as f64, truth.rows as f64)?;
        self.equal("finished", summary.finished as f64, truth.finished as f64)?;
        self.equal("points", summary.points, truth.points as f64)?;
        self.equal("estimated", summary.estimated as f64, truth.estimated as f64)
    }

    /// The number of records of each kind.
    pub(crate) fn records(&mut self, summary: &WorkspaceSummary, truth: &RecordsTruth) -> Result<(), String> {
        for (kind, number) in &truth.counts {
            let found = summary.records.iter().find(|(known, _)| known == kind).map_or(0, |&(_, number)| number);
            self.equal(kind, found as f64, *number as f64)?;
        }
        Ok(())
    }

    /// Downtime of all services, and how often one was down.
    pub(crate) fn outages(&mut self, result: &MetricResult, truth: &RecordsTruth) -> Result<(), String> {
        for (id, known) in [("downtime", truth.downtime_minutes), ("outages", truth.outages)] {
            let figure = result.figure(id).and_then(|figure| figure.value).unwrap_or(f64::NAN);
            self.equal(&format!("{id} of the services"), figure, known as f64)?;
        }
        Ok(())
    }

    /// Every whole week, by its Monday.
    pub(crate) fn throughput(&mut self, result: &MetricResult, truth: &Truth) -> Result<(), String> {
        for (day, value) in days(main_series(result)?) {
            let known = truth.finished_by_week.get(&day).copied().unwrap_or(0);
            self.equal(&format!("throughput of {}", iso_from_day(day)), value, f64::from(known))?;
        }
        Ok(())
    }

    /// Every closed sprint, in points.
    pub(crate) fn velocity(&mut self, result: &MetricResult, truth: &Truth) -> Result<(), String> {
        let completed =
            result.series.iter().find(|series| series.id == "completed").ok_or("velocity lacks completed")?;
        if completed.points.is_empty() {
            return Err("velocity names no sprint".into());
        }
        for point in &completed.points {
            if let (X::Name(name), Some(value)) = (&point.x, point.y) {
                let known = truth.completed_by_sprint.get(name).map_or(0, |completed| completed.points);
                self.equal(&format!("velocity of {name}"), value, f64::from(known))?;
            }
        }
        Ok(())
    }

    /// The watched sprint, in points, at the end of each day.
    pub(crate) fn burndown(&mut self, result: &MetricResult, truth: &Truth) -> Result<(), String> {
        let remaining =
            result.series.iter().find(|series| series.id == "remaining").ok_or("burndown lacks remaining")?;
        for (day, value) in days(remaining) {
            let known = f64::from(truth.watched.remaining(day).points);
            self.equal(&format!("burndown of {} on {}", truth.watched.name, iso_from_day(day)), value, known)?;
        }
        Ok(())
    }

    pub(crate) fn cycle_time(&mut self, result: &MetricResult, truth: &Truth) -> Result<(), String> {
        for (id, percent) in [("p50", 50), ("p85", 85)] {
            let figure = result.figures.iter().find(|figure| figure.id == id).and_then(|figure| figure.value);
            let known = truth.cycle_time_percentile(percent).map(f64::from);
            self.equal(&format!("cycle time {id}"), figure.unwrap_or(f64::NAN), known.unwrap_or(f64::NAN))?;
        }
        Ok(())
    }
}

fn main_series(result: &MetricResult) -> Result<&Series, String> {
    result
        .series
        .first()
        .filter(|series| !series.points.is_empty())
        .ok_or_else(|| format!("{} has no points", result.id))
}

fn days(series: &Series) -> impl Iterator<Item = (i32, f64)> {
    series.points.iter().filter_map(|point| match point.x {
        X::Day(day) => Some((day, point.y?)),
        X::Name(_) => None,
    })
}
