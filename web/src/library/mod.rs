//! What was made and what is on its way: the queue, the list, and how each state looks.

pub mod attempts;
pub mod cell;
pub mod chosen;
pub mod collections;
pub mod face;
pub mod filter;
pub mod finder;
pub mod focus;
pub mod list;
pub mod parts;
pub mod posters;
pub mod queue;
pub mod room;
pub mod row;
pub mod selection;
pub mod shelf;
pub mod window;

pub use list::library;
pub use shelf::provide_library;
