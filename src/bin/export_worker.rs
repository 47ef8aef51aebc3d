//! The export worker: makes one output of the workspace.

#[cfg(target_arch = "wasm32")]
fn main() {
    throughline::web::run_export_worker();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
