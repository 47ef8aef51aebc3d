//! Owns the open workspace: imports come in, questions are answered. Plain Rust, natively tested; it does not know that it
//! runs in a worker.

mod protocol;

pub use protocol::*;
