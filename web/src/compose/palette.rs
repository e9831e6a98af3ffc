//! The palette: words that the model knows, searched for and put in where the caret stands.

use std::{cell::Cell, rc::Rc, sync::OnceLock};

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::{
    fields::FieldKey,
    form::Form,
    insert::{self, insert},
    named_view::{NamedTexts, keep_row, list},
    state::Composer,
};
use crate::{
    app::{Politeness, announce},
    demand::on_demand,
    dom::{El, Words, el, live},
    ids,
    kit::{Icon, dialog, icon_button},
    library::face,
    storage,
    task::next_frame,
    text::{self, WordGroup, t},
};

/// Most characters of one's own words in a name that is offered.
const NAME_CHARS: usize = 30;

/// One's own words.
fn snippets() -> NamedTexts {
    static TEXTS: OnceLock<NamedTexts> = OnceLock::new();
    *TEXTS.get_or_init(|| NamedTexts::open(storage::SNIPPETS))
}

/// Something to put in.
#[derive(Clone, PartialEq)]
struct Entry {
    group: String,
    words: String,
    means: String,
}

fn entries(field: FieldKey) -> Vec<Entry> {
    let groups: &[WordGroup] = if field == FieldKey::Negative {
        text::stock().negatives
    } else {
        text::stock().groups
    };
    let own = snippets().items().into_iter().map(|item| Entry {
        group: text::stock().own.to_owned(),
        words: item.text,
        means: item.name,
    });
    let known = groups.iter().flat_map(|group| {
        group.words.iter().map(|(words, means)| Entry {
            group: group.name.to_owned(),
            words: (*words).to_owned(),
            means: (*means).to_owned(),
        })
    });
    own.chain(known).collect()
}

/// What is left of them for a query.
fn found(field: FieldKey, query: &str) -> Vec<Entry> {
    let mut entries = entries(field);
    entries.retain(|entry| insert::is_found(query, &[&entry.group, &entry.words, &entry.means]));
    entries
}

fn text_of(form: &Form, field: FieldKey) -> Option<&str> {
    match field {
        FieldKey::Negative => Some(&form.negative),
        FieldKey::ShotPrompt(id) => form.shot(id).map(|shot| shot.prompt.as_str()),
        _ => Some(&form.prompt),
    }
}

fn text_of_mut(form: &mut Form, field: FieldKey) -> Option<&mut String> {
    match field {
        FieldKey::Negative => Some(&mut form.negative),
        FieldKey::ShotPrompt(id) => form
            .shots
            .iter_mut()
            .find(|shot| shot.id == id)
            .map(|shot| &mut shot.prompt),
        _ => Some(&mut form.prompt),
    }
}

fn area(field: FieldKey) -> Option<HtmlTextAreaElement> {
    document().get_element_by_id(&field.control_id())?.dyn_into().ok()
}

/// The palette of one field: what opens it, and the palette itself.
#[derive(Clone)]
struct Palette {
    composer: Composer,
    field: FieldKey,
    open: RwSignal<bool>,
    query: RwSignal<String>,
    active: RwSignal<usize>,
    /// Where the caret stood when it was opened.
    selection: Rc<Cell<(u32, u32)>>,
}

/// What opens the palette of a field, and the palette.
pub fn palette(composer: Composer, field: FieldKey, name: Words) -> [El; 2] {
    let palette = Palette {
        composer,
        field,
        open: RwSignal::new(false),
        query: RwSignal::new(String::new()),
        active: RwSignal::new(0),
        selection: Rc::default(),
    };
    let label = match name {
        Words::Still(name) => Words::Still((t().doors.words_for)(&name).into()),
        Words::Live(name) => live(move || (t().doors.words_for)(&name())),
    };
    let opener = palette.clone();
    let opener = icon_button(Icon::Words, label, move || opener.show());
    let shown = dialog(palette.open, t().doors.palette, move |body| {
        let palette = palette.clone();
        body.child(on_demand(move || palette_room(palette.clone())))
    });
    [opener, shown]
}

crate::part! { in words;
    /// The palette of a field.
    fn palette_room(palette: Palette) -> El {
        palette.fill(el("div").class("stack"))
    }
}

impl Palette {
    fn show(&self) {
        let place = |place: Result<Option<u32>, _>| place.ok().flatten();
        let selection = area(self.field)
            .and_then(|area| Some((place(area.selection_start())?, place(area.selection_end())?)));
        let end = self
            .composer
            .now(|form| text_of(form, self.field).map_or(0, insert::units));
        // A field that was never in focus has its caret at the beginning, where nobody put it.
        let selection = selection
            .filter(|selection| *selection != (0, 0))
            .unwrap_or((end, end));
        self.selection.set(selection);
        self.query.set(String::new());
        self.active.set(0);
        self.open.set(true);
    }

