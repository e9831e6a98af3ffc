//! What the API says of a task, read tolerantly: every field may be missing.

mod id;
mod media;
mod state;
mod status;

pub use id::TaskId;
pub use media::Media;
pub use state::TaskState;
pub use status::Status;
