//! Words of takes: their states, actions and troubles.

/// Words of takes.
#[derive(Debug)]
pub struct Takes {
    /// Heading of the list.
    pub heading: &'static str,
    /// Where a filter hides all.
    pub none_fit: &'static str,
    /// How many run.
    pub running: fn(usize) -> String,
    /// How many are unsure.
    pub unsure_count: fn(usize) -> String,
    /// How many are kept.
    pub kept_count: fn(usize) -> String,
    /// The words of states.
    pub state: States,
    /// What is said of states.
    pub say: Sayings,
    /// The words on buttons.
    pub act: Actions,
    /// The stage.
    pub stage: StageWords,
    /// Finding takes.
    pub find: Finding,
    /// Trouble with storage.
    pub storage: StorageWords,
    /// Room for videos.
    pub room: RoomWords,
}

/// One word for each state, beside its lamp.
#[derive(Debug)]
pub struct States {
    /// On its way.
    pub sending: &'static str,
    /// Outcome unknown.
    pub unsure: &'static str,
    /// Given up.
    pub put_away: &'static str,
    /// Surely not accepted.
    pub refused: &'static str,
    /// Accepted, not seen yet.
    pub accepted: &'static str,
    /// In the provider's queue.
    pub queued: &'static str,
    /// Being made.
    pub processing: &'static str,
    /// A word nobody knows.
    pub other: &'static str,
    /// Running, but not watched.
    pub stopped: &'static str,
    /// Done, not kept yet.
    pub succeeded: &'static str,
    /// Being kept.
    pub saving: &'static str,
    /// Kept.
    pub kept: &'static str,
    /// The provider says it failed.
    pub failed: &'static str,
    /// Gone.
    pub expired: &'static str,
    /// Unreadable.
    pub damaged: &'static str,
}

/// Sentences.
#[derive(Debug)]
pub struct Sayings {
    /// While it is being sent.
    pub sending: &'static str,
    /// Unsure, with the price it may have cost.
    pub unsure: fn(&str) -> String,
    /// Unsure, free.
    pub unsure_free: &'static str,
    /// Unsure because of the answer: what to do.
    pub unsure_next: &'static str,
    /// Unsure because the page closed.
    pub page_closed: &'static str,
    /// Given up.
    pub put_away: &'static str,
    /// Surely not charged.
    pub not_charged: &'static str,
    /// Whether a failed task was charged is not known.
    pub charge_unknown: &'static str,
    /// It was free.
    pub was_free: &'static str,
    /// The provider failed it; what to do.
    pub failed: &'static str,
    /// The provider gave no reason.
    pub no_reason: &'static str,
    /// Accepted, nothing seen yet.
    pub accepted: &'static str,
    /// Queued.
    pub queued: &'static str,
    /// Being made.
    pub processing: &'static str,
    /// A status nobody knows, verbatim.
    pub other: fn(&str) -> String,
    /// Stopped watching; last known word.
    pub stopped: fn(&str) -> String,
    /// Elapsed time so far.
    pub elapsed: fn(&str) -> String,
    /// Percent.
    pub percent: fn(u32) -> String,
    /// Time to go.
    pub to_go: fn(&str) -> String,
    /// Slower than nine of ten.
    pub slow: &'static str,
    /// Last look, so long ago.
    pub checked: fn(&str) -> String,
    /// The last look told nothing.
    pub missed: &'static str,
    /// Done; the copy is being made, so much of it.
    pub saving: fn(&str) -> String,
    /// How long the link is good.
    pub link_good: fn(&str) -> String,
    /// The link gives no time.
    pub link_some: &'static str,
    /// Kept, of that size.
    pub kept: fn(&str) -> String,
    /// Kept in memory only, of that size.
    pub kept_for_now: fn(&str) -> String,
    /// Could not be read.
    pub unreadable: &'static str,
    /// Came short.
    pub cut_short: &'static str,
    /// Was no video.
    pub not_a_video: &'static str,
    /// No room.
    pub no_room: &'static str,
    /// The link died.
    pub link_died: &'static str,
    /// The copy is gone.
    pub copy_gone: &'static str,
    /// There never was a link.
    pub no_link: &'static str,
    /// The copy was given up by its author.
    pub freed: &'static str,
    /// A record that cannot be read.
    pub damaged: &'static str,
    /// A record from a newer page.
    pub newer: &'static str,
    /// Nothing was sent: no room to write it down.
    pub not_written: &'static str,
    /// A pasted id is none.
    pub bad_id: &'static str,
    /// A pasted id is another take's.
    pub known_id: &'static str,
    /// The request of an old take does not pass the rules any more.
    pub cannot_repeat: &'static str,
    /// A frame could not be taken.
    pub no_frame: &'static str,
    /// The frame is in the composer.
    pub frame_used: &'static str,
    /// Something was copied.
    pub copied: &'static str,
    /// It was deleted.
    pub deleted: &'static str,
    /// The fresh look told nothing new.
    pub still_gone: &'static str,
    /// It was made by the draft engine.
    pub draft: &'static str,
    /// It costs nothing.
    pub free: &'static str,
    /// A state changed, for screen readers: the word and the prompt.
    pub changed: fn(&str, &str) -> String,
}

