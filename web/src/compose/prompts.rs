//! The prompt and the negative prompt.

use std::rc::Rc;

use rushes_core::limits::PROMPT_MAX_CHARS;

use super::{
    fields::FieldKey,
    form::Form,
    notes::notes_of,
    state::{Composer, use_composer},
    view::field_ids,
};
use crate::{
    dom::{El, Get, Words, el, live},
    kit::{Field, Tone, button, counter},
    text::t,
};

/// The prompt, and what helps with it; put into `place`.
pub fn prompt(place: El) -> El {
    let composer = use_composer();
    let words = t().compose;
    let hint = move || {
        if composer.with(Form::uses_shots) {
            words.prompt_beside_shots.to_owned()
        } else {
            String::new()
        }
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
        write: Rc::new(move |text| composer.edit(|form| form.prompt = text)),
    };
    place
        .child(field.view(composer))
        .when(move || composer.with(can_copy), move || copy_to_shot(composer))
}

fn can_copy(form: &Form) -> bool {
    form.uses_shots()
        && !form.prompt.trim().is_empty()
        && form
            .shots
            .first()
            .is_some_and(|shot| shot.prompt.trim().is_empty())
}

fn copy_to_shot(composer: Composer) -> El {
    let copy = button(Tone::Quiet, t().compose.move_to_shot, move || {
        composer.edit(|form| {
            if let Some(shot) = form.shots.first_mut() {
                shot.prompt.clone_from(&form.prompt);
            }
        });
    });
    el("div").class("field-tools").child(copy)
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
        write: Rc::new(move |text| composer.edit(|form| form.negative = text)),
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
            .on_text(move |text| write(text))
            .on("blur", move |_| composer.leave(field));
        Field {
            ids,
            label: self.label,
            aside: Some(counter(move || counted(), max)),
            hint: self.hint,
            notes: notes_of(composer, field),
            control: area,
        }
        .view()
    }
}
