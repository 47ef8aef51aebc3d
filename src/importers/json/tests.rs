//! What the splitter promises, and the splitter against `serde_json` reading the whole.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::elements::LONGEST_ELEMENT;
use super::{JsonElement, JsonElements, JsonHead, JsonRest, element_error};
use crate::importers::ImportError;

/// What came out of a file.
#[derive(Debug, PartialEq)]
pub(super) struct Split {
    /// Path, text, line, position of each.
    pub(super) elements: Vec<(String, Vec<u8>, u64, u64)>,
    pub(super) end: Result<JsonRest, ImportError>,
}

impl Split {
    fn values(&self) -> Vec<(String, Value)> {
        let read = |bytes: &[u8]| serde_json::from_slice(bytes).expect("an element is JSON");
        self.elements.iter().map(|(path, bytes, ..)| (path.clone(), read(bytes))).collect()
    }

    fn texts(&self) -> Vec<(&str, &str, u64)> {
        let text = |bytes| std::str::from_utf8(bytes).expect("UTF-8");
        self.elements.iter().map(|(path, bytes, line, _)| (path.as_str(), text(bytes), *line)).collect()
    }
}

pub(super) fn split<'a>(arrays: &[&str], parts: impl IntoIterator<Item = &'a [u8]>) -> Split {
    let mut elements = Vec::new();
    let mut note = |element: JsonElement<'_>| {
        elements.push((element.path.to_owned(), element.bytes.to_vec(), element.line, element.position));
        Ok(())
    };
    let mut reader = JsonElements::new(arrays);
    let mut pushed = Ok(());
    for part in parts {
        pushed = pushed.and_then(|()| reader.push(part, &mut note));
    }
    let end = pushed.and_then(|()| reader.finish(&mut note));
    Split { elements, end }
}

fn whole(arrays: &[&str], text: &str) -> Split {
    split(arrays, [text.as_bytes()])
}

fn damage(split: &Split) -> (u64, &str) {
    match &split.end {
        Err(ImportError::Damaged { line, what, next }) => {
            assert!(next.len() > 30);
            (*line, what)
        }
        other => panic!("{other:?} is no damage"),
    }
}

#[test]
fn an_answer_gives_its_elements_and_its_rest() {
    let text =
        "{\"total\": 2,\n \"issues\": [\n  {\"key\": \"A-1\"},\n  {\"key\": \"A-2\"}\n ],\n \"names\": {\"x\": [1]}}\n";
    let read = whole(&["", "issues"], text);
    assert_eq!(read.texts(), [("issues", "{\"key\": \"A-1\"}", 3), ("issues", "{\"key\": \"A-2\"}", 4)]);
    assert_eq!(read.end, Ok(JsonRest::Kept(vec![json!({"total": 2, "issues": [], "names": {"x": [1]}})])));
}

#[test]
fn arrays_lines_and_single_objects_are_read_by_the_same_paths() {
    let paths = ["", "issues"];
    for text in ["[{\"a\":1}, {\"a\":2}]", "{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}{\"a\":2}", "[{\"a\":1}]\r\n[{\"a\":2}]"]
    {
        let read = whole(&paths, text);
        let elements: Vec<&str> = read.texts().iter().map(|(_, text, _)| *text).collect();
        assert_eq!(elements, ["{\"a\":1}", "{\"a\":2}"], "{text}");
        assert_eq!(read.end, Ok(JsonRest::Kept(Vec::new())), "{text}");
        let positions: Vec<u64> = read.elements.iter().map(|element| element.3).collect();
        assert_eq!(positions, [1, 2]);
    }
    assert_eq!(whole(&paths, "{\"key\":\"A-1\"}").texts(), [("", "{\"key\":\"A-1\"}", 1)]);
    assert_eq!(
        whole(&[""], "1 \"a\"\nnull 2").texts(),
        [("", "1", 1), ("", "\"a\"", 1), ("", "null", 2), ("", "2", 2)]
    );
}

#[test]
fn pages_one_after_another_keep_the_rest_of_each() {
    let read = whole(
        &["data.nodes", "[].data.nodes"],
        "{\"data\":{\"nodes\":[1]},\"p\":1}\n{\"data\":{\"nodes\":[2,3]},\"p\":2}",
    );
    assert_eq!(read.texts(), [("data.nodes", "1", 1), ("data.nodes", "2", 2), ("data.nodes", "3", 2)]);
    let rest = vec![json!({"data": {"nodes": []}, "p": 1}), json!({"data": {"nodes": []}, "p": 2})];
    assert_eq!(read.end, Ok(JsonRest::Kept(rest)));
    let listed = whole(&["data.nodes", "[].data.nodes"], "[{\"data\":{\"nodes\":[1]}},{\"data\":{\"nodes\":[2]}}]");
    assert_eq!(listed.texts(), [("[].data.nodes", "1", 1), ("[].data.nodes", "2", 1)]);
    assert_eq!(whole(&["*.nodes"], "{\"a\":{\"nodes\":[1]},\"b\":{\"nodes\":[2]}}").elements.len(), 2);
}

