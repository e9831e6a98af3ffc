//! Fetches the bytes of a video, piece by piece, goes on where it was interrupted, and looks whether they are what they
//! should be.

use js_sys::{Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, ReadableStreamDefaultReader, RequestInit, Response};

use super::resume::{Answer, Range, Step, step};
use super::sniff;
use crate::ledger::{Head, Ledger, Part, Progress, StoreError, now_ms};

/// A piece is put on disk when it is so large…
const PIECE_BYTES: u64 = 1024 * 1024;
/// … or so old, in milliseconds: no more than that is fetched again after an interruption.
const PIECE_MS: u64 = 2_000;
/// Most boxes of a file that are looked at: a file of whole boxes has a handful, one in fragments two a second.
const BOXES_MAX: usize = 256;

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
    /// There is no room for it.
    NoRoom,
}

impl From<StoreError> for Trouble {
    /// Storage that takes nothing is full, most likely.
    fn from(_: StoreError) -> Self {
        Self::NoRoom
    }
}

/// Fetches what is missing of a video; `report` is told as it comes. What has come stays in `part`, whatever happens.
///
/// # Errors
/// [`Trouble`].
pub(super) async fn fetch(
    ledger: Ledger,
    url: &str,
    part: &mut Part,
    report: &dyn Fn(Progress),
) -> Result<(), Trouble> {
    if part.got() > 0 && part.head().length == Some(part.got()) {
        return Ok(());
    }
    if part.got() > 0 && part.head().validator.is_none() {
        // Nothing could vouch for the rest.
        part.begin(Head::default()).await?;
    }
    let mut response = ask(url, part).await?;
    let mut now = step(part.got(), part.head(), &answer(&response));
    if now == Step::AskForAll && part.got() > 0 {
        let_go(&response);
        part.begin(Head::default()).await?;
        response = ask(url, part).await?;
        now = step(0, part.head(), &answer(&response));
    }
    match now {
        Step::GoOn => {}
        Step::FromStart(head) => part.begin(head).await?,
        Step::Whole => return Ok(()),
        Step::Later => return Err(Trouble::Unreadable),
        Step::Gone => return Err(Trouble::Gone),
        Step::AskForAll => return Err(Trouble::CutShort),
    }
    let of = part.head().length;
    // What is missing, and for a moment all of it a second time, when the pieces become one file.
    let coming = of.map_or(0, |of| of.saturating_mul(2).saturating_sub(part.got()));
    if !ledger.has_room_for(coming).await {
        let_go(&response);
        return Err(Trouble::NoRoom);
    }
    read(&response, part, report).await?;
    match of {
        _ if part.got() == 0 => Err(Trouble::CutShort),
        Some(of) if part.got() < of => Err(Trouble::CutShort),
        Some(of) if part.got() > of => {
            part.begin(Head::default()).await?;
            Err(Trouble::CutShort)
        }
        _ => Ok(()),
    }
}

/// Reads the body to its end, into pieces.
async fn read(response: &Response, part: &mut Part, report: &dyn Fn(Progress)) -> Result<(), Trouble> {
    let stream = response.body().ok_or(Trouble::CutShort)?;
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let of = part.head().length;
    let (mut fresh, mut fresh_bytes, mut since_ms) = (Vec::new(), 0, now_ms());
    loop {
        report(Progress {
            got: part.got() + fresh_bytes,
            of,
        });
        let next = chunk(&reader).await;
        if let Ok(Some(bytes)) = &next {
            fresh_bytes += u64::from(bytes.length());
            fresh.push(bytes.clone());
        }
        let is_over = !matches!(next, Ok(Some(_)));
        let is_due = fresh_bytes >= PIECE_BYTES || now_ms().saturating_sub(since_ms) >= PIECE_MS;
        if fresh_bytes > 0 && (is_over || is_due) {
            part.add(&fresh).await?;
            (fresh_bytes, since_ms) = (0, now_ms());
            fresh.clear();
        }
        if is_over {
            return next.map(drop);
        }
    }
}

/// The next bytes; nothing at the end.
async fn chunk(reader: &ReadableStreamDefaultReader) -> Result<Option<Uint8Array>, Trouble> {
    let next = JsFuture::from(reader.read())
        .await
        .map_err(|_| Trouble::CutShort)?;
    if Reflect::get(&next, &"done".into()).is_ok_and(|done| done.is_truthy()) {
        return Ok(None);
    }
    let value = Reflect::get(&next, &"value".into()).ok();
    let bytes = value.and_then(|value| value.dyn_into::<Uint8Array>().ok());
    bytes.map(Some).ok_or(Trouble::CutShort)
}

