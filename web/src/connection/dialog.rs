//! The dialogs: where requests go, and the key for looking at a take.

use std::rc::Rc;

use leptos::prelude::*;
use rushes_client::{BaseUrl, Secret};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::check::{self, Verdict};
use super::{Connection, Mode, Way};
use crate::{
    app::{Politeness, announce},
    demand::on_demand,
    dom::{El, el, live},
    ids,
    kit::{
        ChoiceOption, Field, FieldIds, Icon, NoteKind, Toaster, Tone, button, choice, dialog, icon, note,
        notes, use_toaster,
    },
    ledger::Place,
    task::spawn,
    text::{self, t},
};

/// Both dialogs.
pub fn dialogs() -> [El; 2] {
    let connection = expect_context::<Connection>();
    let words = t().doors;
    let parts = connection.parts;
    let (wanted, asks) = (parts.wanted, RwSignal::new(false));
    crate::task::follow(move || {
        let is_wanted = wanted.with(Option::is_some);
        if asks.get_untracked() != is_wanted {
            asks.set(is_wanted);
        }
    });
    crate::task::follow(move || {
        if !asks.get() && wanted.with_untracked(Option::is_some) {
            wanted.set(None);
        }
    });
    let chooser = dialog(parts.is_open, words.connect, |body| {
        body.child(on_demand(connection_choice))
    });
    let unlock = dialog(asks, words.unlock, |body| body.child(on_demand(connection_key)));
    [chooser, unlock]
}

crate::part! { in connection;
    /// The choice of where requests go.
    fn connection_choice() -> El {
        choose(expect_context())
    }
}

crate::part! { in connection;
    /// The key for looking at takes elsewhere.
    fn connection_key() -> El {
        let connection = expect_context::<Connection>();
        match connection.parts.wanted.get_untracked() {
            Some(place) => key_for(connection, place),
            None => el("div"),
        }
    }
}

/// What is being filled in: the inputs themselves hold it, so that a key is nowhere else, and goes with them.
#[derive(Clone)]
struct Form {
    connection: Connection,
    toaster: Toaster,
    address: Option<HtmlInputElement>,
    key: Option<HtmlInputElement>,
    /// The place, where it is given.
    place: Option<Place>,
    /// Whether requests go there from now on, or takes are only looked at.
    is_choice: bool,
    is_checking: RwSignal<bool>,
    verdict: RwSignal<Option<Said>>,
}

/// What is said under the fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// What came of the check.
    Checked(Verdict),
    /// What is wrong with what was filled in.
    Wrong(&'static str),
}

fn choose(connection: Connection) -> El {
    let words = text::connect();
    let way = RwSignal::new(connection.parts.begins_with.get_untracked());
    let options = [
        ("here", words.here),
        ("gateway", words.gateway),
        ("provider", words.provider),
    ]
    .map(|(value, label)| ChoiceOption { value, label });
    let chosen = move || {
        match way.get() {
            Way::Here => "here",
            Way::Gateway => "gateway",
            Way::Provider => "provider",
        }
        .to_owned()
    };
    let change = move |value| {
        way.set(match value {
            "gateway" => Way::Gateway,
            "provider" => Way::Provider,
            _ => Way::Here,
        });
    };
    el("div")
        .class("stack")
        .child(choice(words.to, options, chosen, change))
        .child(el("div").class("stack").swap(
            move || way.get(),
            move |way| match way {
                Way::Here => here(connection),
                Way::Gateway => gateway(connection),
                Way::Provider => provider(connection),
            },
        ))
}

fn here(connection: Connection) -> Vec<El> {
    let words = text::connect();
    let toaster = use_toaster();
    let is_here = connection.place_now().is_none();
    let about = move || {
        let known = connection.mode.get();
        match known {
            Mode::Local if is_here => words.here_local,
            Mode::Gateway if is_here => words.here_gateway,
            _ => words.here_unknown,
        }
        .to_owned()
    };
    let use_it = button(Tone::Primary, words.use_here, move || {
        connection.choose(None, None);
        done(connection, toaster, words.now_here.to_owned());
    });
    vec![el("p").say(live(about)), el("div").class("acts").child(use_it)]
}

