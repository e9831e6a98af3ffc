//! Puts the focus on a field, wherever it is folded away.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::task::next_frame;

/// Opens the folds around the control, scrolls it into view and focuses it, once the page has been drawn anew.
pub fn focus_control(id: String) {
    next_frame(move || {
        let Some(element) = document().get_element_by_id(&id) else {
            return;
        };
        open_folds(&element);
        let target = inner_control(element);
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        options.set_behavior(ScrollBehavior::Auto);
        target.scroll_into_view_with_scroll_into_view_options(&options);
        // Fails only for an element that cannot be focused.
        drop(target.unchecked_into::<HtmlElement>().focus());
    });
}

/// Focuses the first element that the selector finds, once the page has been drawn anew.
pub fn focus_first(selector: &'static str) {
    next_frame(move || {
        let found = document().query_selector(selector).ok().flatten();
        if let Some(element) = found {
            // Fails only for an element that cannot be focused.
            drop(element.unchecked_into::<HtmlElement>().focus());
        }
    });
}

fn open_folds(element: &Element) {
    let mut parent = element.closest("details").ok().flatten();
    while let Some(fold) = parent {
        // Setting an attribute of a valid name does not fail.
        let _ = fold.set_attribute("open", "");
        parent = fold
            .parent_element()
            .and_then(|above| above.closest("details").ok().flatten());
    }
}

/// Of a group the control that a keyboard would reach.
fn inner_control(element: Element) -> Element {
    if element.tag_name() != "FIELDSET" {
        return element;
    }
    ["input:checked", "input", "button"]
        .into_iter()
        .find_map(|selector| element.query_selector(selector).ok().flatten())
        .unwrap_or(element)
}
