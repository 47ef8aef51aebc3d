//! The texts that cells share, and how a workbook writes texts.

use std::borrow::Cow;

use super::xml::{Node, Xml};

/// The shared texts in order. How many the document announces is not looked at: it may lie.
pub(super) fn read(text: &str) -> Result<Vec<String>, String> {
    let mut strings = Vec::new();
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next()? {
        if matches!(&node, Node::Open(element) if element.is("si")) {
            strings.push(read_rich_text(&mut xml, "si")?);
        }
    }
    Ok(strings)
}

/// The text up to the end of the element `until`: its pieces in a row, without the reading aids of East Asian scripts.
pub(super) fn read_rich_text(xml: &mut Xml<'_>, until: &str) -> Result<String, String> {
    let mut text = String::new();
    let (mut in_text, mut in_reading_aid) = (false, false);
    while let Some(node) = xml.next()? {
        match node {
            Node::Open(element) if element.is("t") => in_text = true,
            Node::Open(element) if element.is("rPh") => in_reading_aid = true,
            Node::Close(name) if name == "t" => in_text = false,
            Node::Close(name) if name == "rPh" => in_reading_aid = false,
            Node::Close(name) if name == until => break,
            Node::Text(piece) if in_text && !in_reading_aid => text.push_str(&piece),
            _ => {}
        }
    }
    Ok(unescape(&text).into_owned())
}

/// Characters that XML cannot hold are written as `_x000D_`. Source: ECMA-376 part 1, 22.9.2.19 (`ST_Xstring`).
pub(super) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let code = rest.get(2..6).filter(|code| code.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = code.filter(|_| rest.get(6..7) == Some("_"));
        if let Some(character) = code.and_then(|code| u32::from_str_radix(code, 16).ok()).and_then(char::from_u32) {
            plain.push(character);
            rest = &rest[7..];
        } else {
            plain.push_str("_x");
            rest = &rest[2..];
        }
    }
    plain.push_str(rest);
    Cow::Owned(plain.replace("\r\n", "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_joined_and_reading_aids_are_not_read() {
        let xml = "<sst uniqueCount=\"4000000000\"><si><t>plain</t></si><si><r><t xml:space=\"preserve\">two </t></r>\
                   <r><t>pieces</t></r><rPh><t>aid</t></rPh></si><si/><si><t>a &amp; b &#10;&lt;c&gt;</t></si></sst>";
        assert_eq!(read(xml).unwrap(), ["plain", "two pieces", "", "a & b \n<c>"]);
    }

    #[test]
    fn characters_that_xml_cannot_hold_are_read() {
        assert_eq!(unescape("one_x000D_\ntwo"), "one\ntwo");
        assert_eq!(unescape("_x005F_x000D_"), "_x000D_");
        assert_eq!(unescape("_xyz_ and _x00"), "_xyz_ and _x00");
    }
}
