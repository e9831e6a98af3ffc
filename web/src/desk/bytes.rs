//! Fetches the bytes of a video, piece by piece, and looks whether they are what they should be.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, ReadableStreamDefaultReader, Response};

use super::sniff;

/// Why bytes did not come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The host lets no page read it, or cannot be reached: a browser does not tell these apart.
    Unreadable,
    /// The host says that it is not there (any more), or not for us.
    Gone,
    /// It came short of the length that was announced.
    CutShort,
    /// What came is no video.
    NotAVideo,
}

/// How much has come: bytes, and of how many if that was announced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Bytes so far.
    pub got: u64,
    /// Bytes in all.
    pub of: Option<u64>,
}

/// A whole video.
#[derive(Clone, Debug)]
pub(super) struct Video {
    /// The bytes.
    pub(super) blob: Blob,
    /// How many.
    pub(super) bytes: u64,
    /// By content.
    pub(super) media_type: &'static str,
}

/// Fetches a video; `report` is told as it comes.
///
/// # Errors
/// [`Trouble`].
pub(super) async fn fetch(url: &str, report: impl Fn(Progress)) -> Result<Video, Trouble> {
    let response = open(url).await?;
    let of = announced(&response);
    let stream = response.body().ok_or(Trouble::CutShort)?;
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let pieces = Array::new();
    let mut head = Vec::new();
    let mut got = 0_u64;
    loop {
        let piece = JsFuture::from(reader.read())
            .await
            .map_err(|_| Trouble::CutShort)?;
        if Reflect::get(&piece, &"done".into()).is_ok_and(|done| done.is_truthy()) {
            break;
        }
        let piece = Reflect::get(&piece, &"value".into())
            .ok()
            .and_then(|value| value.dyn_into::<Uint8Array>().ok());
        let piece = piece.ok_or(Trouble::CutShort)?;
        if head.len() < sniff::HEAD_BYTES {
            let wanted = u32::try_from(sniff::HEAD_BYTES - head.len()).unwrap_or(u32::MAX);
            head.extend(piece.slice(0, wanted.min(piece.length())).to_vec());
        }
        got += u64::from(piece.length());
        pieces.push(&piece);
        report(Progress { got, of });
    }
    if got == 0 || of.is_some_and(|of| of != got) {
        return Err(Trouble::CutShort);
    }
    let media_type = sniff::media_type(&head).ok_or(Trouble::NotAVideo)?;
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = Blob::new_with_u8_array_sequence_and_options(&pieces, &options)
        .map_err(|_: JsValue| Trouble::CutShort)?;
    Ok(Video {
        blob,
        bytes: got,
        media_type,
    })
}

async fn open(url: &str) -> Result<Response, Trouble> {
    let window = web_sys::window().ok_or(Trouble::Unreadable)?;
    let options = web_sys::RequestInit::new();
    // A signed link is all that is needed: no cookie, and no address of this page, goes to its host.
    options.set_credentials(web_sys::RequestCredentials::Omit);
    options.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    let request = window.fetch_with_str_and_init(url, &options);
    let response = JsFuture::from(request).await.map_err(|_| Trouble::Unreadable)?;
    let response: Response = response.dyn_into().map_err(|_| Trouble::Unreadable)?;
    match response.status() {
        200 => Ok(response),
        // Too many at once, or the host's own trouble: it may work later.
        408 | 429 | 500.. => Err(Trouble::Unreadable),
        _ => Err(Trouble::Gone),
    }
}

/// The announced length, unless it is that of a compressed form.
fn announced(response: &Response) -> Option<u64> {
    let headers = response.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    if header("content-encoding").is_some_and(|coding| !coding.trim().eq_ignore_ascii_case("identity")) {
        return None;
    }
    header("content-length")?.trim().parse().ok()
}
