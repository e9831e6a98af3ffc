//! The bindings in a browser.

use wasm_bindgen_test::wasm_bindgen_test_configure;

mod common;

wasm_bindgen_test_configure!(run_in_browser);
