//! The trials: days of history drawn with a seeded generator, in whole numbers only, so that every machine gets the same.
//!
//! Each trial has a stream of its own, and its risks another: more work, other risks or more trials change no draw of a trial.
//! That makes two forecasts comparable, and more work never ends earlier.
//!
//! A crate of its own, because its speed is asked for where everything around it is built for size: optimisation is chosen by
//! crate.

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

use serde::{Deserialize, Serialize};

/// Something that may happen and brings more work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Risk {
    /// Probability in thousandths.
    pub permille: u32,
    /// Least extra work, in items or points.
    pub low: u32,
    /// Most extra work; each amount between is equally likely.
    pub high: u32,
}

/// Days of work after which a trial is given up: ten years of 52 weeks with 5 days.
pub const HORIZON: u32 = 2_600;
/// Amounts are counted in units of this many to one item or point: two decimals of an estimate times percent of capacity.
pub const STEPS: i64 = 10_000;
/// Tells the stream of a trial's risks from that of its days.
const RISKS: u64 = 0x5249_534B_5249_534B;
/// Tells the stream of a trial's split rate from the others.
const SPLIT: u64 = 0x5350_4C49_5453_504C;

/// What is played.
#[derive(Debug, Clone)]
pub struct Simulation<'a> {
    /// What each day of the history brought nearer to the end: finished work less new work, in [`STEPS`]. Not empty.
    pub days: &'a [i64],
    /// What may come on top.
    pub risks: &'a [Risk],
    /// Into how many pieces, in hundredths, an open item is split: least and most.
    pub split: Option<(u32, u32)>,
    /// Where the random numbers begin.
    pub seed: u64,
    /// Number of trials, at least 1.
    pub trials: u32,
}

/// The random numbers of one trial, as positions in the history.
struct Draws {
    random: Xoshiro256PlusPlus,
    days: u64,
    word: u64,
    has_half: bool,
}

impl Draws {
    fn new(seed: u64, days: usize) -> Self {
        Self { random: Xoshiro256PlusPlus::seed_from_u64(seed), days: days as u64, word: 0, has_half: false }
    }

    /// A position. One word of 64 bits serves two draws.
    #[inline]
    fn next(&mut self) -> usize {
        if self.has_half {
            self.has_half = false;
            upper(self.word, self.days)
        } else {
            self.word = self.random.next_u64();
            self.has_half = true;
            lower(self.word, self.days)
        }
    }
}

/// A position below `days`: the upper part of a product of 32 bits each (Lemire 2019). Two years of days are drawn evenly to one
/// part in five millions. From the lower half of a word.
#[inline]
fn lower(word: u64, days: u64) -> usize {
    (((word & 0xFFFF_FFFF) * days) >> 32) as usize
}

/// The same from the upper half.
#[inline]
fn upper(word: u64, days: u64) -> usize {
    (((word >> 32) * days) >> 32) as usize
}

/// In how many trials the work ended after so many days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndDays {
    /// By number of days; the last place counts the trials that were given up.
    counts: Vec<u32>,
    trials: u32,
}

/// What was reached by a day, in [`STEPS`], rising.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amounts(Vec<i64>);

