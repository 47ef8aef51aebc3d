//! The import worker: reads one file, hands its dataset over and is ended.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::page::Page;
use super::wire::{self, FromWorker, ImportOrder, ImportTask};
use super::{ImportChoices, ImportPhase, ImportProgress};
use crate::importers::{ImportError, ImportJob, ImportSettings, Imported, Preview, export_help};
use crate::model::{Calendar, encode_dataset};
use crate::sample::sample_file;
use crate::web::error::words;
use crate::web::fault::Fault;

/// Bytes read at a time. Large enough that the wait for the disk vanishes, small enough for progress on slow machines.
/// Measured on 151 MB in Chromium, one slice read ahead: 1 MiB 640 ms, 4 MiB 370 ms, 16 MiB 250 ms; `stream()` 300 ms.
const CHUNK_BYTES: u32 = 16 << 20;
/// Bytes looked at for a preview.
const PREVIEW_BYTES: f64 = 262_144.0;
/// Time between two words of progress.
const PROGRESS_EVERY_MS: f64 = 100.0;

/// Why there is no dataset.
enum Stopped {
    Refused(ImportError),
    Unreadable(String),
}

impl From<ImportError> for Stopped {
    fn from(error: ImportError) -> Self {
        Self::Refused(error)
    }
}

/// Reads the file of the attachments, or the sample when there is none; or tells how exports are made.
pub(super) async fn run(page: &Page, order: ImportOrder, attachments: &[JsValue]) {
    let file = attachments.first().and_then(|file| file.dyn_ref::<Blob>());
    if order.task == ImportTask::ExportHelp {
        return page.tell(&FromWorker::ExportHelp(export_help()), &[]);
    }
    let preview = order.task == ImportTask::Preview;
    let imported = match file {
        Some(file) if preview => read_beginning(page, order, file).await,
        Some(file) => read_file(page, order, file).await,
        None => read_sample(page, order),
    };
    let message = match imported {
        Ok(imported) if preview => FromWorker::Previewed(Preview::of(&imported)),
        Ok(imported) => return hand_over(page, imported),
        Err(Stopped::Refused(error)) => FromWorker::Refused(error),
        Err(Stopped::Unreadable(why)) => FromWorker::Unreadable(why),
    };
    page.tell(&message, &[]);
}

fn hand_over(page: &Page, imported: Imported) {
    let Imported { dataset, report } = imported;
    let bytes = Uint8Array::from(encode_dataset(&dataset).as_slice());
    match wire::encode(&report) {
        Ok(report) => page.tell(&FromWorker::Imported, &[report.into(), bytes.into()]),
        Err(error) => page.tell(&FromWorker::Unreadable(error.to_string()), &[]),
    }
}

/// A job with its words to the page.
struct Reading<'a> {
    page: &'a Page,
    job: ImportJob,
    progress: ImportProgress,
    told_at: f64,
    zone_note: Option<String>,
    fault: Fault,
}

impl<'a> Reading<'a> {
    fn begin(page: &'a Page, order: ImportOrder, name: &str, total_bytes: u64) -> Self {
        let ImportOrder { zone, choices, fault, .. } = order;
        let known = Calendar::new(&zone);
        let zone_note = known.is_none().then(|| {
            format!("The time zone \"{zone}\" of this browser is not known; dates without a zone were read as UTC.")
        });
        let ImportChoices { date_orders, format, mappings, ask_columns, .. } = choices;
        let settings =
            ImportSettings { calendar: known.unwrap_or_default(), date_orders, format, mappings, ask_columns };
        let progress = ImportProgress { total_bytes, ..ImportProgress::default() };
        let reading = Self {
            page,
            job: ImportJob::new(name, settings),
            progress,
            told_at: js_sys::Date::now(),
            zone_note,
            fault,
        };
        reading.tell();
        reading
    }

    fn tell(&self) {
        self.page.tell(&FromWorker::Progress(self.progress), &[]);
    }

