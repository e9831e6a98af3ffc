//! What kind of video some bytes begin, whatever their name says.

/// How many bytes [`media_type`] looks at.
pub(super) const HEAD_BYTES: usize = 12;

/// The media type of a file that begins so; `None` for anything but a video or an animation.
pub(super) fn media_type(head: &[u8]) -> Option<&'static str> {
    if head.starts_with(b"GIF8") {
        return Some("image/gif");
    }
    if head.starts_with(&[0x1a, 0x45, 0xdf, 0xa3]) {
        return Some("video/webm");
    }
    // An ISO file: a box's length, then its name.
    match head.get(4..8)? {
        b"ftyp" | b"moov" | b"moof" | b"styp" => Some("video/mp4"),
        _ => None,
    }
}

/// The ending of a file's name for that media type.
pub fn extension(media_type: &str) -> &'static str {
    match media_type {
        "image/gif" => "gif",
        "video/webm" => "webm",
        _ => "mp4",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        for (head, kind) in [
            (&b"\0\0\0\x20ftypisom"[..], Some("video/mp4")),
            (b"\0\0\0\x20moov", Some("video/mp4")),
            (b"GIF89a", Some("image/gif")),
            (b"\x1a\x45\xdf\xa3\x01", Some("video/webm")),
            (b"<!doctype html>", None),
            (b"{\"code\":4", None),
            (b"\0\0\0", None),
            (b"", None),
        ] {
            assert_eq!(media_type(head), kind, "{head:?}");
        }
    }
}
