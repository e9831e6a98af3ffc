//! Bindings: one effect each, which touches the page only where something changed.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlElement, Text};

use super::{El, Get};
use crate::{aria::aria, task::follow};

pub(super) fn text(node: Text, read: Get<String>) {
    let mut last = String::new();
    follow(move || {
        let now = read();
        if now != last {
            node.set_data(&now);
            last = now;
        }
    });
}

impl El {
    /// An attribute that follows signals; `None` takes it away.
    pub fn set(self, name: &'static str, read: impl Fn() -> Option<String> + 'static) -> Self {
        self.set_boxed(name, Box::new(read))
    }

    fn set_boxed(self, name: &'static str, read: Box<dyn Fn() -> Option<String>>) -> Self {
        let node = self.node().clone();
        let mut last = None;
        follow(move || {
            let now = read();
            if now != last {
                // Fails only for a name that is none.
                drop(match &now {
                    Some(value) => node.set_attribute(name, value),
                    None => node.remove_attribute(name),
                });
                last = now;
            }
        });
        self
    }

    /// An ARIA state that follows signals: its words, not its presence.
    pub fn set_aria(self, name: &'static str, read: impl Fn() -> bool + 'static) -> Self {
        self.set(name, move || Some(aria(read()).to_owned()))
    }

    /// An attribute whose presence follows signals.
    pub fn flag(self, name: &'static str, read: impl Fn() -> bool + 'static) -> Self {
        self.set(name, move || read().then(String::new))
    }

    /// Says by `aria-disabled` whether it cannot act now; it keeps its place in the tab order.
    pub fn unavailable(self, read: impl Fn() -> bool + 'static) -> Self {
        self.set_aria("aria-disabled", read)
    }

    /// A class that follows signals.
    pub fn toggle(self, class: &'static str, read: impl Fn() -> bool + 'static) -> Self {
        let classes = self.node().class_list();
        let mut last = None;
        follow(move || {
            let now = read();
            if last.replace(now) != Some(now) {
                // Fails only for a name that is none.
                drop(classes.toggle_with_force(class, now));
            }
        });
        self
    }

    /// What is typed in it, following signals. What stands there already is not written again: the caret stays.
    pub fn value(self, read: impl Fn() -> String + 'static) -> Self {
        self.property("value", Box::new(move || read().into()))
    }

    /// Whether it is ticked, following signals.
    pub fn checked(self, read: impl Fn() -> bool + 'static) -> Self {
        self.property("checked", Box::new(move || read().into()))
    }

    /// A property that follows signals.
    pub fn property(self, name: &'static str, read: Box<dyn Fn() -> JsValue>) -> Self {
        let node = self.node().clone();
        let name = JsValue::from_str(name);
        follow(move || {
            let now = read();
            // Neither fails on an element.
            if js_sys::Reflect::get(&node, &name).is_ok_and(|there| there != now) {
                drop(js_sys::Reflect::set(&node, &name, &now));
            }
        });
        self
    }

    /// A property of its style that follows signals.
    pub fn style_live(self, name: &'static str, read: impl Fn() -> String + 'static) -> Self {
        self.style_boxed(name, Box::new(read))
    }

    fn style_boxed(self, name: &'static str, read: Box<dyn Fn() -> String>) -> Self {
        let style = self.node().unchecked_ref::<HtmlElement>().style();
        let mut last = String::new();
        follow(move || {
            let now = read();
            if now != last {
                // Fails only where a style sheet is read-only, which an element's own is not.
                drop(style.set_property(name, &now));
                last = now;
            }
        });
        self
    }

    /// A property of its style. An attribute `style` would be blocked by the page's policy.
    pub fn style(self, name: &str, value: &str) -> Self {
        // Fails only where a style sheet is read-only, which an element's own is not.
        drop(
            self.node()
                .unchecked_ref::<HtmlElement>()
                .style()
                .set_property(name, value),
        );
        self
    }
}
