//! The well of the start or the end image: drop, paste, file or web address.

use std::sync::Arc;

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Blob, BlobPropertyBag, DragEvent, HtmlElement};

use super::{
    form::Picture,
    reading,
    state::{Slot, use_composer},
    view::field_ids,
};
use crate::{
    aria::aria,
    kit::{Button, Field, Icon, Tone, field::Notes, icon::IconView, use_toaster},
    text::{format, t},
};

/// The parts of a picture that the well shows; the thumbnail follows the id.
#[derive(Clone, PartialEq)]
enum Face {
    Empty,
    Url,
    File {
        thumbnail: Option<(u32, Arc<[u8]>)>,
        name: String,
        facts: String,
    },
}

fn face(picture: &Picture) -> Face {
    let name = picture.name().unwrap_or_default().to_owned();
    let mut facts = Vec::new();
    if let Some(info) = picture.info() {
        facts.push(format!("{} × {}", info.width, info.height));
        facts.push(format::ratio(info.width, info.height));
    }
    facts.extend(picture.size().map(format::bytes));
    let facts = facts.join(" · ");
    match picture {
        Picture::Empty => Face::Empty,
        Picture::Url(_) => Face::Url,
        Picture::Held { id, bytes, .. } => Face::File {
            thumbnail: Some((*id, Arc::clone(bytes))),
            name,
            facts,
        },
        Picture::Reading { .. } => Face::File {
            thumbnail: None,
            facts: (t().compose.reading)(&name),
            name,
        },
        Picture::Refused { .. } => Face::File {
            thumbnail: None,
            name,
            facts,
        },
    }
}

/// A well for one of the two pictures.
#[component]
pub fn PictureWell(
    /// Which.
    which: Slot,
) -> impl IntoView {
    let slot = which;
    let composer = use_composer();
    let picker = NodeRef::<html::Input>::new();
    let toaster = use_toaster();
    let is_over = RwSignal::new(false);
    let face = composer.part(move |form| face(slot.of(form)));
    let pick = Callback::new(move |()| {
        if let Some(picker) = picker.get_untracked() {
            // Without this the same file cannot be chosen twice.
            picker.set_value("");
            picker.click();
        }
    });
    let drop = move |event: DragEvent| {
        event.prevent_default();
        event.stop_propagation();
        is_over.set(false);
        match reading::first_file(event.data_transfer()) {
            Some(file) => composer.take_file(slot, file),
            None => toaster.say(t().compose.no_file),
        }
    };
    let chosen = move |_| {
        let file = picker
            .get_untracked()
            .and_then(|picker| picker.files())
            .and_then(|files| files.get(0));
        if let Some(file) = file {
            composer.take_file(slot, file);
        }
    };
    view! {
        <div
            class="well"
            data-slot=if slot == Slot::Start { "start" } else { "end" }
            class:over=is_over
            on:dragover=move |event| drag_over(&event, is_over)
            on:dragleave=move |event| drag_leave(&event, is_over)
            on:drop=drop
        >
            <input
                type="file"
                class="picker"
                accept="image/png,image/jpeg,.png,.jpg,.jpeg"
                tabindex="-1"
                aria-hidden="true"
                node_ref=picker
                on:change=chosen
            />
            {move || match face.get() {
                Face::Empty => view! { <EmptyWell which=slot pick=pick /> }.into_any(),
                Face::Url => view! { <UrlWell which=slot pick=pick /> }.into_any(),
                Face::File { thumbnail, name, facts } => {
                    view! { <FileWell which=slot thumbnail=thumbnail name=name facts=facts pick=pick /> }.into_any()
                }
            }}
        </div>
    }
}

fn drag_over(event: &DragEvent, is_over: RwSignal<bool>) {
    if reading::holds_files(event.data_transfer()) {
        event.prevent_default();
        is_over.set(true);
    }
}

fn drag_leave(event: &DragEvent, is_over: RwSignal<bool>) {
    if !goes_inside(event) {
        is_over.set(false);
    }
}

/// Whether the pointer left for something inside the well.
fn goes_inside(event: &DragEvent) -> bool {
    let well = event
        .current_target()
        .and_then(|target| target.dyn_into::<HtmlElement>().ok());
    let to = event
        .related_target()
        .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
    well.is_some_and(|well| to.is_some_and(|to| well.contains(Some(&to))))
}

fn labels(slot: Slot) -> crate::text::Labelled {
    match slot {
        Slot::Start => t().compose.start,
        Slot::End => t().compose.end,
    }
}

