//! Whether a pointer is pressed, so that nothing moves under it.

use std::cell::{Cell, RefCell};

use leptos::prelude::window;

use crate::dom::listen as listen_to;
use crate::task::after_ms;

thread_local! {
    static IS_PRESSED: Cell<bool> = const { Cell::new(false) };
    static WAITING: RefCell<Vec<Box<dyn FnOnce()>>> = const { RefCell::new(Vec::new()) };
}

/// Listens for presses anywhere on the page.
pub fn listen() {
    let window = window();
    listen_to(&window, "pointerdown", |_| IS_PRESSED.set(true));
    for end in ["pointerup", "pointercancel"] {
        listen_to(&window, end, |_| release());
    }
}

fn release() {
    IS_PRESSED.set(false);
    // The click comes after the release, in the same turn.
    after_ms(0, || {
        let waiting = WAITING.take();
        for run in waiting {
            run();
        }
    });
}

/// Runs it now, or when the pointer that is pressed has been released and its click has arrived.
pub fn when_released(run: impl FnOnce() + 'static) {
    if IS_PRESSED.get() {
        WAITING.with_borrow_mut(|waiting| waiting.push(Box::new(run)));
    } else {
        run();
    }
}