fn gateway(connection: Connection) -> Vec<El> {
    let words = text::connect();
    let address = FieldIds::of(&ids::fresh("address"));
    let input = text_input(&address, "url", "url");
    input.set_value(
        &connection
            .place_now()
            .filter(|place| !place.is_provider())
            .map(|place| place.url)
            .unwrap_or_default(),
    );
    input.set_placeholder("https://");
    let (key_field, key) = secret_field(words.token, words.token_hint);
    let clear = warn_in_the_clear(&input);
    let form = Form::new(connection, Some(&input), Some(&key), None, true);
    let address = Field {
        ids: address,
        label: words.address.into(),
        aside: None,
        hint: words.address_hint.into(),
        notes: clear,
        control: El::from(input.unchecked_into::<web_sys::Element>()),
    };
    vec![
        el("p").say(words.gateway_about),
        form.view([address.view(), key_field]),
    ]
}

/// Says at once where a token could be read on its way.
fn warn_in_the_clear(input: &HtmlInputElement) -> El {
    let is_clear = RwSignal::new(false);
    let read = input.clone();
    let look = move |_| {
        let base = BaseUrl::new(&read.value());
        is_clear.set(base.is_ok_and(|base| check::is_in_the_clear(base.as_str())));
    };
    crate::dom::listen(input, "input", look);
    notes().when(
        move || is_clear.get(),
        || note(NoteKind::Warning, text::connect().in_the_clear.to_owned(), None),
    )
}

fn provider(connection: Connection) -> Vec<El> {
    let words = text::connect();
    let is_understood = RwSignal::new(false);
    let (key_field, key) = secret_field(words.key, words.key_hint);
    let form = Form::new(connection, None, Some(&key), Some(Place::provider()), true);
    let understood = el("label").class("consent").child([
        el("input")
            .attr("type", "checkbox")
            .checked(move || is_understood.get())
            .on("change", move |event| {
                is_understood.set(crate::dom::is_checked(&event));
            }),
        el("span").say(words.understood),
    ]);
    let held = Place::provider();
    let forget = el("div").when(
        move || connection.can_reach(Some(&held)),
        move || {
            button(Tone::Plain, words.forget, move || {
                connection.forget_key(&Place::provider());
                announce(words.forgotten, Politeness::Polite);
            })
        },
    );
    let fields = el("div").class("stack").when(move || is_understood.get(), {
        let fields = form.view([key_field]);
        move || fields.clone()
    });
    vec![
        el("p")
            .class("risk")
            .child(icon(Icon::Warning))
            .child(el("span").say((words.risk)(Place::provider().host()))),
        understood,
        fields,
        forget,
    ]
}

fn key_for(connection: Connection, place: Place) -> El {
    let words = text::connect();
    let about = if place.needs_key {
        words.unlock_about
    } else {
        words.unlock_open
    };
    let about = el("p").say(about(&place.url));
    if place.needs_key {
        let (key_field, key) = secret_field(words.key_or_token, words.key_hint);
        let form = Form::new(connection, None, Some(&key), Some(place), false);
        el("div").class("stack").child([about, form.view([key_field])])
    } else {
        let form = Form::new(connection, None, None, Some(place), true);
        el("div").class("stack").child([about, form.view([])])
    }
}

/// A field for a key: pasting and password managers work, nothing is shown, and nothing is kept by the browser's form
/// memory.
fn secret_field(label: &'static str, hint: &'static str) -> (El, HtmlInputElement) {
    let ids = FieldIds::of(&ids::fresh("secret"));
    let input = text_input(&ids, "password", "off");
    let field = Field {
        ids,
        label: label.into(),
        aside: None,
        hint: hint.into(),
        notes: notes(),
        control: El::from(input.clone().unchecked_into::<web_sys::Element>()),
    };
    (field.view(), input)
}

fn text_input(ids: &FieldIds, kind: &str, autocomplete: &str) -> HtmlInputElement {
    let input = el("input")
        .class("line")
        .attr("type", kind)
        .attr("autocomplete", autocomplete)
        .attr("autocapitalize", "off")
        .attr("spellcheck", "false")
        .id(&ids.control)
        .attr("aria-describedby", &ids.described_by());
    input.html().unchecked_into()
}

/// Closes the dialogs and says what holds now.
fn done(connection: Connection, toaster: Toaster, words: String) {
    connection.parts.is_open.set(false);
    connection.parts.wanted.set(None);
    toaster.say(words);
}

impl Form {
    fn new(
        connection: Connection,
        address: Option<&HtmlInputElement>,
        key: Option<&HtmlInputElement>,
        place: Option<Place>,
        is_choice: bool,
    ) -> Self {
        Self {
            connection,
            toaster: use_toaster(),
            address: address.cloned(),
            key: key.cloned(),
            place,
            is_choice,
            is_checking: RwSignal::new(false),
            verdict: RwSignal::new(None),
        }
    }

