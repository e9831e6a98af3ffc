//! The darkroom: pictures are made fit to be sent, taken with the camera and found in earlier takes; all of it here, in
//! this browser.

pub mod geometry;
pub mod metadata;

pub mod bench;
pub mod camera;
pub mod crop_tool;
pub mod develop;
pub mod numbers;

use leptos::prelude::*;
use web_sys::{Blob, File};

use crate::blob::blob_of;
use crate::compose::form::Picture;
use crate::compose::{Slot, use_composer};
use crate::dom::El;

/// Most files that are kept to be made fit later: handles, not bytes.
const FILES_MAX: usize = 16;

/// Handle of the darkroom, given by context.
#[derive(Clone, Copy)]
pub struct Darkroom {
    /// Whose picture it is about.
    slot: RwSignal<Slot>,
    /// Whether the bench is open, where a picture is made fit.
    bench: RwSignal<bool>,
    /// Whether the camera is open.
    camera: RwSignal<bool>,
    /// Files that were refused, by the ids of their pictures.
    files: StoredValue<Vec<(u32, File)>, LocalStorage>,
}

/// Gives the darkroom to everything below.
pub fn provide_darkroom() {
    provide_context(Darkroom {
        slot: RwSignal::new(Slot::Start),
        bench: RwSignal::new(false),
        camera: RwSignal::new(false),
        files: StoredValue::new_local(Vec::new()),
    });
}

/// Its dialogs.
pub fn dialogs() -> [El; 2] {
    let (darkroom, composer) = (expect_context::<Darkroom>(), use_composer());
    [
        bench::bench(darkroom, composer),
        camera::camera(darkroom, composer),
    ]
}

impl Darkroom {
    /// Opens the bench for a picture of the form.
    pub fn fix(self, slot: Slot) {
        self.slot.set(slot);
        self.bench.set(true);
    }

    /// Opens the camera for a picture of the form.
    pub fn shoot(self, slot: Slot) {
        self.slot.set(slot);
        self.camera.set(true);
    }

    /// Remembers a file whose bytes were not read.
    pub fn remember(self, id: u32, file: File) {
        self.files.update_value(|files| {
            if files.len() >= FILES_MAX {
                files.remove(0);
            }
            files.push((id, file));
        });
    }

    /// The file of a picture, where it is at hand.
    fn file(self, picture: &Picture) -> Option<Blob> {
        match picture {
            Picture::Held { bytes, .. } => blob_of(bytes, "application/octet-stream"),
            Picture::Refused { id, .. } => self.files.with_value(|files| {
                let found = files.iter().find(|(other, _)| other == id);
                found.map(|(_, file)| Blob::from(file.clone()))
            }),
            Picture::Empty | Picture::Url(_) | Picture::Reading { .. } => None,
        }
    }
}
