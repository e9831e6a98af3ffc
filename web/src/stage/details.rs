//! What is known of a take: where, when, how long, how much, and the request itself.

use leptos::prelude::*;

use super::request;
use crate::desk::Desk;
use crate::dom::{El, el, live};
use crate::kit::{Icon, icon_button, use_toaster};
use crate::ledger::{Charge, Ledger, Maker, State, Take};
use crate::library::face;
use crate::task::spawn;
use crate::text::{self, format, t};

/// Most characters of the prompt of the take that this one continues.
const PROMPT_CHARS: usize = 80;

/// The details, folded.
pub fn details(take: Memo<Take>) -> El {
    let words = &text::takes().stage;
    let ledger = expect_context::<Ledger>();
    let list = el("dl")
        .swap(
            move || take.with(|take| take.state.task().map(str::to_owned)),
            |task| task.as_deref().map(task_id),
        )
        .swap(
            move || {
                let before = take.with(|take| ledger.take(take.continues.as_deref()?));
                take.with(|take| rows(take, before.as_ref()))
            },
            |rows| {
                let row = |(name, value): &(&'static str, String)| {
                    el("div").child([
                        el("dt").say(*name),
                        el("dd").class("num").attr("dir", "auto").say(value.clone()),
                    ])
                };
                rows.iter().map(row).collect::<Vec<El>>()
            },
        );
    el("details")
        .class("take-details")
        .child([
            el("summary").say(words.details),
            list,
            el("p").class("soft").say(words.no_seed),
        ])
        .when(
            move || take.with(|take| take.settings.sound),
            move || el("p").class("soft").say(words.no_captions),
        )
        .child(request_text(take))
}

fn task_id(task: &str) -> El {
    let words = text::takes();
    let toaster = use_toaster();
    let copied = task.to_owned();
    let copy = move || {
        let writing = window().navigator().clipboard().write_text(&copied);
        spawn(async move {
            // Refused without permission: the id stands beside the button, to be selected.
            if wasm_bindgen_futures::JsFuture::from(writing).await.is_ok() {
                toaster.say(text::takes().say.copied);
            }
        });
    };
    // Without https there is no clipboard for pages.
    let copy = window()
        .is_secure_context()
        .then(|| icon_button(Icon::Copy, words.act.copy, copy));
    let id = el("dd")
        .class("task-id")
        .child(el("code").say(task.to_owned()))
        .child(copy);
    el("div").child([el("dt").say(words.stage.task), id])
}

/// The request as it was sent, made when it is asked for: its images are read from the disk.
fn request_text(take: Memo<Take>) -> El {
    let desk = expect_context::<Desk>();
    let text = RwSignal::new(None::<String>);
    let fill = move |_| {
        // Told after it was opened, when its view may have gone.
        if text.try_with_untracked(Option::is_none) != Some(true) {
            return;
        }
        let now = take.get_untracked();
        spawn(async move {
            let shown = match desk.request(&now).await {
                Some(checked) => request::readable(&checked.request.body()),
                None => text::takes().say.cannot_repeat.to_owned(),
            };
            text.try_set(Some(shown));
        });
    };
    let shown = live(move || text.get().unwrap_or_default());
    el("details").class("verbatim-words").on("toggle", fill).child([
        el("summary").say(text::takes().stage.request),
        el("pre").class("verbatim").attr("tabindex", "0").say(shown),
    ])
}

fn rows(take: &Take, before: Option<&Take>) -> Vec<(&'static str, String)> {
    let words = &text::takes().stage;
    let settings = &take.settings;
    let mode = if settings.image.is_some() {
        words.image_to_video
    } else {
        words.text_to_video
    };
    let mut rows = vec![(
        words.sent,
        format!("{mode} · {}", format::moment(take.created_ms)),
    )];
    if let Some(took) = took_ms(take) {
        rows.push((words.took, face::clock(took)));
    }
    rows.push((words.cost, cost(take)));
    rows.push((words.guidance, format::number(settings.cfg_scale)));
    if let Some(negative) = &settings.negative_prompt {
        rows.push((words.negative, negative.clone()));
    }
    for (index, shot) in settings.shots.iter().enumerate() {
        let name = if index == 0 { words.shots_name } else { "" };
        let seconds = (t().measures.seconds)(&format::whole(shot.duration_secs.into()));
        rows.push((name, [&seconds, " · ", &shot.prompt].concat()));
    }
    if let Some(before) = before {
        let prompt = face::excerpt(&before.settings.prompt, PROMPT_CHARS);
        rows.push((text::paper().continues, prompt));
    }
    if let State::Kept { file, .. } = &take.state {
        rows.push((words.size, format::bytes(file.bytes)));
    }
    rows
}

/// From the click to the end, as far as the records tell.
fn took_ms(take: &Take) -> Option<u64> {
    let end_ms = match &take.state {
        State::Kept { file, .. } => file.kept_ms,
        State::Succeeded { .. } | State::Failed { .. } => take.changed_ms,
        _ => return None,
    };
    Some(end_ms.saturating_sub(take.created_ms))
}

fn cost(take: &Take) -> String {
    let price = &take.price;
    match take.maker {
        Maker::Engine => text::takes().say.free.to_owned(),
        Maker::Provider | Maker::Unknown => {
            let (whole, rate) = (format::usd(price.micro_usd), format::usd(price.rate_micro_usd));
            let line = (text::takes().stage.cost_line)(&whole, &rate, &format::day(&price.as_of));
            let charged = match Charge::of(take) {
                Charge::Billed => text::money().was_billed,
                Charge::Unknown => text::money().was_unknown,
                Charge::NotBilled => text::money().was_not,
            };
            [&line, " · ", charged].concat()
        }
    }
}
