//! English: a page without a network, and a newer page.

use super::Offline;

pub(super) static EN: Offline = Offline {
    newer: "A new version is here.",
    reload: "Reload to update",
    reload_keeps: |forgets_key| {
        if forgets_key {
            "Your draft and takes stay; the key of this tab must be given again."
        } else {
            "Your draft and takes stay."
        }
    },
    no_network: "No network: your draft is kept",
    draft_stays: "There is no network, so nothing was sent. Your draft is kept here: press Generate when you are back \
                  online.",
    still_watching: "Offline. Running tasks go on at the provider; watching resumes when you are back.",
};
