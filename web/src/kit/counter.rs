//! Counts characters as the API does, and never cuts.

use leptos::prelude::*;

use crate::text::{format, t};

/// "164 / 2,500", or how many are too many.
#[component]
pub fn Counter(
    /// Unicode scalar values.
    #[prop(into)]
    count: Signal<usize>,
    /// Most allowed.
    max: usize,
    /// DOM id, for `aria-describedby`.
    #[prop(optional, into)]
    id: Option<String>,
) -> impl IntoView {
    let text = move || {
        let count = count.get();
        if count > max {
            (t().shell.over)(count - max, max)
        } else {
            format!("{} / {}", format::whole(count as u64), format::whole(max as u64))
        }
    };
    view! {
        <span class="counter" id=id class:over=move || { count.get() > max }>
            {text}
        </span>
    }
}
