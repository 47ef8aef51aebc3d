//! Which cell styles show a number as a date or a time.
//! Source: ECMA-376 part 1, 18.8.30 (`numFmt`: the built-in ids and the codes).

use std::collections::BTreeMap;

use super::xml::{Node, Xml};

/// What a style makes of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// A number, whatever its decimals, currency or percent sign.
    Number,
    /// A day.
    Day,
    /// A day with a time, or a time of day.
    Moment,
    /// Hours that may pass 24.
    Span,
}

/// What each cell style shows, by its number.
pub(super) fn read(text: &str) -> Result<Vec<Shown>, String> {
    let mut own_codes = BTreeMap::new();
    let mut styles = Vec::new();
    let mut in_cell_styles = false;
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) if element.is("numFmt") => {
                let id = element.attribute("numFmtId").and_then(|id| id.parse::<u32>().ok());
                if let (Some(id), Some(code)) = (id, element.attribute("formatCode")) {
                    own_codes.insert(id, shown_by_code(&code));
                }
            }
            Node::Open(element) if element.is("cellXfs") => in_cell_styles = true,
            Node::Close(name) if name == "cellXfs" => in_cell_styles = false,
            Node::Open(element) if in_cell_styles && element.is("xf") => {
                let id = element.attribute("numFmtId").and_then(|id| id.parse().ok()).unwrap_or(0);
                styles.push(own_codes.get(&id).copied().unwrap_or_else(|| shown_by_built_in(id)));
            }
            _ => {}
        }
    }
    Ok(styles)
}

const fn shown_by_built_in(id: u32) -> Shown {
    match id {
        // 27 to 36 and 50 to 58 are the dates of East Asian editions.
        14..=17 | 27..=31 | 36 | 50..=54 | 57 | 58 => Shown::Day,
        18..=22 | 32..=35 | 45 | 47 | 55 | 56 => Shown::Moment,
        46 => Shown::Span,
        _ => Shown::Number,
    }
}

/// Looks at the letters of a code's first section that are no quoted text.
fn shown_by_code(code: &str) -> Shown {
    let (mut day, mut time) = (false, false);
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character.to_ascii_lowercase() {
            ';' => break,
            // One character of plain text follows, or of space, or of filling.
            '\\' | '_' | '*' => drop(characters.next()),
            '"' => drop(characters.find(|character| *character == '"')),
            '[' => {
                let inside: String = characters.by_ref().take_while(|character| *character != ']').collect();
                // [h], [mm] and [ss] count past their clock; others are colours, conditions and languages.
                let counts_past =
                    |unit| !inside.is_empty() && inside.to_ascii_lowercase().trim_matches(unit).is_empty();
                if ['h', 'm', 's'].into_iter().any(counts_past) {
                    return Shown::Span;
                }
            }
            // Digits belong to a number, if not to the fractions of a second; so does "General".
            'g' | '#' | '0' | '?' | '@' if !day && !time => return Shown::Number,
            'd' | 'y' => day = true,
            'h' | 's' => time = true,
            _ => {}
        }
    }
    match (day, time) {
        (_, true) => Shown::Moment,
        (true, false) => Shown::Day,
        // Months alone, or minutes alone.
        (false, false) if code.to_ascii_lowercase().contains("mm") => Shown::Day,
        (false, false) => Shown::Number,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_dates_are_told_from_codes_of_numbers() {
        for (code, shown) in [
            ("General", Shown::Number),
            ("#,##0.00", Shown::Number),
            ("0.00E+00", Shown::Number),
            ("[Red]#,##0;[Blue]-#,##0", Shown::Number),
            ("\"days\" 0", Shown::Number),
            ("0.0\\d", Shown::Number),
            ("@", Shown::Number),
            ("dd/mm/yyyy", Shown::Day),
            ("[$-409]d\\-mmm\\-yy;@", Shown::Day),
            ("mmm-yy", Shown::Day),
            ("yyyy\\-mm\\-dd\\ hh:mm:ss", Shown::Moment),
            ("h:mm AM/PM", Shown::Moment),
            ("[h]:mm:ss", Shown::Span),
            ("[mm]:ss", Shown::Span),
            ("[hh]:mm", Shown::Span),
        ] {
            assert_eq!(shown_by_code(code), shown, "{code}");
        }
    }

    #[test]
    fn the_styles_of_cells_are_read_and_not_those_of_named_styles() {
        let xml = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="d\.m\.yyyy"/></numFmts>
            <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="46"/></cellXfs></styleSheet>"#;
        assert_eq!(read(xml).unwrap(), [Shown::Number, Shown::Day, Shown::Moment, Shown::Day, Shown::Span]);
    }
}
