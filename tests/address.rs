//! Laws of the address grammar: what is written reads back, whatever the texts; nothing of an address is lost silently.
#![allow(clippy::unwrap_used, reason = "a test may stop at the first surprise")]

use proptest::prelude::*;
use throughline::address::{ADDRESS_VERSION, Address};
use throughline::metrics::FilterField;

/// Keys with a value that each understands; the page writes any of them.
const KNOWN: &[(&str, &[&str])] = &[
    ("view", &["overview", "flow", "a view of another release"]),
    ("chart", &["burnup", "cumulative-flow"]),
    ("src", &["data/workspace.json", "https://other.example/a?b=c&d#e"]),
    ("own", &["1"]),
    ("embed", &["0", "1"]),
    ("theme", &["auto", "light", "dark", "hc"]),
    ("decal", &["0", "1"]),
    ("motion", &["0", "1"]),
    ("font", &["system", "serif"]),
    ("bg", &["transparent"]),
    ("parent", &["https://wiki.example"]),
    ("refresh", &["5m", "60m", "24h"]),
    ("h", &["420"]),
    ("title", &["0", "1"]),
    ("legend", &["0"]),
    ("caption", &["0"]),
    ("controls", &["0"]),
    ("table", &["0"]),
    ("link", &["0"]),
    ("g", &["day", "sprint", "month"]),
    ("wk", &["mon", "sun", "sat"]),
    ("tz", &["Europe/Berlin", "America/Argentina/Buenos_Aires", "Etc/GMT+5", "UTC"]),
    ("lang", &["en", "de-AT"]),
    ("unit", &["points", "hours"]),
    ("from", &["2024-01-01", "now-90d", "sprint:-3"]),
    ("to", &["2024-02-29", "now", "sprint:current"]),
    ("asof", &["2024-03-31"]),
    ("iteration", &["Sprint 7", "S & T = #3?"]),
    ("by", &["team", "label"]),
    ("days", &["working", "elapsed"]),
    ("start", &["created"]),
    ("percentile", &["linear"]),
    ("p", &["50,85,95", "1", "60,99"]),
    ("people", &["pseudonyms"]),
    ("seed", &["7"]),
    ("trials", &["5000"]),
];

fn known() -> impl Strategy<Value = (String, String)> {
    (0..KNOWN.len(), any::<prop::sample::Index>()).prop_map(|(key, value)| {
        let (key, values) = KNOWN[key];
        (key.to_owned(), values[value.index(values.len())].to_owned())
    })
}

/// A filter by any text: what users have in their trackers.
fn filter() -> impl Strategy<Value = (String, String)> {
    (prop::sample::select(vec!["type", "team", "label", "title", "assignee", "environment"]), any::<String>())
        .prop_map(|(field, value)| (format!("f.{field}"), value))
}

/// A key of another release. It begins with no letter of ours.
fn other() -> impl Strategy<Value = (String, String)> {
    ("x-[a-z.]{1,8}", any::<String>())
}

fn pairs() -> impl Strategy<Value = Vec<(String, String)>> {
    prop::collection::vec(prop_oneof![4 => known(), 2 => filter(), 1 => other()], 0..12)
}

fn text(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

proptest! {
    #[test]
    fn what_is_written_reads_back(pairs in pairs(), in_query in any::<bool>()) {
        let given = text(&pairs);
        let (address, problems) = if in_query { Address::read(&given, "") } else { Address::read("", &given) };
        prop_assert_eq!(problems, vec![]);
        let written = address.to_string();
        let (again, problems) = Address::read("", &written);
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(&again, &address);
        prop_assert_eq!(again.to_string(), written.clone(), "writing is stable");
        let version = format!("v={ADDRESS_VERSION}");
        prop_assert!(written.starts_with(&version));
        prop_assert!(written.is_ascii() && !written.contains('#'), "a link survives every carrier");
    }

    #[test]
    fn beside_a_query_the_fragment_says_the_rest(opened in pairs(), looked_at in pairs()) {
        let query = text(&opened);
        let (mut address, _) = Address::read(&query, &text(&looked_at));
        // The page leaves data where the address has it.
        address.sources = Address::read(&query, "").0.sources;
        let fragment = address.fragment_beside(&query);
        let (again, _) = Address::read(&query, &fragment);
        prop_assert_eq!(again, address, "{} beside {}", fragment, query);
    }

    #[test]
    fn an_open_item_stays_in_the_fragment(pairs in pairs(), key in ".+") {
        let query = text(&pairs);
        let item = text(&[("item".to_owned(), key.clone())]);
        let (address, problems) = Address::read(&query, &item);
        prop_assert_eq!(problems, vec![]);
        prop_assert_eq!(address.item.as_deref(), Some(key.as_str()));
        prop_assert_eq!(&Address::read("", &address.to_string()).0, &address);
        let link = address.link("https://a.example/");
        let (sent, kept) = link.split_once('#').unwrap();
        prop_assert_eq!(Address::read(sent.split_once('?').map_or("", |parts| parts.1), kept).0.item, address.item.clone());
        prop_assert!(!sent.contains("item="), "{} is not sent to the host", sent);
        prop_assert!(!address.frame_link("https://a.example/").contains("item="));
        let closed = Address { item: None, ..address };
        prop_assert_eq!(Address::read("", &closed.to_string()).0.item, None);
    }

    #[test]
    fn any_text_is_an_address(query in any::<String>(), fragment in any::<String>()) {
        let (address, _) = Address::read(&query, &fragment);
        prop_assert_eq!(Address::read("", &address.to_string()).0, address);
    }

    #[test]
    fn nothing_is_dropped_without_a_word(key in "[a-z]{1,8}", value in any::<String>()) {
        let (address, problems) = Address::read("", &text(&[(key.clone(), value.clone())]));
        let kept = address != Address::default();
        let is_default = !kept && problems.is_empty();
        // A value that is the default says nothing, and needs no word.
        let says_the_default = key == "v" || ["0", "1", "page", "auto", "system", "week", "items", "mon"].contains(&value.as_str());
        prop_assert!(!is_default || says_the_default, "{}={}", key, value);
    }
}

#[test]
fn an_item_in_the_query_is_told_and_left_out() {
    let (address, problems) = Address::read("view=items&item=A-1", "");
    assert_eq!(address.item, None);
    assert_eq!(problems.len(), 1);
    assert!(problems[0].to_string().contains("behind #"), "{}", problems[0]);
    assert_eq!(Address::read("", "item=").1.len(), 1, "no item has no key");
}

#[test]
fn zones_and_languages_have_a_shape() {
    for wrong in ["tz=", "tz=Europe//Berlin", "tz=<b>", "lang=", "lang=de_AT", "lang=inordinately-long"] {
        let (address, problems) = Address::read(wrong, "");
        assert_eq!((address, problems.len()), (Address::default(), 1), "{wrong}");
    }
}

#[test]
fn a_filter_of_every_field_reads_back() {
    for id in ["type", "status", "team", "assignee", "label", "component", "key", "title"] {
        let field = FilterField::from_id(id).unwrap();
        let (address, problems) = Address::read(&format!("f.{id}=%21~x"), "");
        assert_eq!(problems, []);
        assert_eq!(address.query.filters[0].field, field);
    }
}
