//! Words of looking whether an unsure take arrived.

/// Words of looking whether an unsure take arrived.
#[derive(Debug)]
pub struct Arrived {
    /// On the button.
    pub look: &'static str,
    /// It did.
    pub accepted: &'static str,
    /// It came and was refused.
    pub refused: &'static str,
    /// It never came, and never will.
    pub never: &'static str,
    /// The server passed it on and got no answer either.
    pub unsure: &'static str,
    /// It is still on its way there.
    pub under_way: &'static str,
    /// The server does not remember that long.
    pub forgotten: &'static str,
    /// It did not go to a server that could be asked.
    pub nobody: &'static str,
    /// The server that could know gave no answer.
    pub untold: &'static str,
}
