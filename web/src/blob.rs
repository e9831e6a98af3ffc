//! Bytes that are here, as the browser's Blobs.

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag};

/// Bytes that are here as a blob, said to be of that media type; `None` when the browser has no room for it.
pub fn blob_of(bytes: &[u8], media_type: &str) -> Option<Blob> {
    blob_of_array(&Uint8Array::from(bytes), media_type)
}

/// As [`blob_of`], of bytes that are JavaScript's.
pub fn blob_of_array(bytes: &Uint8Array, media_type: &str) -> Option<Blob> {
    let options = BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_u8_array_sequence_and_options(&Array::of1(bytes), &options).ok()
}
