//! Verdicts worked out by hand, and what must hold of every rule.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]
#![allow(clippy::float_cmp, reason = "hand-computed values are exact")]

mod support;

use std::collections::BTreeSet;

use support::{ItemBuilder, Random, as_of, ask, day, figure, has_wrong_singular, prepare};
use throughline::metrics::{
    Answers, METRICS, Query, VERDICTS, VerdictLine, VerdictState, headlines, judge, rule_in_words, verdicts,
    verdicts_in_words,
};
use throughline::model::{Decision, Decisions, PreparedDataset, VerdictRule, iso_from_day};

const fn rule(at_least: bool, green: f64, amber: f64) -> VerdictRule {
    VerdictRule { at_least, green, amber, is_off: false }
}

fn told(data: &PreparedDataset, query: &Query) -> Vec<VerdictLine> {
    verdicts(&mut Answers::new(data, query), &Decisions::default())
}

fn line<'a>(lines: &'a [VerdictLine], id: &str) -> &'a VerdictLine {
    lines.iter().find(|line| line.id == id).unwrap_or_else(|| panic!("no verdict {id}"))
}

/// Four weeks from Monday, 29 January, to Sunday, 25 February 2024; the period before begins on Monday, 1 January.
fn four_weeks() -> Query {
    Query { from: Some(day("2024-01-29")), to: Some(day("2024-02-25")), ..as_of("2024-02-25") }
}

#[test]
fn a_threshold_belongs_to_the_better_side() {
    use VerdictState::{Bad, Good, Watch};
    let at_most = rule(false, 10.0, 15.0);
    let states = [-3.0, 10.0, 10.01, 15.0, 15.01].map(|value| judge(Some(value), &at_most, "%"));
    assert_eq!(states, [Good, Good, Watch, Watch, Bad]);
    let at_least = rule(true, 85.0, 50.0);
    let states = [100.0, 85.0, 84.99, 50.0, 49.99].map(|value| judge(Some(value), &at_least, "%"));
    assert_eq!(states, [Good, Good, Watch, Watch, Bad]);
    // Shown as 10 %, judged as 10 %.
    assert_eq!(judge(Some(10.004), &at_most, "%"), Good);
    assert_eq!(judge(Some(10.006), &at_most, "%"), Watch);
    // Four nines are not 99.986 %: near 100 % there are more decimals.
    assert_eq!(judge(Some(99.986), &rule(true, 99.99, 99.95), "%"), Watch);
}

#[test]
fn rules_are_written_out() {
    assert_eq!(rule_in_words(&rule(false, 10.0, 15.0), "%"), "Green up to 10 %, amber up to 15 %, red above.");
    assert_eq!(rule_in_words(&rule(true, 85.0, 50.0), "%"), "Green from 85 %, amber from 50 %, red below.");
    assert_eq!(rule_in_words(&rule(false, 1.0, 7.5), "days"), "Green up to 1 day, amber up to 7.5 days, red above.");
    assert_eq!(rule_in_words(&rule(true, 1.0, 0.25), ""), "Green from 1, amber from 0.25, red below.");
    assert_eq!(rule_in_words(&rule(false, 3.0, 3.0), ""), "Green up to 3, red above.");
}

#[test]
fn the_list_is_sound() {
    let mut ids = BTreeSet::new();
    for about in VERDICTS {
        assert!(ids.insert(about.id), "{} is listed twice", about.id);
        assert!(about.id.chars().all(|letter| letter.is_ascii_lowercase() || letter == '-'), "{}", about.id);
        let decision = Decision::VerdictRule { id: about.id.into(), rule: Some(about.rule.clone()) };
        assert_eq!(decision.problem(), None, "{}", about.id);
        assert!(!about.rule.is_off && !about.title.is_empty());
    }
}

