//! How long the open ones among the marked items have been there, in bins.

use crate::metrics::Exclusion;
use crate::model::{ItemSet, NO_DAY, PreparedDataset};

use super::course::{Stand, stand};

/// Names of the bins, and the highest age in each, in days.
pub(in crate::metrics) const BINS: [(&str, i32); 4] =
    [("0-30 days", 30), ("31-60 days", 60), ("61-90 days", 90), ("over 90 days", i32::MAX)];

/// The open items with their ages.
#[derive(Debug, Default)]
pub(in crate::metrics) struct Ages {
    /// Item and its age in calendar days, the day of its creation and today both counted.
    pub(in crate::metrics) open: Vec<(u32, i32)>,
    /// What could not be told.
    pub(in crate::metrics) excluded: Vec<Exclusion>,
}

impl Ages {
    /// Ages at a moment.
    pub(in crate::metrics) fn new(data: &PreparedDataset, items: &ItemSet, as_of: i64) -> Self {
        let today = data.calendar.day_of(as_of);
        let mut ages = Self::default();
        for item in items {
            let number = item as u32;
            match stand(data, item, as_of) {
                Stand::Open if data.life.created_day[item] == NO_DAY => {
                    Exclusion::add(&mut ages.excluded, "open, but no creation date", [number]);
                }
                // Work that began before its creation says that the creation is wrong: it is not older than that.
                Stand::Open => ages.open.push((number, (today - data.life.created_day[item] + 1).max(1))),
                Stand::Unknown(reason) => Exclusion::add(&mut ages.excluded, reason, [number]),
                Stand::Done { .. } | Stand::Dropped | Stand::Absent => {}
            }
        }
        ages.excluded.sort_by(|a, b| a.reason.cmp(&b.reason));
        ages
    }

    /// The position of the bin of an age.
    pub(in crate::metrics) fn bin(age: i32) -> usize {
        BINS.iter().position(|&(_, highest)| age <= highest).unwrap_or(BINS.len() - 1)
    }

    /// The items of each bin.
    pub(in crate::metrics) fn bins(&self) -> [Vec<u32>; BINS.len()] {
        let mut bins: [Vec<u32>; BINS.len()] = Default::default();
        for &(item, age) in &self.open {
            bins[Self::bin(age)].push(item);
        }
        bins
    }
}
