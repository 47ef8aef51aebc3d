//! The bridge between the page and its workers: ours, small and supervised.
//!
//! One worker program plays two roles, told to it by the first message. The **engine** owns the open workspace and its
//! storage. An **import** worker reads one file and is ended, because wasm memory never shrinks and a hostile file may
//! kill it. A worker that dies or falls silent is noticed, told to the user and replaced.

mod autosave;
mod client;
mod engine_role;
mod import;
mod import_role;
mod page;
mod role;
mod supervised;
mod wire;

pub use client::{EngineClient, EngineEvent};
pub use import::{ImportFailure, ImportHandle, ImportOutcome, ImportPhase, ImportProgress, ImportSource};
pub use role::run_worker;
