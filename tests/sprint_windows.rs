//! Sprint windows worked out from items, against sprints whose true dates are known.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests stop at the first surprise")]

mod support;

use support::{DAY, ItemBuilder, Random, day, prepare};
use throughline::model::{Calendar, Edits, PreparedDataset, iso_from_day};

/// A sprint that really happened: name, first day, first day after.
type Truth = (String, i32, i32);

/// Regular sprints of one team: number k starts `length * (k - 1)` days after `start`.
fn regular(team: &str, start: i32, length: i32, sprints: i32) -> Vec<Truth> {
    (0..sprints).map(|k| (format!("{team} Sprint {}", k + 1), start + k * length, start + (k + 1) * length)).collect()
}

struct Habits {
    items_a_sprint: i64,
    /// Per cent of items that were carried over from the sprint before.
    carried: i64,
    /// Per cent of items closed 1 to 10 days after the end of their last sprint.
    late: i64,
    weekends: bool,
}

const STEADY: Habits = Habits { items_a_sprint: 12, carried: 25, late: 0, weekends: false };

fn is_weekend(day: i32) -> bool {
    (day + 3).rem_euclid(7) >= 5
}

/// Items as such a team would leave them behind.
fn items(truth: &[Truth], habits: &Habits, seed: u64) -> Vec<ItemBuilder> {
    let mut random = Random(seed);
    let mut items = Vec::new();
    for (position, (name, start, end)) in truth.iter().enumerate() {
        for number in 0..habits.items_a_sprint {
            let mut item = ItemBuilder::new(&format!("{name}-{number}"));
            let mut finished = random.between(i64::from(*start), i64::from(*end) - 1);
            while !habits.weekends && is_weekend(finished as i32) {
                finished = random.between(i64::from(*start), i64::from(*end) - 1);
            }
            if random.chance(habits.late) {
                finished = i64::from(*end) + random.between(0, 9);
            }
            let mut first = *start;
            item.sprints = vec![name.clone()];
            if position > 0 && random.chance(habits.carried) {
                let (earlier, earlier_start, _) = &truth[position - 1];
                item.sprints.insert(0, earlier.clone());
                first = *earlier_start;
            }
            item.resolved = finished * DAY + random.between(8, 18) * 3_600_000;
            item.created = (i64::from(first) - random.between(1, 30)) * DAY;
            item.status = "Done".into();
            items.push(item);
        }
    }
    items
}

fn window(data: &PreparedDataset, name: &str) -> Option<(i32, i32)> {
    let position = data.iterations.position_of(name).unwrap_or_else(|| panic!("no sprint {name}"));
    let window = data.iterations.list()[position].window?;
    Some((data.calendar.day_of(window.start), data.calendar.day_of(window.end)))
}

fn exact_share(data: &PreparedDataset, truth: &[Truth]) -> f64 {
    let exact = truth.iter().filter(|(name, start, end)| window(data, name) == Some((*start, *end))).count();
    exact as f64 / truth.len() as f64
}

fn assert_all_exact(data: &PreparedDataset, truth: &[Truth]) {
    for (name, start, end) in truth {
        let found = window(data, name).map(|(start, end)| (iso_from_day(start), iso_from_day(end)));
        assert_eq!(found, Some((iso_from_day(*start), iso_from_day(*end))), "{name}");
    }
}

#[test]
fn a_long_history_of_several_teams_is_found_exactly() {
    let mut random = Random(7);
    let mut truth = Vec::new();
    let mut all = Vec::new();
    for (position, team) in ["PLAT", "PAY", "WEB", "MOB"].iter().enumerate() {
        let sprints = regular(team, day("2022-01-03"), 14, 78);
        let habits = Habits { items_a_sprint: 18, carried: 50, late: 0, weekends: true };
        all.extend(items(&sprints, &habits, position as u64));
        truth.extend(sprints);
    }
    // The order of rows tells nothing.
    for position in (1..all.len()).rev() {
        all.swap(position, random.between(0, position as i64) as usize);
    }
    let share = exact_share(&prepare(&all), &truth);
    assert!(share >= 0.95, "only {share} of the windows are exact");
}

