//! What the tabs of one browser tell each other: which record changed. The record itself is on disk.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BroadcastChannel, MessageEvent};

/// A line to the other tabs of this page.
#[derive(Debug)]
pub(super) struct Tabs {
    channel: Option<BroadcastChannel>,
}

impl Tabs {
    /// Opens the line of that name; without one in this browser, nobody is told and nothing is heard.
    pub(super) fn open(name: &str) -> Self {
        Self {
            channel: BroadcastChannel::new(name).ok(),
        }
    }

    /// Tells the other tabs that the record of that id changed.
    pub(super) fn tell(&self, id: &str) {
        if let Some(channel) = &self.channel {
            // Fails only once the channel is closed, which it never is.
            channel.post_message(&id.into()).ok();
        }
    }

    /// Calls `heard` with the id of each record that another tab changed, for as long as the page lives.
    pub(super) fn listen(&self, heard: impl Fn(String) + 'static) {
        let Some(channel) = &self.channel else { return };
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(id) = event.data().as_string() {
                heard(id);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        listener.forget();
    }
}
