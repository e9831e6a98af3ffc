//! One-press cures: small changes of the form that make an issue go away.

use rushes_core::{
    Code, Detail, Issue,
    limits::{CFG_SCALE_DEFAULT, DURATION_DEFAULT_SECS, DURATION_MAX_SECS, DURATION_MIN_SECS},
};

use super::{
    fields::FieldKey,
    form::{Form, Picture, Plan, ShotForm, typed_number},
};

/// A change that one press makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cure {
    /// Sets the length.
    SetSeconds(u8),
    /// Sets a shot's length, by the shot's id.
    SetShotSeconds(u32, u8),
    /// Shortens the longest shots until they fit.
    FitShots,
    /// Removes a shot, by its id.
    RemoveShot(u32),
    /// Adds a first shot.
    AddShot,
    /// Goes back to one take; the shots are kept.
    OneTake,
    /// Opens the darkroom, where the start or (with `true`) the end image is made fit.
    FixPicture(bool),
    /// Removes the start image: text to video.
    RemoveStart,
    /// Removes the end image.
    RemoveEnd,
    /// Makes the first shot's words the main prompt.
    PromptFromShots,
    /// Sets guidance to this many hundredths.
    SetGuidance(u8),
    /// Sets the first of the listed shapes.
    ResetRatio,
}

/// The cure for an issue, where one is obvious.
pub fn find(form: &Form, field: FieldKey, issue: &Issue) -> Option<Cure> {
    match field {
        FieldKey::Seconds => Some(Cure::SetSeconds(nearest_seconds(&form.seconds))),
        FieldKey::ShotSeconds(id) => {
            let shot = form.shots.iter().find(|shot| shot.id == id)?;
            Some(Cure::SetShotSeconds(id, nearest_seconds(&shot.seconds)))
        }
        FieldKey::ShotPrompt(id) => {
            let has_others = form.shots.len() > 1;
            (issue.code == Code::Blank && has_others).then_some(Cure::RemoveShot(id))
        }
        FieldKey::Shots => match issue.code {
            Code::Empty | Code::Required => Some(Cure::AddShot),
            Code::Conflict => Some(Cure::OneTake),
            Code::OutOfRange if fitted(form).is_some() => Some(Cure::FitShots),
            Code::OutOfRange => form.shots.last().map(|shot| Cure::RemoveShot(shot.id)),
            _ => None,
        },
        FieldKey::Prompt => {
            let can_copy = form.uses_shots() && form.shots.iter().any(|shot| !shot.prompt.trim().is_empty());
            (matches!(issue.code, Code::Blank | Code::Required) && can_copy).then_some(Cure::PromptFromShots)
        }
        FieldKey::Start | FieldKey::End if is_fixable(issue) => {
            Some(Cure::FixPicture(field == FieldKey::End))
        }
        FieldKey::Start => Some(Cure::RemoveStart),
        FieldKey::End => Some(Cure::RemoveEnd),
        FieldKey::Guidance => Some(Cure::SetGuidance(nearest_guidance(&form.guidance))),
        FieldKey::Ratio => Some(Cure::ResetRatio),
        FieldKey::Negative | FieldKey::Sound => None,
    }
}

/// Whether a picture with that issue can be made fit here, as far as can be told before it is opened: of other formats,
/// those that some browser opens.
fn is_fixable(issue: &Issue) -> bool {
    const MAY_OPEN: [&str; 8] = ["webp", "avif", "heic", "gif", "bmp", "ico", "tiff", "jxl"];
    match issue.code {
        Code::ImageTooBig | Code::ImageTooSmall | Code::ImageRatio => true,
        Code::ImageFormat => {
            let format = match &issue.actual {
                Some(Detail::Text(format)) => format.as_str(),
                _ => "",
            };
            MAY_OPEN.contains(&format)
        }
        _ => false,
    }
}

impl Cure {
    /// Makes the change.
    pub fn apply(&self, form: &mut Form) {
        match self {
            Self::SetSeconds(seconds) => form.seconds = seconds.to_string(),
            Self::SetShotSeconds(id, seconds) => {
                if let Some(shot) = form.shots.iter_mut().find(|shot| shot.id == *id) {
                    shot.seconds = seconds.to_string();
                }
            }
            Self::FitShots => {
                if let Some(seconds) = fitted(form) {
                    for (shot, seconds) in form.shots.iter_mut().zip(seconds) {
                        shot.seconds = seconds.to_string();
                    }
                }
            }
            Self::RemoveShot(id) => form.shots.retain(|shot| shot.id != *id),
            Self::AddShot => {
                let id = form.fresh_shot_id();
                let seconds = DURATION_DEFAULT_SECS.to_string();
                form.shots.push(ShotForm {
                    id,
                    prompt: String::new(),
                    seconds,
                });
            }
            Self::OneTake => form.plan = Plan::OneTake,
            // The darkroom makes it, when its author says so.
            Self::FixPicture(_) => {}
            Self::RemoveStart => form.start = Picture::Empty,
            Self::RemoveEnd => form.end = Picture::Empty,
            Self::PromptFromShots => {
                if let Some(shot) = form.shots.iter().find(|shot| !shot.prompt.trim().is_empty()) {
                    form.prompt.clone_from(&shot.prompt);
                }
            }
            Self::SetGuidance(hundredths) => {
                form.guidance = crate::text::format::typed(f64::from(*hundredths) / 100.0);
            }
            Self::ResetRatio => form.ratio = Form::default().ratio,
        }
    }
}

