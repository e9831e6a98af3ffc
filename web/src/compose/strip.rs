//! The timeline: a strip whose widths are seconds. Shots move and change their length on it by pointer and by keys.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::*;
use rushes_core::limits::{DURATION_MAX_SECS, DURATION_MIN_SECS};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent, PointerEvent};

use super::{
    fields::FieldKey,
    form::{Form, ShotForm},
    history::Step,
    shot_strip,
    state::{Composer, use_composer},
    timeline,
};
use crate::{
    app::{Politeness, announce},
    dom::{El, el, live},
    library::face,
    text::{format, t},
};

/// How far a pointer goes before a press becomes a drag, in CSS pixels.
const SLACK_PX: f64 = 4.0;
/// Most characters of a shot's words in its name on the timeline.
const NAME_CHARS: usize = 60;

/// What is dragged.
#[derive(Clone, Copy, PartialEq)]
enum Grip {
    Shot,
    Edge,
}

/// A drag that is going on.
struct Drag {
    id: u32,
    grip: Grip,
    from_px: f64,
    /// The shots as they were.
    before: Vec<ShotForm>,
    is_moving: bool,
    /// All of it is one step to be undone.
    step: Step,
}

/// The strip while it stands.
#[derive(Clone)]
struct Strip {
    composer: Composer,
    node: HtmlElement,
    drag: Rc<RefCell<Option<Drag>>>,
    dragged: RwSignal<Option<u32>>,
    /// The shot that the Tab key reaches.
    current: RwSignal<u32>,
}

/// The timeline of the form's shots.
pub fn timeline_strip() -> El {
    let composer = use_composer();
    let words = t().shots;
    let place = el("div")
        .class("strip")
        .attr("role", "group")
        .attr("aria-label", words.timeline)
        .attr("aria-describedby", "timeline-help timeline-keys");
    let strip = Strip {
        composer,
        node: place.html(),
        drag: Rc::default(),
        dragged: RwSignal::new(None),
        current: RwSignal::new(0),
    };
    let (moves, ends, cancels, keys) = (strip.clone(), strip.clone(), strip.clone(), strip.clone());
    place
        .on("pointermove", move |event| moves.moved(event.unchecked_ref()))
        .on("pointerup", move |_| ends.end())
        .on("pointercancel", move |_| cancels.take_back())
        .on("keydown", move |event| {
            if event.unchecked_ref::<KeyboardEvent>().key() == "Escape" && keys.drag.borrow().is_some() {
                event.prevent_default();
                keys.take_back();
            }
        })
        .each(
            move || composer.with(|form| form.shots.iter().map(|shot| shot.id).collect::<Vec<u32>>()),
            move |id| strip.clone().frame(*id),
        )
}

impl Strip {
    fn frame(self, id: u32) -> El {
        let composer = self.composer;
        let width = move || {
            let (all, index) = composer.with(|form| (form.shot_seconds(), form.shot_index(id)));
            let own = index
                .and_then(|index| all.get(index))
                .copied()
                .unwrap_or_default();
            format::typed(own / timeline::whole(&all) * 100.0) + "%"
        };
        let dragged = self.dragged;
        el("div")
            .class("frame")
            .toggle("dragged", move || dragged.get() == Some(id))
            .style_live("inline-size", width)
            .child([self.clone().body(id), self.edge(id)])
    }

