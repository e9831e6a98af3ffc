//! A native modal dialog.

use leptos::prelude::{Get as _, RwSignal, Set, untrack};
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::button::icon_button;
use super::icon::Icon;
use crate::{
    dom::{El, el},
    ids,
    task::{follow, next_frame},
    text::t,
};

fn show(node: &HtmlDialogElement) {
    if !node.open() {
        // Only fails on an element outside the document, which this one is not any more.
        drop(node.show_modal());
    }
}

/// A native `<dialog>`: focus stays inside, Esc closes, and focus goes back where it was. `open` opens and closes it.
/// What is inside is only made while it is open, by `fill`, which gets the body under the heading.
pub fn dialog(open: RwSignal<bool>, title: &'static str, fill: impl Fn(El) -> El + 'static) -> El {
    let heading = ids::fresh("dialog");
    let dialog = el("dialog")
        .class("dialog")
        .attr("aria-labelledby", &heading)
        .on("close", move |_| open.set(false))
        .on("click", move |event| {
            // A press on the backdrop lands on the dialog itself.
            if event.target() == event.current_target() {
                open.set(false);
            }
        });
    let shown = dialog.clone();
    follow(move || {
        let node: &HtmlDialogElement = shown.node().unchecked_ref();
        node.set_text_content(None);
        if open.get() {
            let head = el("div")
                .class("dialog-head")
                .child(el("h2").id(&heading).say(title))
                .child(icon_button(Icon::Close, t().shell.close, move || open.set(false)));
            let body = untrack(|| fill(el("div").class("dialog-body").child(head)));
            // The body is there before the dialog opens, so that the focus finds its place in it.
            drop(shown.clone().child(body));
            if node.is_connected() {
                show(node);
            } else {
                // It is made open, in a page that is just being made: it opens with the page's first frame.
                let node = node.clone();
                next_frame(move || show(&node));
            }
        } else if node.open() {
            node.close();
        }
    });
    dialog
}
