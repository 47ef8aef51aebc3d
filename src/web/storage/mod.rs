//! Workspaces in the browser's IndexedDB. Lives in the engine worker; one connection, owned by [`Store`].
//!
//! The layout is fixed, because `public/crash.js` reads it without wasm. Database `throughline`; values are bytes:
//! - `heads`, by workspace id: JSON ([`Head`]), which names the newest generation and the two before it;
//! - `documents`, by `id/generation`: what the engine calls the document;
//! - `layers`, by `id/hash`: the datasets, shared by the generations;
//! - `originals`, by `id/hash`: the imported files, gzip.
//!
//! A head ends with a checksum. What is damaged is left under its key and listed as damaged; documents and layers are found
//! by their keys even where the head is lost. A deleted workspace is marked, and removed a week later.
//!
//! "Saved" is said only after a strict commit whose head was read back. A commit that fails, for whatever reason, is
//! "not saved", and the generation before is untouched.

mod connection;
mod copies;
mod head;
mod originals;
mod saving;
mod store;

pub(super) use connection::sleep;
pub use connection::{DATABASE, STEPS, Step};
pub use head::{Generation, Head, KEPT_AFTER_DELETION_MS, Mark, Marks, StoredWorkspace};
pub use originals::{compress, expand};
pub use saving::{SaveFailure, SaveOrder, Saved};
pub use store::{Store, StoredBytes};