/// Looks at a whole video: its media type by content. What is none, or ends before its own end, is not kept.
///
/// # Errors
/// [`Trouble`]; then `part` is empty, to be fetched anew.
pub(super) async fn look(part: &mut Part) -> Result<(Blob, &'static str), Trouble> {
    let all = part.blob("")?;
    let found = match sniff::media_type(&slice(&all, 0, sniff::HEAD_BYTES as u64).await) {
        None => Err(Trouble::NotAVideo),
        Some("video/mp4") if !has_its_end(&all, part.got()).await => Err(Trouble::CutShort),
        Some(media_type) => Ok((part.blob(media_type)?, media_type)),
    };
    if found.is_err() {
        part.begin(Head::default()).await?;
    }
    found
}

/// The media type of a whole video from elsewhere, and its size; nothing for what is none.
pub(crate) async fn kind_of(file: &Blob) -> Option<(&'static str, u64)> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a file's size is whole and not below 0"
    )]
    let size = file.size() as u64;
    let kind = sniff::media_type(&slice(file, 0, sniff::HEAD_BYTES as u64).await)?;
    (kind != "video/mp4" || has_its_end(file, size).await).then_some((kind, size))
}

/// Whether no box of an ISO file claims more than there is.
async fn has_its_end(all: &Blob, size: u64) -> bool {
    let mut at = 0;
    for _ in 0..BOXES_MAX {
        let head = slice(all, at, sniff::BOX_HEAD_BYTES).await;
        match sniff::box_end(at, &head, size) {
            Some(end) if end < size => at = end,
            // What is no box stands behind the video, and harms nobody.
            end => return end.is_none_or(|end| end == size),
        }
    }
    true
}

#[expect(clippy::cast_precision_loss, reason = "files far below 2^52 bytes")]
async fn slice(all: &Blob, at: u64, bytes: u64) -> Vec<u8> {
    let Ok(piece) = all.slice_with_f64_and_f64(at as f64, (at + bytes) as f64) else {
        return Vec::new();
    };
    let read = JsFuture::from(piece.array_buffer()).await;
    read.map_or_else(|_| Vec::new(), |buffer| Uint8Array::new(&buffer).to_vec())
}

/// Where this page's own server hands on the video of a task whose host lets no page read it; nowhere for a video that
/// lies on that server itself.
pub(super) fn relay(url: &str, task: &str) -> Option<String> {
    let origin = web_sys::window()?.location().origin().ok()?;
    if !origin.starts_with("http") || is_of(url, &origin) {
        return None;
    }
    let task = js_sys::encode_uri_component(task);
    Some(format!("{origin}/relay?task_id={task}"))
}

fn is_of(url: &str, origin: &str) -> bool {
    url.strip_prefix(origin).is_some_and(|path| path.starts_with('/'))
}

/// Asks for a video, or for the rest of it.
async fn ask(url: &str, part: &Part) -> Result<Response, Trouble> {
    let window = web_sys::window().ok_or(Trouble::Unreadable)?;
    let options = RequestInit::new();
    // A signed link is all that is needed: no cookie, and no address of this page, goes to its host.
    options.set_credentials(web_sys::RequestCredentials::Omit);
    options.set_referrer_policy(web_sys::ReferrerPolicy::NoReferrer);
    // The bytes are kept here; a second copy in the browser's cache would only take room.
    // (Fails only for an object that is frozen.)
    drop(Reflect::set(&options, &"cache".into(), &"no-store".into()));
    if part.got() > 0 {
        let headers = web_sys::Headers::new().map_err(|_| Trouble::Unreadable)?;
        let mut wanted = vec![("range", format!("bytes={}-", part.got()))];
        // Only at home: elsewhere this header makes a browser ask first, which a host of files may refuse, while a
        // plain range it may send. The answer's own validator is compared in any case.
        if window.location().origin().is_ok_and(|origin| is_of(url, &origin)) {
            wanted.extend(
                part.head()
                    .validator
                    .clone()
                    .map(|validator| ("if-range", validator)),
            );
        }
        for (name, value) in wanted {
            headers.set(name, &value).map_err(|_| Trouble::Unreadable)?;
        }
        options.set_headers(&headers);
    }
    let request: Promise = window.fetch_with_str_and_init(url, &options);
    let response = JsFuture::from(request).await.map_err(|_| Trouble::Unreadable)?;
    response.dyn_into().map_err(|_: JsValue| Trouble::Unreadable)
}

/// Stops a body that is not wanted.
fn let_go(response: &Response) {
    if let Some(body) = response.body() {
        let stopped = body.cancel();
        // That it stops is all; a body that broke has stopped, too.
        crate::task::spawn(async move { drop(JsFuture::from(stopped).await) });
    }
}

fn answer(response: &Response) -> Answer {
    let headers = response.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    let is_coded =
        header("content-encoding").is_some_and(|coding| !coding.trim().eq_ignore_ascii_case("identity"));
    let length = header("content-length").filter(|_| !is_coded);
    Answer {
        status: response.status(),
        length: length.and_then(|length| length.trim().parse().ok()),
        range: header("content-range").and_then(|range| Range::parse(&range)),
        // A weak one vouches for the looks of a file, not for its bytes.
        validator: header("etag")
            .filter(|tag| tag.starts_with('"'))
            .or_else(|| header("last-modified")),
    }
}
