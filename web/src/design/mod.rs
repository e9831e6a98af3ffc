//! The design system on one page (`#design`): every component in every state, in both themes side by side. It shows the
//! kit itself, no copies, and comes only when it is asked for.

mod bases;
mod controls;
mod says;

use leptos::prelude::*;

use crate::{
    demand::on_demand,
    dom::{El, el, listen},
    kit,
    text::{design, t},
};

/// What names it in the page's address.
const FRAGMENT: &str = "#design";

crate::part! { in design;
    /// The whole page.
    pub(crate) fn design_page() -> El {
        whole()
    }
}

/// Whether the address names it; follows that.
pub fn is_asked_for() -> RwSignal<bool> {
    let named = || {
        window()
            .location()
            .hash()
            .is_ok_and(|fragment| fragment == FRAGMENT)
    };
    let is_asked = RwSignal::new(named());
    listen(&window(), "hashchange", move |_| is_asked.set(named()));
    is_asked
}

/// The page in place of the Studio.
pub fn view() -> Vec<El> {
    vec![
        el("main").class("design").child(on_demand(design_page)),
        kit::toasts(),
    ]
}

/// What makes the components of one kind, anew for each theme.
type Make = fn() -> Vec<El>;

fn whole() -> El {
    let words = design();
    let head = el("header").class("design-head").child([
        el("h1").say(words.title),
        el("p").say(words.about),
        el("a").attr("href", "#").say(words.back),
    ]);
    // The file of the kit each is in, or nothing for what is no component.
    let sections: [(&str, &str, Make); 17] = [
        ("", words.colours, bases::colours),
        ("", words.type_sizes, bases::sizes),
        ("", words.spaces, bases::spaces),
        ("icon", words.icons, bases::icons),
        ("button", words.buttons, controls::buttons),
        ("choice", words.choices, controls::choices),
        ("switch", words.switches, controls::switches),
        ("slider", words.sliders, controls::sliders),
        ("select", words.selects, controls::selects),
        ("field", words.fields, controls::fields),
        ("counter", words.counters, controls::counters),
        ("tabs", words.tabs, controls::tabs),
        ("lamp", words.lamps, says::lamps),
        ("progress", words.bars, says::bars),
        ("toast", words.messages, says::messages),
        ("dialog", words.dialogs, says::dialogs),
        ("", words.notices, says::notices),
    ];
    let sections = sections.map(|(file, name, make)| section(file, name, make));
    el("div").class("design-page").child(head).child(sections)
}

fn section(file: &'static str, name: &'static str, make: Make) -> El {
    let words = design();
    let side = |theme: &'static str, label: &'static str| {
        el("div")
            .class("design-side")
            .attr("data-side", theme)
            .attr("role", "group")
            .attr("aria-label", &[name, ": ", label].concat())
            .child(make())
    };
    el("section")
        .class("design-section")
        .attr("data-kit", file)
        .child(el("h2").say(name))
        .child(el("div").class("design-sides").child([
            side("light", t().shell.theme_light),
            side("dark", t().shell.theme_dark),
        ]))
        .child((!file.is_empty()).then(|| {
            el("p")
                .class("hint")
                .say([words.made_by, " kit::", file].concat())
        }))
}

/// One component with the name of its state under it.
fn specimen(state: &'static str, shown: El) -> El {
    el("div")
        .class("specimen")
        .child(shown)
        .child(el("p").class("hint").say(state))
}
