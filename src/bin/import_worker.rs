//! The import worker: reads one file.

#[cfg(target_arch = "wasm32")]
fn main() {
    throughline::web::run_import_worker();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
