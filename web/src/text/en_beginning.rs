//! English: where nothing was made yet.

use super::Beginning;

/// English.
pub(super) static EN: Beginning = Beginning {
    no_takes: "No takes yet. What you generate appears here and stays after a reload.",
    reading_takes: "Reading your takes…",
    empty_title: "Nothing on the stage yet",
    empty: "Write what should be seen, or drop a start image, then press Generate. Videos are 3 to 15 seconds long; \
            a start image may be cut into up to five shots.",
    empty_free: "The draft engine on this machine costs nothing.",
    ways: "How would you like to begin?",
    begin_local: "Try it now: free drafts, no key",
    begin_gateway_here: "Through this server",
    begin_here: "Through this page’s server",
    begin_key: "Use my key…",
    begin_gateway: "Use a gateway…",
};
