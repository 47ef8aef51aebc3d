//! Builds datasets by hand, one item a line, for tests of the model, the metrics and the engine.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part of this")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that is written wrongly should stop at once"
)]

pub mod fixed_seed;
pub mod tables;
pub mod watched;

use std::sync::Arc;

use throughline::metrics::{MetricResult, Query, metric};
use throughline::model::{
    Calendar, CategoryField, ChangeField, Dataset, Decisions, Edits, ItemRow, IterationDates, ListField, MomentField,
    NO_MOMENT, NumberField, PreparedDataset, TextField, day_from_iso,
};

pub const DAY: i64 = 86_400_000;

/// "2024-01-02T09:30" (UTC), or "2024-01-02" for noon of that day.
pub fn moment(text: &str) -> i64 {
    let (date, clock) = text.split_once('T').unwrap_or((text, "12:00"));
    let day = day_from_iso(date).unwrap_or_else(|| panic!("{text} is no date"));
    let (hour, minute) = clock.split_once(':').expect("hh:mm");
    i64::from(day) * DAY + (hour.parse::<i64>().unwrap() * 60 + minute.parse::<i64>().unwrap()) * 60_000
}

/// The day of "2024-01-02".
pub fn day(text: &str) -> i32 {
    day_from_iso(text).unwrap_or_else(|| panic!("{text} is no date"))
}

/// One work item. Starts as "To Do", created at noon on 2024-01-01.
#[derive(Debug, Clone)]
pub struct ItemBuilder {
    pub key: String,
    pub kind: String,
    pub status: String,
    pub resolution: String,
    pub created: i64,
    pub started: i64,
    pub resolved: i64,
    pub points: f64,
    pub sprints: Vec<String>,
    pub priority: String,
    pub title: String,
    /// Labels, components and fix versions.
    pub lists: Vec<(ListField, String)>,
    /// Moment, field, before, after.
    pub changes: Vec<(i64, ChangeField, String, String)>,
}

impl ItemBuilder {
    pub fn new(key: &str) -> Self {
        Self {
            key: key.to_owned(),
            kind: "Story".to_owned(),
            status: "To Do".to_owned(),
            resolution: String::new(),
            created: moment("2024-01-01"),
            started: NO_MOMENT,
            resolved: NO_MOMENT,
            points: f64::NAN,
            sprints: Vec::new(),
            priority: String::new(),
            title: "A title".to_owned(),
            lists: Vec::new(),
            changes: Vec::new(),
        }
    }

    pub fn kind(mut self, kind: &str) -> Self {
        kind.clone_into(&mut self.kind);
        self
    }

    pub fn priority(mut self, priority: &str) -> Self {
        priority.clone_into(&mut self.priority);
        self
    }

    pub fn title(mut self, title: &str) -> Self {
        title.clone_into(&mut self.title);
        self
    }

    /// Names a label, a component or a fix version.
    pub fn names(mut self, field: ListField, value: &str) -> Self {
        self.lists.push((field, value.to_owned()));
        self
    }

    pub fn status(mut self, status: &str) -> Self {
        status.clone_into(&mut self.status);
        self
    }

    pub fn created(mut self, at: &str) -> Self {
        self.created = moment(at);
        self
    }

    pub fn started(mut self, at: &str) -> Self {
        self.started = moment(at);
        self
    }

    /// Done, resolved at this moment.
    pub fn finished(mut self, at: &str) -> Self {
        self.resolved = moment(at);
        self.status("Done")
    }

    /// Done, and nobody knows when.
    pub fn finished_undated(self) -> Self {
        self.status("Done")
    }

    /// Closed without being delivered.
    pub fn dropped(mut self, at: &str) -> Self {
        "Won't Do".clone_into(&mut self.resolution);
        self.finished(at)
    }

    /// Closed without being delivered, when its history says.
    pub fn dropped_by_history(mut self) -> Self {
        "Won't Do".clone_into(&mut self.resolution);
        self
    }