    fn fill(&self, body: El) -> El {
        let words = text::stock();
        let list_id = ids::fresh("words");
        let (query, active, field) = (self.query, self.active, self.field);
        let option_id = {
            let list_id = list_id.clone();
            move |index: usize| [&list_id, "-", &index.to_string()].concat()
        };
        let (keyed, active_id) = (self.clone(), option_id.clone());
        let input = el("input")
            .class("line")
            .attr("type", "text")
            .attr("role", "combobox")
            .attr("autocomplete", "off")
            .attr("autofocus", "")
            .attr("aria-label", words.search)
            .attr("placeholder", words.search)
            .attr("aria-expanded", "true")
            .attr("aria-autocomplete", "list")
            .attr("aria-controls", &list_id)
            .set("aria-activedescendant", move || {
                let count = found(field, &query.get()).len();
                (count > 0).then(|| active_id(active.get().min(count - 1)))
            })
            .on_text(move |text| {
                query.set(text);
                active.set(0);
            })
            .on("keydown", move |event| keyed.key(event.unchecked_ref()));
        // It may come after its dialog.
        let search = input.html();
        next_frame(move || drop(search.focus()));
        let shown = self.clone();
        let listbox = el("div")
            .class("palette")
            .id(&list_id)
            .attr("role", "listbox")
            .attr("aria-label", t().doors.palette)
            .swap(
                move || found(field, &query.get()),
                move |entries| shown.groups(entries, &option_id),
            );
        body.child([input, listbox])
            .when(
                move || found(field, &query.get()).is_empty(),
                || el("p").class("hint").say(text::stock().nothing_found),
            )
            .child(self.own())
    }

    /// The options under their groups' names.
    fn groups(&self, entries: &[Entry], option_id: &impl Fn(usize) -> String) -> Vec<El> {
        let mut groups: Vec<(String, El)> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            if groups.last().is_none_or(|(name, _)| *name != entry.group) {
                let head = el("p")
                    .class("label")
                    .attr("aria-hidden", "true")
                    .say(entry.group.clone());
                let group = el("div")
                    .class("palette-group")
                    .attr("role", "group")
                    .attr("aria-label", &entry.group)
                    .child(head);
                groups.push((entry.group.clone(), group));
            }
            let option = self.option(index, entry.clone(), &option_id(index));
            if let Some((_, group)) = groups.last() {
                drop(group.clone().child(option));
            }
        }
        groups.into_iter().map(|(_, group)| group).collect()
    }

    fn option(&self, index: usize, entry: Entry, id: &str) -> El {
        let active = self.active;
        let chosen = self.clone();
        let node = el("div")
            .class("option")
            .id(id)
            .attr("role", "option")
            .set_aria("aria-selected", move || active.get() == index)
            // The focus stays in the search field.
            .on("mousedown", |event| event.prevent_default());
        let shown = node.html();
        crate::task::follow(move || {
            if active.get() == index && index > 0 {
                let options = web_sys::ScrollIntoViewOptions::new();
                options.set_block(web_sys::ScrollLogicalPosition::Nearest);
                shown.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
        let (words, means) = (entry.words.clone(), entry.means.clone());
        node.on("click", move |_| chosen.put_in(&entry.words)).child([
            el("span").class("option-words").attr("dir", "auto").say(words),
            el("span").class("option-means").say(means),
        ])
    }

    fn key(&self, event: &KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        let entries = untrack(|| found(self.field, &self.query.get()));
        let count = entries.len();
        let at = self.active.get_untracked().min(count.saturating_sub(1));
        let to = match event.key().as_str() {
            "ArrowDown" if count > 0 => (at + 1) % count,
            "ArrowUp" if count > 0 => (at + count - 1) % count,
            "Enter" => {
                event.prevent_default();
                if let Some(entry) = entries.get(at) {
                    self.put_in(&entry.words);
                }
                return;
            }
            _ => return,
        };
        event.prevent_default();
        self.active.set(to);
    }

    fn put_in(&self, words: &str) {
        let (field, selection) = (self.field, self.selection.get());
        let mut caret = 0;
        self.composer.edit(|form| {
            if let Some(text) = text_of_mut(form, field) {
                (*text, caret) = insert(text, selection, words);
            }
        });
        self.open.set(false);
        announce((text::stock().was_put_in)(words), Politeness::Polite);
        self.composer.focus(field);
        // Once the field has the focus.
        next_frame(move || {
            next_frame(move || {
                if let Some(area) = area(field) {
                    // Fails only for what has no caret, which a text area has.
                    drop(area.set_selection_range(caret, caret));
                }
            });
        });
    }

    /// One's own words: kept, renamed, deleted.
    fn own(&self) -> El {
        let words = text::stock();
        let (named, kept) = (self.clone(), self.clone());
        let keep = keep_row(
            words.own_name,
            words.keep_own,
            move || face::excerpt(&named.marked(), NAME_CHARS),
            move |name| {
                let text = kept.marked();
                if text.trim().is_empty() {
                    announce(words.nothing_marked, Politeness::Polite);
                    return false;
                }
                snippets().add(name, text).is_some()
            },
        );
        let about = el("p").class("hint").say(words.own_about);
        let list = list(snippets(), words.no_own, |_| Vec::new(), |_| {});
        el("details").class("fold").child([
            el("summary").say(words.own_manage),
            el("div").class("fold-body").child([about, keep, list]),
        ])
    }

    /// What is selected in the field, or all of it.
    fn marked(&self) -> String {
        let (start, end) = self.selection.get();
        let text = self
            .composer
            .now(|form| text_of(form, self.field).unwrap_or_default().to_owned());
        let marked = text.get(insert::byte_of(&text, start)..insert::byte_of(&text, end));
        marked
            .filter(|marked| !marked.trim().is_empty())
            .unwrap_or(&text)
            .trim()
            .to_owned()
    }
}
