//! Short messages with a way back.

use std::{sync::Arc, time::Duration};

use leptos::prelude::*;

use super::button::{Button, IconButton, Tone};
use super::icon::Icon;
use crate::{
    app::{Politeness, announce},
    text::t,
};

/// How long a message stays. One with an action stays until it is closed.
const STAY: Duration = Duration::from_secs(6);

/// Not a `Callback`: that goes with what made it, and a message often outlives the row it speaks of.
type Action = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    action: Option<(String, Action)>,
}

/// Handle of the messages, given by context.
#[derive(Clone, Copy)]
pub struct Toaster {
    toasts: RwSignal<Vec<Toast>>,
    next: RwSignal<u32>,
}

impl Toaster {
    /// Shows and announces a message that goes by itself.
    pub fn say(self, text: impl Into<String>) {
        let id = self.push(text.into(), None);
        set_timeout(move || self.drop(id), STAY);
    }

    /// Shows and announces a message with an action (to undo, say); it stays until used or closed.
    pub fn offer(
        self,
        text: impl Into<String>,
        action: impl Into<String>,
        run: impl Fn() + Send + Sync + 'static,
    ) {
        self.push(text.into(), Some((action.into(), Arc::new(run))));
    }

    fn push(self, text: String, action: Option<(String, Action)>) -> u32 {
        let id = self.next.get_untracked();
        self.next.set(id + 1);
        announce(text.clone(), Politeness::Polite);
        self.toasts.update(|toasts| {
            if toasts.len() >= 3 {
                toasts.remove(0);
            }
            toasts.push(Toast { id, text, action });
        });
        id
    }

    fn drop(self, id: u32) {
        // The page may be gone when the timer rings.
        self.toasts
            .try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Gives the messages to everything below.
pub fn provide_toaster() {
    provide_context(Toaster {
        toasts: RwSignal::new(Vec::new()),
        next: RwSignal::new(0),
    });
}

/// The messages.
///
/// # Panics
/// Outside the page's own tree, which is an error in the program.
pub fn use_toaster() -> Toaster {
    expect_context()
}

/// Where messages appear.
#[component]
pub fn Toasts() -> impl IntoView {
    let toaster = use_toaster();
    view! {
        <div class="toasts">
            <For each=move || toaster.toasts.get() key=|toast| toast.id let:toast>
                <div class="toast">
                    <span>{toast.text}</span>
                    {toast
                        .action
                        .map(|(label, run)| {
                            let press = move |()| {
                                run();
                                toaster.drop(toast.id);
                            };
                            view! { <Button tone=Tone::Quiet on_press=press>{label}</Button> }
                        })}
                    <IconButton
                        icon=Icon::Close
                        label=t().shell.close
                        on_press=move |()| toaster.drop(toast.id)
                    />
                </div>
            </For>
        </div>
    }
}
