//! Every metric of the list: its words, its behaviour without data, and its hand-computed cases in `tests/golden/`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]
#![allow(clippy::float_cmp, reason = "hand-computed values are exact")]

mod golden;
mod support;

use std::collections::BTreeSet;
use std::path::Path;

use support::{ItemBuilder, as_of, ask, prepare};
use throughline::metrics::{METRICS, Query, Status};

#[test]
fn ids_are_unique_kebab_case_and_explained() {
    let mut ids = BTreeSet::new();
    for metric in METRICS {
        assert!(ids.insert(metric.about.id), "{} is listed twice", metric.about.id);
        let is_kebab =
            metric.about.id.split('-').all(|word| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase()));
        assert!(is_kebab, "{} is not kebab-case", metric.about.id);
        assert!(!metric.about.title.is_empty());
        for text in [metric.about.definition, metric.about.how_to_read] {
            assert!(text.ends_with('.') && text.len() > 60, "{}: {text:?} explains nothing", metric.about.id);
            assert!(!text.contains("  "), "{}: {text:?} has double spaces", metric.about.id);
        }
    }
}

#[test]
fn each_metric_has_its_golden_cases() {
    for metric in METRICS {
        let file = format!("{}/tests/golden/{}.rs", env!("CARGO_MANIFEST_DIR"), metric.about.id.replace('-', "_"));
        assert!(Path::new(&file).is_file(), "{file} is missing");
    }
}

#[test]
fn an_empty_dataset_is_not_computable() {
    let data = prepare(&[]);
    for metric in METRICS {
        let result = ask(&data, metric.about.id, &Query::default());
        let Status::NotComputable { reason, needs } = &result.status else {
            panic!("{} computed nothing", metric.about.id)
        };
        assert!(reason.ends_with('.') && needs.ends_with('.'), "{}: {reason} {needs}", metric.about.id);
        assert_eq!(&result.summary, reason);
        assert_eq!(result.id, metric.about.id);
        assert_eq!(result.candidates(), 0);
    }
}

#[test]
fn one_item_is_written_in_the_singular() {
    let item = ItemBuilder::new("A").started("2024-01-09").finished("2024-01-10").points(1.0).sprints(&["S 1"]);
    let data = prepare(&[item]);
    for metric in METRICS {
        let result = ask(&data, metric.about.id, &as_of("2024-03-01"));
        let mut texts = vec![result.summary];
        texts.extend(result.working);
        texts.extend(result.notes.into_iter().map(|note| note.text));
        texts.extend(result.figures.into_iter().map(|figure| figure.how));
        for text in texts {
            assert!(!support::has_wrong_singular(&text), "{}: {text}", metric.about.id);
        }
    }
}

/// The same file is compared in the browser's tests: a forecast is a link that others open on other machines.
#[test]
fn a_seed_gives_the_same_forecast_as_ever() {
    assert_eq!(support::fixed_seed::answers(), support::fixed_seed::EXPECTED);
}
