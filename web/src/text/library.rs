//! Words of the library: finding, choosing and filing takes.

/// Words of the library.
#[derive(Debug)]
pub struct Library {
    /// What goes on or needs a decision.
    pub queue: &'static str,
    /// Name of the list of all the others.
    pub shelf: &'static str,
    /// How many takes are shown.
    pub count: fn(usize) -> String,
    /// How many takes are shown, of how many.
    pub count_of: fn(usize, usize) -> String,
    /// Kinds of takes, in the order of `Kind::EACH`.
    pub kinds: [&'static str; 6],
    /// Label of the kinds.
    pub kind: &'static str,
    /// Orders, in the order of `Order::EACH`.
    pub orders: [&'static str; 5],
    /// Label of the orders.
    pub order: &'static str,
    /// The narrower conditions; how many are on.
    pub filters: fn(usize) -> String,
    /// Text or image.
    pub mode: &'static str,
    /// Sound.
    pub sound: &'static str,
    /// Shape.
    pub shape: &'static str,
    /// Collection.
    pub collection: &'static str,
    /// No condition.
    pub any: &'static str,
    /// Text to video.
    pub from_text: &'static str,
    /// Image to video.
    pub from_image: &'static str,
    /// With sound.
    pub with_sound: &'static str,
    /// Without.
    pub silent: &'static str,
    /// Only those with a star.
    pub starred_only: &'static str,
    /// Takes all conditions away.
    pub clear: &'static str,
    /// Label of the view.
    pub view: &'static str,
    /// As pictures.
    pub as_grid: &'static str,
    /// Line by line.
    pub as_list: &'static str,
    /// Chooses all that are found.
    pub choose_all: fn(usize) -> String,
    /// Chooses none.
    pub choose_none: &'static str,
    /// How many are chosen, and their size.
    pub chosen: fn(usize, &str) -> String,
    /// What can be done with those that are chosen.
    pub with_chosen: &'static str,
    /// Name of the tick on each.
    pub tick: &'static str,
    /// Gives a star.
    pub star: &'static str,
    /// Takes the star away.
    pub unstar: &'static str,
    /// Marked with a star.
    pub starred: &'static str,
    /// Opens the collections.
    pub collections: &'static str,
    /// Heading of the collections.
    pub collections_of: fn(usize) -> String,
    /// The name of a new one.
    pub new_collection: &'static str,
    /// Adds it.
    pub add: &'static str,
    /// Where there is none.
    pub no_collections: &'static str,
    /// The note.
    pub note: &'static str,
    /// What it is for.
    pub note_hint: &'static str,
    /// Downloads those chosen.
    pub download: &'static str,
    /// None of the chosen has a video.
    pub no_videos: &'static str,
    /// So many were deleted.
    pub deleted: fn(usize) -> String,
    /// So many were not: they go on.
    pub not_deletable: fn(usize) -> String,
    /// How to use the keys.
    pub keys: &'static str,
    /// Which attempt it is, of how many.
    pub attempt: fn(usize, usize) -> String,
    /// Heading of the attempts, with their cost in all.
    pub attempts: fn(usize, &str) -> String,
}
