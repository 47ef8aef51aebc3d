//! What the address bar says: how the page is opened, what is looked at, what is asked. Pure; never data.
//!
//! One grammar of keys and values in two carriers, `?a=1&b=2` and `#a=1&b=2`. The query is read first, and a key of the
//! fragment takes the place of the same key of the query. A fragment that the page has written (it has `v`) says all of what
//! is looked at; the query then adds only how the page is opened. The page writes the fragment alone, of which nothing is sent
//! to the host; links for frames use the query, because some hosts drop fragments.
//!
//! Unknown keys are kept as they are and ignored; a value that is not understood is reported and left out.

mod chart_names;
mod frame;
mod links;
mod opening;
mod source;

use std::fmt;

use form_urlencoded::{Serializer, parse};

use crate::metrics::{Query, QueryError};
pub use chart_names::chart_of;
pub use frame::{Font, Frame, Theme};
pub use opening::{Opening, Site, Surroundings, Task};
pub use source::{ResolvedAddress, SourceVerdict, judge_source};

/// Version of the grammar. A change of meaning raises it and adds a step to [`UPGRADES`].
pub const ADDRESS_VERSION: usize = 1;

type Pairs = Vec<(String, String)>;

/// Step `n` turns the pairs of version `n + 1` into those of version `n + 2`.
const UPGRADES: [fn(Pairs) -> Pairs; ADDRESS_VERSION - 1] = [];

/// Keys that say how the page is opened. They stay in the query when it has them.
const OPENING_KEYS: [&str; 22] = [
    "src", "own", "embed", "parent", "refresh", "h", "bg", "title", "legend", "caption", "controls", "table", "link",
    "theme", "safe", "fault", "strip", "decal", "motion", "font", "tz", "lang",
];

/// The item whose drawer is open. It names something of the data, so it stands in the fragment alone, of which nothing is sent.
const ITEM: &str = "item";

/// A part of an address that was not understood, or cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressProblem {
    /// A setting of the question.
    #[error("{0}")]
    Query(#[from] QueryError),
    /// A setting of the page.
    #[error("\"{value}\" is no value for {key}: {expected}")]
    Value {
        /// Key.
        key: String,
        /// Value given.
        value: String,
        /// What would be understood.
        expected: &'static str,
    },
    /// A key that must not be sent to the host.
    #[error("\"{0}\" is read behind # alone, where it is not sent to the host")]
    FragmentOnly(&'static str),
    /// Settings or data packed into one value.
    #[error("\"{0}\" holds settings or data packed into the address, which this version does not read")]
    Packed(&'static str),
    /// The address was written by a later release.
    #[error("it was written by a later version of Throughline (v={0}); what has changed since then is not understood")]
    Later(String),
}

/// What the address says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Address {
    /// Id of the view; `None` = the first that has something to show.
    pub view: Option<String>,
    /// Id of the one chart to show; `None` = the whole view.
    pub chart: Option<String>,
    /// Where published data lies, relative or whole; empty = what the site is set up with.
    pub sources: Vec<String>,
    /// How it is framed and what it looks like.
    pub frame: Frame,
    /// The question.
    pub query: Query,
    /// Key of the item whose drawer is open. In the fragment alone.
    pub item: Option<String>,
    /// Keys of other releases, kept in order.
    pub other: Pairs,
}

impl Address {
    /// Reads query and fragment, with or without `?` and `#`. Never fails: what is not understood is answered beside it.
    pub fn read(query: &str, fragment: &str) -> (Self, Vec<AddressProblem>) {
        let mut problems = Vec::new();
        let ours = pairs_of(fragment.trim_start_matches('#'));
        let is_whole = ours.iter().any(|(key, _)| key == "v");
        let mut pairs = pairs_of(query.trim_start_matches('?'));
        pairs.retain(|(key, _)| {
            if key == ITEM {
                problems.push(AddressProblem::FragmentOnly(ITEM));
                return false;
            }
            let opens = OPENING_KEYS.contains(&key.as_str());
            (opens || !is_whole) && ours.iter().all(|(other, _)| other != key)
        });
        pairs.extend(ours);
        let pairs = upgraded(pairs, &mut problems);
        let mut address = Self::default();
        for (key, value) in pairs {
            if let Err(problem) = address.set(&key, &value) {
                problems.push(problem);
            }
        }
        (address, problems)
    }

    fn set(&mut self, key: &str, value: &str) -> Result<(), AddressProblem> {
        match key {
            "v" => {}
            "view" => self.view = Some(value.to_owned()),
            "chart" => self.chart = Some(chart_of(value).to_owned()),
            "src" => self.sources.push(value.to_owned()),
            ITEM if value.is_empty() => {
                let (key, value) = (key.to_owned(), value.to_owned());
                return Err(AddressProblem::Value { key, value, expected: "the key of an item, such as ABC-123" });
            }
            ITEM => self.item = Some(value.to_owned()),
            // Nothing is written so, and what a link of another release holds must not seem to be shown.
            "s" | "d" => return Err(AddressProblem::Packed(if key == "s" { "s" } else { "d" })),
            _ => match self.frame.set(key, value) {
                Some(set) => set?,
                None => match self.query.set(key, value) {
                    Err(QueryError::Key(_)) => self.other.push((key.to_owned(), value.to_owned())),
                    set => set?,
                },
            },
        }
        Ok(())
    }

    /// Everything it says, in a fixed order.
    pub fn pairs(&self) -> Pairs {
        let mut pairs = vec![("v".to_owned(), ADDRESS_VERSION.to_string())];
        let mut push = |key: &str, value: &str| pairs.push((key.to_owned(), value.to_owned()));
        self.sources.iter().for_each(|source| push("src", source));
        if let Some(view) = &self.view {
            push("view", view);
        }
        if let Some(chart) = &self.chart {
            push("chart", chart);
        }
        pairs.extend(self.frame.pairs());
        pairs.extend(self.query.pairs());
        pairs.extend(self.item.iter().map(|item| (ITEM.to_owned(), item.clone())));
        pairs.extend(self.other.iter().cloned());
        pairs
    }

    /// What the fragment has to say beside a query that the page was opened with: keys that only open the page are left where
    /// they are, unless they have changed.
    pub fn fragment_beside(&self, query: &str) -> String {
        let there = pairs_of(query.trim_start_matches('?'));
        // Of a key that is there twice the last holds, but for places of data.
        let is_there = |pair: &(String, String)| match pair.0.as_str() {
            "src" => there.contains(pair),
            key => there.iter().rfind(|(other, _)| other == key) == Some(pair),
        };
        let opens_alike = |pair: &(String, String)| OPENING_KEYS.contains(&pair.0.as_str()) && is_there(pair);
        let mut text = Serializer::new(String::new());
        text.extend_pairs(self.pairs().iter().filter(|pair| !opens_alike(pair)));
        // What is usual is not written, unless it takes the place of what the query says.
        let (opened_with, says) = (Self::read(query, "").0.frame.pairs(), self.frame.pairs());
        let has = |pairs: &Pairs, key: &str| pairs.iter().any(|(other, _)| other == key);
        for (key, usual) in Frame::usual() {
            if has(&opened_with, key) && !has(&says, key) {
                text.append_pair(key, usual);
            }
        }
        text.finish()
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.fragment_beside(""))
    }
}

