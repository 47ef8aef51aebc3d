//! The verdicts of the overview with the rules that hold until the user changes them.

use super::Measure;
use crate::model::VerdictRule;

/// A number and the rule that judges it.
pub struct VerdictAbout {
    /// Stable name, kebab-case; decisions name it.
    pub id: &'static str,
    /// For people.
    pub title: &'static str,
    /// Id of the metric.
    pub metric: &'static str,
    /// Which of its numbers.
    pub measure: Measure,
    /// Unit in which it is judged.
    pub unit: &'static str,
    /// The rule that holds until the user changes it.
    pub rule: VerdictRule,
}

const fn at_most(green: f64, amber: f64) -> VerdictRule {
    VerdictRule { at_least: false, green, amber, is_off: false }
}

const fn at_least(green: f64, amber: f64) -> VerdictRule {
    VerdictRule { at_least: true, green, amber, is_off: false }
}

const fn verdict(
    (id, title): (&'static str, &'static str),
    metric: &'static str,
    measure: Measure,
    unit: &'static str,
    rule: VerdictRule,
) -> VerdictAbout {
    VerdictAbout { id, title, metric, measure, unit, rule }
}

/// Order = order on the page and in the report: the date first, then the work, the deliveries, the quality, the people, the
/// service. Thresholds of deliveries are those of the DORA bands of 2023 ("high" and "medium").
pub static VERDICTS: &[VerdictAbout] = &[
    verdict(
        ("target-date", "Chance of the target date"),
        "forecast-when",
        Measure::Figure("chance-by-target"),
        "%",
        at_least(85.0, 50.0),
    ),
    verdict(
        ("forecast-slip", "Forecast date moved later by"),
        "forecast-when",
        Measure::Slip("p85"),
        "days",
        at_most(7.0, 30.0),
    ),
    verdict(
        ("scope-creep", "Scope creep of the sprint"),
        "scope-change",
        Measure::Figure("scope-creep-share"),
        "%",
        at_most(10.0, 25.0),
    ),
    verdict(
        ("commitments", "Committed work that was done"),
        "velocity",
        Measure::Figure("say-do"),
        "%",
        at_least(80.0, 60.0),
    ),
    verdict(
        ("throughput", "Throughput against the period before"),
        "throughput",
        Measure::Change("mean"),
        "%",
        at_least(-10.0, -25.0),
    ),
    verdict(
        ("cycle-time", "Cycle time against the period before"),
        "cycle-time",
        Measure::Change("p50"),
        "%",
        at_most(10.0, 25.0),
    ),
    verdict(
        ("ageing-work", "Ageing work in progress"),
        "work-item-age",
        Measure::Share { figure: "above-p85", series: "age" },
        "%",
        at_most(15.0, 30.0),
    ),
    verdict(
        ("deployment-frequency", "Deployments a week"),
        "deployment-frequency",
        Measure::Figure("per-week"),
        "",
        at_least(1.0, 0.25),
    ),
    verdict(
        ("change-lead-time", "Change lead time"),
        "change-lead-time",
        Measure::Figure("median"),
        "days",
        at_most(7.0, 30.0),
    ),
    verdict(
        ("change-failure-rate", "Change failure rate"),
        "change-failure-rate",
        Measure::Figure("rate"),
        "%",
        at_most(10.0, 15.0),
    ),
    verdict(
        ("recovery-time", "Failed deployment recovery time"),
        "failed-deployment-recovery-time",
        Measure::Figure("median"),
        "hours",
        at_most(24.0, 168.0),
    ),
    verdict(
        ("open-bugs", "Open bugs against the period before"),
        "bugs",
        Measure::Change("open"),
        "%",
        at_most(5.0, 20.0),
    ),
    verdict(
        ("bug-service-levels", "Bugs resolved within target"),
        "bug-service-levels",
        Measure::First,
        "%",
        at_least(90.0, 75.0),
    ),
    verdict(
        ("technical-debt", "Technical debt against the period before"),
        "technical-debt",
        Measure::Change("open"),
        "%",
        at_most(5.0, 20.0),
    ),
    verdict(("utilisation", "Utilisation"), "utilisation", Measure::Figure("utilisation"), "%", at_most(85.0, 100.0)),
    verdict(("availability", "Availability"), "uptime", Measure::Figure("availability"), "%", at_least(99.9, 99.5)),
    verdict(("error-budget", "Error budget left"), "error-budget", Measure::Figure("left"), "%", at_least(25.0, 0.0)),
];
