//! What must hold for any bytes and any table.

use super::{assert_sound, import, items};
use proptest::prelude::*;
use throughline::importers::Imported;
use throughline::model::{ListField, NumberField, TextField, guarded, merge_layers};

const HEADER: [&str; 7] =
    ["Summary", "Issue key", "Issue id", "Status", "Custom field (Story Points)", "Sprint", "Updated"];

#[derive(Debug, Clone)]
struct Row {
    title: String,
    number: u16,
    points: u8,
    sprint: String,
    minute: u8,
}

fn row() -> impl Strategy<Value = Row> {
    let text = "[a-zä€ ,;\"'\n\r|\t=+@-]{0,30}";
    (text, 1_u16..60, 0_u8..100, "[A-Z]{1,3} Sprint [0-9]", 0_u8..60)
        .prop_map(|(title, number, points, sprint, minute)| Row { title, number, points, sprint, minute })
}

fn write(rows: &[Row], delimiter: u8, crlf: bool) -> Vec<u8> {
    let terminator = if crlf { csv::Terminator::CRLF } else { csv::Terminator::Any(b'\n') };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(terminator).from_writer(Vec::new());
    writer.write_record(HEADER).expect("written");
    for row in rows {
        let Row { title, number, points, sprint, minute } = row;
        let updated = format!("02/Feb/24 10:{minute:02} AM");
        // As tables are written here, so that no spreadsheet computes a title.
        let title = guarded(title);
        let record = [&*title, &format!("ABC-{number}"), "7", "Open", &points.to_string(), sprint, &updated];
        writer.write_record(record).expect("written");
    }
    writer.into_inner().expect("written")
}

fn read(bytes: &[u8], chunk: usize) -> Imported {
    let imported = import("table.csv", bytes, chunk).expect("a table");
    assert_sound("table.csv", &imported);
    imported
}

/// Items with their lines left out, in the order of their keys.
fn content(imported: &Imported) -> Vec<String> {
    let text = items(&imported.dataset);
    let mut lines: Vec<String> =
        text.lines().map(|line| line.split_once(" | ").map_or(line, |(_, rest)| rest).to_owned()).collect();
    lines.sort();
    lines
}

proptest! {
    #[test]
    fn a_written_table_reads_back(rows in prop::collection::vec(row(), 1..40), delimiter in prop::sample::select(b",;\t|".to_vec()), crlf: bool) {
        let imported = read(&write(&rows, delimiter, crlf), 50);
        prop_assert_eq!(imported.report.rows_read, rows.len() as u64);
        prop_assert!(imported.report.refused.is_empty(), "{:?}", imported.report.refused);
        prop_assert_eq!(imported.report.warning_total(), 0);
        let dataset = &imported.dataset;
        for item in 0..dataset.len() {
            let versions: Vec<&Row> = rows.iter().filter(|row| format!("ABC-{}", row.number) == dataset.key(item)).collect();
            let newest = versions.iter().map(|row| row.minute).max();
            let same = |row: &&&Row| {
                Some(row.minute) == newest
                    && row.title.trim() == dataset.text(TextField::Title).get(item)
                    && (f64::from(row.points) - dataset.number(NumberField::Points)[item]).abs() < 1e-9
                    && dataset.list(ListField::Sprint).texts_of(item).eq([row.sprint.as_str()])
            };
            prop_assert!(versions.iter().any(|row| same(&row)), "{:?} is none of {:?}", dataset.key(item), versions);
        }
    }

    #[test]
    fn the_order_of_rows_changes_nothing(rows in prop::collection::vec(row(), 1..40), seed in any::<u64>()) {
        let mut shuffled = rows.clone();
        let length = shuffled.len() as u64;
        for place in 0..length {
            let other = (seed ^ place.wrapping_mul(0x9E37_79B9_7F4A_7C15)) % length;
            shuffled.swap(place as usize, other as usize);
        }
        let (first, second) = (read(&write(&rows, b',', false), 1000), read(&write(&shuffled, b',', false), 1000));
        prop_assert_eq!(content(&first), content(&second));
    }

    #[test]
    fn a_file_in_parts_is_the_whole(rows in prop::collection::vec(row(), 2..40), cut in 1_usize..39) {
        let cut = cut.min(rows.len() - 1);
        let parts = [&rows[..cut], &rows[cut..]].map(|part| read(&write(part, b',', false), 1000).dataset);
        let whole = read(&write(&rows, b',', false), 1000);
        let merged = Imported { dataset: merge_layers(&[&parts[0], &parts[1]]).0, report: whole.report.clone() };
        prop_assert_eq!(content(&merged), content(&whole));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2000), chunk in 1_usize..200) {
        if let Ok(imported) = import("noise.csv", &bytes, chunk) {
            assert_sound("noise.csv", &imported);
        }
    }

    #[test]
    fn any_bytes_after_a_header_are_read_alike_in_any_chunks(
        bytes in prop::collection::vec(prop::sample::select(b"ABC-1,,,\"\"\"\n\n\r; x\xE9\xFF/[=".to_vec()), 0..600),
        chunk in 1_usize..200,
    ) {
        let mut file = HEADER.join(",").into_bytes();
        file.push(b'\n');
        file.extend_from_slice(&bytes);
        let (whole, parts) = (import("noise.csv", &file, file.len()), import("noise.csv", &file, chunk));
        if let Ok(imported) = &whole {
            assert_sound("noise.csv", imported);
        }
        // The report shows any difference; NaN makes datasets unequal to themselves.
        prop_assert_eq!(whole.as_ref().map(|read| &read.report), parts.as_ref().map(|read| &read.report));
        prop_assert_eq!(whole.as_ref().map(content).ok(), parts.as_ref().map(content).ok());
    }
}
