//! Words of what leaves this browser in one file, and comes back.

/// Words of zips and archives.
#[derive(Debug)]
pub struct Archive {
    /// How far it is, in bytes: of so many.
    pub packing: fn(&str, &str) -> String,
    /// The bar.
    pub progress: &'static str,
    /// Stops it.
    pub cancel: &'static str,
    /// It was stopped.
    pub cancelled: &'static str,
    /// An entry of that name cannot be read.
    pub unreadable: fn(&str) -> String,
    /// So many videos are in the file of that name and size.
    pub packed: fn(usize, &str, &str) -> String,
    /// So many takes have no copy here.
    pub not_kept: fn(usize) -> String,
    /// What an archive is.
    pub about: &'static str,
    /// Opens it.
    pub open: &'static str,
    /// Over what makes one.
    pub export_title: &'static str,
    /// What is in it, and what is not.
    pub export_about: &'static str,
    /// The choice whether videos go along: so many, of that size.
    pub with_videos: fn(usize, &str) -> String,
    /// Makes one.
    pub export: &'static str,
    /// So many takes are in the file of that name and size.
    pub exported: fn(usize, &str, &str) -> String,
    /// So many records here cannot be read.
    pub damaged_here: fn(usize) -> String,
    /// Over what reads one.
    pub import_title: &'static str,
    /// What importing does.
    pub import_about: &'static str,
    /// Chooses a file.
    pub choose: &'static str,
    /// A newer page wrote it.
    pub newer: &'static str,
    /// It is something else.
    pub no_archive: &'static str,
    /// It is not whole.
    pub damaged: &'static str,
    /// Reading it was stopped.
    pub not_read: &'static str,
    /// How many takes it would add, merge, and leave as they are.
    pub would: fn(usize, usize, usize) -> String,
    /// Takes.
    pub row_takes: &'static str,
    /// Drafts.
    pub row_drafts: &'static str,
    /// Words of one's own.
    pub row_snippets: &'static str,
    /// What deleted takes cost.
    pub row_spent: &'static str,
    /// What is here now.
    pub column_here: &'static str,
    /// What is in the archive.
    pub column_archive: &'static str,
    /// What is here afterwards.
    pub column_after: &'static str,
    /// How large its videos are.
    pub videos_size: fn(&str) -> String,
    /// So many entries are left out.
    pub left_out: fn(usize) -> String,
    /// The choice whether settings are taken over.
    pub with_choices: &'static str,
    /// Takes it in.
    pub import: &'static str,
    /// So many were added, merged, and left as they are.
    pub imported: fn(usize, usize, usize) -> String,
    /// Importing was stopped on its way.
    pub import_stopped: &'static str,
    /// The browser did not take drafts, words, costs or settings.
    pub own_not_kept: &'static str,
    /// There is none.
    pub pick_none: &'static str,
    /// Shows so many more.
    pub pick_more: fn(usize) -> String,
    /// The slider over a video, in seconds.
    pub pick_frame: &'static str,
    /// Uses the frame that is shown.
    pub pick_use: &'static str,
    /// Back to the takes.
    pub pick_other: &'static str,
    /// The frame could not be had.
    pub pick_failed: &'static str,
    /// Hands a video to the system's sharing.
    pub share_file: &'static str,
    /// The system did not take it.
    pub share_failed: &'static str,
    /// It was saved under that name.
    pub request_saved: fn(&str) -> String,
    /// It could not be written.
    pub request_failed: &'static str,
    /// One was opened, by its name.
    pub request_opened: fn(&str) -> String,
    /// A file holds none, by its name.
    pub request_broken: fn(&str) -> String,
    /// A newer page wrote it, by its name.
    pub request_newer: fn(&str) -> String,
    /// The list of what waits to be sent: so many.
    pub waiting: fn(usize) -> String,
    /// Removes one that waits, by its label.
    pub remove_waiting: fn(&str) -> String,
    /// It was removed, and will not be sent.
    pub removed_waiting: fn(&str) -> String,
}
