//! The composer: one form for both requests, checked live.

pub mod cure;
pub mod fields;
pub mod form;
pub mod problems;
pub mod saved;
pub mod wire;

use std::sync::Arc;

use leptos::prelude::*;
use rushes_core::Draft;

/// Handle of the composer, given by context.
#[derive(Clone, Copy)]
pub struct Composer {}

impl Composer {
    /// Puts those bytes in as the start image; the rest of the form stays.
    pub fn use_as_start_image(self, _bytes: Arc<[u8]>, _name: String) {}

    /// Replaces the form by that draft ("same again").
    pub fn load(self, _draft: Draft) {}
}

/// Gives the composer to everything below.
pub fn provide_composer() {
    provide_context(Composer {});
}

/// The composer.
///
/// # Panics
/// Outside the page's own tree, which is an error in the program.
pub fn use_composer() -> Composer {
    expect_context()
}
