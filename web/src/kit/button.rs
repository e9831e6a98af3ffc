//! Buttons.

use leptos::prelude::*;

use super::icon::{Icon, IconView};
use crate::aria::aria;

/// What a button is for, hence how loud it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    /// An ordinary action.
    #[default]
    Plain,
    /// The one action of the page.
    Primary,
    /// Money or work at risk.
    Danger,
    /// An action inside a line of text or a tool row.
    Quiet,
}

impl Tone {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "button",
            Self::Primary => "button primary",
            Self::Danger => "button danger",
            Self::Quiet => "button quiet",
        }
    }
}

/// A button with words. It can always be focused: one that cannot act now says so by `unavailable` and keeps its
/// place in the tab order, and the press still arrives, so that the answer can be the reason.
#[component]
pub fn Button(
    /// How loud.
    #[prop(optional)]
    tone: Tone,
    /// Before the words.
    #[prop(default = None, into)]
    icon: Option<Icon>,
    /// DOM id.
    #[prop(optional, into)]
    id: Option<String>,
    /// Whether it cannot act now; rendered as `aria-disabled`, never as `disabled`.
    #[prop(optional, into)]
    unavailable: Signal<bool>,
    /// Ids of what describes it.
    #[prop(optional, into)]
    described_by: Option<String>,
    /// What pressing does.
    #[prop(into)]
    on_press: Callback<()>,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=tone.class()
            id=id
            aria-disabled=move || aria(unavailable.get())
            aria-describedby=described_by
            on:click=move |_| on_press.run(())
        >
            {icon.map(|icon| view! { <IconView icon=icon /> })}
            {children()}
        </button>
    }
}

/// A square button with an icon alone; its label is its name and its tooltip.
#[component]
pub fn IconButton(
    /// The picture.
    icon: Icon,
    /// The name.
    #[prop(into)]
    label: Signal<String>,
    /// Whether it cannot act now; rendered as `aria-disabled`.
    #[prop(optional, into)]
    unavailable: Signal<bool>,
    /// What pressing does.
    #[prop(into)]
    on_press: Callback<()>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button quiet square"
            aria-label=label
            title=label
            aria-disabled=move || aria(unavailable.get())
            on:click=move |_| {
                if !unavailable.get_untracked() {
                    on_press.run(());
                }
            }
        >
            <IconView icon=icon />
        </button>
    }
}
