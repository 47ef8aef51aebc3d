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

/// Set in every number of a list that counts items and does not name them. The other bits number the list itself, so that
/// whoever wants the items can ask for them.
const COUNTED_ONLY: u32 = 1 << 31;

/// The number of a list that counts items and does not name them; `None` for one that names them.
pub fn counted_list(items: &[u32]) -> Option<u32> {
    items.first().filter(|&&item| item & COUNTED_ONLY != 0).map(|&item| item & !COUNTED_ONLY)
}

/// A list that counts and has no number.
pub(super) fn counted(count: usize) -> Vec<u32> {
    vec![u32::MAX; count]
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
    /// Number of its first list of items; the others follow.
    first_list: u32,
}

impl AnswerBook {
    /// Adds an answer. Its lists of items are counted from here on.
    pub fn add(&mut self, request: Request, mut response: Response) {
        gather(&mut response);
        each_list(&mut response, &mut |items| *items = counted(items.len()));
        self.entries.push((request, response));
    }

    /// Gives each list of items a number, from this one on. Answers the next free number.
    pub fn number_lists(&mut self, first: u32) -> u32 {
        self.first_list = first;
        let mut next = first;
        for response in self.entries_mut() {
            each_list(response, &mut |items| {
                *items = vec![next | COUNTED_ONLY; items.len()];
                next += 1;
            });
        }
        next
    }

    /// The question in whose answer a list is, and its place there.
    pub fn question_of(&self, list: u32) -> Option<(&Request, u32)> {
        let mut place = list.checked_sub(self.first_list)?;
        for (request, response) in &self.entries {
            let lists = count_lists(response);
            if place < lists {
                return Some((request, place));
            }
            place -= lists;
        }
        None
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
                *items = counted(count as usize);
            });
        }
        Ok(Self { entries, first_list: 0 })
    }
}

/// The items at a place among the lists of an answer that names them, as an [`AnswerBook`] counts the places.
pub fn items_at(mut response: Response, place: u32) -> Vec<u32> {
    gather(&mut response);
    let (mut position, mut found) = (0, Vec::new());
    each_list(&mut response, &mut |items| {
        if position == place {
            found = std::mem::take(items);
        }
        position += 1;
    });
    found
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

fn count_lists(response: &Response) -> u32 {
    let of_result = |result: &MetricResult| {
        let points: usize = result.series.iter().map(|series| series.points.len()).sum();
        points + result.figures.len() + result.excluded.len()
    };
    let lists = match response {
        Response::Metrics(results) => results.iter().map(of_result).sum(),
        Response::Overview(overview) => overview.changes.len(),
        _ => 0,
    };
    lists as u32
}

fn gather(response: &mut Response) {
    each_result(response, &mut |result| result.series.iter_mut().for_each(gather_marks));
}

/// Makes marks at the same place one.
fn gather_marks(series: &mut Series) {
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
        assert_eq!(counted_list(&found[0].series[0].points[0].items), Some(u32::MAX >> 1));
        let other = Query { as_of: Some(1), ..Query::default() };
        assert_eq!(book.find(&Request::Metrics { ids: vec!["lead-time".into()], query: other }), None);
        assert_eq!(book.find(&Request::Describe), None);
    }

    #[test]
    fn a_counted_list_leads_back_to_its_question() {
        let mut book = book();
        // Two results of two points and a figure each.
        assert_eq!(book.number_lists(100), 106);
        let Response::Metrics(results) = &book.entries()[0].1 else { panic!("metrics were asked") };
        let figure = counted_list(&results[1].figures[0].items).unwrap();
        assert_eq!((figure, results[1].figures[0].items.len()), (105, 3));
        let (request, place) = book.question_of(figure).unwrap();
        assert_eq!((request, place), (&book.entries()[0].0, 5));
        assert_eq!(book.question_of(106), None);
        assert_eq!(book.question_of(99), None);
        let full = Response::Metrics(vec![result(), result()]);
        assert_eq!(items_at(full.clone(), place), [7, 8, 9]);
        assert_eq!(items_at(full.clone(), 0), [7, 9], "marks at one place");
        assert_eq!(items_at(full, 6), Vec::<u32>::new());
        assert_eq!(counted_list(&[7]), None);
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