#[test]
fn every_seed_of_a_steady_team_is_found_exactly() {
    for seed in 0..30 {
        let truth = regular("NW", day("2024-01-08"), 14, 12);
        assert_all_exact(&prepare(&items(&truth, &STEADY, seed)), &truth);
    }
}

#[test]
fn other_cadences_and_weekdays_are_found() {
    let habits = Habits { items_a_sprint: 25, ..STEADY };
    for (start, length) in
        [("2024-01-08", 7), ("2024-01-10", 14), ("2024-01-08", 21), ("2024-01-04", 21), ("2024-01-09", 28)]
    {
        let truth = regular("Core", day(start), length, 10);
        assert_all_exact(&prepare(&items(&truth, &habits, 3)), &truth);
    }
}

#[test]
fn late_closing_does_not_move_the_windows() {
    let truth = regular("Core", day("2024-01-08"), 14, 14);
    let habits = Habits { items_a_sprint: 20, carried: 30, late: 20, weekends: false };
    for seed in 0..10 {
        assert_all_exact(&prepare(&items(&truth, &habits, seed)), &truth);
    }
}

#[test]
fn a_number_that_was_skipped_leaves_no_hole_in_time() {
    // Sprint 5 never happened: 6 followed 4 at once.
    let truth: Vec<Truth> = regular("Core", day("2024-01-08"), 14, 10)
        .into_iter()
        .enumerate()
        .map(|(k, (_, start, end))| (format!("Core Sprint {}", if k < 4 { k + 1 } else { k + 2 }), start, end))
        .collect();
    assert_all_exact(&prepare(&items(&truth, &STEADY, 5)), &truth);
}

#[test]
fn a_sprint_without_items_keeps_its_time() {
    let truth = regular("Core", day("2024-01-08"), 14, 10);
    let mut rest = truth.clone();
    rest.remove(4);
    assert_all_exact(&prepare(&items(&rest, &STEADY, 5)), &rest);
}

#[test]
fn a_gap_at_christmas_moves_all_later_sprints() {
    for gap in [7, 14] {
        let truth: Vec<Truth> = regular("Core", day("2023-09-04"), 14, 16)
            .into_iter()
            .enumerate()
            .map(|(k, (name, start, end))| {
                let shift = if k < 8 { 0 } else { gap };
                (name, start + shift, end + shift)
            })
            .collect();
        assert_all_exact(&prepare(&items(&truth, &STEADY, 11)), &truth);
    }
}

#[test]
fn two_teams_with_their_own_cadence_do_not_disturb_each_other() {
    let two_weeks = regular("A", day("2024-01-08"), 14, 12);
    let three_weeks = regular("B", day("2024-01-10"), 21, 8);
    let mut all = items(&two_weeks, &Habits { items_a_sprint: 25, ..STEADY }, 1);
    all.extend(items(&three_weeks, &Habits { items_a_sprint: 25, ..STEADY }, 2));
    let data = prepare(&all);
    assert_all_exact(&data, &two_weeks);
    assert_all_exact(&data, &three_weeks);
}

#[test]
fn the_present_sprint_without_a_finished_item_is_extrapolated() {
    let truth = regular("Core", day("2024-01-08"), 14, 6);
    let mut all = items(&truth[..5], &STEADY, 1);
    all.push(ItemBuilder::new("OPEN-1").created("2024-03-10").sprints(&["Core Sprint 6"]));
    assert_all_exact(&prepare(&all), &truth);
}

#[test]
fn where_finishes_leave_a_choice_creations_decide() {
    // Everything is finished on the first Wednesday of a sprint: its second week could be the first week of the true one.
    let truth = regular("Core", day("2024-01-15"), 14, 6);
    let mut all = Vec::new();
    for (name, start, _) in &truth {
        let at = |days: i32| iso_from_day(start + days);
        for number in 0..5 {
            let key = format!("{name}-{number}");
            all.push(ItemBuilder::new(&key).created(&at(-3)).finished(&at(2)).sprints(&[name]));
            all.push(ItemBuilder::new(&format!("{key}-open")).created(&at(10)).sprints(&[name]));
        }
    }
    assert_all_exact(&prepare(&all), &truth);
}