#[test]
fn what_was_complete_before_the_damage_is_handed_out() {
    let text = "{\"issues\": [\n{\"a\":1},\n{\"a\":\"]}\n";
    let read = whole(&["issues"], text);
    assert_eq!(read.texts(), [("issues", "{\"a\":1}", 2)]);
    assert_eq!(damage(&read), (3, "the file ends inside the value that begins on this line"));
    for (text, line) in [
        ("{\"issues\": [{\"a\":1}\n{\"a\":2}]}", 2),
        ("{\"issues\": [{\"a\":1},\n\n]}", 3),
        ("{\"issues\": [{\"a\":1}]}\n\nEnd of report", 3),
        ("{\"issues\": [{\"a\":1}]}}", 1),
        ("{\"issues\": [{\"a\":1}\n]\n,\"b\": }", 3),
        ("{\"issues\": [{\"a\":1}\n]\n,\"b\": [nul\n]}", 3),
        ("{\"issues\": [{\"a\":1}],\n\"b\": 1", 2),
    ] {
        let read = whole(&["issues"], text);
        assert_eq!((read.elements.len(), damage(&read).0), (1, line), "{text}");
    }
    assert_eq!(whole(&["issues"], " \n").end, Err(ImportError::Empty));
}

#[test]
fn a_broken_element_is_refused_with_its_line() {
    let read = whole(&["issues"], "{\"issues\": [\n{\"a\":1},\n{\"a\":\n tru},\n{\"a\":3}\n]}");
    assert_eq!(read.elements.len(), 3);
    let (path, bytes, line, position) = &read.elements[1];
    let element = JsonElement { path, bytes, line: *line, position: *position };
    let error = serde_json::from_slice::<Value>(bytes).expect_err("broken");
    let row = element_error(&element, &error);
    assert_eq!(row.line, 4);
    assert_eq!(
        row.reason,
        "element 2 of \"issues\" could not be read: expected ident at character 5 of the line. Export it again, or repair it in the file"
    );
}

#[test]
fn limits_are_refused_in_words() {
    let deep = format!("{{\"issues\": [\n{}", "[".repeat(500));
    let (line, what) = {
        let read = whole(&["issues"], &deep);
        let (line, what) = damage(&read);
        (line, what.to_owned())
    };
    assert!(line == 2 && what.contains("127 levels"), "{what}");
    let paths = "{\"a\":".repeat(200);
    assert_eq!(damage(&whole(&[&["*"; 64].join("."), "x"], &paths)).0, 1);

    let long = "x".repeat(1 << 20);
    let parts =
        [b"[\n\"".as_slice()].into_iter().chain(std::iter::repeat_n(long.as_bytes(), (LONGEST_ELEMENT >> 20) + 1));
    let read = split(&[""], parts);
    assert_eq!(damage(&read), (2, "the value that begins on this line is longer than 64 MB"));
}

#[test]
fn a_rest_that_is_too_large_is_told() {
    let big = format!("\"{}\"", "x".repeat(1 << 20));
    let text = format!("{{\"comments\": [{}], \"issues\": [1, 2]}}", vec![big; 9].join(","));
    for chunk in [text.len(), 100_003] {
        let read = split(&["issues"], text.as_bytes().chunks(chunk));
        assert_eq!((read.elements.len(), &read.end), (2, &Ok(JsonRest::TooLarge)));
    }
    assert_eq!(JsonRest::TooLarge.first(), None);
}

#[test]
fn an_error_of_the_importer_stops_the_reader() {
    let mut reader = JsonElements::new(&[""]);
    let mut calls = 0;
    let answer = reader.push(b"[1,2,3]", &mut |_| {
        calls += 1;
        if calls == 2 { Err(ImportError::HeaderOnly) } else { Ok(()) }
    });
    assert_eq!((answer, calls, reader.elements()), (Err(ImportError::HeaderOnly), 2, 2));
}

// ---- any document, cut anywhere -----------------------------------------------------------------------------------

const PATHS: [&str; 5] = ["", "issues", "page.nodes", "[].issues", "lists[].cards"];

/// Every wanted array of `value`, in the order of the document; they stand as `[]` afterwards. Written from the
/// description of [`JsonElements::new`], on whole values.
fn take_wanted(value: &mut Value, here: &str, found: &mut Vec<(String, Value)>) {
    if let (Value::Array(list), true) = (&mut *value, PATHS.contains(&here)) {
        found.extend(std::mem::take(list).into_iter().map(|element| (here.to_owned(), element)));
        return;
    }
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                let inner = if here.is_empty() { key.clone() } else { format!("{here}.{key}") };
                take_wanted(member, &inner, found);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|element| take_wanted(element, &format!("{here}[]"), found)),
        _ => {}
    }
}

/// Elements and rests that a file of these documents must give.
fn expected(documents: &[Value]) -> (Vec<(String, Value)>, Vec<Value>) {
    let (mut elements, mut rests) = (Vec::new(), Vec::new());
    for document in documents {
        let mut rest = document.clone();
        let mut found = Vec::new();
        take_wanted(&mut rest, "", &mut found);
        if document.is_array() {
            elements.append(&mut found);
        } else if rest == *document && !holds_wanted(document, "") {
            elements.push((String::new(), rest));
        } else {
            elements.append(&mut found);
            rests.push(rest);
        }
    }
    (elements, rests)
}

