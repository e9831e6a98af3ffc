//! The shell: header, columns, live regions, theme, keys.

pub mod announce;
pub mod columns;
pub mod keys;
pub mod language;
pub mod settings;
pub mod tab_title;
mod takes;
pub mod theme;
mod update;

use std::rc::Rc;

use leptos::{mount::mount_to, prelude::*};
use wasm_bindgen::JsCast;

pub use announce::{Politeness, announce, live_regions};
pub use columns::Columns;
pub use takes::invite;

use crate::{
    archive,
    compose::{self, Slot, use_composer},
    connection::{self, Connection, Mode},
    darkroom, design,
    desk::{self, Desk},
    dom::{El, el, listen, live},
    help, ids,
    kit::{self, Icon, Light, Tab, icon_button, lamp},
    ledger::{self, Ledger},
    paper,
    task::sleep,
    text::t,
};

/// Puts the page in place of the static shell.
pub fn start() {
    // What people get is built without the words of panics.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| {
        web_sys::console::error_1(&panic.to_string().into());
    }));
    let Some(place) = document().get_element_by_id(ids::APP) else {
        return;
    };
    let root: web_sys::HtmlElement = place.clone().unchecked_into();
    wasm_bindgen_futures::spawn_local(async move {
        language::begin().await;
        // Leptos's own spawning only works from the first mounting on.
        mount_to(root, || ()).forget();
        let owner = Owner::new();
        // Each in a task of its own: a slow phone answers in between, and paints.
        sleep(0).await;
        owner.with(provide);
        sleep(0).await;
        place.set_inner_html("");
        drop(owner.with(|| page(El::from(place))));
        // It stands as long as the page.
        std::mem::forget(owner);
    });
}

/// What stands as long as the page. The views are made anew when another language is chosen, so whatever must outlive
/// them is made here or in [`page`], or kept in what is provided here.
fn provide() {
    kit::provide_toaster();
    columns::provide_columns();
    connection::provide_connection();
    ledger::provide_ledger();
    archive::provide_depot();
    desk::provide_desk();
    darkroom::provide_darkroom();
    compose::provide_composer();
}

/// The page, put into `place`.
fn page(place: El) -> El {
    paper::view::open_links(use_composer(), kit::use_toaster());
    compose::series::provide_series();
    help::provide_guide();
    let open = Open {
        help: RwSignal::new(false),
        settings: RwSignal::new(false),
    };
    let owner = Owner::current().unwrap_or_default();
    let generate: Rc<dyn Fn()> = Rc::new(move || owner.with(compose::bar::generate));
    let pressed = Rc::clone(&generate);
    keys::listen(move || pressed(), open.help);
    catch_files();
    compose::press::listen();
    let is_design = design::is_asked_for();
    let place = place.swap(
        move || (language::language(), is_design.get()),
        move |(_, is_design)| {
            if *is_design {
                design::view()
            } else {
                views(open, &generate)
            }
        },
    );
    place.child(live_regions())
}

/// Which of the header's dialogs are open.
#[derive(Clone, Copy)]
struct Open {
    help: RwSignal<bool>,
    settings: RwSignal<bool>,
}

/// Everything that has words.
fn views(open: Open, generate: &Rc<dyn Fn()>) -> Vec<El> {
    let columns = expect_context::<Columns>();
    let main = el("main")
        .child(compose::view::compose())
        .child(compose::bar::bar(Rc::clone(generate)));
    let main = takes::columns(main);
    let frame = el("div")
        .class("page")
        .set("data-column", move || Some(columns.selected.get().to_owned()))
        .child(header(open))
        .child(main);
    let [bench, camera] = darkroom::dialogs();
    vec![
        skip_link(),
        frame,
        keys::key_help(open.help),
        settings::settings(open.settings),
        bench,
        camera,
        kit::toasts(),
    ]
    .into_iter()
    .chain(connection::dialogs())
    .chain(archive::view::dialogs())
    .collect()
}

