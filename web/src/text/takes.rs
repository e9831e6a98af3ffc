//! Words of takes: their states, actions and troubles.

/// Words of takes.
#[derive(Debug)]
pub struct Takes {
    /// Heading of the list.
    pub heading: &'static str,
}

/// English.
pub static EN: Takes = Takes { heading: "Takes" };
