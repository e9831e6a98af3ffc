//! Requests to begin with, one per mode.

use std::sync::Arc;

use gloo_net::http::Request;

use super::{
    form::{Form, Plan, ShotForm},
    state::{Composer, Slot, use_composer},
};
use crate::{
    dom::{El, el},
    kit::{Toaster, Tone, button, use_toaster},
    task::spawn,
    text::{Example, t},
};

/// The example's image, beside the page.
const IMAGE: &str = "examples/harbour.jpg";

/// The form of an example, without its image.
pub fn form_of(example: &Example) -> Form {
    let shots: Vec<ShotForm> = (1..)
        .zip(example.shots)
        .map(|(id, (prompt, seconds))| ShotForm {
            id,
            prompt: (*prompt).to_owned(),
            seconds: seconds.to_string(),
        })
        .collect();
    Form {
        prompt: example.prompt.to_owned(),
        sound: shots.is_empty(),
        plan: if shots.is_empty() {
            Plan::OneTake
        } else {
            Plan::Shots
        },
        shots,
        ..Form::default()
    }
}

/// One card per mode.
pub fn examples() -> El {
    let composer = use_composer();
    let toaster = use_toaster();
    let words = t().compose;
    let text = card(&words.example_text, move || {
        composer.replace(form_of(&words.example_text));
    });
    let image = card(&words.example_image, move || {
        spawn(load_image_example(composer, toaster));
    });
    el("section")
        .class("examples")
        .attr("aria-labelledby", "examples-title")
        .child([el("h3").id("examples-title").say(words.examples), text, image])
}

fn card(example: &'static Example, press: impl Fn() + 'static) -> El {
    let about = el("div").child([
        el("p").class("label").say(example.mode),
        el("p").class("hint").say(example.about),
    ]);
    el("div")
        .class("example")
        .child([about, button(Tone::Plain, t().compose.use_example, press)])
}

async fn load_image_example(composer: Composer, toaster: Toaster) {
    let bytes = match Request::get(IMAGE).send().await {
        Ok(answer) if answer.ok() => answer.binary().await.ok(),
        _ => None,
    };
    let Some(bytes) = bytes else {
        toaster.say(t().compose.example_failed);
        return;
    };
    composer.replace(form_of(&t().compose.example_image));
    composer.hold(Slot::Start, Arc::from(bytes), "harbour.jpg".to_owned());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::form::Picture;

    #[test]
    fn every_example_can_be_sent() {
        let words = t().compose;
        let text = form_of(&words.example_text).draft();
        assert!(rushes_core::check(text.endpoint, text.into()).is_ok());
        let mut form = form_of(&words.example_image);
        form.start = Picture::Url("https://example.com/harbour.jpg".into());
        let image = form.draft();
        let checked = rushes_core::check(image.endpoint, image.into()).expect("valid");
        assert_eq!(checked.request.duration_secs(), 9);
    }
}
