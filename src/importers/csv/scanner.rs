//! A CSV file in chunks of any size becomes records. Nothing is unescaped and nothing is kept beyond the record at hand.
//!
//! Quoting follows RFC 4180, leniently: a quote inside an unquoted cell is text; text after a closing quote belongs to the
//! cell. A quote that is never closed does not swallow the rest of the file: its record is read again with that quote taken
//! as text, so that it ends where its line ends, and is marked as damaged.

use super::block::{self, BLOCK, Masks};
use crate::importers::ImportError;

/// A quoted cell longer than this counts as never closed. Trackers limit texts to 32 KB by default.
const LONGEST_CELL: usize = 4 << 20;
/// A record longer than this is refused.
const LONGEST_RECORD: usize = 64 << 20;
/// Bytes that may be read again because of unclosed quotes; a file that needs more is damaged throughout.
const READ_AGAIN_LIMIT: usize = 256 << 20;
/// Bytes added to an incomplete record at a time.
const CARRY_STEP: usize = 4096;

/// One record. Cells are raw: quotes are still there.
#[derive(Clone, Copy)]
pub(crate) struct Record<'a> {
    bytes: &'a [u8],
    /// End of each cell.
    ends: &'a [u32],
    /// Line on which the record begins, from 1.
    pub(crate) line: u64,
    /// Line of a quote in this record that was never closed.
    pub(crate) unclosed_quote: Option<u64>,
    /// True when some cell is `""`.
    has_empty_quotes: bool,
}

impl<'a> Record<'a> {
    /// A record of cells whose ends are known.
    pub(super) fn of_parts(bytes: &'a [u8], ends: &'a [u32], line: u64) -> Self {
        Self { bytes, ends, line, unclosed_quote: None, has_empty_quotes: false }
    }

    /// Number of cells.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The raw bytes of a cell; empty when the record has no such cell.
    #[inline]
    pub(crate) fn raw(&self, cell: usize) -> &'a [u8] {
        let Some(&end) = self.ends.get(cell) else { return &[] };
        let start = if cell == 0 { 0 } else { self.ends[cell - 1] as usize + 1 };
        &self.bytes[start..end as usize]
    }

    /// Adds one to the count of each cell that is not empty, for the cells there are counts for.
    pub(crate) fn count_filled(&self, counts: &mut [u32]) {
        let Some(&first) = self.ends.first() else { return };
        if let Some(count) = counts.first_mut() {
            *count += u32::from(first > 0);
        }
        // Neighbouring ends that differ by one leave an empty cell between them.
        for (count, pair) in counts.iter_mut().skip(1).zip(self.ends.windows(2)) {
            *count += u32::from(pair[1] - pair[0] > 1);
        }
        if self.has_empty_quotes {
            for (cell, count) in counts.iter_mut().enumerate() {
                *count -= u32::from(self.raw(cell) == b"\"\"");
            }
        }
    }

    /// True when no cell from `first` on has content.
    pub(crate) fn is_blank_from(&self, first: usize) -> bool {
        (first..self.len()).all(|cell| matches!(self.raw(cell).trim_ascii(), b"" | b"\"\""))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    Unquoted,
    Quoted,
    /// After a quote inside a quoted cell: the next byte tells whether it was doubled.
    QuoteSeen,
}

/// Everything known about the record being read. Offsets count from its first byte.
#[derive(Debug)]
struct Progress {
    mode: Mode,
    ends: Vec<u32>,
    cell_start: usize,
    scanned: usize,
    /// Line of the record's first byte.
    line: u64,
    /// Lines that ended before `scanned`.
    lines_before: u64,
    /// Whether the byte before the record / before `scanned` is a CR.
    starts_after_cr: bool,
    after_cr: bool,
    quote_opened: usize,
    has_empty_quotes: bool,
    /// Opening quote of the first cell that has text after its closing quote.
    suspect: Option<usize>,
    /// Opening quotes that are read as text, because they were never closed; in the order they were found.
    literal: Vec<usize>,
}

impl Progress {
    fn at_record(&mut self, line: u64, after_cr: bool) {
        self.mode = Mode::Unquoted;
        self.ends.clear();
        self.cell_start = 0;
        self.scanned = 0;
        self.line = line;
        self.lines_before = line - 1;
        self.starts_after_cr = after_cr;
        self.after_cr = after_cr;
        self.has_empty_quotes = false;
        self.suspect = None;
        self.literal.clear();
    }
}

/// Cuts a file into records.
pub(crate) struct CsvScanner {
    delimiter: u8,
    /// Cells a record should have, once known; tells a lenient cell from an unclosed quote.
    width: Option<usize>,
    carry: Vec<u8>,
    at: Progress,
    read_again: usize,
}

/// What stopped the scan of a buffer.
enum Stop {
    /// The buffer's end.
    End,
    /// A record ended at this offset.
    Record(usize),
    /// The quoted cell is too long to be one.
    Unclosed,
}

