//! `rushes-core` for JavaScript: every function here turns JavaScript's values into core's, calls core, and turns
//! what comes back into JSON text. It holds no rule.
//!
//! The npm package's TypeScript (`npm/src`) is the only caller. It walks what its user gave it and lays the walk on a
//! [`Desk`] (see [`tape`]); what is answered lies there, too. So a call takes and gives numbers only: each crossing of
//! the boundary costs more than the whole check, and so does each kind of value that wasm-bindgen carries over.

mod answer;
mod check;
mod desk;
mod exchange;
pub mod exports;
mod image;
mod learned;
pub mod tape;
mod watch;

pub use desk::Desk;
pub use exchange::timeout_ms;
pub use image::HeaderProbe;
pub use watch::Watch;

#[cfg(target_family = "wasm")]
#[global_allocator]
static TALC: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();
