//! Words of the shots.

/// Words of the shots.
#[derive(Debug)]
pub struct Shots {
    /// The choice between one take and shots.
    pub plan: &'static str,
    /// One take.
    pub plan_one: &'static str,
    /// Shots.
    pub plan_shots: &'static str,
    /// How shots are sent without a start image.
    pub reason_text: &'static str,
    /// Why one or the other with a start image, and that nothing is lost.
    pub reason_image: &'static str,
    /// That shots are kept while they are not sent, from their number and whether an end image takes their place.
    pub shots_aside: fn(usize, bool) -> String,
    /// Sends them instead.
    pub use_shots: &'static str,
    /// That the end image is kept while it is not sent, from its name.
    pub end_aside: fn(&str) -> String,
    /// An end image without a name.
    pub end_unnamed: &'static str,
    /// Sends it instead.
    pub use_end: &'static str,
    /// Goes to where an end image can be put in.
    pub add_end: &'static str,
    /// Under the prompt beside `multi_prompt`.
    pub prompt_beside: &'static str,
    /// Under the prompt that shots are written into.
    pub prompt_before: &'static str,
    /// Puts the main words into the first shot.
    pub move_in: &'static str,
    /// Heading of the prompt as it is sent.
    pub compiled: &'static str,
    /// The length where shots give it.
    pub seconds: fn(&str) -> String,
    /// Name of the timeline.
    pub timeline: &'static str,
    /// How the timeline is used by pointer.
    pub timeline_help: &'static str,
    /// How it is used by keys.
    pub timeline_keys: &'static str,
    /// A shot on the timeline: its number, seconds and first words.
    pub frame: fn(usize, &str, &str) -> String,
    /// The edge of a shot, by its number.
    pub edge: fn(usize) -> String,
    /// The length of a shot in words.
    pub edge_value: fn(&str) -> String,
    /// After a shot was made longer or shorter: its number and seconds.
    pub resized: fn(usize, &str) -> String,
    /// A shot's name by its number.
    pub shot: fn(usize) -> String,
    /// In a shot without words.
    pub placeholder: &'static str,
    /// Label of a shot's seconds by its number.
    pub shot_seconds: fn(usize) -> String,
    /// Adds a shot.
    pub add: &'static str,
    /// Why no shot can be added.
    pub no_room: &'static str,
    /// Moves a shot up.
    pub move_up: fn(usize) -> String,
    /// Moves a shot down.
    pub move_down: fn(usize) -> String,
    /// Cuts a shot in two.
    pub split: fn(usize) -> String,
    /// After a shot was cut in two.
    pub was_split: fn(usize) -> String,
    /// Makes a shot and the next one one.
    pub merge: fn(usize) -> String,
    /// After two became one.
    pub was_merged: fn(usize) -> String,
    /// Copies a shot.
    pub copy: fn(usize) -> String,
    /// After a shot was copied.
    pub was_copied: fn(usize) -> String,
    /// Removes a shot.
    pub remove: fn(usize) -> String,
    /// After a shot was removed.
    pub was_removed: fn(usize) -> String,
    /// After a shot was moved, from and to.
    pub was_moved: fn(usize, usize) -> String,
    /// "10 of 15 s, 5 s left", from the sum.
    pub total: fn(f64) -> String,
}
