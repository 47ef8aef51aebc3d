//! Time and memory.

use std::time::{Duration, Instant};

/// What the work gave, and how long it took.
#[allow(clippy::disallowed_methods, reason = "a bench measures time; no answer depends on it")]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// The median of so many repetitions, in milliseconds, after one that is not counted.
pub(crate) fn median_ms(repeat: usize, mut work: impl FnMut()) -> f64 {
    work();
    let mut times: Vec<Duration> = (0..repeat.max(1)).map(|_| timed(&mut work).1).collect();
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64() * 1000.0
}

/// Bytes by which the process grew at its largest while the work ran. Known on Linux only.
pub(crate) fn peak_growth<T>(work: impl FnOnce() -> T) -> (T, Option<u64>) {
    let before = status_bytes("VmRSS:");
    // "5" resets the high-water mark; where that is not allowed the mark of the whole process stands, which is not smaller.
    let reset = std::fs::write("/proc/self/clear_refs", "5").is_ok();
    let result = work();
    let after = status_bytes("VmHWM:");
    (result, before.zip(after).filter(|_| reset).map(|(before, after)| after.saturating_sub(before)))
}

fn status_bytes(name: &str) -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1024)
}
