//! Opening the database, and holding the one connection to it.

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::rc::Rc;

use futures::channel::oneshot;
use futures::future::{Either, select};
use gloo::timers::callback::Timeout;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError};
use indexed_db_futures::prelude::*;
use wasm_bindgen_futures::spawn_local;

use crate::web::WebError;

/// Name of the database. The prefix keeps apart what shares an origin.
pub const DATABASE: &str = "throughline";

pub(super) const HEADS: &str = "heads";
pub(super) const DOCUMENTS: &str = "documents";
pub(super) const LAYERS: &str = "layers";
pub(super) const ORIGINALS: &str = "originals";
pub(super) const ALL_STORES: [&str; 4] = [HEADS, DOCUMENTS, LAYERS, ORIGINALS];

/// A browser that does not answer by then is taken as one without storage.
const OPENS_WITHIN_MS: u32 = 5_000;
/// The same for a save or a read, which may move hundreds of megabytes.
const ANSWERS_WITHIN_MS: u32 = 60_000;

/// One step of the database's layout: creates stores and nothing else. Runs inside the upgrade, which rolls back whole when
/// a step fails; an asynchronous step would leave the version raised for ever.
pub type Step = fn(&Database) -> indexed_db_futures::Result<()>;

/// Step `n` leads from version `n` to `n + 1`; never changed once released. What the records mean has versions of its own.
pub const STEPS: &[Step] = &[first_stores];

fn first_stores(database: &Database) -> indexed_db_futures::Result<()> {
    for store in ALL_STORES {
        database.create_object_store(store).build()?;
    }
    Ok(())
}

/// The one connection of this worker. It is opened again when the browser loses it.
pub(super) struct Connection {
    name: String,
    steps: &'static [Step],
    open: RefCell<Option<Database>>,
    /// Nothing may be read or written any more: another tab runs a newer release.
    retired: Cell<bool>,
    waiting_for_retirement: RefCell<Vec<oneshot::Sender<()>>>,
    waiting_for_loss: RefCell<Vec<oneshot::Sender<()>>>,
}

impl Connection {
    pub(super) async fn open(name: &str, steps: &'static [Step]) -> Result<Rc<Self>, WebError> {
        let connection = Rc::new(Self {
            name: name.to_owned(),
            steps,
            open: RefCell::default(),
            retired: Cell::new(false),
            waiting_for_retirement: RefCell::default(),
            waiting_for_loss: RefCell::default(),
        });
        connection.database().await?;
        Ok(connection)
    }

    /// Runs `work` on the open database. When the connection turns out to be lost it is opened again and `work` runs once
    /// more; `work` must therefore be a whole transaction.
    pub(super) async fn run<T, F>(self: &Rc<Self>, work: impl Fn(Database) -> F) -> Result<T, StoreError>
    where
        F: Future<Output = Result<T, Error>>,
    {
        let first = in_time(work(self.database().await?)).await?;
        match first {
            Err(error) if is_lost(&error) => {
                self.close();
                Ok(in_time(work(self.database().await?)).await??)
            }
            other => Ok(other?),
        }
    }

    /// Closes the connection; an open one would block every later upgrade.
    pub(super) fn close(&self) {
        if let Some(database) = self.open.take() {
            database.close();
        }
    }

    fn retire(&self) {
        self.retired.set(true);
        for sender in self.waiting_for_retirement.take() {
            sender.send(()).ok();
        }
    }

    /// Waits until another tab runs a newer release; for ever, as a rule.
    pub(super) async fn retired(&self) {
        if !self.retired.get() {
            let (sender, receiver) = oneshot::channel();
            self.waiting_for_retirement.borrow_mut().push(sender);
            receiver.await.ok();
        }
    }

    /// Waits until the browser closes the connection by itself: the site's data was cleared, or the disk failed.
    pub(super) async fn lost(&self) {
        let (sender, receiver) = oneshot::channel();
        self.waiting_for_loss.borrow_mut().push(sender);
        receiver.await.ok();
    }

    async fn database(self: &Rc<Self>) -> Result<Database, WebError> {
        if self.retired.get() {
            return Err(WebError::NewVersion);
        }
        let open = self.open.borrow().clone();
        if let Some(database) = open {
            return Ok(database);
        }
        let database = open_in_time(&self.name, self.steps).await?;
        self.open.replace(Some(database.clone()));
        self.watch(&database);
        Ok(database)
    }

