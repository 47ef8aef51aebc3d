//! Pages of the items table: filtered, sorted, cut. Orders are worked out once per workspace generation; whoever opens
//! another workspace, or another state of this one, lets them go.

use std::cmp::Ordering;

use crate::engine::workspace::Workspace;
use crate::engine::{ItemColumn, ItemRow, ItemsPage, ItemsQuery};
use crate::metrics::Filter;
use crate::model::{CategoryField, ListField, MomentField, NO_DAY, NumberField, PreparedDataset, TextField, sort_by};

/// Rows one page may hold.
const LARGEST_PAGE: u32 = 1000;

/// Remembered orders of one generation of the workspace that is open.
#[derive(Debug, Default)]
pub(super) struct ItemOrders {
    generation: u64,
    /// Position of each item in the natural order of keys.
    key_rank: Vec<u32>,
    last: Option<(Order, Vec<u32>)>,
}

/// Everything that the order of a page depends on; of a question only what `Query::select` reads.
#[derive(Debug, Clone, PartialEq)]
struct Order {
    filters: Vec<Filter>,
    as_of: Option<i32>,
    only: Option<Vec<u32>>,
    sort: ItemColumn,
    descending: bool,
}

impl ItemOrders {
    pub(super) fn page(&mut self, workspace: &Workspace, query: &ItemsQuery) -> ItemsPage {
        let data = &workspace.data;
        self.refresh(workspace);
        let order = Order {
            filters: query.query.filters.clone(),
            as_of: query.query.as_of,
            only: query.only.clone(),
            sort: query.sort,
            descending: query.descending,
        };
        let items = match self.last.take() {
            Some((known, items)) if known == order => items,
            _ => sorted(data, query, &self.key_rank),
        };
        let offset = usize::try_from(query.offset).unwrap_or(usize::MAX).min(items.len());
        let wanted = items[offset..].iter().take(query.limit.min(LARGEST_PAGE) as usize);
        let page = ItemsPage {
            total: items.len() as u64,
            offset: offset as u64,
            rows: wanted.map(|&item| row(workspace, item)).collect(),
        };
        self.last = Some((order, items));
        page
    }

    /// Position of each item in the natural order of keys: `ABC-9` before `ABC-10`.
    pub(super) fn key_rank(&mut self, workspace: &Workspace) -> &[u32] {
        self.refresh(workspace);
        &self.key_rank
    }

    fn refresh(&mut self, workspace: &Workspace) {
        if self.generation == workspace.generation && !self.key_rank.is_empty() {
            return;
        }
        let keys = workspace.data.dataset.text(TextField::Key);
        let mut order: Vec<(&str, u64, u32)> = (0..keys.len())
            .map(|item| {
                let (prefix, number) = natural_parts(keys.get(item));
                (prefix, number, item as u32)
            })
            .collect();
        order.sort_unstable_by(|a, b| {
            a.0.cmp(b.0).then(a.1.cmp(&b.1)).then_with(|| keys.get(a.2 as usize).cmp(keys.get(b.2 as usize)))
        });
        let mut rank = vec![0; keys.len()];
        for (position, &(_, _, item)) in order.iter().enumerate() {
            rank[item as usize] = position as u32;
        }
        *self = Self { generation: workspace.generation, key_rank: rank, last: None };
    }
}

/// `ABC-12` → (`ABC-`, 12); a key without a number at its end keeps its whole text.
fn natural_parts(key: &str) -> (&str, u64) {
    let digits = key.len() - key.trim_end_matches(|letter: char| letter.is_ascii_digit()).len();
    let (prefix, number) = key.split_at(key.len() - digits);
    number.parse().map_or((key, 0), |number| (prefix, number))
}

fn sorted(data: &PreparedDataset, query: &ItemsQuery, key_rank: &[u32]) -> Vec<u32> {
    let selected = query.query.select(data);
    let mut items: Vec<u32> = match &query.only {
        // The items behind a point are shown whole: the point was computed under the filters already.
        Some(only) => only.iter().copied().filter(|&item| (item as usize) < data.dataset.len()).collect(),
        None => selected.iter().map(|item| item as u32).collect(),
    };
    let by_key = |a: u32, b: u32| key_rank[a as usize].cmp(&key_rank[b as usize]);
    let compare = column_order(data, query.sort, key_rank);
    items.sort_unstable_by(|&a, &b| {
        let order = match compare(a, b) {
            // Unknown values stay last, whichever way the column is sorted.
            Compared::Unknown(order) => return order.then_with(|| by_key(a, b)),
            Compared::Known(order) => order,
        };
        (if query.descending { order.reverse() } else { order }).then_with(|| by_key(a, b))
    });
    items
}

enum Compared {
    Known(Ordering),
    Unknown(Ordering),
}

type Comparison<'a> = Box<dyn Fn(u32, u32) -> Compared + 'a>;

