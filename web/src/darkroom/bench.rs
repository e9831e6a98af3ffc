//! The bench: one picture, cropped, scaled and written anew until it may be sent.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::Darkroom;
use super::crop_tool::{Cut, crop_tool, number};
use super::develop::{Negative, Print};
use super::geometry::{LONGEST_SIDE, Shape, Size, largest, renamed};
use super::metadata::names_a_place;
use super::numbers::{Before, rows, side};
use crate::compose::{Composer, Slot};
use crate::demand::on_demand;
use crate::desk::ObjectUrl;
use crate::dom::{El, el, live};
use crate::kit::{ChoiceOption, Tone, button, choice, dialog};
use crate::task::{follow, sleep, spawn};
use crate::text::{self, t};

/// How long nothing must change before the picture is made, in milliseconds.
const SETTLED_MS: u32 = 250;
/// How much of a file is searched for a place, in bytes: it is written near the start.
const SEARCHED_BYTES: f64 = 1_048_576.0;

/// The shapes that can be chosen.
const SHAPES: [(&str, Shape); 4] = [
    ("free", Shape::Free),
    ("16:9", Shape::Fixed(16, 9)),
    ("9:16", Shape::Fixed(9, 16)),
    ("1:1", Shape::Fixed(1, 1)),
];

/// How far the picture is.
#[derive(Clone, PartialEq)]
enum Stage {
    Opening,
    /// The browser does not open it.
    Closed,
    Open(Before, Size),
}

/// What lies on the bench.
#[derive(Clone)]
struct Work {
    composer: Composer,
    slot: Slot,
    open: RwSignal<bool>,
    stage: RwSignal<Stage>,
    negative: StoredValue<Option<Rc<Negative>>, LocalStorage>,
}

/// The dialog.
pub fn bench(darkroom: Darkroom, composer: Composer) -> El {
    dialog(darkroom.bench, t().doors.darkroom, move |body| {
        body.child(on_demand(move || darkroom_bench(darkroom, composer)))
    })
}

crate::part! { in darkroom;
    /// What lies on the bench.
    pub(crate) fn darkroom_bench(darkroom: Darkroom, composer: Composer) -> El {
        on_bench(darkroom, composer)
    }
}

fn on_bench(darkroom: Darkroom, composer: Composer) -> El {
    let open = darkroom.bench;
    let body = el("div").class("stack");
    let slot = darkroom.slot.get_untracked();
    let picture = composer.now(|form| slot.of(form).clone());
    let (Some(file), Some(before)) = (darkroom.file(&picture), Before::of(&picture)) else {
        return body.child(el("p").say(text::darkroom().failed));
    };
    let work = Work {
        composer,
        slot,
        open,
        stage: RwSignal::new(Stage::Opening),
        negative: StoredValue::new_local(None),
    };
    let url = ObjectUrl::of(&file);
    let shown = url
        .as_ref()
        .map(|url| url.as_str().to_owned())
        .unwrap_or_default();
    on_cleanup(move || drop(url));
    let format = before.format.clone();
    spawn(develop(work.clone(), file, before));
    body.child(el("p").class("hint").say(text::darkroom().about))
        .swap(
            move || work.stage.get(),
            move |stage| match stage {
                Stage::Opening => vec![el("p").attr("role", "status").say(text::darkroom().opening)],
                Stage::Closed => closed(&format),
                Stage::Open(before, size) => table(&work, before, *size, &shown),
            },
        )
}

fn closed(format: &str) -> Vec<El> {
    let words = text::darkroom();
    vec![
        el("p").attr("role", "alert").say((words.cannot_open)(format)),
        el("p").say(words.convert),
    ]
}

/// Opens the file, and looks whether it names a place.
async fn develop(work: Work, file: Blob, mut before: Before) {
    if let Ok(head) = file.slice_with_f64_and_f64(0.0, SEARCHED_BYTES)
        && let Ok(bytes) = JsFuture::from(head.array_buffer()).await
    {
        before.had_location |= names_a_place(&Uint8Array::new(&bytes).to_vec());
    }
    let stage = match Negative::of(&file).await {
        Ok(negative) => {
            let size = negative.size();
            // The dialog may have been closed meanwhile; then nothing is there to be told.
            work.negative.try_set_value(Some(Rc::new(negative)));
            Stage::Open(before, size)
        }
        Err(_) => Stage::Closed,
    };
    work.stage.try_set(stage);
}

