//! What a row of the list and the stage show alike.

use leptos::html;
use leptos::prelude::*;

use super::face::{self, Act};
use crate::desk::{Desk, Progress as Came, Tools};
use crate::kit::{Button, Field, FieldIds, Icon, IconButton, Note, NoteKind, Progress, Tone};
use crate::ledger::{State, Take};
use crate::text::{format, t};
use crate::{compose, ids, kit};

/// The tools that actions need.
///
/// # Panics
/// Outside the page's own tree, which is an error in the program.
pub fn tools() -> Tools {
    Tools {
        composer: compose::use_composer(),
        toaster: kit::use_toaster(),
    }
}

/// How far a take is: a true bar where the provider gives a figure or bytes come in, otherwise the time gone by.
#[component]
pub fn HowFar(
    /// The take.
    take: Memo<Take>,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let figure =
        Memo::new(move |_| take.with(|take| Figure::of(take, desk.saving(&take.id), desk.now_ms.get())));
    let has_bar = Memo::new(move |_| figure.with(|figure| figure.percent.is_some()));
    let percent = Signal::derive(move || figure.with(|figure| figure.percent.unwrap_or_default()));
    let label = Signal::derive(move || figure.with(|figure| figure.label.to_owned()));
    view! {
        <div class="how-far">
            {move || has_bar.get().then(|| view! { <Progress percent=percent label=label /> })}
            <span class="num">{move || figure.with(|figure| figure.words.clone())}</span>
        </div>
    }
}

/// What [`HowFar`] shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// 0 to 100, where something true is known.
    pub percent: Option<f64>,
    /// What the bar measures.
    pub label: &'static str,
    /// The figures in words.
    pub words: String,
}

impl Figure {
    /// How far a take is at `now_ms`; `came` is what has come of its bytes, while they come.
    pub fn of(take: &Take, came: Option<Came>, now_ms: u64) -> Self {
        let words = &t().takes;
        match &take.state {
            State::Watched { watch, .. } => {
                let elapsed = (words.say.elapsed)(&face::clock(now_ms.saturating_sub(take.created_ms)));
                // A bar at nothing while it waits would look broken rather than true.
                let percent = watch
                    .progress_percent
                    .filter(|percent| *percent > 0.0 && !watch.is_stopped);
                let gone_secs = watch
                    .checked_ms
                    .map_or(0, |checked| now_ms.saturating_sub(checked) / 1000);
                let to_go = watch
                    .eta_secs
                    .filter(|_| !watch.is_stopped)
                    .and_then(|eta| to_go(eta, gone_secs));
                let parts = [
                    percent.map(|percent| (words.say.percent)(whole(percent))),
                    Some(elapsed),
                    to_go,
                ];
                let words_ = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
                Self {
                    percent,
                    label: words.stage.progress,
                    words: words_,
                }
            }
            State::Sending => Self {
                percent: None,
                label: words.stage.progress,
                words: face::clock(now_ms.saturating_sub(take.created_ms)),
            },
            State::Succeeded { link, .. } => {
                let good = link.as_ref().map(|link| match link.expires_ms {
                    Some(expires) => (words.say.link_good)(&face::clock(expires.saturating_sub(now_ms))),
                    None => words.say.link_some.to_owned(),
                });
                let percent = came.and_then(share);
                let coming = came.map(|came| (words.say.saving)(&part(came)));
                let words_ = [coming, good]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(" · ");
                Self {
                    percent,
                    label: words.stage.copy_progress,
                    words: words_,
                }
            }
            _ => Self {
                percent: None,
                label: words.stage.progress,
                words: String::new(),
            },
        }
    }
}

