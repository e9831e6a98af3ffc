//! Which files a ledger has: whole videos, and parts of others.

use web_sys::Blob;

use super::database::StoreError;
use super::folder::Folder;

/// The files of a ledger.
#[derive(Debug)]
pub struct Files {
    /// Whole videos, by take.
    pub(super) videos: Folder,
    /// Folders of pieces, by take.
    pub(super) parts: Folder,
}

impl Files {
    /// The files of the ledger of that name; `None` where the browser gives none.
    pub(super) async fn open(name: &str) -> Option<Self> {
        let folder = Folder::open(name).await?;
        Some(Self {
            videos: folder.folder("videos").await.ok()?,
            parts: folder.folder("parts").await.ok()?,
        })
    }

    /// Writes a whole video. When this returns it is closed and in its place.
    pub(super) async fn keep(&self, id: &str, video: &Blob) -> Result<(), StoreError> {
        self.videos.write(id, video).await.map(drop)
    }

    /// A whole video, if there is one.
    pub(super) async fn video(&self, id: &str) -> Result<Option<Blob>, StoreError> {
        Ok(self.videos.file(id).await?.filter(|file| file.size() > 0.0))
    }

    /// Forgets the pieces of a video that is whole; what stays all the same is swept away later.
    pub(super) async fn forget_part(&self, id: &str) {
        drop(self.parts.remove(id).await);
    }

    /// Removes everything of a take.
    pub(super) async fn erase(&self, id: &str) -> Result<(), StoreError> {
        self.parts.remove(id).await?;
        self.videos.remove(id).await
    }
}
