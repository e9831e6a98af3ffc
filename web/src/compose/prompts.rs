//! The prompt and the negative prompt.

use std::{cell::RefCell, rc::Rc};

use leptos::prelude::{expect_context, untrack};
use rushes_core::limits::PROMPT_MAX_CHARS;
use wasm_bindgen::JsCast;
use web_sys::{HtmlTextAreaElement, KeyboardEvent};

use super::{
    earlier::{self, Walk},
    fields::FieldKey,
    form::Form,
    insert,
    notes::notes_of,
    palette::palette,
    state::{Composer, use_composer},
    view::field_ids,
};
use crate::{
    app::{Politeness, announce},
    dom::{El, Get, Words, el, live},
    kit::{Field, Tone, button, counter},
    ledger::Ledger,
    task::next_frame,
    text::t,
};

/// The prompt, and what helps with it; put into `place`.
pub fn prompt(place: El) -> El {
    let composer = use_composer();
    let words = t().compose;
    let hint = move || {
        composer.with(|form| match (form.uses_shots(), form.is_compiled()) {
            (true, true) => t().shots.prompt_before.to_owned(),
            (true, false) => t().shots.prompt_beside.to_owned(),
            _ => String::new(),
        })
    };
    let field = WordsField {
        field: FieldKey::Prompt,
        label: words.prompt.label.into(),
        hint: live(hint),
        placeholder: words.prompt_placeholder,
        rows: "5",
        max: PROMPT_MAX_CHARS,
        is_advice: false,
        value: Rc::new(move || composer.with(|form| form.prompt.clone())),
        write: Rc::new(move |text| composer.write(FieldKey::Prompt, |form| form.prompt = text)),
    };
    place
        .child(field.view(composer))
        .when(
            move || composer.with(Form::first_shot_lacks_prompt),
            move || move_in(composer),
        )
        .when(
            move || composer.with(Form::is_compiled),
            move || compiled(composer),
        )
}

fn move_in(composer: Composer) -> El {
    let give = button(Tone::Quiet, t().shots.move_in, move || {
        composer.edit(Form::give_to_first_shot);
        // The pressed button is gone with what it did.
        if let Some(first) = composer.now(|form| form.shots.first().map(|shot| shot.id)) {
            composer.focus(FieldKey::ShotPrompt(first));
        }
    });
    el("div").class("field-tools").child(give)
}

/// The prompt with the shots in it, as it is sent.
fn compiled(composer: Composer) -> El {
    let words = t().shots;
    let text = move || composer.with(Form::sent_prompt);
    let head = el("div").class("field-head").child([
        el("span").class("label").say(words.compiled),
        counter(move || text().chars().count(), PROMPT_MAX_CHARS),
    ]);
    let sent = el("pre")
        .class("compiled")
        .attr("tabindex", "0")
        .attr("role", "region")
        .attr("aria-label", words.compiled)
        .say(live(text));
    el("div").class("field").child([head, sent])
}

/// The negative prompt.
pub fn negative() -> El {
    let composer = use_composer();
    let words = t().compose;
    WordsField {
        field: FieldKey::Negative,
        label: words.negative.label.into(),
        hint: words.negative.hint.into(),
        placeholder: "",
        rows: "2",
        max: PROMPT_MAX_CHARS,
        is_advice: false,
        value: Rc::new(move || composer.with(|form| form.negative.clone())),
        write: Rc::new(move |text| composer.write(FieldKey::Negative, |form| form.negative = text)),
    }
    .view(composer)
}

/// A text area with a counter. It counts Unicode scalar values, as the check does, and never cuts.
pub struct WordsField {
    /// Which field.
    pub field: FieldKey,
    /// Its label.
    pub label: Words,
    /// The line under it.
    pub hint: Words,
    /// In the empty area.
    pub placeholder: &'static str,
    /// Lines it begins with.
    pub rows: &'static str,
    /// Most characters, allowed or advised.
    pub max: usize,
    /// Whether more is only unwise.
    pub is_advice: bool,
    /// Its text.
    pub value: Get<String>,
    /// What typing does.
    pub write: Rc<dyn Fn(String)>,
}

impl WordsField {
    /// The field.
    pub fn view(self, composer: Composer) -> El {
        let Self {
            field,
            max,
            is_advice,
            value,
            write,
            ..
        } = self;
        let ids = field_ids(field);
        let text = Rc::clone(&value);
        let count: Get<usize> = Rc::new(move || text().chars().count());
        let counted = Rc::clone(&count);
        let name = self.label.clone();
        let ledger = expect_context::<Ledger>();
        let walk = Rc::new(RefCell::new(Walk::default()));
        let (walked, wrote, written) = (Rc::clone(&walk), Rc::clone(&write), Rc::clone(&value));
        let area = el("textarea")
            .class("words")
            .id(&ids.control)
            .attr("rows", self.rows)
            .attr("placeholder", self.placeholder)
            .attr("spellcheck", "true")
            .attr("aria-describedby", &ids.described_by())
            .set_aria("aria-invalid", move || {
                composer.is_invalid(field) || (!is_advice && count() > max)
            })
            .value(move || value())
            .on_text(move |text| {
                walk.borrow_mut().forget();
                write(text);
            })
            .on("keydown", move |event| {
                go_through(event.unchecked_ref(), field, ledger, &walked, &written, &wrote);
            })
            .on("blur", move |_| composer.leave(field));
        Field {
            ids,
            label: self.label,
            aside: Some(
                el("span")
                    .class("field-aside")
                    .child(palette(composer, field, name))
                    .child(counter(move || counted(), max)),
            ),
            hint: self.hint,
            notes: notes_of(composer, field),
            control: area,
        }
        .view()
    }
}

/// Earlier texts by Alt and the arrows, and by the arrows alone where they have nothing else to do: in an empty field,
/// and at its very beginning or end.
fn go_through(
    event: &KeyboardEvent,
    field: FieldKey,
    ledger: Ledger,
    walk: &RefCell<Walk>,
    value: &Get<String>,
    write: &Rc<dyn Fn(String)>,
) {
    let is_back = match event.key().as_str() {
        "ArrowUp" => true,
        "ArrowDown" => false,
        _ => return,
    };
    let Some(area) = event
        .current_target()
        .map(JsCast::unchecked_into::<HtmlTextAreaElement>)
    else {
        return;
    };
    if event.is_composing() || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let now = untrack(|| value());
    let mut walk = walk.borrow_mut();
    if !event.alt_key() && !is_at_edge(&area, &now, is_back, walk.is_back()) {
        return;
    }
    event.prevent_default();
    let texts = earlier::texts(&ledger.snapshot(), field);
    let Some(text) = walk.step(&texts, &now, is_back) else {
        if texts.is_empty() {
            announce(t().help.no_earlier, Politeness::Polite);
        }
        return;
    };
    let said = if walk.is_back() {
        (t().help.earlier)(walk.place(), texts.len(), &text)
    } else {
        t().help.own_again.to_owned()
    };
    announce(said, Politeness::Polite);
    let caret = if is_back { 0 } else { insert::units(&text) };
    write(text);
    next_frame(move || drop(area.set_selection_range(caret, caret)));
}

fn is_at_edge(area: &HtmlTextAreaElement, text: &str, is_back: bool, is_among_earlier: bool) -> bool {
    let place = |place: Result<Option<u32>, _>| place.ok().flatten();
    let (start, end) = (place(area.selection_start()), place(area.selection_end()));
    if start != end {
        return false;
    }
    if is_back {
        start == Some(0)
    } else {
        is_among_earlier && start == Some(insert::units(text))
    }
}
