//! Counts characters as the API does, and never cuts.

use std::rc::Rc;

use crate::{
    dom::{El, el, live},
    text::{format, t},
};

/// "164 / 2,500", or how many are too many. `count` gives Unicode scalar values.
pub fn counter(count: impl Fn() -> usize + 'static, max: usize) -> El {
    let count: Rc<dyn Fn() -> usize> = Rc::new(count);
    let counted = Rc::clone(&count);
    let text = move || {
        let count = count();
        if count > max {
            (t().shell.over)(count - max, max)
        } else {
            format::whole(count as u64) + " / " + &format::whole(max as u64)
        }
    };
    el("span")
        .class("counter")
        .toggle("over", move || counted() > max)
        .say(live(text))
}
