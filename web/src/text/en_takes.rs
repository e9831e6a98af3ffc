//! English: words of takes.

use super::takes::{Actions, Finding, RoomWords, Sayings, StageWords, States, StorageWords, Takes};

/// English.
pub(super) static EN: Takes = Takes {
    heading: "Takes",
    none_fit: "No take fits.",
    running: |count| format!("{count} running"),
    unsure_count: |count| format!("{count} not sure"),
    kept_count: |count| format!("{count} saved"),
    state: States {
        sending: "Sending",
        unsure: "Not sure",
        put_away: "Put away",
        refused: "Not accepted",
        accepted: "Accepted",
        queued: "Queued",
        processing: "Rendering",
        other: "Going on",
        stopped: "Not watched",
        succeeded: "Done",
        saving: "Saving",
        kept: "Saved",
        failed: "Failed",
        expired: "Gone",
        damaged: "Unreadable",
    },
    say: SAY,
    act: Actions {
        stop: "Stop watching",
        look: "Look again",
        paste: "Paste task id…",
        send_again: |price| format!("Send again · {price}"),
        put_away: "Keep as lost",
        take_back: "Take back",
        edit: "Edit",
        play: "Play",
        download: "Download",
        last_frame: "Use last frame",
        same_again: |price| format!("Same again · {price}"),
        fresh_link: "Ask for a fresh link",
        keep: "Save here again",
        delete: "Delete",
        erase: "Delete record…",
        erase_sure: "Delete for good",
        save_record: "Save what is in it",
        copy: "Copy",
        use_id: "Watch this task",
        cancel: "Not now",
    },
    stage: STAGE,
    find: Finding {
        search: "Find a take by its words",
    },
    storage: StorageWords {
        memory_only: "This browser keeps nothing for this page (a private window, or not https). Takes are gone when \
                      it closes: download each video.",
        full: "This browser's storage is full: videos are not being kept. Download them, or make room.",
        failed: |words| format!("This browser could not write a take down: {words}. Download what matters."),
    },
    room: RoomWords {
        little: |left, count, size| {
            format!(
                "Nearly full: {left} left for this page in this browser. Saved here: {count}, {size} in all."
            )
        },
        make: "Make room…",
        about: "Tick the videos to delete from this browser. They are gone for good, so download first what you want \
                to have; requests and settings stay.",
        order: "Order",
        largest: "Largest first",
        oldest: "Oldest first",
        each: |size, age| format!("{size} · {age} old"),
        delete: |count, size| format!("Delete {count} for good ({size})"),
        none: "Nothing ticked",
    },
};

const SAY: Sayings = Sayings {
    sending: "Sending. Keep this tab open a moment; if it closes, the attempt is kept and shown as not sure.",
    unsure: |price| format!("We do not know whether it arrived. It may have been charged ({price})."),
    unsure_free: "We do not know whether it arrived. It costs nothing either way.",
    unsure_next: "Look at the provider's account before you send it again.",
    page_closed: "The page closed while it was being sent.",
    put_away: "You gave this one up. It may still have been charged.",
    not_charged: "Not charged.",
    charge_unknown: "Whether a failed video is charged, the provider does not say: look at your balance.",
    was_free: "It cost nothing.",
    failed: "The provider could not make this video. Change the request, then send it as a new one.",
    no_reason: "The provider gave no reason.",
    accepted: "Accepted. It goes on even if you close this tab.",
    queued: "Waiting at the provider. It goes on even if you close this tab.",
    processing: "Being made. It goes on even if you close this tab.",
    other: |word| format!("The provider says “{word}”, which is no end: still watching."),
    stopped: |word| {
        format!("You stopped watching; it goes on at the provider, and the charge stands. Last seen: {word}.")
    },
    elapsed: |time| format!("{time} so far"),
    percent: |percent| format!("{percent} %"),
    to_go: |time| format!("about {time} to go"),
    slow: "Slower than usual.",
    checked: |time| format!("looked {time} ago"),
    missed: "The last look told nothing; the task goes on, and so does watching.",
    saving: |part| format!("Saving a copy in this browser: {part}"),
    link_good: |time| format!("link good for {time}"),
    link_some: "the link dies within the hour",
    kept: |size| format!("Saved in this browser ({size})"),
    kept_for_now: |size| format!("Held until this page closes ({size})"),
    unreadable: "The video's host lets no page save it, nor could this page's server. Save it yourself before the \
                 link dies.",
    cut_short: "The copy came incomplete. Save it again, or download it.",
    not_a_video: "What the link gave is not a video.",
    no_room: "This browser had no room for a copy. Download it before the link dies.",
    link_died: "The link has died and no copy was kept here. The request is kept.",
    copy_gone: "The browser cleared the copy that was kept here. The request is kept.",
    no_link: "The provider says it is done but gives no link.",
    freed: "You deleted the video to make room. The request is kept.",
    damaged: "This record is damaged and cannot be read. What is in it can be saved as text.",
    newer: "A newer version of this page wrote this record. Reload to read it.",
    not_written: super::en::LANGUAGE.not_written,
    bad_id: "That is no task id: it has no spaces and is at most 256 characters long.",
    known_id: "Another take already has that task id.",
    cannot_repeat: "This request can no longer be sent as it is: its image is missing or a rule changed. Edit it instead.",
    no_frame: "The last frame could not be read from this video.",
    frame_used: "The last frame is now the start image.",
    copied: "Copied.",
    deleted: "Take deleted.",
    still_gone: "No fresh link: the provider gives none any more.",
    draft: "Draft: timing and framing only",
    free: "free",
    changed: |word, prompt| format!("{word}: {prompt}"),
};

const STAGE: StageWords = StageWords {
    player: |prompt| format!("Video: {prompt}"),
    details: "Details",
    task: "Task id",
    sent: "Sent",
    took: "Took",
    cost: "Cost",
    cost_line: |amount, rate, as_of| format!("about {amount} · {rate} a second, as of {as_of}"),
    with_sound: "with sound",
    silent: "silent",
    guidance: "Guidance",
    negative: "Keep out",
    shots: |count| {
        if count == 1 {
            "1 shot".to_owned()
        } else {
            format!("{count} shots")
        }
    },
    shots_name: "Shots",
    size: "Size",
    words: "The provider's words",
    request: "The request as it was sent",
    shortened: |count| format!("… {count} characters in all"),
    no_seed: "There is no seed: the same request gives another video.",
    no_captions: "Generated speech has no captions.",
    paste_label: "Task id",
    paste_hint: "From the provider's own list of tasks or bill. It is watched from then on; nothing is sent again.",
    text_to_video: "Text to video",
    image_to_video: "Image to video",
    progress: "How far the task is",
    copy_progress: "How far the copy is",
};
