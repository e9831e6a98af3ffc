//! Taking this client's own key out of what arrived, should an answer echo it in a form that core cannot recognise.

use rushes_core::Input;
use rushes_core::exchange::{Arrival, Body};

use crate::Secret;

/// The fields whose words are shown to people. Handles (`task_id`, the URLs) are left alone: a short key that happens to
/// stand in one must not cost the video.
const WORDS: [&str; 4] = ["message", "reason", "error", "code"];

/// Takes the key out of every word that may be shown or logged. Before anything is clipped: of a key that is cut in two
/// nothing would be recognised.
pub(crate) fn arrival(key: &Secret, arrival: &mut Arrival) {
    match arrival {
        Arrival::NotSent { detail } | Arrival::Lost { detail } => key.scrub(detail),
        Arrival::Answer { body, .. } => match body {
            Body::Text(text) | Body::Json(Input::Text(text)) => key.scrub(text),
            Body::Json(json) => words(key, json),
        },
    }
}

/// No deeper than an [`Input`] can be nested.
fn words(key: &Secret, json: &mut Input) {
    match json {
        Input::List(items) => items.iter_mut().for_each(|item| words(key, item)),
        Input::Object(fields) => {
            for (name, value) in fields {
                match value {
                    Input::Text(text) if WORDS.contains(&name.as_str()) => key.scrub(text),
                    other => words(key, other),
                }
            }
        }
        _ => {}
    }
}
