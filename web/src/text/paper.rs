//! Words of requests that travel: in saved films, in links, and of films that become one.

/// Words of requests that travel.
#[derive(Debug)]
pub struct Paper {
    /// The choice whether saved files carry their request.
    pub carry: &'static str,
    /// What is put in, and what is not.
    pub carry_list: &'static str,
    /// It could not be put in, and why; the file was saved all the same.
    pub not_carried: fn(&str) -> String,
    /// A film brought its request back, by its name.
    pub came_back: fn(&str) -> String,
    /// A film has none, by its name.
    pub nothing_in: fn(&str) -> String,
    /// Which pictures were not in it: the start image, the end image.
    pub left_out: fn(bool, bool) -> String,
    /// It was copied.
    pub link_copied: &'static str,
    /// It was copied; pictures are not in it.
    pub link_copied_bare: &'static str,
    /// It could not be.
    pub link_failed: &'static str,
    /// A link was opened.
    pub link_opened: &'static str,
    /// A link has no request in it that can be read.
    pub link_broken: &'static str,
    /// The row of a take's details that names the one it continues.
    pub continues: &'static str,
    /// Opens the sequence, by the number of its takes.
    pub sequence: fn(usize) -> String,
    /// The dialog.
    pub sequence_title: &'static str,
    /// While it is put together.
    pub sequence_wait: &'static str,
    /// What it is: so many takes, joined as they are.
    pub sequence_about: fn(usize) -> String,
    /// Saves it.
    pub sequence_save: &'static str,
    /// Saves its takes one by one.
    pub sequence_each: &'static str,
    /// Take of that number differs from the first in that.
    pub differs: fn(usize, rushes_film::Difference) -> String,
    /// Take of that number cannot be read; why.
    pub flawed: fn(usize, &str) -> String,
    /// It could not be put together.
    pub apart: &'static str,
    /// Its name for screen readers.
    pub sequence_player: &'static str,
}
