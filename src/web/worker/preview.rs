//! The first rows of a file, read by an import worker and counted, while the user still decides how it is read.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use wasm_bindgen::JsValue;

use super::import::file_of;
use super::supervised::{Owner, PATIENCE_SECONDS, SupervisedWorker};
use super::wire::{self, FromWorker, ImportOrder};
use super::{EngineClient, ImportChoices, ImportSource};
use crate::importers::Preview;
use crate::web::WebError;
use crate::web::fault::Fault;

type Outcome = Result<Preview, String>;

/// Waits for one answer.
struct Asker {
    answer: RefCell<Option<oneshot::Sender<Outcome>>>,
}

impl Asker {
    fn settle(&self, outcome: Outcome) {
        if let Some(answer) = self.answer.take() {
            // Nobody waits any more when the question was changed meanwhile.
            drop(answer.send(outcome));
        }
    }
}

impl Owner for Asker {
    fn heard(&self, message: FromWorker, _: Vec<JsValue>) {
        match message {
            FromWorker::Previewed(preview) => self.settle(Ok(preview)),
            FromWorker::Refused(error) => self.settle(Err(error.to_string())),
            FromWorker::Unreadable(why) => self.settle(Err(why)),
            _ => {}
        }
    }

    fn died(&self, why: WebError) {
        self.settle(Err(why.to_string()));
    }

    fn patience(&self) -> Option<u32> {
        Some(PATIENCE_SECONDS)
    }
}

/// Counts the first rows of a file as they would be read; an error is the reason why they cannot be.
pub(super) async fn preview(
    client: &EngineClient,
    source: ImportSource,
    zone: String,
    choices: ImportChoices,
) -> Outcome {
    let told = |error: WebError| error.to_string();
    let Some(file) = file_of(source).map_err(told)? else { return Err("made-up data needs no preview".to_owned()) };
    let (answer, receiver) = oneshot::channel();
    let asker = Rc::new(Asker { answer: RefCell::new(Some(answer)) });
    let weak: Weak<Asker> = Rc::downgrade(&asker);
    let order = ImportOrder { name: file.name(), zone, choices, preview: true, fault: Fault::None };
    let worker: SupervisedWorker = client.take_import_worker().map_err(told)?;
    worker.begin(weak, wire::pack(&order, &[file.into()]).map_err(told)?).map_err(told)?;
    let outcome = receiver.await.unwrap_or_else(|_| Err("it was stopped".to_owned()));
    drop(worker);
    // The next look is near.
    client.prepare_import();
    outcome
}
