//! Line icons on a 16 px grid, drawn with the colour of the text beside them.

use crate::dom::{El, svg};

/// One icon; always beside or inside something that has words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    /// An arrow into a tray.
    Download,
    /// An arrow up.
    Up,
    /// An arrow down.
    Down,
    /// Two sheets.
    Copy,
    /// A cross.
    Close,
    /// A plus.
    Add,
    /// A waste bin.
    Remove,
    /// A picture.
    Picture,
    /// A tick.
    Tick,
    /// A triangle with a mark.
    Warning,
    /// A play triangle.
    Play,
    /// An arrow that turns back.
    Again,
    /// A sun and moon.
    Theme,
    /// Two sliders.
    Settings,
    /// A question mark in a ring.
    Help,
    /// A chevron to the right.
    More,
    /// A film frame.
    Frame,
    /// An arrow back.
    Undo,
    /// An arrow forth.
    Redo,
    /// A list with a mark.
    Words,
    /// A line between two arrows that part.
    Split,
    /// A line between two arrows that meet.
    Merge,
    /// A camera.
    Camera,
    /// A star.
    Star,
    /// Two bars.
    Pause,
    /// A bar and a triangle to the left.
    FrameBack,
    /// A triangle to the right and a bar.
    FrameOn,
    /// A loudspeaker.
    Sound,
    /// Four corners.
    Full,
    /// A folder.
    Open,
    /// Two links of a chain.
    Link,
}

impl Icon {
    /// The outline, as SVG path data on a 16 × 16 grid.
    pub fn path(self) -> &'static str {
        match self {
            Self::Download => "M8 2v8m-3.5-3.5L8 10l3.5-3.5M2.5 13.5h11",
            Self::Up => "M8 13V3M4 7l4-4 4 4",
            Self::Down => "M8 3v10M4 9l4 4 4-4",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Add => "M8 3v10M3 8h10",
            Self::Remove => "M3 4.5h10M6.5 4.5v-2h3v2M4.5 4.5l.5 9h6l.5-9M7 7v4M9 7v4",
            Self::Picture => "M2 3h12v10H2zM2 11l3.5-3.5L9 11l2-2 3 3M10.5 6.2a.2.2 0 1 0 .001 0",
            Self::Tick => "M3 8.5l3.5 3.5L13 4.5",
            Self::Warning => "M8 2.5L14.5 13.5h-13zM8 6.5v3.5M8 11.8v.2",
            Self::Play => "M5 3.5v9l7.5-4.5z",
            Self::Again => "M3 8a5 5 0 1 0 1.6-3.7L3 5.7M3 2.5v3.2h3.2",
            Self::Theme => "M8 2.5a5.5 5.5 0 1 0 0 11zM8 2.5a5.5 5.5 0 1 1 0 11M10 5.5h2M10 8h3M10 10.5h2",
            Self::Settings => "M2 5h6M12 5h2M10 3v4M2 11h2M8 11h6M6 9v4",
            Self::Help => {
                "M8 1.5a6.5 6.5 0 1 0 .001 0M6.2 6.2a1.8 1.8 0 1 1 2.6 1.7c-.6.3-.8.7-.8 1.3M8 11.3v.2"
            }
            Self::More => "M6 3.5L10.5 8 6 12.5",
            Self::Undo => "M3 6h6.5a3.5 3.5 0 0 1 0 7H6M6 3L3 6l3 3",
            Self::Redo => "M13 6H6.5a3.5 3.5 0 0 0 0 7H10M10 3l3 3-3 3",
            Self::Words => "M2.5 4h11M2.5 8h6M2.5 12h4M11.5 8.5v5M9 11h5",
            Self::Split => "M8 2v12M5.5 5L2.5 8l3 3M10.5 5l3 3-3 3M2.5 8h3M13.5 8h-3",
            Self::Merge => "M8 2v12M2.5 5l3 3-3 3M13.5 5l-3 3 3 3M1 8h4M15 8h-4",
            Self::Camera => "M1.5 4.5h3l1.5-2h4l1.5 2h3v9h-13zM8 6.2a2.6 2.6 0 1 0 .001 0",
            Self::Pause => "M5.5 3.5v9M10.5 3.5v9",
            Self::FrameBack => "M11 4v8L5.5 8zM3.5 4v8",
            Self::FrameOn => "M5 4v8l5.5-4zM12.5 4v8",
            Self::Sound => "M2.5 6h2.5l3.5-3v10L5 10H2.5zM11 5.5a3.5 3.5 0 0 1 0 5",
            Self::Full => "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
            Self::Open => "M1.5 13V3h4.5l1.5 2h6v2.5M1.5 13l2.5-5.5h11L12.5 13z",
            Self::Link => {
                "M6.5 9.5l3-3M7.2 4.8l1.5-1.5a2.8 2.8 0 0 1 4 4l-1.5 1.5M8.8 11.2l-1.5 1.5a2.8 2.8 0 0 1-4-4l1.5-1.5"
            }
            Self::Star => "M8 1.8l1.9 4 4.3.6-3.1 3 .8 4.4L8 11.7l-3.9 2.1.8-4.4-3.1-3 4.3-.6z",
            Self::Frame => "M2 3h12v10H2zM5 3v10M11 3v10M2 6.3h3M2 9.7h3M11 6.3h3M11 9.7h3",
        }
    }
}

/// An icon, drawn; screen readers pass over it.
pub fn icon(icon: Icon) -> El {
    svg("svg")
        .class("icon")
        .attr("viewBox", "0 0 16 16")
        .attr("aria-hidden", "true")
        .attr("focusable", "false")
        .child(svg("path").attr("d", icon.path()))
}
