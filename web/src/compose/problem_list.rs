//! The list of what is wrong: each a link to its field, with a cure where there is one.

use std::rc::Rc;

use leptos::prelude::*;

use super::{
    problems::Problem,
    state::{Composer, use_composer},
};
use crate::{
    dom::{El, el},
    kit::{Icon, Tone, button, icon},
    text::t,
};

/// The problems that stop the request, then what is good to know, put into `place`. `on_follow` is called when a link
/// is followed, so that what holds the list can close.
pub fn problem_list(place: El, on_follow: impl Fn() + 'static) -> El {
    let composer = use_composer();
    let on_follow: Rc<dyn Fn()> = Rc::new(on_follow);
    place.swap(
        move || composer.problems().get(),
        move |problems| {
            let mut parts = part(composer, problems, true, &on_follow);
            parts.extend(part(composer, problems, false, &on_follow));
            parts
        },
    )
}

fn part(composer: Composer, problems: &[Problem], stops: bool, on_follow: &Rc<dyn Fn()>) -> Vec<El> {
    let rows: Vec<El> = problems
        .iter()
        .filter(|problem| problem.stops == stops)
        .map(|problem| row(composer, problem.clone(), Rc::clone(on_follow)))
        .collect();
    if rows.is_empty() {
        return Vec::new();
    }
    let heading = (!stops).then(|| el("h3").say(t().compose.notices_title));
    heading
        .into_iter()
        .chain(el("ul").class("problem-list").child(rows))
        .collect()
}

fn row(composer: Composer, problem: Problem, on_follow: Rc<dyn Fn()>) -> El {
    let Problem {
        field,
        stops,
        text,
        cure,
    } = problem;
    let cure = cure.map(|cure| {
        button(Tone::Plain, (t().compose.cure)(&cure), move || {
            composer.edit(|form| cure.apply(form));
            // The pressed button is gone with its row.
            super::focus::focus_first("dialog[open] .problem-list button, #generate");
        })
    });
    let link = button(Tone::Quiet, text, move || {
        on_follow();
        composer.focus(field);
    });
    let (class, picture) = if stops {
        ("error", Icon::Warning)
    } else {
        ("", Icon::Help)
    };
    el("li")
        .class(class)
        .child(icon(picture))
        .child(el("span").class("problem-link").child(link))
        .child(cure)
}
