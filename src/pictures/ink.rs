//! Colours of pictures: the tokens of the page's style, light as attributes, dark as rules on top of them.

use std::fmt::Write;
use std::sync::LazyLock;

use crate::charts::Slot;

/// The style sheet that holds every colour of the product.
const TOKENS: &str = include_str!("../../style/tokens.css");

/// Light or dark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What a colour is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// One of the six series colours, from 0.
    Series(usize),
    /// Guidelines and levels.
    Guideline,
    /// Text.
    Text,
    /// Text of less weight.
    Muted,
    /// Grid lines.
    Grid,
    /// What the picture stands on.
    Surface,
}

const SERIES: usize = 6;
const ALL: [Ink; 11] = [
    Ink::Series(0),
    Ink::Series(1),
    Ink::Series(2),
    Ink::Series(3),
    Ink::Series(4),
    Ink::Series(5),
    Ink::Guideline,
    Ink::Text,
    Ink::Muted,
    Ink::Grid,
    Ink::Surface,
];

impl Ink {
    /// The colour of a series' look.
    pub(super) const fn of(slot: Slot) -> Self {
        match slot {
            Slot::Series(position) => Self::Series(position % SERIES),
            Slot::Guideline => Self::Guideline,
        }
    }

    /// Its class in the markup.
    pub(super) const fn class(self) -> &'static str {
        match self {
            Self::Series(0) => "c1",
            Self::Series(1) => "c2",
            Self::Series(2) => "c3",
            Self::Series(3) => "c4",
            Self::Series(4) => "c5",
            Self::Series(_) => "c6",
            Self::Guideline => "cg",
            Self::Text => "ct",
            Self::Muted => "cm",
            Self::Grid => "cl",
            Self::Surface => "cs",
        }
    }

    const fn token(self) -> &'static str {
        match self {
            Self::Series(0) => "chart-1",
            Self::Series(1) => "chart-2",
            Self::Series(2) => "chart-3",
            Self::Series(3) => "chart-4",
            Self::Series(4) => "chart-5",
            Self::Series(_) => "chart-6",
            Self::Guideline => "guideline",
            Self::Text => "text",
            Self::Muted => "text-muted",
            Self::Grid => "grid",
            Self::Surface => "surface",
        }
    }

    /// Its light colour.
    pub(super) fn light(self) -> &'static str {
        colour(Theme::Light, self.token())
    }
}

/// The value of a token of the style, by its name without dashes; empty for a name that there is not.
pub fn colour(theme: Theme, token: &str) -> &'static str {
    let rule = match theme {
        Theme::Light => "\n:root {",
        Theme::Dark => ":root[data-theme=\"dark\"] {",
    };
    let body = TOKENS.split_once(rule).and_then(|(_, rest)| rest.split_once('}')).map_or("", |(body, _)| body);
    body.split(';')
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
        .find(|(name, _)| *name == token)
        .map_or("", |(_, value)| value.trim())
}

/// The font family.
pub(super) fn font() -> &'static str {
    static FONT: LazyLock<&'static str> = LazyLock::new(|| colour(Theme::Light, "font"));
    &FONT
}

/// The rules that give pictures their dark colours where the viewer asks for dark.
pub fn dark_style() -> &'static str {
    static STYLE: LazyLock<String> = LazyLock::new(|| {
        let mut rules = String::from("@media screen and (prefers-color-scheme:dark){");
        for ink in ALL {
            // Writing to a string cannot fail.
            let _written = write!(rules, ".{}{{color:{}}}", ink.class(), colour(Theme::Dark, ink.token()));
        }
        rules.push('}');
        rules
    });
    &STYLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ink_is_a_token_in_light_and_in_dark() {
        for ink in ALL {
            assert!(ink.light().starts_with('#'), "{ink:?}");
            assert!(colour(Theme::Dark, ink.token()).starts_with('#'), "{ink:?}");
            assert!(dark_style().contains(&format!(".{}{{", ink.class())), "{ink:?}");
        }
        assert!(font().contains("sans-serif"));
        assert_eq!(colour(Theme::Light, "no-such-token"), "");
    }
}
