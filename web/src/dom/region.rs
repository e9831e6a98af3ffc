//! Parts of the page that come and go as a whole.

use leptos::prelude::{Owner, document, untrack};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Text};

use super::El;
use crate::task::follow;

/// A place in an element, and what stands there now, under an owner of its own.
struct Region {
    outer: Owner,
    inner: Option<Owner>,
    /// Stands behind it.
    end: Text,
    there: Vec<El>,
}

impl Region {
    fn at_end_of(element: &El) -> Self {
        let end = document().create_text_node("");
        element.push(&end);
        Self {
            outer: Owner::current().unwrap_or_default(),
            inner: None,
            end,
            there: Vec::new(),
        }
    }

    /// Takes away what stands there, with everything that follows signals in it, and puts something new in its place.
    fn renew(&mut self, make: &mut dyn FnMut() -> Vec<El>) {
        if let Some(old) = self.inner.take() {
            old.cleanup();
        }
        for old in self.there.drain(..) {
            old.node().remove();
        }
        let inner = self.outer.child();
        self.there = inner.with(|| untrack(make));
        self.inner = Some(inner);
        for new in &self.there {
            // Fails only where an element would stand inside itself.
            drop(self.end.before_with_node_1(new.node()));
        }
    }
}

impl El {
    /// What is there while a condition holds.
    pub fn when<V: IntoIterator<Item = Self>>(
        self,
        holds: impl Fn() -> bool + 'static,
        make: impl Fn() -> V + 'static,
    ) -> Self {
        self.swap(holds, move |holds| {
            if *holds {
                make().into_iter().collect::<Vec<_>>()
            } else {
                Vec::new()
            }
        })
    }

    /// What is made anew whenever a key changes, and only then. Signals read in `make` itself are not followed.
    pub fn swap<K: PartialEq + 'static, V: IntoIterator<Item = Self>>(
        self,
        key: impl Fn() -> K + 'static,
        make: impl Fn(&K) -> V + 'static,
    ) -> Self {
        let mut last = None;
        self.region(Box::new(move |region| {
            let now = key();
            if last.as_ref() != Some(&now) {
                region.renew(&mut || make(&now).into_iter().collect());
                last = Some(now);
            }
        }))
    }

    fn region(self, mut step: Box<dyn FnMut(&mut Region)>) -> Self {
        let mut region = Region::at_end_of(&self);
        follow(move || step(&mut region));
        self
    }

    /// One element for each key, which is made once and stays for as long as its key does. They must be all that is
    /// in this element.
    pub fn each<K: PartialEq + 'static>(
        self,
        keys: impl Fn() -> Vec<K> + 'static,
        make: impl Fn(&K) -> Self + 'static,
    ) -> Self {
        let outer = Owner::current().unwrap_or_default();
        let parent = self.0.clone();
        let mut rows: Vec<(K, Row)> = Vec::new();
        follow(move || {
            let mut old = std::mem::take(&mut rows);
            for key in keys() {
                let row = match old.iter().position(|(other, _)| *other == key) {
                    Some(index) => old.swap_remove(index).1,
                    None => Row::new(&outer, &mut || make(&key)),
                };
                rows.push((key, row));
            }
            for (_, row) in old {
                row.remove();
            }
            let nodes: Vec<&Element> = rows.iter().map(|(_, row)| row.there.node()).collect();
            arrange(&parent, &nodes);
        });
        self
    }
}

/// One element of a list.
struct Row {
    owner: Owner,
    there: El,
}

impl Row {
    fn new(outer: &Owner, make: &mut dyn FnMut() -> El) -> Self {
        let owner = outer.child();
        let there = owner.with(|| untrack(make));
        Self { owner, there }
    }

    fn remove(self) {
        self.owner.cleanup();
        self.there.node().remove();
    }
}

/// Brings the elements into that order, moving only what is not in its place. The focus stays where it is.
fn arrange(parent: &Element, nodes: &[&Element]) {
    let focused = document().active_element();
    let mut behind: Option<&Element> = None;
    for node in nodes.iter().rev() {
        let next = node.next_element_sibling();
        if node.parent_element().as_ref() != Some(parent) || next.as_ref() != behind {
            // Fails only where an element would stand inside itself.
            drop(parent.insert_before(node, behind.map(AsRef::as_ref)));
        }
        behind = Some(node);
    }
    // An element that is moved loses the focus.
    if let Some(focused) = focused
        && document().active_element().as_ref() != Some(&focused)
        && parent.contains(Some(&focused))
    {
        // Fails only for an element that cannot be focused.
        drop(focused.unchecked_into::<HtmlElement>().focus());
    }
}
