//! What only a browser can show, run by wasm-bindgen-test in headless Chromium: `cargo xtask test --only wasm`.
#![cfg(target_arch = "wasm32")]

use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// The flags of `.cargo/config.toml` are lost without a word where `RUSTFLAGS` is set.
#[wasm_bindgen_test]
fn the_build_uses_simd_and_bulk_memory() {
    let features =
        [("simd128", cfg!(target_feature = "simd128")), ("bulk-memory", cfg!(target_feature = "bulk-memory"))];
    for (name, is_on) in features {
        assert!(is_on, "built without +{name}; unset RUSTFLAGS");
    }
}