#[component]
fn EmptyWell(which: Slot, pick: Callback<()>) -> impl IntoView {
    let slot = which;
    let composer = use_composer();
    let words = t().compose;
    let ids = field_ids(slot.field());
    let use_url = move |()| {
        composer.edit(|form| match slot {
            Slot::Start => form.start = Picture::Url(String::new()),
            Slot::End => form.end = Picture::Url(String::new()),
        });
        composer.focus(slot.field());
    };
    view! {
        <div class="well-empty">
            <span class="well-mark" aria-hidden="true"><IconView icon=Icon::Picture /></span>
            <div class="well-text">
                <span class="label">{labels(slot).label}</span>
                <p class="hint" id=ids.hint.clone()>{labels(slot).hint}</p>
            </div>
            <div class="well-actions">
                <Button id=ids.control described_by=ids.hint on_press=pick>{words.choose_file}</Button>
                <Button tone=Tone::Quiet on_press=use_url>{words.use_url}</Button>
            </div>
            <span class="drop-here" aria-hidden="true">{words.drop_here}</span>
        </div>
    }
}

#[component]
fn UrlWell(which: Slot, pick: Callback<()>) -> impl IntoView {
    let slot = which;
    let composer = use_composer();
    let words = t().compose;
    let field = slot.field();
    let ids = field_ids(field);
    let (control, described_by) = (ids.control.clone(), ids.described_by());
    let invalid = composer.is_invalid(field);
    let value = composer.part(move |form| match slot.of(form) {
        Picture::Url(url) => url.clone(),
        _ => String::new(),
    });
    let set = move |url: String| {
        composer.edit(|form| match slot {
            Slot::Start => form.start = Picture::Url(url),
            Slot::End => form.end = Picture::Url(url),
        });
    };
    view! {
        <Field
            ids=ids
            label=(words.url_label)(slot == Slot::End)
            hint=words.url_hint
            notes=composer.notes(field)
        >
            <div class="row">
                <input
                    class="line"
                    type="url"
                    inputmode="url"
                    autocomplete="off"
                    spellcheck="false"
                    placeholder="https://"
                    id=control
                    aria-describedby=described_by
                    aria-invalid=move || aria(invalid.get())
                    prop:value=value
                    on:input=move |event| set(event_target_value(&event))
                    on:blur=move |_| composer.leave(field)
                />
                <Button tone=Tone::Quiet on_press=pick>{words.choose_file}</Button>
                <RemoveButton which=slot />
            </div>
        </Field>
    }
}

#[component]
fn FileWell(
    which: Slot,
    thumbnail: Option<(u32, Arc<[u8]>)>,
    name: String,
    facts: String,
    pick: Callback<()>,
) -> impl IntoView {
    let slot = which;
    let composer = use_composer();
    let words = t().compose;
    let ids = field_ids(slot.field());
    let alt = (words.thumbnail)(&name);
    let url = thumbnail.and_then(|(_, bytes)| object_url(&bytes));
    if let Some(url) = url.clone() {
        // Revoking an address that is gone already does nothing.
        on_cleanup(move || drop(web_sys::Url::revoke_object_url(&url)));
    }
    let picture = match url {
        Some(url) => view! { <img class="thumbnail" src=url alt=alt /> }.into_any(),
        None => {
            view! { <span class="thumbnail none" aria-hidden="true"><IconView icon=Icon::Picture /></span> }
                .into_any()
        }
    };
    view! {
        <div class="well-file">
            {picture}
            <div class="well-text">
                <span class="label">{labels(slot).label}</span>
                <p class="file-name">{name}</p>
                <p class="hint numbers">{facts}</p>
                <div class="well-actions">
                    <Button id=ids.control described_by=ids.notes.clone() on_press=pick>{words.replace}</Button>
                    <RemoveButton which=slot />
                </div>
            </div>
            <span class="drop-here" aria-hidden="true">{words.drop_here}</span>
        </div>
        <Notes id=ids.notes notes=composer.notes(slot.field()) />
    }
}

#[component]
fn RemoveButton(which: Slot) -> impl IntoView {
    let slot = which;
    let composer = use_composer();
    let remove = move |()| {
        composer.set_picture(slot, Picture::Empty);
        // The button that had the focus is gone.
        composer.focus(slot.field());
    };
    view! { <Button tone=Tone::Quiet on_press=remove>{t().compose.remove}</Button> }
}

/// An address for an `<img>`. The type is said to be PNG because the browser looks at the content anyway.
fn object_url(bytes: &[u8]) -> Option<String> {
    let parts = js_sys::Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = BlobPropertyBag::new();
    options.set_type("image/png");
    let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok()?;
    web_sys::Url::create_object_url_with_blob(&blob).ok()
}