    pub fn points(mut self, points: f64) -> Self {
        self.points = points;
        self
    }

    /// A change that the item's history tells.
    pub fn changed(mut self, at: &str, field: ChangeField, from: &str, to: &str) -> Self {
        self.changes.push((moment(at), field, from.to_owned(), to.to_owned()));
        self
    }

    /// Moves of status, one after the other, beginning with "To Do"; the last is the present status.
    pub fn moves(mut self, moves: &[(&str, &str)]) -> Self {
        let mut before = "To Do";
        for &(at, after) in moves {
            self = self.changed(at, ChangeField::Status, before, after);
            before = after;
        }
        self.status(before)
    }

    /// Taken into a sprint.
    pub fn into_sprint(self, at: &str, name: &str) -> Self {
        self.changed(at, ChangeField::Sprint, "", name)
    }

    /// Taken out of a sprint.
    pub fn out_of_sprint(self, at: &str, name: &str) -> Self {
        self.changed(at, ChangeField::Sprint, name, "")
    }

    /// Estimated anew; the present points are those of the builder.
    pub fn estimated(self, at: &str, from: &str, to: &str) -> Self {
        self.changed(at, ChangeField::Points, from, to)
    }

    /// The sprints it was in, oldest first.
    pub fn sprints(mut self, names: &[&str]) -> Self {
        self.sprints = names.iter().map(|&name| name.to_owned()).collect();
        self
    }
}

/// The dataset of these items. The started and points columns are present when any item has a value there.
pub fn dataset(items: &[ItemBuilder]) -> Dataset {
    let mut data = Dataset::default();
    let mut row = ItemRow::default();
    let known = |moment: i64| (moment != NO_MOMENT).then_some(moment);
    for (position, item) in items.iter().enumerate() {
        row.begin(position as u64 + 2);
        row.text(TextField::Key, &item.key).text(TextField::Title, &item.title);
        row.category(CategoryField::Type, &item.kind)
            .category(CategoryField::Status, &item.status)
            .category(CategoryField::Resolution, &item.resolution)
            .category(CategoryField::Priority, &item.priority);
        row.moment(MomentField::Created, known(item.created))
            .moment(MomentField::Started, known(item.started))
            .moment(MomentField::Resolved, known(item.resolved));
        row.number(NumberField::Points, (!item.points.is_nan()).then_some(item.points));
        for name in &item.sprints {
            row.add(ListField::Sprint, name);
        }
        for (field, value) in &item.lists {
            row.add(*field, value);
        }
        for (at, field, from, to) in &item.changes {
            row.change(*at, *field, from, to);
        }
        data.push_item(&row);
    }
    data.present = ["type", "status", "resolution", "created", "resolved", "sprint"].map(str::to_owned).to_vec();
    if items.iter().any(|item| item.started != NO_MOMENT) {
        data.present.push("started".to_owned());
    }
    if items.iter().any(|item| !item.points.is_nan()) {
        data.present.push("points".to_owned());
    }
    assert_eq!(data.uneven_column(), None);
    data
}

/// Ready for metrics, in UTC, with windows worked out from the items.
pub fn prepare(items: &[ItemBuilder]) -> PreparedDataset {
    PreparedDataset::new(Arc::new(dataset(items)), Calendar::default(), &Edits::default())
}

/// The same with what the user decided.
pub fn prepare_with_decisions(items: &[ItemBuilder], decisions: Decisions) -> PreparedDataset {
    let edits = Edits { decisions: Arc::new(decisions), ..Edits::default() };
    PreparedDataset::new(Arc::new(dataset(items)), Calendar::default(), &edits)
}

