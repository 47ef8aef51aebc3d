//! The worker program: it announces itself and takes the role it is given.

/// Runs in a worker until the page ends it.
pub fn run_worker() {}
