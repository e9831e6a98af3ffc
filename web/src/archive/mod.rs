//! What leaves this browser in one file, and comes back: the videos of many takes as a zip, everything as an archive.
//!
//! Nothing that is written holds a key, a token or an address that was signed for somebody. What is read is somebody
//! else's word: named, measured and checked entry by entry before anything of it is kept.

mod export;
pub mod format;
mod import;
mod keep;
pub mod names;
mod pack;
pub mod picker;
mod read;
mod room;
pub mod view;
mod work;
pub mod zip;
mod zip_takes;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;

use leptos::prelude::*;
use web_sys::File;

use crate::compose::Slot;

/// Handle of what is open, given by context; it stands as long as the page.
#[derive(Clone, Copy)]
pub struct Depot {
    zip: RwSignal<bool>,
    takes: StoredValue<Vec<String>>,
    archive: RwSignal<bool>,
    file: StoredValue<Option<File>, LocalStorage>,
    picker: RwSignal<bool>,
    slot: RwSignal<Slot>,
}

/// Gives it to everything below.
pub fn provide_depot() {
    provide_context(Depot {
        zip: RwSignal::new(false),
        takes: StoredValue::default(),
        archive: RwSignal::new(false),
        file: StoredValue::new_local(None),
        picker: RwSignal::new(false),
        slot: RwSignal::new(Slot::Start),
    });
}

impl Depot {
    /// Packs the videos of takes into one file, and says how far it is.
    pub fn zip_takes(self, ids: Vec<String>) {
        self.takes.set_value(ids);
        self.zip.set(true);
    }

    /// Opens the archive: with a file, to see what it would change.
    pub fn open_archive(self, file: Option<File>) {
        self.file.set_value(file);
        // A second file that is dropped while it is open takes the place of the first.
        self.archive.set(false);
        self.archive.set(true);
    }

    /// Opens the takes whose frames can become that picture of the form.
    pub fn pick_frame(self, slot: Slot) {
        self.slot.set(slot);
        self.picker.set(true);
    }
}

/// Whether a file may be an archive, by what it says of itself.
pub fn is_archive(file: &File) -> bool {
    file.name().to_ascii_lowercase().ends_with(".zip") || file.type_() == "application/zip"
}
