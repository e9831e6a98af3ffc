//! Decoding, cropping, scaling and encoding a picture, by the browser's own means.

use std::sync::Arc;

use js_sys::Uint8Array;
use rushes_core::image::{Inspection, inspect};
use rushes_core::limits::IMAGE_ADVISED_BYTES;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Blob, CanvasRenderingContext2d, HtmlCanvasElement, ImageBitmap, ImageEncodeOptions, OffscreenCanvas,
    OffscreenCanvasRenderingContext2d,
};

use super::geometry::{Crop, Size, output};

/// What is tried until a file is small enough: the quality of the JPEG, and how much of its size in eighths.
const TRIES: [(f64, u32); 6] = [(0.93, 8), (0.86, 8), (0.78, 8), (0.78, 6), (0.7, 4), (0.6, 2)];

/// A decoded picture, the right way up.
#[derive(Clone, Debug)]
pub struct Negative(ImageBitmap);

/// A picture that was made here.
#[derive(Clone, Debug, PartialEq)]
pub struct Print {
    /// The file.
    pub bytes: Arc<[u8]>,
    /// What core says of it.
    pub verdict: Inspection,
}

impl Negative {
    /// Decodes a file, by its content; EXIF's orientation is applied.
    ///
    /// # Errors
    /// What the browser says; in most cases that it does not know the format.
    pub async fn of(file: &Blob) -> Result<Self, JsValue> {
        let decoded = leptos::prelude::window().create_image_bitmap_with_blob(file)?;
        Ok(Self(JsFuture::from(decoded).await?.dyn_into()?))
    }

    /// Its size.
    pub fn size(&self) -> Size {
        Size::new(self.0.width(), self.0.height())
    }

    /// Makes a file of a part of it, with a long side of `longest` pixels at most: a PNG if asked for and small enough,
    /// otherwise the best JPEG that is. Nothing but the picture is in it.
    ///
    /// # Errors
    /// What the browser says, of memory mostly.
    pub async fn print(&self, crop: Crop, longest: u32, as_png: bool) -> Result<Print, JsValue> {
        let full = output(crop.size, longest);
        if as_png {
            let print = self.draw(crop, full, "image/png", 1.0).await?;
            if print.verdict.bytes <= IMAGE_ADVISED_BYTES {
                return Ok(print);
            }
        }
        let mut last = None;
        for (quality, eighths) in TRIES {
            let long = full.width.max(full.height) / 8 * eighths;
            let size = if eighths == 8 {
                full
            } else {
                output(crop.size, long)
            };
            let print = self.draw(crop, size, "image/jpeg", quality).await?;
            if print.verdict.bytes <= IMAGE_ADVISED_BYTES {
                return Ok(print);
            }
            last = Some(print);
        }
        last.ok_or_else(|| JsValue::from_str("no size was tried"))
    }

    async fn draw(&self, crop: Crop, size: Size, media_type: &str, quality: f64) -> Result<Print, JsValue> {
        let blob = if has_offscreen() {
            let canvas = OffscreenCanvas::new(size.width, size.height)?;
            let context = canvas.get_context("2d")?.ok_or("no canvas")?;
            paint(context.unchecked_ref(), &self.0, crop, size, media_type)?;
            let options = ImageEncodeOptions::new();
            options.set_type(media_type);
            options.set_quality(quality);
            JsFuture::from(canvas.convert_to_blob_with_options(&options)?).await?
        } else {
            let canvas: HtmlCanvasElement = leptos::prelude::document()
                .create_element("canvas")?
                .unchecked_into();
            canvas.set_width(size.width);
            canvas.set_height(size.height);
            let context = canvas.get_context("2d")?.ok_or("no canvas")?;
            paint(context.unchecked_ref(), &self.0, crop, size, media_type)?;
            JsFuture::from(crate::desk::file_of(&canvas, media_type, quality)).await?
        };
        let blob: Blob = blob.dyn_into()?;
        let buffer = JsFuture::from(blob.array_buffer()).await?;
        let bytes: Arc<[u8]> = Uint8Array::new(&buffer).to_vec().into();
        let verdict = inspect(&bytes, "");
        Ok(Print { bytes, verdict })
    }
}

impl Drop for Negative {
    fn drop(&mut self) {
        // A decoded picture can be a hundred megabytes: not left to the collector.
        self.0.close();
    }
}

fn has_offscreen() -> bool {
    js_sys::Reflect::get(&js_sys::global(), &"OffscreenCanvas".into()).is_ok_and(|found| found.is_function())
}

/// Draws the part; on paper white for a JPEG, which knows no transparency. The two kinds of canvas draw alike.
fn paint(
    context: &OffscreenCanvasRenderingContext2d,
    picture: &ImageBitmap,
    crop: Crop,
    size: Size,
    media_type: &str,
) -> Result<(), JsValue> {
    let (width, height) = (f64::from(size.width), f64::from(size.height));
    // Only on one of the two does web-sys have it.
    js_sys::Reflect::set(context, &"imageSmoothingQuality".into(), &"high".into())?;
    if media_type == "image/jpeg" {
        let plain: &CanvasRenderingContext2d = context.unchecked_ref();
        plain.set_fill_style_str("#fff");
        plain.fill_rect(0.0, 0.0, width, height);
    }
    context.draw_image_with_image_bitmap_and_sw_and_sh_and_dx_and_dy_and_dw_and_dh(
        picture,
        crop.x.into(),
        crop.y.into(),
        crop.size.width.into(),
        crop.size.height.into(),
        0.0,
        0.0,
        width,
        height,
    )
}