    /// The fields, the button, and what came of the check.
    fn view(self, fields: impl IntoIterator<Item = El>) -> El {
        let words = text::connect();
        let (is_checking, verdict) = (self.is_checking, self.verdict);
        let form = Rc::new(self);
        let pressed = Rc::clone(&form);
        let label = move || {
            if is_checking.get() {
                words.checking
            } else {
                words.check
            }
            .to_owned()
        };
        let use_it = el("button")
            .attr("type", "submit")
            .class("button primary")
            .unavailable(move || is_checking.get())
            .say(live(label));
        let anyway = el("div").when(
            move || matches!(verdict.get(), Some(Said::Checked(verdict)) if verdict.may_pass()),
            move || {
                let form = Rc::clone(&form);
                button(Tone::Plain, words.anyway, move || match form.read() {
                    Ok((place, key)) => form.accept(place, key),
                    Err(wrong) => form.say(Said::Wrong(wrong)),
                })
            },
        );
        let said = el("div").class("notes").swap(
            move || verdict.get(),
            |said| said.map(|said| note(NoteKind::Error, said.words().to_owned(), None)),
        );
        el("form")
            .class("stack")
            .attr("novalidate", "")
            .on("submit", move |event| {
                event.prevent_default();
                pressed.submit();
            })
            .child(fields)
            .child([
                said,
                el("p").class("hint").say(words.check_free),
                el("div").class("acts").child([use_it, anyway]),
            ])
    }

    /// What was filled in; the sentence that says what is wrong with it.
    fn read(&self) -> Result<(Place, Option<Secret>), &'static str> {
        let words = text::connect();
        let typed = self.key.as_ref().map(HtmlInputElement::value).unwrap_or_default();
        let key = match Secret::new(&typed) {
            Ok(key) => Some(key),
            Err(rushes_client::KeyError::Empty) => None,
            Err(_) => return Err(words.odd_key),
        };
        if let Some(place) = &self.place {
            return match key {
                None if place.needs_key => Err(words.no_key),
                key => Ok((place.clone(), key)),
            };
        }
        let address = self.address.as_ref().map(HtmlInputElement::value);
        let base = BaseUrl::new(&address.unwrap_or_default()).map_err(|_| words.odd_address)?;
        if base.as_str() == BaseUrl::PROVIDER {
            return Err(words.is_provider);
        }
        Ok((Place::gateway(&base, key.is_some()), key))
    }

    fn submit(self: &Rc<Self>) {
        if self.is_checking.get_untracked() {
            return;
        }
        let (place, key) = match self.read() {
            Ok(read) => read,
            Err(wrong) => return self.say(Said::Wrong(wrong)),
        };
        let Some(base) = place.base_url() else {
            return self.say(Said::Wrong(text::connect().odd_address));
        };
        self.is_checking.set(true);
        self.verdict.set(None);
        announce(text::connect().checking, Politeness::Polite);
        let form = Rc::clone(self);
        spawn(async move {
            let verdict = check::check(base, key.clone()).await;
            // Where the dialog was closed meanwhile, nothing is taken over.
            if form.is_checking.try_set(false).is_some() {
                return;
            }
            match verdict {
                Verdict::Good => form.accept(place, key),
                verdict => form.say(Said::Checked(verdict)),
            }
        });
    }

    fn say(&self, said: Said) {
        self.verdict.set(Some(said));
        announce(said.words(), Politeness::Polite);
    }

    fn accept(&self, place: Place, key: Option<Secret>) {
        if let Some(field) = &self.key {
            field.set_value("");
        }
        let words = text::connect();
        let now = if self.is_choice {
            words.now_there
        } else {
            words.looking
        };
        let said = now(place.host());
        if self.is_choice {
            self.connection.choose(Some(place), key);
        } else {
            self.connection.hold_key(&place, key);
        }
        done(self.connection, self.toaster, said);
    }
}

impl Said {
    fn words(self) -> &'static str {
        let words = text::connect();
        match self {
            Self::Wrong(wrong) => wrong,
            Self::Checked(verdict) => match verdict {
                Verdict::Good => words.good,
                Verdict::KeyMissing => words.key_missing,
                Verdict::BadKey => words.bad_key,
                Verdict::NotAllowed => words.not_allowed,
                Verdict::NoCors => words.no_cors,
                Verdict::NoAnswer => words.no_answer,
                Verdict::NotOurs => words.not_ours,
                Verdict::Offline => words.offline,
                Verdict::Policy => words.policy,
                Verdict::Mixed => words.mixed,
                Verdict::Busy => words.busy,
                Verdict::Trouble => words.trouble,
            },
        }
    }
}
