//! English: parts of the page that are loaded when they are needed.

use super::Demand;

pub(super) static EN: Demand = Demand {
    coming: "Loading…",
    missing: "This part of the page did not arrive. Check the connection and try again; if that does not help, reload \
              the page. Nothing you made is lost.",
    again: "Try again",
};
