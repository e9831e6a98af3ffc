//! Files: a request as JSON, with its pictures.

use rushes_core::limits::IMAGE_MAX_BYTES;
use rushes_core::{Draft, Input};
use web_sys::Blob;

use super::sheet::{self, Sheet};
use super::{film, script};
use crate::archive::format::is_too_deep;
use crate::blob::blob_of;

/// What such a file says it is.
const FORMAT: &str = "rushes-request";
/// Version of files that this page writes, and the newest that it reads.
const VERSION: f64 = 1.0;
/// Most bytes of a file that is read: two pictures of the largest size, as base64.
const FILE_MAX_BYTES: f64 = 32.0 * 1024.0 * 1024.0;

/// Why a file gives no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRequest {
    /// It is something else, or damaged.
    Other,
    /// A newer page wrote it.
    Newer,
}

/// The request as a file's value.
fn enclose(sheet: Input) -> Input {
    let mut fields = vec![
        ("format".to_owned(), Input::Text(FORMAT.to_owned())),
        ("version".to_owned(), Input::Number(VERSION)),
    ];
    if let Input::Object(rest) = sheet {
        fields.extend(rest);
    }
    Input::Object(fields)
}

/// The request in a file's value.
///
/// # Errors
/// [`NoRequest`].
fn disclose(value: &Input, decode: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<Sheet, NoRequest> {
    if value.get("format").and_then(Input::as_str) != Some(FORMAT) {
        return Err(NoRequest::Other);
    }
    match value.get("version").and_then(Input::as_f64) {
        Some(version) if version > VERSION => Err(NoRequest::Newer),
        Some(VERSION) => sheet::read(value, decode).ok_or(NoRequest::Other),
        _ => Err(NoRequest::Other),
    }
}

/// The request as a file; `None` where this browser cannot write one.
pub fn write(draft: &Draft) -> Option<Blob> {
    let most = usize::try_from(IMAGE_MAX_BYTES).unwrap_or(usize::MAX);
    let text = script::to_text(&enclose(sheet::write(draft, most, &film::encode)))?;
    blob_of(text.as_bytes(), "application/json")
}

/// The request in a file.
///
/// # Errors
/// [`NoRequest`].
pub async fn read(file: Blob) -> Result<Sheet, NoRequest> {
    if file.size() > FILE_MAX_BYTES {
        return Err(NoRequest::Other);
    }
    let bytes = script::bytes_of(&file, 0, super::film::length(&file)).await;
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).ok());
    let text = text.filter(|text| !is_too_deep(text)).ok_or(NoRequest::Other)?;
    let value = script::from_text(text.trim_start_matches('\u{feff}')).ok_or(NoRequest::Other)?;
    disclose(&value, &film::decode)
}

#[cfg(test)]
mod tests {
    use rushes_core::Endpoint;

    use super::*;

    #[test]
    fn a_request_comes_back_and_a_newer_one_is_told() {
        let mut draft = Draft::new(Endpoint::TextToVideo);
        draft.prompt = Some("a fox — 狐狸".into());
        let whole = enclose(sheet::write(&draft, 0, &|_| String::new()));
        let read = |value: &Input| disclose(value, &|_| None);
        assert_eq!(read(&whole).map(|sheet| sheet.draft), Ok(draft));
        let with = |name: &str, value: Input| {
            let Input::Object(mut fields) = whole.clone() else {
                unreachable!("it is an object")
            };
            fields.retain(|(other, _)| other != name);
            fields.push((name.to_owned(), value));
            read(&Input::Object(fields)).map(|_| ())
        };
        assert_eq!(with("version", Input::Number(2.0)), Err(NoRequest::Newer));
        for (name, value) in [
            ("version", Input::Number(0.5)),
            ("version", Input::Null),
            ("format", Input::Text("other".into())),
            ("endpoint", Input::Text("x".into())),
            ("request", Input::Null),
        ] {
            assert_eq!(with(name, value), Err(NoRequest::Other), "{name}");
        }
    }
}
