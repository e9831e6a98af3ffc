//! What takes cost: the rate, the budget, what was spent. A budget asks before it is passed, and never only says no.

pub mod purse;
pub mod rate;
pub mod spent;
pub mod view;

pub use purse::{Purse, purse};
