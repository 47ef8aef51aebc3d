use std::io::Write as _;

use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use super::*;

const JIRA: &str = "Issue key,Issue Type,Status\nA-1,Bug,Done\n";

/// An archive by an independent writer.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in files {
        if name.ends_with('/') {
            writer.add_directory(*name, SimpleFileOptions::default()).unwrap();
        } else {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
    }
    writer.finish().unwrap().into_inner()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn try_unpack(name: &str, bytes: &[u8]) -> Result<Unpacked, ContainerError> {
    unpack(name, bytes, Limits::default(), &mut |_| {})
}

fn names(unpacked: &Unpacked) -> Vec<&str> {
    unpacked.parts.iter().map(|part| part.name.as_str()).collect()
}

fn why<'a>(unpacked: &'a Unpacked, name: &str) -> &'a str {
    unpacked.left_out.iter().find(|left| left.name == name).map_or("not left out", |left| &left.why)
}

/// A workbook of these parts of sheets (name, attributes of its tab, rows), with shared texts and styles.
fn workbook(properties: &str, sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    let tabs: Vec<String> = (1..)
        .zip(sheets)
        .map(|(id, (name, state, _))| format!(r#"<sheet name="{name}" sheetId="{id}" {state} r:id="rId{id}"/>"#))
        .collect();
    let tabs = tabs.concat();
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet";
    let lines: Vec<String> = (1..=sheets.len())
        .map(|id| format!(r#"<Relationship Id="rId{id}" Type="{kind}" Target="worksheets/sheet{id}.xml"/>"#))
        .collect();
    let lines = lines.concat();
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), "<Types/>".to_owned()),
        ("xl/workbook.xml".to_owned(), format!("<workbook>{properties}<sheets>{tabs}</sheets></workbook>")),
        ("xl/_rels/workbook.xml.rels".to_owned(), format!("<Relationships>{lines}</Relationships>")),
        (
            "xl/sharedStrings.xml".to_owned(),
            "<sst><si><t>Issue key</t></si><si><t>say \"hi\",&#10;twice</t></si></sst>".to_owned(),
        ),
        (
            "xl/styles.xml".to_owned(),
            r#"<styleSheet><numFmts><numFmt numFmtId="170" formatCode="dd\.mm\.yyyy\ hh:mm"/></numFmts>
               <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/></cellXfs></styleSheet>"#
                .to_owned(),
        ),
    ];
    for (id, (_, _, rows)) in (1..).zip(sheets) {
        files.push((
            format!("xl/worksheets/sheet{id}.xml"),
            format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    zip(&files)
}

fn only_sheet(properties: &str, rows: &str) -> (String, Vec<LeftOut>) {
    let unpacked = try_unpack("book.xlsx", &workbook(properties, &[("One", "", rows)])).unwrap();
    assert_eq!(names(&unpacked), ["book.xlsx/One.csv"]);
    (String::from_utf8(unpacked.parts[0].bytes.clone()).unwrap(), unpacked.left_out)
}

#[test]
fn a_container_is_told_by_its_first_bytes() {
    assert_eq!(kind_of(&zip(&[])), Some(ContainerKind::Zip));
    assert_eq!(kind_of(&gzip(b"")), Some(ContainerKind::Gzip));
    assert_eq!(kind_of(b"PK,Summary\n"), None, "a CSV whose first column is called PK");
    assert_eq!(kind_of(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), None);
    assert_eq!(kind_of(b"THROUGHLINE-WORKSPACE 1\n"), None);
    assert_eq!(kind_of(b""), None);
}

#[test]
fn files_of_an_archive_are_parts_and_the_rest_is_named() {
    let bytes = zip(&[
        ("data/", b""),
        ("data/one.csv", JIRA.as_bytes()),
        ("data\\two.csv", JIRA.as_bytes()),
        ("../three.json", b"{}"),
        ("..", b"a"),
        ("data/photo.PNG", b"\x89PNG"),
        ("__MACOSX/data/._one.csv", b"x"),
        (".DS_Store", b"x"),
        ("attachments/1/log.csv", b"x"),
    ]);
    let unpacked = try_unpack("e.zip", &bytes).unwrap();
    assert_eq!(names(&unpacked), ["e.zip/data/one.csv", "e.zip/data/two.csv", "e.zip/three.json", "e.zip/unnamed"]);
    assert_eq!(unpacked.parts[0].bytes, JIRA.as_bytes());
    assert_eq!(unpacked.left_out.len(), 4);
    assert_eq!(why(&unpacked, "e.zip/data/photo.PNG"), "is a picture");
    assert!(why(&unpacked, "e.zip/__MACOSX/data/._one.csv").contains("housekeeping"));
    assert!(why(&unpacked, "e.zip/attachments/1/log.csv").contains("attachment"));
}

#[test]
fn containers_in_an_archive_are_opened_once() {
    let book = workbook("", &[("Plan", "", r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row>"#)]);
    let deep = zip(&[("deeper.csv", JIRA.as_bytes())]);
    let inner = zip(&[("inside.csv", JIRA.as_bytes()), ("deep.zip", &deep)]);
    let packed = gzip(JIRA.as_bytes());
    let outer = zip(&[
        ("part-1.zip", &inner),
        ("book.xlsx", &book),
        ("issues.csv.gz", &packed),
        ("broken.zip", b"PK\x03\x04 cut"),
    ]);
    let unpacked = try_unpack("o.zip", &outer).unwrap();
    assert_eq!(
        names(&unpacked),
        ["o.zip/part-1.zip/inside.csv", "o.zip/book.xlsx/Plan.csv", "o.zip/issues.csv.gz/issues.csv"]
    );
    assert!(why(&unpacked, "o.zip/part-1.zip/deep.zip").contains("unpack it first"));
    assert!(why(&unpacked, "o.zip/broken.zip").contains("damaged"));
}

#[test]
fn of_files_that_hold_the_same_the_best_is_read() {
    let bitbucket = zip(&[("db-1.0.json", b"1"), ("db-jira-cloud.json", b"3"), ("db-2.0.json", b"2")]);
    let unpacked = try_unpack("b.zip", &bitbucket).unwrap();
    assert_eq!(names(&unpacked), ["b.zip/db-2.0.json"]);
    assert!(why(&unpacked, "b.zip/db-1.0.json").contains("the same issues as db-2.0.json"));
    assert!(why(&unpacked, "b.zip/db-jira-cloud.json").contains("db-2.0.json"));

    let notion = zip(&[("T/Tasks 1f.csv", b"a"), ("T/Tasks 1f_all.csv", b"ab"), ("Tasks 1f.csv", b"other folder")]);
    let unpacked = try_unpack("n.zip", &notion).unwrap();
    assert_eq!(names(&unpacked), ["n.zip/T/Tasks 1f_all.csv", "n.zip/Tasks 1f.csv"]);
    assert!(why(&unpacked, "n.zip/T/Tasks 1f.csv").contains("Tasks 1f_all.csv"));
}

/// Offset of the first central entry and of its local header's beginning.
fn list_at(archive: &[u8]) -> usize {
    archive.windows(4).position(|four| four == b"PK\x01\x02").unwrap()
}

#[test]
fn entries_that_cannot_be_read_are_left_out_with_their_reason() {
    let good = zip(&[("one.csv", JIRA.as_bytes()), ("two.csv", JIRA.as_bytes())]);
    let at = list_at(&good);
    for (offset, value, expected) in [
        (8, 1, "password"),
        (10, 12, "bzip2"),
        (10, 77, "method 77"),
        (16, 0, "checksum"),
        (42, 5, "not in the archive"),
    ] {
        let mut bytes = good.clone();
        bytes[at + offset] = if offset == 16 { !bytes[at + offset] } else { value };
        let unpacked = try_unpack("e.zip", &bytes).unwrap();
        assert_eq!(names(&unpacked), ["e.zip/two.csv"], "{expected}");
        assert!(why(&unpacked, "e.zip/one.csv").contains(expected), "{}", why(&unpacked, "e.zip/one.csv"));
    }
}

#[test]
fn entries_of_one_name_are_all_read() {
    let mut bytes = zip(&[("one.csv", b"first"), ("two.csv", b"other")]);
    for at in 0..bytes.len() - 7 {
        if &bytes[at..at + 7] == b"two.csv" {
            bytes[at..at + 7].copy_from_slice(b"one.csv");
        }
    }
    let unpacked = try_unpack("e.zip", &bytes).unwrap();
    let contents: Vec<&[u8]> = unpacked.parts.iter().map(|part| part.bytes.as_slice()).collect();
    assert_eq!(contents, [b"first", b"other"]);
}

#[test]
fn a_gzip_file_is_its_content() {
    let mut twice = gzip(b"a,b\n");
    twice.extend(gzip(b"1,2\n"));
    let unpacked = try_unpack("x.csv.GZ", &twice).unwrap();
    assert_eq!(unpacked.parts, [Part { name: "x.csv.GZ/x.csv".into(), bytes: b"a,b\n1,2\n".to_vec() }]);
    assert!(matches!(try_unpack("x.gz", &twice[..twice.len() - 9]), Err(ContainerError::Damaged { .. })));
    let mut tar = vec![0; 512];
    tar[257..262].copy_from_slice(b"ustar");
    assert!(try_unpack("x.tgz", &gzip(&tar)).unwrap_err().to_string().contains("a tar archive"));
}

#[test]
fn too_much_is_refused_with_its_numbers() {
    let archive = zip(&[("a.csv", &[b'x'; 5_000]), ("b.csv", &[b'y'; 5_000])]);
    let refused = |limits, bytes: &[u8]| unpack("e.zip", bytes, limits, &mut |_| {}).unwrap_err().to_string();
    let usual = Limits::default();
    assert!(refused(Limits { entries: 1, ..usual }, &archive).contains("2 files, the limit is 1"));
    assert!(refused(Limits { unpacked_bytes: 9_999, ..usual }, &archive).contains("larger than the limit of 9 KiB"));
    assert!(refused(Limits { packed_bytes: 10, ..usual }, &archive).contains("the limit is 10 bytes"));
    assert!(unpack("e.zip", &archive, Limits { entries: 2, unpacked_bytes: 10_000, ..usual }, &mut |_| {}).is_ok());

    let zeros = vec![0; 30 << 20];
    let said = refused(usual, &zip(&[("zeros.csv", &zeros)]));
    assert!(said.contains("\"zeros.csv\"") && said.contains("200 times"), "{said}");
    assert!(refused(usual, &gzip(&zeros)).contains("200 times"));
    // The count goes on into containers inside.
    let nested = zip(&[("in.zip", &zip(&[("zeros.csv", &zeros)]))]);
    assert!(refused(usual, &nested).contains("200 times"));
}

#[test]
fn entries_over_one_another_are_refused() {
    let mut bytes = zip(&[("one.csv", JIRA.as_bytes()), ("two.csv", JIRA.as_bytes())]);
    let first = list_at(&bytes);
    let second = first + 4 + list_at(&bytes[first + 4..]);
    bytes.copy_within(first + 42..first + 46, second + 42);
    assert!(try_unpack("e.zip", &bytes).unwrap_err().to_string().contains("lie over one another"));
}

#[test]
fn what_holds_nothing_is_refused_in_words() {
    for (bytes, expected) in [
        (zip(&[]), "it is empty"),
        (zip(&[("a.png", b"x"), ("b.pdf", b"x")]), "e.zip/a.png is a picture; e.zip/b.pdf is a document"),
        (zip(&[("word/document.xml", b"<x/>")]), "a Word document"),
        (zip(&[("xl/workbook.bin", b"x")]), "save it as an Excel workbook"),
        (zip(&[("mimetype", b"x"), ("content.xml", b"<x/>")]), "OpenDocument"),
        (zip(&[("one.csv", JIRA.as_bytes())])[..60].to_vec(), "cut off"),
        (b"Issue key\n".to_vec(), "neither a ZIP archive"),
        (workbook("", &[("Empty", "", "")]), "it is empty"),
        (workbook("", &[("Gone", r#"state="hidden""#, "")]), "hidden sheet"),
    ] {
        let said = try_unpack("e.zip", &bytes).unwrap_err().to_string();
        assert!(said.to_lowercase().contains(&expected.to_lowercase()), "{said}");
    }
}

#[test]
fn a_sheet_becomes_csv_as_people_see_it() {
    let (csv, left_out) = only_sheet(
        "",
        r#"<row r="3"><c r="B3" t="s"><v>0</v></c><c r="C3" t="inlineStr"><is><t> Created</t></is></c><c r="D3"><v>3.0</v></c><c r="E3" t="b"><v>1</v></c></row>
           <row r="4"><c r="B4" t="s"><v>1</v></c><c r="C4" s="1"><v>45351</v></c><c r="D4"><v>0.1</v></c><c r="E4" t="b"><v>0</v></c></row>
           <row r="6"><c r="B6" t="str"><f>A1</f><v>text</v></c><c r="C6" s="2"><v>45351.5</v></c><c r="D6" t="e"><v>#N/A</v></c><c r="F6"><v>9</v></c></row>
           <row r="7"><c r="C7"><f>NOW()</f></c><c r="B7" t="d"><v>2024-02-29</v></c></row>"#,
    );
    let expected = "Issue key,\" Created\",3,TRUE\r\n\"say \"\"hi\"\",\ntwice\",2024-02-29,0.1,FALSE\r\n\r\n\
                    text,2024-02-29 12:00:00,,,9\r\n2024-02-29,,,\r\n";
    assert_eq!(csv, expected);
    let told: Vec<&str> = left_out.iter().map(|left| left.why.as_str()).collect();
    assert_eq!(told.len(), 2);
    assert!(told[0].starts_with("has 1 cell with an error"), "{told:?}");
    assert!(told[1].starts_with("has 1 cell with a formula whose result is not stored"), "{told:?}");
    assert!(left_out.iter().all(|left| left.name == "book.xlsx/One"));
}

#[test]
fn a_workbook_of_1904_counts_from_there() {
    let row = r#"<row><c t="inlineStr"><is><t>Day</t></is></c><c s="1"><v>43889</v></c></row>"#;
    let (csv, _) = only_sheet(r#"<workbookPr date1904="1"/>"#, row);
    assert_eq!(csv, "Day,2024-02-29\r\n");
    let (csv, _) = only_sheet("<workbookPr/>", row);
    assert_eq!(csv, "Day,2020-02-28\r\n");
}

#[test]
fn hidden_sheets_are_left_out_and_empty_ones_hold_nothing() {
    let cell = "<row><c><v>1</v></c></row>";
    let book = workbook(
        "",
        &[
            ("A/B", "", cell),
            ("Lists", r#"state="veryHidden""#, cell),
            ("Sheet2", "", ""),
            ("Plan &amp; more", "", cell),
        ],
    );
    let unpacked = try_unpack("b.xlsx", &book).unwrap();
    assert_eq!(names(&unpacked), ["b.xlsx/A-B.csv", "b.xlsx/Plan & more.csv"]);
    assert_eq!(unpacked.left_out.len(), 1);
    assert!(why(&unpacked, "b.xlsx/Lists").contains("hidden"));
}

#[test]
fn a_sheet_that_breaks_off_is_left_out_and_the_others_are_read() {
    let cell = "<row><c><v>1</v></c></row>";
    let unpacked = try_unpack("b.xlsx", &workbook("", &[("Bad", "", "<row><c><v>1"), ("Good", "", cell)])).unwrap();
    assert_eq!(names(&unpacked), ["b.xlsx/Good.csv"]);
    assert!(why(&unpacked, "b.xlsx/Bad").contains("damaged"));
}

#[test]
fn one_far_cell_costs_lines_and_not_a_grid() {
    let (csv, _) =
        only_sheet("", r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="200000"><c r="ZZ200000"><v>2</v></c></row>"#);
    assert!(csv.len() < 500_000, "{}", csv.len());
    assert!(csv.ends_with(",2\r\n"));
}

#[test]
fn a_text_that_every_cell_repeats_is_counted_each_time() {
    let cells: String = (0..1_000).map(|_| r#"<c t="s"><v>1</v></c>"#).collect();
    let book = workbook("", &[("One", "", &format!("<row>{cells}</row>"))]);
    let limits = Limits { unpacked_bytes: 30_000, ..Limits::default() };
    let said = unpack("b.xlsx", &book, limits, &mut |_| {}).unwrap_err().to_string();
    assert!(said.contains("larger than the limit"), "{said}");
}

/// Nothing but words may come of any bytes.
fn survives(bytes: &[u8]) {
    let limits = Limits { unpacked_bytes: 1 << 20, ..Limits::default() };
    match unpack("any", bytes, limits, &mut |_| {}) {
        Ok(unpacked) => assert!(!unpacked.parts.is_empty()),
        Err(error) => assert!(error.to_string().len() > 30, "{error}"),
    }
}

proptest! {
    #[test]
    fn any_bytes_are_unpacked_or_refused(mut bytes in proptest::collection::vec(any::<u8>(), 0..600), head in 0..4_usize) {
        let heads: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\x1F\x8B\x08\x00", b"PK\x05\x06"];
        bytes.splice(0..0, heads[head].iter().copied());
        survives(&bytes);
    }

    #[test]
    fn changed_bytes_of_containers_are_unpacked_or_refused(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let rows = r#"<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="2"><v>45351.5</v></c></row>"#;
        let book = workbook(r#"<workbookPr date1904="1"/>"#, &[("One", "", rows), ("Two", "", rows)]);
        for mut bytes in [zip(&[("in.zip", &zip(&[("a.csv", JIRA.as_bytes())])), ("book.xlsx", &book)]), gzip(JIRA.as_bytes()), book] {
            for (at, byte) in &changes {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            survives(&bytes);
        }
    }

    #[test]
    fn any_text_in_a_sheet_is_read_or_the_sheet_is_left_out(rows in "[<>/a-z\"=&;#0-9 ]{0,80}") {
        survives(&workbook("", &[("One", "", &rows), ("Two", "", "<row><c><v>1</v></c></row>")]));
    }

    #[test]
    fn what_goes_into_an_archive_comes_out(contents in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 1..5)) {
        // A letter before the content: a file that begins as a container is opened.
        let files: Vec<(String, Vec<u8>)> = (0..).zip(&contents).map(|(n, bytes)| (format!("{n}.csv"), [b"x", bytes.as_slice()].concat())).collect();
        let borrowed: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
        let unpacked = try_unpack("z", &zip(&borrowed)).unwrap();
        let out: Vec<(String, Vec<u8>)> = unpacked.parts.into_iter().map(|part| (part.name.trim_start_matches("z/").to_owned(), part.bytes)).collect();
        prop_assert_eq!(out, files);
    }
}

#[test]
fn what_is_packed_is_read_by_us_and_by_others() {
    // 2026-11-25T06:00:10Z
    const AT: i64 = 1_795_586_410_000;
    let long = "line\n".repeat(1000);
    let files: [(&str, &[u8]); 3] = [("index.html", long.as_bytes()), ("data/größe.json", b"{}"), ("empty", b"")];
    let archive = pack_zip(&files, AT).unwrap();
    assert_eq!(archive, pack_zip(&files, AT).unwrap());
    assert!(archive.len() < long.len());
    let mut other = zip::ZipArchive::new(std::io::Cursor::new(&archive)).unwrap();
    assert_eq!(other.len(), 3);
    for (position, (path, bytes)) in files.iter().enumerate() {
        let mut entry = other.by_index(position).unwrap();
        let mut read = Vec::new();
        std::io::Read::read_to_end(&mut entry, &mut read).unwrap();
        assert_eq!((entry.name().unwrap().as_ref(), &read[..]), (*path, *bytes));
        let modified = entry.last_modified().unwrap();
        assert_eq!((modified.year(), modified.month(), modified.day()), (2026, 11, 25));
        assert_eq!((modified.hour(), modified.minute(), modified.second()), (6, 0, 10));
    }
    let ours = unpack("site.zip", &archive, Limits::default(), &mut |_| {}).unwrap();
    assert!(ours.parts.iter().any(|part| part.name == "site.zip/data/größe.json" && part.bytes == b"{}"));
}