/// For keyboard users, the first link.
fn skip_link() -> El {
    el("a")
        .class("skip")
        .attr("href", &["#", ids::PROMPT].concat())
        .say(t().shell.skip)
}

fn header(open: Open) -> El {
    let words = t().shell;
    let columns = expect_context::<Columns>();
    let ledger = expect_context::<Ledger>();
    let connection = expect_context::<Connection>();
    let desk = expect_context::<Desk>();
    let tab = |id: &'static str, label: &'static str, count: Rc<dyn Fn() -> usize>| Tab { id, label, count };
    let tabs = vec![
        tab(ids::COMPOSE, words.compose, Rc::new(|| 0)),
        tab(ids::STAGE, words.stage, Rc::new(|| 0)),
        tab(
            ids::LIBRARY,
            words.library,
            Rc::new(move || ledger.takes.with(Vec::len)),
        ),
    ];
    let places = [
        el("h1").class("name").say(words.name),
        engine(connection),
        kit::tabs(words.parts, tabs, columns.selected),
        theme::theme_button(),
        icon_button(Icon::Help, words.help, move || open.help.set(true)),
        icon_button(Icon::Settings, words.settings, move || open.settings.set(true)).id(ids::SETTINGS),
    ];
    // In sight on a phone too, whichever column it shows.
    let header = el("header").class("top").child(places).when(
        move || !desk.is_online.get(),
        || el("p").class("banner").say(t().offline.still_watching),
    );
    help::use_guide().in_header(update::banner(header))
}

/// What answers where requests go; a press changes that.
fn engine(connection: Connection) -> El {
    let light = move || {
        let place = connection.place();
        match connection.mode.get() {
            _ if !connection.can_reach(place.as_ref()) => Light::Unsure,
            Mode::Unknown => Light::Off,
            Mode::Local | Mode::Gateway => Light::Live,
        }
    };
    let name = move || {
        let words = t().shell;
        let mode = connection.mode.get();
        match connection.place() {
            Some(place) if !connection.can_reach(Some(&place)) => (words.engine_locked)(place.host()),
            Some(place) if place.is_provider() => words.engine_provider.to_owned(),
            Some(place) => (words.engine_there)(place.host()),
            None if mode == Mode::Local => words.engine_local.to_owned(),
            None if mode == Mode::Gateway => words.engine_gateway.to_owned(),
            None => words.engine_unknown.to_owned(),
        }
    };
    el("button")
        .attr("type", "button")
        .class("engine")
        .id(ids::ENGINE)
        .attr("title", t().shell.engine_open)
        .on("click", move |_| connection.open_chosen())
        .child(el("span").class("sr-only").say(t().shell.engine_open).say(": "))
        .child(lamp(light, live(name)))
}

/// Files that are pasted anywhere, or dropped beside the wells, become the start image: the browser would otherwise
/// leave the page and open them.
fn catch_files() {
    let composer = use_composer();
    let window = window();
    listen(&window, "dragover", |event| {
        let event: &web_sys::DragEvent = event.unchecked_ref();
        if compose::reading::holds_files(event.data_transfer()) {
            event.prevent_default();
        }
    });
    listen(&window, "drop", move |event| {
        let event: &web_sys::DragEvent = event.unchecked_ref();
        if event.default_prevented() {
            return;
        }
        if let Some(file) = compose::reading::first_file(event.data_transfer()) {
            event.prevent_default();
            composer.take_file(Slot::Start, file);
        }
    });
    listen(&window, "paste", move |event| {
        let event: &web_sys::ClipboardEvent = event.unchecked_ref();
        if let Some(file) = compose::reading::first_file(event.clipboard_data()) {
            event.prevent_default();
            let in_end = document()
                .active_element()
                .and_then(|element| element.closest("[data-slot=end]").ok().flatten());
            composer.take_file(if in_end.is_some() { Slot::End } else { Slot::Start }, file);
        }
    });
}
