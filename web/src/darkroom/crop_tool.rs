//! The crop tool: a frame over the picture, moved by pointer, by keys, and by typed numbers.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlInputElement, KeyboardEvent, PointerEvent};

use super::geometry::{Crop, Hold, Shape, Size};
use crate::dom::{El, el};
use crate::ids;
use crate::task::follow;
use crate::text;

/// The corners that can be dragged, and where the crop is held meanwhile.
const CORNERS: [(&str, (Hold, Hold)); 4] = [
    ("nw", (Hold::End, Hold::End)),
    ("ne", (Hold::Start, Hold::End)),
    ("sw", (Hold::End, Hold::Start)),
    ("se", (Hold::Start, Hold::Start)),
];

/// What is cropped, and how.
#[derive(Clone, Copy)]
pub struct Cut {
    /// The whole picture.
    pub picture: Size,
    /// The part of it.
    pub crop: RwSignal<Crop>,
    /// What the part is held to.
    pub shape: RwSignal<Shape>,
}

/// A drag that is under way.
#[derive(Clone, Copy)]
struct Drag {
    from: (f64, f64),
    crop: Crop,
    /// `None` moves the whole frame.
    hold: Option<(Hold, Hold)>,
}

/// The picture with the frame over it, and the frame's numbers under it.
pub fn crop_tool(cut: Cut, url: &str) -> El {
    let hint = ids::fresh("crop");
    let stage = el("div").class("crop-stage");
    let image = el("img")
        .attr("src", url)
        .attr("alt", "")
        .attr("draggable", "false");
    let frame = frame(cut, stage.node().clone()).attr("aria-describedby", &hint);
    let words = text::darkroom();
    el("div").class("crop").child([
        stage.child([image, frame]),
        el("p").class("hint").id(&hint).say(words.crop_hint),
        numbers(cut),
    ])
}

fn frame(cut: Cut, stage: Element) -> El {
    let words = text::darkroom();
    let drag = Rc::new(Cell::new(None::<Drag>));
    let (started, moved, ended) = (Rc::clone(&drag), Rc::clone(&drag), Rc::clone(&drag));
    let corners = CORNERS.map(|(name, _)| el("span").class("crop-corner").attr("data-corner", name));
    let frame = el("div")
        .class("crop-frame")
        .attr("tabindex", "0")
        .attr("role", "application")
        .attr("aria-roledescription", words.crop_kind)
        .set("aria-label", move || {
            let Crop { x, y, size } = cut.crop.get();
            Some((words.crop)(size.width, size.height, x, y))
        })
        .on("pointerdown", move |event| started.set(Some(begin(cut, &event))))
        .on("pointermove", move |event| {
            if let Some(drag) = moved.get() {
                let scale = f64::from(cut.picture.width) / f64::from(stage.client_width().max(1));
                cut.crop.set(dragged(cut, drag, event.unchecked_ref(), scale));
            }
        })
        .on("lostpointercapture", move |_| ended.set(None))
        .on("keydown", move |event| on_key(cut, event.unchecked_ref()))
        .child(corners);
    let style = frame.html().style();
    follow(move || {
        let Crop { x, y, size } = cut.crop.get();
        let part = |of: u32, all: u32| format!("{}%", f64::from(of) * 100.0 / f64::from(all));
        for (name, value) in [
            ("left", part(x, cut.picture.width)),
            ("top", part(y, cut.picture.height)),
            ("width", part(size.width, cut.picture.width)),
            ("height", part(size.height, cut.picture.height)),
        ] {
            // Fails only where a style sheet is read-only, which an element's own is not.
            drop(style.set_property(name, &value));
        }
    });
    frame
}

fn begin(cut: Cut, event: &Event) -> Drag {
    let event: &PointerEvent = event.unchecked_ref();
    if let Some(frame) = event.current_target() {
        // Fails only for a pointer that is gone; then there is no drag either.
        drop(
            frame
                .unchecked_ref::<Element>()
                .set_pointer_capture(event.pointer_id()),
        );
    }
    let corner = event
        .target()
        .and_then(|target| target.unchecked_ref::<Element>().get_attribute("data-corner"));
    let hold = CORNERS
        .iter()
        .find(|(name, _)| corner.as_deref() == Some(name))
        .map(|(_, hold)| *hold);
    Drag {
        from: (event.client_x().into(), event.client_y().into()),
        crop: cut.crop.get_untracked(),
        hold,
    }
}

