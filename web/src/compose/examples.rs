//! Requests to begin with, one per mode.

use std::sync::Arc;

use gloo_net::http::Request;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::{
    form::{Form, Plan, ShotForm},
    state::{Composer, Slot, use_composer},
};
use crate::{
    kit::{Button, Toaster, use_toaster},
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
#[component]
pub fn Examples() -> impl IntoView {
    let composer = use_composer();
    let toaster = use_toaster();
    let words = t().compose;
    let use_text = move |()| composer.replace(form_of(&words.example_text));
    let use_image = move |()| {
        spawn_local(async move { load_image_example(composer, toaster).await });
    };
    view! {
        <section class="examples" aria-labelledby="examples-title">
            <h3 id="examples-title">{words.examples}</h3>
            {card(&words.example_text, Callback::new(use_text))}
            {card(&words.example_image, Callback::new(use_image))}
        </section>
    }
}

fn card(example: &'static Example, on_press: Callback<()>) -> impl IntoView {
    view! {
        <div class="example">
            <div>
                <p class="label">{example.mode}</p>
                <p class="hint">{example.about}</p>
            </div>
            <Button on_press=on_press>{t().compose.use_example}</Button>
        </div>
    }
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
