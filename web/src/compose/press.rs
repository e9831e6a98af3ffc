//! Whether a pointer is pressed, so that nothing moves under it.

use std::cell::{Cell, RefCell};

use leptos::{ev, prelude::*};

thread_local! {
    static IS_PRESSED: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Listens for presses anywhere on the page.
pub fn listen() {
    let down = window_event_listener(ev::pointerdown, |_| IS_PRESSED.set(true));
    let up = window_event_listener(ev::pointerup, |_| release());
    let cancel = window_event_listener(ev::pointercancel, |_| release());
    on_cleanup(move || {
        down.remove();
        up.remove();
        cancel.remove();
    });
}

fn release() {
    IS_PRESSED.set(false);
    // The click comes after the release, in the same turn.
    set_timeout(
        || {
            let waiting = WAITING.take();
            for run in waiting {
                run();
            }
        },
        std::time::Duration::ZERO,
    );
}

/// Runs it now, or when the pointer that is pressed has been released and its click has arrived.
pub fn when_released(run: impl FnOnce() + 'static) {
    if IS_PRESSED.get() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(run)));
    } else {
        run();
    }
}
