//! A choice of one among several, where a row of buttons would take too much room: the browser's own.

use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::HtmlSelectElement;

use crate::dom::{El, Get, el};
use crate::ids;
use crate::task::follow;

/// A label over a list to choose from. `options` gives the values and their words, `value` the chosen one.
pub fn select(
    label: &'static str,
    options: impl Fn() -> Vec<(String, String)> + 'static,
    value: impl Fn() -> String + 'static,
    on_change: impl Fn(String) + 'static,
) -> El {
    select_of(label, Rc::new(options), Rc::new(value), Rc::new(on_change))
}

type Write = Rc<dyn Fn(String)>;

fn select_of(
    label: &'static str,
    options: Get<Vec<(String, String)>>,
    value: Get<String>,
    on_change: Write,
) -> El {
    let id = ids::fresh("select");
    let list = el("select").id(&id);
    let node: HtmlSelectElement = list.node().clone().unchecked_into();
    let filled = node.clone();
    let mut shown = None;
    follow(move || {
        let (options, value) = (options(), value());
        if shown.as_ref() != Some(&options) {
            filled.set_inner_html("");
            let each = options
                .iter()
                .map(|(value, words)| el("option").attr("value", value).say(words.clone()));
            drop(El::from(web_sys::Element::from(filled.clone())).child(each));
            shown = Some(options);
        }
        if filled.value() != value {
            filled.set_value(&value);
        }
    });
    el("div").class("select").child([
        el("label").attr("for", &id).say(label),
        list.on("change", move |_| on_change(node.value())),
    ])
}
