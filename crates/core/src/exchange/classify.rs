//! What an answer says went wrong, whichever of the three error forms it has.

use super::Body;
use super::peek::word;
use crate::failure::{as_code, tidy};
use crate::say::holds;
use crate::{FailureKind, Input};

/// Longest foreign words kept, in characters.
pub(super) const DETAIL_MAX_CHARS: usize = 500;

/// The provider's reason code and its own words, where it gave them.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Said {
    pub(super) reason: Option<String>,
    pub(super) words: Option<String>,
}

impl Said {
    /// The documented kind of the reason; `None` without a reason, and for one that is not documented.
    pub(super) fn kind(&self) -> Option<FailureKind> {
        self.reason.as_deref().and_then(FailureKind::of_reason)
    }
}

/// Reads `{code, reason, message, metadata}`, `{error: {message, code}}` and plain text; a page of HTML says nothing.
pub(super) fn said(body: &Body) -> Said {
    match body {
        Body::Json(answer) => said_in_json(answer),
        Body::Text(text) if is_markup(text) => Said::default(),
        Body::Text(text) => Said {
            reason: None,
            words: shown(text),
        },
    }
}

fn said_in_json(answer: &Input) -> Said {
    if let Input::Text(text) = answer {
        return Said {
            reason: None,
            words: shown(text),
        };
    }
    let inner = answer.get("error");
    let places = [Some(answer), inner];
    let find = |name: &str| {
        places
            .iter()
            .flatten()
            .find_map(|place| word(place.get(name), DETAIL_MAX_CHARS * 4))
    };
    let code = find("reason")
        .as_deref()
        .and_then(as_code)
        .or_else(|| find("code").as_deref().and_then(as_code));
    let words = find("message")
        .or_else(|| word(inner, DETAIL_MAX_CHARS * 4))
        .or_else(|| find("reason").filter(|reason| as_code(reason).is_none()));
    Said {
        reason: code,
        words: words.as_deref().and_then(shown),
    }
}

/// Foreign words fit to show; nothing where they are a page.
fn shown(text: &str) -> Option<String> {
    if is_markup(text) {
        return None;
    }
    Some(tidy(text, DETAIL_MAX_CHARS)).filter(|words| !words.is_empty())
}

/// Whether it is a page rather than words: it starts as one, or holds the tags of one.
fn is_markup(text: &str) -> bool {
    let start: String = text
        .trim_start()
        .chars()
        .take(2000)
        .collect::<String>()
        .to_ascii_lowercase();
    start.starts_with('<') || holds(&start, &["<html", "<!doctype", "<body", "<head", "</"])
}
