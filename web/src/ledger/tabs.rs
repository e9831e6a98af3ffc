//! What the tabs of one browser tell each other: which record changed, and how much of a video has come. The record
//! itself is on disk.

use js_sys::Array;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{BroadcastChannel, MessageEvent};

/// How much of a video has come: bytes, and of how many if that was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes so far.
    pub got: u64,
    /// Bytes in all.
    pub of: Option<u64>,
}

/// What another tab told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The records of those ids changed.
    Changed(Vec<String>),
    /// So much of that take's video has come; `None`: nothing comes any more.
    Saving(String, Option<Progress>),
}

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

    /// Tells the other tabs that the records of those ids changed.
    pub(super) fn tell(&self, ids: &[String]) {
        self.post(&ids.join("\n").into());
    }

    /// Tells the other tabs how much of a take's video has come.
    pub(super) fn tell_saving(&self, id: &str, progress: Option<Progress>) {
        let of = |progress: Progress| {
            [Some(progress.got), progress.of].map(|bytes| bytes.map_or(JsValue::NULL, number))
        };
        let [got, of] = progress.map_or([JsValue::NULL, JsValue::NULL], of);
        self.post(&Array::of3(&id.into(), &got, &of));
    }

    fn post(&self, message: &JsValue) {
        if let Some(channel) = &self.channel {
            // Fails only once the channel is closed, which it never is.
            channel.post_message(message).ok();
        }
    }

    /// Calls `heard` with whatever another tab tells, for as long as the page lives.
    pub(super) fn listen(&self, heard: impl Fn(Heard) + 'static) {
        let Some(channel) = &self.channel else { return };
        let listener = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(news) = read(&event.data()) {
                heard(news);
            }
        });
        channel.set_onmessage(Some(listener.as_ref().unchecked_ref()));
        listener.forget();
    }
}

/// What a message tells; `None` for what no tab of this version says.
fn read(message: &JsValue) -> Option<Heard> {
    if let Some(ids) = message.as_string() {
        return Some(Heard::Changed(ids.split('\n').map(str::to_owned).collect()));
    }
    let told = message.dyn_ref::<Array>()?;
    let progress = bytes(&told.get(1)).map(|got| Progress {
        got,
        of: bytes(&told.get(2)),
    });
    Some(Heard::Saving(told.get(0).as_string()?, progress))
}

#[expect(clippy::cast_precision_loss, reason = "files far below 2^53 bytes")]
fn number(bytes: u64) -> JsValue {
    (bytes as f64).into()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and sizes are whole"
)]
fn bytes(value: &JsValue) -> Option<u64> {
    value.as_f64().map(|bytes| bytes as u64)
}
