//! The switcher between the page's columns where only one has room.

use leptos::prelude::*;

/// One column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tab {
    /// DOM id of the column.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// How many are in it; 0 is not shown.
    pub count: Signal<usize>,
}

/// Links to the columns; the current one is marked. Real links, because they also serve as the page's landmarks.
#[component]
pub fn Tabs(
    /// What is switched between.
    #[prop(into)]
    label: String,
    /// The columns.
    tabs: Vec<Tab>,
    /// Id of the one that is shown.
    selected: RwSignal<&'static str>,
) -> impl IntoView {
    let links = tabs
        .into_iter()
        .map(|tab| {
            let count = tab.count;
            view! {
                <a
                    class="tab"
                    href=format!("#{}", tab.id)
                    aria-current=move || (selected.get() == tab.id).then_some("page")
                    on:click=move |event| {
                        event.prevent_default();
                        selected.set(tab.id);
                    }
                >
                    {tab.label}
                    {move || {
                        let count = count.get();
                        (count > 0).then(|| view! { <span class="count">{count}</span> })
                    }}
                </a>
            }
        })
        .collect_view();
    view! {
        <nav class="tabs" aria-label=label>
            {links}
        </nav>
    }
}
