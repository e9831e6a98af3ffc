//! Variations: several takes of one request, or a sweep over some of its settings, one form each.

use rushes_core::Endpoint;

use super::form::Form;

/// Most takes of one series.
pub const MOST: usize = 20;

/// What varies. An empty list leaves the form's own value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spec {
    /// How many takes of each.
    pub copies: usize,
    /// Values of `cfg_scale`, as typed.
    pub guidance: String,
    /// Values of `duration`, as typed; not with shots, which give it.
    pub seconds: String,
    /// Values of `aspect_ratio`; not with a start image, which gives it.
    pub ratios: Vec<&'static str>,
}

/// One take of a series.
#[derive(Clone, Debug, PartialEq)]
pub struct Variation {
    /// What is different about it.
    pub label: String,
    /// The form that it is sent from.
    pub form: Form,
}

/// Values that were typed one after the other, each once.
pub fn values(typed: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for value in typed.split([',', ';', ' ', '，', '、']).map(str::trim) {
        if !value.is_empty() && !values.iter().any(|other| other == value) {
            values.push(value.to_owned());
        }
    }
    values
}

/// Every take of a series, those that differ least one after the other; at most one more than [`MOST`], so that too
/// many are seen to be too many.
pub fn plan(form: &Form, spec: &Spec) -> Vec<Variation> {
    let or_own = |values: Vec<String>| {
        if values.is_empty() {
            vec![None]
        } else {
            values.into_iter().map(Some).collect()
        }
    };
    let guidance = or_own(values(&spec.guidance));
    let seconds = or_own(if form.uses_shots() {
        Vec::new()
    } else {
        values(&spec.seconds)
    });
    let ratios = or_own(if form.endpoint() == Endpoint::TextToVideo {
        spec.ratios.iter().map(|ratio| (*ratio).to_owned()).collect()
    } else {
        Vec::new()
    });
    let mut all = Vec::new();
    for ratio in &ratios {
        for seconds in &seconds {
            for guidance in &guidance {
                for copy in 1..=spec.copies.max(1) {
                    if all.len() > MOST {
                        return all;
                    }
                    all.push(one(
                        form,
                        ratio.as_deref(),
                        seconds.as_deref(),
                        guidance.as_deref(),
                        copy,
                    ));
                }
            }
        }
    }
    all
}

fn one(
    form: &Form,
    ratio: Option<&str>,
    seconds: Option<&str>,
    guidance: Option<&str>,
    copy: usize,
) -> Variation {
    let mut form = form.clone();
    let mut label: Vec<String> = Vec::new();
    if let Some(ratio) = ratio {
        ratio.clone_into(&mut form.ratio);
        label.push(ratio.to_owned());
    }
    if let Some(seconds) = seconds {
        seconds.clone_into(&mut form.seconds);
        label.push([seconds, " s"].concat());
    }
    if let Some(guidance) = guidance {
        guidance.clone_into(&mut form.guidance);
        label.push(["cfg ", guidance].concat());
    }
    label.push(["#", &copy.to_string()].concat());
    Variation {
        label: label.join(" · "),
        form,
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compose::form::{Picture, Plan};

    fn labels(form: &Form, spec: &Spec) -> Vec<String> {
        plan(form, spec).into_iter().map(|one| one.label).collect()
    }

    #[test]
    fn takes_and_sweeps_are_multiplied() {
        let form = Form::default();
        for (spec, expected) in [
            (Spec::default(), &["#1"][..]),
            (
                Spec {
                    copies: 2,
                    ..Spec::default()
                },
                &["#1", "#2"],
            ),
            (
                Spec {
                    copies: 1,
                    guidance: "0.3, 0.7 0.3".into(),
                    ratios: vec!["16:9", "1:1"],
                    ..Spec::default()
                },
                &[
                    "16:9 · cfg 0.3 · #1",
                    "16:9 · cfg 0.7 · #1",
                    "1:1 · cfg 0.3 · #1",
                    "1:1 · cfg 0.7 · #1",
                ],
            ),
            (
                Spec {
                    copies: 1,
                    seconds: "3、5".into(),
                    ..Spec::default()
                },
                &["3 s · #1", "5 s · #1"],
            ),
        ] {
            assert_eq!(labels(&form, &spec), expected);
        }
    }

    #[test]
    fn what_something_else_gives_is_not_swept() {
        let spec = Spec {
            copies: 1,
            seconds: "3, 5".into(),
            ratios: vec!["1:1", "16:9"],
            ..Spec::default()
        };
        let with_image = Form {
            start: Picture::Url("https://example.com/a.png".into()),
            ..Form::default()
        };
        assert_eq!(labels(&with_image, &spec), ["3 s · #1", "5 s · #1"]);
        let with_shots = Form {
            plan: Plan::Shots,
            ..with_image
        };
        assert_eq!(labels(&with_shots, &spec), ["#1"]);
    }

    #[test]
    fn too_many_are_seen_and_not_made() {
        let spec = Spec {
            copies: 9_999_999,
            ..Spec::default()
        };
        assert_eq!(plan(&Form::default(), &spec).len(), MOST + 1);
    }

    proptest! {
        #[test]
        fn each_differs_from_the_form_only_in_what_is_swept(copies in 1_usize..4, guidance in "[0-9., ]{0,9}", seconds in "[0-9, ]{0,9}") {
            let form = Form { prompt: "A fox".into(), sound: true, ..Form::default() };
            let spec = Spec { copies, guidance, seconds, ratios: Vec::new() };
            let count = copies * values(&spec.guidance).len().max(1) * values(&spec.seconds).len().max(1);
            let all = plan(&form, &spec);
            prop_assert_eq!(all.len(), count.min(MOST + 1));
            for mut one in all {
                one.form.guidance.clone_from(&form.guidance);
                one.form.seconds.clone_from(&form.seconds);
                prop_assert_eq!(&one.form, &form);
            }
        }
    }
}