fn dragged(cut: Cut, drag: Drag, event: &PointerEvent, scale: f64) -> Crop {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "pixels of a screen, times a scale"
    )]
    let by = |now: i32, from: f64| ((f64::from(now) - from) * scale).round() as i64;
    let (right, down) = (
        by(event.client_x(), drag.from.0),
        by(event.client_y(), drag.from.1),
    );
    match drag.hold {
        None => drag.crop.moved_to(
            i64::from(drag.crop.x) + right,
            i64::from(drag.crop.y) + down,
            cut.picture,
        ),
        Some(hold) => {
            let size = Size::new(
                grown(drag.crop.size.width, outward(right, hold.0)),
                grown(drag.crop.size.height, outward(down, hold.1)),
            );
            drag.crop
                .resized(size, hold, cut.picture, cut.shape.get_untracked())
        }
    }
}

/// How much a side grows when its free end goes that far right or down.
fn outward(by: i64, hold: Hold) -> i64 {
    if hold == Hold::End { -by } else { by }
}

fn grown(side: u32, by: i64) -> u32 {
    u32::try_from((i64::from(side) + by).max(1)).unwrap_or(u32::MAX)
}

/// Arrow keys move by a hundredth of the picture; with Shift they change the size, with Alt it is a pixel.
fn on_key(cut: Cut, event: &KeyboardEvent) {
    let (across, down) = match event.key().as_str() {
        "ArrowLeft" => (-1, 0),
        "ArrowRight" => (1, 0),
        "ArrowUp" => (0, -1),
        "ArrowDown" => (0, 1),
        _ => return,
    };
    event.prevent_default();
    let step = |side: u32| {
        if event.alt_key() {
            1
        } else {
            i64::from((side / 100).max(1))
        }
    };
    let (across, down) = (across * step(cut.picture.width), down * step(cut.picture.height));
    cut.crop.update(|crop| {
        *crop = if event.shift_key() {
            let size = Size::new(grown(crop.size.width, across), grown(crop.size.height, down));
            // In a fixed shape one side follows the other: the one that was meant has to lead.
            let size = match cut.shape.get_untracked() {
                Shape::Fixed(..) if across != 0 => Size::new(size.width, u32::MAX),
                Shape::Fixed(..) => Size::new(u32::MAX, size.height),
                Shape::Free => size,
            };
            crop.resized(
                size,
                (Hold::Start, Hold::Start),
                cut.picture,
                cut.shape.get_untracked(),
            )
        } else {
            crop.moved_to(i64::from(crop.x) + across, i64::from(crop.y) + down, cut.picture)
        };
    });
}

/// The four numbers of the frame.
fn numbers(cut: Cut) -> El {
    let words = text::darkroom();
    let here = (Hold::Start, Hold::Start);
    let to = move |change: &dyn Fn(Crop) -> Crop| cut.crop.update(|crop| *crop = change(*crop));
    let sized =
        move |crop: Crop, size: Size| crop.resized(size, here, cut.picture, cut.shape.get_untracked());
    el("div").class("crop-numbers").child([
        number(
            words.width,
            move || cut.crop.get().size.width,
            move |value| {
                to(&|crop| {
                    let height = if cut.shape.get_untracked() == Shape::Free {
                        crop.size.height
                    } else {
                        u32::MAX
                    };
                    sized(crop, Size::new(value, height))
                });
            },
        ),
        number(
            words.height,
            move || cut.crop.get().size.height,
            move |value| {
                to(&|crop| {
                    let width = if cut.shape.get_untracked() == Shape::Free {
                        crop.size.width
                    } else {
                        u32::MAX
                    };
                    sized(crop, Size::new(width, value))
                });
            },
        ),
        number(
            words.left,
            move || cut.crop.get().x,
            move |value| {
                to(&|crop| crop.moved_to(value.into(), crop.y.into(), cut.picture));
            },
        ),
        number(
            words.top,
            move || cut.crop.get().y,
            move |value| {
                to(&|crop| crop.moved_to(crop.x.into(), value.into(), cut.picture));
            },
        ),
    ])
}

/// A number of pixels that can be typed. It is taken when it is done, not at each key; what is no number changes nothing.
pub fn number(label: &'static str, read: impl Fn() -> u32 + 'static, write: impl Fn(u32) + 'static) -> El {
    let read = Rc::new(read);
    let shown = Rc::clone(&read);
    let input = el("input")
        .attr("type", "text")
        .attr("inputmode", "numeric")
        .attr("autocomplete", "off")
        .value(move || shown().to_string())
        .on("change", move |event| {
            let Some(input) = event.target() else { return };
            let input: &HtmlInputElement = input.unchecked_ref();
            let typed = input.value().trim().replace(',', "");
            if let Ok(value) = typed.parse::<u32>() {
                write(value);
            }
            // What came of it, also where that is what stood there before.
            input.set_value(&untrack(|| read()).to_string());
        });
    let unit = crate::kit::slider::unit("px");
    el("label").class("crop-number").child([
        el("span").say(label),
        el("span").class("number").child([input, unit]),
    ])
}
