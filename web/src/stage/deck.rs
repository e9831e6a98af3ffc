//! What plays: one video, or several kept together. One of them leads, the longest; the others follow it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlVideoElement;

use super::timing::{self, Correction, USUAL_FPS};
use crate::app::{Politeness, announce};
use crate::dom::listen;
use crate::task::{next_frame, spawn};
use crate::text;

/// What plays, and how. It goes with the view that it was made in, and the videos with it.
#[derive(Clone, Copy)]
pub struct Deck {
    state: DeckState,
    inner: StoredValue<Rc<Inner>, LocalStorage>,
}

#[derive(Default)]
struct Inner {
    videos: RefCell<Vec<HtmlVideoElement>>,
    /// While it goes backward: so many times as fast. A browser's player cannot, so it is sent back bit by bit.
    backward: Cell<f64>,
    is_ticking: Cell<bool>,
    ticked_ms: Cell<f64>,
    /// What hears of frames.
    hearing: RefCell<Vec<JsValue>>,
}

/// What a deck shows.
#[derive(Clone, Copy)]
pub struct DeckState {
    /// Whether it goes, forward or backward.
    pub is_going: RwSignal<bool>,
    /// Where it is, in seconds.
    pub now_secs: RwSignal<f64>,
    /// How long it is, in seconds; 0 while that is not known.
    pub length_secs: RwSignal<f64>,
    /// How fast it goes, chosen from the list.
    pub speed: RwSignal<f64>,
    /// Whether it begins again at the end.
    pub is_looping: RwSignal<bool>,
    /// Where the loop begins and ends, in seconds, where its viewer said so.
    pub marks: RwSignal<(Option<f64>, Option<f64>)>,
    /// Frames a second, as far as they were seen.
    pub fps: RwSignal<f64>,
}

impl Deck {
    /// A deck without a video.
    pub fn new() -> Self {
        Self {
            state: DeckState {
                is_going: RwSignal::new(false),
                now_secs: RwSignal::new(0.0),
                length_secs: RwSignal::new(0.0),
                speed: RwSignal::new(1.0),
                is_looping: RwSignal::new(false),
                marks: RwSignal::new((None, None)),
                fps: RwSignal::new(USUAL_FPS),
            },
            inner: StoredValue::new_local(Rc::default()),
        }
    }

    /// What it shows.
    pub fn state(self) -> DeckState {
        self.state
    }

    /// What is in it; an empty one once its view is gone.
    fn inner(self) -> Rc<Inner> {
        self.inner.try_get_value().unwrap_or_default()
    }

    /// Puts a video on.
    pub fn add(self, video: &HtmlVideoElement) {
        self.inner().videos.borrow_mut().push(video.clone());
        for event in [
            "loadedmetadata",
            "durationchange",
            "timeupdate",
            "seeked",
            "play",
            "pause",
            "ended",
        ] {
            listen(video, event, move |event| self.hear(&event.type_()));
        }
        self.hear_frames(video);
    }

    /// The one that leads: the longest.
    pub fn leader(self) -> Option<HtmlVideoElement> {
        let inner = self.inner();
        let videos = inner.videos.borrow();
        let longest = videos
            .iter()
            .max_by(|one, other| length(one).total_cmp(&length(other)));
        longest.cloned()
    }

    /// Each of them, given to a function.
    pub fn each(self, act: impl FnMut(&HtmlVideoElement)) {
        self.inner().videos.borrow().iter().for_each(act);
    }

    /// Plays, or stops.
    pub fn toggle(self) {
        if self.state.is_going.get_untracked() {
            self.stop();
        } else {
            self.play(self.state.speed.get_untracked());
        }
    }

