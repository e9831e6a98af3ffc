//! Short messages with a way back.

use std::sync::{
    Arc,
    atomic::{AtomicU32, Ordering},
};

use leptos::prelude::*;

use super::button::{Tone, button, icon_button};
use super::icon::Icon;
use crate::{
    app::{Politeness, announce},
    dom::{El, el},
    task::after_ms,
    text::t,
};

/// How long a message stays, in milliseconds. One with an action stays until it is closed.
const STAY_MS: u32 = 6_000;

/// Owned by the message alone, which often outlives the row it speaks of.
type Action = Arc<dyn Fn() + Send + Sync>;

#[derive(Clone)]
struct Toast {
    id: u32,
    text: String,
    action: Option<(String, Action)>,
}

/// Handle of the messages, given by context.
#[derive(Clone, Copy)]
pub struct Toaster(&'static Parts);

/// They stand as long as the page.
#[derive(Default)]
struct Parts {
    toasts: ArcRwSignal<Vec<Toast>>,
    next: AtomicU32,
}

impl Toaster {
    /// Shows and announces a message that goes by itself.
    pub fn say(self, text: impl Into<String>) {
        let id = self.push(text.into(), None);
        after_ms(STAY_MS, move || self.drop(id));
    }

    /// Shows and announces a message with an action (to undo, say); it stays until used or closed. Gives its
    /// number.
    pub fn offer(
        self,
        text: impl Into<String>,
        action: impl Into<String>,
        run: impl Fn() + Send + Sync + 'static,
    ) -> u32 {
        self.push(text.into(), Some((action.into(), Arc::new(run))))
    }

    /// Closes the message of that number, if it still stands.
    pub fn close(self, id: u32) {
        self.drop(id);
    }

    fn push(self, text: String, action: Option<(String, Action)>) -> u32 {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        announce(text.clone(), Politeness::Polite);
        self.0.toasts.update(|toasts| {
            if toasts.len() >= 3 {
                toasts.remove(0);
            }
            toasts.push(Toast { id, text, action });
        });
        id
    }

    fn drop(self, id: u32) {
        self.0
            .toasts
            .update(|toasts| toasts.retain(|toast| toast.id != id));
    }
}

/// Gives the messages to everything below.
pub fn provide_toaster() {
    provide_context(Toaster(Box::leak(Box::default())));
}

/// The messages.
///
/// # Panics
/// Outside the page's own tree, which is an error in the program.
pub fn use_toaster() -> Toaster {
    expect_context()
}

/// Where messages appear.
pub fn toasts() -> El {
    let toaster = use_toaster();
    let ids = move || {
        toaster
            .0
            .toasts
            .with(|toasts| toasts.iter().map(|toast| toast.id).collect::<Vec<u32>>())
    };
    el("div")
        .class("toasts")
        .attr("role", "region")
        .attr("aria-label", t().shell.messages)
        .each(ids, move |id| toaster.view(*id))
}

impl Toaster {
    fn view(self, id: u32) -> El {
        let toast = self
            .0
            .toasts
            .with_untracked(|toasts| toasts.iter().find(|toast| toast.id == id).cloned());
        let (text, action) = toast.map(|toast| (toast.text, toast.action)).unwrap_or_default();
        let action = action.map(|(label, run)| {
            button(Tone::Quiet, label, move || {
                run();
                self.drop(id);
            })
        });
        el("div")
            .class("toast")
            .child(el("span").say(text))
            .child(action)
            .child(icon_button(Icon::Close, t().shell.close, move || self.drop(id)))
    }
}
