//! What runs later, or again: compiled once each, whatever it runs.

use std::pin::Pin;

use leptos::prelude::{RenderEffect, on_cleanup};
use wasm_bindgen::{JsCast, closure::Closure};

/// Runs a future beside everything else.
pub fn spawn(task: impl Future<Output = ()> + 'static) {
    spawn_boxed(Box::pin(task));
}

fn spawn_boxed(task: Pin<Box<dyn Future<Output = ()>>>) {
    leptos::task::spawn_local(task);
}

/// Runs something once, after that many milliseconds.
pub fn after_ms(ms: u32, run: impl FnOnce() + 'static) {
    spawn(async move {
        sleep(ms).await;
        run();
    });
}

/// Waits that many milliseconds.
pub async fn sleep(ms: u32) {
    gloo_timers::future::TimeoutFuture::new(ms).await;
}

/// Runs something before the next frame is drawn.
pub fn next_frame(run: impl FnOnce() + 'static) {
    next_frame_boxed(Box::new(run));
}

fn next_frame_boxed(run: Box<dyn FnOnce()>) {
    let run = Closure::once_into_js(run);
    // Fails only without a window.
    drop(leptos::prelude::window().request_animation_frame(run.unchecked_ref()));
}

/// Runs it now, and again whenever a signal that it read changes, for as long as its owner lives.
pub fn follow(run: impl FnMut() + 'static) {
    follow_boxed(Box::new(run));
}

fn follow_boxed(mut run: Box<dyn FnMut()>) {
    let effect = RenderEffect::new(move |_: Option<()>| run());
    on_cleanup(move || drop(effect));
}
