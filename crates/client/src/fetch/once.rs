//! Against the browser's own second try.
//!
//! When a connection that was kept open ends without a byte of an answer, browsers send the request again by themselves,
//! a `POST` too, and say nothing of it. A server of one's own knows by the `Idempotency-Key` that it is the same one. The
//! provider knows no such header, and in a cross-origin request it could bar the whole call: it is sent to nobody else.

use js_sys::{Function, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

use super::globals;
use crate::loopback::{is_loopback, is_under};

/// Bytes of randomness in a key.
const BYTES: u32 = 16;

/// The given name or a new one, for a request to the page's own server or this machine; none for anybody else.
pub(super) fn name(url: &str, given: Option<&str>) -> Option<String> {
    let own = globals::origin().is_some_and(|origin| is_under(&origin, url));
    if !own && !is_loopback(url) {
        return None;
    }
    if let Some(name) = given {
        return Some(name.to_owned());
    }
    let crypto = globals::global("crypto")?;
    let fill: Function = Reflect::get(&crypto, &JsValue::from_str("getRandomValues"))
        .ok()?
        .dyn_into()
        .ok()?;
    let bytes = Uint8Array::new_with_length(BYTES);
    fill.call1(&crypto, &bytes).ok()?;
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes
        .to_vec()
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect()
}
