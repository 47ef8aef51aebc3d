//! Short questions to an import worker: what the first rows of a file would give while the user still decides how it is
//! read, and how exports are made.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use wasm_bindgen::JsValue;

use super::import::file_of;
use super::supervised::{Owner, PATIENCE_SECONDS, SupervisedWorker};
use super::wire::{self, FromWorker, ImportOrder, ImportTask};
use super::{EngineClient, ImportChoices, ImportSource};
use crate::importers::{ExportHelp, Preview};
use crate::web::WebError;
use crate::web::fault::Fault;

/// Waits for one answer.
struct Asker {
    answer: RefCell<Option<oneshot::Sender<Result<FromWorker, String>>>>,
}

impl Asker {
    fn settle(&self, outcome: Result<FromWorker, String>) {
        if let Some(answer) = self.answer.take() {
            // Nobody waits any more when the question was changed meanwhile.
            drop(answer.send(outcome));
        }
    }
}

impl Owner for Asker {
    fn heard(&self, message: FromWorker, _: Vec<JsValue>) {
        match message {
            FromWorker::Previewed(_) | FromWorker::ExportHelp(_) => self.settle(Ok(message)),
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
) -> Result<Preview, String> {
    let file = file_of(source).map_err(|error| error.to_string())?;
    let Some(file) = file else { return Err("made-up data needs no preview".to_owned()) };
    let order = ImportOrder { name: file.name(), zone, choices, task: ImportTask::Preview, fault: Fault::None };
    match ask(client, &order, &[file.into()]).await? {
        FromWorker::Previewed(preview) => Ok(preview),
        _ => Err(WebError::NewVersion.to_string()),
    }
}

/// How exports are made in each tool; an error is the reason why that is not known.
pub(super) async fn export_help(client: &EngineClient) -> Result<Vec<ExportHelp>, String> {
    let choices = ImportChoices::default();
    let (name, zone) = (String::new(), String::new());
    let order = ImportOrder { name, zone, choices, task: ImportTask::ExportHelp, fault: Fault::None };
    match ask(client, &order, &[]).await? {
        FromWorker::ExportHelp(help) => Ok(help),
        _ => Err(WebError::NewVersion.to_string()),
    }
}

async fn ask(client: &EngineClient, order: &ImportOrder, attachments: &[JsValue]) -> Result<FromWorker, String> {
    let told = |error: WebError| error.to_string();
    let (answer, receiver) = oneshot::channel();
    let asker = Rc::new(Asker { answer: RefCell::new(Some(answer)) });
    let weak: Weak<Asker> = Rc::downgrade(&asker);
    let worker: SupervisedWorker = client.take_import_worker().map_err(told)?;
    worker.begin(weak, wire::pack(order, attachments).map_err(told)?).map_err(told)?;
    let outcome = receiver.await.unwrap_or_else(|_| Err("it was stopped".to_owned()));
    drop(worker);
    // The next look, or a file, is near.
    client.prepare_import();
    outcome
}
