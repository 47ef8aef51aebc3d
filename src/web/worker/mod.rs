//! The bridge between the page and its workers: ours, small and supervised.
//!
//! Four worker programs. The **engine** owns the open workspace and its storage. An **import** worker reads one file and is
//! ended, because wasm memory never shrinks and a hostile file may kill it; its program is loaded when a file is about to
//! come, so that whoever only looks never loads the importers. An **unpack** worker takes one archive or workbook apart and is ended likewise; its program is
//! loaded only when such a file has come. An **export** worker makes one output of a copy of the workspace, and is loaded only
//! when one is asked for. A worker that dies or falls silent is noticed, told to the
//! user and replaced.

mod autosave;
mod client;
mod engine_role;
mod export;
mod export_role;
mod import;
mod import_role;
mod in_step;
mod opening;
mod page;
mod program;
mod short_questions;
mod stored;
mod supervised;
mod tabs;
mod thread;
mod unpack;
mod unpack_role;
mod wire;

pub use client::{EngineClient, EngineEvent};
pub use import::{
    ImportChoices, ImportFailure, ImportHandle, ImportOutcome, ImportPhase, ImportProgress, ImportSource,
};
pub use program::{run_engine_worker, run_export_worker, run_import_worker, run_unpack_worker};
pub use unpack::{UnpackFailure, UnpackHandle, UnpackedFiles};
pub use wire::KeptFiles;
