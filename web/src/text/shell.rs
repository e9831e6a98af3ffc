//! Words of the page around everything.

/// Words of the page around everything.
#[derive(Debug)]
pub struct Shell {
    /// The page's name.
    pub name: &'static str,
    /// Name of the switcher between columns.
    pub parts: &'static str,
    /// Heading of the left column.
    pub compose: &'static str,
    /// Heading of the middle column.
    pub stage: &'static str,
    /// Heading of the right column.
    pub library: &'static str,
    /// For keyboard users, the first link.
    pub skip: &'static str,
    /// Closes something.
    pub close: &'static str,
    /// Takes back what was just done.
    pub undo: &'static str,
    /// Name of the place where short messages appear.
    pub messages: &'static str,
    /// Opens the list of keys.
    pub help: &'static str,
    /// Heading of the list of keys.
    pub keys_title: &'static str,
    /// Opens the settings, and their heading.
    pub settings: &'static str,
    /// Name of the choice of language.
    pub language: &'static str,
    /// Name of the theme choice.
    pub theme: &'static str,
    /// Follow the system.
    pub theme_system: &'static str,
    /// The dark theme.
    pub theme_dark: &'static str,
    /// The light theme.
    pub theme_light: &'static str,
    /// What answers: the draft engine on this machine.
    pub engine_local: &'static str,
    /// What answers: a gateway to the provider.
    pub engine_gateway: &'static str,
    /// What answers is not known (yet).
    pub engine_unknown: &'static str,
    /// How many characters too many, of how many allowed.
    pub over: fn(usize, usize) -> String,
    /// Name of the button in the header, before what answers.
    pub engine_open: &'static str,
    /// What answers: the provider, with one's own key.
    pub engine_provider: &'static str,
    /// What answers: a gateway of one's own, by its host.
    pub engine_there: fn(&str) -> String,
    /// What answers needs a key that this tab does not hold.
    pub engine_locked: fn(&str) -> String,
}
