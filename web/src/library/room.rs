//! Says when room for videos gets narrow, and makes some.

use leptos::prelude::*;

use super::face;
use crate::app::{Politeness, announce};
use crate::desk::Desk;
use crate::dom::{El, el, is_checked, live};
use crate::kit::{ChoiceOption, Icon, Tone, button, button_with, choice, dialog};
use crate::ledger::{Ledger, State, StorageTrouble};
use crate::sorted::Sorted;
use crate::task::follow;
use crate::text::{self, format};

/// Most characters of a prompt in the list.
const PROMPT_CHARS: usize = 60;

/// A kept video, as far as it takes room.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lump {
    /// Its take.
    pub id: String,
    /// The first words of its prompt.
    pub words: String,
    /// Its size.
    pub bytes: u64,
    /// When it was kept, Unix milliseconds.
    pub kept_ms: u64,
}

/// Puts what takes the most room first, or what is there the longest.
pub fn order(lumps: &mut [Lump], is_by_age: bool) {
    lumps.sort_unstable_by_key(|lump| {
        let size = u64::MAX - lump.bytes;
        if is_by_age {
            (lump.kept_ms, size)
        } else {
            (size, lump.kept_ms)
        }
    });
}

/// What is kept, reactively.
fn lumps(ledger: Ledger) -> Vec<Lump> {
    let mut found = Vec::new();
    for shelved in ledger.takes.get() {
        shelved.entry.with(|entry| {
            if let Some(take) = entry.take()
                && let State::Kept { file, .. } = &take.state
            {
                found.push(Lump {
                    id: take.id.clone(),
                    words: face::excerpt(&take.settings.prompt, PROMPT_CHARS),
                    bytes: file.bytes,
                    kept_ms: file.kept_ms,
                });
            }
        });
    }
    found
}

fn size(lumps: &[Lump]) -> u64 {
    lumps
        .iter()
        .fold(0, |all: u64, lump| all.saturating_add(lump.bytes))
}

/// The warning, while there is reason for one, with the way to make room.
pub fn room(ledger: Ledger) -> El {
    let words = &text::takes().room;
    let open = RwSignal::new(false);
    let text = move || {
        let room = ledger.room.get()?;
        let is_full = ledger.trouble.get() == Some(StorageTrouble::Full);
        if !is_full && !room.is_little() {
            return None;
        }
        let lumps = lumps(ledger);
        Some((words.little)(
            &format::bytes(room.left()),
            lumps.len(),
            &format::bytes(size(&lumps)),
        ))
    };
    let is_little = Memo::new(move |_| text().is_some());
    follow(move || {
        if is_little.get()
            && let Some(text) = untrack(text)
        {
            announce(text, Politeness::Polite);
        }
    });
    el("div")
        .class("little-room")
        .when(
            move || is_little.get(),
            move || {
                el("div").class("banner stack").child([
                    el("p").say(live(move || text().unwrap_or_default())),
                    el("div")
                        .class("row")
                        .child(button(Tone::Plain, words.make, move || open.set(true))),
                ])
            },
        )
        .child(dialog(open, words.make.trim_end_matches('…'), move |body| {
            list(body, ledger, open)
        }))
}

/// The list of what can go.
fn list(body: El, ledger: Ledger, open: RwSignal<bool>) -> El {
    let desk = expect_context::<Desk>();
    let words = &text::takes().room;
    let is_by_age = RwSignal::new(false);
    let ticked = RwSignal::new(Sorted::<()>::default());
    let chosen = move || {
        let mut lumps = lumps(ledger);
        ticked.with(|ticked| lumps.retain(|lump| ticked.contains(&lump.id)));
        lumps
    };
    let shown = move || {
        let mut lumps = lumps(ledger);
        order(&mut lumps, is_by_age.get());
        lumps
    };
    let options = [("largest", words.largest), ("oldest", words.oldest)];
    let orders = choice(
        words.order,
        options.map(|(value, label)| ChoiceOption { value, label }),
        move || options[usize::from(is_by_age.get())].0.to_owned(),
        move |value| is_by_age.set(value == "oldest"),
    );
    let now_ms = desk.now_ms.get_untracked();
    let list = el("ul")
        .class("room-list")
        .each(shown, move |lump| row(lump, now_ms, ticked));
    let say = live(move || match chosen().as_slice() {
        [] => words.none.to_owned(),
        some => (words.delete)(some.len(), &format::bytes(size(some))),
    });
    let delete = button_with(Icon::Remove, Tone::Danger, say, move || {
        let ids: Vec<String> = chosen().into_iter().map(|lump| lump.id).collect();
        if !ids.is_empty() {
            open.set(false);
            desk.make_room(ids);
        }
    })
    .unavailable(move || chosen().is_empty());
    body.child([el("p").class("hint").say(words.about), orders, list, delete])
}

fn row(lump: &Lump, now_ms: u64, ticked: RwSignal<Sorted<()>>) -> El {
    let age = face::rough(now_ms.saturating_sub(lump.kept_ms) / 1000);
    let facts = (text::takes().room.each)(&format::bytes(lump.bytes), &age);
    let (id, own) = (lump.id.clone(), lump.id.clone());
    let tick = el("input")
        .attr("type", "checkbox")
        .checked(move || ticked.with(|ticked| ticked.contains(&own)))
        .on("change", move |event| {
            ticked.update(|ticked| {
                if is_checked(&event) {
                    ticked.insert(&id, ());
                } else {
                    ticked.remove(&id);
                }
            });
        });
    let line = el("label").class("room-line").child([
        tick,
        el("span").attr("dir", "auto").say(lump.words.clone()),
        el("span").class("take-facts num").say(facts),
    ]);
    el("li").child(line)
}
