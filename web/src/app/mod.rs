//! The shell: header, columns, live regions, theme, keys.

pub mod announce;

pub use announce::{LiveRegions, Politeness, announce};

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;

use crate::{compose, connection, desk, ids, kit, ledger, library::Library, stage::Stage};

/// Mounts the page in place of the static shell.
pub fn start() {
    let Some(place) = document().get_element_by_id(ids::APP) else {
        return;
    };
    place.set_inner_html("");
    mount_to(place.unchecked_into(), App).forget();
}

/// The page.
#[component]
pub fn App() -> impl IntoView {
    kit::provide_toaster();
    connection::provide_connection();
    ledger::provide_ledger();
    desk::provide_desk();
    compose::provide_composer();
    view! {
        <LiveRegions />
        <Stage />
        <Library />
        <kit::Toasts />
    }
}
