//! Words of variations.

/// Words of variations.
#[derive(Debug)]
pub struct Variations {
    /// What they are.
    pub about: &'static str,
    /// How many of each.
    pub copies: &'static str,
    /// Values of guidance.
    pub guidance: &'static str,
    /// Values of the length.
    pub seconds: &'static str,
    /// Shapes.
    pub ratios: &'static str,
    /// In an empty field: the form's own value.
    pub own: &'static str,
    /// Sends so many, for so much.
    pub send: fn(usize, &str) -> String,
    /// Another series is not done.
    pub another: &'static str,
    /// More than so many.
    pub too_many: fn(usize) -> String,
    /// The form itself cannot be sent, and why.
    pub form_first: fn(&str) -> String,
    /// Which one of how many is being sent.
    pub sending: fn(usize, usize) -> String,
    /// The provider asked to wait so many seconds.
    pub waiting: fn(u64) -> String,
    /// It stops behind the one that is being sent.
    pub stopping: &'static str,
    /// So many are not sent; what they cost.
    pub rest: fn(usize, &str) -> String,
    /// Stops.
    pub stop: &'static str,
    /// Sends the rest.
    pub go_on: &'static str,
    /// Gives the rest up.
    pub discard: &'static str,
    /// The rest was given up: so many.
    pub discarded: fn(usize) -> String,
    /// All were sent.
    pub all_sent: &'static str,
    /// The browser does not keep it, so nothing is sent.
    pub not_kept: &'static str,
    /// The key is gone with the tab that held it.
    pub not_reached: &'static str,
    /// One cannot be sent any more.
    pub cannot_send: &'static str,
    /// The outcome of one is not known.
    pub unsure: &'static str,
    /// One was not accepted, and why.
    pub refused: fn(&str) -> String,
    /// The provider asked to wait again and again.
    pub too_many_waits: &'static str,
}
