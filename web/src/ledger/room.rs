//! How much room there is for videos.

use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::storage;

/// Less than this is little, in bytes: a few videos of 15 s.
const LITTLE_BYTES: u64 = 200_000_000;
/// So is less than this share of all: one in twenty.
const LITTLE_SHARE: u64 = 20;

/// What a browser lets this page keep, by its own estimate. Chromium tells every page the same, ten GiB above what is in
/// use: there, only a write that fails shows that there is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Bytes in use.
    pub used: u64,
    /// Bytes at most.
    pub quota: u64,
}

impl Room {
    /// Bytes that are left.
    pub fn left(self) -> u64 {
        self.quota.saturating_sub(self.used)
    }

    /// Whether it is time to make room.
    pub fn is_little(self) -> bool {
        self.left() < LITTLE_BYTES.max(self.quota / LITTLE_SHARE)
    }

    /// What the browser says; nothing where it does not.
    pub(super) async fn look() -> Option<Self> {
        let window = web_sys::window().filter(web_sys::Window::is_secure_context)?;
        let said = JsFuture::from(window.navigator().storage().estimate().ok()?)
            .await
            .ok()?;
        let figure = |name: &str| bytes(&Reflect::get(&said, &name.into()).ok()?);
        Some(Self {
            used: figure("usage")?,
            quota: figure("quota")?,
        })
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates, and sizes are whole"
)]
fn bytes(value: &JsValue) -> Option<u64> {
    value.as_f64().map(|bytes| bytes as u64)
}

/// Asks the browser not to clear what is kept, once there is something to lose, and once in this browser: some put the
/// question to their user. Whether it agrees changes nothing here.
pub(super) fn ask_once_to_persist() {
    // Where that cannot be noted, nothing can be kept either.
    let asked = storage::ASKED_TO_PERSIST;
    if storage::stored(asked).is_none() && storage::store(asked, "1") {
        crate::task::spawn(async move {
            ask_to_persist().await;
        });
    }
}

/// Asks the browser not to clear what is kept; says whether it promised.
pub async fn ask_to_persist() -> bool {
    let Some(window) = web_sys::window().filter(web_sys::Window::is_secure_context) else {
        return false;
    };
    let Ok(asked) = window.navigator().storage().persist() else {
        return false;
    };
    let answer = JsFuture::from(asked.unchecked_into::<js_sys::Promise>()).await;
    answer.is_ok_and(|answer| answer.is_truthy())
}

#[cfg(test)]
mod tests {
    use super::Room;

    #[test]
    fn room_is_little_below_a_share_and_below_a_size() {
        for (used, quota, is_little) in [
            (0, 100_000_000, true),
            (0, 200_000_000, false),
            (800_000_001, 1_000_000_000, true),
            (800_000_000, 1_000_000_000, false),
            (95_000_000_001, 100_000_000_000, true),
            (95_000_000_000, 100_000_000_000, false),
            (9, 5, true),
        ] {
            assert_eq!(Room { used, quota }.is_little(), is_little, "{used} of {quota}");
        }
    }
}
