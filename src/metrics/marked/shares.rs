//! The share of the marked items in what was finished, per whole period.

use crate::metrics::outcome::{Outcome, Outcomes};
use crate::metrics::periods::{Elsewhere, Periods};
use crate::metrics::stats::{percent, tidy};
use crate::metrics::{Exclusion, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, PreparedDataset};

/// What was finished in each period, and the marked part of it.
pub(in crate::metrics) struct Shares {
    /// The periods.
    pub(in crate::metrics) periods: Periods,
    /// Size of all that was finished.
    pub(in crate::metrics) all: Vec<f64>,
    /// Size of the marked part.
    pub(in crate::metrics) marked: Vec<f64>,
    /// The marked items.
    pub(in crate::metrics) items: Vec<Vec<u32>>,
    /// Items finished in the periods.
    pub(in crate::metrics) considered: u64,
    /// The others that are finished.
    pub(in crate::metrics) excluded: Vec<Exclusion>,
    /// Items that count 0 because they have no estimate.
    pub(in crate::metrics) unestimated: usize,
}

impl Shares {
    /// Sorts the finished items of a selection; where it cannot, the answer says why.
    pub(in crate::metrics) fn new(
        id: &str,
        data: &PreparedDataset,
        items: &ItemSet,
        marked: &ItemSet,
        query: &Query,
    ) -> Result<Self, Box<MetricResult>> {
        let as_of = query.as_of(data);
        let Some(periods) = Periods::new(data, query, as_of) else {
            return Err(Box::new(MetricResult::not_computable(
                id,
                "No item in this data is finished and dated.",
                "Items with a done status and a Resolved, Closed or Completed date.",
            )));
        };
        let number = periods.starts.len();
        let mut shares = Self {
            periods,
            all: vec![0.0; number],
            marked: vec![0.0; number],
            items: vec![Vec::new(); number],
            considered: 0,
            excluded: Vec::new(),
            unestimated: 0,
        };
        let outcomes = Outcomes::new(data, as_of, query.unit);
        let mut undated = Vec::new();
        let mut elsewhere = Elsewhere::default();
        for item in items {
            match outcomes.of(item) {
                Outcome::Undated => undated.push(item as u32),
                Outcome::Finished { day, .. } => {
                    if let Some(position) = elsewhere.sort(shares.periods.place(day), item as u32) {
                        shares.add(item, position, outcomes.size(item), marked.contains(item));
                        shares.unestimated += usize::from(outcomes.is_unestimated(item));
                    }
                }
                Outcome::Open | Outcome::Dropped => {}
            }
        }
        Exclusion::add(&mut shares.excluded, "finished, but no finish date", undated);
        elsewhere.add_to(&mut shares.excluded, query);
        if number == 0 {
            let period = words::period(query.granularity, 1);
            let mut result = MetricResult::not_computable(
                id,
                format!("There is no whole {period} in the data or in the chosen period yet."),
                "A longer period, or a smaller step: days instead of weeks.",
            );
            result.excluded = shares.excluded;
            return Err(Box::new(result));
        }
        Ok(shares)
    }

    fn add(&mut self, item: usize, position: usize, size: f64, is_marked: bool) {
        self.considered += 1;
        self.all[position] += size;
        if is_marked {
            self.marked[position] += size;
            self.items[position].push(item as u32);
        }
    }

    /// Size of the marked part and of all, over all periods.
    pub(in crate::metrics) fn totals(&self) -> (f64, f64) {
        (tidy(self.marked.iter().sum()), tidy(self.all.iter().sum()))
    }

    /// The share of each period in percent; unknown where nothing was finished.
    pub(in crate::metrics) fn series(&self, name: &str) -> Series {
        let points = self.periods.starts.iter().enumerate().map(|(position, &start)| Point {
            x: X::Day(start),
            y: percent(self.marked[position], self.all[position]),
            items: self.items[position].clone(),
        });
        Series::new("share", name, Role::Main, "%", points.collect())
    }
}
