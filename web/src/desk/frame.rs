//! The last frame of a video, as a PNG, from bytes that are on this disk.

use std::cell::RefCell;
use std::sync::Arc;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, Document, HtmlCanvasElement, HtmlVideoElement};

use super::object_url::ObjectUrl;

/// How far before the end the last frame is looked for, in seconds: within one frame at 24 a second.
const BEFORE_END_SECS: f64 = 0.02;

/// The last frame as a PNG file; `None` when this browser cannot show or draw the video.
pub(super) async fn last(video: &Blob) -> Option<Arc<[u8]>> {
    let document = web_sys::window()?.document()?;
    let url = ObjectUrl::of(video)?;
    let player: HtmlVideoElement = document.create_element("video").ok()?.dyn_into().ok()?;
    player.set_muted(true);
    player.set_preload("auto");
    let loaded = event(&player, "loadeddata");
    player.set_src(url.as_str());
    loaded.await?;
    let duration = player.duration();
    if !duration.is_finite() {
        return None;
    }
    let sought = event(&player, "seeked");
    player.set_current_time((duration - BEFORE_END_SECS).max(0.0));
    sought.await?;
    let canvas = draw(&document, &player)?;
    let png = JsFuture::from(png(&canvas)).await.ok()?.dyn_into::<Blob>().ok()?;
    let bytes = JsFuture::from(png.array_buffer()).await.ok()?;
    Some(Uint8Array::new(&bytes).to_vec().into())
}

fn draw(document: &Document, player: &HtmlVideoElement) -> Option<HtmlCanvasElement> {
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(player.video_width());
    canvas.set_height(player.video_height());
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_video_element(player, 0.0, 0.0)
        .ok()?;
    Some(canvas)
}

fn png(canvas: &HtmlCanvasElement) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // Settling a promise cannot throw.
            drop(resolve.call1(&JsValue::UNDEFINED, &blob));
        });
        if canvas.to_blob(done.unchecked_ref()).is_err() {
            drop(reject.call0(&JsValue::UNDEFINED));
        }
    })
}

/// Waits for an event of the player; `None` when it reports an error instead.
async fn event(player: &HtmlVideoElement, name: &str) -> Option<()> {
    let listeners = RefCell::new(Vec::new());
    let happened = Promise::new(&mut |resolve, reject| {
        for (name, settle) in [(name, resolve), ("error", reject)] {
            let listener = Closure::<dyn FnMut()>::new(move || drop(settle.call0(&JsValue::UNDEFINED)));
            // Adding a listener to an element cannot fail.
            drop(player.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()));
            listeners.borrow_mut().push(listener);
        }
    });
    let outcome = JsFuture::from(happened).await;
    outcome.ok().map(drop)
}
