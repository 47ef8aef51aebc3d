//! Python: runs the independent reading of the metrics' definitions in `tests/oracle`, with its standard library alone.

use super::{Need, debian};
use crate::project::{Project, output};

/// The first with `zoneinfo` and the syntax that the oracle uses.
const OLDEST_MINOR: u32 = 10;

pub(super) const NEED: Need = Need {
    name: |_| Ok(format!("Python 3.{OLDEST_MINOR} or later with time zones")),
    present: |project| Ok(present(project)),
    install: |project| debian::install(project, &["python3", "tzdata"]),
    by_hand: |_| Ok(format!("install Python 3.{OLDEST_MINOR} or later and the system's time zones (tzdata)")),
};

fn present(project: &Project) -> Option<String> {
    let words = "import sys, zoneinfo; zoneinfo.ZoneInfo('Europe/Berlin'); print(*sys.version_info[:2])";
    let version = output(project.command("python3").args(["-c", words])).ok()?;
    let mut numbers = version.split_whitespace().map(str::parse::<u32>);
    let (Some(Ok(major)), Some(Ok(minor))) = (numbers.next(), numbers.next()) else { return None };
    (major == 3 && minor >= OLDEST_MINOR).then(|| format!("Python {major}.{minor}"))
}
