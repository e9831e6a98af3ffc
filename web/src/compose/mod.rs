//! The composer: one form for both requests, checked live. A start image makes it image to video.

pub mod code;
pub mod compile;
pub mod cure;
pub mod earlier;
pub mod fields;
pub mod form;
pub mod history;
pub mod insert;
pub mod named;
pub mod price_line;
pub mod problems;
pub mod saved;
pub mod shots;
pub mod timeline;
pub mod variations;
pub mod wire;

pub mod bar;
pub mod drafts;
pub mod examples;
pub mod focus;
pub mod kept_pictures;
pub mod named_view;
pub mod notes;
pub mod palette;
pub mod picture_well;
pub mod plan;
pub mod press;
pub mod problem_list;
pub mod prompts;
pub mod reading;
pub mod series;
pub mod settings;
pub mod shot_strip;
pub mod state;
pub mod strip;
pub mod undo;
pub mod variations_view;
pub mod view;
pub mod wire_dialog;

pub use state::{Composer, Slot, provide_composer, use_composer};