/// The allowed length nearest to what was typed.
fn nearest_seconds(typed: &str) -> u8 {
    match typed_number(typed) {
        Some(seconds) if !seconds.is_nan() => {
            let seconds = seconds
                .round()
                .clamp(f64::from(DURATION_MIN_SECS), f64::from(DURATION_MAX_SECS));
            (DURATION_MIN_SECS..=DURATION_MAX_SECS)
                .find(|allowed| f64::from(*allowed) >= seconds)
                .unwrap_or(DURATION_MAX_SECS)
        }
        _ => DURATION_DEFAULT_SECS,
    }
}

/// The allowed guidance nearest to what was typed, in hundredths.
fn nearest_guidance(typed: &str) -> u8 {
    let typed = typed_number(typed)
        .filter(|value| !value.is_nan())
        .unwrap_or(CFG_SCALE_DEFAULT);
    (0..=100)
        .find(|hundredths| f64::from(*hundredths) >= typed * 100.0)
        .unwrap_or(100)
}

/// The shots' seconds, the longest shortened until they fit; nothing where that cannot be.
fn fitted(form: &Form) -> Option<Vec<u8>> {
    let mut seconds: Vec<u8> = form
        .shots
        .iter()
        .map(|shot| nearest_seconds(&shot.seconds))
        .collect();
    let sum = |seconds: &[u8]| seconds.iter().map(|seconds| u32::from(*seconds)).sum::<u32>();
    while sum(&seconds) > u32::from(DURATION_MAX_SECS) {
        // Of equals the last, so that the opening keeps its time.
        let longest = seconds.iter_mut().max_by_key(|seconds| **seconds)?;
        if *longest <= DURATION_MIN_SECS {
            return None;
        }
        *longest -= 1;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shots(seconds: &[&str]) -> Form {
        Form {
            start: Picture::Url("https://example.com/a.png".into()),
            plan: Plan::Shots,
            shots: (1..)
                .zip(seconds)
                .map(|(id, seconds)| ShotForm {
                    id,
                    prompt: "x".into(),
                    seconds: (*seconds).into(),
                })
                .collect(),
            ..Form::default()
        }
    }

    #[test]
    fn the_nearest_length_is_allowed() {
        for (typed, seconds) in [
            ("2", 3),
            ("-4", 3),
            ("20", 15),
            ("5.4", 5),
            ("5.5", 6),
            ("", 5),
            ("x", 5),
            ("1e999", 15),
            ("3", 3),
        ] {
            assert_eq!(nearest_seconds(typed), seconds, "{typed}");
        }
    }

    #[test]
    fn the_nearest_guidance_is_allowed() {
        for (typed, hundredths) in [
            ("1.4", 100),
            ("-1", 0),
            ("x", 50),
            ("0.301", 31),
            ("-1e999", 0),
            ("1e999", 100),
        ] {
            assert_eq!(nearest_guidance(typed), hundredths, "{typed}");
        }
    }

    #[test]
    fn shots_are_shortened_where_that_is_enough() {
        for (seconds, expected) in [
            (&["5", "5", "7"][..], Some(vec![5, 5, 5])),
            (&["6", "6", "6"], Some(vec![5, 5, 5])),
            (&["15", "3"], Some(vec![12, 3])),
            (&["3", "3", "3", "3", "3"], Some(vec![3, 3, 3, 3, 3])),
            (&["3", "3", "3", "3", "3", "3"], None),
        ] {
            assert_eq!(fitted(&shots(seconds)), expected, "{seconds:?}");
        }
    }

    #[test]
    fn cures_change_only_what_they_say() {
        let mut form = shots(&["9", "9"]);
        Cure::FitShots.apply(&mut form);
        assert_eq!(form.total_seconds(), Some(15.0));
        Cure::PromptFromShots.apply(&mut form);
        assert_eq!(form.prompt, "x");
        Cure::RemoveShot(2).apply(&mut form);
        assert_eq!(form.shots.len(), 1);
        Cure::AddShot.apply(&mut form);
        assert_eq!(form.shots.last().map(|shot| shot.id), Some(2));
        Cure::OneTake.apply(&mut form);
        assert_eq!((form.plan, form.shots.len()), (Plan::OneTake, 2));
        Cure::RemoveStart.apply(&mut form);
        assert!(form.start.is_empty());
        Cure::SetGuidance(100).apply(&mut form);
        assert_eq!(form.guidance, "1");
    }
}
