//! The browser's own means: JSON, base64, and streams that compress.

use js_sys::{Array, Function, JSON, Reflect, Uint8Array};
use rushes_core::Input;
use serde::{Deserialize as _, Serialize as _};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStream, ReadableStreamDefaultReader, ReadableWritablePair, Response};

use crate::blob::blob_of;

/// A value as JSON.
pub fn to_text(value: &Input) -> Option<String> {
    let value = value
        .serialize(&serde_wasm_bindgen::Serializer::json_compatible())
        .ok()?;
    JSON::stringify(&value).ok()?.as_string()
}

/// JSON as a value.
pub fn from_text(text: &str) -> Option<Input> {
    Input::deserialize(serde_wasm_bindgen::Deserializer::from(JSON::parse(text).ok()?)).ok()
}

/// Bytes as base64.
pub fn base64(bytes: &[u8]) -> String {
    // Code points below 256 are all that `btoa` takes, and all that there are.
    let binary: String = bytes.iter().copied().map(char::from).collect();
    leptos::prelude::window().btoa(&binary).unwrap_or_default()
}

/// Base64 as bytes.
pub fn from_base64(text: &str) -> Option<Vec<u8>> {
    let binary = leptos::prelude::window().atob(text).ok()?;
    binary
        .chars()
        .map(|char| u8::try_from(u32::from(char)).ok())
        .collect()
}

/// One of the browser's own packers, by the name of its class, which web-sys does not have yet.
fn transform(class: &str) -> Option<ReadableWritablePair> {
    let class: Function = Reflect::get(&js_sys::global(), &class.into())
        .ok()?
        .dyn_into()
        .ok()?;
    let made = Reflect::construct(&class, &Array::of1(&"deflate-raw".into())).ok()?;
    Some(made.unchecked_into())
}

/// Bytes, compressed; `None` where this browser cannot.
pub async fn compressed(bytes: &[u8]) -> Option<Vec<u8>> {
    let stream = blob_of(bytes, "")?.stream();
    let packed = stream.pipe_through(&transform("CompressionStream")?);
    let answer = Response::new_with_opt_readable_stream(Some(&packed)).ok()?;
    let buffer = JsFuture::from(answer.array_buffer().ok()?).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Bytes that were compressed; `None` where they were not, or where they become more than `most`: it is read piece by
/// piece, and given up there.
pub async fn expanded(bytes: &[u8], most: usize) -> Option<Vec<u8>> {
    let stream = blob_of(bytes, "")?.stream();
    let plain: ReadableStream = stream.pipe_through(&transform("DecompressionStream")?);
    let reader: ReadableStreamDefaultReader = plain.get_reader().unchecked_into();
    let mut whole = Vec::new();
    loop {
        let piece = JsFuture::from(reader.read()).await.ok()?;
        let value = Reflect::get(&piece, &"value".into()).unwrap_or(JsValue::UNDEFINED);
        let Ok(value) = value.dyn_into::<Uint8Array>() else {
            return Some(whole);
        };
        if whole.len() + value.length() as usize > most {
            // Whether it goes on or not, nobody reads it.
            drop(JsFuture::from(reader.cancel()).await);
            return None;
        }
        whole.extend(value.to_vec());
    }
}

/// Some bytes of a blob; fewer where it ends.
pub async fn bytes_of(blob: &Blob, start: u64, end: u64) -> Option<Vec<u8>> {
    #[expect(clippy::cast_precision_loss, reason = "a file is shorter than 2^53 bytes")]
    let part = blob.slice_with_f64_and_f64(start as f64, end as f64).ok()?;
    let buffer = JsFuture::from(part.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Several pieces as one video.
pub fn video_of(pieces: &Array) -> Option<Blob> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("video/mp4");
    Blob::new_with_blob_sequence_and_options(pieces, &options).ok()
}
