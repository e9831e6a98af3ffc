//! What its author holds a take for: a star, a note, and which attempt it is.

use std::sync::Arc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use crate::desk::Desk;
use crate::dom::{El, el, live};
use crate::ids;
use crate::kit::{Icon, Tone, button, button_with, lamp};
use crate::ledger::{Filed, Ledger, Take};
use crate::library::attempts::attempts;
use crate::library::face;
use crate::task::spawn;
use crate::text::{self, format};

/// Longest note, in characters.
const NOTE_CHARS: usize = 4_000;

/// The star and the note.
pub fn filed(take: Memo<Take>) -> El {
    let words = text::library();
    let ledger = expect_context::<Ledger>();
    let is_starred = move || take.with(|take| take.filed.is_starred);
    let star = button_with(
        Icon::Star,
        Tone::Quiet,
        live(move || if is_starred() { words.unstar } else { words.star }.to_owned()),
        move || {
            let is_starred = !untrack(is_starred);
            change(ledger, take, move |filed| filed.is_starred = is_starred);
        },
    )
    .toggle("starred", is_starred);
    el("div").class("filed").child([star, note(ledger, take)])
}

fn change(ledger: Ledger, take: Memo<Take>, change: impl Fn(&mut Filed) + 'static) {
    let id = take.with_untracked(|take| take.id.clone());
    // Where it fails, the ledger says what is wrong with storage.
    spawn(async move { drop(ledger.file(&[id], change).await) });
}

fn note(ledger: Ledger, take: Memo<Take>) -> El {
    let words = text::library();
    let id = ids::fresh("note");
    let field = el("textarea")
        .id(&id)
        .class("words")
        .attr("rows", "2")
        .attr("maxlength", &NOTE_CHARS.to_string())
        .attr("aria-describedby", &format!("{id}-hint"))
        .value(move || take.with(|take| take.filed.note.clone()));
    let area: HtmlTextAreaElement = field.node().clone().unchecked_into();
    let field = field.on("change", move |_| {
        let note = area.value();
        change(ledger, take, move |filed| note.clone_into(&mut filed.note));
    });
    let has_note = take.with_untracked(|take| !take.filed.note.is_empty());
    let fold = el("details").class("note-fold");
    let fold = if has_note { fold.attr("open", "") } else { fold };
    fold.child([
        el("summary").say(words.note),
        el("label").class("sr-only").attr("for", &id).say(words.note),
        field,
        el("p")
            .class("hint")
            .id(&format!("{id}-hint"))
            .say(words.note_hint),
    ])
}

/// One attempt of several.
#[derive(Clone, PartialEq)]
struct Attempt {
    id: Arc<str>,
    micro_usd: u64,
}

fn all(ledger: Ledger, id: &str) -> Vec<Attempt> {
    ledger.takes.with(|takes| {
        let cards: Vec<_> = takes
            .iter()
            .map(|shelved| (shelved.id.as_str(), &*shelved.card))
            .collect();
        attempts(&cards, id)
            .into_iter()
            .map(|index| Attempt {
                id: takes[index].id.as_str().into(),
                micro_usd: takes[index].card.micro_usd,
            })
            .collect()
    })
}

/// Which attempt a take is, and the others, where it was made more than once; each with its own cost.
pub fn attempts_of(take: Memo<Take>) -> El {
    let ledger = expect_context::<Ledger>();
    let id = Memo::new(move |_| take.with(|take| take.id.clone()));
    let attempts = Memo::new(move |_| id.with(|id| all(ledger, id)));
    el("div").class("attempts").swap(
        move || attempts.get(),
        move |attempts| (attempts.len() > 1).then(|| list(ledger, attempts, &id.get_untracked())),
    )
}

fn list(ledger: Ledger, attempts: &[Attempt], own: &str) -> El {
    let words = text::library();
    let sum = attempts.iter().map(|attempt| attempt.micro_usd).sum();
    let of = attempts.len();
    let number = attempts
        .iter()
        .position(|attempt| &*attempt.id == own)
        .map_or(1, |place| place + 1);
    let lines = attempts
        .iter()
        .enumerate()
        .map(|(place, attempt)| line(ledger, place + 1, of, attempt, &*attempt.id == own));
    el("details").child([
        el("summary").say((words.attempt)(number, of)),
        el("p")
            .class("soft num")
            .say((words.attempts)(of, &format::usd(sum))),
        el("ol").child(lines),
    ])
}

fn line(ledger: Ledger, number: usize, of: usize, attempt: &Attempt, is_own: bool) -> El {
    let desk = expect_context::<Desk>();
    let name = (text::library().attempt)(number, of);
    let id = Arc::clone(&attempt.id);
    let words = if is_own {
        el("strong").say(name)
    } else {
        button(Tone::Quiet, name, move || desk.show(&id))
    };
    let state = ledger.take(&attempt.id).map(|take| {
        let (light, word) = (face::light(&take.state), face::word(&take.state, false));
        lamp(move || light, word)
    });
    let cost = if attempt.micro_usd == 0 {
        text::takes().say.free.to_owned()
    } else {
        format::usd(attempt.micro_usd)
    };
    el("li")
        .child(words)
        .child(state)
        .child(el("span").class("soft num").say(cost))
}
