//! One container from the page: a worker of its own takes it apart. Its program is loaded then, and not before.

use std::cell::RefCell;
use std::rc::{Rc, Weak};

use futures::FutureExt;
use futures::channel::oneshot;
use futures::future::Shared;
use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::File;

use super::ImportProgress;
use super::supervised::{LONG_PATIENCE_SECONDS, Owner, Program, SupervisedWorker};
use super::wire::{self, FromWorker, UnpackOrder};
use crate::containers::{ContainerError, LeftOut};
use crate::web::WebError;

/// The files of a container.
#[derive(Debug, Clone)]
pub struct UnpackedFiles {
    /// Each as if it had been dropped by itself; its name begins with the container's.
    pub files: Vec<File>,
    /// What is not among them.
    pub left_out: Vec<LeftOut>,
}

/// A container that gave no files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnpackFailure {
    /// The user stopped it.
    Cancelled,
    /// The container is refused.
    Refused(ContainerError),
    /// The worker died or could not read the file; what happened, and the next step.
    WorkerGone(String),
}

type Outcome = Result<UnpackedFiles, UnpackFailure>;

/// A container being unpacked. Dropping it cancels.
#[must_use = "dropping it cancels the unpacking"]
pub struct UnpackHandle {
    unpack: Rc<Unpack>,
    outcome: Shared<oneshot::Receiver<Outcome>>,
}

impl UnpackHandle {
    /// Starts a worker that takes the file apart.
    pub fn start(file: &File, on_progress: impl Fn(ImportProgress) + 'static) -> Self {
        let (sender, receiver) = oneshot::channel();
        let unpack = Rc::new(Unpack {
            worker: RefCell::default(),
            outcome: RefCell::new(Some(sender)),
            on_progress: Box::new(on_progress),
        });
        match unpack.spawn(file) {
            Ok(worker) => drop(unpack.worker.replace(Some(worker))),
            Err(error) => unpack.settle(Err(UnpackFailure::WorkerGone(error.to_string()))),
        }
        Self { unpack, outcome: receiver.shared() }
    }

    /// Stops at once.
    pub fn cancel(&self) {
        self.unpack.settle(Err(UnpackFailure::Cancelled));
    }

    /// Waits for the end.
    pub async fn outcome(&self) -> Result<UnpackedFiles, UnpackFailure> {
        self.outcome.clone().await.unwrap_or(Err(UnpackFailure::Cancelled))
    }
}

struct Unpack {
    worker: RefCell<Option<SupervisedWorker>>,
    outcome: RefCell<Option<oneshot::Sender<Outcome>>>,
    on_progress: Box<dyn Fn(ImportProgress)>,
}

impl Unpack {
    fn spawn(self: &Rc<Self>, file: &File) -> Result<SupervisedWorker, WebError> {
        let order = wire::pack(&UnpackOrder { name: file.name() }, &[file.into()])?;
        let owner: Rc<dyn Owner> = self.clone();
        let owner: Weak<dyn Owner> = Rc::downgrade(&owner);
        let worker = SupervisedWorker::spawn(Program::Unpack)?;
        worker.begin(owner, order)?;
        Ok(worker)
    }

    /// Ends the work and the worker: the first end counts.
    fn settle(&self, outcome: Outcome) {
        let sender = self.outcome.take();
        drop(self.worker.take());
        if let Some(sender) = sender {
            // Nobody waits when the handle was dropped.
            drop(sender.send(outcome));
        }
    }
}

impl Owner for Unpack {
    fn heard(&self, message: FromWorker, attachments: Vec<JsValue>) {
        match message {
            FromWorker::Progress(progress) => (self.on_progress)(progress),
            FromWorker::Unpacked => self.settle(files_of(attachments)),
            FromWorker::Unpackable(error) => self.settle(Err(UnpackFailure::Refused(error))),
            FromWorker::Unreadable(why) => self.settle(Err(UnpackFailure::WorkerGone(format!(
                "The file could not be read to its end ({why}). It may have been moved or changed meanwhile: choose it again."
            )))),
            _ => {}
        }
    }

    fn died(&self, why: WebError) {
        let why = match why {
            WebError::WorkerGone(words) | WebError::NoWorker(words) => words,
            other => other.to_string(),
        };
        self.settle(Err(UnpackFailure::WorkerGone(format!(
            "Unpacking stopped ({why}). Unpack the file yourself and drop what is in it."
        ))));
    }

    fn patience(&self) -> Option<u32> {
        Some(LONG_PATIENCE_SECONDS)
    }
}

/// Files of the worker's byte arrays.
fn files_of(attachments: Vec<JsValue>) -> Outcome {
    let mut attachments = attachments.into_iter();
    let list = attachments.next().and_then(|list| wire::decode::<(Vec<String>, Vec<LeftOut>)>(&list));
    let Some((names, left_out)) = list else {
        return Err(UnpackFailure::WorkerGone(WebError::NewVersion.to_string()));
    };
    let files: Result<Vec<File>, WebError> = names
        .iter()
        .zip(attachments)
        .map(|(name, bytes)| {
            File::new_with_u8_array_sequence(&Array::of1(&bytes), name)
                .map_err(|exception| WebError::browser("hold an unpacked file", &exception))
        })
        .collect();
    match files {
        Ok(files) => Ok(UnpackedFiles { files, left_out }),
        Err(error) => Err(UnpackFailure::WorkerGone(error.to_string())),
    }
}
