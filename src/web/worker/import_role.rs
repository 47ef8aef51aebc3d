//! The import worker.
