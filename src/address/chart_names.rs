//! Short names of charts, for links that people write by hand.

const SHORT: &[(&str, &str)] = &[
    ("scope", "scope-change"),
    ("cycle", "cycle-time"),
    ("cfd", "cumulative-flow"),
    ("aging", "work-item-age"),
    ("wip", "work-in-progress"),
    ("forecast", "forecast-when"),
    ("mttr", "failed-deployment-recovery-time"),
    ("debt", "technical-debt"),
    ("deploys", "deployment-frequency"),
    ("leadtime", "change-lead-time"),
    ("cfr", "change-failure-rate"),
];

/// The id of a chart, from its id or its short name.
pub fn chart_of(name: &str) -> &str {
    SHORT.iter().find(|(short, _)| *short == name).map_or(name, |(_, id)| id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_short_name_is_that_of_a_metric() {
        for (short, id) in SHORT {
            assert!(crate::metrics::metric(id).is_some(), "{short}: {id}");
            assert!(crate::metrics::metric(short).is_none(), "{short} is an id itself");
        }
    }
}
