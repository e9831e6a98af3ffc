//! An on/off switch.

use crate::dom::{El, el, is_checked};

/// A native checkbox that reads as a switch; `described_by` is the id of what describes it.
pub fn switch(
    label: &'static str,
    id: &str,
    described_by: &str,
    on: impl Fn() -> bool + 'static,
    on_change: impl Fn(bool) + 'static,
) -> El {
    let input = el("input")
        .attr("type", "checkbox")
        .attr("role", "switch")
        .id(id)
        .attr("aria-describedby", described_by)
        .checked(on)
        .on("change", move |event| on_change(is_checked(&event)));
    el("label").class("switch").attr("for", id).child([
        input,
        el("span").class("track").attr("aria-hidden", "true"),
        el("span").say(label),
    ])
}
