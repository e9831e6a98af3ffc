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

/// How many bytes [`box_end`] looks at.
pub(super) const BOX_HEAD_BYTES: u64 = 16;

/// Where the box of an ISO file ends that begins at `at` with these bytes; `size` is the file's. `None` for what is no
/// box. A file that was cut short has a box that ends behind its end.
pub(super) fn box_end(at: u64, head: &[u8], size: u64) -> Option<u64> {
    let short = u32::from_be_bytes(head.get(..4)?.try_into().ok()?);
    head.get(4..8)?;
    let length = match short {
        // To the end of the file, however long that is.
        0 => return Some(size),
        1 => u64::from_be_bytes(head.get(8..16)?.try_into().ok()?),
        _ => short.into(),
    };
    (length >= 8).then(|| at.saturating_add(length))
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
    fn boxes_say_where_they_end() {
        let long = *b"\0\0\0\x01mdat\0\0\0\x01\0\0\0\0";
        for (head, end) in [
            (&b"\0\0\0\x20ftypisom"[..], Some(132)),
            (b"\0\0\0\x08free", Some(108)),
            (&long, Some(100 + 0x1_0000_0000)),
            (b"\0\0\0\0mdat", Some(500)),
            (b"\0\0\0\x07mdat", None),
            (b"\0\0\0\x01mdat\0\0", None),
            (b"\xff\xff\xff\xffmdat", Some(100 + 0xffff_ffff)),
            (b"\0\0\0\x20fty", None),
            (b"", None),
        ] {
            assert_eq!(box_end(100, head, 500), end, "{head:?}");
        }
    }

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
