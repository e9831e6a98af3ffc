//! Reads a picked, dropped or pasted file: the header in slices first, the whole only if it may be sent.

use std::sync::Arc;

use js_sys::Uint8Array;
use rushes_core::{
    image::{Probe, judge},
    limits::IMAGE_MAX_BYTES,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DataTransfer, File};

use super::form::{self, Picture};

/// The picture of that file.
///
/// # Errors
/// What the browser says when it cannot read the file (moved, deleted, not allowed).
pub async fn read(file: File, id: u32) -> Result<Picture, JsValue> {
    let name = file.name();
    let size = file_size(&file);
    let mut probe = Probe::new(size);
    while let Some(range) = probe.wants() {
        probe.feed(&slice(&file, range).await?);
    }
    match probe.finish() {
        Err(issue) => Ok(Picture::Refused {
            id,
            name,
            size,
            info: None,
            issues: vec![issue],
        }),
        Ok(info) if size > IMAGE_MAX_BYTES => {
            let issues = judge(&info, "");
            Ok(Picture::Refused {
                id,
                name,
                size,
                info: Some(info),
                issues,
            })
        }
        Ok(_) => {
            let bytes = JsFuture::from(file.array_buffer()).await?;
            let bytes: Arc<[u8]> = Uint8Array::new(&bytes).to_vec().into();
            Ok(form::held(id, name, bytes))
        }
    }
}

async fn slice(file: &Blob, range: std::ops::Range<u64>) -> Result<Vec<u8>, JsValue> {
    #[expect(clippy::cast_precision_loss, reason = "a file is shorter than 2^53 bytes")]
    let part = file.slice_with_f64_and_f64(range.start as f64, range.end as f64)?;
    let buffer = JsFuture::from(part.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a size is a whole number below 2^53"
)]
fn file_size(file: &File) -> u64 {
    file.size() as u64
}

/// The first file of a drop or a paste, an image if there is one.
pub fn first_file(transfer: Option<DataTransfer>) -> Option<File> {
    let files = transfer?.files()?;
    let all = (0..files.length()).filter_map(|index| files.get(index));
    let (mut images, mut others): (Vec<File>, Vec<File>) =
        all.partition(|file| file.type_().starts_with("image/"));
    images.append(&mut others);
    images.into_iter().next()
}

/// Whether a drag holds files (text dragged within the page does not concern us).
pub fn holds_files(transfer: Option<DataTransfer>) -> bool {
    transfer.is_some_and(|transfer| {
        let types: js_sys::Array = transfer.types().unchecked_into();
        types
            .iter()
            .any(|kind| kind.as_string().as_deref() == Some("Files"))
    })
}