impl Simulation<'_> {
    /// After how many days `work` is done, in each trial.
    pub fn when(&self, work: i64) -> EndDays {
        self.end_days(work, self.trials).unwrap_or_else(|| EndDays { counts: Vec::new(), trials: self.trials })
    }

    /// What [`EndDays::percentile`] of [`Simulation::when`] answers. It ends as soon as too many trials were given up: those take
    /// longest.
    pub fn day_reached(&self, work: i64, p: u32) -> Option<u32> {
        self.end_days(work, self.trials - rank(self.trials, p))?.percentile(p)
    }

    /// After how many days `work` is done, in each trial; `None` once more than `allowed` trials were given up.
    fn end_days(&self, work: i64, allowed: u32) -> Option<EndDays> {
        let mut counts = vec![0; HORIZON as usize + 2];
        let best = self.days.iter().copied().max().unwrap_or(0).max(0);
        let beyond = best.saturating_mul(i64::from(HORIZON) + 1);
        for seed in self.seeds() {
            let own = if self.split.is_some() { work * self.pieces(seed) / 100 } else { work };
            let left = own + self.extra(seed);
            // What even the best of days cannot end is not played. A product, because a division a trial is a fifth of the time.
            let is_hopeless = left > 0 && left >= beyond;
            let day = if is_hopeless { HORIZON + 1 } else { self.play_to_end(seed, left) };
            counts[day as usize] += 1;
            if day > HORIZON && counts[day as usize] > allowed {
                return None;
            }
        }
        Some(EndDays { counts, trials: self.trials })
    }

    /// Two days a step, as one word of random numbers holds: the same draws as [`Draws::next`] gives, without a branch for each.
    fn play_to_end(&self, seed: u64, mut left: i64) -> u32 {
        if left <= 0 {
            return 0;
        }
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed);
        let days = self.days.len() as u64;
        let mut day = 0;
        while day <= HORIZON {
            let word = random.next_u64();
            left -= self.days[lower(word, days)];
            day += 1;
            if left <= 0 || day > HORIZON {
                break;
            }
            left -= self.days[upper(word, days)];
            day += 1;
            if left <= 0 {
                break;
            }
        }
        day
    }

    /// How much is done after `days` days, in each trial: the most that was done on any of them, so that what is done by a day
    /// is done by the next, also where new work comes in faster. Never less than 0.
    pub fn how_many(&self, days: u32) -> Amounts {
        let play = |seed| {
            let mut draws = Draws::new(seed, self.days.len());
            let (mut sum, mut most) = (0, 0);
            for _ in 0..days.min(HORIZON) {
                sum += self.days[draws.next()];
                most = most.max(sum);
            }
            // Of the items as they are now: what is done in pieces makes fewer of them.
            (most - self.extra(seed)).max(0) * 100 / self.pieces(seed)
        };
        let mut amounts: Vec<i64> = self.seeds().map(play).collect();
        amounts.sort_unstable();
        Amounts(amounts)
    }

    /// What is done at each of several days (rising), each as by [`Simulation::how_many`].
    pub fn course(&self, days: &[u32]) -> Vec<Amounts> {
        let mut columns = vec![Vec::with_capacity(self.trials as usize); days.len()];
        for seed in self.seeds() {
            let mut draws = Draws::new(seed, self.days.len());
            let (mut sum, mut most, mut day) = (0, 0, 0);
            let pieces = self.pieces(seed);
            for (&until, column) in days.iter().zip(&mut columns) {
                while day < until {
                    sum += self.days[draws.next()];
                    most = most.max(sum);
                    day += 1;
                }
                column.push(most * 100 / pieces);
            }
        }
        let rising = |mut amounts: Vec<i64>| {
            amounts.sort_unstable();
            Amounts(amounts)
        };
        columns.into_iter().map(rising).collect()
    }

    /// One seed a trial.
    fn seeds(&self) -> impl Iterator<Item = u64> {
        let mut random = Xoshiro256PlusPlus::seed_from_u64(self.seed);
        (0..self.trials).map(move |_| random.next_u64())
    }

    /// Into how many pieces, in hundredths, the items of a trial are split: drawn evenly.
    fn pieces(&self, seed: u64) -> i64 {
        let Some((low, high)) = self.split else { return 100 };
        let word = Xoshiro256PlusPlus::seed_from_u64(seed ^ SPLIT).next_u64();
        i64::from(low) + (((word >> 32) * u64::from(high - low + 1)) >> 32) as i64
    }

    /// The work that a trial's risks bring.
    fn extra(&self, seed: u64) -> i64 {
        if self.risks.is_empty() {
            return 0;
        }
        let mut random = Xoshiro256PlusPlus::seed_from_u64(seed ^ RISKS);
        let mut below = |bound: u64| ((random.next_u64() >> 32) * bound) >> 32;
        let mut extra = 0;
        for risk in self.risks {
            // Both are drawn always: what one risk does moves no other.
            let happens = below(1000) < u64::from(risk.permille);
            let amount = u64::from(risk.low) + below(u64::from(risk.high - risk.low) + 1);
            if happens {
                extra += amount as i64 * STEPS;
            }
        }
        extra
    }
}

