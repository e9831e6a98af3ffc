//! English: what opens rooms.

use super::Doors;

/// English.
pub(super) static EN: Doors = Doors {
    archive: "Archive",
    zip: "Download as one zip",
    open_request: "Open a file: request, video or archive",
    save_request: "Save the request as a file",
    share_request: "Copy a link to the request",
    frames: "From a take",
    frames_title: "A frame of a take",
    adjust: "Crop…",
    darkroom: "Fix the picture",
    camera: "Camera",
    camera_title: "Take a picture",
    connect: "Where requests go",
    unlock: "Look at takes elsewhere",
    words_for: |field| format!("Words for: {field}"),
    palette: "Words the model knows",
    drafts: "Drafts",
    money: "Price and budget",
    budget: "This passes your budget",
    request: "The request",
    variations: "Variations",
};
