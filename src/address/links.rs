//! Links to what is looked at: for a tab of its own and for a frame; and what a page around a frame may change.

use form_urlencoded::Serializer;

use super::{Address, AddressProblem, Frame, ITEM, OPENING_KEYS, Pairs};

/// Keys that a page around the frame may set after the frame has begun, although they also open it.
const SETTABLE: [&str; 12] =
    ["theme", "title", "legend", "caption", "controls", "table", "link", "strip", "h", "decal", "motion", "font"];

fn text_of(pairs: &[(String, String)]) -> String {
    Serializer::new(String::new()).extend_pairs(pairs).finish()
}

impl Address {
    /// The same in a tab of its own. `page` is the address of the page without query and fragment. Where published data lies
    /// is in the query; everything else is in the fragment, of which nothing is sent to the host.
    pub fn link(&self, page: &str) -> String {
        let Frame { own, theme, decals, motion, zone, language, .. } = self.frame.clone();
        let frame = Frame { own, theme, decals, motion, zone, language, ..Frame::default() };
        let whole = Self { frame, ..self.clone() };
        let (opens, looks): (Pairs, Pairs) =
            whole.pairs().into_iter().partition(|(key, _)| ["src", "own"].contains(&key.as_str()));
        let query = if opens.is_empty() { String::new() } else { format!("?{}", text_of(&opens)) };
        format!("{page}{query}#{}", text_of(&looks))
    }

    /// The same in a frame of another page, without an open item. Everything is in the query, because some hosts drop
    /// fragments.
    pub fn frame_link(&self, page: &str) -> String {
        let frame = Frame { embed: true, own: false, ..self.frame.clone() };
        format!("{page}?{}", text_of(&Self { frame, item: None, ..self.clone() }.pairs()))
    }

    /// This address with some keys set anew, as a page around the frame asks for it. An empty value takes a key away. What
    /// opens the page (where data lies, storage, frame) cannot be changed so.
    pub fn changed(&self, params: &[(String, String)]) -> (Self, Vec<AddressProblem>) {
        let may = |key: &str| !["v", ITEM].contains(&key) && (!OPENING_KEYS.contains(&key) || SETTABLE.contains(&key));
        let set: Vec<_> = params.iter().filter(|(key, _)| may(key)).collect();
        let mut pairs: Pairs = self.pairs();
        pairs.retain(|(key, _)| set.iter().all(|(other, _)| other != key));
        pairs.extend(set.into_iter().filter(|(_, value)| !value.is_empty()).cloned());
        Self::read("", &text_of(&pairs))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "https://site.example/app/";

    #[test]
    fn a_link_opens_what_is_looked_at_outside_of_the_frame() {
        let query = "src=data/a.json&chart=burnup&embed=1&h=420&theme=dark&f.team=Core+%26+Co&legend=0&nosuchkey=7";
        let (address, _) = Address::read(query, "");
        let link = address.link(PAGE);
        assert_eq!(
            link,
            "https://site.example/app/?src=data%2Fa.json#v=1&chart=burnup&theme=dark&f.team=Core+%26+Co&nosuchkey=7"
        );
        let (query, fragment) = link[PAGE.len()..].split_once('#').unwrap();
        let (there, problems) = Address::read(query, fragment);
        assert_eq!(problems, []);
        assert_eq!((there.query, there.chart, there.sources), (address.query, address.chart, address.sources));
        assert!(!there.frame.embed);
        assert_eq!(Address::default().link(PAGE), "https://site.example/app/#v=1");
    }

    #[test]
    fn a_frame_link_says_everything_in_the_query() {
        let (address, _) = Address::read("", "v=1&view=flow&f.type=Bug&own=1&item=A-1");
        let link = address.frame_link(PAGE);
        assert_eq!(link, "https://site.example/app/?v=1&view=flow&embed=1&f.type=Bug");
        assert_eq!(Address::read(&link[PAGE.len()..], "").0.query, address.query);
    }

    #[test]
    fn the_page_around_sets_what_is_looked_at_and_nothing_else() {
        let (address, _) = Address::read("src=data/a.json&embed=1&parent=https://host.example&f.team=Core&g=day", "");
        let set = |pairs: &[(&str, &str)]| {
            let pairs: Vec<_> = pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
            address.changed(&pairs)
        };
        let (changed, problems) = set(&[("f.team", "Web"), ("g", ""), ("theme", "dark"), ("chart", "cfd")]);
        assert_eq!(problems, []);
        assert_eq!(changed.query.filters[0].values, ["Web"]);
        assert_eq!(changed.query.granularity, crate::metrics::Query::default().granularity);
        assert_eq!(changed.chart.as_deref(), Some("cumulative-flow"));
        for forbidden in ["src", "embed", "own", "parent", "safe", "fault", "refresh", "bg", "v", "item"] {
            assert_eq!(set(&[(forbidden, "1")]), (address.clone(), vec![]), "{forbidden}");
        }
        assert_eq!(set(&[("g", "fortnight")]).1.len(), 1, "a value that is not understood is told");
    }
}
