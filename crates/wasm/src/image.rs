use rushes_core::Issue;
use rushes_core::image::{ImageInfo, Probe, judge};
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
        let bytes = self.bytes;
        match self.probe.finish() {
            Ok(info) => plain(&summary(bytes, Some(info), &judge(&info, path))),
            Err(mut issue) => {
                path.clone_into(&mut issue.path);
                plain(&summary(bytes, None, &[issue]))
            }
        }
    }
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

fn summary(bytes: u64, info: Option<ImageInfo>, issues: &[Issue]) -> Summary<'_> {
    Summary {
        format: info.map(|info| info.format.name()),
        width: info.map(|info| info.width),
        height: info.map(|info| info.height),
        orientation: info.map(|info| info.orientation),
        bytes,
        issues,
    }
}
