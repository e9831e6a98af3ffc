//! Elements, made and bound to Leptos's signals by functions that are compiled once.
//!
//! Leptos's `view!` gives every piece of markup a type of its own, and the compiler writes out building, rebuilding,
//! mounting and dropping for each: half of the page's program was that. Here an element is an [`El`] whatever is in it,
//! a binding is one boxed closure, and what changes as a whole ([`El::when`], [`El::swap`], [`El::each`]) is made anew
//! under an owner of its own. Signals, memos, owners and contexts are Leptos's.

mod bind;
mod digits;
mod region;

use std::{borrow::Cow, rc::Rc};

use leptos::prelude::{StoredValue, WithValue as _, document, on_cleanup};
use wasm_bindgen::{JsCast, UnwrapThrowExt, closure::Closure};
use web_sys::{Element, Event, EventTarget, HtmlElement, HtmlInputElement, Node};

pub use digits::{digits, number_in};

/// Something that is read where it is needed, and followed there.
pub type Get<T> = Rc<dyn Fn() -> T>;

/// Words on the page: fixed, or following signals.
#[derive(Clone)]
pub enum Words {
    /// Always the same.
    Still(Cow<'static, str>),
    /// Read again whenever a signal in it changes.
    Live(Get<String>),
}

impl From<&'static str> for Words {
    fn from(words: &'static str) -> Self {
        Self::Still(Cow::Borrowed(words))
    }
}

impl From<String> for Words {
    fn from(words: String) -> Self {
        Self::Still(Cow::Owned(words))
    }
}

/// Words that follow the signals read in `read`.
pub fn live(read: impl Fn() -> String + 'static) -> Words {
    Words::Live(Rc::new(read))
}

/// An element of the page, and what can be said of it while it is made.
#[must_use = "an element is seen where it is added"]
#[derive(Clone, Debug)]
pub struct El(Element);

/// A new element of that name.
///
/// # Panics
/// For a name that HTML does not allow, which is an error in the program.
pub fn el(name: &str) -> El {
    El(document()
        .create_element(name)
        .expect_throw("the name of an element"))
}

/// A new element of SVG.
///
/// # Panics
/// For a name that XML does not allow, which is an error in the program.
pub fn svg(name: &str) -> El {
    El(document()
        .create_element_ns(Some("http://www.w3.org/2000/svg"), name)
        .expect_throw("the name of an element"))
}

impl From<Element> for El {
    fn from(element: Element) -> Self {
        Self(element)
    }
}

/// An element is also the list of itself, so that whatever takes elements takes one, some or none.
impl IntoIterator for El {
    type Item = Self;
    type IntoIter = std::iter::Once<Self>;

    fn into_iter(self) -> Self::IntoIter {
        std::iter::once(self)
    }
}

impl El {
    /// The element itself.
    pub fn node(&self) -> &Element {
        &self.0
    }

    /// The element, as the HTML element that it is.
    pub fn html(&self) -> HtmlElement {
        self.0.clone().unchecked_into()
    }

    /// Its `class`.
    pub fn class(self, names: &str) -> Self {
        self.attr("class", names)
    }

    /// Its `id`.
    pub fn id(self, id: &str) -> Self {
        self.attr("id", id)
    }

    /// An attribute.
    pub fn attr(self, name: &str, value: &str) -> Self {
        // Fails only for a name that is none.
        drop(self.0.set_attribute(name, value));
        self
    }

    /// Words at the end of it.
    pub fn say(self, words: impl Into<Words>) -> Self {
        self.say_words(words.into())
    }

    fn say_words(self, words: Words) -> Self {
        let text = match &words {
            Words::Still(words) => document().create_text_node(words),
            Words::Live(_) => document().create_text_node(""),
        };
        self.push(&text);
        if let Words::Live(read) = words {
            bind::text(text, read);
        }
        self
    }

    /// An attribute that may follow signals.
    pub fn label(self, name: &'static str, words: impl Into<Words>) -> Self {
        match words.into() {
            Words::Still(words) => self.attr(name, &words),
            Words::Live(read) => self.set(name, move || Some(read())),
        }
    }

    /// What is in it, in this order, behind what is there already.
    pub fn child(self, inside: impl IntoIterator<Item = Self>) -> Self {
        for inner in inside {
            self.push(&inner.0);
        }
        self
    }

    fn push(&self, node: &Node) {
        // Fails only where an element would stand inside itself.
        drop(self.0.append_with_node_1(node));
    }

    /// Listens to an event for as long as it stands.
    pub fn on(self, event: &str, run: impl FnMut(Event) + 'static) -> Self {
        listen(&self.0, event, run);
        self
    }

    /// Calls `write` with the text of an input whenever that changes.
    pub fn on_text(self, write: impl Fn(String) + 'static) -> Self {
        self.on("input", move |event| write(value_of(&event)))
    }
}

/// The text of the input that an event came from. A text area's is read in the same way.
fn value_of(event: &Event) -> String {
    event.target().map_or_else(String::new, |target| {
        target.unchecked_ref::<HtmlInputElement>().value()
    })
}

/// Whether the check box that an event came from is ticked.
pub fn is_checked(event: &Event) -> bool {
    event
        .target()
        .is_some_and(|target| target.unchecked_ref::<HtmlInputElement>().checked())
}

/// Listens to an event of an element for as long as that stands; of anything else (the window, say), for as long as
/// the owner lives, which for what is made outside of all views is as long as the page.
pub fn listen(target: &EventTarget, event: &str, run: impl FnMut(Event) + 'static) {
    listen_boxed(target, event, Box::new(run));
}

fn listen_boxed(target: &EventTarget, event: &str, run: Box<dyn FnMut(Event)>) {
    let run = Closure::wrap(run).into_js_value();
    // Fails only for a target that is none.
    drop(target.add_event_listener_with_callback(event, run.unchecked_ref()));
    if !target.is_instance_of::<Element>() {
        let kept = StoredValue::new_local((target.clone(), run));
        let event = event.to_owned();
        on_cleanup(move || {
            kept.with_value(|(target, run)| {
                drop(target.remove_event_listener_with_callback(&event, run.unchecked_ref()));
            });
        });
    }
}
