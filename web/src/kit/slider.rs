//! A slider that also takes a typed number.

use leptos::prelude::*;

use super::field::FieldIds;
use crate::aria::aria;

/// A range and a number field that are one value, kept as the text that was typed: what is typed is never corrected
/// behind the user's back.
#[component]
pub fn Slider(
    /// Ids of the field it stands in; the number field is the one that the label names.
    ids: FieldIds,
    /// What it sets, for the range's own name.
    #[prop(into)]
    label: String,
    /// Smallest.
    min: f64,
    /// Largest.
    max: f64,
    /// Step.
    step: f64,
    /// After the number.
    #[prop(optional)]
    unit: &'static str,
    /// The value as text.
    #[prop(into)]
    value: Signal<String>,
    /// Whether it is wrong, and may be said to be.
    #[prop(into)]
    invalid: Signal<bool>,
    /// Words for the range's value.
    #[prop(into)]
    value_text: Signal<String>,
    /// What changing does.
    #[prop(into)]
    on_change: Callback<String>,
    /// When the number field is left.
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let described_by = ids.described_by();
    let unit = (!unit.is_empty()).then(|| view! { <span class="unit" aria-hidden="true">{unit}</span> });
    let change = move |event| on_change.run(event_target_value(&event));
    view! {
        <div class="slider">
            <input
                type="range"
                min=min
                max=max
                step=step
                aria-label=label
                aria-valuetext=value_text
                prop:value=value
                on:input=change
            />
            <span class="number">
                <input
                    type="text"
                    inputmode="decimal"
                    autocomplete="off"
                    id=ids.control
                    aria-invalid=move || aria(invalid.get())
                    aria-describedby=described_by
                    prop:value=value
                    on:input=change
                    on:blur=move |_| on_leave.run(())
                />
                {unit}
            </span>
        </div>
    }
}
