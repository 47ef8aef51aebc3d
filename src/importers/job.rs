//! Reading one file from its first byte: decode, detect, hand over to the importer.

use super::encoding::{Decoder, Encoding};
use super::{
    Candidate, Confidence, FileHead, IMPORTERS, ImportError, ImportReport, ImportSettings, ImportWarning, Importer,
    MAPPED_ID, Problem, Reading, TableSample, detect, sample_of, wrong_kind,
};
use crate::model::Dataset;

/// Bytes that detection looks at.
const HEAD: usize = 64 << 10;
/// A header line may be longer than [`HEAD`]; up to this it is waited for.
const LONGEST_HEAD: usize = 4 << 20;

/// What a file became.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The items of this file alone; keys occur once.
    pub dataset: Dataset,
    /// What happened.
    pub report: ImportReport,
}

/// One file being imported. Push its bytes in order, then finish.
pub struct ImportJob {
    name: String,
    settings: ImportSettings,
    bytes: u64,
    stage: Stage,
}

enum Stage {
    /// Collecting the head.
    Head(Vec<u8>),
    /// Handing over to the importer.
    Reading(Open),
}

struct Open {
    importer: &'static Importer,
    evidence: String,
    encoding: Encoding,
    decoder: Decoder,
    reading: Box<dyn Reading>,
}

impl ImportJob {
    /// Begins an import.
    pub fn new(name: &str, settings: ImportSettings) -> Self {
        Self { name: name.to_owned(), settings, bytes: 0, stage: Stage::Head(Vec::new()) }
    }

    /// Reads the next bytes of the file. After an error the job is of no further use.
    pub fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        self.bytes += chunk.len() as u64;
        let chunk = match &mut self.stage {
            Stage::Reading(_) => chunk,
            Stage::Head(head) => {
                // The head is cut at the same byte whatever the chunks are, so that they never change what is seen.
                let mut rest = chunk;
                loop {
                    let target = (head.len() / HEAD + 1) * HEAD;
                    let taken = rest.len().min(target - head.len());
                    head.extend_from_slice(&rest[..taken]);
                    rest = &rest[taken..];
                    if head.len() < target {
                        return Ok(());
                    }
                    let has_line = memchr::memchr2(b'\n', b'\r', head).is_some();
                    if has_line || begins_as_json(head) || head.len() >= LONGEST_HEAD {
                        break;
                    }
                }
                let head = std::mem::take(head);
                self.stage = Stage::Reading(open(&self.name, &self.settings, &head, false)?);
                rest
            }
        };
        if let Stage::Reading(open) = &mut self.stage {
            open.reading.push(&open.decoder.decode(chunk))?;
        }
        Ok(())
    }

    /// Rows read so far.
    pub fn rows(&self) -> u64 {
        match &self.stage {
            Stage::Head(_) => 0,
            Stage::Reading(open) => open.reading.rows(),
        }
    }

    /// Ends the file.
    pub fn finish(self) -> Result<Imported, ImportError> {
        self.end(Reading::finish)
    }

    /// Ends a file of which only the beginning was pushed, for a preview.
    pub fn finish_beginning(self) -> Result<Imported, ImportError> {
        self.end(Reading::finish_beginning)
    }

    fn end(self, finish: fn(Box<dyn Reading>) -> Result<Imported, ImportError>) -> Result<Imported, ImportError> {
        let mut open = match self.stage {
            Stage::Head(head) => open(&self.name, &self.settings, &head, true)?,
            Stage::Reading(open) => open,
        };
        let tail = open.decoder.finish();
        open.reading.push(tail.as_bytes())?;
        let mut imported = finish(open.reading)?;
        let report = &mut imported.report;
        report.file = self.name;
        report.bytes = self.bytes;
        open.importer.id.clone_into(&mut report.format);
        open.importer.title.clone_into(&mut report.format_title);
        report.evidence = open.evidence;
        open.encoding.title().clone_into(&mut report.encoding);
        self.settings.calendar.zone().clone_into(&mut report.zone);
        for _ in 0..open.decoder.replaced {
            report.warn(ImportWarning {
                line: 0,
                column: String::new(),
                value: char::REPLACEMENT_CHARACTER.to_string(),
                problem: Problem::NotInEncoding,
            });
        }
        if open.encoding == Encoding::Windows1252 {
            report.decisions.push(
                "The file is not UTF-8; it was read as Windows-1252 (Western European). If letters look wrong, save it as \"CSV UTF-8\" and import it again.".into(),
            );
        }
        Ok(imported)
    }
}

