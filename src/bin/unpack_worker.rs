//! The unpack worker: takes one container apart.

#[cfg(target_arch = "wasm32")]
fn main() {
    throughline::web::run_unpack_worker();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
