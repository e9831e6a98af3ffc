use js_sys::Uint8Array;
use rushes_core::price::Rates;
use rushes_core::{Endpoint, exchange};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::tape;
use crate::view::{EstimateView, Priced, SentView, Verdict, plain};

fn endpoint_named(name: &str) -> Result<Endpoint, JsError> {
    Endpoint::from_name(name)
        .ok_or_else(|| JsError::new("the endpoint is \"text-to-video\" or \"image-to-video\""))
}

/// Checks a request: `{ sent: { path, body, seconds }, request, issues }`, the first `null` where it did not pass;
/// where wanted also the accepted `request` with its defaults.
///
/// # Errors
/// An unknown endpoint, or a broken tape.
#[wasm_bindgen]
pub fn check(
    endpoint: &str,
    text: &str,
    tape: &[f64],
    files: Vec<Uint8Array>,
    wants_request: bool,
) -> Result<JsValue, JsError> {
    let endpoint = endpoint_named(endpoint)?;
    let input = tape::read(text, tape, &files)?;
    drop(files);
    match rushes_core::check(endpoint, input) {
        Ok(checked) => {
            let sent = exchange::create(&checked.request);
            let seconds = checked.request.duration_secs();
            let sent = sent.body.as_deref().map(|body| SentView {
                path: &sent.path,
                body,
                seconds,
            });
            let request = wants_request.then(|| checked.request.accepted());
            plain(&Verdict {
                sent,
                request,
                issues: &checked.warnings,
            })
        }
        Err(report) => plain(&Verdict {
            sent: None,
            request: None,
            issues: &report.issues,
        }),
    }
}

/// The price of a request: `{ estimate, issues }`, the first `null` where the request is not valid.
/// Rates are US dollars per second of video; those not given are core's own.
///
/// # Errors
/// An unknown endpoint, or a broken tape.
#[wasm_bindgen]
pub fn estimate(
    endpoint: &str,
    text: &str,
    tape: &[f64],
    silent_usd: Option<f64>,
    sound_usd: Option<f64>,
    source: Option<String>,
    as_of: Option<String>,
) -> Result<JsValue, JsError> {
    let endpoint = endpoint_named(endpoint)?;
    let input = tape::read(text, tape, &[])?;
    let request = match rushes_core::check(endpoint, input) {
        Ok(checked) => checked.request,
        Err(report) => {
            return plain(&Priced {
                estimate: None,
                issues: &report.issues,
            });
        }
    };
    let known = Rates::default();
    let rates = Rates {
        silent_micro_usd: silent_usd.map_or(known.silent_micro_usd, micro_usd),
        sound_micro_usd: sound_usd.map_or(known.sound_micro_usd, micro_usd),
        source: source.unwrap_or(known.source),
        as_of: as_of.unwrap_or(known.as_of),
    };
    let found = request.estimate(&rates);
    let view = EstimateView {
        seconds: found.seconds,
        usd: found.usd(),
        rate_per_second: found.rate_usd(),
        source: &found.source,
        as_of: &found.as_of,
    };
    plain(&Priced {
        estimate: Some(view),
        issues: &[],
    })
}

/// Dollars as millionths; what is no amount (negative, not a number) counts as nothing, and a cast saturates.
fn micro_usd(usd: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded; the cast saturates"
    )]
    let micro = (usd * 1_000_000.0).round() as u64;
    micro
}
