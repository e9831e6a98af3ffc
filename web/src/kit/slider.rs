//! A slider that also takes a typed number.

use std::rc::Rc;

use super::field::FieldIds;
use crate::dom::{El, Get, el};

/// A range and a number field that are one value, kept as the text that was typed: what is typed is never corrected
/// behind the user's back.
pub struct Slider {
    /// Ids of the field it stands in; the number field is the one that the label names.
    pub ids: FieldIds,
    /// What it sets, for the range's own name.
    pub label: &'static str,
    /// Smallest, largest and step, as HTML writes numbers.
    pub range: [&'static str; 3],
    /// After the number; may be empty.
    pub unit: &'static str,
    /// The value as text.
    pub value: Get<String>,
    /// Whether it is wrong, and may be said to be.
    pub invalid: Get<bool>,
    /// Words for the range's value.
    pub value_text: Get<String>,
    /// What changing does.
    pub on_change: Rc<dyn Fn(String)>,
    /// When the number field is left.
    pub on_leave: Rc<dyn Fn()>,
}

impl Slider {
    /// The slider and its number.
    pub fn view(self) -> El {
        let Self {
            value,
            invalid,
            value_text,
            on_change,
            on_leave,
            ..
        } = self;
        let [min, max, step] = self.range;
        let (shown, slid) = (Rc::clone(&value), Rc::clone(&on_change));
        let range = el("input")
            .attr("type", "range")
            .attr("min", min)
            .attr("max", max)
            .attr("step", step)
            .attr("aria-label", self.label)
            .set("aria-valuetext", move || Some(value_text()))
            .value(move || shown())
            .on_text(move |text| slid(text));
        let typed = el("input")
            .attr("type", "text")
            .attr("inputmode", "decimal")
            .attr("autocomplete", "off")
            .id(&self.ids.control)
            .set_aria("aria-invalid", move || invalid())
            .attr("aria-describedby", &self.ids.described_by())
            .value(move || value())
            .on_text(move |text| on_change(text))
            .on("blur", move |_| on_leave());
        let unit = (!self.unit.is_empty()).then(|| unit(self.unit));
        let number = el("span").class("number").child(typed).child(unit);
        el("div").class("slider").child([range, number])
    }
}

/// A unit behind a number; its field's own name says it to screen readers.
pub fn unit(words: &'static str) -> El {
    el("span").class("unit").attr("aria-hidden", "true").say(words)
}
