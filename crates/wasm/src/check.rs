use rushes_core::price::Rates;
use rushes_core::request::Outline;
use rushes_core::{Endpoint, Input, Request};

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

impl Desk {
    /// Checks the request on the tape. Where it passed, answers the outline of its body, the path that it is sent to
    /// and the list of its warnings, if there are any; all else is among the [numbers](Self::numbers_at). Where it did
    /// not, answers the list of its issues, and the first number is zero.
    pub fn check(&mut self, text: usize, cells: usize, files: usize, image_to_video: bool) -> usize {
        self.numbers.clear();
        self.numbers.push(0.0);
        let Some(input) = self.read(Lengths { text, cells, files }) else {
            return self.error(LAID_OUT_WRONGLY);
        };
        match rushes_core::check(endpoint(image_to_video), input) {
            Ok(checked) => {
                let mut answer = self.accept(&checked.request);
                answer.push_str(checked.request.endpoint().path());
                if !checked.warnings.is_empty() {
                    answer.push_str(&answer::list(&checked.warnings));
                }
                self.answer(answer)
            }
            Err(report) => self.answer(answer::list(&report.issues)),
        }
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

impl Desk {
    /// The outline of the request's body; puts down its length, and what is accepted, in numbers: the seconds, the
    /// scale, which aspect ratio, whether there is sound, whether a negative prompt; how many shots and the length of
    /// each; for each gap where it is, and whether its text is plain.
    fn accept(&mut self, request: &Request) -> String {
        let Outline { json, gaps } = request.outline();
        let (shape, shots) = match request {
            Request::TextToVideo(request) => (request.aspect_ratio() as u8, &[][..]),
            Request::ImageToVideo(request) => (0, request.plan().shots()),
        };
        self.numbers.clear();
        let mut put = |number| self.numbers.push(number);
        put(count(json.len()));
        put(request.duration_secs().into());
        put(request.cfg_scale());
        put(shape.into());
        put(request.sound().into());
        put(request.negative_prompt().is_some().into());
        put(count(shots.len()));
        for shot in shots {
            put(shot.duration_secs().into());
        }
        for gap in gaps {
            put(count(gap.at));
            put(gap.is_plain.into());
        }
        json
    }
}

/// A length for JavaScript.
#[expect(clippy::cast_precision_loss, reason = "no memory is so large")]
fn count(length: usize) -> f64 {
    length as f64
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
