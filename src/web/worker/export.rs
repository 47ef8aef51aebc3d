//! One output from the page: a worker of its own makes it. Its program is loaded then, and not before.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures::channel::oneshot;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};

use super::client::EngineClient;
use super::supervised::{LONG_PATIENCE_SECONDS, Owner, Program, SupervisedWorker};
use super::wire::{self, FromWorker};
use crate::outputs::{OutputFile, OutputOrder};
use crate::web::WebError;

type Outcome = Result<Vec<OutputFile>, String>;

impl EngineClient {
    /// Makes something of the open workspace to take along. An error is the reason, with the next step. Dropping the future
    /// ends the work.
    pub async fn make(&self, order: &OutputOrder) -> Result<Vec<OutputFile>, String> {
        let workspace = if order.needs_workspace() {
            self.workspace_file().await.map_err(|error| error.to_string())?
        } else {
            Vec::new()
        };
        let (sender, receiver) = oneshot::channel();
        let export = Rc::new(Export { outcome: RefCell::new(Some(sender)) });
        let worker = spawn(&export, order, &workspace).map_err(|error| error.to_string())?;
        drop(workspace);
        let outcome = receiver.await;
        // It has told everything: its memory goes back.
        drop(worker);
        outcome.unwrap_or_else(|_gone| Err("The work was stopped.".to_owned()))
    }
}

fn spawn(export: &Rc<Export>, order: &OutputOrder, workspace: &[u8]) -> Result<SupervisedWorker, WebError> {
    let parcel = wire::pack(order, &[Uint8Array::from(workspace).into()])?;
    let owner: Rc<dyn Owner> = export.clone();
    let owner: Weak<dyn Owner> = Rc::downgrade(&owner);
    let worker = SupervisedWorker::spawn(Program::Export)?;
    worker.begin(owner, parcel)?;
    Ok(worker)
}

/// An output being made.
struct Export {
    outcome: RefCell<Option<oneshot::Sender<Outcome>>>,
}

impl Export {
    /// The first end counts.
    fn settle(&self, outcome: Outcome) {
        if let Some(sender) = self.outcome.take() {
            // Nobody waits when the asker was dropped.
            drop(sender.send(outcome));
        }
    }
}

impl Owner for Export {
    fn heard(&self, message: FromWorker, attachments: Vec<JsValue>) {
        match message {
            FromWorker::Made => self.settle(files_of(attachments)),
            FromWorker::Unmakeable(why) => self.settle(Err(why)),
            _ => {}
        }
    }

    fn died(&self, why: WebError) {
        let why = match why {
            WebError::WorkerGone(words) | WebError::NoWorker(words) => words,
            other => other.to_string(),
        };
        self.settle(Err(format!(
            "The part that writes files stopped ({why}). Try again; narrow the filters if it happens again."
        )));
    }

    fn patience(&self) -> Option<u32> {
        Some(LONG_PATIENCE_SECONDS)
    }
}

/// Files of the worker's byte arrays.
fn files_of(attachments: Vec<JsValue>) -> Outcome {
    let mut attachments = attachments.into_iter();
    let list = attachments.next().and_then(|list| wire::decode::<Vec<(String, String)>>(&list));
    let list = list.ok_or_else(|| WebError::NewVersion.to_string())?;
    list.into_iter()
        .zip(attachments)
        .map(|((name, mime), bytes)| {
            let bytes = bytes.dyn_ref::<Uint8Array>().ok_or_else(|| WebError::NewVersion.to_string())?;
            Ok(OutputFile { name, mime, bytes: bytes.to_vec() })
        })
        .collect()
}
