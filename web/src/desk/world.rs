//! What happens around the page: the network, whether somebody looks, the seconds.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::VisibilityState;

use super::Desk;
use crate::dom::listen;
use crate::ledger::now_ms;

/// Whether whoever answers can be reached, as far as the browser knows. A service on this very computer always can.
pub(super) fn is_online() -> bool {
    let window = window();
    window.navigator().on_line()
        || window
            .location()
            .hostname()
            .is_ok_and(|host| is_this_computer(&host))
}

/// Whether a host name (an IPv6 address in brackets) is that of this very computer.
pub fn is_this_computer(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "[::1]"
}

/// Follows the network from the start, for the banner and whoever watches.
pub(super) fn follow_network(is_known: &ArcRwSignal<bool>) {
    for change in ["online", "offline"] {
        let is_known = is_known.clone();
        listen(&window(), change, move |_| is_known.set(is_online()));
    }
}

/// Tells the desk of the network, of being seen, and of each second, for as long as the page lives.
pub(super) fn follow(desk: Desk) {
    let seen = move |_| {
        let is_visible = is_visible();
        desk.now_ms.set(now_ms());
        desk.inner().watch.set_visible(is_visible);
    };
    crate::task::follow(move || desk.inner().watch.set_online(desk.is_online.get()));
    desk.inner().watch.set_visible(is_visible());
    // The listener's handle: it stays as long as the page.
    std::mem::forget(window_event_listener_untyped("focus", seen));
    let on_visibility = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(seen);
    document().set_onvisibilitychange(Some(wasm_bindgen::JsCast::unchecked_ref(on_visibility.as_ref())));
    on_visibility.forget();
    let tick = move || {
        if is_visible() {
            desk.now_ms.set(now_ms());
        }
    };
    // Fails only without a window.
    set_interval_with_handle(tick, Duration::from_secs(1)).ok();
}

fn is_visible() -> bool {
    document().visibility_state() != VisibilityState::Hidden
}

#[cfg(test)]
mod tests {
    use super::is_this_computer;

    #[test]
    fn this_computer_has_a_few_names() {
        for (host, is_this) in [
            ("localhost", true),
            ("rushes.localhost", true),
            ("127.0.0.1", true),
            ("127.1.2.3", true),
            ("[::1]", true),
            ("example.org", false),
            ("localhost.example.org", false),
            ("192.168.1.2", false),
        ] {
            assert_eq!(is_this_computer(host), is_this, "{host}");
        }
    }
}