#[test]
fn without_data_everything_is_grey_with_its_reason() {
    let data = prepare(&[]);
    let lines = told(&data, &Query::default());
    assert_eq!(lines.len(), VERDICTS.len());
    for line in &lines {
        assert_eq!((line.state, line.value), (VerdictState::Unknown, None), "{}", line.id);
        assert!(line.reason.ends_with('.'), "{}: {:?}", line.id, line.reason);
        let is_known = METRICS.iter().any(|metric| metric.about.id == line.metric);
        assert!(!is_known || line.needs.ends_with('.'), "{}: {:?}", line.id, line.needs);
    }
    assert_eq!(verdicts_in_words(&lines), format!("{} unknown", VERDICTS.len()));
    for headline in headlines(&mut Answers::new(&data, &Query::default())) {
        assert!(headline.value.is_none() && headline.takeaway.is_empty() && !headline.reason.is_empty());
    }
}

/// Two items a week in January, one a week in the four weeks after.
fn slowing_down() -> Vec<ItemBuilder> {
    let item = |key: String, at: &str| ItemBuilder::new(&key).created("2023-12-04").started("2024-01-01").finished(at);
    let mut items = Vec::new();
    for at in
        ["2024-01-02", "2024-01-03", "2024-01-09", "2024-01-10", "2024-01-16", "2024-01-17", "2024-01-23", "2024-01-24"]
    {
        items.push(item(format!("B-{}", items.len()), at));
    }
    for at in ["2024-01-30", "2024-02-06", "2024-02-13", "2024-02-20"] {
        items.push(item(format!("R-{}", items.len()), at));
    }
    items
}

#[test]
fn throughput_is_compared_with_the_period_before() {
    // 29 January to 25 February: 4 items in 4 weeks = 1 a week. 1 to 28 January: 8 in 4 weeks = 2 a week. (1 - 2) / 2 = -50 %.
    let data = prepare(&slowing_down());
    let lines = told(&data, &four_weeks());
    let throughput = line(&lines, "throughput");
    assert_eq!((throughput.state, throughput.value), (VerdictState::Bad, Some(-50.0)));
    assert_eq!(throughput.rule_words, "Green from -10 %, amber from -25 %, red below.");
    assert_eq!(
        throughput.inputs,
        [
            "Mean per week is 1 item in 2024-01-29 to 2024-02-25; in the 28 days before (2024-01-01 to 2024-01-28) it was 2 items."
        ]
    );
    assert_eq!(throughput.view, "throughput");
    let told = headlines(&mut Answers::new(&data, &four_weeks()));
    let headline = told.iter().find(|headline| headline.metric == "throughput").unwrap();
    assert_eq!(headline.change, "down 50 % against the 28 days before");
    assert_eq!(headline.takeaway, ask(&data, "throughput", &four_weeks()).summary);
    assert_eq!(headline.course, [1.0; 4].map(Some));
    assert_eq!(
        headline.change_sentence,
        "Throughput, mean per week: 1 item in 2024-01-29 to 2024-02-25, 2 items in the 28 days before (down 50 %)."
    );
}

#[test]
fn without_a_period_the_last_90_days_or_half_of_the_data_are_compared() {
    // Created on 4 December 2023, "now" is the end of 25 February 2024: 84 days, half of them are 42.
    let data = prepare(&slowing_down());
    let query = as_of("2024-02-25");
    let (recent, before) = Answers::new(&data, &query).periods("throughput");
    assert_eq!(
        (recent.in_words(), before.in_words()),
        ("2024-01-15 to 2024-02-25".into(), "2023-12-04 to 2024-01-14".into())
    );
    assert_eq!((recent.days(), before.days()), (42, 42));
    // Old data: 90 days each.
    let query = as_of("2025-02-25");
    let (recent, before) = Answers::new(&data, &query).periods("throughput");
    assert_eq!((recent.days(), before.days(), before.last), (90, 90, recent.first - 1));
    // Young data: never less than 14.
    let query = as_of("2023-12-06");
    assert_eq!(Answers::new(&data, &query).periods("throughput").0.days(), 14);
}

