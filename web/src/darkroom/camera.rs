//! The camera: what it sees, and one press.

use std::rc::Rc;

use js_sys::{Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, HtmlVideoElement, MediaDevices, MediaStream, MediaStreamConstraints, MediaStreamTrack,
};

use super::Darkroom;
use crate::compose::Composer;
use crate::demand::on_demand;
use crate::desk::still;
use crate::dom::{El, el, live};
use crate::kit::{Tone, button, dialog};
use crate::task::spawn;
use crate::text::{self, t};

/// Quality of the JPEG.
const QUALITY: f64 = 0.95;

/// Where the camera is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Starting,
    Running,
    /// Why it does not run.
    Off(&'static str),
}

/// The dialog.
pub fn camera(darkroom: Darkroom, composer: Composer) -> El {
    dialog(darkroom.camera, t().doors.camera_title, move |body| {
        body.child(on_demand(move || darkroom_camera(darkroom, composer)))
    })
}

crate::part! { in darkroom;
    /// The camera.
    pub(crate) fn darkroom_camera(darkroom: Darkroom, composer: Composer) -> El {
        on_camera(darkroom, composer)
    }
}

fn on_camera(darkroom: Darkroom, composer: Composer) -> El {
    let open = darkroom.camera;
    let body = el("div").class("stack");
    let stage = RwSignal::new(Stage::Starting);
    let faces_user = RwSignal::new(false);
    let view = el("video")
        .class("camera-view")
        .attr("playsinline", "")
        .attr("autoplay", "")
        .attr("aria-label", text::darkroom().camera_view)
        .flag("hidden", move || stage.get() != Stage::Running);
    let player: HtmlVideoElement = view.node().clone().unchecked_into();
    player.set_muted(true);
    let shown = player.clone();
    crate::task::follow(move || {
        let faces_user = faces_user.get();
        stop(&shown);
        spawn(start(shown.clone(), stage, faces_user));
    });
    let last = StoredValue::new_local(player.clone());
    on_cleanup(move || {
        last.try_with_value(stop);
    });
    let said = live(move || {
        match stage.get() {
            Stage::Starting => text::darkroom().camera_wait,
            Stage::Running => "",
            Stage::Off(why) => why,
        }
        .to_owned()
    });
    let slot = darkroom.slot.get_untracked();
    let player = Rc::new(player);
    let shoot = button(Tone::Primary, text::darkroom().shoot, move || {
        if stage.get_untracked() == Stage::Running {
            let player = Rc::clone(&player);
            spawn(async move {
                match still(&player, "image/jpeg", QUALITY).await {
                    Some(bytes) => {
                        open.set(false);
                        composer.hold(slot, bytes, "camera.jpg".to_owned());
                        composer.focus(slot.field());
                    }
                    None => {
                        stage.try_set(Stage::Off(text::darkroom().camera_failed));
                    }
                }
            });
        }
    })
    .unavailable(move || stage.get() != Stage::Running);
    let other = button(Tone::Plain, text::darkroom().camera_other, move || {
        faces_user.update(|faces| *faces = !*faces);
    });
    body.child([
        el("p").attr("role", "status").say(said),
        view,
        el("div").class("row").child([shoot, other]),
    ])
}

/// Lets the player show what the camera sees.
async fn start(player: HtmlVideoElement, stage: RwSignal<Stage>, faces_user: bool) {
    stage.try_set(Stage::Starting);
    let now = match stream(faces_user).await {
        // Closed while the browser was still asking: the camera's light must go out again.
        Ok(stream) if !player.is_connected() => {
            end(&stream);
            return;
        }
        Ok(stream) => {
            player.set_src_object(Some(&stream));
            Stage::Running
        }
        Err(why) => Stage::Off(why),
    };
    stage.try_set(now);
}

/// The camera's pictures.
///
/// # Errors
/// The sentence that says why there are none.
async fn stream(faces_user: bool) -> Result<MediaStream, &'static str> {
    let words = text::darkroom();
    // Not there at all where the page is not served securely.
    let devices = Reflect::get(&window().navigator(), &"mediaDevices".into())
        .ok()
        .and_then(|devices| devices.dyn_into::<MediaDevices>().ok())
        .ok_or(words.camera_insecure)?;
    let asked = MediaStreamConstraints::new();
    let video = Object::new();
    let facing = if faces_user { "user" } else { "environment" };
    for (name, value) in [
        ("facingMode", JsValue::from(facing)),
        ("width", ideal(1920)),
        ("height", ideal(1080)),
    ] {
        // Fails only for what is no object.
        drop(Reflect::set(&video, &name.into(), &value));
    }
    asked.set_video(&video);
    let promise = devices
        .get_user_media_with_constraints(&asked)
        .map_err(|_| words.camera_failed)?;
    match JsFuture::from(promise).await {
        Ok(stream) => Ok(stream.unchecked_into()),
        Err(error) => Err(
            match error.dyn_ref::<DomException>().map(DomException::name).as_deref() {
                Some("NotAllowedError" | "SecurityError") => words.camera_denied,
                Some("NotFoundError" | "OverconstrainedError") => words.camera_missing,
                _ => words.camera_failed,
            },
        ),
    }
}

/// A wish, not a condition.
fn ideal(pixels: u32) -> JsValue {
    let wish = Object::new();
    // Fails only for what is no object.
    drop(Reflect::set(&wish, &"ideal".into(), &pixels.into()));
    wish.into()
}

/// Lets the camera go.
fn stop(player: &HtmlVideoElement) {
    if let Some(stream) = player.src_object() {
        end(&stream);
        player.set_src_object(None);
    }
}

fn end(stream: &MediaStream) {
    for track in stream.get_tracks().iter() {
        track.unchecked_ref::<MediaStreamTrack>().stop();
    }
}
