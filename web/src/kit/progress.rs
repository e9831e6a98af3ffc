//! A true bar: it shows what the provider said, or is not there.

use leptos::prelude::*;

/// A progress bar.
#[component]
pub fn Progress(
    /// 0 to 100.
    #[prop(into)]
    percent: Signal<f64>,
    /// What it measures.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    view! {
        <progress class="progress" max="100" prop:value=percent aria-label=label></progress>
    }
}