impl EndDays {
    /// The smallest number of days by which at least `ceil(p/100 * trials)` trials were done; `None` when so many never were.
    pub fn percentile(&self, p: u32) -> Option<u32> {
        let rank = rank(self.trials, p);
        let mut sum = 0;
        let day = self.counts.iter().position(|&count| {
            sum += count;
            sum >= rank
        })? as u32;
        (day <= HORIZON).then_some(day)
    }

    /// Number of trials that were done after at most so many days.
    pub fn done_by(&self, days: u32) -> u32 {
        self.counts.iter().take(days.min(HORIZON) as usize + 1).sum()
    }

    /// Number of trials.
    pub const fn trials(&self) -> u32 {
        self.trials
    }

    /// Number of trials done after at most 0, 1, 2… days.
    pub fn cumulative(&self) -> impl Iterator<Item = u32> + '_ {
        let by_day = self.counts.iter().take(HORIZON as usize + 1);
        by_day.scan(0, |sum, &count| {
            *sum += count;
            Some(*sum)
        })
    }
}

impl Amounts {
    /// The most that at least `ceil(p/100 * trials)` trials reached, in [`STEPS`].
    pub fn reached_by(&self, p: u32) -> i64 {
        let count = self.0.len();
        let rank = rank(count as u32, p) as usize;
        self.0.get(count.saturating_sub(rank)).copied().unwrap_or(0)
    }

    /// Number of trials that reached at least so much.
    pub fn reaching(&self, amount: i64) -> u32 {
        (self.0.len() - self.0.partition_point(|&one| one < amount)) as u32
    }
}

