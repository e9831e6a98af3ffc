//! What a row of the list and the stage show alike.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::face::{self, Act};
use crate::desk::{Desk, Tools};
use crate::dom::{El, el, live};
use crate::kit::{
    Field, FieldIds, Icon, NoteKind, Tone, button, button_with, icon_button, note, notes, progress,
};
use crate::ledger::{Progress as Came, State, Take};
use crate::task::next_frame;
use crate::text::{self, format};
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
pub fn how_far(take: Memo<Take>) -> El {
    let desk = expect_context::<Desk>();
    let figure = move || take.with(|take| Figure::of(take, desk.saving(&take.id), desk.now_ms.get()));
    el("div")
        .class("how-far")
        .when(
            move || figure().percent.is_some(),
            move || {
                progress(
                    move || figure().percent.unwrap_or_default(),
                    live(move || figure().label.to_owned()),
                )
            },
        )
        .child(el("span").class("num").say(live(move || figure().words)))
}

/// What [`how_far`] shows.
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
        let words = text::takes();
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
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a record's guess is finite and not below 0"
)]
fn to_go(eta_secs: f64, gone_secs: u64) -> Option<String> {
    let left = (eta_secs.round() as u64).saturating_sub(gone_secs);
    (left >= 1).then(|| (text::takes().say.to_go)(&face::rough(left)))
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

/// The buttons of a take, put into `place`. `named_by` is the id of what names the take. A button that is there before
/// and after a change stays the same element: a press that has begun on it is not lost, nor is the keyboard's place.
pub fn acts(place: El, take: Memo<Take>, acts: impl Fn(&Take) -> Vec<Act> + 'static, named_by: &str) -> El {
    let desk = expect_context::<Desk>();
    let tools = tools();
    let is_pasting = RwSignal::new(false);
    let bar = el("div").class("acts");
    let (home, inside) = (named_by.to_owned(), bar.clone());
    let press: Rc<dyn Fn(Act)> = Rc::new(move |act| {
        if act == Act::Paste {
            is_pasting.set(true);
        } else {
            let id = take.with_untracked(|take| take.id.clone());
            desk.act(act, &id, tools);
        }
    });
    let named_by = named_by.to_owned();
    let buttons = move || {
        let active = document().active_element();
        if inside.node().contains(active.as_deref()) {
            // The button that has the keyboard may go; the keyboard's place must not go with it.
            focus_first(inside.clone(), home.clone());
        }
        take.with(|take| Button::each(take, acts(take)))
    };
    let bar = bar.each(buttons, move |button| {
        take.with_untracked(|take| button.view(take, &named_by, Rc::clone(&press)))
    });
    place
        .child(crate::connection::locked(take))
        .child(bar)
        .when(move || is_pasting.get(), move || paste_id(take, is_pasting))
}

/// What a button is made of: as long as that is the same, so is the button.
#[derive(PartialEq)]
struct Button {
    act: Act,
    tone: Tone,
    /// Where it leads, for one that is a link.
    link: Option<String>,
    /// Whether the end is waited for: the words of one say so.
    is_awaited: bool,
}

impl Button {
    fn each(take: &Take, acts: Vec<Act>) -> Vec<Self> {
        let state = &take.state;
        let is_unsure = matches!(state, State::Unsure { .. });
        let link = |act| match act {
            Act::Download => face::to_save(state).map(|link| link.url.clone()),
            _ => None,
        };
        let button = |act| Self {
            act,
            tone: tone(act, is_unsure),
            link: link(act),
            is_awaited: take.is_awaited && act == Act::Tell,
        };
        acts.into_iter().map(button).collect()
    }

    fn view(&self, take: &Take, named_by: &str, press: Rc<dyn Fn(Act)>) -> El {
        let act = self.act;
        let words = act.words(take);
        if let Some(link) = &self.link {
            // A link that its reader opens and saves in any way the browser knows.
            return el("a")
                .class("button")
                .attr("href", link)
                .attr("target", "_blank")
                .attr("rel", "noopener noreferrer")
                .attr("aria-describedby", named_by)
                .child(kit::icon(Icon::Download))
                .say(words);
        }
        let press = move || press(act);
        if act == Act::Delete {
            return icon_button(Icon::Remove, words, press);
        }
        if act == Act::FindFile {
            return find_file(take, words);
        }
        if act == Act::SendAgain && face::wait_ms(take, expect_context::<Desk>().now_ms.get_untracked()) > 0 {
            return waiting(take.clone(), named_by, press);
        }
        match icon(act) {
            Some(icon) => button_with(icon, self.tone, words, press),
            None => button(self.tone, words, press),
        }
        .attr("aria-describedby", named_by)
    }
}

/// The button that sends again once the provider's wait is over, which it counts down.
fn waiting(take: Take, named_by: &str, press: impl Fn() + 'static) -> El {
    let desk = expect_context::<Desk>();
    let words_of = take.clone();
    let left = Memo::new(move |_| face::wait_ms(&take, desk.now_ms.get()).div_ceil(1000));
    let words = move || match left.get() {
        0 => Act::SendAgain.words(&words_of),
        secs => (text::watching().wait)(&face::clock(secs * 1000)),
    };
    button(Tone::Plain, live(words), move || {
        if left.get_untracked() == 0 {
            press();
        }
    })
    .unavailable(move || left.get() > 0)
    .attr("aria-describedby", named_by)
}

/// The button that looks for a take's file on its owner's disk.
fn find_file(take: &Take, words: String) -> El {
    let desk = expect_context::<Desk>();
    let toaster = kit::use_toaster();
    let id = take.id.clone();
    let input = el("input")
        .attr("type", "file")
        .attr("hidden", "")
        .attr("accept", "video/mp4,video/webm,image/gif");
    let field: web_sys::HtmlInputElement = input.node().clone().unchecked_into();
    let opened = field.clone();
    let input = input.on("change", move |_| {
        if let Some(file) = field.files().and_then(|files| files.get(0)) {
            desk.keep_file(id.clone(), file, toaster);
        }
        field.set_value("");
    });
    el("span")
        .class("find-file")
        .child(button(Tone::Plain, words, move || opened.click()))
        .child(input)
}

/// Where the task id of an unsure take is pasted; `open` is set to close it.
fn paste_id(take: Memo<Take>, open: RwSignal<bool>) -> El {
    let desk = expect_context::<Desk>();
    let words = text::takes();
    let ids = FieldIds::of(&ids::fresh("task-id"));
    let text = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<&'static str>);
    let use_it = move || {
        let id = take.with_untracked(|take| take.id.clone());
        match desk.name_task(&id, &text.get_untracked()) {
            Ok(()) => open.set(false),
            Err(why) => wrong.set(Some(why)),
        }
    };
    let input = el("input")
        .attr("type", "text")
        .id(&ids.control)
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .set_aria("aria-invalid", move || wrong.get().is_some())
        .attr("aria-describedby", &ids.described_by())
        .value(move || text.get())
        .on_text(move |now| {
            wrong.set(None);
            text.set(now);
        });
    let focused = input.html();
    // Fails only for an element that cannot be focused.
    next_frame(move || drop(focused.focus()));
    let notes = notes().swap(
        move || wrong.get(),
        |wrong| wrong.map(|wrong| note(NoteKind::Error, wrong.to_owned(), None)),
    );
    let field = Field {
        ids,
        label: words.stage.paste_label.into(),
        aside: None,
        hint: words.stage.paste_hint.into(),
        notes,
        control: input,
    };
    let buttons = el("div").class("acts").child([
        button(Tone::Plain, words.act.use_id, use_it),
        button(Tone::Quiet, words.act.cancel, move || open.set(false)),
    ]);
    el("form")
        .class("paste-id")
        .on("submit", move |event| {
            event.prevent_default();
            use_it();
        })
        .child([field.view(), buttons])
}

/// The provider's own words, for those who want them: text, whatever it holds.
pub fn provider_words(words: &str) -> El {
    el("details").class("verbatim-words").child([
        el("summary").say(text::takes().stage.words),
        el("p")
            .class("verbatim")
            .attr("dir", "auto")
            .say(words.to_owned()),
    ])
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

/// Puts the keyboard on the first button that is left, or on what names the take.
fn focus_first(bar: El, home: String) {
    next_frame(move || {
        let is_somewhere = document()
            .active_element()
            .is_some_and(|element| element.tag_name() != "BODY");
        if is_somewhere {
            return;
        }
        let first = bar.node().query_selector("button").ok().flatten();
        if let Some(element) = first.or_else(|| document().get_element_by_id(&home)) {
            // Fails only for an element that cannot be focused.
            drop(element.unchecked_into::<web_sys::HtmlElement>().focus());
        }
    });
}
