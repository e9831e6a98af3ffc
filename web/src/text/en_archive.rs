//! English: zips and archives.

use super::archive::Archive;

fn takes(count: usize) -> String {
    if count == 1 {
        "1 take".to_owned()
    } else {
        format!("{count} takes")
    }
}

fn records(count: usize) -> String {
    if count == 1 {
        "1 record".to_owned()
    } else {
        format!("{count} records")
    }
}

/// English.
pub(super) static EN: Archive = Archive {
    packing: |done, all| format!("{done} of {all}"),
    progress: "Progress",
    cancel: "Cancel",
    cancelled: "Stopped. No file was made.",
    unreadable: |name| format!("{name} could not be read, so no file was made."),
    packed: |count, name, size| {
        let videos = if count == 1 { "video is" } else { "videos are" };
        format!("{count} {videos} in {name} ({size}).")
    },
    not_kept: |count| {
        let takes = if count == 1 { "take is" } else { "takes are" };
        format!("{count} {takes} left out, because no copy is in this browser:")
    },
    about: "Settings, drafts, words of your own, takes with their images and videos, in one file. Drop it on this page to have it all back.",
    open: "Export or import…",
    export_title: "Export everything",
    export_about: "Settings, drafts, words of your own, every take with its request, images and notes, and what deleted ones cost. No key, no access token, no signed link, and not where requests go.",
    with_videos: |count, size| {
        let videos = if count == 1 { "video" } else { "videos" };
        format!("With {count} {videos} ({size})")
    },
    export: "Save the archive",
    exported: |count, name, size| format!("{} in {name} ({size}).", takes(count)),
    damaged_here: |count| format!("{} cannot be read and left out:", records(count)),
    import_title: "Import an archive",
    import_about: "You see first what it would change. Nothing that is here is lost: of two takes that are the same, the newer stays.",
    choose: "Choose an archive",
    newer: "A newer version of this page wrote this archive. Reload this page to update, then try again.",
    no_archive: "This file is no archive of this page. Nothing was changed.",
    damaged: "This archive is damaged or cut off, so nothing of it was read. Nothing was changed.",
    not_read: "Stopped. Nothing was changed.",
    would: |fresh, better, same| {
        format!(
            "It adds {}, brings {better} up to date, and leaves {same} as they are.",
            takes(fresh)
        )
    },
    row_takes: "Takes",
    row_drafts: "Drafts",
    row_snippets: "Words of your own",
    row_spent: "Costs of deleted takes",
    column_here: "Here now",
    column_archive: "In the archive",
    column_after: "Here afterwards",
    videos_size: |size| format!("Its videos take {size}."),
    left_out: |count| {
        let entries = if count == 1 { "entry is" } else { "entries are" };
        format!("{count} {entries} left out, damaged or unknown:")
    },
    with_choices: "Take over its settings too (theme, language, prices, player)",
    import: "Import",
    imported: |added, merged, same| {
        format!(
            "{} added, {merged} brought up to date, {same} left as they are. Drafts, words and settings show after a reload.",
            takes(added)
        )
    },
    import_stopped: "Stopped on the way; what was taken in until then is here.",
    own_not_kept: "The browser did not keep all drafts, words and settings.",
    pick_none: "No take has its video in this browser yet.",
    pick_more: |count| format!("Show {count} more"),
    pick_frame: "Frame, in seconds",
    pick_use: "Use this frame as the image",
    pick_other: "Another take",
    pick_failed: "This browser cannot show this video, so no frame can be used.",
    share_file: "Share file",
    share_failed: "The file could not be shared; download it instead.",
    request_saved: |name| format!("The request is in {name}. Drop it on this page to have it back."),
    request_failed: "The request could not be written to a file.",
    request_opened: |name| format!("The form holds the request of {name}. Nothing was sent."),
    request_broken: |name| format!("{name} holds no request that can be read."),
    request_newer: |name| {
        format!(
            "{name} was written by a newer version of this page. Reload this page to update, then try again."
        )
    },
    waiting: |count| format!("Waiting ({count})"),
    remove_waiting: |label| format!("Remove {label}"),
    removed_waiting: |label| format!("{label} was removed. It will not be sent."),
};