/// An empty wanted array counts, too.
fn holds_wanted(value: &Value, here: &str) -> bool {
    match value {
        Value::Array(_) if PATHS.contains(&here) => true,
        Value::Array(list) => list.iter().any(|element| holds_wanted(element, &format!("{here}[]"))),
        Value::Object(members) => members.iter().any(|(key, member)| {
            holds_wanted(member, &if here.is_empty() { key.clone() } else { format!("{here}.{key}") })
        }),
        _ => false,
    }
}

fn any_text() -> impl Strategy<Value = String> {
    let special =
        prop::sample::select(vec!["\\", "\"", "[", "]", "{", "}", "\n", ",", ":", "é", "漢", "😀", "\u{1}", "a"]);
    prop_oneof![prop::collection::vec(special, 0..12).prop_map(|parts| parts.concat()), "[ -~]{0,90}"]
}

fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        any_text().prop_map(Value::from),
    ];
    let key = prop_oneof![
        4 => prop::sample::select(vec!["issues", "page", "nodes", "lists", "cards", "total"]).prop_map(str::to_owned),
        1 => any_text().prop_map(|text| format!("~{text}")),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::vec((key.clone(), inner), 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Writes everything beyond ASCII, and the slash, as escapes.
fn escaped(text: &str) -> String {
    let escape = |unit: &u16| format!("\\u{unit:04x}");
    text.chars()
        .map(|character| match character {
            ' '..='~' | '\n' => character.to_string(),
            _ => character.encode_utf16(&mut [0; 2]).iter().map(escape).collect::<Vec<_>>().concat(),
        })
        .collect()
}

fn write(documents: &[Value], pretty: bool, escape: bool) -> String {
    let one = |value| if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    let texts: Vec<String> = documents.iter().map(|document| one(document).expect("written")).collect();
    let text = texts.join("\n");
    if escape { escaped(&text) } else { text }
}

fn parts(bytes: &[u8], cuts: &[prop::sample::Index]) -> Vec<Vec<u8>> {
    let mut places: Vec<usize> = cuts.iter().map(|cut| cut.index(bytes.len() + 1)).collect();
    places.extend([0, bytes.len()]);
    places.sort_unstable();
    places.windows(2).map(|pair| bytes[pair[0]..pair[1]].to_vec()).collect()
}

proptest! {
    #[test]
    fn any_documents_cut_anywhere_are_split_as_the_whole_is_read(
        documents in prop::collection::vec(any_value(), 1..4),
        pretty: bool,
        escape: bool,
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let text = write(&documents, pretty, escape);
        let read: Result<Vec<Value>, _> = serde_json::Deserializer::from_str(&text).into_iter().collect();
        let read = read.expect("JSON");
        let (elements, rests) = expected(&read);
        let cut = parts(text.as_bytes(), &cuts);
        let ours = split(&PATHS, cut.iter().map(Vec::as_slice));
        prop_assert_eq!(ours.values(), elements);
        prop_assert_eq!(&ours.end, &Ok(JsonRest::Kept(rests)));
        prop_assert_eq!(&ours, &split(&PATHS, text.as_bytes().chunks(1)));
        prop_assert_eq!(JsonHead::of(&text, true).is_some(), read[0].is_array() || read[0].is_object());
    }

    #[test]
    fn elements_lie_in_the_chunk_and_their_lines_are_right(
        documents in prop::collection::vec(any_value(), 1..4),
        pretty: bool,
    ) {
        let text = write(&documents, pretty, false);
        let mut reader = JsonElements::new(&["", "issues"]);
        let mut wrong = Vec::new();
        let pushed = reader.push(text.as_bytes(), &mut |element| {
            let offset = (element.bytes.as_ptr() as usize).wrapping_sub(text.as_ptr() as usize);
            let before = text.as_bytes().get(..offset);
            let line = before.map(|before| 1 + memchr::memchr_iter(b'\n', before).count() as u64);
            if line != Some(element.line) {
                wrong.push((offset, element.line));
            }
            Ok(())
        });
        prop_assert_eq!(pushed, Ok(()));
        prop_assert!(wrong.is_empty(), "{:?} in {}", wrong, text);
    }

    #[test]
    fn any_bytes_are_split_alike_in_any_chunks(
        bytes in prop::collection::vec(prop::sample::select(b"{}[]\"\"\\,,:1-.etrunl \n\xC3\xA9\x00".to_vec()), 0..300),
        prefix in prop::sample::select(vec!["", "{\"issues\":[", "[{\"a\":", "{\"a\":{\"b\":1},"]),
        cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..8),
    ) {
        let file = [prefix.as_bytes(), &bytes].concat();
        let cut = parts(&file, &cuts);
        prop_assert_eq!(split(&PATHS, [file.as_slice()]), split(&PATHS, cut.iter().map(Vec::as_slice)));
        let _ = JsonHead::of(&String::from_utf8_lossy(&file), false);
    }
}
