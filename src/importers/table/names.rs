//! Column names as they are compared.

/// Lower case, single spaces, ASCII brackets and apostrophes, letters composed.
pub(in crate::importers) fn normalised(header: &str) -> String {
    let mut name = String::with_capacity(header.len());
    let lower = header.to_lowercase();
    for word in lower.split(|mark: char| mark.is_whitespace() || mark == '\u{feff}').filter(|word| !word.is_empty()) {
        if !name.is_empty() {
            name.push(' ');
        }
        for mark in word.chars() {
            match mark {
                '（' => name.push('('),
                '）' => name.push(')'),
                '’' => name.push('\''),
                accent @ '\u{300}'..='\u{328}' => compose(&mut name, accent),
                other => name.push(other),
            }
        }
    }
    name
}

/// Joins a combining accent with the letter before it, for the letters that occur in the headers above.
fn compose(name: &mut String, accent: char) {
    const COMPOSED: &[(char, &str, &str)] = &[
        ('\u{300}', "aeiou", "àèìòù"),
        ('\u{301}', "aeiouyncszl", "áéíóúýńćśźĺ"),
        ('\u{302}', "aeiou", "âêîôû"),
        ('\u{303}', "aon", "ãõñ"),
        ('\u{307}', "z", "ż"),
        ('\u{308}', "aeiou", "äëïöü"),
        ('\u{30A}', "au", "åů"),
        ('\u{30C}', "cenrsztd", "čěňřšžťď"),
        ('\u{327}', "c", "ç"),
        ('\u{328}', "ae", "ąę"),
    ];
    let joined = name.chars().next_back().and_then(|letter| {
        let (_, from, to) = COMPOSED.iter().find(|(known, ..)| *known == accent)?;
        to.chars().nth(from.chars().position(|known| known == letter)?)
    });
    if let Some(joined) = joined {
        name.pop();
        name.push(joined);
    } else {
        name.push(accent);
    }
}

/// True when a header carries this name. `…` in a name stands for any text: `amount (…)` is `amount (usd)` and `amount ()`.
pub(super) fn is_named(name: &str, header: &str) -> bool {
    match name.split_once('…') {
        None => name == header,
        Some((before, after)) => {
            header.len() >= before.len() + after.len() && header.starts_with(before) && header.ends_with(after)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_may_leave_a_part_open() {
        for header in ["amount (usd)", "amount ()"] {
            assert!(is_named("amount (…)", header), "{header}");
        }
        for header in ["amount", "amount (", "an amount (usd)"] {
            assert!(!is_named("amount (…)", header), "{header}");
        }
        assert!(is_named("… (metercategory)", "kategorie der verbrauchseinheit (metercategory)"));
        assert!(!is_named("… (metercategory)", "metercategory"));
        assert!(!is_named("a…a", "a"));
    }
}
