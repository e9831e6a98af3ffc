//! English: words of the library.

use super::format::whole;
use super::library::Library;

fn takes(count: usize) -> String {
    if count == 1 {
        "1 take".to_owned()
    } else {
        format!("{} takes", number(count))
    }
}

fn number(count: usize) -> String {
    whole(count.try_into().unwrap_or(u64::MAX))
}

/// English.
pub(super) static EN: Library = Library {
    queue: "Now",
    shelf: "Takes",
    count: takes,
    count_of: |shown, all| format!("{} of {}", number(shown), takes(all)),
    kinds: ["All", "With a video", "Running", "Not sure", "Failed", "Gone"],
    kind: "Show",
    orders: [
        "Newest first",
        "Oldest first",
        "Longest first",
        "Dearest first",
        "Largest first",
    ],
    order: "Order",
    filters: |on| {
        if on == 0 {
            "Filters".to_owned()
        } else {
            format!("Filters ({on} on)")
        }
    },
    mode: "Made from",
    sound: "Sound",
    shape: "Shape",
    collection: "Collection",
    any: "Any",
    from_text: "Text",
    from_image: "An image",
    with_sound: "With sound",
    silent: "Silent",
    starred_only: "Starred only",
    clear: "Clear filters",
    view: "View",
    as_grid: "Pictures",
    as_list: "List",
    choose_all: |count| format!("Select all {}", number(count)),
    choose_none: "Select none",
    chosen: |count, size| {
        if size.is_empty() {
            format!("{} selected", number(count))
        } else {
            format!("{} selected · {size}", number(count))
        }
    },
    with_chosen: "Selected takes",
    tick: "Select",
    star: "Star",
    unstar: "Remove star",
    starred: "Starred",
    collections: "Collections…",
    collections_of: |count| format!("Collections of {}", takes(count)),
    new_collection: "New collection",
    add: "Add",
    no_collections: "No collections yet. Name one: the selected takes are put into it.",
    note: "Note",
    note_hint: "For yourself: it is searched, and never sent.",
    download: "Download",
    no_videos: "None of these has a video here.",
    deleted: |count| format!("{} deleted.", takes(count)),
    not_deletable: |count| {
        format!(
            "{} stay: they go on, or nobody knows yet what came of them.",
            takes(count)
        )
    },
    keys: "Arrow keys move, Space selects, Shift with an arrow selects a stretch, Enter opens, Delete deletes.",
    attempt: |number, of| format!("Attempt {number} of {of}"),
    attempts: |count, cost| format!("{count} attempts, {cost} in all"),
};
