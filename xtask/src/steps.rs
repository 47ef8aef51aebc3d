//! Steps that say what they do and how long it took.

use anyhow::Result;
use std::time::{Duration, Instant};

/// Runs one step, told before and after.
pub(crate) fn step<T>(title: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n== {title}");
    let (result, took) = timed(work);
    match &result {
        Ok(_) => println!("== {title}: done in {}", seconds(took)),
        Err(_) => println!("== {title}: FAILED after {}", seconds(took)),
    }
    result
}

/// What the work gave, and how long it took.
#[allow(
    clippy::disallowed_methods,
    reason = "xtask measures its own steps on the developer's machine; no metric comes from it"
)]
pub(crate) fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

pub(crate) fn seconds(took: Duration) -> String {
    format!("{:.1} s", took.as_secs_f64())
}
