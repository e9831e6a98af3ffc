//! "What will be sent": the exact body, readable, and ways to take it along.

use leptos::prelude::*;
use rushes_core::{Request, price::Rates};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::{problem_list::ProblemList, state::use_composer, wire};
use crate::{
    kit::{Button, Dialog, Icon, Toaster, use_toaster},
    text::t,
};

/// The dialog.
#[component]
pub fn WireDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let composer = use_composer();
    view! {
        <Dialog open=open title=t().compose.wire>
            {move || {
                composer
                    .result()
                    .with(|result| match result {
                        Ok(checked) => view! { <Wire request=checked.request.clone() /> }.into_any(),
                        Err(_) => {
                            view! {
                                <p>{t().compose.wire_not_yet}</p>
                                <ProblemList on_follow=move |()| open.set(false) />
                            }
                                .into_any()
                        }
                    })
            }}
        </Dialog>
    }
}

#[component]
fn Wire(request: Request) -> impl IntoView {
    let words = t().compose;
    let toaster = use_toaster();
    let endpoint = request.endpoint();
    let body = request.body();
    let readable = wire::readable(&body);
    let estimate = request.estimate(&Rates::default());
    let price = format!(
        "{} · {}",
        (words.price)(Some(&estimate)),
        (words.price_source)(&estimate)
    );
    let body = StoredValue::new(body);
    let copy_json = move |()| copy(body.get_value(), toaster);
    let copy_curl = move |()| {
        let origin = window().location().origin().unwrap_or_default();
        copy(
            body.with_value(|body| wire::curl(&origin, endpoint, body)),
            toaster,
        );
    };
    view! {
        <p class="hint">{words.wire_about}</p>
        <p class="wire-line"><code>"POST "{endpoint.path()}</code></p>
        <pre class="wire" tabindex="0" role="region" aria-label=words.wire_body><code>{readable}</code></pre>
        <p class="hint numbers">{price}</p>
        <div class="row">
            <Button icon=Icon::Copy on_press=copy_json>{words.copy_json}</Button>
            <Button icon=Icon::Copy on_press=copy_curl>{words.copy_curl}</Button>
        </div>
    }
}

fn copy(text: String, toaster: Toaster) {
    spawn_local(async move {
        // Without https (and off localhost) there is no clipboard at all: the promise is then a TypeError of its own.
        let navigator = window().navigator();
        let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into())
            .is_ok_and(|clipboard| clipboard.is_object());
        let copied = has_clipboard
            && JsFuture::from(navigator.clipboard().write_text(&text))
                .await
                .is_ok();
        toaster.say(if copied {
            t().compose.copied
        } else {
            t().compose.not_copied
        });
    });
}
