//! The files of videos, in the browser's own file system for pages (OPFS), where it gives one.
//!
//! A finished video is one file, named by its take. What has come of an unfinished one lies in a folder of that name as
//! pieces, each named by the byte it begins with. A browser moves a written file into place only when it is closed, so
//! a piece is there whole or not at all, whenever a tab dies.

use js_sys::{Array, AsyncIterator, Object, Promise, Reflect};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DomException};

use super::database::StoreError;

// The few calls of the browser's files that are needed here: web-sys has them behind nine features.
#[wasm_bindgen]
extern "C" {
    #[derive(Clone, Debug)]
    type Handle;
    #[wasm_bindgen(method, js_name = getDirectory)]
    fn root(this: &Handle) -> Promise;
    #[wasm_bindgen(method, js_name = getDirectoryHandle)]
    fn folder(this: &Handle, name: &str, options: &Object) -> Promise;
    #[wasm_bindgen(method, js_name = getFileHandle)]
    fn file(this: &Handle, name: &str, options: &Object) -> Promise;
    #[wasm_bindgen(method, js_name = removeEntry)]
    fn remove(this: &Handle, name: &str, options: &Object) -> Promise;
    #[wasm_bindgen(method)]
    fn keys(this: &Handle) -> AsyncIterator;
    #[wasm_bindgen(method, js_name = getFile)]
    fn bytes(this: &Handle) -> Promise;
    #[wasm_bindgen(method, js_name = createWritable)]
    fn writable(this: &Handle) -> Promise;
    #[wasm_bindgen(method)]
    fn write(this: &Handle, bytes: &Blob) -> Promise;
    #[wasm_bindgen(method)]
    fn abort(this: &Handle) -> Promise;
    #[wasm_bindgen(method)]
    fn close(this: &Handle) -> Promise;
}

/// `{ name: true }`.
fn option(name: &str) -> Object {
    let options = Object::new();
    // Fails only for an object that is frozen.
    drop(Reflect::set(&options, &name.into(), &true.into()));
    options
}

/// What a call of the browser's files came to: a handle of a folder, a file or a stream.
async fn handle(called: Promise) -> Result<Handle, JsValue> {
    JsFuture::from(called).await.map(JsCast::unchecked_into)
}

/// A folder.
#[derive(Clone, Debug)]
pub(super) struct Folder(Handle);

impl Folder {
    /// The page's folder of that name, made where it is not there. `None` where the browser gives no files, or none
    /// that a page may write: private windows, pages that are not served securely, Safari before 26.
    pub(super) async fn open(name: &str) -> Option<Self> {
        let window = web_sys::window()?;
        let global = js_sys::global();
        let can_write = Reflect::get(&global, &"FileSystemFileHandle".into())
            .and_then(|kind| Reflect::get(&kind, &"prototype".into()))
            .and_then(|prototype| Reflect::has(&prototype, &"createWritable".into()))
            .unwrap_or(false);
        if !can_write || !window.is_secure_context() {
            return None;
        }
        let storage: Handle = window.navigator().storage().unchecked_into();
        let root = handle(storage.root()).await.ok()?;
        Self(root).folder(name).await.ok()
    }

    /// The folder of that name in it, made where it is not there.
    ///
    /// # Errors
    /// [`StoreError`]; so for all below.
    pub(super) async fn folder(&self, name: &str) -> Result<Self, StoreError> {
        let found = handle(self.0.folder(name, &option("create"))).await;
        found.map(Self).map_err(|error| StoreError::from_js(&error))
    }

    /// The file of that name, if there is one.
    pub(super) async fn file(&self, name: &str) -> Result<Option<Blob>, StoreError> {
        let found = async {
            let file = handle(self.0.file(name, &Object::new())).await?;
            JsFuture::from(file.bytes()).await
        };
        match found.await {
            Ok(file) => Ok(Some(file.unchecked_into())),
            Err(error) if is_missing(&error) => Ok(None),
            Err(error) => Err(StoreError::from_js(&error)),
        }
    }

    /// Writes a whole file in place of what was there. When this returns, it is there; before, the old one is.
    pub(super) async fn write(&self, name: &str, bytes: &Blob) -> Result<Blob, StoreError> {
        let written = async {
            let file = handle(self.0.file(name, &option("create"))).await?;
            let stream = handle(file.writable()).await?;
            if let Err(error) = JsFuture::from(stream.write(bytes)).await {
                // It is broken already, and what was written is let go of; that this fails too says nothing more.
                drop(JsFuture::from(stream.abort()).await);
                return Err(error);
            }
            JsFuture::from(stream.close()).await?;
            JsFuture::from(file.bytes()).await
        };
        let file: Blob = written
            .await
            .map_err(|error| StoreError::from_js(&error))?
            .unchecked_into();
        if file.size().to_bits() == bytes.size().to_bits() {
            Ok(file)
        } else {
            Err(StoreError::Other(
                "a file came out shorter than it was written".to_owned(),
            ))
        }
    }

    /// Removes a file, or a folder with everything in it; that there is none is as good.
    pub(super) async fn remove(&self, name: &str) -> Result<(), StoreError> {
        match JsFuture::from(self.0.remove(name, &option("recursive"))).await {
            Err(error) if !is_missing(&error) => Err(StoreError::from_js(&error)),
            _ => Ok(()),
        }
    }

    /// The names of everything in it.
    pub(super) async fn names(&self) -> Result<Vec<String>, StoreError> {
        let names = self.0.keys();
        let mut found = Vec::new();
        loop {
            let next = async { JsFuture::from(names.next()?).await };
            let next = next.await.map_err(|error| StoreError::from_js(&error))?;
            let value = Reflect::get(&next, &"value".into()).unwrap_or(JsValue::UNDEFINED);
            let Some(name) = value.as_string() else {
                return Ok(found);
            };
            found.push(name);
        }
    }
}

/// Whether there is no such file. A folder that another tab has removed meanwhile says the same.
fn is_missing(error: &JsValue) -> bool {
    error
        .dyn_ref::<DomException>()
        .is_some_and(|error| error.name() == "NotFoundError")
}

/// Several blobs as one, of that media type.
///
/// # Errors
/// [`StoreError`].
pub(super) fn joined(pieces: &Array, media_type: &str) -> Result<Blob, StoreError> {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    Blob::new_with_blob_sequence_and_options(pieces, &options).map_err(|error| StoreError::from_js(&error))
}
