//! Documents in chunks of any size, whole, hostile and cut.
#![allow(clippy::expect_used, clippy::panic, reason = "a test may stop at the first surprise")]

use std::fmt::Write as _;

use proptest::prelude::*;

use super::records::{DEEPEST, LARGEST_RECORD, XmlRecords};
use super::{XmlElement, XmlHead, XmlShape};
use crate::importers::ImportError;

static SHAPE: XmlShape = XmlShape { records: &["list/title", "list/items/item"], left_out: &["long"] };

/// Every record as `path@line` and what it holds.
fn told(document: &[u8], chunk: usize) -> Result<Vec<String>, ImportError> {
    let mut told = Vec::new();
    let mut on_record = |record: super::records::XmlRecord<'_>| {
        let content = record.element.map_or_else(|| "too large".to_owned(), content);
        told.push(format!("{}@{} {content}", record.path, record.line));
    };
    let mut records = XmlRecords::new(&SHAPE);
    for part in document.chunks(chunk) {
        records.push(part, &mut on_record)?;
    }
    let bad = records.finish(&mut on_record)?.bad_places;
    if bad > 0 {
        told.push(format!("{bad} bad"));
    }
    Ok(told)
}

fn content(element: &XmlElement) -> String {
    let children: String = ["a", "b", "c"].iter().flat_map(|name| element.all(name)).map(content).collect();
    format!("<{} {:?}>{}{children}", element.name(), element.attribute("k"), element.text())
}

const DOCUMENT: &str = "<!-- first > comment -->\n<?xml version=\"1.0\"?>\n<list xmlns:x='urn:x'>\n<title>T &amp; <![CDATA[<U> & V]]></title>\n<other><item>no record</item></other>\n<x:items>\n<item k=\"1 &gt; &#x41; >\"><a>one\n two</a><x:b/><a>three &unknown; &#0; & so</a><long><a>left</a></long></item\n>\n  <item><item><a/></item></item><item/>\n</x:items></list>\n";

#[test]
fn records_are_found_with_their_lines_in_chunks_of_any_size() {
    let expected = [
        "list/title@4 <title \"\">T & <U> & V",
        "list/items/item@7 <item \"1 > A >\"><a \"\">one\n two<a \"\">three &unknown; &#0; & so<b \"\">",
        "list/items/item@10 <item \"\">",
        "list/items/item@10 <item \"\">",
    ];
    for chunk in (1..40).chain([100, 1000]) {
        assert_eq!(told(DOCUMENT.as_bytes(), chunk).expect("readable"), expected, "chunks of {chunk}");
    }
}

#[test]
fn a_document_cut_anywhere_is_damaged_and_never_read_in_part() {
    let end = DOCUMENT.trim_end().len();
    let start = DOCUMENT.find("<list").expect("the root");
    for cut in start + 1..end {
        let error = told(&DOCUMENT.as_bytes()[..cut], 7).expect_err("damaged");
        let ImportError::Damaged { line, what, next } = error else { panic!("{error}") };
        assert!((3..=11).contains(&line) && next.contains("Export the file again"), "{cut}: line {line}: {what}");
        assert!(what.contains("the file ends") || what.contains("never closed"), "{cut}: {what}");
    }
    assert!(told(&DOCUMENT.as_bytes()[..end], 7).is_ok());
}

#[test]
fn entities_of_a_dtd_are_never_expanded() {
    let mut laughs = String::from("<!DOCTYPE list [<!ENTITY lol0 \"ha>\">");
    for level in 1..10 {
        let inner = format!("&lol{};", level - 1).repeat(10);
        write!(laughs, "<!ENTITY lol{level} \"{inner}\">").expect("text");
    }
    laughs += "<!ENTITY file SYSTEM \"file:///etc/passwd\">]><list><title k=\"&lol9;\">&lol9; &file;</title></list>";
    for chunk in [1, 64, 10_000] {
        assert_eq!(told(laughs.as_bytes(), chunk).expect("readable"), ["list/title@1 <title \"&lol9;\">&lol9; &file;"]);
    }
}

