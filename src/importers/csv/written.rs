//! Records that are made here, for sources whose rows are no CSV and are read as a table all the same.

use super::Record;

/// The record at hand.
#[derive(Debug, Default)]
pub(crate) struct RecordBuffer {
    bytes: Vec<u8>,
    ends: Vec<u32>,
}

impl RecordBuffer {
    /// The texts as a record that begins on this line of the source. `None` when they are longer than a record can be.
    pub(crate) fn fill<'a>(&'a mut self, line: u64, texts: &[String]) -> Option<Record<'a>> {
        self.bytes.clear();
        self.ends.clear();
        for text in texts {
            if !self.ends.is_empty() {
                self.bytes.push(b',');
            }
            // A text that begins with a quote would be taken for a quoted one.
            if text.starts_with('"') {
                self.bytes.push(b'"');
                self.bytes.extend_from_slice(text.replace('"', "\"\"").as_bytes());
                self.bytes.push(b'"');
            } else {
                self.bytes.extend_from_slice(text.as_bytes());
            }
            self.ends.push(u32::try_from(self.bytes.len()).ok()?);
        }
        Some(Record::of_parts(&self.bytes, &self.ends, line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::importers::csv::cell_text;

    #[test]
    fn texts_come_back_as_they_were() {
        let texts = ["", "a, b", "\"", "\"quoted\" \"twice\"", "two\nlines", "it is 5\"", ""].map(str::to_owned);
        let mut buffer = RecordBuffer::default();
        for _ in 0..2 {
            let record = buffer.fill(7, &texts).expect("short");
            let mut scratch = String::new();
            let read: Vec<String> =
                (0..record.len()).map(|cell| cell_text(record.raw(cell), &mut scratch).text.to_owned()).collect();
            assert_eq!((read, record.line), (texts.to_vec(), 7));
            let mut filled = [0; 7];
            record.count_filled(&mut filled);
            assert_eq!(filled, [0, 1, 1, 1, 1, 1, 0]);
        }
    }
}
