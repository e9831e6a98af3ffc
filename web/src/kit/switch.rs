//! An on/off switch.

use leptos::prelude::*;

/// A native checkbox that reads as a switch.
#[component]
pub fn Switch(
    /// The words beside it.
    #[prop(into)]
    label: String,
    /// DOM id.
    #[prop(into)]
    id: String,
    /// Whether it is on.
    #[prop(into)]
    on: Signal<bool>,
    /// What turning does.
    #[prop(into)]
    on_change: Callback<bool>,
    /// Id of what describes it.
    #[prop(optional, into)]
    described_by: Option<String>,
) -> impl IntoView {
    let label_for = id.clone();
    view! {
        <label class="switch" for=label_for>
            <input
                type="checkbox"
                role="switch"
                id=id
                aria-describedby=described_by
                prop:checked=on
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class="track" aria-hidden="true"></span>
            <span>{label}</span>
        </label>
    }
}
