use rushes_core::Issue;
use rushes_core::image::{self, Inspection, Probe};
use serde::Serialize;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsError, JsValue};

use crate::view::plain;

/// Reads an image's header piece by piece: it says which bytes it wants, the caller feeds them.
#[wasm_bindgen]
#[derive(Debug)]
pub struct HeaderProbe {
    probe: Probe,
    bytes: u64,
}

#[wasm_bindgen]
impl HeaderProbe {
    /// A probe of a file of that many bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(file_bytes: f64) -> Self {
        let bytes = crate::exchange::whole(file_bytes);
        Self {
            probe: Probe::new(bytes),
            bytes,
        }
    }

    /// Start and end (not included) of the bytes it wants next, or `undefined` when it knows enough.
    pub fn wants(&self) -> Option<Vec<f64>> {
        let range = self.probe.wants()?;
        #[expect(
            clippy::cast_precision_loss,
            reason = "both lie within a file whose size came as a JavaScript number"
        )]
        let ends = vec![range.start as f64, range.end as f64];
        Some(ends)
    }

    /// Takes the bytes it wanted; fewer mean that the file ended.
    pub fn feed(&mut self, bytes: &[u8]) {
        self.probe.feed(bytes);
    }

    /// What was learned, and what the API would refuse the image for: `{ format, width, height, orientation, bytes,
    /// issues }`, with `null` where the header could not be read. `path` stands in front of every issue.
    ///
    /// # Errors
    /// None that core can cause; only an engine out of memory.
    pub fn finish(self, path: &str) -> Result<JsValue, JsError> {
        plain(&Summary::from(&Inspection::new(
            self.probe.finish(),
            self.bytes,
            path,
        )))
    }
}

/// What an image given as text (a data URI or base64) is, as [`HeaderProbe::finish`] says it. Text that is neither, a
/// URL too, is the issue `bad_image_source`.
///
/// # Errors
/// None that core can cause; only an engine out of memory.
#[wasm_bindgen]
pub fn inspect_text(text: &str, path: &str) -> Result<JsValue, JsError> {
    plain(&Summary::from(&image::inspect_text(text, path)))
}

#[derive(Serialize)]
struct Summary<'a> {
    format: Option<&'static str>,
    width: Option<u32>,
    height: Option<u32>,
    orientation: Option<u8>,
    bytes: u64,
    issues: &'a [Issue],
}

impl<'a> From<&'a Inspection> for Summary<'a> {
    fn from(inspection: &'a Inspection) -> Self {
        let info = inspection.info;
        Self {
            format: info.map(|info| info.format.name()),
            width: info.map(|info| info.width),
            height: info.map(|info| info.height),
            orientation: info.map(|info| info.orientation),
            bytes: inspection.bytes,
            issues: &inspection.issues,
        }
    }
}
