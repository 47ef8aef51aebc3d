//! The track record, worked out by hand. 2024-01-01 is a Monday.

use throughline::metrics::Query;

use crate::support::{ItemBuilder, as_of, ask, figure, prepare, values};
use throughline::model::iso_from_day;

/// `number` items on each day of a range of days from Monday, January 1.
fn finished(items: &mut Vec<ItemBuilder>, number: usize, days: std::ops::Range<i32>) {
    for day in days {
        for _ in 0..number {
            let key = format!("D-{}", items.len());
            items.push(ItemBuilder::new(&key).created("2024-01-01T00:00").finished(&iso_from_day(19_723 + day)));
        }
    }
}

fn query(day: i32) -> Query {
    let mut query = as_of(&iso_from_day(19_723 + day));
    for (key, value) in [("daysoff", "count"), ("history", "28")] {
        query.set(key, value).unwrap();
    }
    query
}

#[test]
fn a_steady_team_keeps_every_date() {
    // 140 days of one item. Windows of 28 days; from week 4 to week 16 the 28 days ahead are over: today is day 139, replays stand
    // at day 139 - 7k with at least 28 days before (day 27 or later) and 28 after (day 111 or before): k = 4 … 16, 13 replays.
    let mut items = Vec::new();
    finished(&mut items, 1, 0..140);
    let result = ask(&prepare(&items), "forecast-backtest", &query(139));
    assert_eq!(values(&result, "held"), [Some(100.0); 4]);
    assert_eq!(values(&result, "promised"), [50.0, 70.0, 85.0, 95.0].map(Some));
    assert_eq!(result.summary, "The 85 % date held in 13 of 13 past forecasts.");
    assert!(result.notes.iter().any(|note| note.text == "Only 13 past forecasts: the shares are rough."));
}

#[test]
fn a_team_that_slows_down_misses_its_dates() {
    // Two a day for 70 days, then one a day for 70. Replays stand at days 27, 34, … 111. One that stands before day 70 - 28 ends
    // in the fast days: 27, 34, 41 hold (day 41 + 28 = 69 is the last fast day). From 48 to 90 the window still holds fast days
    // and slow ones are ahead. At 97 the window is slow but for days 70 - 97: none. So 97, 104, 111 hold, too: 28 days, 28 items.
    let mut items = Vec::new();
    finished(&mut items, 2, 0..70);
    finished(&mut items, 1, 70..140);
    let result = ask(&prepare(&items), "forecast-backtest", &query(139));
    let replays = 13.0;
    let held = figure(&result, "held-50").unwrap();
    assert!(held < 50.0 + 0.01 && held >= 6.0 / replays * 100.0 - 0.01, "{held}");
}

#[test]
fn four_past_forecasts_are_no_track_record() {
    let mut items = Vec::new();
    // 77 days: replays at days 76 - 28 = 48, 41, 34, 27: four.
    finished(&mut items, 1, 0..77);
    let result = ask(&prepare(&items), "forecast-backtest", &query(76));
    assert_eq!(result.summary, "4 past forecasts are over; a track record needs 5.");
    assert!(!result.is_computed());
}

/// One item a day for 140 days, each created 30 days before its finish: at any day from day 27 on exactly 30 are open (those done
/// on the 30 days to come; the last ones stay open). Each replay asks for 30 items and gets them in exactly 30 days: every
/// date holds. Replays stand at day 139 - 7k. From day 27 on the window is full, and the 30 days are over for day 109 or before:
/// k = 5 … 16, 12 replays. On the days 20 and 13 the window of 28 days has 21 and 14 days with an item: its dates lie later and
/// are over by day 139, too. On day 6 it has 7: at a pace of 1 in 4 the 95 % date is not over. 14 replays.
#[test]
fn all_that_was_open_at_the_time_is_replayed_too() {
    let day = |day: i32| iso_from_day(19_723 + day);
    let finished =
        |number: i32| ItemBuilder::new(&format!("D-{number}")).created(&day(number - 30)).finished(&day(number));
    let open = |number: i32| ItemBuilder::new(&format!("O-{number}")).created(&day(number - 30));
    let items: Vec<_> = (0..140).map(finished).chain((140..170).map(open)).collect();
    let result = ask(&prepare(&items), "forecast-backtest", &query(139));
    assert_eq!(values(&result, "held"), [Some(100.0); 4]);
    assert_eq!(values(&result, "held-backlog"), [Some(100.0); 4]);
    let figure = result.figure("held-85-backlog").unwrap();
    assert_eq!(figure.how, "14 of 14 past forecasts of all that was open then");
    // A backlog that no window could end by now is said, not shown.
    let many =
        items.into_iter().chain((0..300).map(|number| ItemBuilder::new(&format!("M-{number}")).created(&day(-1))));
    let result = ask(&prepare(&many.collect::<Vec<_>>()), "forecast-backtest", &query(139));
    assert!(result.series("held-backlog").is_none());
    let note = result.notes.iter().find(|note| note.id == "backlog-not-over").unwrap();
    assert!(
        note.text.starts_with("Of all that was open at the time, no past forecasts are over; 5 are needed."),
        "{}",
        note.text
    );
}
