//! Addresses of bytes in this page, given back when they are no longer needed.

use web_sys::{Blob, Url};

use crate::blob::blob_of;

/// A `blob:` address; dropped, it is revoked.
#[derive(Debug)]
pub struct ObjectUrl(String);

impl ObjectUrl {
    /// An address for some bytes; `None` when the browser gives none.
    pub fn of(blob: &Blob) -> Option<Self> {
        Url::create_object_url_with_blob(blob).ok().map(Self)
    }

    /// An address for bytes that are here, said to be of that media type.
    pub fn of_bytes(bytes: &[u8], media_type: &str) -> Option<Self> {
        Self::of(&blob_of(bytes, media_type)?)
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // Fails for an address that is none, which this one is not.
        Url::revoke_object_url(&self.0).ok();
    }
}
