//! Throughline: delivery metrics from tracker exports, computed where the data is.
//!
//! The pure core (`model`, `containers`, `importers`, `metrics`, `charts`, `engine`, `address`, `embedding`, `messages`,
//! `numbers`, `outputs`, `pictures`, `publish`, `sample`, `tables`) builds and tests natively. The edge (`web`, `app`) is
//! compiled for wasm32 only. ARCHITECTURE.md holds the dependency rule;
//! `tests/architecture.rs` keeps it.

pub mod address;
#[cfg(target_arch = "wasm32")]
pub mod app;
pub mod charts;
pub mod containers;
pub mod embedding;
pub mod engine;
pub mod importers;
pub mod messages;
pub mod metrics;
pub mod model;
pub mod numbers;
pub mod outputs;
pub mod pictures;
pub mod publish;
pub mod sample;
pub mod tables;

#[cfg(target_arch = "wasm32")]
pub mod web;
