//! Deployment success rate worked out by hand, over the deployments of the frequency.

use throughline::model::{Decisions, RecordKind};

use super::deployment_frequency::DEPLOYMENTS;
use crate::support::tables::{ids, left_out, tables};
use crate::support::{as_of, ask, figure, values};

#[test]
fn the_rate_is_that_of_the_deployments_that_are_over() {
    // Over: A B C | D | E H F | G by week; successful 3 of 3, 0 of 1, 2 of 3, 1 of 1; in all 6 of 8 = 75 %.
    let data = tables(&[("deployments.csv", DEPLOYMENTS)], &Decisions::default());
    let result = ask(&data, "deployment-success", &as_of("2024-01-24"));
    assert_eq!(values(&result, "rate"), [Some(100.0), Some(0.0), Some(66.666_667), Some(100.0)]);
    assert_eq!(figure(&result, "rate"), Some(75.0));
    // Successful ones first: E and F, then the one that was rolled back.
    assert_eq!(ids(&data, RecordKind::Deployment, &result.series[0].points[2].items), ["E", "F", "H"]);
    // cart: C F of C H F; shop: A B E G of A B D E G.
    assert_eq!(values(&result, "by-service"), [Some(66.666_667), Some(80.0)]);
    assert_eq!(left_out(&data, RecordKind::Deployment, &result, "in progress: not over yet"), ["I"]);
    assert_eq!((result.considered, result.candidates()), (8, 10));
    assert_eq!(result.summary, "Success rate is 75 % (6 of 8 production deployments succeeded).");
}

#[test]
fn a_period_without_a_deployment_has_no_rate() {
    let text = "deployed_at,status\n2024-01-02T09:00:00Z,success\n2024-01-16T09:00:00Z,failure\n2024-01-16T10:00:00Z,unheard of\n";
    let data = tables(&[("deployments.csv", text)], &Decisions::default());
    let result = ask(&data, "deployment-success", &as_of("2024-01-24"));
    assert_eq!(values(&result, "rate"), [Some(100.0), None, Some(0.0)]);
    assert_eq!(figure(&result, "rate"), Some(50.0));
    assert_eq!((result.considered, result.candidates()), (2, 3), "without a result it is left out");
}
