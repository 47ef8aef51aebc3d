//! Content lines of a calendar: unfolded, cut into name, parameters and value.

/// Longer lines are cut: nothing that is read here is longer, and a description may be of any size.
const LONGEST_LINE: usize = 16 << 10;

/// Joins folded lines while the file streams: a line that begins with a space or tab goes on with the one before.
#[derive(Debug, Default)]
pub(super) struct Unfolder {
    line: Vec<u8>,
    /// Line of the file on which `line` begins, from 1.
    begins: u64,
    /// Physical lines ended so far.
    ended: u64,
    /// At the beginning of a physical line.
    at_start: bool,
    /// Something was read at all.
    started: bool,
}

impl Unfolder {
    /// Reads the next bytes; whole lines go to `take` with their place.
    pub(super) fn push(&mut self, bytes: &[u8], take: &mut impl FnMut(u64, &str)) {
        if !self.started {
            (self.started, self.at_start, self.begins) = (true, true, 1);
        }
        for &byte in bytes {
            if self.at_start {
                self.at_start = false;
                if byte == b' ' || byte == b'\t' {
                    continue;
                }
                self.emit(take);
                self.begins = self.ended + 1;
            }
            match byte {
                b'\n' => {
                    self.ended += 1;
                    self.at_start = true;
                }
                b'\r' => {}
                _ if self.line.len() < LONGEST_LINE => self.line.push(byte),
                _ => {}
            }
        }
    }

    /// Ends the file.
    pub(super) fn finish(&mut self, take: &mut impl FnMut(u64, &str)) {
        self.emit(take);
    }

    fn emit(&mut self, take: &mut impl FnMut(u64, &str)) {
        if !self.line.is_empty() {
            take(self.begins, &String::from_utf8_lossy(&self.line));
            self.line.clear();
        }
    }
}

/// A content line: `NAME;PARAMETER=value:VALUE`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ContentLine<'a> {
    /// As written; compare without regard to case.
    pub(super) name: &'a str,
    parameters: &'a str,
    /// Still escaped.
    pub(super) value: &'a str,
}

impl<'a> ContentLine<'a> {
    /// `None` when the line has no colon outside quotes.
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        let mut in_quotes = false;
        let colon = line.char_indices().find_map(|(place, mark)| {
            in_quotes ^= mark == '"';
            (mark == ':' && !in_quotes).then_some(place)
        })?;
        let (head, value) = (&line[..colon], &line[colon + 1..]);
        let (name, parameters) = head.split_once(';').unwrap_or((head, ""));
        Some(Self { name: name.trim(), parameters, value })
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of a parameter without its quotes.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters.split(';').find_map(|part| {
            let (known, value) = part.split_once('=')?;
            known.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
        })
    }

    /// The value as text.
    pub(super) fn text(&self) -> String {
        let mut text = String::with_capacity(self.value.len());
        let mut marks = self.value.chars();
        while let Some(mark) = marks.next() {
            match (mark, mark == '\\') {
                (_, false) => text.push(mark),
                (_, true) => match marks.next() {
                    Some('n' | 'N') => text.push('\n'),
                    Some(escaped) => text.push(escaped),
                    None => {}
                },
            }
        }
        text.trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unfolded(text: &str, chunk: usize) -> Vec<(u64, String)> {
        let mut lines = Vec::new();
        let mut unfolder = Unfolder::default();
        let mut take = |line: u64, text: &str| lines.push((line, text.to_owned()));
        for part in text.as_bytes().chunks(chunk) {
            unfolder.push(part, &mut take);
        }
        unfolder.finish(&mut take);
        lines
    }

    #[test]
    fn folded_lines_are_joined_in_chunks_of_any_size() {
        let text = "A:1\r\nSUMMARY:Gr\u{fc}n\r\n donn\r\n\terstag\n\nB:2";
        for chunk in 1..12 {
            let expected =
                [(1, "A:1".to_owned()), (2, "SUMMARY:Gr\u{fc}ndonnerstag".to_owned()), (6, "B:2".to_owned())];
            assert_eq!(unfolded(text, chunk), expected);
        }
    }

    #[test]
    fn endless_lines_are_cut() {
        let lines = unfolded(&format!("X:{}", "y".repeat(1 << 20)), 4096);
        assert_eq!(lines[0].1.len(), LONGEST_LINE);
    }

    #[test]
    fn lines_are_cut_into_name_parameters_and_value() {
        let Some(line) = ContentLine::parse("DTSTART;TZID=\"Europe/Berlin: x\";VALUE=DATE:20240501") else {
            panic!("a line")
        };
        assert!(line.is("dtstart"));
        assert_eq!((line.parameter("tzid"), line.parameter("value")), (Some("Europe/Berlin: x"), Some("DATE")));
        assert_eq!(line.value, "20240501");
        assert_eq!(ContentLine::parse("nothing"), None);
        let escaped = ContentLine::parse(r"SUMMARY: Bread\, rolls\; cake\nand \\ more\").map(|line| line.text());
        assert_eq!(escaped.as_deref(), Some("Bread, rolls; cake\nand \\ more"));
    }
}
