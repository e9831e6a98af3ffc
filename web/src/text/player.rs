//! Words of the player and of comparing.

/// Words of the player.
#[derive(Debug)]
pub struct Player {
    /// Name of the player's own part of the page.
    pub name: fn(&str) -> String,
    /// Plays.
    pub play: &'static str,
    /// Stops.
    pub pause: &'static str,
    /// One frame back.
    pub frame_back: &'static str,
    /// One frame on.
    pub frame_on: &'static str,
    /// Loops.
    pub looping: &'static str,
    /// Speed.
    pub speed: &'static str,
    /// Mutes.
    pub mute: &'static str,
    /// Takes that back.
    pub unmute: &'static str,
    /// Volume.
    pub volume: &'static str,
    /// Fills the screen.
    pub full: &'static str,
    /// Makes the frame that is seen the small picture.
    pub poster: &'static str,
    /// That is done.
    pub poster_set: &'static str,
    /// The ruler.
    pub time: &'static str,
    /// A moment of how many.
    pub time_of: fn(&str, &str) -> String,
    /// A shot, and when it begins.
    pub shot: fn(usize, &str) -> String,
    /// The loop begins here.
    pub mark_in: &'static str,
    /// The loop ends here.
    pub mark_out: &'static str,
    /// No marks.
    pub no_marks: &'static str,
    /// The browser did not play it.
    pub blocked: &'static str,
    /// Opens the keys.
    pub keys: &'static str,
    /// What they are.
    pub keys_hint: &'static str,
    /// Whether there are any.
    pub keys_on: &'static str,
    /// As they were.
    pub keys_reset: &'static str,
    /// The space bar.
    pub space: &'static str,
    /// Backward.
    pub backward: &'static str,
    /// Stop.
    pub stop: &'static str,
    /// Forward.
    pub forward: &'static str,
    /// Compares those chosen.
    pub compare: &'static str,
    /// Heading of the comparison.
    pub comparing: fn(usize) -> String,
    /// Only videos that are here can be compared.
    pub compare_needs: &'static str,
    /// The first of two is noted.
    pub compare_next: &'static str,
    /// Ends it.
    pub compare_end: &'static str,
    /// How they lie.
    pub layout: &'static str,
    /// Side by side.
    pub side_by_side: &'static str,
    /// One over the other.
    pub wipe: &'static str,
    /// Where the wipe is.
    pub wipe_at: &'static str,
    /// Whose sound is heard.
    pub sound_of: &'static str,
    /// Nobody's.
    pub no_sound: &'static str,
}