#[test]
fn cycle_time_is_compared_with_the_period_before() {
    // Before: 2, 3 and 4 days, median 3. After: 6 days each. (6 - 3) / 3 = +100 %.
    let item =
        |key: &str, started: &str, at: &str| ItemBuilder::new(key).created("2023-12-04").started(started).finished(at);
    let data = prepare(&[
        item("A", "2024-01-08", "2024-01-09"),
        item("B", "2024-01-08", "2024-01-10"),
        item("C", "2024-01-08", "2024-01-11"),
        item("D", "2024-02-05", "2024-02-10"),
        item("E", "2024-02-06", "2024-02-11"),
    ]);
    let lines = told(&data, &four_weeks());
    let cycle = line(&lines, "cycle-time");
    assert_eq!((cycle.state, cycle.value), (VerdictState::Bad, Some(100.0)));
    // Nothing was finished before 1 January: the same question a month earlier has nothing to compare with.
    let query = Query { from: Some(day("2024-01-08")), to: Some(day("2024-01-14")), ..as_of("2024-02-25") };
    let lines = told(&data, &query);
    let cycle = line(&lines, "cycle-time");
    assert_eq!((cycle.state, cycle.value), (VerdictState::Unknown, None));
    assert!(
        cycle.reason.starts_with("Nothing is known of the period before, 2024-01-01 to 2024-01-07: "),
        "{}",
        cycle.reason
    );
}

#[test]
fn ageing_work_is_a_share_of_what_is_in_progress() {
    // Ten finished items took 1 to 10 days: 85 % took at most 9. Open for 12, 10, 5 and 3 days: 2 of 4 are older = 50 %.
    let mut items: Vec<ItemBuilder> = (1..=10)
        .map(|days| {
            let last = iso_from_day(day("2024-01-01") + days - 1);
            ItemBuilder::new(&format!("F-{days}")).started("2024-01-01").finished(&last)
        })
        .collect();
    for (key, days) in [("O-1", 12), ("O-2", 10), ("O-3", 5), ("O-4", 3)] {
        let first = iso_from_day(day("2024-02-25") - days + 1);
        items.push(ItemBuilder::new(key).started(&first).status("In Progress"));
    }
    let data = prepare(&items);
    let lines = told(&data, &as_of("2024-02-25"));
    let ageing = line(&lines, "ageing-work");
    assert_eq!((ageing.state, ageing.value), (VerdictState::Bad, Some(50.0)));
    assert_eq!(ageing.inputs, ["Older than 85 % of the finished is 2 of 4 items."]);
}

#[test]
fn a_forecast_is_compared_with_what_it_told_before() {
    // One item a day in January, one every other day in February; 20 stay open.
    let mut items = Vec::new();
    for at in (0..31).chain((31..56).step_by(2)) {
        let last = iso_from_day(day("2024-01-01") + at);
        items.push(ItemBuilder::new(&format!("F-{at}")).created("2023-12-04").finished(&last));
    }
    items.extend((0..20).map(|open| ItemBuilder::new(&format!("O-{open}")).created("2023-12-04")));
    let data = prepare(&items);
    let query = as_of("2024-02-25");
    // Created on 4 December: 84 days, half of them are 42; 42 days before 25 February is 14 January.
    let days = |query: &Query| figure(&ask(&data, "forecast-when", query), "p85").unwrap();
    let now = f64::from(day("2024-02-25")) + days(&query);
    let then = f64::from(day("2024-01-14")) + days(&as_of("2024-01-14"));
    let lines = told(&data, &query);
    assert_eq!(line(&lines, "forecast-slip").value, Some(now - then));
    let told_now = headlines(&mut Answers::new(&data, &query));
    assert_eq!(told_now[0].text, iso_from_day(now as i32));
    assert!(told_now[0].change.ends_with("than told on 2024-01-14"), "{}", told_now[0].change);

    // Other percentiles on the charts judge nothing anew.
    let mut other = query.clone();
    other.set("p", "10,99").unwrap();
    assert_eq!(told(&data, &other), lines);
    assert_eq!(headlines(&mut Answers::new(&data, &other)), told_now);

    // The chance of a date is known only where a date is asked for.
    let target = line(&lines, "target-date");
    assert_eq!((target.state, target.value), (VerdictState::Unknown, None));
    assert!(target.reason.starts_with("No target date is set"));
    let mut asked = query.clone();
    asked.set("target", "2030-01-01").unwrap();
    let lines = told(&data, &asked);
    assert_eq!(line(&lines, "target-date").state, VerdictState::Good);
}

