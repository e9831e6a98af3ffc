//! Length, shape, sound and guidance.

use std::rc::Rc;

use rushes_core::limits::{CFG_SCALE_DEFAULT, CFG_SCALE_MAX, CFG_SCALE_MIN};

use super::{
    fields::FieldKey,
    form::{Form, Picture, typed_number},
    notes::notes_of,
    state::{Composer, use_composer},
    view::field_ids,
};
use crate::{
    dom::{El, el, live},
    kit::{ChoiceOption, Field, Slider, choice, switch},
    text::{format, t},
};

/// Smallest, largest and step of the length, in seconds, as HTML writes them.
const LENGTH_RANGE: [&str; 3] = ["3", "15", "1"];
/// Smallest, largest and step of the guidance.
const GUIDANCE_RANGE: [&str; 3] = ["0", "1", "0.05"];

/// Length, shape and sound.
pub fn settings() -> El {
    let composer = use_composer();
    el("div")
        .class("settings")
        .swap(
            move || composer.with(|form| !form.uses_shots()),
            move |in_one_take| {
                if *in_one_take {
                    length(composer)
                } else {
                    total(composer)
                }
            },
        )
        .swap(
            move || composer.with(|form| form.start.is_empty()),
            move |without_image| {
                if *without_image {
                    shape(composer)
                } else {
                    given_shape(composer)
                }
            },
        )
        .child(sound(composer))
}

fn length(composer: Composer) -> El {
    let words = t().compose;
    let field = FieldKey::Seconds;
    let slider = Slider {
        ids: field_ids(field),
        label: words.seconds.label,
        range: LENGTH_RANGE,
        unit: words.second_unit,
        value: Rc::new(move || composer.with(|form| form.seconds.clone())),
        invalid: Rc::new(move || composer.is_invalid(field)),
        value_text: Rc::new(move || composer.with(|form| [&form.seconds, " ", words.second_unit].concat())),
        on_change: Rc::new(move |text| composer.write(field, |form| form.seconds = text)),
        on_leave: Rc::new(move || composer.leave(field)),
    };
    Field {
        ids: field_ids(field),
        label: words.seconds.label.into(),
        aside: None,
        hint: "".into(),
        notes: notes_of(composer, field),
        control: slider.view(),
    }
    .view()
}

/// The length that the shots give.
fn total(composer: Composer) -> El {
    let words = t().compose;
    given(words.seconds.label, move || {
        let total = composer.with(Form::total_seconds);
        (t().shots.seconds)(&total.map_or_else(|| "?".to_owned(), format::number))
    })
}

/// A setting that follows from something else.
fn given(label: &'static str, text: impl Fn() -> String + 'static) -> El {
    el("p")
        .class("given")
        .child([el("span").class("label").say(label), el("span").say(live(text))])
}

fn shape(composer: Composer) -> El {
    let words = t().compose;
    let options = words
        .ratios
        .iter()
        .map(|(value, label)| ChoiceOption { value, label });
    choice(
        words.ratio.label,
        options,
        move || composer.with(|form| form.ratio.clone()),
        move |ratio| composer.edit(|form| ratio.clone_into(&mut form.ratio)),
    )
    .id(&FieldKey::Ratio.control_id())
}

/// The shape that the start image gives.
fn given_shape(composer: Composer) -> El {
    given(t().compose.ratio.label, move || {
        composer.with(|form| match &form.start {
            Picture::Held { info: Some(info), .. } | Picture::Refused { info: Some(info), .. } => {
                (t().compose.ratio_from_image)(&format::ratio(info.width, info.height))
            }
            _ => t().compose.ratio_unknown.to_owned(),
        })
    })
}

fn sound(composer: Composer) -> El {
    let words = t().compose;
    let switch = switch(
        words.sound.label,
        &FieldKey::Sound.control_id(),
        "sound-hint",
        move || composer.with(|form| form.sound),
        move |on| composer.edit(|form| form.sound = on),
    );
    el("div").class("field").child([
        switch,
        el("p").class("hint").id("sound-hint").say(words.sound.hint),
    ])
}

/// How closely the model keeps to the words.
pub fn guidance() -> El {
    let composer = use_composer();
    let words = t().compose;
    let field = FieldKey::Guidance;
    let in_words = move || {
        let value = composer.with(|form| typed_number(&form.guidance));
        let value = value.unwrap_or(CFG_SCALE_DEFAULT);
        if (CFG_SCALE_MIN..=CFG_SCALE_MAX).contains(&value) {
            (words.guidance_words)(value)
        } else {
            ""
        }
    };
    let slider = Slider {
        ids: field_ids(field),
        label: words.guidance.label,
        range: GUIDANCE_RANGE,
        unit: "",
        value: Rc::new(move || composer.with(|form| form.guidance.clone())),
        invalid: Rc::new(move || composer.is_invalid(field)),
        value_text: Rc::new(move || composer.with(|form| [&form.guidance, ", ", in_words()].concat())),
        on_change: Rc::new(move |text| composer.write(field, |form| form.guidance = text)),
        on_leave: Rc::new(move || composer.leave(field)),
    };
    let ends = el("div").class("ends").attr("aria-hidden", "true").child([
        el("span").say(words.guidance_loose),
        el("span").say(words.guidance_strict),
    ]);
    let aside = el("span")
        .class("counter")
        .say(live(move || in_words().to_owned()));
    Field {
        ids: field_ids(field),
        label: words.guidance.label.into(),
        aside: Some(aside),
        hint: "".into(),
        notes: notes_of(composer, field),
        control: el("div").class("guidance").child([slider.view(), ends]),
    }
    .view()
}

#[cfg(test)]
mod tests {
    use rushes_core::limits::{CFG_SCALE_MAX, CFG_SCALE_MIN, DURATION_MAX_SECS, DURATION_MIN_SECS};

    use super::{GUIDANCE_RANGE, LENGTH_RANGE};

    #[test]
    fn sliders_end_where_the_limits_are() {
        let ends = |range: [&'static str; 3]| [range[0].to_owned(), range[1].to_owned()];
        assert_eq!(
            ends(LENGTH_RANGE),
            [DURATION_MIN_SECS, DURATION_MAX_SECS].map(|end| end.to_string())
        );
        assert_eq!(
            ends(GUIDANCE_RANGE),
            [CFG_SCALE_MIN, CFG_SCALE_MAX].map(|end| end.to_string())
        );
    }
}
