//! A video handed to the system's own sharing, where there is one that takes files.

use js_sys::{Array, Function, Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DomException, File, FilePropertyBag};

use super::Desk;
use super::acts::file_name;
use crate::kit::Toaster;
use crate::ledger::Take;
use crate::text;

/// `navigator.share` and what asks about it, which not every browser has.
fn navigator_call(name: &str, data: &Object) -> Option<JsValue> {
    let navigator = window().navigator();
    let call: Function = Reflect::get(&navigator, &name.into()).ok()?.dyn_into().ok()?;
    call.call1(&navigator, data).ok()
}

fn data_of(file: &File) -> Object {
    let data = Object::new();
    // Fails only for an object that is frozen.
    drop(Reflect::set(&data, &"files".into(), &Array::of1(file)));
    data
}

fn file_of(video: &Blob, name: &str) -> Option<File> {
    let options = FilePropertyBag::new();
    options.set_type(&video.type_());
    File::new_with_blob_sequence_and_options(&Array::of1(video), name, &options).ok()
}

/// Whether this system shares videos.
pub fn can_share() -> bool {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type("video/mp4");
    let probe = Blob::new_with_blob_sequence_and_options(&Array::new(), &options).ok();
    let file = probe.and_then(|blob| file_of(&blob, "take.mp4"));
    file.and_then(|file| navigator_call("canShare", &data_of(&file)))
        .is_some_and(|answer| answer == true)
}

impl Desk {
    /// Shares the kept video of a take, as it would be saved.
    pub(crate) async fn share(self, take: Take, toaster: Toaster) {
        let Some(video) = self.video(&take).await else {
            return toaster.say(text::archive().share_failed);
        };
        let video = self.with_request(&take, video, toaster).await;
        let sharing =
            file_of(&video, &file_name(&take)).and_then(|file| navigator_call("share", &data_of(&file)));
        let Some(sharing) = sharing.and_then(|sharing| sharing.dyn_into::<Promise>().ok()) else {
            return toaster.say(text::archive().share_failed);
        };
        if let Err(why) = JsFuture::from(sharing).await
            && !is_given_up(&why)
        {
            toaster.say(text::archive().share_failed);
        }
    }
}

/// Whether its author closed the system's dialog.
fn is_given_up(why: &JsValue) -> bool {
    why.dyn_ref::<DomException>()
        .is_some_and(|why| why.name() == "AbortError")
}
