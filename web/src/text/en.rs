//! English.

use super::{Compose, KeyHelp, Shell, Text, format, takes};

/// English.
pub(super) static TEXT: Text = Text {
    tag: "en",
    shell: &SHELL,
    compose: &COMPOSE,
    takes: &takes::EN,
};

static SHELL: Shell = Shell {
    name: "Rushes",
    parts: "Parts of the page",
    compose: "Compose",
    stage: "Stage",
    library: "Library",
    skip: "Skip to the prompt",
    close: "Close",
    undo: "Undo",
    help: "Keys",
    keys_title: "Keys",
    keys_note: "Single keys work only while you are not typing.",
    keys: &[
        KeyHelp {
            keys: "Mod Enter",
            does: "Generate",
        },
        KeyHelp {
            keys: "?",
            does: "This list",
        },
        KeyHelp {
            keys: "Esc",
            does: "Close what is open",
        },
    ],
    theme: "Theme",
    theme_system: "As the system",
    theme_dark: "Dark room",
    theme_light: "Daylight",
    engine_local: "Draft engine: free",
    engine_gateway: "Provider, through this server",
    engine_unknown: "Looking for the server",
    over: |over, max| {
        format!(
            "{} over the {} allowed",
            format::whole(over as u64),
            format::whole(max as u64)
        )
    },
};

static COMPOSE: Compose = Compose { prompt: "Prompt" };
