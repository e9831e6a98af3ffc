//! Words of the guide through the first take.

use crate::help::steps::Step;

/// Words of the guide through the first take.
#[derive(Debug)]
pub struct Guide {
    /// What it is.
    pub title: &'static str,
    /// Which step of how many.
    pub count: fn(usize, usize) -> String,
    /// What to do, or what goes on.
    pub say: fn(Step) -> &'static str,
    /// Puts an example in the form.
    pub example: &'static str,
    /// To the button that sends.
    pub to_generate: &'static str,
    /// To the stage.
    pub to_stage: &'static str,
    /// To the library.
    pub to_library: &'static str,
    /// Ends it.
    pub done: &'static str,
    /// Puts it away at any time.
    pub hide: &'static str,
    /// Under an empty library: to the form.
    pub invite: &'static str,
}
