use rushes_core::json::Json;
use rushes_core::price::Rates;
use rushes_core::{Endpoint, Input, exchange};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::answer;
use crate::desk::Desk;
use crate::tape::Lengths;

fn endpoint(image_to_video: bool) -> Endpoint {
    if image_to_video {
        Endpoint::ImageToVideo
    } else {
        Endpoint::TextToVideo
    }
}

/// What is said of a tape that does not fit its text or its files.
pub(crate) const LAID_OUT_WRONGLY: &str = "the value was laid out wrongly on its way to WebAssembly";

#[wasm_bindgen]
impl Desk {
    /// Checks the request on the tape. Answers three lines: the body that would be sent, the accepted request with its
    /// defaults where it is wanted (`null` for files), and `{ path, seconds, issues }`; the first two empty and `path`
    /// left out where it did not pass.
    pub fn check(
        &mut self,
        text: usize,
        cells: usize,
        files: usize,
        image_to_video: bool,
        wants_request: bool,
    ) -> usize {
        let Some(input) = self.read(Lengths { text, cells, files }) else {
            return self.error(LAID_OUT_WRONGLY);
        };
        let mut json = Json::default();
        json.open('{');
        let (body, accepted) = match rushes_core::check(endpoint(image_to_video), input) {
            Ok(checked) => {
                let sent = exchange::create(&checked.request);
                let seconds = checked.request.duration_secs();
                json.name("path").text(&sent.path);
                json.name("seconds").number(seconds.into());
                answer::issues(&mut json, &checked.warnings);
                let accepted = wants_request.then(|| checked.request.accepted_json());
                (sent.body.unwrap_or_default(), accepted.unwrap_or_default())
            }
            Err(report) => {
                answer::issues(&mut json, &report.issues);
                Default::default()
            }
        };
        json.close('}');
        // In JSON text a line break inside a string is escaped.
        let mut lines = body;
        for line in [accepted, json.into_text()] {
            lines.push('\n');
            lines.push_str(&line);
        }
        self.answer(lines)
    }

    /// The price of the request that stands first in the list on the tape; after it the source and the date of the
    /// rates, where they are given. Rates are US dollars per second of video; those that are not a number are core's
    /// own. Answers `{ estimate, issues }`, the first `null` where the request is not valid.
    pub fn estimate(
        &mut self,
        text: usize,
        cells: usize,
        image_to_video: bool,
        silent_usd: f64,
        sound_usd: f64,
    ) -> usize {
        let files = 0;
        let Some([input, source, as_of]) = self.read_list(Lengths { text, cells, files }) else {
            return self.error(LAID_OUT_WRONGLY);
        };
        let request = match rushes_core::check(endpoint(image_to_video), input) {
            Ok(checked) => checked.request,
            Err(report) => return self.answer(answer::priced(None, &report.issues)),
        };
        let known = Rates::default();
        let rates = Rates {
            silent_micro_usd: micro_usd(silent_usd).unwrap_or(known.silent_micro_usd),
            sound_micro_usd: micro_usd(sound_usd).unwrap_or(known.sound_micro_usd),
            source: text_of(source).unwrap_or(known.source),
            as_of: text_of(as_of).unwrap_or(known.as_of),
        };
        self.answer(answer::priced(Some(&request.estimate(&rates)), &[]))
    }

    /// The values of the list on the tape.
    pub(crate) fn read_list<const N: usize>(&self, lengths: Lengths) -> Option<[Input; N]> {
        match self.read(lengths)? {
            Input::List(items) => items.try_into().ok(),
            _ => None,
        }
    }
}

/// The text, if it is one.
pub(crate) fn text_of(input: Input) -> Option<String> {
    match input {
        Input::Text(text) => Some(text),
        _ => None,
    }
}

/// Dollars as millionths; what is no amount (negative) counts as nothing, and a cast saturates. `None` for what is not
/// a number.
fn micro_usd(usd: f64) -> Option<u64> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded; the cast saturates"
    )]
    let micro = (usd * 1_000_000.0).round() as u64;
    (!usd.is_nan()).then_some(micro)
}
