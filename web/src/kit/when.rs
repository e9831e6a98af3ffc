//! Shows something while a signal says so.

use leptos::prelude::*;

/// As Leptos's `Show`, but one piece of program for the whole page rather than one for each use.
#[component]
pub fn When(
    /// Whether to show it; changes only when it really changes.
    #[prop(into)]
    on: Signal<bool>,
    /// What is shown instead.
    #[prop(optional, into)]
    fallback: ViewFn,
    /// What is shown.
    children: ChildrenFn,
) -> impl IntoView {
    let on = Memo::new(move |_| on.get());
    move || if on.get() { children() } else { fallback.run() }
}
