//! Where requests go: for now the page's own origin, which is asked once who it is.

use crate::task::spawn;
use gloo_net::http::Request;
use leptos::prelude::*;
use wasm_bindgen::JsValue;

/// What answers at the base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Not known (yet).
    Unknown,
    /// The local draft engine: free.
    Local,
    /// A gateway to the provider: costs money.
    Gateway,
}

impl Mode {
    /// The mode of that name in `GET /healthz`.
    pub fn from_name(name: &str) -> Self {
        match name {
            "local" => Self::Local,
            "gateway" => Self::Gateway,
            _ => Self::Unknown,
        }
    }
}

/// Handle of the connection, given by context.
#[derive(Clone, Copy)]
pub struct Connection {
    /// What answers.
    pub mode: &'static ArcRwSignal<Mode>,
}

/// Gives the connection to everything below, and asks who answers.
pub fn provide_connection() {
    let connection = Connection {
        mode: Box::leak(Box::new(ArcRwSignal::new(Mode::Unknown))),
    };
    provide_context(connection);
    spawn(async move { connection.ask().await });
}

impl Connection {
    /// Asks again who answers. No answer, or one that says nothing, leaves it unknown: never free by mistake.
    pub async fn ask(self) {
        self.mode.set(asked().await.unwrap_or(Mode::Unknown));
    }
}

async fn asked() -> Option<Mode> {
    let answer = Request::get("/healthz")
        .send()
        .await
        .ok()
        .filter(gloo_net::http::Response::ok)?;
    let body = js_sys::JSON::parse(&answer.text().await.ok()?).ok()?;
    let mode = js_sys::Reflect::get(&body, &JsValue::from_str("mode")).ok()?;
    Some(Mode::from_name(&mode.as_string()?))
}

#[cfg(test)]
mod tests {
    use super::Mode;

    #[test]
    fn only_a_known_word_makes_it_free() {
        for (word, mode) in [
            ("local", Mode::Local),
            ("gateway", Mode::Gateway),
            ("", Mode::Unknown),
            ("Local", Mode::Unknown),
        ] {
            assert_eq!(Mode::from_name(word), mode);
        }
    }
}
