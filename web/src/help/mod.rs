//! What helps with the page itself: the list of keys, and the guide through the first take.

pub mod guide;
pub mod keys;
pub mod shortcuts;
pub mod steps;

pub use guide::{Guide, provide_guide, use_guide};
