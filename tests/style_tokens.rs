//! The colours of `style/tokens.css`: enough contrast in light and in dark, and one dark theme, not two.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::collections::BTreeMap;
use std::fs;

type Tokens = BTreeMap<String, String>;

/// The tokens of the rule that begins with `selector`.
fn tokens_of(css: &str, selector: &str) -> Tokens {
    let rule = css.split_once(&format!("{selector} {{")).unwrap_or_else(|| panic!("no rule {selector}")).1;
    let body = rule.split_once('}').unwrap().0;
    body.split(';')
        .filter_map(|line| line.trim().strip_prefix("--")?.split_once(':'))
        .map(|(name, value)| (name.to_owned(), value.trim().to_owned()))
        .collect()
}

const HIGH_CONTRAST: &str = ":root[data-theme=\"hc\"]";

/// Light and dark, and both with high contrast.
fn themes() -> [(&'static str, Tokens); 4] {
    let css = fs::read_to_string("style/tokens.css").unwrap();
    let (to_light, from_dark) = css.split_once(HIGH_CONTRAST).unwrap().1.split_once(HIGH_CONTRAST).unwrap();
    [
        ("light", tokens_of(&css, "\n:root")),
        ("dark", tokens_of(&css, ":root[data-theme=\"dark\"]")),
        ("hc, light", tokens_of(&format!("x{to_light}"), "x")),
        ("hc, dark", tokens_of(&format!("x{from_dark}"), "x")),
    ]
}

/// Relative luminance (WCAG 2.2) of `#rrggbb`.
fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(colour.get(at..at + 2).unwrap(), 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    assert!(colour.starts_with('#') && colour.len() == 7, "{colour} is not written as #rrggbb");
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(a: &str, b: &str) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn contrast_is_as_wcag_asks() {
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    let on_surface: &[(&str, f64)] = &[
        ("text", 4.5),
        ("text-muted", 4.5),
        ("accent", 4.5),
        ("warning", 4.5),
        ("danger", 4.5),
        ("good", 4.5),
        ("border-strong", 3.0),
        ("guideline", 3.0),
        ("focus", 3.0),
        ("chart-1", 3.0),
        ("chart-2", 3.0),
        ("chart-3", 3.0),
        ("chart-4", 3.0),
        ("chart-5", 3.0),
        ("chart-6", 3.0),
    ];
    let pairs = on_surface.iter().map(|&(token, least)| (token, "surface", least)).chain([
        ("text", "page", 4.5),
        ("text-muted", "page", 4.5),
        ("text", "surface-hover", 4.5),
        ("on-accent", "accent", 4.5),
        ("on-accent", "accent-hover", 4.5),
        ("accent", "accent-soft", 4.5),
        ("text", "warning-soft", 4.5),
        ("warning", "warning-soft", 4.5),
        ("text", "danger-soft", 4.5),
    ]);
    for (theme, tokens) in themes() {
        for (front, back, least) in pairs.clone() {
            // WCAG's level AAA for text; marks as dark as text otherwise is.
            let least = match least {
                least if !theme.starts_with("hc") => least,
                4.5 => 7.0,
                _ => 4.5,
            };
            let found = contrast(&tokens[front], &tokens[back]);
            assert!(
                found >= least,
                "{theme}: --{front} on --{back} has contrast {found:.2}, at least {least} is needed"
            );
        }
    }
}

#[test]
fn the_two_dark_rules_are_one_theme() {
    let css = fs::read_to_string("style/tokens.css").unwrap();
    let of_system = tokens_of(&css, ":root:not([data-theme=\"light\"])");
    assert!(!of_system.is_empty());
    assert_eq!(of_system, tokens_of(&css, ":root[data-theme=\"dark\"]"));
}

#[test]
fn high_contrast_leaves_no_colour_to_another_theme() {
    let [_, (_, dark), (_, in_light), (_, in_dark)] = themes();
    let names = |tokens: &Tokens| tokens.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&in_light), names(&dark));
    assert_eq!(names(&in_dark), names(&dark));
}

/// A colour outside the tokens would be wrong in one of the themes.
#[test]
fn no_colour_is_written_elsewhere() {
    for file in
        ["base", "layout", "components", "changes", "quality", "visibility", "overview", "print", "boot", "report"]
    {
        let css = fs::read_to_string(format!("style/{file}.css")).unwrap();
        for (number, line) in css.lines().enumerate() {
            let has_hex = line.split_once(": ").is_some_and(|(_, value)| value.contains('#'));
            assert!(
                !has_hex && !line.contains("rgb("),
                "style/{file}.css:{}: a colour belongs into tokens.css: {line}",
                number + 1
            );
        }
    }
}
