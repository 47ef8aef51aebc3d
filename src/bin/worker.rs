//! The worker program: engine or import, as the page says.

#[cfg(target_arch = "wasm32")]
fn main() {
    throughline::web::run_worker();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
