//! Words of watching: what is usual, being told of the end, and what to do about what went wrong.

/// Words of watching.
#[derive(Debug)]
pub struct Watching {
    /// How long such takes take: half of them, and nine of ten.
    pub usual: fn(&str, &str) -> String,
    /// Asks to be told of the end.
    pub tell: &'static str,
    /// Takes that back.
    pub tell_off: &'static str,
    /// By notification and sound.
    pub will_tell: &'static str,
    /// Notifications are refused: by sound.
    pub will_sound: &'static str,
    /// Loads it to change the prompt.
    pub fix_prompt: &'static str,
    /// Loads it to change the image.
    pub other_image: &'static str,
    /// Opens where the key is.
    pub change_key: &'static str,
    /// What to do without balance.
    pub top_up: &'static str,
    /// Until it may be sent again.
    pub wait: fn(&str) -> String,
    /// Looks for the file.
    pub find_file: &'static str,
    /// A file that is no video.
    pub not_a_video: &'static str,
    /// Downloads every video.
    pub download_all: &'static str,
    /// Asks the browser to keep what is here.
    pub ask_to_keep: &'static str,
    /// It will.
    pub will_keep: &'static str,
    /// It may not.
    pub may_clear: &'static str,
}
