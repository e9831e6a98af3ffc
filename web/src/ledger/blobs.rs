//! Blobs in the database: as they are, or as bytes where the browser's database takes none. `WebKit` takes none in
//! private windows, which have no files either.

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Blob;

use super::database::{Database, Durability, StoreError};
use super::store::VIDEOS;
use crate::blob::blob_of_array;

/// The key that is tried; no take has it.
const TRIED: &str = "?";
/// Names of what stands for a blob.
const TYPE: &str = "type";
const BYTES: &str = "bytes";

/// How a database keeps blobs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blobs {
    /// As they are.
    Whole,
    /// As their bytes, beside their media type.
    AsBytes,
}

impl Blobs {
    /// How that database keeps them: one is written, and removed again before anybody can see it.
    pub(super) async fn of(database: &Database) -> Self {
        match try_one(database).await {
            Ok(()) => Self::Whole,
            Err(_) => Self::AsBytes,
        }
    }

    /// What the database is given for a blob.
    ///
    /// # Errors
    /// [`StoreError`] where its bytes cannot be read.
    pub(super) async fn value(self, blob: &Blob) -> Result<JsValue, StoreError> {
        match self {
            Self::Whole => Ok(blob.into()),
            Self::AsBytes => as_bytes(blob).await.map_err(|error| StoreError::from_js(&error)),
        }
    }
}

async fn try_one(database: &Database) -> Result<(), StoreError> {
    let blob = blob_of_array(&Uint8Array::new_with_length(1), "").ok_or(StoreError::Full)?;
    let transaction = database.write(&[VIDEOS], Durability::Relaxed)?;
    transaction.put(VIDEOS, TRIED, &blob).await?;
    transaction.delete(VIDEOS, TRIED).await?;
    transaction.done().await
}

async fn as_bytes(blob: &Blob) -> Result<JsValue, JsValue> {
    let bytes = Uint8Array::new(&JsFuture::from(blob.array_buffer()).await?);
    let value = Object::new();
    Reflect::set(&value, &TYPE.into(), &blob.type_().into())?;
    Reflect::set(&value, &BYTES.into(), &bytes)?;
    Ok(value.into())
}

/// The blob that a value of the database is or stands for; `None` for anything else.
pub(super) fn blob_from(value: JsValue) -> Option<Blob> {
    let value = match value.dyn_into::<Blob>() {
        Ok(blob) => return Some(blob),
        Err(value) => value,
    };
    let bytes = Reflect::get(&value, &BYTES.into()).ok()?;
    let bytes = bytes.dyn_into::<Uint8Array>().ok()?;
    let kind = Reflect::get(&value, &TYPE.into()).ok()?.as_string()?;
    blob_of_array(&bytes, &kind)
}
