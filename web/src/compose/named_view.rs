//! Named texts of one's own: where they are kept, and the list of them with its renaming, deleting and taking back.

use std::sync::atomic::{AtomicU32, Ordering};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    focus::focus_first,
    named::{self, Item},
};
use crate::{
    app::{Politeness, announce},
    dom::{El, el, listen},
    kit::{Icon, Tone, button, icon_button},
    storage,
    text::{self, t},
};

/// Handle of named texts; they stand as long as the page, and follow what other tabs do.
#[derive(Clone, Copy, Debug)]
pub struct NamedTexts {
    key: &'static str,
    items: &'static ArcRwSignal<Vec<Item>>,
}

impl NamedTexts {
    /// Those kept under that key.
    pub fn open(key: &'static str) -> Self {
        let texts = Self {
            key,
            items: Box::leak(Box::new(ArcRwSignal::new(named::stored(key)))),
        };
        listen(&window(), "storage", move |event| {
            let event: &web_sys::StorageEvent = event.unchecked_ref();
            if event.key().is_none_or(|changed| changed == key) {
                texts.items.set(named::stored(key));
            }
        });
        texts
    }

    /// All of them, the newest first; reactively.
    pub fn items(self) -> Vec<Item> {
        self.items.get()
    }

    fn item(self, id: &str) -> Option<Item> {
        self.items
            .with(|items| items.iter().find(|item| item.id == id).cloned())
    }

    /// Adds one under a name that none has: it, or nothing where the browser does not keep it.
    pub fn add(self, name: &str, text: String) -> Option<Item> {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let item = Item {
            id: [crate::ledger::now_ms().to_string(), number.to_string()].join("-"),
            name: named::free_name(&named::stored(self.key), name.trim()),
            text,
        };
        let added = item.clone();
        self.change(move |items| items.insert(0, added)).then_some(item)
    }

    /// Makes a change to what is kept now, whoever kept it; whether the browser took it.
    fn change(self, change: impl FnOnce(&mut Vec<Item>)) -> bool {
        let mut items = named::stored(self.key);
        change(&mut items);
        items.truncate(named::MOST);
        let is_kept = storage::store(self.key, &named::write(&items));
        if is_kept {
            self.items.set(items);
        } else {
            announce(text::stock().not_kept, Politeness::Polite);
        }
        is_kept
    }
}

/// A name, and the button that keeps something under it. `keep` says whether it was kept.
pub fn keep_row(
    label: &'static str,
    act: &'static str,
    name: impl Fn() -> String,
    keep: impl Fn(&str) -> bool + 'static,
) -> El {
    let input = el("input")
        .class("line")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", "80")
        .attr("aria-label", label)
        .attr("placeholder", label)
        .attr("value", &name());
    let typed: HtmlInputElement = input.node().clone().unchecked_into();
    let press = move || {
        let name = typed.value();
        let name = if name.trim().is_empty() {
            text::stock().unnamed
        } else {
            name.trim()
        };
        if keep(name) {
            announce((text::stock().was_kept)(name), Politeness::Polite);
            typed.set_value("");
        }
    };
    el("div")
        .class("row")
        .child([input, button(Tone::Plain, act, press)])
}

/// The list. `acts` gives the buttons of each; `forget` is called with the id of one that cannot be taken back any
/// more.
pub fn list(
    texts: NamedTexts,
    empty: &'static str,
    acts: impl Fn(&Item) -> Vec<El> + 'static,
    forget: impl Fn(&str) + Clone + Send + Sync + 'static,
) -> El {
    let deleted: RwSignal<Option<(usize, Item)>> = RwSignal::new(None);
    let last = forget.clone();
    on_cleanup(move || {
        if let Some(Some((_, item))) = deleted.try_get_untracked() {
            last(&item.id);
        }
    });
    let delete = move |id: &str| {
        let mut gone = None;
        texts.change(|items| {
            if let Some(index) = items.iter().position(|item| item.id == id) {
                gone = Some((index, items.remove(index)));
            }
        });
        if let Some(gone) = gone {
            if let Some((_, before)) = deleted.get_untracked() {
                forget(&before.id);
            }
            deleted.set(Some(gone));
            focus_first("dialog[open] .named-undo button");
        }
    };
    let note = el("div").class("named-undo").swap(
        move || deleted.get(),
        move |gone| {
            gone.clone()
                .map(|(index, item)| take_back(texts, deleted, index, &item))
        },
    );
    let rows = el("ul").class("named").each(
        move || {
            texts
                .items()
                .into_iter()
                .map(|item| item.id)
                .collect::<Vec<String>>()
        },
        move |id| row(texts, id, &acts, delete.clone()),
    );
    el("div").class("stack").child(note).child(rows).when(
        move || texts.items().is_empty(),
        move || el("p").class("hint").say(empty),
    )
}

fn take_back(texts: NamedTexts, deleted: RwSignal<Option<(usize, Item)>>, index: usize, item: &Item) -> El {
    let said = (text::stock().was_deleted)(&item.name);
    announce(said.clone(), Politeness::Polite);
    let item = item.clone();
    let undo = button(Tone::Quiet, t().shell.undo, move || {
        let item = item.clone();
        let id = item.id.clone();
        if texts.change(|items| items.insert(index.min(items.len()), item)) {
            deleted.set(None);
            focus_first("dialog[open] .named input");
            announce((text::stock().is_back)(&id_name(texts, &id)), Politeness::Polite);
        }
    });
    el("p").class("note").child([el("span").say(said), undo])
}

fn id_name(texts: NamedTexts, id: &str) -> String {
    untrack(|| texts.item(id))
        .map(|item| item.name)
        .unwrap_or_default()
}

fn row(texts: NamedTexts, id: &str, acts: &impl Fn(&Item) -> Vec<El>, delete: impl Fn(&str) + 'static) -> El {
    let Some(item) = texts.item(id) else {
        return el("li");
    };
    let (of_name, of_label, of_change, of_delete) =
        (item.id.clone(), item.id.clone(), item.id.clone(), item.id.clone());
    let name = el("input")
        .class("line")
        .attr("type", "text")
        .attr("autocomplete", "off")
        .attr("maxlength", "80")
        .attr("aria-label", text::stock().name)
        .value(move || texts.item(&of_name).map(|item| item.name).unwrap_or_default())
        .on("change", move |event| {
            let Some(typed) = event.target().map(JsCast::unchecked_into::<HtmlInputElement>) else {
                return;
            };
            let name = typed.value().trim().to_owned();
            texts.change(|items| {
                if let Some(item) = items
                    .iter_mut()
                    .find(|item| item.id == of_change && !name.is_empty())
                {
                    item.name = name;
                }
            });
        });
    let label = crate::dom::live(move || {
        let name = texts.item(&of_label).map(|item| item.name).unwrap_or_default();
        (text::stock().delete)(&name)
    });
    let delete = icon_button(Icon::Remove, label, move || delete(&of_delete));
    let acts = acts(&item);
    el("li")
        .class("named-row")
        .child(name)
        .child(el("span").class("named-acts").child(acts).child(delete))
}
