//! The effort to mend the code worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::{Counted, Query};
use throughline::model::RecordKind;

use super::some_debt::two_components;
use crate::support::{as_of, ask, values};

#[test]
fn minutes_are_told_as_hours() {
    let data = two_components();
    let effort = ask(&data, "code-effort", &Query::default());
    // 5400 and 4980 minutes.
    assert_eq!(values(&effort, "line-1"), [90.0, 83.0].map(Some));
    assert_eq!(effort.summary, "sqale_index: 83 hours on 2024-02-29; it was 90 on 2024-01-31.");
    assert_eq!(effort.counted, Counted::Records(RecordKind::CodeMeasure));
    // At an earlier "now" only what was measured by then.
    assert_eq!(values(&ask(&data, "code-effort", &as_of("2024-02-01")), "line-1"), [Some(90.0)]);
}
