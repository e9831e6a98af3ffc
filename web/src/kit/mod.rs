//! The design system's components, one file each. Their looks are in `web/styles/kit.css`.

pub mod button;
pub mod choice;
pub mod counter;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod lamp;
pub mod progress;
pub mod select;
pub mod slider;
pub mod switch;
pub mod tabs;
pub mod toast;

pub use button::{Tone, button, button_with, icon_button};
pub use choice::{ChoiceOption, choice};
pub use counter::counter;
pub use dialog::dialog;
pub use field::{Field, FieldIds, NoteKind, note, notes};
pub use icon::{Icon, icon};
pub use lamp::{Light, lamp};
pub use progress::progress;
pub use select::select;
pub use slider::{Slider, unit};
pub use switch::switch;
pub use tabs::{Tab, tabs};
pub use toast::{Toaster, provide_toaster, toasts, use_toaster};