fn pairs_of(text: &str) -> Pairs {
    parse(text.as_bytes()).map(|(key, value)| (key.into_owned(), value.into_owned())).collect()
}

/// Pairs of any version as those of this one.
fn upgraded(mut pairs: Pairs, problems: &mut Vec<AddressProblem>) -> Pairs {
    let Some((_, written)) = pairs.iter().rev().find(|(key, _)| key == "v").cloned() else { return pairs };
    match written.parse::<usize>() {
        Ok(version @ 1..=ADDRESS_VERSION) => {
            for upgrade in &UPGRADES[version - 1..] {
                pairs = upgrade(pairs);
            }
        }
        Ok(version) if version > ADDRESS_VERSION => problems.push(AddressProblem::Later(written)),
        _ => problems.push(AddressProblem::Value {
            key: "v".to_owned(),
            value: written,
            expected: "the version of the address, a whole number from 1",
        }),
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back() {
        let (address, problems) =
            Address::read("", "#v=1&view=sprint&iteration=S%201+%26+2&f.type=Bug&nosuchkey=7&g=day");
        assert_eq!(problems, []);
        assert_eq!(address.view.as_deref(), Some("sprint"));
        assert_eq!(address.query.iteration.as_deref(), Some("S 1 & 2"));
        assert_eq!(address.other, [("nosuchkey".to_owned(), "7".to_owned())]);
        assert_eq!(Address::read("", &address.to_string()).0, address);
    }

    #[test]
    fn a_bad_value_is_reported_and_left_out() {
        let (address, problems) = Address::read("", "view=flow&g=fortnight&unit=points&theme=pink");
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert_eq!(address.query.unit, crate::metrics::Unit::Points);
        assert_eq!(address.query.granularity, Query::default().granularity);
        assert_eq!(address.frame.theme, Theme::Auto);
    }

    #[test]
    fn the_fragment_overrides_the_query() {
        let (address, _) = Address::read("?chart=burnup&embed=1&f.team=Core&f.team=Web&g=day", "#g=month&f.team=App");
        assert_eq!(address.chart.as_deref(), Some("burnup"));
        assert!(address.frame.embed);
        assert_eq!(address.query.granularity, crate::model::Granularity::Month);
        assert_eq!(address.query.filters[0].values, ["App"]);
    }

    #[test]
    fn a_fragment_of_the_page_says_everything_that_is_looked_at() {
        // The user took the filter of the link away: it must not come back.
        let query = "?src=data/a.json&f.team=Core&theme=dark";
        let (address, _) = Address::read(query, "#v=1&view=flow");
        assert_eq!(address.query.filters, []);
        assert_eq!(address.sources, ["data/a.json"]);
        assert_eq!(address.frame.theme, Theme::Dark);
        assert_eq!(address.fragment_beside(query), "v=1&view=flow", "what opens the page stays in the query");
        let frame = Frame { theme: Theme::Auto, ..address.frame.clone() };
        let written = Address { frame, ..address }.fragment_beside(query);
        assert_eq!(Address::read(query, &written).0.frame.theme, Theme::Auto, "{written}");
    }

    #[test]
    fn short_names_of_charts_are_understood() {
        assert_eq!(Address::read("chart=cfd", "").0.chart.as_deref(), Some("cumulative-flow"));
    }

    #[test]
    fn what_is_packed_into_an_address_is_not_taken_for_shown() {
        for fragment in ["v=1&s=1.d.q1Yq", "v=1&d=1.j.e30"] {
            let (address, problems) = Address::read("", fragment);
            assert_eq!((address, problems.len()), (Address::default(), 1), "{fragment}");
        }
    }

    #[test]
    fn a_later_version_says_so_and_is_read_as_far_as_it_goes() {
        let (address, problems) = Address::read("", "v=99&view=flow");
        assert_eq!(problems, [AddressProblem::Later("99".to_owned())]);
        assert_eq!(address.view.as_deref(), Some("flow"));
        assert_eq!(Address::read("", "v=one").1.len(), 1);
    }
}
