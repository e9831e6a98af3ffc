//! The dialog of the archive: everything out, and back in.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{File, HtmlInputElement};

use super::export::{export, videos};
use super::format::NoArchive;
use super::import::import;
use super::keep;
use super::read::{Plan, Refusal, Source, look};
use super::work::{Work, list};
use crate::compose::named::{self, Item};
use crate::compose::{Composer, use_composer};
use crate::desk::Desk;
use crate::dom::{El, el, is_checked, live};
use crate::kit::{Icon, NoteKind, Tone, button, button_with, note};
use crate::ledger::Ledger;
use crate::money::purse;
use crate::storage;
use crate::task::{sleep, spawn};
use crate::text::{self, format};

/// What is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    /// The choice what to do.
    Front,
    /// An archive is being read.
    Reading,
    /// It was not read.
    Refused,
    /// What it would change.
    Plan,
    /// It goes on.
    Working,
}

type Read = Rc<(Source, Plan)>;

#[derive(Clone, Copy)]
struct Room {
    step: RwSignal<Step>,
    refusal: RwSignal<String>,
    read: StoredValue<Option<Read>, LocalStorage>,
    work: RwSignal<Work>,
    open: RwSignal<bool>,
    desk: Desk,
    ledger: Ledger,
    composer: Composer,
}

crate::part! { in archive;
    /// The archive of everything.
    pub(crate) fn archive_room(file: Option<File>, open: RwSignal<bool>) -> El {
        room(file, open)
    }
}

fn room(file: Option<File>, open: RwSignal<bool>) -> El {
    let room = Room {
        step: RwSignal::new(Step::Front),
        refusal: RwSignal::default(),
        read: StoredValue::new_local(None),
        work: RwSignal::new(Work::new()),
        open,
        desk: expect_context(),
        ledger: expect_context(),
        composer: use_composer(),
    };
    room.desk.open();
    if let Some(file) = file {
        room.read(file);
    }
    el("div").class("stack archive").swap(
        move || room.step.get(),
        move |step| match step {
            Step::Front => room.front(),
            Step::Refused => {
                let mut all = vec![note(NoteKind::Error, room.refusal.get_untracked(), None)];
                all.extend(room.front());
                all
            }
            Step::Reading | Step::Working => {
                vec![room.work.get_untracked().view(move || open.set(false))]
            }
            Step::Plan => room.plan(),
        },
    )
}

impl Room {
    fn front(self) -> Vec<El> {
        vec![self.out(), self.back()]
    }

    fn out(self) -> El {
        let words = text::archive();
        let with_videos = RwSignal::new(true);
        let tick = el("input")
            .attr("type", "checkbox")
            .checked(move || with_videos.get())
            .on("change", move |event| with_videos.set(is_checked(&event)));
        let size = move || {
            let (bytes, count) = videos(self.ledger);
            (words.with_videos)(count, &format::bytes(bytes))
        };
        let press = button_with(Icon::Download, Tone::Primary, words.export, move || {
            let work = Work::new();
            let with_videos = with_videos.get_untracked();
            work.expect(if with_videos {
                untrack(|| videos(self.ledger)).0
            } else {
                0
            });
            self.work.set(work);
            self.step.set(Step::Working);
            spawn(async move {
                self.until_loaded().await;
                if let Err(why) = export(self.ledger, self.composer, work, with_videos).await {
                    work.stop(&why);
                }
            });
        });
        el("section").class("stack-tight").child([
            el("h3").say(words.export_title),
            el("p").class("hint").say(words.export_about),
            el("label")
                .class("tick")
                .child(tick)
                .child(el("span").say(live(size))),
            el("div").class("row").child(press),
        ])
    }

    fn back(self) -> El {
        let words = text::archive();
        let picker = el("input")
            .attr("type", "file")
            .class("picker")
            .attr("accept", ".zip,application/zip")
            .attr("tabindex", "-1")
            .attr("aria-hidden", "true");
        let input: HtmlInputElement = picker.node().clone().unchecked_into();
        let chosen = input.clone();
        let picker = picker.on("change", move |_| {
            if let Some(file) = chosen.files().and_then(|files| files.get(0)) {
                self.read(file);
            }
        });
        let press = button(Tone::Plain, words.choose, move || {
            input.set_value("");
            input.click();
        });
        el("section").class("stack-tight").child([
            el("h3").say(words.import_title),
            el("p").class("hint").say(words.import_about),
            picker,
            el("div").class("row").child(press),
        ])
    }

