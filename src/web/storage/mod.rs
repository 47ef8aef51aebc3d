//! Workspaces in the browser's IndexedDB. Lives in the engine worker; one connection, owned by [`Store`].
//!
//! The layout is fixed, because `public/crash.js` reads it without wasm. Database `throughline`; values are bytes:
//! - `heads`, by workspace id: JSON ([`Head`]), which names the newest generation and the two before it;
//! - `documents`, by `id/generation`: what the engine calls the document;
//! - `layers`, by `id/hash`: the datasets, shared by the generations;
//! - `originals`, by `id/hash`: the imported files, gzip.
//!
//! "Saved" is said only after a strict commit whose head was read back. A commit that fails, for whatever reason, is
//! "not saved", and the generation before is untouched.

mod connection;
mod head;
mod originals;
mod saving;
mod store;

pub(super) use connection::sleep;
pub use connection::{DATABASE, STEPS, Step};
pub use head::{Generation, Head, StoredWorkspace};
pub use originals::compress;
pub use saving::{SaveFailure, SaveOrder, Saved};
pub use store::{Store, StoredBytes};