/// "about 20 s to go"; nothing once the guess has run out.
#[expect(clippy::cast_precision_loss, reason = "seconds since a look: far below 2^52")]
fn to_go(eta_secs: f64, gone_secs: u64) -> Option<String> {
    let left = eta_secs - gone_secs as f64;
    (left >= 1.0).then(|| (t().takes.say.to_go)(&face::rough(left)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
fn whole(percent: f64) -> u32 {
    percent.clamp(0.0, 100.0) as u32
}

#[expect(clippy::cast_precision_loss, reason = "a bar, and files far below 2^52 bytes")]
fn share(came: Came) -> Option<f64> {
    let of = came.of.filter(|of| *of > 0)?;
    Some((came.got as f64 / of as f64 * 100.0).min(100.0))
}

fn part(came: Came) -> String {
    match came.of {
        Some(of) => format!("{} / {}", format::bytes(came.got), format::bytes(of)),
        None => format::bytes(came.got),
    }
}

/// The buttons of a take.
#[component]
pub fn Acts(
    /// The take.
    take: Memo<Take>,
    /// Which of its actions.
    acts: Memo<Vec<Act>>,
    /// Id of what names the take.
    #[prop(into)]
    named_by: String,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let tools = tools();
    let bar = NodeRef::<html::Div>::new();
    let is_pasting = RwSignal::new(false);
    let was_pressed = StoredValue::new(false);
    let home = named_by.clone();
    Effect::new(move |_| {
        acts.get();
        if was_pressed.try_update_value(std::mem::take).unwrap_or_default() {
            // The pressed button may be gone; the keyboard's place must not go with it.
            focus_first(bar, &home);
        }
    });
    let press = move |act: Act| {
        was_pressed.set_value(changes_state(act));
        if act == Act::Paste {
            is_pasting.set(true);
        } else {
            let id = take.with_untracked(|take| take.id.clone());
            desk.act(act, &id, tools);
        }
    };
    let buttons = move || {
        acts.get()
            .into_iter()
            .map(|act| {
                let words = take.with_untracked(|take| act.words(take));
                let is_unsure = take.with_untracked(|take| matches!(take.state, State::Unsure { .. }));
                if act == Act::Delete {
                    return view! {
                        <IconButton icon=Icon::Remove label=words on_press=move |()| press(act) />
                    }
                    .into_any();
                }
                view! {
                    <Button tone=tone(act, is_unsure) icon=icon(act) described_by=named_by.clone() on_press=move |()| press(act)>
                        {words}
                    </Button>
                }
                .into_any()
            })
            .collect_view()
    };
    view! {
        <div class="acts" node_ref=bar>
            {buttons}
        </div>
        {move || is_pasting.get().then(|| view! { <PasteId take=take open=is_pasting /> })}
    }
}

/// Where the task id of an unsure take is pasted.
#[component]
fn PasteId(
    /// The take.
    take: Memo<Take>,
    /// Set to close it.
    open: RwSignal<bool>,
) -> impl IntoView {
    let desk = expect_context::<Desk>();
    let words = &t().takes;
    let field = FieldIds::of(&ids::fresh("task-id"));
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<&'static str>);
    let notes = Signal::derive(move || {
        let note = |text: &'static str| Note {
            kind: NoteKind::Error,
            text: text.to_owned(),
            cure: None,
        };
        wrong.get().map(note).into_iter().collect::<Vec<_>>()
    });
    let use_it = move || {
        let id = take.with_untracked(|take| take.id.clone());
        match desk.name_task(&id, &text.get_untracked()) {
            Ok(()) => open.set(false),
            Err(why) => wrong.set(Some(why)),
        }
    };
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            // Fails only for an element that cannot be focused.
            input.focus().ok();
        }
    });
    view! {
        <form
            class="paste-id"
            on:submit=move |event| {
                event.prevent_default();
                use_it();
            }
        >
            <Field ids=field.clone() label=words.stage.paste_label hint=words.stage.paste_hint notes=notes>
                <input
                    type="text"
                    node_ref=input
                    id=field.control.clone()
                    autocomplete="off"
                    spellcheck="false"
                    aria-invalid=move || crate::aria::aria(wrong.get().is_some())
                    aria-describedby=field.described_by()
                    prop:value=move || text.get()
                    on:input=move |event| {
                        wrong.set(None);
                        text.set(event_target_value(&event));
                    }
                />
            </Field>
            <div class="acts">
                <Button on_press=move |()| use_it()>{words.act.use_id}</Button>
                <Button tone=Tone::Quiet on_press=move |()| open.set(false)>
                    {words.act.cancel}
                </Button>
            </div>
        </form>
    }
}

/// The provider's own words, for those who want them: text, whatever it holds.
#[component]
pub fn ProviderWords(
    /// The take.
    take: Memo<Take>,
) -> impl IntoView {
    let words = Memo::new(move |_| take.with(|take| face::provider_words(&take.state)));
    move || {
        words.get().map(|words| {
            view! {
                <details class="verbatim-words">
                    <summary>{t().takes.stage.words}</summary>
                    <p class="verbatim" dir="auto">{words}</p>
                </details>
            }
        })
    }
}

fn tone(act: Act, is_unsure: bool) -> Tone {
    match act {
        // Money may be spent twice.
        Act::SendAgain if is_unsure => Tone::Danger,
        Act::Delete | Act::PutAway | Act::TakeBack | Act::Stop => Tone::Quiet,
        _ => Tone::Plain,
    }
}

fn icon(act: Act) -> Option<Icon> {
    Some(match act {
        Act::Play => Icon::Play,
        Act::Download => Icon::Download,
        Act::LastFrame => Icon::Frame,
        Act::SameAgain | Act::FreshLink | Act::Look => Icon::Again,
        Act::Delete => Icon::Remove,
        _ => return None,
    })
}

/// Whether the button may be gone once it was pressed.
fn changes_state(act: Act) -> bool {
    matches!(
        act,
        Act::Stop | Act::Look | Act::PutAway | Act::TakeBack | Act::FreshLink | Act::SendAgain
    )
}

/// Puts the keyboard on the first button that is left, or on what names the take.
fn focus_first(bar: NodeRef<html::Div>, home: &str) {
    let home = home.to_owned();
    request_animation_frame(move || {
        use wasm_bindgen::JsCast;
        let is_somewhere = document()
            .active_element()
            .is_some_and(|element| element.tag_name() != "BODY");
        if is_somewhere {
            return;
        }
        let first = bar
            .get_untracked()
            .and_then(|bar| bar.query_selector("button").ok().flatten());
        let target = first.or_else(|| document().get_element_by_id(&home));
        if let Some(element) = target.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Fails only for an element that cannot be focused.
            element.focus().ok();
        }
    });
}