/// Decides what the file is and feeds the head to its importer.
fn open(name: &str, settings: &ImportSettings, head: &[u8], complete: bool) -> Result<Open, ImportError> {
    wrong_kind::refuse_binary(head)?;
    let encoding = Encoding::detect(head, complete);
    let mut decoder = Decoder::new(encoding);
    let utf8 = decoder.decode(head);
    if utf8.trim_ascii().is_empty() && complete {
        return Err(ImportError::Empty);
    }
    wrong_kind::refuse_nul_bytes(&utf8)?;
    let text = String::from_utf8_lossy(without_cut_character(&utf8, complete));
    let file_head = FileHead { name, text: &text, complete };
    let (importer, confidence) = choose(&file_head, settings)?;
    let mut reading = (importer.start)(&file_head, settings)?;
    reading.push(&utf8)?;
    Ok(Open { importer, evidence: confidence.evidence, encoding, decoder, reading })
}

/// The importer for a file: the one the user chose, else that of a table whose columns the user has named, else the surest.
fn choose(head: &FileHead<'_>, settings: &ImportSettings) -> Result<(&'static Importer, Confidence), ImportError> {
    let by_id = |id: &str| IMPORTERS.iter().copied().find(|importer| importer.id == id);
    let chosen =
        |importer: &'static Importer, why: &str| (importer, Confidence { score: 100, evidence: why.to_owned() });
    if let Some(importer) = settings.format.as_deref().and_then(by_id) {
        return Ok(chosen(importer, "you chose this format"));
    }
    if settings.ask_columns {
        return Err(columns_asked(head, settings));
    }
    // What the user named is a correction, so it comes before what is recognised.
    let is_named =
        !settings.mappings.is_empty() && sample_of(head).is_some_and(|table| settings.mapping_of(&table).is_some());
    if let Some(mapped) = by_id(MAPPED_ID).filter(|_| is_named) {
        return Ok(chosen(mapped, "you named the columns of this table"));
    }
    let mut found = detect(head);
    if found.len() > 1 {
        let candidate = |(importer, confidence): (&Importer, Confidence)| Candidate {
            format: importer.id.to_owned(),
            title: importer.title.to_owned(),
            evidence: confidence.evidence,
        };
        return Err(ImportError::Ambiguous { candidates: found.into_iter().map(candidate).collect() });
    }
    if let Some(found) = found.pop() {
        return Ok(found);
    }
    let table = sample_of(head);
    if !table.as_ref().is_some_and(TableSample::is_json)
        && let Some(error) = wrong_kind::unknown_text(head.text)
    {
        return Err(error);
    }
    Err(wrong_kind::unknown(head.text, table))
}

/// The question about the columns of a file that may well be recognised.
fn columns_asked(head: &FileHead<'_>, settings: &ImportSettings) -> ImportError {
    let Some(mut table) = sample_of(head) else { return ImportError::NoTable };
    let format = match &detect(head)[..] {
        [(only, _)] => Some(only.title.to_owned()),
        _ => None,
    };
    let known = settings.mapping_of(&table).cloned();
    let named = known.is_some();
    if let Some(mapping) = known {
        table.guess = mapping;
    }
    ImportError::ColumnsAsked { table: Box::new(table), format, named }
}

/// True when the first byte that says something opens an object or a list: such a file may have no line break at all, and
/// is known by its first keys.
fn begins_as_json(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    matches!(text.first(), Some(b'{' | b'['))
}

/// Drops the bytes of a character that the end of the head cuts.
fn without_cut_character(head: &[u8], complete: bool) -> &[u8] {
    match std::str::from_utf8(head) {
        Err(error) if !complete && error.error_len().is_none() => &head[..error.valid_up_to()],
        _ => head,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Calendar;

    #[test]
    fn json_without_line_breaks_is_read_before_its_end() {
        let card = |row: u32| format!("{{\"no\":\"A-{row}\",\"name\":\"Card\"}}");
        let cards: Vec<String> = (0..10_000).map(card).collect();
        let text = format!(" [{}]", cards.join(","));
        let settings =
            ImportSettings { format: Some(MAPPED_ID.to_owned()), ..ImportSettings::new(Calendar::default()) };
        let mut job = ImportJob::new("cards.json", settings);
        assert_eq!(job.push(&text.as_bytes()[..HEAD - 1]), Ok(()));
        assert_eq!(job.rows(), 0, "too little to tell what it is");
        assert_eq!(job.push(&text.as_bytes()[HEAD - 1..HEAD]), Ok(()));
        assert!(job.rows() > 1000, "{} rows", job.rows());
    }

    #[test]
    fn a_header_longer_than_the_head_is_waited_for() {
        let mut job = ImportJob::new("wide.csv", ImportSettings::new(Calendar::default()));
        assert_eq!(job.push("wide,".repeat(HEAD).as_bytes()), Ok(()));
        assert!(matches!(job.stage, Stage::Head(_)));
    }
}