    fn is_current(&self, id: u32) -> impl Fn() -> bool + 'static {
        let (composer, current) = (self.composer, self.current);
        move || {
            let current = current.get();
            composer.with(|form| match form.shot(current) {
                Some(_) => current == id,
                None => form.shot_index(id) == Some(0),
            })
        }
    }

    fn body(self, id: u32) -> El {
        let composer = self.composer;
        let seconds = move || composer.with(|form| form.shot(id).map(shown_seconds).unwrap_or_default());
        let name = move || {
            let words =
                composer.with(|form| form.shot(id).map(|shot| face::excerpt(&shot.prompt, NAME_CHARS)));
            (t().shots.frame)(
                shot_strip::number(composer, id),
                &seconds(),
                &words.unwrap_or_default(),
            )
        };
        let is_current = self.is_current(id);
        let (pressed, keyed, focused) = (self.clone(), self.clone(), self.clone());
        el("button")
            .attr("type", "button")
            .class("frame-body")
            .attr("data-shot", &id.to_string())
            .set("tabindex", move || {
                Some(if is_current() { "0" } else { "-1" }.to_owned())
            })
            .on("focus", move |_| focused.current.set(id))
            .on("pointerdown", move |event| {
                pressed.press(event.unchecked_ref(), id, Grip::Shot);
            })
            .on("click", move |_| {
                if self.dragged.get_untracked().is_none() {
                    composer.focus(FieldKey::ShotPrompt(id));
                }
            })
            .on("keydown", move |event| keyed.key(event.unchecked_ref(), id))
            .child([
                el("span").class("sr-only").say(live(name)),
                hidden().say(live(move || shot_strip::number(composer, id).to_string())),
                hidden()
                    .class("seconds")
                    .say(live(move || [&seconds(), " ", t().compose.second_unit].concat())),
            ])
    }

    fn edge(self, id: u32) -> El {
        let composer = self.composer;
        let seconds = move || composer.with(|form| form.shot(id).map(shown_seconds).unwrap_or_default());
        let is_current = self.is_current(id);
        let (pressed, keyed) = (self.clone(), self);
        el("div")
            .class("frame-edge")
            .attr("role", "slider")
            .attr("aria-valuemin", &DURATION_MIN_SECS.to_string())
            .attr("aria-valuemax", &DURATION_MAX_SECS.to_string())
            .set("tabindex", move || {
                Some(if is_current() { "0" } else { "-1" }.to_owned())
            })
            .set("aria-label", move || {
                Some((t().shots.edge)(shot_strip::number(composer, id)))
            })
            .set("aria-valuenow", move || Some(seconds()))
            .set("aria-valuetext", move || Some((t().shots.edge_value)(&seconds())))
            .on("pointerdown", move |event| {
                pressed.press(event.unchecked_ref(), id, Grip::Edge);
            })
            .on("keydown", move |event| keyed.edge_key(event.unchecked_ref(), id))
    }

    fn press(&self, event: &PointerEvent, id: u32, grip: Grip) {
        if event.button() != 0 || self.drag.borrow().is_some() {
            return;
        }
        if grip == Grip::Edge {
            // No text is selected by dragging an edge, but it takes the focus as any slider does.
            event.prevent_default();
            focus(event);
        }
        self.dragged.set(None);
        self.drag.replace(Some(Drag {
            id,
            grip,
            from_px: f64::from(event.client_x()),
            before: self.composer.now(|form| form.shots.clone()),
            is_moving: false,
            step: Step::Drag(self.composer.fresh_picture_id()),
        }));
    }

    fn moved(&self, event: &PointerEvent) {
        let mut drag = self.drag.borrow_mut();
        let Some(drag) = drag.as_mut() else { return };
        if event.buttons() == 0 {
            return;
        }
        let by_px = f64::from(event.client_x()) - drag.from_px;
        if !drag.is_moving {
            if by_px.abs() < SLACK_PX {
                return;
            }
            drag.is_moving = true;
            self.dragged.set(Some(drag.id));
            // Fails only for a pointer that is gone; then its moves end too.
            drop(self.node.set_pointer_capture(event.pointer_id()));
        }
        let before = Form {
            shots: drag.before.clone(),
            ..Form::default()
        };
        let seconds = before.shot_seconds();
        let Some(index) = before.shot_index(drag.id) else {
            return;
        };
        let by = by_px / self.node.get_bounding_client_rect().width().max(1.0) * timeline::whole(&seconds);
        let mut after = before;
        match drag.grip {
            Grip::Edge => after.set_shot_seconds(&timeline::resize(&seconds, index, seconds[index] + by)),
            Grip::Shot => {
                let mut others = seconds.clone();
                others.remove(index);
                let to = timeline::place(&others, timeline::start(&seconds, index) + by);
                after.place_shot(drag.id, to);
            }
        }
        if self.composer.now(|form| form.shots != after.shots) {
            self.composer.edit_as(drag.step, |form| form.shots = after.shots);
        }
    }

    fn end(&self) {
        let Some(drag) = self.drag.take().filter(|drag| drag.is_moving) else {
            return;
        };
        let before = drag.before.iter().position(|shot| shot.id == drag.id);
        match drag.grip {
            Grip::Shot => {
                let now = self.composer.now(|form| form.shot_index(drag.id));
                if let (Some(from), Some(to)) = (before, now)
                    && from != to
                {
                    announce((t().shots.was_moved)(from + 1, to + 1), Politeness::Polite);
                }
            }
            Grip::Edge => say_seconds(self.composer, drag.id),
        }
        // The click that ends the drag is still to come.
        let dragged = self.dragged;
        crate::task::after_ms(0, move || dragged.set(None));
    }

    /// Puts everything back to where the drag began.
    fn take_back(&self) {
        if let Some(drag) = self.drag.take().filter(|drag| drag.is_moving) {
            self.composer.edit_as(drag.step, |form| form.shots = drag.before);
            self.dragged.set(None);
        }
    }

    fn key(&self, event: &KeyboardEvent, id: u32) {
        if event.alt_key() || event.ctrl_key() || event.meta_key() {
            return;
        }
        let composer = self.composer;
        let index = composer.now(|form| form.shot_index(id)).unwrap_or_default();
        let last = composer.now(|form| form.shots.len()).saturating_sub(1);
        match event.key().as_str() {
            "ArrowLeft" if event.shift_key() => shot_strip::shift(composer, id, -1),
            "ArrowRight" if event.shift_key() => shot_strip::shift(composer, id, 1),
            "ArrowLeft" => self.go(index.saturating_sub(1)),
            "ArrowRight" => self.go((index + 1).min(last)),
            "Home" => self.go(0),
            "End" => self.go(last),
            "ArrowUp" => lengthen(composer, id, 1.0),
            "ArrowDown" => lengthen(composer, id, -1.0),
            _ => return,
        }
        event.prevent_default();
    }

    /// The focus goes to the shot at that place.
    fn go(&self, index: usize) {
        if let Some(id) = self
            .composer
            .now(|form| form.shots.get(index).map(|shot| shot.id))
        {
            let found = self
                .node
                .query_selector(&["[data-shot=\"", &id.to_string(), "\"]"].concat());
            if let Ok(Some(frame)) = found {
                // Fails only for an element that cannot be focused.
                drop(frame.unchecked_into::<HtmlElement>().focus());
            }
        }
    }

    fn edge_key(&self, event: &KeyboardEvent, id: u32) {
        match event.key().as_str() {
            "ArrowRight" | "ArrowUp" => lengthen(self.composer, id, 1.0),
            "ArrowLeft" | "ArrowDown" => lengthen(self.composer, id, -1.0),
            "Home" => lengthen(self.composer, id, -f64::from(DURATION_MAX_SECS)),
            "End" => lengthen(self.composer, id, f64::from(DURATION_MAX_SECS)),
            _ => return,
        }
        event.prevent_default();
    }
}

/// Makes a shot longer or shorter on the timeline.
fn lengthen(composer: Composer, id: u32, by: f64) {
    let (seconds, index) = composer.now(|form| (form.shot_seconds(), form.shot_index(id)));
    let Some(index) = index else { return };
    let after = timeline::resize(&seconds, index, seconds[index] + by);
    composer.write(FieldKey::ShotSeconds(id), |form| {
        form.set_shot_seconds(&after);
    });
    say_seconds(composer, id);
}

fn say_seconds(composer: Composer, id: u32) {
    let seconds = composer.now(|form| form.shot(id).map(shown_seconds).unwrap_or_default());
    let number = untrack(|| shot_strip::number(composer, id));
    announce((t().shots.resized)(number, &seconds), Politeness::Polite);
}

/// What is seen and said elsewhere already.
fn hidden() -> El {
    el("span").attr("aria-hidden", "true")
}

fn shown_seconds(shot: &ShotForm) -> String {
    shot.seconds_number()
        .map_or_else(|| "?".to_owned(), format::typed)
}

fn focus(event: &PointerEvent) {
    if let Some(target) = event.current_target() {
        // Fails only for an element that cannot be focused.
        drop(target.unchecked_into::<HtmlElement>().focus());
    }
}
