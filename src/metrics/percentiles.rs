//! Which percentiles a question asks for.

use serde::{Deserialize, Serialize};

/// Most percentiles of one question: more lines than that cannot be told apart.
const MOST: usize = 5;

/// Percentiles that are asked for: at most five different whole numbers from 1 to 99, rising. None at all: each metric shows
/// those of its own definition. What a sentence or a verdict says is fixed by its rule and does not follow them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Percentiles(Vec<u8>);

impl Percentiles {
    /// Those of a text such as "50,85,95", in any order; `None` for any other text.
    pub fn read(text: &str) -> Option<Self> {
        let mut list: Vec<u8> = text.split(',').map(|one| one.trim().parse().ok()).collect::<Option<_>>()?;
        list.sort_unstable();
        list.dedup();
        let fits = list.len() <= MOST && list.iter().all(|p| (1..=99).contains(p));
        fits.then_some(Self(list))
    }

    /// The text that reads back; empty when none is asked for.
    pub fn text(&self) -> String {
        self.0.iter().map(u8::to_string).collect::<Vec<_>>().join(",")
    }

    /// True when any is asked for.
    pub fn is_asked(&self) -> bool {
        !self.0.is_empty()
    }

    /// Those asked for, or the usual ones of a metric.
    pub(super) fn or(&self, usual: &[u8]) -> Vec<u8> {
        if self.is_asked() { self.0.clone() } else { usual.to_vec() }
    }

    /// The same with one more.
    pub(super) fn and(&self, p: u8) -> Self {
        let mut list = self.0.clone();
        if let Err(place) = list.binary_search(&p) {
            list.insert(place, p);
        }
        Self(list)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_order_is_read_and_written_rising() {
        let text = |given| Percentiles::read(given).map(|list| list.text());
        assert_eq!(text("95,50, 85").as_deref(), Some("50,85,95"));
        assert_eq!(text("85,85").as_deref(), Some("85"), "asked for twice is asked for");
        assert_eq!(text("1,99").as_deref(), Some("1,99"));
        for wrong in ["", "0", "100", "50,", "8.5", "-5", "p85", "1,2,3,4,5,6", "50;85", "999999999999"] {
            assert_eq!(text(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn without_a_wish_each_metric_has_its_own() {
        assert_eq!(Percentiles::default().or(&[50, 85]), [50, 85]);
        let asked = Percentiles::read("70,90").unwrap();
        assert_eq!(asked.or(&[50, 85]), [70, 90]);
        assert_eq!(asked.and(85).text(), "70,85,90");
        assert_eq!(asked.and(70).text(), "70,90");
    }
}