    fn push(&mut self, chunk: &[u8]) -> Result<(), ImportError> {
        self.job.push(chunk)?;
        self.progress.bytes += chunk.len() as u64;
        self.progress.rows = self.job.rows();
        let now = js_sys::Date::now();
        if now - self.told_at >= PROGRESS_EVERY_MS {
            self.told_at = now;
            self.tell();
        }
        match self.fault {
            Fault::ImportPanic => Fault::panic_now(),
            Fault::ImportHang => Fault::hang_now(),
            _ => Ok(()),
        }
    }

    fn finish(self) -> Result<Imported, ImportError> {
        self.end(ImportJob::finish)
    }

    fn end(mut self, end: fn(ImportJob) -> Result<Imported, ImportError>) -> Result<Imported, ImportError> {
        self.progress.phase = ImportPhase::Merging;
        self.tell();
        let mut imported = end(self.job)?;
        imported.report.decisions.extend(self.zone_note);
        Ok(imported)
    }
}

async fn read_file(page: &Page, order: ImportOrder, file: &Blob) -> Result<Imported, Stopped> {
    let name = order.name.clone();
    let size = file.size();
    let mut reading = Reading::begin(page, order, &name, size as u64);
    let mut buffer = vec![0; CHUNK_BYTES.min(size as u32).max(1) as usize];
    let mut offset = 0.0;
    let mut ahead = read_slice(file, offset)?;
    while offset < size {
        let chunk = JsFuture::from(ahead).await.map_err(|exception| unreadable(offset, &exception))?;
        let chunk = Uint8Array::new(chunk.unchecked_ref::<ArrayBuffer>());
        offset += f64::from(chunk.length());
        // The disk works on the next chunk while this one is parsed.
        ahead = read_slice(file, offset)?;
        let Some(bytes) = buffer.get_mut(..chunk.length() as usize) else { break };
        if bytes.is_empty() {
            return Err(Stopped::Unreadable(format!("the file ends at byte {offset} of {size}")));
        }
        chunk.copy_to(bytes);
        reading.push(bytes)?;
    }
    Ok(reading.finish()?)
}

/// The whole rows of the file's beginning.
async fn read_beginning(page: &Page, order: ImportOrder, file: &Blob) -> Result<Imported, Stopped> {
    let name = order.name.clone();
    let begin = |exception| unreadable(0.0, &exception);
    let slice = file.slice_with_f64_and_f64(0.0, PREVIEW_BYTES).map_err(begin)?;
    let bytes = JsFuture::from(slice.array_buffer()).await.map_err(begin)?;
    let bytes = Uint8Array::new(bytes.unchecked_ref::<ArrayBuffer>()).to_vec();
    let is_cut = file.size() > PREVIEW_BYTES;
    // A line break far up is none between rows: JSON mostly has one only here and there.
    let line_end = memchr::memrchr(b'\n', &bytes).filter(|at| is_cut && at * 2 > bytes.len());
    let end = line_end.map_or(bytes.len(), |at| at + 1);
    let mut reading = Reading::begin(page, order, &name, end as u64);
    reading.push(&bytes[..end])?;
    Ok(reading.end(ImportJob::finish_beginning)?)
}

fn read_slice(file: &Blob, offset: f64) -> Result<js_sys::Promise, Stopped> {
    let slice = file.slice_with_f64_and_f64(offset, offset + f64::from(CHUNK_BYTES));
    slice.map(|slice| slice.array_buffer()).map_err(|exception| unreadable(offset, &exception))
}

fn unreadable(offset: f64, exception: &JsValue) -> Stopped {
    Stopped::Unreadable(format!("byte {offset} could not be read: {}", words(exception)))
}

fn read_sample(page: &Page, order: ImportOrder) -> Result<Imported, Stopped> {
    let name = order.name.clone();
    let bytes = sample_file(&name).ok_or_else(|| Stopped::Unreadable(format!("the sample has no file {name}")))?;
    let mut reading = Reading::begin(page, order, &name, bytes.len() as u64);
    reading.push(&bytes)?;
    Ok(reading.finish()?)
}
