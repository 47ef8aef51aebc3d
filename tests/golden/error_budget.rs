//! Error budgets worked out by hand.

use throughline::metrics::Query;

use crate::support::watched::{Watched, between, notes};
use crate::support::{as_of, day, figure, values};

#[test]
fn the_budget_of_a_month_that_is_half_gone() {
    // April has 43,200 minutes; 99 % leave 432. By the end of April 15 half of the month is gone and 108 minutes were down, on
    // April 5: 25 % of the budget, 75 % left. Burn rate 25 / 50 = 0.5.
    let watched = Watched::default()
        .incident("shop", "2024-03-01T00:00", "2024-03-01T09:00")
        .incident("shop", "2024-04-05T10:00", "2024-04-05T11:48")
        .target("shop", 99.0);
    let result = watched.ask("error-budget", &as_of("2024-04-15"));
    assert_eq!(result.figures[0].id, "left");
    assert_eq!((figure(&result, "left"), figure(&result, "budget")), (Some(75.0), Some(432.0)));
    assert_eq!((figure(&result, "used"), figure(&result, "burn-rate")), (Some(108.0), Some(0.5)));
    let left = values(&result, "left");
    assert_eq!(left.len(), 15);
    assert_eq!((left[3], left[4], left[14]), (Some(100.0), Some(75.0), Some(75.0)));
    let even = values(&result, "even");
    assert_eq!((even.len(), even[14], even[29]), (30, Some(50.0), Some(0.0)));
    assert_eq!(
        result.summary,
        "shop has 75 % of its error budget left (108 minutes of 432 minutes used, burn rate 0.5)."
    );
    assert!(!notes(&result, "target-assumed") && !notes(&result, "time-unknown"));
}

#[test]
fn without_a_target_99_9_is_assumed_and_said() {
    // 30 days of 1440 minutes: 43.2 minutes. An hour of downtime is more than that: (43.2 - 60) / 43.2 = -38.888889 %.
    let watched = Watched::default().incident("shop", "2024-04-01T00:00", "2024-04-01T01:00").incident(
        "shop",
        "2024-03-01T00:00",
        "2024-03-01T00:01",
    );
    let result = watched.ask("error-budget", &between("2024-04-01", "2024-04-30"));
    assert_eq!((figure(&result, "budget"), figure(&result, "left")), (Some(43.2), Some(-38.888_889)));
    // The whole period is gone: 60 / 43.2 = 1.388889.
    assert_eq!(figure(&result, "burn-rate"), Some(1.388_889));
    assert!(notes(&result, "target-assumed"));
    assert_eq!(result.summary, "shop has used 60 minutes of a budget of 43.2 minutes: its target is missed.");
}

#[test]
fn the_chosen_period_may_reach_beyond_now() {
    // Ten days, two of them gone. 90 % leave one day; 12 h are down: half of the budget in a fifth of the time.
    let watched = Watched::default().incident("shop", "2024-01-01T00:00", "2024-01-01T12:00").target("", 90.0);
    let query = Query { from: Some(day("2024-01-01")), to: Some(day("2024-01-10")), ..as_of("2024-01-02") };
    let result = watched.ask("error-budget", &query);
    assert_eq!((figure(&result, "budget"), figure(&result, "left")), (Some(1440.0), Some(50.0)));
    assert_eq!(figure(&result, "burn-rate"), Some(2.5));
    assert_eq!(values(&result, "left"), [Some(50.0), Some(50.0)]);
    assert_eq!(values(&result, "even").len(), 10);
}

#[test]
fn the_service_with_least_left_is_told_and_all_are_in_the_working() {
    let watched = Watched::default()
        .incident("mail", "2024-04-01T00:00", "2024-04-01T01:12")
        .incident("shop", "2024-04-01T00:00", "2024-04-01T00:36")
        .target("", 99.0)
        .target("shop", 99.75);
    // Mail: 72 of 432 minutes, 83.33 % left. Shop: 36 of 108 minutes, 66.67 % left, although it was down for less.
    let result = watched.ask("error-budget", &between("2024-04-01", "2024-04-30"));
    assert_eq!(result.series[0].name, "shop");
    assert_eq!(figure(&result, "left"), Some(66.666_667));
    assert_eq!(
        result.working,
        [
            "mail, 2024-04-01 to 2024-04-30, target 99 %: (432 minutes - 72 minutes) / 432 minutes = 83.33 %.",
            "shop, 2024-04-01 to 2024-04-30, target 99.75 %: (108 minutes - 36 minutes) / 108 minutes = 66.67 %.",
        ]
    );
}

#[test]
fn all_of_the_time_leaves_no_budget() {
    let watched = Watched::default().incident("shop", "2024-04-01T00:00", "2024-04-01T01:00").target("shop", 100.0);
    assert!(!watched.ask("error-budget", &between("2024-04-01", "2024-04-30")).is_computed());
}

#[test]
fn a_past_that_is_not_known_is_said() {
    // Of April only the time from the 10th on is known.
    let watched = Watched::default().incident("shop", "2024-04-10T00:00", "2024-04-10T01:00");
    assert!(notes(&watched.ask("error-budget", &as_of("2024-04-15")), "time-unknown"));
}