    /// Lets go when another tab wants to upgrade, and forgets a connection that the browser closed.
    fn watch(self: &Rc<Self>, database: &Database) {
        let Ok(mut changes) = database.version_changes() else { return };
        let connection = Rc::downgrade(self);
        spawn_local(async move {
            let upgrade = changes.recv().await.is_some();
            if let Some(connection) = connection.upgrade() {
                connection.close();
                if upgrade {
                    connection.retire();
                } else {
                    for sender in connection.waiting_for_loss.take() {
                        sender.send(()).ok();
                    }
                }
            }
        });
    }
}

/// What can go wrong with a transaction.
pub(super) enum StoreError {
    /// There is no connection.
    Unreachable(WebError),
    /// The browser refused or failed.
    Failed(String),
}

impl From<WebError> for StoreError {
    fn from(error: WebError) -> Self {
        Self::Unreachable(error)
    }
}

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        Self::Failed(words(&error))
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unreachable(error) => error,
            StoreError::Failed(why) => Self::Storage(why),
        }
    }
}

pub(in crate::web) async fn sleep(milliseconds: u32) {
    let (sender, receiver) = oneshot::channel::<()>();
    // Dropped at the end or with this future, which stops it.
    let _timer = Timeout::new(milliseconds, move || drop(sender));
    // The sender is never used: its end is the signal.
    receiver.await.ok();
}

async fn in_time<T>(work: impl Future<Output = T>) -> Result<T, WebError> {
    match select(Box::pin(work), Box::pin(sleep(ANSWERS_WITHIN_MS))).await {
        Either::Left((done, _)) => Ok(done),
        Either::Right(_) => Err(WebError::Storage(format!("no answer within {} seconds", ANSWERS_WITHIN_MS / 1000))),
    }
}

/// A connection that the browser took away; transactions on it fail for ever.
fn is_lost(error: &Error) -> bool {
    match error {
        Error::DomException(DomException::InvalidStateError(_)) => true,
        Error::DomException(DomException::Other(exception)) => exception.name() == "UnknownError",
        _ => false,
    }
}

async fn open_in_time(name: &str, steps: &'static [Step]) -> Result<Database, WebError> {
    let (sender, receiver) = oneshot::channel();
    let name = name.to_owned();
    // In a task of its own: an open that succeeds after we gave up must still be closed.
    spawn_local(async move {
        let opened = open(&name, steps).await;
        if let Err(Ok(late)) = sender.send(opened) {
            late.close();
        }
    });
    match select(receiver, Box::pin(sleep(OPENS_WITHIN_MS))).await {
        Either::Left((Ok(opened), _)) => opened,
        Either::Left((Err(_), _)) => Err(WebError::StorageBlocked("the request to open it was dropped".to_owned())),
        Either::Right(_) => {
            Err(WebError::StorageBlocked("it did not open; close other tabs with Throughline and reload".to_owned()))
        }
    }
}

async fn open(name: &str, steps: &'static [Step]) -> Result<Database, WebError> {
    let version = u8::try_from(steps.len()).unwrap_or(u8::MAX);
    Database::open(name)
        .with_version(version)
        // Blocked by another tab: that tab is told by its own event and lets go; the timer bounds the wait.
        .with_on_blocked(|_| Ok(()))
        .with_on_upgrade_needed(move |event, database| {
            let done = event.old_version() as usize;
            steps.iter().skip(done).try_for_each(|step| step(&database))
        })
        .build()
        .map_err(|error| refusal(&error))?
        .await
        .map_err(|error| refusal(&error))
}

fn refusal(error: &OpenDbError) -> WebError {
    let why = match error {
        OpenDbError::NullFactory | OpenDbError::UnsupportedEnvironment => "it has no IndexedDB".to_owned(),
        OpenDbError::VersionZero => "opening it was refused".to_owned(),
        OpenDbError::Base(Error::DomException(DomException::Other(exception)))
            if exception.name() == "VersionError" =>
        {
            return WebError::NewVersion;
        }
        OpenDbError::Base(error) => words(error),
    };
    WebError::StorageBlocked(why)
}

/// What the browser says, without the crate's frame around it.
pub(super) fn words(error: &Error) -> String {
    match error {
        Error::DomException(exception) => {
            let exception = web_sys::DomException::from(exception.clone());
            format!("{}: {}", exception.name(), exception.message())
        }
        other => other.to_string(),
    }
}
