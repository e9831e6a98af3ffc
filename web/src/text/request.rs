//! Words of "The request".

use crate::compose::code::Language;

/// Words of "The request".
#[derive(Debug)]
pub struct RequestWords {
    /// Above the body.
    pub about: &'static str,
    /// Above the list, where it cannot be sent yet.
    pub not_yet: &'static str,
    /// Name of the choice of forms.
    pub form: &'static str,
    /// Name of the field with the body or the code.
    pub shown: fn(&str) -> String,
    /// In place of an image's bytes, from their size.
    pub elided: fn(&str) -> String,
    /// Under code that reads images from files, by their names.
    pub reads_files: fn(&str) -> String,
    /// Saves an image as it is sent, by its name.
    pub save: fn(&str) -> String,
    /// What each language's code needs, and where the key comes from.
    pub needs: fn(Language) -> &'static str,
    /// Copies what is shown.
    pub copy: fn(&str) -> String,
    /// Name of a start image that has none.
    pub start_file: &'static str,
    /// Name of an end image that has none.
    pub end_file: &'static str,
    /// It was copied.
    pub copied: &'static str,
    /// It could not be.
    pub not_copied: &'static str,
}