/// Ready for metrics, in UTC, with windows as a source would state them: (name, first moment, first moment after).
pub fn prepare_with_windows(items: &[ItemBuilder], windows: &[(&str, &str, &str)]) -> PreparedDataset {
    let mut data = dataset(items);
    data.iteration_dates = vec![IterationDates::NONE; data.list(ListField::Sprint).values().len()];
    for (name, start, end) in windows {
        let code = data.list(ListField::Sprint).find(name).expect("an item names this sprint") as usize;
        data.iteration_dates[code] = IterationDates { start: moment(start), end: moment(end), completed: NO_MOMENT };
    }
    PreparedDataset::new(Arc::new(data), Calendar::default(), &Edits::default())
}

/// The answer of a metric over everything the query selects.
pub fn ask(data: &PreparedDataset, id: &str, query: &Query) -> MetricResult {
    let metric = metric(id).expect("a known metric");
    metric.answer(data, &query.select(data), query)
}

/// The query "as of" the end of this day.
pub fn as_of(text: &str) -> Query {
    Query { as_of: Some(day(text)), ..Query::default() }
}

/// The values of a series, in order.
pub fn values(result: &MetricResult, series: &str) -> Vec<Option<f64>> {
    let series = result.series(series).unwrap_or_else(|| panic!("no series {series} in {result:#?}"));
    series.points.iter().map(|point| point.y).collect()
}

/// The value of a figure.
pub fn figure(result: &MetricResult, id: &str) -> Option<f64> {
    result.figure(id).unwrap_or_else(|| panic!("no figure {id} in {result:#?}")).value
}

/// Keys of items.
pub fn keys(data: &PreparedDataset, items: &[u32]) -> Vec<String> {
    items.iter().map(|&item| data.dataset.key(item as usize).to_owned()).collect()
}

/// The keys left out for a reason; empty when nothing was.
pub fn left_out(data: &PreparedDataset, result: &MetricResult, reason: &str) -> Vec<String> {
    let exclusion = result.excluded.iter().find(|exclusion| exclusion.reason == reason);
    exclusion.map(|exclusion| keys(data, &exclusion.items)).unwrap_or_default()
}

/// Small, seeded random numbers (splitmix64), the same on every machine.
pub struct Random(pub u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1) as u64) as i64
    }

    /// True in `percent` of 100 cases.
    pub fn chance(&mut self, percent: i64) -> bool {
        self.between(1, 100) <= percent
    }
}

/// True for "1 items", "1 days", "1 points"… but not for "11 items" or "0.1 points".
pub fn has_wrong_singular(text: &str) -> bool {
    ["items", "points", "days", "weeks", "months", "sprints", "closed sprints"].iter().any(|plural| {
        text.match_indices(&format!("1 {plural}")).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            !before.is_some_and(|letter| letter.is_ascii_digit() || letter == '.')
        })
    })
}

/// People, their days off and their hours, beside items: for metrics of capacity. All times are UTC.
#[derive(Debug, Default)]
pub struct Staff {
    pub data: Dataset,
    pub decisions: Decisions,
    windows: Vec<(String, i64, i64)>,
}

impl Staff {
    /// Items: key, assignee, team, sprint, remaining hours, points, finish ("" = open).
    pub fn items(mut self, items: &[(&str, &str, &str, &str, f64, f64, &str)]) -> Self {
        let mut row = ItemRow::default();
        for (position, &(key, assignee, team, sprint, remaining, points, finished)) in items.iter().enumerate() {
            row.begin(position as u64 + 2);
            row.text(TextField::Key, key).text(TextField::Title, "A title");
            row.category(CategoryField::Status, if finished.is_empty() { "To Do" } else { "Done" })
                .category(CategoryField::Assignee, assignee)
                .category(CategoryField::Team, team);
            row.moment(MomentField::Created, Some(moment("2023-01-02")))
                .moment(MomentField::Resolved, (!finished.is_empty()).then(|| moment(finished)));
            let known = |number: f64| (!number.is_nan()).then_some(number);
            row.number(NumberField::RemainingHours, known(remaining)).number(NumberField::Points, known(points));
            if !sprint.is_empty() {
                row.add(ListField::Sprint, sprint);
            }
            self.data.push_item(&row);
        }
        self
    }

