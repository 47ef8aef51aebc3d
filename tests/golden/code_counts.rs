//! Code measures in numbers worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::Query;

use super::some_debt::two_components;
use crate::support::{ask, figure};

#[test]
fn what_is_neither_a_share_nor_an_effort_is_a_count() {
    let counts = ask(&two_components(), "code-counts", &Query::default());
    assert_eq!(figure(&counts, "line-1"), Some(1200.0));
    assert_eq!(counts.series[0].unit, "as counted");
    assert_eq!(counts.series.len(), 1);
}
