//! The design system's components, one file each. Their looks are in `web/styles/kit.css`.

pub mod button;
pub mod choice;
pub mod counter;
pub mod dialog;
pub mod field;
pub mod icon;
pub mod lamp;
pub mod progress;
pub mod slider;
pub mod switch;
pub mod tabs;
pub mod toast;
pub mod when;

pub use button::{Button, IconButton, Tone};
pub use choice::{Choice, ChoiceOption};
pub use counter::Counter;
pub use dialog::Dialog;
pub use field::{Field, FieldIds, Note, NoteKind};
pub use icon::Icon;
pub use lamp::{Lamp, Light};
pub use progress::Progress;
pub use slider::Slider;
pub use switch::Switch;
pub use tabs::{Tab, Tabs};
pub use toast::{Toaster, Toasts, provide_toaster, use_toaster};
pub use when::When;