/// The words on buttons.
#[derive(Debug)]
pub struct Actions {
    /// Stop watching.
    pub stop: &'static str,
    /// Look again.
    pub look: &'static str,
    /// Paste the task's id.
    pub paste: &'static str,
    /// Send it again, for that price.
    pub send_again: fn(&str) -> String,
    /// Put it away.
    pub put_away: &'static str,
    /// Take it back.
    pub take_back: &'static str,
    /// Load it into the form.
    pub edit: &'static str,
    /// Play it.
    pub play: &'static str,
    /// Download it.
    pub download: &'static str,
    /// Use its last frame.
    pub last_frame: &'static str,
    /// Make the same again, for that price.
    pub same_again: fn(&str) -> String,
    /// Ask for a fresh link.
    pub fresh_link: &'static str,
    /// Try to keep it again.
    pub keep: &'static str,
    /// Delete it.
    pub delete: &'static str,
    /// Erase a damaged record.
    pub erase: &'static str,
    /// Really erase it.
    pub erase_sure: &'static str,
    /// Save what a damaged record holds.
    pub save_record: &'static str,
    /// Copy.
    pub copy: &'static str,
    /// Use the pasted id.
    pub use_id: &'static str,
    /// Not now.
    pub cancel: &'static str,
}

/// The stage.
#[derive(Debug)]
pub struct StageWords {
    /// Name of the player.
    pub player: fn(&str) -> String,
    /// The details.
    pub details: &'static str,
    /// Task id.
    pub task: &'static str,
    /// When it was sent.
    pub sent: &'static str,
    /// How long it took.
    pub took: &'static str,
    /// Cost, with its rule.
    pub cost: &'static str,
    /// Cost: amount and rule.
    pub cost_line: fn(&str, &str, &str) -> String,
    /// With sound.
    pub with_sound: &'static str,
    /// Silent.
    pub silent: &'static str,
    /// Guidance.
    pub guidance: &'static str,
    /// What to keep out.
    pub negative: &'static str,
    /// How many shots.
    pub shots: fn(usize) -> String,
    /// Name of the list of shots.
    pub shots_name: &'static str,
    /// Size of the file.
    pub size: &'static str,
    /// The provider's words.
    pub words: &'static str,
    /// The request as it was sent.
    pub request: &'static str,
    /// A long value, shortened: so many characters.
    pub shortened: fn(usize) -> String,
    /// There is no seed.
    pub no_seed: &'static str,
    /// Generated speech has no captions.
    pub no_captions: &'static str,
    /// The id to paste.
    pub paste_label: &'static str,
    /// Where to find it.
    pub paste_hint: &'static str,
    /// Text to video.
    pub text_to_video: &'static str,
    /// Image to video.
    pub image_to_video: &'static str,
    /// Progress of a task, for screen readers.
    pub progress: &'static str,
    /// Progress of a copy, for screen readers.
    pub copy_progress: &'static str,
}

/// Finding takes.
#[derive(Debug)]
pub struct Finding {
    /// Label of the search.
    pub search: &'static str,
}

/// Trouble with storage.
#[derive(Debug)]
pub struct StorageWords {
    /// Nothing survives this page.
    pub memory_only: &'static str,
    /// No room.
    pub full: &'static str,
    /// A write failed, in the browser's words.
    pub failed: fn(&str) -> String,
}

/// Room for videos.
#[derive(Debug)]
pub struct RoomWords {
    /// It gets narrow: what is left, how many videos there are, and their size.
    pub little: fn(&str, usize, &str) -> String,
    /// Opens the list of what can go.
    pub make: &'static str,
    /// What it means to delete a video here.
    pub about: &'static str,
    /// How the list is ordered.
    pub order: &'static str,
    /// By size.
    pub largest: &'static str,
    /// By age.
    pub oldest: &'static str,
    /// Size and age of one.
    pub each: fn(&str, &str) -> String,
    /// Deletes those that were ticked: how many, and their size.
    pub delete: fn(usize, &str) -> String,
    /// Where none is ticked.
    pub none: &'static str,
}
