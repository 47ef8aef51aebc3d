//! Forecasts of one dataset with one seed: the same text on every machine, natively and in WebAssembly.

use std::fmt::Write as _;

use throughline::metrics::Query;

use super::{ItemBuilder, as_of, ask, prepare};

/// What [`answers`] must say: written by the native build, compared by the native and the WebAssembly build.
pub const EXPECTED: &str = include_str!("fixed_seed.txt");

const DAYS_IN_MONTH: [usize; 3] = [31, 29, 31];

/// The day so many days after 1 January 2024.
fn iso(day: usize) -> String {
    let (mut month, mut rest) = (0, day);
    while rest >= DAYS_IN_MONTH[month] {
        rest -= DAYS_IN_MONTH[month];
        month += 1;
    }
    format!("2024-{:02}-{:02}", month + 1, rest + 1)
}

/// Every number of three forecasts, a line each: with few and with many trials, with growth, less capacity and a risk.
pub fn answers() -> String {
    let finished = (0..70).map(|item| {
        let day = item + item * item % 7;
        ItemBuilder::new(&format!("F-{item}")).points((item % 5) as f64).created(&iso(day / 2)).finished(&iso(day))
    });
    let open = (0..25).map(|item| ItemBuilder::new(&format!("O-{item}")).points(f64::from(item % 4)));
    let data = prepare(&finished.chain(open).collect::<Vec<_>>());
    let mut text = String::new();
    for settings in [
        &[("seed", "7")][..],
        &[("seed", "18446744073709551615"), ("trials", "100000"), ("unit", "points")],
        &[("seed", "3"), ("growth", "on"), ("capacity", "0.85"), ("risk", "0.3:2..8"), ("target", "2024-05-01")],
    ] {
        let mut query: Query = as_of("2024-03-20");
        for (key, value) in settings {
            query.set(key, value).unwrap();
        }
        for id in ["forecast-when", "forecast-how-many", "forecast-cone"] {
            let result = ask(&data, id, &query);
            for figure in &result.figures {
                writeln!(text, "{settings:?} {id} {}: {:?}", figure.id, figure.value).unwrap();
            }
            for series in &result.series {
                let sum: f64 = series.points.iter().filter_map(|point| point.y).sum();
                writeln!(text, "{settings:?} {id} {}: {} points, {sum:?}", series.id, series.points.len()).unwrap();
            }
        }
    }
    text
}
