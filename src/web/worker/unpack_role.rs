//! The unpack worker: reads one container, hands the files in it over and is ended.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::page::Page;
use super::wire::{self, FromWorker, UnpackOrder};
use super::{ImportPhase, ImportProgress};
use crate::containers::{ContainerError, Limits, Part, Unpacked, unpack};
use crate::web::error::words;

/// Bytes unpacked between two words of progress: a few milliseconds of work.
const PROGRESS_EVERY_BYTES: u64 = 4 << 20;

/// Why there are no files.
enum Stopped {
    Refused(ContainerError),
    Unreadable(String),
}

/// Takes the container of the attachments apart.
pub(super) async fn run(page: &Page, order: UnpackOrder, attachments: &[JsValue]) {
    let unpacked = match attachments.first().and_then(|file| file.dyn_ref::<Blob>()) {
        Some(file) => unpack_file(page, &order.name, file).await,
        None => Err(Stopped::Unreadable("no file came along".to_owned())),
    };
    match unpacked {
        Ok(unpacked) => hand_over(page, unpacked),
        Err(Stopped::Refused(error)) => page.tell(&FromWorker::Unpackable(error), &[]),
        Err(Stopped::Unreadable(why)) => page.tell(&FromWorker::Unreadable(why), &[]),
    }
}

async fn unpack_file(page: &Page, name: &str, file: &Blob) -> Result<Unpacked, Stopped> {
    let limits = Limits::default();
    limits.admit(file.size() as u64).map_err(Stopped::Refused)?;
    let buffer =
        JsFuture::from(file.array_buffer()).await.map_err(|exception| Stopped::Unreadable(words(&exception)))?;
    let bytes = Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()).to_vec();
    let mut told = 0;
    let mut tell = |unpacked: u64| {
        if unpacked >= told + PROGRESS_EVERY_BYTES {
            told = unpacked;
            let progress =
                ImportProgress { phase: ImportPhase::Unpacking, bytes: unpacked, ..ImportProgress::default() };
            page.tell(&FromWorker::Progress(progress), &[]);
        }
    };
    unpack(name, &bytes, limits, &mut tell).map_err(Stopped::Refused)
}

fn hand_over(page: &Page, unpacked: Unpacked) {
    let Unpacked { parts, left_out } = unpacked;
    let names: Vec<String> = parts.iter().map(|part| part.name.clone()).collect();
    match wire::encode(&(names, left_out)) {
        Ok(list) => {
            // One after another, so that no file lies here twice for longer than its copy takes.
            let contents = parts.into_iter().map(|Part { bytes, .. }| Uint8Array::from(bytes.as_slice()).into());
            let attachments: Vec<JsValue> = std::iter::once(list.into()).chain(contents).collect();
            page.tell(&FromWorker::Unpacked, &attachments);
        }
        Err(error) => page.tell(&FromWorker::Unreadable(error.to_string()), &[]),
    }
}