    /// Reads an archive, and shows what it would change.
    fn read(self, file: File) {
        let work = Work::new();
        self.work.set(work);
        self.step.set(Step::Reading);
        spawn(async move {
            self.until_loaded().await;
            let refusal = match look(file.into(), self.ledger, work).await {
                Ok(read) => {
                    self.read.try_set_value(Some(Rc::new(read)));
                    self.step.try_set(Step::Plan);
                    return;
                }
                Err(refusal) => refusal,
            };
            let words = text::archive();
            let said = match refusal {
                Refusal::Other(NoArchive::Newer) => words.newer,
                Refusal::Other(NoArchive::Other) => words.no_archive,
                Refusal::Damaged => words.damaged,
                Refusal::Cancelled => words.not_read,
            };
            crate::app::announce(said, crate::app::Politeness::Assertive);
            self.refusal.try_set(said.to_owned());
            self.step.try_set(Step::Refused);
        });
    }

    async fn until_loaded(self) {
        self.desk.opened().await;
        while !self.ledger.is_loaded.get_untracked() {
            sleep(50).await;
        }
    }

    fn plan(self) -> Vec<El> {
        let Some(read) = self.read.get_value() else {
            return Vec::new();
        };
        let words = text::archive();
        let plan = &read.1;
        let here = self.ledger.takes.with_untracked(Vec::len);
        let rows = [
            (words.row_takes, here, here + plan.fresh, plan.takes.len()),
            own_row(words.row_drafts, &keep::items(storage::DRAFTS), &plan.drafts),
            own_row(
                words.row_snippets,
                &keep::items(storage::SNIPPETS),
                &plan.snippets,
            ),
            own_row(words.row_spent, &purse::gone(), &plan.spent),
        ];
        let mut all = vec![
            el("p").say((words.would)(
                plan.fresh,
                plan.better,
                plan.takes.len() - plan.fresh - plan.better,
            )),
            table(&rows),
        ];
        if plan.video_bytes > 0 {
            all.push(
                el("p")
                    .class("hint num")
                    .say((words.videos_size)(&format::bytes(plan.video_bytes))),
            );
        }
        if !plan.left_out.is_empty() {
            all.push(list(&(words.left_out)(plan.left_out.len()), &plan.left_out));
        }
        let with_choices = RwSignal::new(false);
        if !plan.choices.is_empty() {
            let tick = el("input")
                .attr("type", "checkbox")
                .checked(move || with_choices.get())
                .on("change", move |event| with_choices.set(is_checked(&event)));
            all.push(
                el("label")
                    .class("tick")
                    .child(tick)
                    .child(el("span").say(words.with_choices)),
            );
        }
        all.push(el("div").class("row").child([
            button(Tone::Primary, words.import, move || {
                self.take_in(with_choices.get_untracked());
            }),
            button(Tone::Plain, words.cancel, move || self.open.set(false)),
        ]));
        all
    }

    fn take_in(self, with_choices: bool) {
        let Some(read) = self.read.get_value() else { return };
        let work = Work::new();
        self.work.set(work);
        self.step.set(Step::Working);
        spawn(async move {
            let (source, plan) = &*read;
            import(self.ledger, self.composer, source, plan, with_choices, work).await;
        });
    }
}

fn own_row(name: &'static str, here: &[Item], arriving: &[Item]) -> (&'static str, usize, usize, usize) {
    let fresh = named::fresh(here, arriving).len();
    (name, here.len(), here.len() + fresh, arriving.len())
}

/// What is here, what is in the archive, and what will be here.
fn table(rows: &[(&'static str, usize, usize, usize)]) -> El {
    let words = text::archive();
    let head = |words: &'static str| el("th").attr("scope", "col").say(words);
    let row = |(name, here, after, inside): &(&'static str, usize, usize, usize)| {
        let cell = |count: usize| el("td").class("num").say(format::whole(count as u64));
        el("tr").child(el("th").attr("scope", "row").say(*name)).child([
            cell(*here),
            cell(*inside),
            cell(*after),
        ])
    };
    el("table").class("archive-table").child([
        el("thead").child(el("tr").child([
            el("td"),
            head(words.column_here),
            head(words.column_archive),
            head(words.column_after),
        ])),
        el("tbody").child(rows.iter().map(row)),
    ])
}
