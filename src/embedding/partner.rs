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
}

impl Partner {
    /// True when a message of this origin is heard: any, unless the address names the one.
    pub fn is_heard(&self, origin: &str) -> bool {
        self.expected.as_deref().is_none_or(|expected| expected == origin)
    }

    /// True when a page of this origin may know what is shown: the own origin and those of the set-up.
    pub fn may_know(&self, origin: &str) -> bool {
        // "null" is what every sandboxed page calls itself: it names nobody.
        let names_somebody = !origin.is_empty() && origin != "null" && origin != "*";
        names_somebody && (origin == self.own || self.listed.iter().any(|listed| listed == origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_own_origin_and_the_listed_ones_may_know() {
        let partner = Partner {
            own: "https://app.example".to_owned(),
            listed: vec!["https://wiki.example".to_owned(), "null".to_owned(), "*".to_owned()],
            expected: None,
        };
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
