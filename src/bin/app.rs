//! Starts the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    throughline::app::start();
}

/// The page exists in the browser only.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
