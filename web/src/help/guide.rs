//! The guide through the first take: one line that follows what is done, is in nobody's way, and can be closed.

use leptos::prelude::*;

use super::steps::{Facts, Step, step};
use crate::{
    app::{Columns, Politeness, announce},
    compose::{examples, focus::focus_first, form::Form, use_composer},
    desk::Desk,
    dom::{El, el},
    ids,
    kit::{Icon, Tone, button, icon_button},
    ledger::{Ledger, Shelved, Standing, now_ms},
    storage,
    task::{follow, next_frame},
    text::t,
};

const DONE: &str = "done";
/// Its line, for the focus.
const LINE: &str = ".guide-line";

/// Handle of the guide, given by context.
#[derive(Clone, Copy)]
pub struct Guide {
    is_shown: RwSignal<bool>,
    /// Takes made before then are not what it follows, Unix milliseconds.
    since_ms: RwSignal<u64>,
}

/// Gives the guide to everything below.
pub fn provide_guide() {
    let is_done = storage::stored(storage::GUIDE);
    provide_context(Guide {
        is_shown: RwSignal::new(is_done.as_deref() != Some(DONE)),
        since_ms: RwSignal::new(0),
    });
}

/// The guide.
///
/// # Panics
/// Outside the page's own tree, which is an error in the program.
pub fn use_guide() -> Guide {
    expect_context()
}

impl Guide {
    /// Shows it once more, for the next take.
    pub fn begin_again(self) {
        self.since_ms.set(now_ms());
        self.is_shown.set(true);
        // Once the dialog that asked for it has given the focus back.
        next_frame(|| next_frame(|| focus_first(LINE)));
    }

    fn end(self) {
        storage::remember(storage::GUIDE, DONE);
        self.is_shown.set(false);
        focus_first("#compose-title");
    }

    /// Puts it at the end of the header.
    pub fn in_header(self, header: El) -> El {
        header.when(move || self.is_shown.get(), move || self.view())
    }

    fn view(self) -> El {
        let composer = use_composer();
        let ledger = expect_context::<Ledger>();
        let desk = expect_context::<Desk>();
        let now = Memo::new(move |_| {
            let since_ms = self.since_ms.get();
            let mut facts = Facts {
                is_blank: composer.with(Form::is_blank),
                is_running: desk.is_sending().get(),
                is_kept: false,
            };
            ledger.takes.with(|takes| {
                for take in takes.iter().filter(|take| take.card.created_ms >= since_ms) {
                    facts.is_running |= matches!(take.card.standing, Standing::Running | Standing::Done);
                    facts.is_kept |= take.card.standing == Standing::Kept;
                }
            });
            step(facts)
        });
        let mut last = now.get_untracked();
        follow(move || {
            let step = now.get();
            if std::mem::replace(&mut last, step) == step {
                return;
            }
            match step {
                // Sending and watching are announced by themselves.
                Step::Begin | Step::Watch => {}
                Step::Send => announce((t().guide.say)(step), Politeness::Polite),
                Step::Kept => {
                    storage::remember(storage::GUIDE, DONE);
                    announce((t().guide.say)(step), Politeness::Polite);
                }
            }
        });
        self.spare_the_experienced(ledger);
        el("section")
            .class("guide")
            .attr("aria-label", t().guide.title)
            .swap(move || now.get(), move |step| self.line(*step))
            .child(icon_button(Icon::Close, t().guide.hide, move || self.end()))
    }

    /// Somebody whose takes were here already (from an archive, or an older page) has taken the first steps.
    fn spare_the_experienced(self, ledger: Ledger) {
        follow(move || {
            if !ledger.is_loaded.get() || self.since_ms.get_untracked() > 0 {
                return;
            }
            let is_kept = |shelved: &Shelved| shelved.card.standing == Standing::Kept;
            if ledger.takes.with_untracked(|takes| takes.iter().any(is_kept)) {
                storage::remember(storage::GUIDE, DONE);
                // Not while what goes with it is still being made.
                next_frame(move || self.is_shown.set(false));
            }
        });
    }

    fn line(self, step: Step) -> Vec<El> {
        let words = t().guide;
        let columns = expect_context::<Columns>();
        let composer = use_composer();
        let count = el("span")
            .class("guide-count num")
            .say((words.count)(step.number(), Step::COUNT));
        let line = el("p")
            .class("guide-line")
            .attr("tabindex", "-1")
            .child(count)
            .say(" ")
            .child(el("span").say((words.say)(step)));
        let go = |words: &'static str, id: &'static str| button(Tone::Plain, words, move || columns.go(id));
        let acts = match step {
            Step::Begin => vec![button(Tone::Plain, words.example, move || {
                composer.replace(examples::form_of(&t().compose.example_text));
                columns.show(ids::COMPOSE);
                // The pressed button goes with its step.
                next_frame(|| focus_first(LINE));
            })],
            Step::Send => vec![button(Tone::Plain, words.to_generate, || {
                focus_first("#generate");
            })],
            Step::Watch => vec![go(words.to_stage, ids::STAGE)],
            Step::Kept => vec![
                go(words.to_library, ids::LIBRARY),
                button(Tone::Quiet, words.done, move || self.end()),
            ],
        };
        vec![line, el("div").class("guide-acts").child(acts)]
    }
}