fn column_order<'a>(data: &'a PreparedDataset, column: ItemColumn, key_rank: &'a [u32]) -> Comparison<'a> {
    let dataset = &data.dataset;
    match column {
        ItemColumn::Key => Box::new(|a, b| Compared::Known(key_rank[a as usize].cmp(&key_rank[b as usize]))),
        ItemColumn::Title => {
            let titles = dataset.text(TextField::Title);
            Box::new(|a, b| Compared::Known(titles.get(a as usize).cmp(titles.get(b as usize))))
        }
        ItemColumn::Type => by_rank(category_ranks(data, CategoryField::Type)),
        ItemColumn::Status => by_rank(status_ranks(data)),
        ItemColumn::Assignee => by_rank(category_ranks(data, CategoryField::Assignee)),
        ItemColumn::Sprint => by_rank(sprint_ranks(data)),
        ItemColumn::Points => {
            let points = dataset.number(NumberField::Points);
            Box::new(|a, b| {
                let (a, b) = (points[a as usize], points[b as usize]);
                known_first(!a.is_nan(), !b.is_nan(), a.total_cmp(&b))
            })
        }
        ItemColumn::Created => by_moment(dataset.moment(MomentField::Created)),
        ItemColumn::Started => by_moment(&data.life.started_at),
        ItemColumn::Finished => by_moment(&data.life.finished_at),
    }
}

fn known_first(a: bool, b: bool, order: Ordering) -> Compared {
    if a && b { Compared::Known(order) } else { Compared::Unknown(b.cmp(&a)) }
}

fn by_moment(moments: &[i64]) -> Comparison<'_> {
    let known = |moment: i64| moment != crate::model::NO_MOMENT;
    Box::new(move |a, b| {
        let (a, b) = (moments[a as usize], moments[b as usize]);
        known_first(known(a), known(b), a.cmp(&b))
    })
}

/// Compares by a rank per item; rank 0 is "not given".
fn by_rank<'a>(ranks: Vec<u32>) -> Comparison<'a> {
    Box::new(move |a, b| {
        let (a, b) = (ranks[a as usize], ranks[b as usize]);
        known_first(a > 0, b > 0, a.cmp(&b))
    })
}

fn category_ranks(data: &PreparedDataset, field: CategoryField) -> Vec<u32> {
    let column = data.dataset.category(field);
    let rank = ranks_of(column.values().iter());
    column.codes().iter().map(|&code| rank[code as usize]).collect()
}

/// The order of the workflow; 0 without a status.
fn status_ranks(data: &PreparedDataset) -> Vec<u32> {
    let column = data.dataset.category(CategoryField::Status);
    column.codes().iter().map(|&code| if code == 0 { 0 } else { data.statuses.position(code) + 1 }).collect()
}

fn sprint_ranks(data: &PreparedDataset) -> Vec<u32> {
    let column = data.dataset.list(ListField::Sprint);
    let rank = ranks_of(column.values().iter());
    (0..column.len()).map(|item| column.codes_of(item).last().map_or(0, |&code| rank[code as usize])).collect()
}

/// The alphabetic position of each text, the empty text (code 0) first.
fn ranks_of<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<u32> {
    let mut order: Vec<(usize, &str)> = texts.enumerate().collect();
    sort_by(&mut order, |a, b| a.1.to_lowercase().cmp(&b.1.to_lowercase()).then(a.1.cmp(b.1)));
    let mut rank = vec![0; order.len()];
    order.iter().enumerate().for_each(|(position, &(code, _))| rank[code] = position as u32);
    rank
}

fn row(workspace: &Workspace, item: u32) -> ItemRow {
    let data = &workspace.data;
    let dataset = &data.dataset;
    let at = item as usize;
    let day = |day: i32| (day != NO_DAY).then_some(day);
    let points = dataset.number(NumberField::Points)[at];
    let sprints = dataset.list(ListField::Sprint);
    let (source, line) = workspace.source_of(at);
    ItemRow {
        item,
        key: dataset.key(at).to_owned(),
        title: dataset.text(TextField::Title).get(at).to_owned(),
        item_type: dataset.category(CategoryField::Type).get(at).to_owned(),
        status: dataset.category(CategoryField::Status).get(at).to_owned(),
        category: data.life.category[at],
        assignee: dataset.category(CategoryField::Assignee).get(at).to_owned(),
        points: (!points.is_nan()).then_some(points),
        sprint: sprints.codes_of(at).last().map_or_else(String::new, |&code| sprints.value(code).to_owned()),
        created: day(data.life.created_day[at]),
        started: day(data.life.started_day[at]),
        finished: day(data.life.finished_day[at]),
        source: source.to_owned(),
        line,
    }
}

#[cfg(test)]
mod tests {
    use super::natural_parts;

    #[test]
    fn keys_sort_by_their_number() {
        let mut keys = ["ABC-10", "ABC-9", "AB-100", "#7", "#12", "plain"];
        keys.sort_by_key(|key| natural_parts(key));
        assert_eq!(keys, ["#7", "#12", "AB-100", "ABC-9", "ABC-10", "plain"]);
    }
}