#[test]
fn a_sprint_far_beyond_the_evidence_has_no_window() {
    let truth = regular("Core", day("2024-01-08"), 14, 5);
    let mut all = items(&truth, &STEADY, 1);
    all.push(ItemBuilder::new("OPEN-1").sprints(&["Core Sprint 40"]));
    assert_eq!(window(&prepare(&all), "Core Sprint 40"), None);
}

#[test]
fn one_sprint_only_gets_the_whole_weeks_of_its_finishes() {
    // Finishes from Tuesday 2024-01-09 to Thursday 2024-01-18: Monday 2024-01-08 to Sunday 2024-01-21.
    let finishes = ["2024-01-09", "2024-01-11", "2024-01-16", "2024-01-18"];
    let all: Vec<_> = finishes
        .iter()
        .enumerate()
        .map(|(k, at)| ItemBuilder::new(&format!("A-{k}")).finished(at).sprints(&["Sprint 1"]))
        .collect();
    assert_eq!(window(&prepare(&all), "Sprint 1"), Some((day("2024-01-08"), day("2024-01-22"))));
}

#[test]
fn names_without_numbers_stand_alone() {
    let item = |key, at, sprint| ItemBuilder::new(key).finished(at).sprints(&[sprint]);
    let all = [
        item("A-1", "2024-01-09", "Apollo"),
        item("A-2", "2024-01-16", "Apollo"),
        item("A-3", "2024-01-10", "Gemini"),
        ItemBuilder::new("A-4").sprints(&["Someday"]),
    ];
    let data = prepare(&all);
    assert_eq!(window(&data, "Apollo"), Some((day("2024-01-08"), day("2024-01-22"))));
    assert_eq!(window(&data, "Gemini"), Some((day("2024-01-08"), day("2024-01-15"))));
    assert_eq!(window(&data, "Someday"), None);
}

#[test]
fn irregular_sprints_are_in_order_and_never_overlap() {
    let lengths = [7, 28, 14, 10, 21, 7, 35, 14, 9, 25];
    let mut start = day("2024-01-08");
    let mut truth = Vec::new();
    for (k, length) in lengths.into_iter().enumerate() {
        truth.push((format!("Sprint {} - Core", k + 1), start, start + length));
        start += length;
    }
    for seed in 0..20 {
        let habits = Habits { items_a_sprint: 8, carried: 30, late: 15, weekends: true };
        let data = prepare(&items(&truth, &habits, seed));
        let found: Vec<_> = truth.iter().filter_map(|(name, ..)| window(&data, name)).collect();
        assert!(found.iter().all(|(start, end)| start < end && end - start <= 28), "{found:?}");
        assert!(found.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{found:?}");
    }
}

#[test]
fn a_bulk_close_of_all_sprints_on_one_day_gives_no_nonsense() {
    let all: Vec<_> = (1..=6)
        .map(|k| ItemBuilder::new(&format!("A-{k}")).finished("2024-06-05").sprints(&[&format!("Sprint {k}")]))
        .collect();
    let data = prepare(&all);
    let found: Vec<_> = (1..=6).filter_map(|k| window(&data, &format!("Sprint {k}"))).collect();
    assert!(found.windows(2).all(|pair| pair[0].1 <= pair[1].0), "{found:?}");
}

#[test]
fn windows_are_whole_days_in_the_zone_of_the_workspace() {
    let truth = regular("Core", day("2024-02-19"), 14, 6);
    let zone = Calendar::new("Europe/Berlin").unwrap();
    let all = items(&truth, &STEADY, 2);
    let data = PreparedDataset::new(support::dataset(&all).into(), zone.clone(), &Edits::default());
    for iteration in data.iterations.list() {
        let window = iteration.window.unwrap();
        for at in [window.start, window.end] {
            assert_eq!(zone.start_of_day(zone.day_of(at)), at);
        }
    }
}
