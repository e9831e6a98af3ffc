//! Frames of a video, from bytes that are on this disk.

use std::cell::RefCell;
use std::sync::Arc;

use js_sys::{Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, CanvasRenderingContext2d, HtmlCanvasElement, HtmlVideoElement};

use super::object_url::ObjectUrl;

/// How far before the end the last frame is looked for, in seconds: within one frame at 500 a second.
pub const BEFORE_END_SECS: f64 = 0.002;

/// Width of a small picture, in pixels.
const POSTER_WIDTH: u32 = 320;
/// Where in the video a small picture is taken: past a fade-in, before the first cut.
const POSTER_AT: f64 = 0.15;
/// Quality of a small picture.
const POSTER_QUALITY: f64 = 0.8;

/// The last frame as a PNG file; `None` when this browser cannot show or draw the video.
pub(super) async fn last(video: &Blob) -> Option<Arc<[u8]>> {
    let shown = Shown::at(video, |secs| secs - BEFORE_END_SECS).await?;
    still(&shown.player, "image/png", 1.0).await
}

/// What a player shows now, in its own size, as a file; `None` when this browser cannot draw it.
pub async fn still(player: &HtmlVideoElement, media_type: &str, quality: f64) -> Option<Arc<[u8]>> {
    let canvas = draw(player, 1.0)?;
    let blob = JsFuture::from(file(&canvas, media_type, quality)).await.ok()?;
    let bytes = JsFuture::from(blob.dyn_into::<Blob>().ok()?.array_buffer())
        .await
        .ok()?;
    Some(Uint8Array::new(&bytes).to_vec().into())
}

/// A small picture from the video, as a JPEG file.
pub(super) async fn poster(video: &Blob) -> Option<Blob> {
    let shown = Shown::at(video, |secs| secs * POSTER_AT).await?;
    small_still(&shown.player).await
}

/// The frame that a player shows, as a small JPEG file.
pub async fn small_still(player: &HtmlVideoElement) -> Option<Blob> {
    let canvas = draw(
        player,
        f64::from(POSTER_WIDTH) / f64::from(player.video_width().max(1)),
    )?;
    JsFuture::from(file(&canvas, "image/jpeg", POSTER_QUALITY))
        .await
        .ok()?
        .dyn_into()
        .ok()
}

/// A player, outside the page, that stands at some moment of a video.
struct Shown {
    player: HtmlVideoElement,
    /// The address stays good while the player stands.
    _url: ObjectUrl,
}

impl Shown {
    /// Loads the video and goes to a moment, given its length in seconds.
    async fn at(video: &Blob, moment: impl Fn(f64) -> f64) -> Option<Self> {
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
        player.set_current_time(moment(duration).max(0.0));
        sought.await?;
        Some(Self { player, _url: url })
    }
}

fn draw(player: &HtmlVideoElement, scale: f64) -> Option<HtmlCanvasElement> {
    let size = |pixels: u32| (f64::from(pixels) * scale).round().max(1.0);
    let (width, height) = (size(player.video_width()), size(player.video_height()));
    let canvas: HtmlCanvasElement = leptos::prelude::document()
        .create_element("canvas")
        .ok()?
        .dyn_into()
        .ok()?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "whole pixels, at most a video's"
    )]
    let (across, down) = (width as u32, height as u32);
    canvas.set_width(across);
    canvas.set_height(down);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context
        .draw_image_with_html_video_element_and_dw_and_dh(player, 0.0, 0.0, width, height)
        .ok()?;
    Some(canvas)
}

/// A file of what is drawn on a canvas.
pub fn file(canvas: &HtmlCanvasElement, media_type: &str, quality: f64) -> Promise {
    Promise::new(&mut |resolve, reject| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            // Settling a promise cannot throw.
            drop(resolve.call1(&JsValue::UNDEFINED, &blob));
        });
        if canvas
            .to_blob_with_type_and_encoder_options(done.unchecked_ref(), media_type, &quality.into())
            .is_err()
        {
            drop(reject.call0(&JsValue::UNDEFINED));
        }
    })
}

/// Waits for an event of the player; `None` when it reports an error instead.
fn event(player: &HtmlVideoElement, name: &str) -> impl Future<Output = Option<()>> + use<> {
    let listeners = RefCell::new(Vec::new());
    let happened = Promise::new(&mut |resolve, reject| {
        for (name, settle) in [(name, resolve), ("error", reject)] {
            let listener = Closure::<dyn FnMut()>::new(move || drop(settle.call0(&JsValue::UNDEFINED)));
            // Adding a listener to an element cannot fail.
            drop(player.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref()));
            listeners.borrow_mut().push(listener);
        }
    });
    // Listening has begun, whenever this is awaited; the listeners live as long as the future.
    async move {
        let _listeners = listeners;
        JsFuture::from(happened).await.ok().map(drop)
    }
}