fn table(work: &Work, before: &Before, picture: Size, url: &str) -> Vec<El> {
    let words = text::darkroom();
    let cut = Cut {
        picture,
        crop: RwSignal::new(largest(picture, Shape::Free)),
        shape: RwSignal::new(Shape::Free),
    };
    let longest = RwSignal::new(picture.width.max(picture.height).min(LONGEST_SIDE));
    let print = RwSignal::new(None::<Result<Print, ()>>);
    keep_printing(work, cut, longest, before.is_png, print);
    let options = SHAPES.map(|(value, _)| ChoiceOption {
        value,
        label: if value == "free" { words.shape_free } else { value },
    });
    let chosen = move || {
        let now = cut.shape.get();
        let found = SHAPES.iter().find(|(_, shape)| *shape == now);
        found.map_or("free", |(value, _)| *value).to_owned()
    };
    let shapes = choice(words.shape, options, chosen, move |value| {
        let shape = SHAPES
            .iter()
            .find(|(name, _)| *name == value)
            .map_or(Shape::Free, |(_, shape)| *shape);
        cut.shape.set(shape);
        cut.crop.set(largest(picture, shape));
    });
    let scale = el("div").class("stack").child([
        number(
            words.longest.label,
            move || longest.get(),
            move |value| longest.set(value.clamp(1, LONGEST_SIDE)),
        ),
        el("p").class("hint").say(words.longest.hint),
    ]);
    vec![
        crop_tool(cut, url),
        shapes,
        scale,
        comparison(before.clone(), picture, print),
        buttons(work, before, picture, print),
    ]
}

/// Makes the picture whenever nothing has changed for a moment.
fn keep_printing(
    work: &Work,
    cut: Cut,
    longest: RwSignal<u32>,
    is_png: bool,
    print: RwSignal<Option<Result<Print, ()>>>,
) {
    let negative = work.negative;
    let turn = Rc::new(Cell::new(0_u32));
    follow(move || {
        let (crop, longest) = (cut.crop.get(), longest.get());
        print.set(None);
        let mine = turn.get().wrapping_add(1);
        turn.set(mine);
        let turn = Rc::clone(&turn);
        spawn(async move {
            sleep(SETTLED_MS).await;
            let Some(Some(negative)) = negative.try_with_value(Clone::clone) else {
                return;
            };
            if turn.get() != mine {
                return;
            }
            let made = negative.print(crop, longest, is_png).await;
            if let Err(trouble) = &made {
                web_sys::console::warn_1(trouble);
            }
            if turn.get() == mine {
                print.try_set(Some(made.map_err(drop)));
            }
        });
    });
}

fn comparison(before: Before, picture: Size, print: RwSignal<Option<Result<Print, ()>>>) -> El {
    let words = text::darkroom();
    let head = el("tr").child([
        el("th")
            .attr("scope", "col")
            .child(el("span").class("sr-only").say(words.numbers)),
        el("th").attr("scope", "col").say(words.before),
        el("th").attr("scope", "col").say(words.after),
    ]);
    let lines = move || {
        print.with(|print| {
            let made = print.as_ref().and_then(|made| made.as_ref().ok());
            rows(&before, picture, made.map(|made| &made.verdict))
        })
    };
    let body = el("tbody").swap(lines, |rows| {
        let line = |[name, before, after]: &[String; 3]| {
            el("tr").child([
                el("th").attr("scope", "row").say(name.clone()),
                el("td").say(before.clone()),
                el("td").say(after.clone()),
            ])
        };
        rows.iter().map(line).collect::<Vec<El>>()
    });
    el("table")
        .class("compare num")
        .child([el("thead").child(head), body])
}

fn buttons(work: &Work, before: &Before, picture: Size, print: RwSignal<Option<Result<Print, ()>>>) -> El {
    let words = text::darkroom();
    let (work, name) = (work.clone(), before.name.clone());
    let open = work.open;
    let is_fit = |print: &Print| print.verdict.issues.iter().all(|issue| !issue.is_error());
    let ready = move || print.with(|print| matches!(print, Some(Ok(print)) if is_fit(print)));
    let use_it = button(Tone::Primary, words.use_it, move || {
        let made =
            print.with_untracked(|print| print.as_ref().and_then(|made| made.clone().ok()).filter(is_fit));
        if let Some(Print { bytes, verdict }) = made {
            let after = verdict
                .info
                .map(|info| (info.format.name(), side(info.width, info.height)));
            let (format, after) = after.unwrap_or_default();
            let extension = if format == "png" { "png" } else { "jpg" };
            open.set(false);
            let said = (words.done)(&side(picture.width, picture.height), &after);
            work.composer
                .put_in_place(work.slot, bytes, renamed(&name, extension), said);
        }
    })
    .unavailable(move || !ready());
    let trouble = live(move || {
        let has_failed = print.with(|print| matches!(print, Some(Err(()))));
        if has_failed { words.failed } else { "" }.to_owned()
    });
    el("div").class("stack bench-end").child([
        el("p").class("take-say").attr("role", "status").say(trouble),
        el("div")
            .class("row")
            .child([use_it, button(Tone::Plain, words.cancel, move || open.set(false))]),
    ])
}