    /// Goes forward at some speed.
    fn play(self, speed: f64) {
        self.inner().backward.set(0.0);
        let Some(leader) = self.leader() else { return };
        if leader.ended() || self.is_past_mark(leader.current_time()) {
            self.seek(self.state.marks.get_untracked().0.unwrap_or(0.0));
        }
        let is_alone = self.inner().videos.borrow().len() == 1;
        self.each(|video| {
            video.set_playback_rate(speed);
            let Ok(started) = video.play() else { return };
            let is_leader = *video == leader;
            spawn(async move {
                // Stopping before it began is no trouble; being forbidden is.
                if let Err(error) = JsFuture::from(started).await
                    && (is_leader || is_alone)
                    && !is_abort(&error)
                {
                    announce(text::player().blocked, Politeness::Polite);
                }
            });
        });
        self.tick();
    }

    /// Stops.
    pub fn stop(self) {
        self.inner().backward.set(0.0);
        self.state.is_going.try_set(false);
        self.each(|video| {
            // A player that stands is left as it is; all stop in the same moment of the same frame.
            drop(video.pause());
        });
        if self.inner().videos.borrow().len() > 1
            && let Some(leader) = self.leader()
        {
            self.seek(leader.current_time());
        }
    }

    /// The shuttle: forward or backward, faster with each press.
    pub fn shuttle(self, is_forward: bool) {
        let backward = self.inner().backward.get();
        let now = match self.leader() {
            _ if backward > 0.0 => -backward,
            Some(leader) if !leader.paused() => leader.playback_rate(),
            _ => 0.0,
        };
        let next = timing::shuttle(now, is_forward);
        if next > 0.0 {
            self.play(next);
            return;
        }
        self.each(|video| drop(video.pause()));
        self.inner().backward.set(-next);
        self.inner().ticked_ms.set(now_ms());
        self.state.is_going.set(true);
        self.tick();
    }

    /// So many frames on, or back below 0.
    pub fn step(self, frames: i64) {
        self.stop();
        if let Some(leader) = self.leader() {
            let fps = self.state.fps.get_untracked();
            self.seek(timing::step(leader.current_time(), frames, fps, length(&leader)));
        }
    }

    /// Sends all of them to a moment; one that is shorter stays at its last frame.
    pub fn seek(self, secs: f64) {
        let fps = self.state.fps.get_untracked();
        self.each(|video| {
            let last = (length(video) - 0.5 / fps).max(0.0);
            video.set_current_time(secs.clamp(0.0, last));
        });
        self.state.now_secs.set(secs.max(0.0));
    }

    /// How fast it goes from now on.
    pub fn set_speed(self, speed: f64) {
        self.state.speed.set(speed);
        self.each(|video| video.set_playback_rate(speed));
    }

    /// The loop begins, or ends, where it is now.
    pub fn mark(self, is_end: bool) {
        let now = self.leader().map_or(0.0, |leader| leader.current_time());
        self.state.marks.update(|marks| {
            if is_end {
                marks.1 = Some(now).filter(|end| marks.0.is_none_or(|start| start < *end));
            } else {
                marks.0 = Some(now);
                marks.1 = marks.1.filter(|end| now < *end);
            }
        });
        self.state.is_looping.set(true);
    }

    fn is_past_mark(self, secs: f64) -> bool {
        let (_, end) = self.state.marks.get_untracked();
        end.is_some_and(|end| secs >= end)
    }

    fn hear(self, event: &str) {
        let Some(leader) = self.leader() else { return };
        let state = self.state;
        match event {
            "loadedmetadata" | "durationchange" => {
                state.length_secs.try_set(length(&leader));
            }
            "ended" if leader.ended() => self.at_end(),
            _ => {}
        }
        state.now_secs.try_set(leader.current_time());
        state
            .is_going
            .try_set(!leader.paused() || self.inner().backward.get() > 0.0);
        if !leader.paused() {
            self.tick();
        }
    }

    fn at_end(self) {
        if self.state.is_looping.get_untracked() {
            self.seek(self.state.marks.get_untracked().0.unwrap_or(0.0));
            self.play(self.state.speed.get_untracked());
        }
    }

    /// Looks after it at each frame of the screen, while it goes.
    fn tick(self) {
        if self.inner().is_ticking.replace(true) {
            return;
        }
        next_frame(move || {
            self.inner().is_ticking.set(false);
            self.turn();
        });
    }

