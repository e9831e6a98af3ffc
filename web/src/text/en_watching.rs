//! English: words of watching.

use super::watching::Watching;

/// English.
pub(super) static EN: Watching = Watching {
    usual: |half, most| format!("Usually {half}, nine of ten within {most}."),
    tell: "Tell me when done",
    tell_off: "Do not tell me",
    will_tell: "You will be told by a notification and a soft sound, while this page is open.",
    will_sound: "You will be told by a soft sound, while this page is open: this browser shows no notifications of it.",
    fix_prompt: "Fix the prompt",
    other_image: "Use another image",
    change_key: "Change key",
    top_up: "Top up at the provider, then send it again.",
    wait: |clock| format!("Wait {clock}"),
    find_file: "Find file on disk…",
    not_a_video: "That file is no video.",
    download_all: "Download all",
    ask_to_keep: "Ask the browser to keep them",
    will_keep: "The browser will not clear what is kept here by itself.",
    may_clear: "The browser does not promise to keep it: download what matters.",
};
