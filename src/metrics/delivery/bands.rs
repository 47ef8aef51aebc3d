//! The bands that the DORA reports sort teams into, by the year of the report.
//!
//! 2023: Accelerate State of DevOps 2023, <https://dora.dev/research/2023/dora-report/>. 2021: Accelerate State of DevOps 2021,
//! <https://dora.dev/research/2021/dora-report/>; its failure rates of 16 to 30 % for all but elite are divided at 20 %, as Apache
//! `DevLake` does. The reports name frequencies in words; "on demand" is read as five days a week, every working day.

use super::super::{MetricResult, words};
use crate::model::{Decisions, iso_from_day};

/// The years whose bands are known, newest first.
pub const BAND_YEARS: [u16; 2] = [2023, 2021];

/// Where a number stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Band {
    Elite,
    High,
    Medium,
    Low,
}

impl Band {
    const fn name(self) -> &'static str {
        match self {
            Self::Elite => "elite",
            Self::High => "high",
            Self::Medium => "medium",
            Self::Low => "low",
        }
    }
}

/// The mean length of a month in weeks, 365.25 / 12 / 7.
const WEEKS_A_MONTH: f64 = 4.348_125;

/// The bands of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Bands {
    year: u16,
}

impl Bands {
    pub(super) fn of(decisions: &Decisions) -> Self {
        let year = decisions.bands_year.filter(|year| BAND_YEARS.contains(year)).unwrap_or(BAND_YEARS[0]);
        Self { year }
    }

    const fn is_2021(self) -> bool {
        self.year == 2021
    }

    /// By the median and the mean deployment days of a week; the mean tells what happens less than once a week.
    pub(super) fn of_frequency(self, median: f64, mean: f64) -> Band {
        let months = if self.is_2021() { [1.0, 1.0 / 6.0] } else { [f64::INFINITY, 1.0] };
        let a_month = mean * WEEKS_A_MONTH;
        match () {
            () if median >= 5.0 => Band::Elite,
            () if median >= 1.0 || a_month >= months[0] => Band::High,
            () if a_month >= months[1] => Band::Medium,
            () => Band::Low,
        }
    }

    /// By the median lead time in days.
    pub(super) fn of_lead_time(self, days: f64) -> Band {
        let below = if self.is_2021() { [1.0 / 24.0, 7.0, 180.0] } else { [1.0, 7.0, 30.0] };
        first(&below, |limit| days < limit)
    }

    /// By the failure rate in percent.
    pub(super) fn of_failure_rate(self, percent: f64) -> Band {
        let at_most = if self.is_2021() { [15.0, 20.0, 30.0] } else { [5.0, 10.0, 15.0] };
        first(&at_most, |limit| percent <= limit)
    }

    /// By the median recovery time in hours: the same in both years.
    pub(super) fn of_recovery(hours: f64) -> Band {
        first(&[1.0, 24.0, 168.0], |limit| hours < limit)
    }

    /// Says where a number stands, and what the bands are.
    pub(super) fn note(self, result: &mut MetricResult, band: Band, limits: BandLimits) {
        let limits = match (limits, self.is_2021()) {
            (BandLimits::Frequency, false) => {
                "elite from 5 deployment days in the median week, high from 1, medium from one a month"
            }
            (BandLimits::Frequency, true) => {
                "elite from 5 deployment days in the median week, high from one a month, medium from one in six months"
            }
            (BandLimits::LeadTime, false) => "elite below 1 day, high below 7, medium below 30",
            (BandLimits::LeadTime, true) => "elite below 1 hour, high below 7 days, medium below 180 days",
            (BandLimits::FailureRate, false) => "elite up to 5 %, high up to 10 %, medium up to 15 %",
            (BandLimits::FailureRate, true) => "elite up to 15 %, high up to 20 %, medium up to 30 %",
            (BandLimits::Recovery, _) => "elite below 1 hour, high below 24 hours, medium below 7 days",
        };
        let text = format!("Band: {} in the DORA report of {} ({limits}).", band.name(), self.year);
        result.working.push(text.clone());
        result.note("band", text);
    }
}

/// What a band is about.
#[derive(Debug, Clone, Copy)]
pub(super) enum BandLimits {
    Frequency,
    LeadTime,
    FailureRate,
    Recovery,
}

fn first(limits: &[f64; 3], holds: impl Fn(f64) -> bool) -> Band {
    [Band::Elite, Band::High, Band::Medium]
        .into_iter()
        .zip(limits)
        .find(|&(_, &limit)| holds(limit))
        .map_or(Band::Low, |(band, _)| band)
}

/// "2024-01-01 to 2024-01-14", or the one day.
pub(super) fn days_in_words(first: i32, last: i32) -> String {
    if first == last { iso_from_day(first) } else { words::day_range(first, last) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bands(year: u16) -> Bands {
        Bands::of(&Decisions { bands_year: Some(year), ..Decisions::default() })
    }

    #[test]
    fn the_borders_of_2023_are_those_of_the_report() {
        let bands = Bands::of(&Decisions::default());
        assert_eq!(bands.year, 2023);
        assert_eq!(
            [0.99, 1.0, 7.0, 30.0].map(|days| bands.of_lead_time(days)),
            [Band::Elite, Band::High, Band::Medium, Band::Low]
        );
        assert_eq!(
            [5.0, 5.01, 15.0, 15.01].map(|percent| bands.of_failure_rate(percent)),
            [Band::Elite, Band::High, Band::Medium, Band::Low]
        );
        assert_eq!(
            [0.99, 1.0, 24.0, 168.0].map(Bands::of_recovery),
            [Band::Elite, Band::High, Band::Medium, Band::Low]
        );
        let frequency = [(5.0, 5.0), (1.0, 1.5), (0.0, 0.25), (0.0, 0.2)];
        assert_eq!(
            frequency.map(|(median, mean)| bands.of_frequency(median, mean)),
            [Band::Elite, Band::High, Band::Medium, Band::Low]
        );
    }

    #[test]
    fn more_often_faster_and_safer_never_lowers_the_band() {
        for year in BAND_YEARS {
            let bands = bands(year);
            for step in 0..2000_i32 {
                let (less, more) = (f64::from(step) / 10.0, f64::from(step + 1) / 10.0);
                assert!(bands.of_lead_time(less) <= bands.of_lead_time(more));
                assert!(bands.of_failure_rate(less) <= bands.of_failure_rate(more));
                assert!(Bands::of_recovery(less) <= Bands::of_recovery(more));
                let (less, more) = (less / 100.0, more / 100.0);
                assert!(bands.of_frequency(less, less) >= bands.of_frequency(more, more));
            }
        }
    }
}