    /// A line: person, team, first day, last day ("" = open), hours a day, allocation (NaN = not told).
    pub fn line(self, person: &str, team: &str, from: &str, to: &str, hours: f64, allocation: f64) -> Self {
        self.line_with_points(person, team, from, to, hours, allocation, f64::NAN)
    }

    /// The same with points a day.
    #[allow(clippy::too_many_arguments, reason = "one line of a table")]
    pub fn line_with_points(
        mut self,
        person: &str,
        team: &str,
        from: &str,
        to: &str,
        hours: f64,
        allocation: f64,
        points: f64,
    ) -> Self {
        use throughline::model::{Cell, RecordKind};
        let at = |text: &str| if text.is_empty() { NO_MOMENT } else { midnight(text) };
        let cells = [
            ("person", Cell::Text(person)),
            ("team", Cell::Text(team)),
            ("from", Cell::Moment(at(from))),
            ("to", Cell::Moment(at(to))),
            ("hours-per-day", Cell::Number(hours)),
            ("points-per-day", Cell::Number(points)),
            ("allocation", Cell::Number(allocation)),
        ];
        self.data.records_mut(RecordKind::Capacity).push(1, &cells);
        self
    }

    /// Days off of a person, or of everybody (""); `region` only for those.
    pub fn off(mut self, person: &str, from: &str, to: &str, is_half: bool, region: &str) -> Self {
        use throughline::model::{Cell, RecordKind};
        let cells = [
            ("kind", Cell::Text(if person.is_empty() { "holiday" } else { "time-off" })),
            ("person", Cell::Text(person)),
            ("region", Cell::Text(region)),
            ("from", Cell::Moment(midnight(from))),
            ("to", Cell::Moment(midnight(to))),
            ("half-day", Cell::Text(if is_half { "yes" } else { "" })),
        ];
        self.data.records_mut(RecordKind::TimeOff).push(1, &cells);
        self
    }

    /// A work log.
    pub fn log(mut self, person: &str, date: &str, hours: f64) -> Self {
        use throughline::model::{Cell, RecordKind};
        let cells =
            [("person", Cell::Text(person)), ("date", Cell::Moment(midnight(date))), ("hours", Cell::Number(hours))];
        self.data.records_mut(RecordKind::WorkLog).push(1, &cells);
        self
    }

    /// Something the user decided.
    pub fn decide(mut self, decision: throughline::model::Decision) -> Self {
        assert_eq!(decision.problem(), None);
        let _ = self.decisions.set(decision);
        self
    }

    /// The window of a sprint that an item names: first and last day.
    pub fn sprint(mut self, name: &str, first: &str, last: &str) -> Self {
        self.windows.push((name.to_owned(), midnight(first), midnight(last) + DAY));
        self
    }

    /// Ready for metrics, in UTC.
    pub fn ready(self) -> PreparedDataset {
        self.ready_in(Calendar::default())
    }

    /// Ready for metrics in a zone.
    pub fn ready_in(mut self, calendar: Calendar) -> PreparedDataset {
        self.data.iteration_dates = vec![IterationDates::NONE; self.data.list(ListField::Sprint).values().len()];
        for (name, start, end) in &self.windows {
            let code = self.data.list(ListField::Sprint).find(name).expect("an item names this sprint") as usize;
            self.data.iteration_dates[code] = IterationDates { start: *start, end: *end, completed: NO_MOMENT };
        }
        let edits = Edits { decisions: Arc::new(self.decisions), ..Edits::default() };
        PreparedDataset::new(Arc::new(self.data), calendar, &edits)
    }
}

/// The beginning of a day in UTC.
pub fn midnight(date: &str) -> i64 {
    i64::from(day(date)) * DAY
}
