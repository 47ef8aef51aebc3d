//! Limits and signals worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::X;
use throughline::model::PreparedDataset;

use crate::support::{ItemBuilder, as_of, ask, day, figure, keys, prepare, values};

/// So many items finished in each week from January 1 on.
fn weeks(numbers: &[usize]) -> PreparedDataset {
    let mut items = Vec::new();
    for (week, &number) in numbers.iter().enumerate() {
        for position in 0..number {
            let mut item =
                ItemBuilder::new(&format!("W{week}-{position}")).created("2023-12-04").finished("2024-01-02");
            item.resolved += week as i64 * 7 * crate::support::DAY;
            items.push(item);
        }
    }
    prepare(&items)
}

#[test]
fn limits_are_the_mean_and_two_point_six_six_mean_ranges() {
    // Ten weeks, 60 items: mean 6. Ranges 1 2 1 2 2 1 2 1 8 = 20 of 9: 2.222222. Upper 6 + 5.911111, lower 6 - 5.911111,
    // sigma 2.222222 / 1.128. The last week lies beyond the upper limit.
    let data = weeks(&[5, 6, 4, 5, 7, 5, 6, 4, 5, 13]);
    let result = ask(&data, "process-behaviour", &as_of("2024-03-10"));
    assert_eq!(figure(&result, "mean"), Some(6.0));
    assert_eq!(figure(&result, "mean-range"), Some(2.222_222));
    assert_eq!(figure(&result, "upper"), Some(11.911_111));
    assert_eq!(figure(&result, "lower"), Some(0.088_889));
    assert_eq!(figure(&result, "sigma"), Some(1.970_055));
    let signals = &result.series("signals").unwrap().points;
    assert_eq!((signals.len(), &signals[0].x, signals[0].y), (1, &X::Day(day("2024-03-04")), Some(13.0)));
    assert_eq!(keys(&data, &result.figure("beyond-limits").unwrap().items).len(), 13);
    assert_eq!(figure(&result, "run"), Some(0.0));
    assert!(result.notes.iter().any(|note| note.text == "Beyond a limit: week beginning on 2024-03-04."));
    let expected =
        "Throughput moves between 0.09 and 11.91 items a week by chance; 1 week with a signal in 10 whole weeks.";
    assert_eq!(result.summary, expected);
}

#[test]
fn the_lower_limit_is_never_below_zero() {
    // Mean 6, ranges 10 10 10: 6 + 26.6 and 6 - 26.6.
    let result = ask(&weeks(&[1, 11, 1, 11]), "process-behaviour", &as_of("2024-01-28"));
    assert_eq!((figure(&result, "mean"), figure(&result, "upper")), (Some(6.0), Some(32.6)));
    assert_eq!(figure(&result, "lower"), Some(0.0));
    assert!(values(&result, "signals").is_empty());
    assert!(result.notes.iter().any(|note| note.id == "few-periods"));
}

#[test]
fn eight_weeks_on_one_side_are_a_signal() {
    // Mean (8 x 2 + 8 x 4) / 16 = 3: eight below it, eight above. One range of 2 in 15: the limits are far closer.
    let result =
        ask(&weeks(&[2, 2, 2, 2, 2, 2, 2, 2, 4, 4, 4, 4, 4, 4, 4, 4]), "process-behaviour", &as_of("2024-04-21"));
    assert_eq!(figure(&result, "mean"), Some(3.0));
    assert_eq!(figure(&result, "run"), Some(16.0));
    assert_eq!(result.series("signals").unwrap().points.len(), 16);
}

#[test]
fn one_period_has_no_limits() {
    assert!(!ask(&weeks(&[3]), "process-behaviour", &as_of("2024-01-07")).is_computed());
}
