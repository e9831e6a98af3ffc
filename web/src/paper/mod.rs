//! A request on paper: as a text that travels in saved films and in links, and comes back as a draft.
//!
//! What is on it is what the API is told, and nothing else: no key, no name, no address that was signed for somebody.
//! What is read from it is somebody else's word: limited in size, and checked by core as if it had been typed. It never
//! sends anything.

pub mod errand;
pub mod file;
pub mod film;
pub mod link;
pub mod script;
pub mod sheet;
pub mod view;

use std::pin::Pin;

use rushes_core::Draft;
use web_sys::Blob;

pub use sheet::Sheet;

/// An answer that is still being worked on.
pub type Later<T> = Pin<Box<dyn Future<Output = T>>>;

crate::part! { in paper;
    /// The same film with that request in it.
    pub fn paper_put(video: Blob, draft: Draft) -> Later<Result<Blob, String>> {
        Box::pin(film::put(video, draft))
    }
}

crate::part! { in paper;
    /// Films as one, in that order, without encoding anything again.
    pub fn paper_join(videos: Vec<Blob>) -> Later<Result<Blob, film::Apart>> {
        Box::pin(film::join(videos))
    }
}
