//! The shell: header, columns, live regions, theme, keys.

pub mod announce;
pub mod columns;
pub mod keys;
pub mod theme;

use leptos::{ev, mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;

pub use announce::{LiveRegions, Politeness, announce};
pub use columns::Columns;

use crate::{
    compose::{self, Bar, Compose, Slot, use_composer},
    connection::{self, Connection, Mode},
    desk, ids,
    kit::{self, Icon, IconButton, Lamp, Light, Tab, Tabs},
    ledger,
    library::Library,
    stage::Stage,
    text::t,
};

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
    columns::provide_columns();
    connection::provide_connection();
    ledger::provide_ledger();
    desk::provide_desk();
    compose::provide_composer();
    let owner = Owner::current();
    let generate = Callback::new(move |()| match &owner {
        Some(owner) => owner.with(compose::bar::generate),
        None => compose::bar::generate(),
    });
    let show_help = RwSignal::new(false);
    keys::listen(generate, show_help);
    catch_files();
    compose::press::listen();
    let columns = expect_context::<Columns>();
    let mode: Signal<Mode> = expect_context::<Connection>().mode.into();
    view! {
        <div class="page" data-column=move || columns.selected.get()>
            <Header show_help=show_help mode=mode />
            <main>
                <Compose />
                <Bar on_generate=generate mode=mode />
                <Stage />
                <Library />
            </main>
        </div>
        <keys::KeyHelp open=show_help />
        <kit::Toasts />
        <LiveRegions />
    }
}

#[component]
fn Header(show_help: RwSignal<bool>, mode: Signal<Mode>) -> impl IntoView {
    let words = t().shell;
    let columns = expect_context::<Columns>();
    let none = Signal::derive(|| 0);
    let tabs = vec![
        Tab {
            id: ids::COMPOSE,
            label: words.compose,
            count: none,
        },
        Tab {
            id: ids::STAGE,
            label: words.stage,
            count: none,
        },
        Tab {
            id: ids::LIBRARY,
            label: words.library,
            count: none,
        },
    ];
    let light = Signal::derive(move || {
        if mode.get() == Mode::Unknown {
            Light::Off
        } else {
            Light::Live
        }
    });
    let engine = Signal::derive(move || {
        match mode.get() {
            Mode::Local => words.engine_local,
            Mode::Gateway => words.engine_gateway,
            Mode::Unknown => words.engine_unknown,
        }
        .to_owned()
    });
    view! {
        <a class="skip" href=format!("#{}", ids::PROMPT)>{words.skip}</a>
        <header class="top">
            <h1 class="name">{words.name}</h1>
            <span class="engine"><Lamp light=light word=engine /></span>
            <Tabs label=words.parts tabs=tabs selected=columns.selected />
            <theme::ThemeButton />
            <IconButton icon=Icon::Help label=words.help on_press=move |()| show_help.set(true) />
        </header>
    }
}

/// Files that are pasted anywhere, or dropped beside the wells, become the start image: the browser would otherwise
/// leave the page and open them.
fn catch_files() {
    let composer = use_composer();
    let over = window_event_listener(ev::dragover, |event| {
        if compose::reading::holds_files(event.data_transfer()) {
            event.prevent_default();
        }
    });
    let drop = window_event_listener(ev::drop, move |event| {
        if event.default_prevented() {
            return;
        }
        if let Some(file) = compose::reading::first_file(event.data_transfer()) {
            event.prevent_default();
            composer.take_file(Slot::Start, file);
        }
    });
    let paste = window_event_listener(ev::paste, move |event| {
        let Some(event) = event.dyn_ref::<web_sys::ClipboardEvent>() else {
            return;
        };
        if let Some(file) = compose::reading::first_file(event.clipboard_data()) {
            event.prevent_default();
            let in_end = document()
                .active_element()
                .and_then(|element| element.closest("[data-slot=end]").ok().flatten());
            composer.take_file(if in_end.is_some() { Slot::End } else { Slot::Start }, file);
        }
    });
    on_cleanup(move || {
        over.remove();
        drop.remove();
        paste.remove();
    });
}
