//! Web Locks: what tells the tabs of one browser apart, and lets go by itself when a tab dies.

use js_sys::{Array, Function, Object, Promise, Reflect};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// The lock that is held while an intent is out. A `Sending` record whose lock is free was left by a dead page.
pub fn of_attempt(id: &str) -> String {
    format!("rushes-attempt-{id}")
}

/// The lock of the one tab that fetches the bytes of a take's video.
pub fn of_bytes(id: &str) -> String {
    format!("rushes-bytes-{id}")
}

/// The lock of the one tab that watches for all.
pub const WATCH: &str = "rushes-watch";

/// A lock that is held until this is dropped, or the page dies.
#[derive(Debug)]
pub struct Held {
    release: Option<Function>,
}

impl Drop for Held {
    fn drop(&mut self) {
        // Resolving a promise cannot throw.
        if let Some(release) = &self.release {
            release.call0(&JsValue::UNDEFINED).ok();
        }
    }
}

/// Waits for a lock. `None` where there are no Web Locks (a page that is not served securely, an old browser).
pub async fn hold(name: &str) -> Option<Held> {
    let manager = manager()?;
    let (held, release) = open_promise();
    let (granted, grant) = open_promise();
    // Called once the lock is ours; the lock is held until the promise it returns is settled.
    let callback = Closure::once_into_js(move |lock: JsValue| -> Promise {
        if let Some(grant) = grant {
            grant.call1(&JsValue::UNDEFINED, &lock).ok();
        }
        held
    });
    let request = Reflect::get(&manager, &"request".into())
        .ok()?
        .dyn_into::<Function>()
        .ok()?;
    let arguments = Array::of3(&name.into(), &Object::new(), &callback);
    let outcome: Promise = request.apply(&manager, &arguments).ok()?.dyn_into().ok()?;
    // Refused (a document that is going away): settled with an error before it is granted.
    let first = Promise::race(&Array::of2(&granted, &outcome));
    JsFuture::from(first).await.ok()?;
    Some(Held { release })
}

/// Whether this page has Web Locks.
pub fn are_supported() -> bool {
    manager().is_some()
}

fn manager() -> Option<JsValue> {
    let navigator = Reflect::get(&js_sys::global(), &"navigator".into()).ok()?;
    let manager = Reflect::get(&navigator, &"locks".into()).ok()?;
    manager.is_object().then_some(manager)
}

/// A promise and the function that fulfils it (there always is one: the executor is called at once).
fn open_promise() -> (Promise, Option<Function>) {
    let mut fulfil = None;
    let promise = Promise::new(&mut |resolve, _| fulfil = Some(resolve));
    (promise, fulfil)
}
