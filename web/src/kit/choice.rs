//! A segmented choice: native radio buttons, so arrow keys work.

use leptos::prelude::*;

use crate::ids;

/// One segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What is chosen.
    pub value: &'static str,
    /// Its words.
    pub label: &'static str,
}

/// A few options of which one is chosen.
#[component]
pub fn Choice(
    /// What is chosen between, for screen readers and as the visible label.
    #[prop(into)]
    legend: String,
    /// Whether the legend is for screen readers only.
    #[prop(optional)]
    quiet_legend: bool,
    /// The segments.
    options: Vec<ChoiceOption>,
    /// The chosen one's value.
    #[prop(into)]
    value: Signal<String>,
    /// What choosing does.
    #[prop(into)]
    on_change: Callback<String>,
    /// DOM id of the group.
    #[prop(optional, into)]
    id: Option<String>,
    /// Id of what describes it.
    #[prop(optional, into)]
    described_by: Option<String>,
) -> impl IntoView {
    let name = ids::fresh("choice");
    let segments = options
        .into_iter()
        .map(|option| {
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        name=name.clone()
                        value=option.value
                        prop:checked=move || value.get() == option.value
                        on:change=move |_| on_change.run(option.value.to_owned())
                    />
                    <span>{option.label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choice" id=id tabindex="-1" aria-describedby=described_by>
            <legend class:sr-only=quiet_legend>{legend}</legend>
            <div class="segments">{segments}</div>
        </fieldset>
    }
}
