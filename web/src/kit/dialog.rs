//! A native modal dialog.

use leptos::{html, prelude::*};

use super::button::IconButton;
use super::icon::Icon;
use crate::{ids, text::t};

/// A native `<dialog>`: focus stays inside, Esc closes, and focus goes back where it was. What is inside is only made
/// while it is open.
#[component]
pub fn Dialog(
    /// Whether it is open; set to close or open it.
    open: RwSignal<bool>,
    /// The heading.
    #[prop(into)]
    title: String,
    /// What is inside.
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading = ids::fresh("dialog");
    let labelled_by = heading.clone();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        if open.get() {
            if !dialog.open() {
                // Only fails on an element outside the document, which this one never is.
                let _ = dialog.show_modal();
            }
        } else if dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog
            class="dialog"
            node_ref=node
            aria-labelledby=labelled_by
            on:close=move |_| open.set(false)
            on:click=move |event| {
                // A press on the backdrop lands on the dialog itself.
                if node.get_untracked().is_some_and(|dialog| event.target() == Some(dialog.into())) {
                    open.set(false);
                }
            }
        >
            <div class="dialog-body">
                <div class="dialog-head">
                    <h2 id=heading>{title}</h2>
                    <IconButton icon=Icon::Close label=t().shell.close on_press=move |()| open.set(false) />
                </div>
                {move || open.get().then(|| children())}
            </div>
        </dialog>
    }
}
