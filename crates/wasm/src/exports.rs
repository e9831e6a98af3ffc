//! What JavaScript calls: functions of numbers alone, on the one desk of an instance and on watchers and probes that go
//! by numbers. So nothing of wasm-bindgen's own machinery (classes, their borrowing and their glue) is needed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Desk, HeaderProbe, Watch, exchange};

/// All that an instance holds.
struct Here {
    desk: Desk,
    watches: Slots<Watch>,
    probes: Slots<HeaderProbe>,
}

/// JavaScript has one thread, so nobody ever waits for it (and a plain static is a third of a thread's own in size).
static HERE: Mutex<Here> = Mutex::new(Here {
    desk: Desk::new(),
    watches: Slots(Vec::new()),
    probes: Slots(Vec::new()),
});

#[inline(never)]
fn here() -> MutexGuard<'static, Here> {
    HERE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Things that go by numbers; a number is given again once its thing is gone.
struct Slots<T>(Vec<Option<T>>);

impl<T> Slots<T> {
    fn put(&mut self, thing: T) -> usize {
        let at = self.0.iter().position(Option::is_none).unwrap_or(self.0.len());
        if at == self.0.len() {
            self.0.push(None);
        }
        self.0[at] = Some(thing);
        at
    }

    /// `None` for a number that stands for nothing, which is a mistake of the caller's code.
    fn take(&mut self, at: usize) -> Option<T> {
        self.0.get_mut(at)?.take()
    }
}

/// Calls a watcher; the length of its answer.
fn watch(at: usize, call: impl FnOnce(&mut Watch, &mut Desk) -> usize) -> usize {
    let here = &mut *here();
    match here.watches.0.get_mut(at) {
        Some(Some(watch)) => call(watch, &mut here.desk),
        _ => here.desk.error(GONE),
    }
}

/// Calls a probe; `None` where there is none.
fn probe<T>(at: usize, call: impl FnOnce(&mut HeaderProbe, &Desk) -> T) -> Option<T> {
    let here = &mut *here();
    let probe = here.probes.0.get_mut(at)?.as_mut()?;
    Some(call(probe, &here.desk))
}

const GONE: &str = "it was let go before";

/// See [`Desk::room`].
#[wasm_bindgen]
pub fn room(bytes: usize) -> usize {
    here().desk.room(bytes)
}

/// See [`Desk::answer_at`].
#[wasm_bindgen]
pub fn answer_at() -> usize {
    here().desk.answer_at()
}

/// See [`Desk::numbers_at`].
#[wasm_bindgen]
pub fn numbers_at() -> usize {
    here().desk.numbers_at()
}

/// See [`Desk::check`].
#[wasm_bindgen]
pub fn check(text: usize, cells: usize, files: usize, image_to_video: bool) -> usize {
    here().desk.check(text, cells, files, image_to_video)
}

/// See [`Desk::estimate`].
#[wasm_bindgen]
pub fn estimate(text: usize, cells: usize, image_to_video: bool, silent_usd: f64, sound_usd: f64) -> usize {
    here()
        .desk
        .estimate(text, cells, image_to_video, silent_usd, sound_usd)
}

/// See [`Desk::created`].
#[wasm_bindgen]
pub fn created(text: usize, cells: usize, arrived: u8, status: u16, now_unix_ms: f64, sent: u32) -> usize {
    here()
        .desk
        .created(text, cells, arrived, status, now_unix_ms, sent)
}

/// See [`Desk::read_path`].
#[wasm_bindgen]
pub fn read_path(text: usize) -> usize {
    here().desk.read_path(text)
}

/// See [`Desk::was_read`].
#[wasm_bindgen]
pub fn was_read(text: usize, cells: usize, arrived: u8, status: u16, now_unix_ms: f64) -> usize {
    here().desk.was_read(text, cells, arrived, status, now_unix_ms)
}

/// See [`exchange::timeout_ms`].
#[wasm_bindgen]
pub fn timeout_ms(body_bytes: f64) -> f64 {
    exchange::timeout_ms(body_bytes)
}

/// See [`Desk::inspect_text`].
#[wasm_bindgen]
pub fn inspect_text(text: usize, path: usize) -> usize {
    here().desk.inspect_text(text, path)
}

/// The number of a new [`HeaderProbe`].
#[wasm_bindgen]
pub fn probe_new(file_bytes: f64) -> usize {
    here().probes.put(HeaderProbe::new(file_bytes))
}

/// See [`HeaderProbe::wants_from`].
#[wasm_bindgen]
pub fn probe_wants_from(at: usize) -> f64 {
    probe(at, |probe, _| probe.wants_from()).unwrap_or(-1.0)
}

/// See [`HeaderProbe::wants_to`].
#[wasm_bindgen]
pub fn probe_wants_to(at: usize) -> f64 {
    probe(at, |probe, _| probe.wants_to()).unwrap_or(-1.0)
}

/// See [`HeaderProbe::feed`].
#[wasm_bindgen]
pub fn probe_feed(at: usize, bytes: usize) {
    probe(at, |probe, desk| probe.feed(desk, bytes));
}

/// See [`HeaderProbe::finish`]; lets the probe go.
#[wasm_bindgen]
pub fn probe_finish(at: usize, text: usize) -> usize {
    let here = &mut *here();
    match here.probes.take(at) {
        Some(probe) => probe.finish(&mut here.desk, text),
        None => here.desk.error(GONE),
    }
}

/// Lets a probe go.
#[wasm_bindgen]
pub fn probe_free(at: usize) {
    here().probes.take(at);
}

/// The number of a new [`Watch`].
#[wasm_bindgen]
pub fn watch_new(max_reads_per_minute: f64, seed: f64) -> usize {
    here().watches.put(Watch::new(max_reads_per_minute, seed))
}

/// See [`Watch::watch`].
#[wasm_bindgen]
pub fn watch_watch(at: usize, text: usize, age_ms: f64, seconds: u8, sound: bool, now: f64) -> usize {
    watch(at, |watch, desk| {
        watch.watch(desk, text, age_ms, seconds, sound, now)
    })
}

/// See [`Watch::forget`].
#[wasm_bindgen]
pub fn watch_forget(at: usize, text: usize) -> usize {
    watch(at, |watch, desk| watch.forget(desk, text))
}

/// See [`Watch::look_now`].
#[wasm_bindgen]
pub fn watch_look_now(at: usize, text: usize, now: f64) -> usize {
    watch(at, |watch, desk| watch.look_now(desk, text, now))
}

/// See [`Watch::next`].
#[wasm_bindgen]
pub fn watch_next(at: usize, now: f64) -> usize {
    watch(at, |watch, desk| watch.next(desk, now))
}

/// See [`Watch::saw`].
#[wasm_bindgen]
pub fn watch_saw(
    at: usize,
    text: usize,
    cells: usize,
    arrived: u8,
    status: u16,
    now_unix_ms: f64,
    now: f64,
) -> usize {
    watch(at, |watch, desk| {
        watch.saw(desk, text, cells, arrived, status, now_unix_ms, now)
    })
}

/// See [`Watch::set_visible`] and [`Watch::set_online`].
#[wasm_bindgen]
pub fn watch_sense(at: usize, visible: bool, online: bool) {
    watch(at, |watch, _| {
        watch.set_visible(visible);
        watch.set_online(online);
        0
    });
}

/// Lets a watcher go.
#[wasm_bindgen]
pub fn watch_free(at: usize) {
    here().watches.take(at);
}
