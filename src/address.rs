//! What the address bar holds: view and query, as versioned text in the fragment. Pure; never data.
//!
//! `#v=1&view=sprint&g=week&f.type=Bug`. Unknown keys are kept as they are and ignored; a value that is not understood is reported
//! and left out. Nothing of a fragment is sent to the host.

use std::fmt;

use form_urlencoded::{Serializer, parse};

use crate::metrics::{Query, QueryError};

/// Version of the grammar. A change of meaning raises it and adds an upgrade in [`Address::read`].
pub const ADDRESS_VERSION: u32 = 1;

/// What the user looks at.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Address {
    /// Id of the view; `None` = the first that has something to show.
    pub view: Option<String>,
    /// The question.
    pub query: Query,
    /// Keys of other releases, kept in order.
    pub other: Vec<(String, String)>,
}

impl Address {
    /// Reads a fragment (without `#`). Never fails: what is not understood is answered beside the address.
    pub fn read(fragment: &str) -> (Self, Vec<QueryError>) {
        let mut address = Self::default();
        let mut problems = Vec::new();
        for (key, value) in parse(fragment.trim_start_matches('#').as_bytes()) {
            match &*key {
                "v" => {}
                "view" => address.view = Some(value.into_owned()),
                _ => match address.query.set(&key, &value) {
                    Ok(()) => {}
                    Err(QueryError::Key(_)) => address.other.push((key.into_owned(), value.into_owned())),
                    Err(problem) => problems.push(problem),
                },
            }
        }
        (address, problems)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = Serializer::new(String::new());
        text.append_pair("v", &ADDRESS_VERSION.to_string());
        if let Some(view) = &self.view {
            text.append_pair("view", view);
        }
        text.extend_pairs(self.query.pairs());
        text.extend_pairs(&self.other);
        formatter.write_str(&text.finish())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_reads_back() {
        let (address, problems) = Address::read("#v=1&view=sprint&iteration=S%201+%26+2&f.type=Bug&nosuchkey=7&g=day");
        assert_eq!(problems, []);
        assert_eq!(address.view.as_deref(), Some("sprint"));
        assert_eq!(address.query.iteration.as_deref(), Some("S 1 & 2"));
        assert_eq!(address.other, [("nosuchkey".to_owned(), "7".to_owned())]);
        assert_eq!(Address::read(&address.to_string()).0, address);
    }

    #[test]
    fn a_bad_value_is_reported_and_left_out() {
        let (address, problems) = Address::read("view=flow&g=fortnight&unit=points");
        assert_eq!(problems.len(), 1);
        assert_eq!(address.query.unit, crate::metrics::Unit::Points);
        assert_eq!(address.query.granularity, Query::default().granularity);
    }
}
