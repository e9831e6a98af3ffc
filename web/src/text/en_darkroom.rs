//! English: the darkroom.

use super::Labelled;
use super::darkroom::Darkroom;

pub(super) static EN: Darkroom = Darkroom {
    about: "All of this happens in your browser. Nothing is uploaded.",
    opening: "Opening the picture…",
    cannot_open: |format| format!("This browser cannot open {format} pictures."),
    convert: "Save it as a JPEG or PNG in another program, then choose that file.",
    shape: "Shape",
    shape_free: "Free",
    crop: |width, height, left, top| {
        format!("Crop: {width} × {height} pixels, {left} from the left, {top} from the top")
    },
    crop_kind: "crop frame",
    crop_hint: "Drag the frame or its corners. Arrow keys move it, with Shift they change its size; or type the numbers.",
    left: "Left",
    top: "Top",
    width: "Width",
    height: "Height",
    longest: Labelled {
        label: "Long side at most",
        hint: "Smaller files go out faster; the video has 1,280 pixels at most.",
    },
    numbers: "Before and after",
    before: "Before",
    after: "After",
    pixels: "Pixels",
    ratio: "Ratio",
    size: "File",
    format: "Format",
    location: "Location",
    location_there: "in the file",
    location_none: "none",
    unknown: "…",
    turned: "turned upright",
    use_it: "Use this",
    cancel: "Cancel",
    done: |before, after| format!("Picture fixed: {before} became {after}."),
    failed: "The picture could not be made: the browser has no room for it, perhaps. Try a smaller long side.",
    shoot: "Take the picture",
    camera_wait: "Starting the camera… Your browser may ask whether this page may use it.",
    camera_denied: "This page may not use the camera. Allow it in your browser’s settings for this site, or choose a file.",
    camera_missing: "No camera was found. Choose a file instead.",
    camera_failed: "The camera did not start; another program may be using it.",
    camera_insecure: "Browsers give the camera only to pages served with https, or from this computer.",
    camera_view: "What the camera sees",
    camera_other: "Other camera",
    use_frame: "Use this frame",
    frame_used: "The frame shown is now the start image.",
    no_frame: "The player shows no frame yet: play it, or go to a moment.",
};
