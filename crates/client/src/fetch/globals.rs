//! What a page and a worker both have, looked up without assuming either.

use js_sys::{Date, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A property of the global object; `None` where it is missing.
pub(super) fn global(name: &str) -> Option<JsValue> {
    let value = Reflect::get(&js_sys::global(), &JsValue::from_str(name)).ok()?;
    (!value.is_undefined() && !value.is_null()).then_some(value)
}

/// A function of the global object.
pub(super) fn function(name: &str) -> Option<Function> {
    global(name)?.dyn_into().ok()
}

/// Where the page or worker came from: `http://127.0.0.1:7400`.
pub(super) fn origin() -> Option<String> {
    let location = global("location")?;
    Reflect::get(&location, &JsValue::from_str("origin"))
        .ok()?
        .as_string()
}

/// Whether the browser thinks so; it is sure only of `false`.
pub(super) fn is_online() -> bool {
    let online = global("navigator").and_then(|navigator| Reflect::get(&navigator, &"onLine".into()).ok());
    online.and_then(|online| online.as_bool()).unwrap_or(true)
}

/// Milliseconds on a clock that never goes back; where there is none, on the wall's.
pub(super) fn monotonic_ms() -> u64 {
    let performance = global("performance").map(JsCast::unchecked_into::<web_sys::Performance>);
    whole(performance.map_or_else(Date::now, |performance| performance.now()))
}

/// Milliseconds since 1970.
pub(super) fn unix_ms() -> u64 {
    whole(Date::now())
}

fn whole(ms: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a clock; the cast saturates"
    )]
    let ms = ms as u64;
    ms
}
