//! The engine worker: owns the open workspace, answers questions, saves.

#[cfg(target_arch = "wasm32")]
fn main() {
    throughline::web::run_engine_worker();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
