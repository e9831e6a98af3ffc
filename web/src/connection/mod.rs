//! Where requests go: the page's own server, a gateway of one's own, or the provider itself with one's own key.
//!
//! A key or token is held in memory by this tab alone, in a [`Secret`], which can be neither printed nor stored, and is
//! sent to the one address it was given for. What a browser remembers are addresses.

mod check;
mod dialog;
mod first_run;
mod locked;
mod remembered;

use crate::task::spawn;
use gloo_net::http::Request;
use leptos::prelude::*;
use rushes_client::Secret;
use wasm_bindgen::JsValue;

pub use check::{Verdict, judge};
pub use dialog::dialogs;
pub use first_run::first_run;
pub use locked::locked;
pub use remembered::Remembered;

use crate::desk::is_this_computer;
use crate::dom::listen;
use crate::ledger::Place;
use crate::sorted::Sorted;
use crate::storage;

/// What answers at the base URL.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Not known (yet).
    Unknown,
    /// The local draft engine: free.
    Local,
    /// The provider, through a gateway or directly: costs money.
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

/// A way for requests to go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// The page's own server.
    #[default]
    Here,
    /// A gateway of one's own.
    Gateway,
    /// The provider, with one's own key.
    Provider,
}

impl Way {
    /// The way to that place.
    pub fn to(place: Option<&Place>) -> Self {
        match place {
            None => Self::Here,
            Some(place) if place.is_provider() => Self::Provider,
            Some(_) => Self::Gateway,
        }
    }
}

/// Handle of the connection, given by context.
#[derive(Clone, Copy)]
pub struct Connection {
    /// What answers where requests go.
    pub mode: &'static ArcRwSignal<Mode>,
    parts: &'static Parts,
}

struct Parts {
    remembered: ArcRwSignal<Remembered>,
    /// Whether the browser knows of a network.
    has_network: ArcRwSignal<bool>,
    /// Keys and tokens by address, each with a number of its own, so that a new one is told from the last.
    keys: ArcRwSignal<Sorted<(u32, Secret)>>,
    /// Whether the dialog is open, and with which way it begins.
    is_open: RwSignal<bool>,
    begins_with: ArcRwSignal<Way>,
    /// The place whose key is asked for, to look at takes there.
    wanted: RwSignal<Option<Place>>,
}

/// Gives the connection to everything below, and asks who answers.
pub fn provide_connection() {
    let kept = storage::stored(storage::CONNECTION);
    let parts = Parts {
        remembered: ArcRwSignal::new(Remembered::from_text(&kept.unwrap_or_default())),
        has_network: ArcRwSignal::new(window().navigator().on_line()),
        keys: ArcRwSignal::default(),
        is_open: RwSignal::new(false),
        begins_with: ArcRwSignal::default(),
        wanted: RwSignal::new(None),
    };
    let connection = Connection {
        mode: Box::leak(Box::new(ArcRwSignal::new(Mode::Unknown))),
        parts: Box::leak(Box::new(parts)),
    };
    provide_context(connection);
    for change in ["online", "offline"] {
        listen(&window(), change, move |_| {
            let has_network = window().navigator().on_line();
            connection.parts.has_network.set(has_network);
        });
    }
    spawn(async move { connection.ask().await });
}

impl Connection {
    /// Asks again who answers. No answer, or one that says nothing, leaves it unknown: never free by mistake.
    pub async fn ask(self) {
        let place = self.place_now();
        let mode = match &place {
            Some(place) if place.is_provider() => Mode::Gateway,
            Some(place) => asked(&[&place.url, "/healthz"].concat()).await,
            None => asked("/healthz").await,
        };
        if self.place_now() == place {
            self.mode.set(mode);
        }
    }

    /// Where requests go, reactively; nothing is the page's own server.
    pub fn place(self) -> Option<Place> {
        self.parts.remembered.with(|remembered| remembered.place.clone())
    }

    /// Where requests go now.
    pub fn place_now(self) -> Option<Place> {
        untrack(|| self.place())
    }

    /// The address that requests go to now, for showing them.
    pub fn address(self) -> String {
        let place = self.place_now();
        place.map_or_else(
            || window().location().origin().unwrap_or_default(),
            |place| place.url,
        )
    }