    fn turn(self) {
        let Some(leader) = self.leader() else { return };
        let backward = self.inner().backward.get();
        let state = self.state;
        if backward > 0.0 {
            self.go_back(&leader, backward);
        } else if leader.paused() {
            return;
        } else {
            self.keep_together(&leader);
        }
        let now = leader.current_time();
        state.now_secs.try_set(now);
        if backward <= 0.0 && self.is_past_mark(now) {
            if state.is_looping.get_untracked() {
                self.seek(state.marks.get_untracked().0.unwrap_or(0.0));
            } else {
                self.stop();
            }
        }
        self.tick();
    }

    fn go_back(self, leader: &HtmlVideoElement, speed: f64) {
        // A player that is still on its way would never arrive if it was sent on at each frame of the screen.
        if leader.seeking() {
            return;
        }
        let now = now_ms();
        let gone_secs = (now - self.inner().ticked_ms.replace(now)).max(0.0) / 1000.0;
        let to = leader.current_time() - gone_secs * speed;
        if to <= 0.0 {
            self.stop();
        }
        self.seek(to);
    }

    fn keep_together(self, leader: &HtmlVideoElement) {
        let (now, rate) = (leader.current_time(), leader.playback_rate());
        let frame_secs = 1.0 / self.state.fps.get_untracked();
        self.each(|video| {
            if video == leader || video.seeking() || now > length(video) - frame_secs {
                return;
            }
            match timing::correct(video.current_time() - now, frame_secs, rate) {
                Correction::Rate(own) => video.set_playback_rate(own),
                Correction::Seek => video.set_current_time(now),
            }
            if video.paused() && !video.ended() {
                // It waited for bytes, or was at its end; where it may not play, the leader says so.
                drop(video.play());
            }
        });
    }

    /// Learns from the browser how long frames are shown for, where it tells.
    fn hear_frames(self, video: &HtmlVideoElement) {
        let name = JsValue::from_str("requestVideoFrameCallback");
        let ask = js_sys::Reflect::get(video, &name).and_then(JsCast::dyn_into::<js_sys::Function>);
        let Ok(ask) = ask else { return };
        let place = self.inner().hearing.borrow().len();
        let (own, again) = (video.clone(), ask.clone());
        let last = Cell::new(None::<(f64, f64)>);
        let hear = Closure::<dyn FnMut(JsValue, JsValue)>::new(move |_now: JsValue, shown: JsValue| {
            let number = |name: &str| js_sys::Reflect::get(&shown, &name.into()).ok()?.as_f64();
            if let (Some(at), Some(count)) = (number("mediaTime"), number("presentedFrames")) {
                let before = last.replace(Some((at, count)));
                let found = before.and_then(|(was, counted)| timing::fps_of((at - was) / (count - counted)));
                self.saw_rate(found);
            }
            if let Some(hear) = self.inner().hearing.borrow().get(place) {
                drop(again.call1(&own, hear));
            }
        })
        .into_js_value();
        drop(ask.call1(video, &hear));
        self.inner().hearing.borrow_mut().push(hear);
    }

    fn saw_rate(self, found: Option<f64>) {
        let fps = self.state.fps;
        if let (Some(found), Some(known)) = (found, fps.try_get_untracked())
            && (known - found).abs() > 0.01
        {
            fps.try_set(found);
        }
    }
}

impl Default for Deck {
    fn default() -> Self {
        Self::new()
    }
}

/// How long a video is, in seconds; 0 while that is not known.
fn length(video: &HtmlVideoElement) -> f64 {
    let secs = video.duration();
    if secs.is_finite() { secs } else { 0.0 }
}

fn now_ms() -> f64 {
    window()
        .performance()
        .map_or_else(js_sys::Date::now, |clock| clock.now())
}

fn is_abort(error: &JsValue) -> bool {
    error
        .dyn_ref::<web_sys::DomException>()
        .is_some_and(|error| error.name() == "AbortError")
}
