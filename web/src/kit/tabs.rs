//! The switcher between the page's columns where only one has room.

use leptos::prelude::{ArcRwSignal, Get as _, Set};

use crate::dom::{El, Get, el, live};

/// One column.
#[derive(Clone)]
pub struct Tab {
    /// DOM id of the column.
    pub id: &'static str,
    /// Its name.
    pub label: &'static str,
    /// How many are in it; 0 is not shown.
    pub count: Get<usize>,
}

/// Links to the columns; the current one is marked. Real links, because they also serve as the page's landmarks.
pub fn tabs(label: &str, tabs: Vec<Tab>, selected: &'static ArcRwSignal<&'static str>) -> El {
    let links = tabs.into_iter().map(|Tab { id, label, count }| {
        let counted = count.clone();
        el("a")
            .class("tab")
            .attr("href", &["#", id].concat())
            .set("aria-current", move || {
                (selected.get() == id).then(|| "page".to_owned())
            })
            .on("click", move |event| {
                event.prevent_default();
                selected.set(id);
            })
            .say(label)
            .when(
                move || counted() > 0,
                move || {
                    let count = count.clone();
                    el("span").class("count").say(live(move || count().to_string()))
                },
            )
    });
    el("nav").class("tabs").attr("aria-label", label).child(links)
}
