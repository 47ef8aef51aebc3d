//! The answers of the engine to the questions of a view, as one file: what a published page shows before it has an engine.
//!
//! Lists of items are kept as counts. They are most of the bytes, and whoever asks for the items themselves asks the engine,
//! which a published page loads then. Marks of a scatter chart at the same place are one mark that counts for all of them.
//!
//! Layout: a seal (magic `TLANSW\0`, version = that of the protocol), postcard of question and answer in pairs; then all of it in
//! gzip, because static hosts do not compress files of unknown kinds.

use std::collections::HashMap;
use std::io::{Read, Write};

use flate2::{Compression, GzBuilder, read::GzDecoder};

use crate::engine::{Overview, PROTOCOL_VERSION, Request, Response};
use crate::metrics::{MetricResult, Point, Query, Role, Series, X};
use crate::model::{SEAL_BYTES, SealError, seal, unseal};

const MAGIC: [u8; 7] = *b"TLANSW\0";
/// Answers of one view are far smaller; more is no answer of ours.
const MOST_BYTES: u64 = 256 << 20;
/// Items in all lists of a file together.
const MOST_ITEMS: u64 = 100_000_000;

/// Stands in a list of items for one that is counted and not named.
pub const PLACEHOLDER: u32 = u32::MAX;

/// True when a list counts items and does not name them.
pub fn is_placeholder(items: &[u32]) -> bool {
    items.first() == Some(&PLACEHOLDER)
}

/// Why a file of answers cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AnswersError {
    /// Another kind of file, a damaged one or one of a later release.
    #[error(transparent)]
    Sealed(#[from] SealError),
    /// Written by an earlier release, whose answers mean something else.
    #[error(
        "it was written by another version of Throughline (protocol {0}, this is {PROTOCOL_VERSION}). Publish it again"
    )]
    OtherVersion(u8),
    /// Its compression is damaged, or it is too large.
    #[error("it is damaged: {0}")]
    Damaged(String),
}

/// Questions and their answers.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AnswerBook {
    entries: Vec<(Request, Response)>,
}

impl AnswerBook {
    /// Adds an answer. Its lists of items are counted from here on.
    pub fn add(&mut self, request: Request, mut response: Response) {
        each_result(&mut response, &mut |result| result.series.iter_mut().for_each(gather));
        each_list(&mut response, &mut |items| *items = vec![PLACEHOLDER; items.len()]);
        self.entries.push((request, response));
    }

    /// Questions and answers.
    pub fn entries(&self) -> &[(Request, Response)] {
        &self.entries
    }

    pub(super) fn entries_mut(&mut self) -> impl Iterator<Item = &mut Response> {
        self.entries.iter_mut().map(|(_, response)| response)
    }

    /// The answer to a question, when it is among them. Metrics may be asked in any order, and some of them alone.
    pub fn find(&self, request: &Request) -> Option<Response> {
        if let Request::Metrics { ids, query } = request {
            return self.metrics(ids, query);
        }
        self.entries.iter().find(|(asked, _)| asked == request).map(|(_, response)| response.clone())
    }

    fn metrics(&self, ids: &[String], query: &Query) -> Option<Response> {
        let result = |id: &String| {
            self.entries.iter().find_map(|(asked, response)| match (asked, response) {
                (Request::Metrics { ids, query: asked }, Response::Metrics(results)) if asked == query => {
                    ids.iter().position(|known| known == id).and_then(|position| results.get(position)).cloned()
                }
                _ => None,
            })
        };
        ids.iter().map(result).collect::<Option<Vec<MetricResult>>>().map(Response::Metrics)
    }

    /// The answers as a file.
    pub fn encode(&self) -> Vec<u8> {
        let mut entries = self.entries.clone();
        for (_, response) in &mut entries {
            each_list(response, &mut |items| {
                *items = if items.is_empty() { Vec::new() } else { vec![items.len() as u32] };
            });
        }
        let mut bytes = vec![0; SEAL_BYTES];
        // Writing to memory fails only when there is none, and then nothing here goes on.
        bytes = postcard::to_extend(&entries, bytes).unwrap_or_default();
        seal(&mut bytes, MAGIC, PROTOCOL_VERSION as u8);
        compressed(&bytes)
    }

    /// Reads a file of answers.
    pub fn decode(file: &[u8]) -> Result<Self, AnswersError> {
        let bytes = decompressed(file, MOST_BYTES).map_err(|error| AnswersError::Damaged(error.to_string()))?;
        Self::decode_plain(&bytes)
    }

    /// Reads answers that were decompressed already, by the browser.
    pub fn decode_plain(bytes: &[u8]) -> Result<Self, AnswersError> {
        let (version, payload) = unseal(bytes, MAGIC, PROTOCOL_VERSION as u8)?;
        if u32::from(version) != PROTOCOL_VERSION {
            return Err(AnswersError::OtherVersion(version));
        }
        let damaged = |error: postcard::Error| AnswersError::Damaged(error.to_string());
        let mut entries: Vec<(Request, Response)> = postcard::from_bytes(payload).map_err(damaged)?;
        let mut room = MOST_ITEMS;
        for (_, response) in &mut entries {
            each_list(response, &mut |items| {
                let count = items.first().map_or(0, |&count| u64::from(count)).min(room);
                room -= count;
                *items = vec![PLACEHOLDER; count as usize];
            });
        }
        Ok(Self { entries })
    }
}

