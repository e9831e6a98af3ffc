//! The list of takes: what runs, what is kept, what needs a decision.

pub mod face;
pub mod filter;
pub mod list;
pub mod parts;
pub mod room;
pub mod row;

pub use list::library;