/// `ceil(p/100 * trials)`, at least 1.
pub fn rank(trials: u32, p: u32) -> u32 {
    ((u64::from(trials) * u64::from(p)).div_ceil(100) as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ONE: i64 = STEPS;

    fn simulation<'a>(days: &'a [i64], risks: &'a [Risk]) -> Simulation<'a> {
        Simulation { days, risks, split: None, seed: 1, trials: 500 }
    }

    #[test]
    fn items_that_are_split_take_longer_by_as_much() {
        // One a day, 10 items in 1.5 pieces each: 15 days; in 15 days 10 of today's items are done.
        let fixed = [ONE; 30];
        let halves = Simulation { split: Some((150, 150)), ..simulation(&fixed, &[]) };
        assert_eq!([50, 95].map(|p| halves.when(10 * ONE).percentile(p)), [Some(15); 2]);
        assert_eq!(halves.how_many(15).reached_by(85), 10 * ONE);
        assert_eq!(halves.course(&[3])[0].reached_by(85), 2 * ONE);
        // From 1 to 2 pieces evenly: 10 to 20 days, half of the trials by day 15 (10 items in at most 1.5 pieces).
        let range = Simulation { split: Some((100, 200)), trials: 10_000, ..simulation(&fixed, &[]) };
        let ends = range.when(10 * ONE);
        assert_eq!((ends.done_by(9), ends.done_by(20)), (0, 10_000));
        assert!((4_800..5_250).contains(&ends.done_by(15)), "{}", ends.done_by(15));
    }

    #[test]
    fn one_a_day_takes_as_many_days_as_items() {
        let ends = simulation(&[ONE; 30], &[]).when(7 * ONE);
        assert_eq!([50, 70, 85, 95, 100].map(|p| ends.percentile(p)), [Some(7); 5]);
        assert_eq!((ends.done_by(6), ends.done_by(7)), (0, 500));
        assert_eq!(simulation(&[ONE; 30], &[]).how_many(7).reached_by(95), 7 * ONE);
    }

    /// Two items on every second day: each day one more is done with chance 1/2. Two items are done on the first day in half of
    /// the trials, on the second in a quarter, on the third in an eighth: by day 1, 2, 3, 4 with 50, 75, 87.5, 93.75 %.
    #[test]
    fn the_shares_are_those_of_the_coin() {
        let coin = [0, 2 * ONE];
        let ends = Simulation { trials: 100_000, ..simulation(&coin, &[]) }.when(2 * ONE);
        for (day, share) in [(1, 0.5), (2, 0.75), (3, 0.875), (4, 0.9375), (5, 0.96875)] {
            let found = f64::from(ends.done_by(day)) / 1e5;
            // Four standard deviations of 100,000 throws of a coin.
            assert!((found - share).abs() < 0.0064, "day {day}: {found}");
        }
        assert_eq!(ends.percentile(85), Some(3));
    }

    #[test]
    fn every_day_is_drawn_as_often_as_any_other() {
        let mut draws = Draws::new(7, 520);
        let mut seen = [0_i32; 520];
        (0..520_000).for_each(|_| seen[draws.next()] += 1);
        // Five standard deviations of 1000.
        assert!(seen.iter().all(|&count| (count - 1000).abs() < 160), "{seen:?}");
    }

    #[test]
    fn what_never_ends_is_given_up() {
        let ends = simulation(&[0, -ONE], &[]).when(ONE);
        assert_eq!((ends.percentile(50), ends.done_by(u32::MAX)), (None, 0));
        assert_eq!(simulation(&[ONE], &[]).when(i64::from(HORIZON) * ONE).percentile(95), Some(HORIZON));
        assert_eq!(simulation(&[ONE], &[]).when(i64::from(HORIZON) * ONE + 1).percentile(95), None);
    }

    #[test]
    fn a_risk_comes_as_often_as_it_says() {
        let risks = [Risk { permille: 300, low: 2, high: 4 }];
        let ends = Simulation { trials: 100_000, ..simulation(&[ONE], &risks) }.when(10 * ONE);
        let share = |day| f64::from(ends.done_by(day)) / 1e5;
        for (day, expected) in [(10, 0.7), (11, 0.7), (12, 0.8), (13, 0.9), (14, 1.0)] {
            assert!((share(day) - expected).abs() < 0.0064, "day {day}: {}", share(day));
        }
    }

    /// Worked out with the published definitions of `SplitMix64` and xoshiro256++ in another language.
    #[test]
    fn a_seed_gives_the_numbers_of_the_published_generator() {
        let mut draws = Draws::new(1, 1000);
        assert_eq!([0; 6].map(|_| draws.next()), [433, 811, 586, 747, 342, 100]);
    }

    proptest! {
        /// Two days a step are the same two days.
        #[test]
        fn a_trial_is_played_by_the_draws_of_its_stream(
            days in prop::collection::vec(-2..6_i64, 1..40), work in -3..200_i64, seed: u64,
        ) {
            let days: Vec<i64> = days.iter().map(|day| day * ONE).collect();
            let (mut left, mut day, mut draws) = (work * ONE, 0, Draws::new(seed, days.len()));
            while left > 0 && day <= HORIZON {
                left -= days[draws.next()];
                day += 1;
            }
            prop_assert_eq!(simulation(&days, &[]).play_to_end(seed, work * ONE), day);
        }

        #[test]
        fn laws(
            days in prop::collection::vec(-2..6_i64, 1..40),
            work in 0..60_i64, more in 0..20_i64, seed: u64, until in 0..80_u32,
        ) {
            let days: Vec<i64> = days.iter().map(|day| day * ONE).collect();
            let simulation = Simulation { days: &days, risks: &[], split: None, seed, trials: 60 };
            let (ends, later) = (simulation.when(work * ONE), simulation.when((work + more) * ONE));
            prop_assert_eq!(&ends, &simulation.when(work * ONE));
            let or_never = |day: Option<u32>| day.unwrap_or(u32::MAX);
            for pair in [50, 70, 85, 95].windows(2) {
                prop_assert!(or_never(ends.percentile(pair[0])) <= or_never(ends.percentile(pair[1])));
            }
            for p in [1, 50, 85, 100] {
                prop_assert_eq!(simulation.day_reached(work * ONE, p), ends.percentile(p));
            }
            for p in [50, 70, 85, 95] {
                prop_assert!(or_never(ends.percentile(p)) <= or_never(later.percentile(p)));
            }
            // Two views of one thing: so much is done by a day in as many trials as the day is early enough for so much.
            let amounts = simulation.how_many(until);
            if work > 0 {
                prop_assert_eq!(amounts.reaching(work * ONE), ends.done_by(until));
            }
            prop_assert_eq!(&simulation.course(&[until / 2, until])[1], &amounts);
            prop_assert!(amounts.reached_by(50) >= amounts.reached_by(85));
        }
    }
}