/// Bytes in gzip; the same bytes give the same file on every machine and day.
pub(super) fn compressed(bytes: &[u8]) -> Vec<u8> {
    const UNKNOWN_SYSTEM: u8 = 255;
    let mut writer = GzBuilder::new().operating_system(UNKNOWN_SYSTEM).write(Vec::new(), Compression::best());
    // Writing to memory cannot fail.
    let _written = writer.write_all(bytes);
    writer.finish().unwrap_or_default()
}

/// The content of a gzip file of at most so many bytes.
pub(super) fn decompressed(file: &[u8], most: u64) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    GzDecoder::new(file).take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Calls for every metric's result in an answer.
pub(super) fn each_result(response: &mut Response, change: &mut dyn FnMut(&mut MetricResult)) {
    if let Response::Metrics(results) = response {
        results.iter_mut().for_each(change);
    }
}

/// Calls for every list of items in an answer.
fn each_list(response: &mut Response, change: &mut dyn FnMut(&mut Vec<u32>)) {
    match response {
        Response::Metrics(results) => results.iter_mut().for_each(|result| each_list_of(result, change)),
        Response::Overview(overview) => {
            let Overview { changes, .. } = &mut **overview;
            for note in changes {
                change(&mut note.items);
            }
        }
        _ => {}
    }
}

fn each_list_of(result: &mut MetricResult, change: &mut dyn FnMut(&mut Vec<u32>)) {
    for series in &mut result.series {
        series.points.iter_mut().for_each(|point| change(&mut point.items));
    }
    result.figures.iter_mut().for_each(|figure| change(&mut figure.items));
    result.excluded.iter_mut().for_each(|exclusion| change(&mut exclusion.items));
}

/// Makes marks at the same place one.
fn gather(series: &mut Series) {
    if series.role != Role::Scatter {
        return;
    }
    let mut places: HashMap<(X, Option<u64>), usize> = HashMap::new();
    let mut gathered: Vec<Point> = Vec::new();
    for point in std::mem::take(&mut series.points) {
        let place = (point.x.clone(), point.y.map(f64::to_bits));
        if let Some(same) = places.get(&place).and_then(|&position| gathered.get_mut(position)) {
            same.items.extend(point.items);
        } else {
            places.insert(place, gathered.len());
            gathered.push(point);
        }
    }
    series.points = gathered;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::Figure;

    fn result() -> MetricResult {
        let point = |day, y, item| Point { x: X::Day(day), y: Some(y), items: vec![item] };
        let points = vec![point(1, 2.0, 7), point(1, 3.0, 8), point(1, 2.0, 9)];
        MetricResult {
            id: "cycle-time".into(),
            series: vec![Series::new("items", "Items", Role::Scatter, "days", points)],
            figures: vec![Figure::new("median", "Median", Some(2.0), "days", "").with_items(vec![7, 8, 9])],
            ..MetricResult::default()
        }
    }

    fn book() -> AnswerBook {
        let mut book = AnswerBook::default();
        let ids = vec!["cycle-time".to_owned(), "lead-time".to_owned()];
        let other = MetricResult { id: "lead-time".into(), ..result() };
        book.add(Request::Metrics { ids, query: Query::default() }, Response::Metrics(vec![result(), other]));
        book
    }

    #[test]
    fn lists_are_counted_and_marks_at_one_place_are_one() {
        let book = book();
        let Some(Response::Metrics(found)) =
            book.find(&Request::Metrics { ids: vec!["lead-time".into()], query: Query::default() })
        else {
            panic!("one of several metrics is found alone")
        };
        let [points, figures] = [found[0].series[0].points.len(), found[0].figures[0].items.len()];
        assert_eq!((found.len(), points, figures), (1, 2, 3));
        assert_eq!(found[0].series[0].points[0].items, [PLACEHOLDER, PLACEHOLDER]);
        let other = Query { as_of: Some(1), ..Query::default() };
        assert_eq!(book.find(&Request::Metrics { ids: vec!["lead-time".into()], query: other }), None);
        assert_eq!(book.find(&Request::Describe), None);
    }

    #[test]
    fn what_is_written_is_read_and_damage_is_noticed() {
        let file = book().encode();
        assert_eq!(file, book().encode(), "the same answers are the same bytes");
        assert_eq!(AnswerBook::decode(&file), Ok(book()));
        for cut in [0, 10, file.len() / 2, file.len() - 9] {
            assert!(AnswerBook::decode(&file[..cut]).is_err(), "cut at {cut}");
        }
        let mut plain = decompressed(&file, MOST_BYTES).unwrap();
        plain[7] -= 1;
        assert_eq!(AnswerBook::decode_plain(&plain), Err(AnswersError::OtherVersion(PROTOCOL_VERSION as u8 - 1)));
        plain[7] += 2;
        assert!(matches!(AnswerBook::decode_plain(&plain), Err(AnswersError::Sealed(SealError::TooNew(_)))));
    }
}
