//! Words of takes: their states, actions and troubles.

/// Words of takes.
#[derive(Debug)]
pub struct Takes {
    /// Heading of the list.
    pub heading: &'static str,
    /// Where nothing was made yet.
    pub none: &'static str,
    /// While the records are read.
    pub reading: &'static str,
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
    /// Offline, while tasks run.
    pub offline_watching: &'static str,
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
    /// Where nothing was made yet.
    pub empty_title: &'static str,
    /// What can be made.
    pub empty: &'static str,
    /// With the draft engine.
    pub empty_free: &'static str,
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
    /// Label of the choice.
    pub show: &'static str,
    /// All.
    pub all: &'static str,
    /// Running.
    pub running: &'static str,
    /// With a video.
    pub videos: &'static str,
    /// With trouble.
    pub trouble: &'static str,
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

/// English.
pub static EN: Takes = Takes {
    heading: "Takes",
    none: "No takes yet. What you generate appears here and stays after a reload.",
    reading: "Reading your takes…",
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
        show: "Show",
        all: "All",
        running: "Running",
        videos: "Videos",
        trouble: "Trouble",
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
    not_written: "Nothing was sent: this browser could not write the attempt down first.",
    offline_watching: "Offline. Running tasks go on at the provider; watching resumes when you are back.",
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
    empty_title: "Nothing on the stage yet",
    empty: "Write what should be seen, or drop a start image, then press Generate. Videos are 3 to 15 seconds long; \
            a start image may be cut into up to five shots.",
    empty_free: "The draft engine on this machine costs nothing.",
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