#[test]
fn a_changed_rule_judges_anew_and_one_that_is_off_is_counted_as_not_shown() {
    let data = prepare(&slowing_down());
    let mut decisions = Decisions::default();
    let own = VerdictRule { is_off: false, ..rule(true, -60.0, -80.0) };
    let _ = decisions.set(Decision::VerdictRule { id: "throughput".into(), rule: Some(own) });
    let _ = decisions.set(Decision::VerdictRule {
        id: "cycle-time".into(),
        rule: Some(VerdictRule { is_off: true, ..rule(false, 10.0, 25.0) }),
    });
    let query = four_weeks();
    let lines = verdicts(&mut Answers::new(&data, &query), &decisions);
    assert_eq!(line(&lines, "throughput").state, VerdictState::Good);
    assert!(line(&lines, "throughput").is_changed() && !line(&lines, "scope-creep").is_changed());
    assert_eq!(line(&lines, "cycle-time").state, VerdictState::Off);
    // Only throughput is known: 1 good, 1 not shown, the others grey.
    assert_eq!(verdicts_in_words(&lines), format!("1 good, {} unknown, 1 not shown", VERDICTS.len() - 2));
}

#[test]
fn sentences_are_right_for_one() {
    let item = ItemBuilder::new("A").created("2024-01-01").started("2024-01-09").finished("2024-01-10").points(1.0);
    let data = prepare(&[item.sprints(&["S 1"]), ItemBuilder::new("B").started("2024-02-25").status("In Progress")]);
    let mut texts = Vec::new();
    for line in told(&data, &as_of("2024-02-25")) {
        texts.extend(line.inputs);
        texts.extend([line.reason, line.rule_words]);
    }
    let query = as_of("2024-02-25");
    for headline in headlines(&mut Answers::new(&data, &query)) {
        texts.extend([headline.takeaway, headline.change, headline.change_sentence, headline.reason]);
    }
    for text in texts {
        assert!(!has_wrong_singular(&text) && !text.contains("  "), "{text}");
    }
}

#[test]
fn a_better_number_never_has_a_worse_verdict() {
    let mut random = Random(17);
    for _ in 0..2000 {
        let at_least = random.chance(50);
        let (a, b) = (random.between(-1100, 1100) as f64 / 10.0, random.between(-1100, 1100) as f64 / 10.0);
        let (green, amber) = if at_least { (a.max(b), a.min(b)) } else { (a.min(b), a.max(b)) };
        let rule = rule(at_least, green, amber);
        assert_eq!(Decision::VerdictRule { id: "x".into(), rule: Some(rule.clone()) }.problem(), None);
        let (low, high) = (random.between(-110_000, 110_000) as f64 / 1000.0, random.between(0, 3000) as f64 / 1000.0);
        let (worse, better) = if at_least { (low, low + high) } else { (low + high, low) };
        // Good, to watch, bad: the order of the list.
        assert!(judge(Some(better), &rule, "%") <= judge(Some(worse), &rule, "%"), "{rule:?}: {better} and {worse}");
        for unknown in [None, Some(f64::NAN), Some(f64::INFINITY)] {
            assert_eq!(judge(unknown, &rule, "%"), VerdictState::Unknown, "unknown is never green");
        }
        assert_eq!(judge(Some(low), &VerdictRule { is_off: true, ..rule.clone() }, "%"), VerdictState::Off);
        assert!(rule_in_words(&rule, "%").starts_with("Green "));
    }
}

#[test]
fn the_order_is_that_of_the_list_whatever_the_states() {
    let ids: Vec<&str> = VERDICTS.iter().map(|about| about.id).collect();
    for (items, query) in
        [(vec![], Query::default()), (slowing_down(), four_weeks()), (slowing_down(), as_of("2024-01-05"))]
    {
        let data = prepare(&items);
        let lines = told(&data, &query);
        assert_eq!(lines.iter().map(|line| line.id.as_str()).collect::<Vec<_>>(), ids);
        assert_eq!(lines, told(&data, &query), "asked twice, told twice the same");
    }
}
