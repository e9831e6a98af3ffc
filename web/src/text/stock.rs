//! Words of the palette and of drafts: what is put in, and what is kept under a name.

/// Words of one kind, to be put into a prompt.
#[derive(Clone, Copy, Debug)]
pub struct WordGroup {
    /// The kind.
    pub name: &'static str,
    /// The words, and what they do.
    pub words: &'static [(&'static str, &'static str)],
}

/// Words of the palette and of drafts: what is put in, and what is kept under a name.
#[derive(Debug)]
pub struct Stock {
    /// Name of its search field.
    pub search: &'static str,
    /// The search found nothing.
    pub nothing_found: &'static str,
    /// Words for prompts.
    pub groups: &'static [WordGroup],
    /// Words for negative prompts.
    pub negatives: &'static [WordGroup],
    /// The group of one's own words.
    pub own: &'static str,
    /// The fold with one's own words.
    pub own_manage: &'static str,
    /// What can be done there.
    pub own_about: &'static str,
    /// Name of the field for a name.
    pub own_name: &'static str,
    /// Keeps words as one's own.
    pub keep_own: &'static str,
    /// There are none.
    pub no_own: &'static str,
    /// There is nothing in the field to keep.
    pub nothing_marked: &'static str,
    /// Words were put in.
    pub was_put_in: fn(&str) -> String,
    /// Name of the field that holds a name.
    pub name: &'static str,
    /// A name where none was given.
    pub unnamed: &'static str,
    /// It was kept under that name.
    pub was_kept: fn(&str) -> String,
    /// The browser did not keep it.
    pub not_kept: &'static str,
    /// Deletes it, by its name.
    pub delete: fn(&str) -> String,
    /// It was deleted.
    pub was_deleted: fn(&str) -> String,
    /// It is there again.
    pub is_back: fn(&str) -> String,
    /// What they are.
    pub drafts_about: &'static str,
    /// Name of the field for a name.
    pub draft_name: &'static str,
    /// Keeps the form as a draft.
    pub keep_draft: &'static str,
    /// There are none.
    pub no_drafts: &'static str,
    /// Opens one.
    pub open_draft: &'static str,
    /// Opens one, by its name.
    pub open_named: fn(&str) -> String,
    /// Duplicates one, by its name.
    pub copy_named: fn(&str) -> String,
    /// One was opened.
    pub is_open: fn(&str) -> String,
    /// Its images could not be kept, or brought.
    pub no_pictures: &'static str,
}
