use web_sys::{AbortController, AbortSignal};

/// Aborts its request when dropped, unless the answer is there.
pub(super) struct Abort {
    controller: AbortController,
    signal: AbortSignal,
    armed: std::cell::Cell<bool>,
}

impl Abort {
    pub(super) fn new() -> Option<Self> {
        let controller = AbortController::new().ok()?;
        Some(Self {
            signal: controller.signal(),
            controller,
            armed: std::cell::Cell::new(true),
        })
    }

    pub(super) fn signal(&self) -> &AbortSignal {
        &self.signal
    }

    pub(super) fn disarm(&self) {
        self.armed.set(false);
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        if self.armed.get() {
            self.controller.abort();
        }
    }
}