#[test]
fn deep_and_large_documents_are_refused_in_words() {
    let deep = "<a>".repeat(100_000);
    let error = told(deep.as_bytes(), 1000).expect_err("too deep").to_string();
    assert!(error.contains(&format!("more than {DEEPEST} levels")), "{error}");
    let large = format!(
        "<list><items><item>{}</item>\n<item>small</item></items></list>",
        "<a>0123456789</a>".repeat(LARGEST_RECORD / 60)
    );
    let told_large = told(large.as_bytes(), 1 << 20).expect("readable");
    assert_eq!(told_large, ["list/items/item@1 too large", "list/items/item@2 <item \"\">small"]);
    let endless = format!("<list><title>{}", "x".repeat(LARGEST_RECORD + 10));
    let error = told(endless.as_bytes(), 1 << 20).expect_err("too long").to_string();
    assert!(error.contains("longer than 16 MiB"), "{error}");
}

#[test]
fn what_is_not_well_formed_is_named_with_its_line() {
    for (document, expected) in [
        ("<list>\n<title></list>", "line 2: </list> stands where </title> is expected"),
        ("<list/>\n</list>", "line 2: </list> closes an element that was never opened"),
        ("<list/>\n\nmore", "line 3: there is text outside of every element"),
        ("<list>\n<!x></list>", "line 2: a \"<!\" begins no comment"),
        ("<list>\n<!-- <b> </list>", "line 2: the comment that begins here is never closed"),
    ] {
        for chunk in [1, 5, 1000] {
            let error = told(document.as_bytes(), chunk).expect_err("damaged").to_string();
            assert!(error.starts_with(expected), "{document:?} in chunks of {chunk}: {error}");
        }
    }
}

#[test]
fn bytes_that_are_not_utf_8_are_read_as_windows_1252_and_counted() {
    let document = b"<list>\n<title>Gr\xFC\xC3\x9Fe</title></list>";
    for chunk in [1, 4, 100] {
        assert_eq!(told(document, chunk).expect("readable"), ["list/title@2 <title \"\">Grüße", "1 bad"]);
    }
}

#[test]
fn the_head_tells_root_namespace_and_paths_wherever_it_is_cut() {
    let head = XmlHead::of(DOCUMENT).expect("XML");
    assert_eq!((head.root(), head.namespace()), ("list", "urn:x"));
    assert!(head.has("list/items/item/b") && head.has("list/other/item") && !head.has("list/item"));
    for cut in 0..DOCUMENT.len() {
        if let Some(part) = XmlHead::of(&DOCUMENT[..cut]) {
            assert!(part.root() == "list" && !part.has("list/item"));
        }
    }
    assert_eq!(XmlHead::of("Summary,Issue key\n"), None);
    assert_eq!(XmlHead::of("<!-- only a comment -->"), None);
    assert!(XmlHead::of(&"<a>".repeat(100_000)).is_some());
}

proptest! {
    #[test]
    fn any_parts_are_read_alike_in_any_chunks(
        parts in prop::collection::vec(prop::sample::select(vec![
            "<list>", "</list>", "<items>", "</items>", "<item>", "</item>", "<a k='1'>", "</a>", "<b/>", "<!--", "-->", "-", ">",
            "<![CDATA[", "]]>", "&amp;", "&", ";", "<?x", "?>", "<!DOCTYPE l [", "]", "<!", "<", "\"", "'", "\n", "x", "é", "</", "/>",
        ]), 0..60),
        chunk in 1_usize..50,
    ) {
        let document = parts.concat();
        let whole = told(document.as_bytes(), document.len().max(1));
        prop_assert_eq!(told(document.as_bytes(), chunk), whole);
        let framed = format!("<list><items>{document}</items></list>");
        let whole = told(framed.as_bytes(), framed.len());
        prop_assert_eq!(told(framed.as_bytes(), chunk), whole);
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), chunk in 1_usize..50) {
        let whole = told(&bytes, bytes.len().max(1));
        prop_assert_eq!(told(&bytes, chunk), whole);
    }
}
