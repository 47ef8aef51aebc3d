//! Who the page around a frame is, and what it may know.

/// The page around, as far as its origin tells.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Partner {
    /// The frame's own origin.
    pub own: String,
    /// Origins that the site is set up for (`embedOrigins`).
    pub listed: Vec<String>,
    /// The origin that the address was made for (`parent=`), if it names one.
    pub expected: Option<String>,
    /// The site lets its readers look at data that is not its own (`allowLocal`).
    pub takes_other_data: bool,
}

/// What is done with data that a page hands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadVerdict {
    /// It is read.
    Read,
    /// The reader is asked, and nothing of it is read before.
    Ask,
    /// It is not taken.
    Refuse,
}

impl Partner {
    /// True when a message of this origin is heard: any, unless the address names the one.
    pub fn is_heard(&self, origin: &str) -> bool {
        self.expected.as_deref().is_none_or(|expected| expected == origin)
    }

    /// True when a page of this origin may know what is shown: the own origin and those of the set-up.
    pub fn may_know(&self, origin: &str) -> bool {
        names_somebody(origin) && (origin == self.own || self.listed.iter().any(|listed| listed == origin))
    }

    /// What is done with data of a page of this origin.
    pub fn judge_load(&self, origin: &str) -> LoadVerdict {
        match (self.may_know(origin), self.takes_other_data) {
            (true, _) => LoadVerdict::Read,
            (false, true) => LoadVerdict::Ask,
            (false, false) => LoadVerdict::Refuse,
        }
    }

    /// True when a page of this origin may have what is shown as a file: whoever may know it, and whoever gave all of it. What
    /// was published is not given to others, although they can show it: a reader may have signed in to see it.
    pub fn may_have(&self, origin: &str, given_by: Option<&str>) -> bool {
        self.may_know(origin) || (names_somebody(origin) && given_by == Some(origin))
    }
}

/// True when an origin can be told from others. "null" is what every sandboxed page calls itself: it names nobody.
pub fn names_somebody(origin: &str) -> bool {
    !origin.is_empty() && origin != "null" && origin != "*"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn partner(takes_other_data: bool) -> Partner {
        let listed = vec!["https://wiki.example".to_owned(), "null".to_owned(), "*".to_owned()];
        Partner { own: "https://app.example".to_owned(), listed, expected: None, takes_other_data }
    }

    #[test]
    fn data_of_unknown_pages_is_asked_about_or_not_taken() {
        use LoadVerdict::{Ask, Read, Refuse};
        let table = [
            ("https://app.example", Read, Read),
            ("https://wiki.example", Read, Read),
            ("http://wiki.example", Ask, Refuse),
            ("https://app.example.evil.example", Ask, Refuse),
            ("null", Ask, Refuse),
            ("", Ask, Refuse),
        ];
        for (origin, open, closed) in table {
            assert_eq!(partner(true).judge_load(origin), open, "{origin}");
            assert_eq!(partner(false).judge_load(origin), closed, "{origin}");
        }
    }

    #[test]
    fn a_chart_is_for_those_who_may_know_it_and_for_who_gave_the_data() {
        let partner = partner(true);
        let (own, listed, other) = ("https://app.example", "https://wiki.example", "https://other.example");
        for given_by in [None, Some(own), Some(listed), Some(other), Some("null"), Some("")] {
            assert!(partner.may_have(own, given_by) && partner.may_have(listed, given_by), "{given_by:?}");
            assert_eq!(partner.may_have(other, given_by), given_by == Some(other), "{given_by:?}");
            // Two sandboxed pages are not the same page.
            assert!(!partner.may_have("null", given_by) && !partner.may_have("", given_by), "{given_by:?}");
        }
    }

    #[test]
    fn only_the_own_origin_and_the_listed_ones_may_know() {
        let partner = partner(true);
        let table = [
            ("https://app.example", true),
            ("https://wiki.example", true),
            ("http://wiki.example", false),
            ("https://wiki.example:8443", false),
            ("https://wiki.example.evil.example", false),
            ("https://WIKI.example", false),
            ("null", false),
            ("*", false),
            ("", false),
        ];
        for (origin, may) in table {
            assert_eq!(partner.may_know(origin), may, "{origin}");
            assert!(partner.is_heard(origin));
        }
        let expecting = Partner { expected: Some("https://wiki.example".to_owned()), ..partner };
        assert!(expecting.is_heard("https://wiki.example") && !expecting.is_heard("https://app.example"));
    }
}
