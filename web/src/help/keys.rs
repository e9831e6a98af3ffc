//! The list of keys, as it is seen.

use leptos::prelude::*;

use super::shortcuts::{Line, Place, TABLE};
use super::use_guide;
use crate::{
    app::keys::{is_apple, is_question_on, turn_question},
    dom::{El, el},
    ids,
    kit::{Tone, button, switch},
    stage::{
        controls::keymap,
        key_dialog,
        keymap::{Deed, Keymap},
    },
    text::{self, keys},
};

crate::part! { in help;
    /// The list, and the way back to the guide. `open` is closed when that is gone.
    pub(crate) fn key_list(open: RwSignal<bool>) -> El {
        list(open)
    }
}

fn list(open: RwSignal<bool>) -> El {
    let words = keys();
    let groups = Place::EACH.map(|place| {
        let lines = TABLE.iter().filter(|(own, ..)| *own == place).map(line);
        group((words.place)(place), lines)
    });
    let player = keymap().get_untracked();
    let lines = Deed::EACH.map(|deed| {
        let key = el("dt").child(el("kbd").say(shown(player.key(deed))));
        el("div")
            .class("key")
            .child([key, el("dd").say(key_dialog::name(deed))])
    });
    let guide = use_guide();
    let again = button(Tone::Plain, words.guide_again, move || {
        open.set(false);
        guide.begin_again();
    });
    el("div")
        .class("key-groups")
        .child(groups)
        .child(group(words.player, lines).child(player_note(&player)))
        .child(question())
        .child(el("div").class("row").child(again))
}

fn group(name: &'static str, lines: impl IntoIterator<Item = El>) -> El {
    let title = ids::fresh("keys");
    el("section")
        .class("key-group")
        .attr("aria-labelledby", &title)
        .child(el("h3").id(&title).say(name))
        .child(el("dl").class("keys").child(lines))
}

fn player_note(player: &Keymap) -> El {
    let words = keys();
    el("p").class("hint").say(if player.is_on {
        words.player_own
    } else {
        words.player_off
    })
}

fn line((_, what, all): &Line) -> El {
    let mut term = el("dt");
    for (at, chord) in all.iter().enumerate() {
        if at > 0 {
            term = term.say(" ");
        }
        let parts = chord.split('+').map(|part| el("kbd").say(shown(part)));
        term = term.child(el("span").class("chord").child(parts));
    }
    el("div")
        .class("key")
        .child([term, el("dd").say((keys().does)(*what))])
}

/// A key as its cap names it.
fn shown(key: &str) -> String {
    let name = match key {
        "Mod" if is_apple() => "⌘",
        "Mod" | "Ctrl" => "Ctrl",
        "Alt" if is_apple() => "⌥",
        "Shift" => "⇧",
        "ArrowLeft" => "←",
        "ArrowRight" => "→",
        "ArrowUp" => "↑",
        "ArrowDown" => "↓",
        "Escape" => "Esc",
        "PageUp" => "PgUp",
        "PageDown" => "PgDn",
        "Delete" => "Del",
        "Backspace" => "⌫",
        " " => text::player().space,
        // One letter as it stands on its cap; Home, End, Enter as they are called.
        other if other.len() == 1 => return other.to_ascii_uppercase(),
        other => other,
    };
    name.to_owned()
}

/// A key of one character must be one that can be turned off.
fn question() -> El {
    let words = keys();
    let hint = ids::fresh("keys-hint");
    let is_on = RwSignal::new(is_question_on());
    let turn = move |on| {
        turn_question(on);
        is_on.set(on);
    };
    el("div").child([
        switch(
            words.question,
            &ids::fresh("keys-question"),
            &hint,
            move || is_on.get(),
            turn,
        ),
        el("p").class("hint").id(&hint).say(words.note),
    ])
}
