use super::place::{Place, count};
use super::{Broken, Sound, url, values};
use crate::failure::redact;
use crate::image::inline::{Flaw, Payload, data_uri_payload, is_data_uri};
use crate::image::{ImageInfo, Inspection, inspect, inspect_payload};
use crate::report::{Code, clip};
use crate::request::{ImageSource, InlineForm};
use crate::say::{place, say};
use crate::{Input, Issue};

/// An image: an http(s) URL, a data URI, base64, or bytes. Inline ones pass the preflight here.
pub(super) fn check(place: Place, value: Input, issues: &mut Vec<Issue>) -> Sound<ImageSource> {
    match value {
        Input::Text(text) if url::is_http(&text) => match url::flaw(&text) {
            None => Ok(ImageSource::Url(text)),
            Some(flaw) => Err(bad(place, &say!("this URL {}", flaw), &text, issues)),
        },
        Input::Text(text) => {
            let info = inline(place, &text, issues)?;
            Ok(ImageSource::InlineText {
                text: text.into(),
                info,
            })
        }
        Input::Bytes(bytes) => {
            let info = preflight(inspect(&bytes, &place.path()), issues)?;
            Ok(ImageSource::Bytes {
                bytes,
                info,
                form: InlineForm::default(),
            })
        }
        other => Err(values::wrong_type(
            place,
            "a URL, a data URI, base64 or a file's bytes",
            &other,
            issues,
        )),
    }
}

/// The preflight of a data URI or base64. The media type that a data URI declares is not looked at: the content
/// decides.
fn inline(place: Place, text: &str, issues: &mut Vec<Issue>) -> Sound<ImageInfo> {
    match payload(text) {
        Ok(payload) => preflight(inspect_payload(&payload, &place.path()), issues),
        Err(why) => Err(bad(place, &why, text, issues)),
    }
}

/// The base64 of an image given as text, or why there is none.
pub(crate) fn payload(text: &str) -> Result<Payload<'_>, String> {
    if text.trim().is_empty() {
        return Err("it is empty".to_owned());
    }
    if is_data_uri(text) {
        return data_uri_payload(text).and_then(Payload::new).map_err(in_data_uri);
    }
    Payload::new(text).map_err(|flaw| in_text(flaw, text))
}

fn preflight(inspection: Inspection, issues: &mut Vec<Issue>) -> Sound<ImageInfo> {
    let broken = inspection.issues.iter().any(Issue::is_error);
    issues.extend(inspection.issues);
    inspection.info.filter(|_| !broken).ok_or(Broken)
}

fn bad(place: Place, why: &str, text: &str, issues: &mut Vec<Issue>) -> Broken {
    issues.push(not_an_image(&place.subject(), place.path(), why, text));
    Broken
}

/// Text that is no image source.
pub(crate) fn not_an_image(subject: &str, path: String, why: &str, text: &str) -> Issue {
    let message = say!(
        "{} cannot be used: {}. Give a public http(s) URL, a data URI, base64 or a file.",
        subject,
        why
    );
    let issue = Issue::error(path, Code::BadImageSource, message);
    match quotable(text) {
        Some(quote) => issue.actual(quote.as_str()),
        None => issue,
    }
}

/// As much of a text as may be shown: nothing where it may be an address with a user and password, nothing of a query
/// or fragment (signatures live there), and no key.
fn quotable(text: &str) -> Option<String> {
    if text.contains('@') || place(text, "//").is_some() {
        return None;
    }
    let shown = text.find(['?', '#']).map_or(text, |at| &text[..=at]);
    let mut quote = redact(&clip(shown));
    if shown.len() < text.len() {
        quote.push('…');
    }
    Some(quote)
}

fn in_data_uri(flaw: Flaw) -> String {
    match flaw {
        Flaw::NotBase64Uri => "this data URI does not have the form data:image/png;base64,…".to_owned(),
        other => say!("the base64 of this data URI {}", in_base64(other)),
    }
}

/// What a text is that is neither URL nor data URI nor base64.
fn in_text(flaw: Flaw, text: &str) -> String {
    let lower: String = text
        .trim_start()
        .chars()
        .take(8)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    if text.starts_with(char::is_whitespace) && (lower.starts_with("http") || lower.starts_with("data:")) {
        return "this text begins with white space".to_owned();
    }
    if lower.starts_with("blob:") {
        return "a blob: URL is known to this page only".to_owned();
    }
    if lower.starts_with("file:") || lower.starts_with("c:\\") {
        return "a path on this machine cannot be fetched by the provider".to_owned();
    }
    if lower.starts_with("//") || lower.starts_with("www.") {
        return "this URL lacks its https:".to_owned();
    }
    if place(text, "://").is_some() {
        return "this URL has another scheme".to_owned();
    }
    say!("this text {}", in_base64(flaw))
}

fn in_base64(flaw: Flaw) -> String {
    let Flaw::Character(character, at) = flaw else {
        return "has a length that is no multiple of four: it is cut off or lacks its padding (=)".to_owned();
    };
    let at = count(at);
    match character {
        '-' | '_' => say!(
            "has a character of URL-safe base64 at {}; write + and / instead of - and _",
            at
        ),
        '=' => say!("has padding (=) in its middle, at {}", at),
        c if c.is_whitespace() => say!("has white space at {}; take out line breaks", at),
        c if c.is_control() => say!("has a control character at {}", at),
        c => say!("has \"{}\" at {}, which is no base64", String::from(c), at),
    }
}