impl CsvScanner {
    pub(crate) fn new(delimiter: u8) -> Self {
        let mut at = Progress {
            mode: Mode::Unquoted,
            ends: Vec::new(),
            cell_start: 0,
            scanned: 0,
            line: 1,
            lines_before: 0,
            starts_after_cr: false,
            after_cr: false,
            quote_opened: 0,
            has_empty_quotes: false,
            suspect: None,
            literal: Vec::new(),
        };
        at.at_record(1, false);
        Self { delimiter, width: None, carry: Vec::new(), at, read_again: 0 }
    }

    /// Tells the number of cells a record should have.
    pub(crate) fn expect_width(&mut self, width: usize) {
        self.width = Some(width);
    }

    /// Reads the next bytes; every complete record goes to `on_record`. Empty lines are no records.
    pub(crate) fn push(
        &mut self,
        mut chunk: &[u8],
        on_record: &mut impl FnMut(&Record<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        // The record cut by the last chunk's end is completed first; the rest is read where it lies.
        while !self.carry.is_empty() && !chunk.is_empty() {
            let (piece, rest) = chunk.split_at(chunk.len().min(CARRY_STEP));
            let mut carry = std::mem::take(&mut self.carry);
            carry.extend_from_slice(piece);
            let kept = self.records(&carry, on_record)?;
            let tail = carry.len() - kept;
            if kept > 0 && tail <= piece.len() {
                chunk = &chunk[piece.len() - tail..];
                carry.clear();
            } else {
                carry.drain(..kept);
                chunk = rest;
            }
            self.carry = carry;
        }
        if !chunk.is_empty() {
            let kept = self.records(chunk, on_record)?;
            self.carry.extend_from_slice(&chunk[kept..]);
        }
        Ok(())
    }

    /// Ends the file: the last record needs no line break.
    pub(crate) fn finish(
        &mut self,
        on_record: &mut impl FnMut(&Record<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let bytes = std::mem::take(&mut self.carry);
        let mut start = 0;
        while start < bytes.len() {
            let rest = &bytes[start..];
            // Everything is scanned: what is left is one record without its line break.
            if self.at.mode == Mode::Quoted {
                self.read_again_with_literal_quote(self.at.quote_opened)?;
            } else {
                self.at.ends.push(rest.len() as u32);
                if !self.must_read_again(rest)? {
                    return self.emit(rest, rest.len(), on_record);
                }
            }
            start += self.records(rest, on_record)?;
        }
        Ok(())
    }

    /// Hands over every complete record of `bytes`, which begins with the record at hand. Answers the offset of the
    /// first record that is not complete.
    fn records(
        &mut self,
        bytes: &[u8],
        on_record: &mut impl FnMut(&Record<'_>) -> Result<(), ImportError>,
    ) -> Result<usize, ImportError> {
        let mut start = 0;
        loop {
            let rest = &bytes[start..];
            match self.scan(rest) {
                Stop::End => break,
                Stop::Unclosed => self.read_again_with_literal_quote(self.at.quote_opened)?,
                Stop::Record(end) => {
                    self.refuse_too_long(end)?;
                    if self.must_read_again(&rest[..end])? {
                        continue;
                    }
                    self.emit(rest, end, on_record)?;
                    start += end + 1;
                }
            }
        }
        self.refuse_too_long(bytes.len() - start)?;
        Ok(start)
    }

    fn refuse_too_long(&self, length: usize) -> Result<(), ImportError> {
        if length <= LONGEST_RECORD {
            return Ok(());
        }
        Err(ImportError::Damaged {
            line: self.at.line,
            what: format!("a record is longer than {} MB", LONGEST_RECORD >> 20),
            next: "Export the file again from the tracker, without opening it in another program".into(),
        })
    }

    /// Reads on until a record ends. The state is written back, so that the scan can go on with more bytes.
    fn scan(&mut self, bytes: &[u8]) -> Stop {
        while self.at.scanned < bytes.len() {
            let base = self.at.scanned;
            let masks = block::masks(bytes, base, self.delimiter, self.at.after_cr);
            let length = BLOCK.min(bytes.len() - base);
            if let Some(stop) = self.scan_block(&masks, base, u64::MAX >> (BLOCK - length)) {
                return stop;
            }
            self.at.lines_before += u64::from(masks.lines.count_ones());
            self.at.after_cr = bytes[base + length - 1] == b'\r';
            self.at.scanned = base + length;
            if self.at.mode == Mode::Quoted && self.at.scanned - self.at.quote_opened > LONGEST_CELL {
                return Stop::Unclosed;
            }
        }
        Stop::End
    }

    #[inline]
    fn scan_block(&mut self, masks: &Masks, base: usize, within: u64) -> Option<Stop> {
        let at = &mut self.at;
        let ends = masks.delimiters | masks.breaks;
        // Bits not looked at yet; none past the end of the buffer.
        let mut live = within;
        loop {
            match at.mode {
                Mode::Unquoted => {
                    // Nearly all marks are delimiters: those up to the next quote or line break need no closer look.
                    let stops = (masks.quotes | masks.breaks) & live;
                    let mut plain = masks.delimiters & live & below_lowest(stops);
                    if plain != 0 {
                        at.cell_start = base + (u64::BITS - plain.leading_zeros()) as usize;
                    }
                    while plain != 0 {
                        at.ends.push((base + plain.trailing_zeros() as usize) as u32);
                        plain &= plain - 1;
                    }
                    if stops == 0 {
                        return None;
                    }
                    let bit = stops.trailing_zeros();
                    live = within & above(bit);
                    let place = base + bit as usize;
                    if masks.breaks & (1 << bit) != 0 {
                        at.ends.push(place as u32);
                        at.lines_before += u64::from((masks.lines & !above(bit)).count_ones());
                        return Some(Stop::Record(place));
                    }
                    // A quote inside an unquoted cell is text.
                    if place == at.cell_start && !at.literal.contains(&place) {
                        at.mode = Mode::Quoted;
                        at.quote_opened = place;
                    }
                }
                Mode::Quoted => {
                    let next = masks.quotes & live;
                    if next == 0 {
                        return None;
                    }
                    let bit = next.trailing_zeros();
                    live = within & above(bit);
                    at.mode = Mode::QuoteSeen;
                    at.has_empty_quotes |= base + bit as usize == at.quote_opened + 1;
                    if base + bit as usize - at.quote_opened > LONGEST_CELL {
                        return Some(Stop::Unclosed);
                    }
                }
                Mode::QuoteSeen => {
                    if live == 0 {
                        return None;
                    }
                    let mark = 1_u64 << live.trailing_zeros();
                    if masks.quotes & mark != 0 {
                        at.mode = Mode::Quoted;
                        live &= !mark;
                        continue;
                    }
                    at.mode = Mode::Unquoted;
                    if ends & mark == 0 && at.suspect.is_none() {
                        at.suspect = Some(at.quote_opened);
                    }
                }
            }
        }
    }

    /// True when the record at hand has text after a closing quote, spans several lines and does not have the expected
    /// number of cells: then that cell's opening quote was never meant as one, and the record is read again.
    fn must_read_again(&mut self, record: &[u8]) -> Result<bool, ImportError> {
        let Some(suspect) = self.at.suspect else { return Ok(false) };
        let fits = self.width.is_none_or(|width| width == self.at.ends.len());
        if fits || !self.at.literal.is_empty() || memchr::memchr2(b'\n', b'\r', record).is_none() {
            return Ok(false);
        }
        self.read_again_with_literal_quote(suspect)?;
        Ok(true)
    }

    fn read_again_with_literal_quote(&mut self, quote: usize) -> Result<(), ImportError> {
        let at = &mut self.at;
        self.read_again += at.scanned.max(at.cell_start);
        if self.read_again > READ_AGAIN_LIMIT {
            return Err(ImportError::Damaged {
                line: at.line,
                what: "quotes are opened and never closed all over the file, so that rows cannot be told apart".into(),
                next: "Export the file again from the tracker, without opening it in another program".into(),
            });
        }
        let mut literal = std::mem::take(&mut at.literal);
        literal.push(quote);
        let (line, after_cr) = (at.line, at.starts_after_cr);
        at.at_record(line, after_cr);
        at.literal = literal;
        Ok(())
    }

    /// Hands over the record that ends at `end` and makes ready for the next.
    fn emit(
        &mut self,
        bytes: &[u8],
        end: usize,
        on_record: &mut impl FnMut(&Record<'_>) -> Result<(), ImportError>,
    ) -> Result<(), ImportError> {
        let at = &mut self.at;
        let blank = at.ends.len() == 1 && bytes[..end].trim_ascii().is_empty();
        if !blank {
            let unclosed_quote = at.literal.first().map(|&quote| at.line + lines_in(&bytes[..quote]));
            on_record(&Record {
                bytes: &bytes[..end],
                ends: &at.ends,
                line: at.line,
                unclosed_quote,
                has_empty_quotes: at.has_empty_quotes,
            })?;
        }
        let ended_by_cr = bytes.get(end) == Some(&b'\r');
        at.at_record(at.lines_before + 1, ended_by_cr);
        Ok(())
    }
}

/// The bits above `bit`.
#[inline]
const fn above(bit: u32) -> u64 {
    // Two shifts, because a shift by 64 is not defined.
    (u64::MAX << bit) << 1
}

/// The bits below the lowest one of `bits`; all when there is none.
#[inline]
const fn below_lowest(bits: u64) -> u64 {
    !bits & bits.wrapping_sub(1)
}

fn lines_in(bytes: &[u8]) -> u64 {
    let mut after_cr = false;
    let mut lines = 0;
    for &byte in bytes {
        lines += u64::from(byte == b'\r' || (byte == b'\n' && !after_cr));
        after_cr = byte == b'\r';
    }
    lines
}