    /// Whether its reader has chosen a way at all, reactively.
    pub fn is_chosen(self) -> bool {
        self.parts.remembered.with(|remembered| remembered.is_chosen)
    }

    /// Sends requests there from now on; `key` replaces the one held for that place.
    pub fn choose(self, place: Option<Place>, key: Option<Secret>) {
        if let Some(place) = &place {
            self.hold_key(place, key);
        }
        self.parts
            .remembered
            .update(|remembered| remembered.choose(place));
        let text = self.parts.remembered.with_untracked(Remembered::to_text);
        storage::remember(storage::CONNECTION, &text);
        self.mode.set(Mode::Unknown);
        spawn(async move { self.ask().await });
    }

    /// Holds a key for a place, for as long as this tab lives.
    pub fn hold_key(self, place: &Place, key: Option<Secret>) {
        let Some(key) = key else { return };
        self.parts.keys.update(|keys| {
            let last = keys.iter().map(|(_, (number, _))| *number).max().unwrap_or(0);
            keys.insert(&place.url, (last + 1, key));
        });
    }

    /// Forgets the key of a place.
    pub fn forget_key(self, place: &Place) {
        self.parts.keys.update(|keys| {
            keys.remove(&place.url);
        });
    }

    /// The key held for a place, and its number.
    pub fn key(self, place: &Place) -> Option<(u32, Secret)> {
        self.parts
            .keys
            .with_untracked(|keys| keys.get(&place.url).cloned())
    }

    /// Runs what reads this again when another place can be reached, or one no longer.
    pub fn track_reach(self) {
        self.parts.keys.track();
        self.parts.remembered.track();
    }

    /// Whether this tab can speak to a place, reactively: it has the key, or knows that none is needed.
    pub fn can_reach(self, place: Option<&Place>) -> bool {
        match place {
            None => true,
            Some(place) if place.needs_key => self.parts.keys.with(|keys| keys.contains(&place.url)),
            Some(place) => self
                .parts
                .remembered
                .with(|remembered| remembered.known.contains(&place.url)),
        }
    }

    /// Whether this tab holds any key, which would be gone with it, reactively.
    pub fn holds_keys(self) -> bool {
        self.parts.keys.with(|keys| keys.iter().next().is_some())
    }

    /// Whether there is no network to send anything by, as far as the browser knows, reactively. What is on this very
    /// computer needs none.
    pub fn is_cut_off(self) -> bool {
        let is_near = match self.place() {
            Some(place) => is_this_computer(place.host_name()),
            None => window()
                .location()
                .hostname()
                .is_ok_and(|host| is_this_computer(&host)),
        };
        !self.parts.has_network.get() && !is_near
    }

    /// Opens the dialog, beginning with a way.
    pub fn open(self, way: Way) {
        self.parts.begins_with.set(way);
        self.parts.is_open.set(true);
    }

    /// Opens the dialog with the way that is chosen.
    pub fn open_chosen(self) {
        self.open(Way::to(self.place_now().as_ref()));
    }

    /// Asks for what is missing to look at takes at a place.
    pub fn ask_for_key(self, place: Place) {
        self.parts.wanted.set(Some(place));
    }
}

async fn asked(url: &str) -> Mode {
    name_of_mode(url)
        .await
        .map_or(Mode::Unknown, |name| Mode::from_name(&name))
}

async fn name_of_mode(url: &str) -> Option<String> {
    let answer = Request::get(url)
        .credentials(web_sys::RequestCredentials::SameOrigin)
        .send()
        .await
        .ok()
        .filter(gloo_net::http::Response::ok)?;
    let body = js_sys::JSON::parse(&answer.text().await.ok()?).ok()?;
    js_sys::Reflect::get(&body, &JsValue::from_str("mode"))
        .ok()?
        .as_string()
}

#[cfg(test)]
mod tests {
    use super::{Mode, Way};
    use crate::ledger::Place;

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

    #[test]
    fn each_place_has_its_way() {
        let gateway = Place {
            url: "http://127.0.0.1:7400".to_owned(),
            needs_key: false,
        };
        assert_eq!(Way::to(None), Way::Here);
        assert_eq!(Way::to(Some(&gateway)), Way::Gateway);
        assert_eq!(Way::to(Some(&Place::provider())), Way::Provider);
    }
}
