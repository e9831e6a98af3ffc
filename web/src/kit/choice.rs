//! A segmented choice: native radio buttons, so arrow keys work.

use std::rc::Rc;

use crate::{
    dom::{El, Get, el},
    ids,
};

type Choose = Rc<dyn Fn(&'static str)>;

/// One segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChoiceOption {
    /// What is chosen.
    pub value: &'static str,
    /// Its words.
    pub label: &'static str,
}

/// A few options of which one is chosen, by its value. `legend` says what is chosen between.
pub fn choice(
    legend: &str,
    options: impl IntoIterator<Item = ChoiceOption>,
    value: impl Fn() -> String + 'static,
    on_change: impl Fn(&'static str) + 'static,
) -> El {
    let options: Vec<ChoiceOption> = options.into_iter().collect();
    let (value, on_change): (Get<String>, Choose) = (Rc::new(value), Rc::new(on_change));
    choice_of(legend, &options, &value, &on_change)
}

fn choice_of(legend: &str, options: &[ChoiceOption], value: &Get<String>, on_change: &Choose) -> El {
    let name = ids::fresh("choice");
    let segments = options.iter().map(|option| {
        let own = option.value;
        let (value, on_change) = (Rc::clone(value), Rc::clone(on_change));
        let radio = el("input")
            .attr("type", "radio")
            .attr("name", &name)
            .attr("value", own)
            .checked(move || value() == own)
            .on("change", move |_| on_change(own));
        el("label")
            .class("segment")
            .child(radio)
            .child(el("span").say(option.label))
    });
    el("fieldset")
        .class("choice")
        .attr("tabindex", "-1")
        .child(el("legend").say(legend.to_owned()))
        .child(el("div").class("segments").child(segments))
}
