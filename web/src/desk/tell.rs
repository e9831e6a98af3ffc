//! Telling of a take's end, for those who asked to be told: a notification and a soft sound.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{AudioContext, Notification, NotificationOptions, NotificationPermission};

use super::Desk;
use crate::kit::Toaster;
use crate::ledger::Take;
use crate::library::face;
use crate::task::spawn;
use crate::text::{self, t};

/// Most characters of a prompt in a notification.
const WORDS_CHARS: usize = 80;
/// The notes of the sound: hertz, and when each begins, in seconds.
const NOTES: [(f32, f64); 2] = [(523.25, 0.0), (783.99, 0.16)];
/// How loud it is at most, and how long a note rings.
const LOUD: f32 = 0.06;
const RING_SECS: f64 = 0.7;

thread_local! {
    /// Made at the press that asks: a browser lets nothing sound before a press.
    static AUDIO: RefCell<Option<AudioContext>> = const { RefCell::new(None) };
}

impl Desk {
    /// Notes that its author wants to be told of a take's end, or not any more.
    pub(super) fn tell_of(self, take: &Take, toaster: Toaster) {
        let (id, is_awaited) = (take.id.clone(), !take.is_awaited);
        if is_awaited {
            AUDIO.with_borrow_mut(|audio| {
                if audio.is_none() {
                    *audio = AudioContext::new().ok();
                }
            });
        }
        spawn(async move {
            // Where it fails, the ledger says what is wrong with storage.
            drop(self.ledger.await_end(&id, is_awaited).await);
            if is_awaited {
                let words = text::watching();
                let is_shown = may_notify().await;
                toaster.say(if is_shown {
                    words.will_tell
                } else {
                    words.will_sound
                });
            }
        });
    }

    /// Tells of a take's end, once, in the one tab that looks after it.
    pub(super) fn tell_end(self, take: &Take, word: &str) {
        ring();
        let prompt = face::excerpt(&take.settings.prompt, WORDS_CHARS);
        let options = NotificationOptions::new();
        options.set_body(&prompt);
        // The same take is told of once, whatever tab tells it.
        options.set_tag(&take.id);
        if is_granted()
            && Notification::new_with_options(&[t().shell.name, ": ", word].concat(), &options).is_err()
        {
            // Some browsers let pages notify through a service worker only; the sound has told.
            leptos::logging::debug_warn!("no notification");
        }
        let id = take.id.clone();
        spawn(async move { drop(self.ledger.await_end(&id, false).await) });
    }
}

fn has_notifications() -> bool {
    js_sys::Reflect::has(&window(), &"Notification".into()).unwrap_or(false)
}

fn is_granted() -> bool {
    has_notifications() && Notification::permission() == NotificationPermission::Granted
}

/// Asks for the permission, where that was never answered.
async fn may_notify() -> bool {
    if has_notifications()
        && Notification::permission() == NotificationPermission::Default
        && let Ok(asked) = Notification::request_permission()
    {
        // However it is answered, the permission says it.
        drop(JsFuture::from(asked).await);
    }
    is_granted()
}

/// Two soft notes; nothing where the browser allows no sound.
fn ring() {
    AUDIO.with_borrow(|audio| {
        if let Some(audio) = audio {
            // A browser that allows no sound is silent.
            drop(play(audio));
        }
    });
}

fn play(audio: &AudioContext) -> Result<(), wasm_bindgen::JsValue> {
    drop(audio.resume()?);
    let now = audio.current_time();
    for (hertz, at) in NOTES {
        let (note, level) = (audio.create_oscillator()?, audio.create_gain()?);
        note.frequency().set_value(hertz);
        let loudness = level.gain();
        loudness.set_value_at_time(0.0, now + at)?;
        loudness.linear_ramp_to_value_at_time(LOUD, now + at + 0.02)?;
        loudness.exponential_ramp_to_value_at_time(0.000_1, now + at + RING_SECS)?;
        note.connect_with_audio_node(&level)?;
        level.connect_with_audio_node(&audio.destination())?;
        note.start_with_when(now + at)?;
        note.stop_with_when(now + at + RING_SECS)?;
    }
    Ok(())
}
