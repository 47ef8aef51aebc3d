//! What only a browser can show, run by wasm-bindgen-test in headless Chromium: `cargo xtask test --only wasm`.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The flags of `.cargo/config.toml` are lost without a word where `RUSTFLAGS` is set.
#[wasm_bindgen_test]
fn the_build_uses_simd() {
    assert!(cfg!(target_feature = "simd128"), "built without +simd128; unset RUSTFLAGS");
    assert!(cfg!(target_feature = "bulk-memory"), "built without +bulk-memory; unset RUSTFLAGS");
}
