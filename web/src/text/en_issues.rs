//! English: what is wrong, and what a press does about it.

use rushes_core::{Code, Detail, Issue, limits};

use super::format::{number, whole};
use crate::compose::{cure::Cure, fields::FieldKey, problems::Subject};

/// The sentence for an issue: the present value, the limit, the next step. What has no own sentence keeps the core's.
pub(super) fn sentence(subject: &Subject<'_>, issue: &Issue) -> String {
    match subject.field {
        FieldKey::Prompt | FieldKey::Negative | FieldKey::ShotPrompt(_) => words(subject, issue),
        FieldKey::Seconds => length("The length", issue),
        FieldKey::ShotSeconds(_) => length(&shot(subject), issue),
        FieldKey::Shots => shots(issue),
        FieldKey::Guidance => match actual(issue) {
            Some(value) => Some(format!("Guidance is {}; it goes from 0 to 1.", number(value))),
            None => Some("Guidance is not a number; it goes from 0 to 1.".to_owned()),
        },
        FieldKey::Start | FieldKey::End => picture(subject, issue),
        FieldKey::Ratio | FieldKey::Sound => None,
    }
    .unwrap_or_else(|| issue.message.clone())
}

fn shot(subject: &Subject<'_>) -> String {
    subject
        .shot
        .map_or_else(|| "The shot".to_owned(), |shot| format!("Shot {shot}"))
}

fn actual(issue: &Issue) -> Option<f64> {
    match issue.actual {
        Some(Detail::Number(value)) => Some(value),
        _ => None,
    }
}

fn limit(issue: &Issue) -> Option<f64> {
    match issue.limit {
        Some(Detail::Number(value) | Detail::Range { max: value, .. }) => Some(value),
        _ => None,
    }
}

fn words(subject: &Subject<'_>, issue: &Issue) -> Option<String> {
    let what = match subject.field {
        FieldKey::Prompt if subject.is_compiled => "The prompt with its shots".to_owned(),
        FieldKey::Prompt => "The prompt".to_owned(),
        FieldKey::Negative => "The negative prompt".to_owned(),
        _ => shot(subject),
    };
    match issue.code {
        Code::Blank | Code::Required => Some(match subject.field {
            FieldKey::Prompt if subject.uses_shots => {
                "A main prompt is required, even though the model may ignore it beside shots.".to_owned()
            }
            FieldKey::Prompt => "The prompt is empty. Write what should be seen.".to_owned(),
            _ => format!("{what} has no words yet. Write what should be seen."),
        }),
        Code::TooLong => {
            let (actual, limit) = (actual(issue)?, limit(issue)?);
            let over = number((actual - limit).max(0.0));
            Some(if issue.is_error() {
                format!(
                    "{what} has {} characters; {} are allowed. Cut {over}.",
                    grouped(actual),
                    grouped(limit)
                )
            } else {
                format!(
                    "{what} has {} characters; the model itself may read only {}.",
                    grouped(actual),
                    grouped(limit)
                )
            })
        }
        _ => None,
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a count of characters"
)]
fn grouped(count: f64) -> String {
    whole(count.max(0.0) as u64)
}

fn length(what: &str, issue: &Issue) -> Option<String> {
    let (min, max) = (limits::DURATION_MIN_SECS, limits::DURATION_MAX_SECS);
    match (issue.code, actual(issue)) {
        (Code::NotAnInteger, Some(value)) => Some(format!(
            "{what} is {} s; it must be whole seconds, {min} to {max}.",
            number(value)
        )),
        (Code::OutOfRange, Some(value)) => Some(format!(
            "{what} is {} s; {min} to {max} s are allowed.",
            number(value)
        )),
        (Code::NotAnInteger | Code::OutOfRange | Code::WrongType, None) => {
            Some(format!("{what} is not a number; {min} to {max} s are allowed."))
        }
        _ => None,
    }
}

fn shots(issue: &Issue) -> Option<String> {
    match (issue.code, actual(issue)) {
        (Code::Empty | Code::Required, _) => {
            Some("There is no shot yet. Add one, or go back to one take.".to_owned())
        }
        (Code::OutOfRange, Some(sum)) => Some(format!(
            "The shots add up to {} s; {} to {} s are allowed.",
            number(sum),
            limits::DURATION_MIN_SECS,
            limits::DURATION_MAX_SECS
        )),
        _ => None,
    }
}

fn picture(subject: &Subject<'_>, issue: &Issue) -> Option<String> {
    match issue.code {
        Code::BadImageSource => {
            Some("That is no web address. It begins with https:// and anyone can open it.".to_owned())
        }
        _ => subject.file.map(|name| format!("{name}: {}", issue.message)),
    }
}

/// The words of a cure.
pub(super) fn cure(cure: &Cure) -> String {
    match cure {
        Cure::SetSeconds(seconds) | Cure::SetShotSeconds(_, seconds) => format!("Set to {seconds} s"),
        Cure::FitShots => format!("Shorten to {} s", limits::DURATION_MAX_SECS),
        Cure::RemoveShot(_) => "Remove this shot".to_owned(),
        Cure::AddShot => "Add a shot".to_owned(),
        Cure::OneTake => "Back to one take".to_owned(),
        Cure::FixPicture(_) => "Fix it…".to_owned(),
        Cure::RemoveStart => "Go on without it".to_owned(),
        Cure::RemoveEnd => "Remove it".to_owned(),
        Cure::PromptFromShots => "Use shot 1’s words".to_owned(),
        Cure::SetGuidance(hundredths) => format!("Set to {}", number(f64::from(*hundredths) / 100.0)),
        Cure::ResetRatio => format!("Set to {}", limits::ASPECT_RATIOS[0]),
    }
}
