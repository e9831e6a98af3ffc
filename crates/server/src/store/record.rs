//! Where one task stands, as it is kept on disk.

use std::fmt;
use std::fs;
use std::path::Path;

use rushes_core::Endpoint;
use serde::{Deserialize, Serialize};

/// The version of the record's form.
const VERSION: u32 = 1;
/// A record is a few hundred bytes; something bigger is not one of ours.
const MAX_RECORD_BYTES: u64 = 64 * 1024;

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Waiting for its turn.
    Queued,
    /// Being rendered.
    Processing,
    /// Its video is there.
    Succeeded,
    /// It will have none.
    Failed,
}

impl Stage {
    /// Whether nothing more will happen.
    pub fn is_end(self) -> bool {
        matches!(self, Self::Succeeded | Self::Failed)
    }
}

/// One task as it is kept on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub(crate) version: u32,
    /// The task's id, which is also its folder's name.
    pub id: String,
    pub(crate) endpoint: String,
    /// Where it stands.
    pub stage: Stage,
    /// Why it failed: a sentence.
    #[serde(default)]
    pub reason: Option<String>,
    /// Length of the video in seconds.
    pub duration_secs: u8,
    /// How often a render was begun.
    #[serde(default)]
    pub attempts: u32,
    /// When it was taken, in Unix milliseconds.
    pub created_ms: u64,
    /// When its last render began.
    #[serde(default)]
    pub started_ms: Option<u64>,
    /// When it ended.
    #[serde(default)]
    pub ended_ms: Option<u64>,
    /// Size of the video.
    #[serde(default)]
    pub video_bytes: u64,
}

impl Record {
    /// A task that was just taken.
    pub fn new(id: String, endpoint: Endpoint, duration_secs: u8, created_ms: u64) -> Self {
        Self {
            version: VERSION,
            id,
            endpoint: endpoint.name().to_owned(),
            stage: Stage::Queued,
            reason: None,
            duration_secs,
            attempts: 0,
            created_ms,
            started_ms: None,
            ended_ms: None,
            video_bytes: 0,
        }
    }

    /// Which endpoint took it; a record that was read always names one.
    pub fn endpoint(&self) -> Endpoint {
        Endpoint::from_name(&self.endpoint).unwrap_or(Endpoint::TextToVideo)
    }

    pub(super) fn to_json(&self) -> std::io::Result<Vec<u8>> {
        Ok(serde_json::to_vec_pretty(self)?)
    }
}

/// Why a record is skipped.
#[derive(Debug)]
pub(super) enum Problem {
    Name,
    Unreadable(std::io::Error),
    TooBig,
    NotARecord(serde_json::Error),
    Version,
    OtherTask,
    Endpoint,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => f.write_str("the folder's name is no task id"),
            Self::Unreadable(error) => write!(f, "it cannot be read: {error}"),
            Self::TooBig => f.write_str("it is too big"),
            Self::NotARecord(error) => write!(f, "it is damaged: {error}"),
            Self::Version => f.write_str("another version wrote it"),
            Self::OtherTask => f.write_str("it speaks of another task"),
            Self::Endpoint => f.write_str("it names no known endpoint"),
        }
    }
}

/// Reads the record in a task's folder, trusting nothing in it.
pub(super) fn read(folder: &Path, name: &str) -> Result<Record, Problem> {
    if !super::is_id(name) {
        return Err(Problem::Name);
    }
    let path = folder.join("record.json");
    if fs::metadata(&path).map_err(Problem::Unreadable)?.len() > MAX_RECORD_BYTES {
        return Err(Problem::TooBig);
    }
    let bytes = fs::read(&path).map_err(Problem::Unreadable)?;
    let record: Record = serde_json::from_slice(&bytes).map_err(Problem::NotARecord)?;
    if record.version != VERSION {
        Err(Problem::Version)
    } else if record.id != name {
        Err(Problem::OtherTask)
    } else if Endpoint::from_name(&record.endpoint).is_none() {
        Err(Problem::Endpoint)
    } else {
        Ok(record)
    }
}
