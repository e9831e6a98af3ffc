#![expect(
    missing_docs,
    reason = "wasm-bindgen adds a variant and a function to the enum, without documentation"
)]

use wasm_bindgen::prelude::wasm_bindgen;

/// What came of sending a request, as far as the host can tell.
#[wasm_bindgen]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// An answer with a JSON body, laid out on the tape.
    Json = "json",
    /// An answer whose body is not JSON: it is the text.
    Text = "text",
    /// Surely nothing was sent; the text says what the host knows.
    NotSent = "not_sent",
    /// Something may have been sent, no whole answer came; the text says what the host knows.
    Lost = "lost",
}
