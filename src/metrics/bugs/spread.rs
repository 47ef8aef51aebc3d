//! Bugs by the values of a column of lists: where they are.

use std::collections::BTreeMap;

use crate::metrics::marked::{Marked, Marks, Stand, stand};
use crate::metrics::{About, Exclusion, Figure, MetricResult, Point, Query, Role, Series, X, words};
use crate::model::{ItemSet, ListField, NO_DAY, PreparedDataset, iso_from_day};

/// Values that are shown; the others are added up.
const MOST: usize = 12;

/// What is asked.
pub(super) struct Question {
    /// The metric.
    pub(super) about: &'static About,
    /// The column.
    pub(super) field: ListField,
    /// "component", "components".
    pub(super) words: (&'static str, &'static str),
}

/// The bugs of one value.
#[derive(Default)]
struct Row {
    open: Vec<u32>,
    created: Vec<u32>,
}

/// Open bugs and those created in the chosen period, by value.
pub(super) fn answer(question: &Question, data: &PreparedDataset, items: &ItemSet, query: &Query) -> MetricResult {
    let id = question.about.id;
    let bugs = Marked::new(Marks::Bugs, data, items);
    if bugs.items.count() == 0 {
        return bugs.none(id);
    }
    let (one, many) = question.words;
    let column = data.dataset.list(question.field);
    if bugs.items.iter().all(|bug| column.codes_of(bug).is_empty()) {
        return MetricResult::not_computable(
            id,
            format!("No bug of this selection names a {one}."),
            format!("An export with the {many} of its items."),
        );
    }
    let mut rows: BTreeMap<u32, Row> = BTreeMap::new();
    let (mut none, mut several) = (Row::default(), 0_usize);
    let Sorted { found, excluded, considered } = Sorted::new(data, &bugs.items, query);
    for (bug, is_open, is_created) in found {
        let add = |row: &mut Row| {
            if is_open {
                row.open.push(bug);
            }
            if is_created {
                row.created.push(bug);
            }
        };
        let codes = column.codes_of(bug as usize);
        if codes.is_empty() {
            add(&mut none);
        }
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        codes.dedup();
        several += usize::from(codes.len() > 1);
        for code in codes {
            add(rows.entry(code).or_default());
        }
    }
    let mut result = MetricResult { id: id.to_owned(), considered, excluded, ..MetricResult::default() };
    let mut named: Vec<(String, Row)> =
        rows.into_iter().map(|(code, row)| (column.value(code).to_owned(), row)).collect();
    named.retain(|(_, row)| !row.open.is_empty() || !row.created.is_empty());
    named.sort_by(|(a_name, a), (b_name, b)| {
        b.open.len().cmp(&a.open.len()).then(b.created.len().cmp(&a.created.len())).then_with(|| a_name.cmp(b_name))
    });
    tell(&mut result, data, question, Groups { named, none }, query);
    result.working.insert(0, bugs.line());
    if several > 0 {
        let bugs = words::capitalised(&words::count(several, "bug names", "bugs name"));
        result.note(
            "several",
            format!("{bugs} more than one {one} and {} in each.", words::verb(several, "counts", "count")),
        );
    }
    result
}

/// The bugs that are open now or were created in the chosen period.
struct Sorted {
    found: Vec<(u32, bool, bool)>,
    excluded: Vec<Exclusion>,
    considered: u64,
}

impl Sorted {
    fn new(data: &PreparedDataset, bugs: &ItemSet, query: &Query) -> Self {
        let as_of = query.as_of(data);
        let mut sorted = Self { found: Vec::new(), excluded: Vec::new(), considered: 0 };
        for bug in bugs {
            let is_open = match stand(data, bug, as_of) {
                Stand::Unknown(reason) => {
                    Exclusion::add(&mut sorted.excluded, reason, [bug as u32]);
                    continue;
                }
                stand => stand == Stand::Open,
            };
            let day = data.life.created_day[bug];
            let is_created = day != NO_DAY
                && query.from.is_none_or(|from| day >= from)
                && query.to.is_none_or(|to| day <= to)
                && day <= data.calendar.day_of(as_of);
            sorted.considered += 1;
            sorted.found.push((bug as u32, is_open, is_created));
        }
        sorted.excluded.sort_by(|a, b| a.reason.cmp(&b.reason));
        sorted
    }
}

struct Groups {
    named: Vec<(String, Row)>,
    none: Row,
}

fn tell(result: &mut MetricResult, data: &PreparedDataset, question: &Question, groups: Groups, query: &Query) {
    let (one, many) = question.words;
    let Groups { mut named, none } = groups;
    let values = named.len();
    let first = named.first().map(|(name, row)| (name.clone(), row.open.clone()));
    let rest = if values > MOST { named.split_off(MOST) } else { Vec::new() };
    let left = rest.len();
    let mut others = Row::default();
    for (_, row) in rest {
        others.open.extend(row.open);
        others.created.extend(row.created);
    }
    for list in [&mut others.open, &mut others.created] {
        list.sort_unstable();
        list.dedup();
    }
    if left > 0 {
        named.push((format!("({left} other {})", if left == 1 { one } else { many }), others));
    }
    if !none.open.is_empty() || !none.created.is_empty() {
        named.push((format!("(no {one})"), none));
    }
    let mut series = |id: &str, name: &str, role, of: fn(&Row) -> &Vec<u32>| {
        let points = named.iter().map(|(name, row)| Point {
            x: X::Name(name.clone()),
            y: Some(of(row).len() as f64),
            items: of(row).clone(),
        });
        result.series.push(Series::new(id, name, role, "items", points.collect()));
    };
    series("open", "Open now", Role::Main, |row| &row.open);
    series("created", "Created in the period", Role::Second, |row| &row.created);
    let today = iso_from_day(data.calendar.day_of(query.as_of(data)));
    let most = first.as_ref().map_or(("", 0), |(name, open)| (name.as_str(), open.len()));
    result.figures = vec![
        Figure::new("most", format!("Most in one {one}"), Some(most.1 as f64), "items", format!("open in {}", most.0))
            .with_items(first.as_ref().map(|(_, open)| open.clone()).unwrap_or_default()),
        Figure::new(
            "values",
            words::capitalised(many),
            Some(values as f64),
            many,
            "with a bug that is open or was created in the period",
        ),
    ];
    result.working = vec![format!("Open at the end of {today}; created within the chosen period, else ever.")];
    result.summary = match most.1 {
        0 => format!("No bug that names a {one} is open."),
        number => format!(
            "Most open bugs are in {}: {} ({}).",
            most.0,
            words::count(number, "bug", "bugs"),
            words::count(values, one, many)
        ),
    };
}
