//! The list of what is wrong: each a link to its field, with a cure where there is one.

use leptos::prelude::*;

use super::{
    problems::Problem,
    state::{Composer, use_composer},
};
use crate::{
    kit::{Button, Icon, Tone, icon::IconView},
    text::t,
};

/// The problems that stop the request, then what is good to know.
#[component]
pub fn ProblemList(
    /// Called when a link is followed, so that what holds the list can close.
    #[prop(into)]
    on_follow: Callback<()>,
) -> impl IntoView {
    let composer = use_composer();
    let part = move |stops: bool| {
        let problems = composer.problems().get();
        let rows: Vec<_> = problems
            .into_iter()
            .filter(|problem| problem.stops == stops)
            .map(|problem| row(composer, problem, on_follow))
            .collect();
        (!rows.is_empty()).then(|| {
            view! {
                {(!stops).then(|| view! { <h3>{t().compose.notices_title}</h3> })}
                <ul class="problem-list">{rows}</ul>
            }
        })
    };
    view! {
        {move || part(true)}
        {move || part(false)}
    }
}

fn row(composer: Composer, problem: Problem, on_follow: Callback<()>) -> impl IntoView + use<> {
    let Problem {
        field,
        stops,
        text,
        cure,
    } = problem;
    let cure = cure.map(|cure| {
        let label = (t().compose.cure)(&cure);
        let press = move |()| {
            composer.edit(|form| cure.apply(form));
            // The pressed button is gone with its row.
            super::focus::focus_first("dialog[open] .problem-list button, #generate");
        };
        view! { <Button on_press=press>{label}</Button> }
    });
    let follow = move |()| {
        on_follow.run(());
        composer.focus(field);
    };
    view! {
        <li class:error=stops>
            <IconView icon=if stops { Icon::Warning } else { Icon::Help } />
            <span class="problem-link">
                <Button tone=Tone::Quiet on_press=follow>{text}</Button>
            </span>
            {cure}
        </li>
    }
}
