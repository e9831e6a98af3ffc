//! The body of a request, to be read by a person: laid out, with the bytes of images shortened.

use js_sys::JSON;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};

use crate::text;

/// From how many characters on a value is shortened: longer than any prompt.
const SHORTEN_FROM: usize = 3_000;
/// How much of it is shown.
const SHOWN: usize = 48;

/// The JSON text of a body, laid out; the body itself where the browser cannot read it.
pub fn readable(body: &str) -> String {
    let shorten =
        Closure::<dyn Fn(JsValue, JsValue) -> JsValue>::new(|_key, value: JsValue| match value.as_string() {
            Some(text) if text.len() > SHORTEN_FROM => shortened(&text).into(),
            _ => value,
        });
    let laid_out = JSON::parse(body).and_then(|value| {
        JSON::stringify_with_replacer_and_space(&value, shorten.as_ref().unchecked_ref(), &2.into())
    });
    laid_out.map_or_else(|_| body.to_owned(), String::from)
}

fn shortened(text: &str) -> String {
    let count = text.chars().count();
    let head: String = text.chars().take(SHOWN).collect();
    format!("{head}{}", (text::takes().stage.shortened)(count))
}
