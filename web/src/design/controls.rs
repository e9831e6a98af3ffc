//! What is pressed, chosen and typed in.

use std::rc::Rc;

use leptos::prelude::*;

use super::specimen;
use crate::{
    dom::{El, el},
    ids,
    kit::{
        self, ChoiceOption, Field, FieldIds, Icon, NoteKind, Slider, Tab, Tone, button, button_with, choice,
        counter, icon_button, note, notes, select, switch,
    },
    text::{self, design, t},
};

fn nothing() {}

pub(super) fn buttons() -> Vec<El> {
    let words = design();
    let tones = [
        (Tone::Plain, t().compose.use_example),
        (Tone::Primary, t().compose.generate),
        (Tone::Danger, t().compose.remove),
        (Tone::Quiet, t().compose.start_over),
    ];
    let mut all: Vec<El> = tones
        .into_iter()
        .flat_map(|(tone, label)| {
            [
                specimen(words.usual, button(tone, label, nothing)),
                specimen(
                    words.unavailable,
                    button(tone, label, nothing).unavailable(|| true),
                ),
            ]
        })
        .collect();
    let square = || icon_button(Icon::Undo, t().help.undo, nothing);
    all.extend([
        specimen(
            words.with_icon,
            button_with(Icon::Picture, Tone::Plain, t().compose.choose_file, nothing),
        ),
        specimen(words.icon_alone, square()),
        specimen(words.unavailable, square().unavailable(|| true)),
        specimen(
            words.pressed,
            icon_button(Icon::Star, t().help.redo, nothing).set_aria("aria-pressed", || true),
        ),
    ]);
    all
}

pub(super) fn choices() -> Vec<El> {
    let value = RwSignal::new(t().compose.ratios.first().map_or("", |(value, _)| value));
    let options = t()
        .compose
        .ratios
        .iter()
        .map(|(value, label)| ChoiceOption { value, label });
    let one = choice(
        t().compose.ratio.label,
        options,
        move || value.get().to_owned(),
        move |chosen| value.set(chosen),
    );
    vec![specimen(design().usual, one)]
}

pub(super) fn switches() -> Vec<El> {
    let words = design();
    let one = |is_on: bool| {
        let is_on = RwSignal::new(is_on);
        let hint = ids::fresh("design-hint");
        let label = t().compose.sound;
        el("div").child([
            switch(
                label.label,
                &ids::fresh("design-switch"),
                &hint,
                move || is_on.get(),
                move |on| is_on.set(on),
            ),
            el("p").class("hint").id(&hint).say(label.hint),
        ])
    };
    vec![specimen(words.off, one(false)), specimen(words.on, one(true))]
}

fn field_of(control: &str) -> FieldIds {
    FieldIds::of(&ids::fresh(control))
}

fn slider(value: &'static str, is_wrong: bool) -> El {
    let value = RwSignal::new(value.to_owned());
    let ids = field_of("design-slider");
    let control = Slider {
        ids: ids.clone(),
        label: t().compose.seconds.label,
        range: ["3", "15", "1"],
        unit: t().compose.second_unit,
        value: Rc::new(move || value.get()),
        invalid: Rc::new(move || is_wrong),
        value_text: Rc::new(move || [&value.get(), " ", t().compose.second_unit].concat()),
        on_change: Rc::new(move |text| value.set(text)),
        on_leave: Rc::new(nothing),
    };
    let wrong = is_wrong.then(|| note(NoteKind::Error, design().too_long.to_owned(), None));
    Field {
        ids,
        label: t().compose.seconds.label.into(),
        aside: None,
        hint: "".into(),
        notes: notes().child(wrong),
        control: control.view(),
    }
    .view()
}

pub(super) fn sliders() -> Vec<El> {
    let words = design();
    vec![
        specimen(words.usual, slider("5", false)),
        specimen(words.wrong, slider("16", true)),
    ]
}

pub(super) fn selects() -> Vec<El> {
    let value = RwSignal::new("1".to_owned());
    let speeds = || {
        ["0.5", "1", "2"]
            .map(|speed| (speed.to_owned(), [speed, "×"].concat()))
            .into()
    };
    let one = select(
        text::player().speed,
        speeds,
        move || value.get(),
        move |chosen| value.set(chosen),
    );
    vec![specimen(design().usual, one)]
}

fn field(said: Option<El>, is_wrong: bool) -> El {
    let ids = field_of("design-field");
    let words = RwSignal::new(t().compose.example_text.prompt.to_owned());
    let control = el("textarea")
        .class("words")
        .attr("rows", "3")
        .id(&ids.control)
        .attr("aria-describedby", &ids.described_by())
        .set_aria("aria-invalid", move || is_wrong)
        .value(move || words.get())
        .on_text(move |text| words.set(text));
    Field {
        ids,
        label: t().compose.negative.label.into(),
        aside: Some(counter(move || words.with(|words| words.chars().count()), 2500)),
        hint: t().compose.negative.hint.into(),
        notes: notes().child(said),
        control,
    }
    .view()
}

pub(super) fn fields() -> Vec<El> {
    let words = design();
    let cure = button(Tone::Plain, t().compose.start_over, nothing);
    vec![
        specimen(words.usual, field(None, false)),
        specimen(
            words.warned,
            field(
                Some(note(NoteKind::Warning, words.good_to_know.to_owned(), None)),
                false,
            ),
        ),
        specimen(
            words.wrong,
            field(
                Some(note(NoteKind::Error, words.too_long.to_owned(), Some(cure))),
                true,
            ),
        ),
    ]
}

pub(super) fn counters() -> Vec<El> {
    let words = design();
    vec![
        specimen(words.usual, counter(|| 164, 2500)),
        specimen(words.wrong, counter(|| 2512, 2500)),
    ]
}

pub(super) fn tabs() -> Vec<El> {
    let shell = t().shell;
    let tab = |id: &'static str, label: &'static str, count: usize| Tab {
        id,
        label,
        count: Rc::new(move || count),
    };
    let all = vec![
        tab("design-first", shell.compose, 0),
        tab("design-second", shell.library, 12),
    ];
    // The kit's switcher keeps its choice for as long as the page.
    let chosen: &'static ArcRwSignal<&'static str> = Box::leak(Box::new(ArcRwSignal::new("design-first")));
    // Each landmark has a name of its own.
    vec![specimen(
        design().usual,
        kit::tabs(&ids::fresh(shell.parts), all, chosen),
    )]
}
