//! What a file is that is neither PNG nor JPEG, so that the message can say it.

/// A stable name and words for a sentence ("This is …").
pub(super) fn recognise(head: &[u8]) -> (&'static str, &'static str) {
    const MAGIC: [(&[u8], &str, &str); 16] = [
        (b"GIF8", "gif", "a GIF"),
        (b"BM", "bmp", "a BMP image"),
        (b"II*\0", "tiff", "a TIFF image"),
        (b"MM\0*", "tiff", "a TIFF image"),
        (b"II+\0", "tiff", "a TIFF image"),
        (b"\0\0\x01\0", "ico", "a Windows icon"),
        (b"8BPS", "psd", "a Photoshop document"),
        (b"\0\0\0\x0cjP  ", "jp2", "a JPEG 2000 image"),
        (b"\xff\x0a", "jxl", "a JPEG XL image"),
        (b"\0\0\0\x0cJXL ", "jxl", "a JPEG XL image"),
        (b"%PDF-", "pdf", "a PDF document"),
        (b"PK\x03\x04", "zip", "a ZIP archive"),
        (b"\x1f\x8b", "gzip", "gzip-compressed data"),
        (b"\x1aE\xdf\xa3", "webm", "a WebM or Matroska video"),
        (b"\0asm", "wasm", "a WebAssembly module"),
        (b"data:", "text", "a text that says \"data:\", not an image"),
    ];
    if head.is_empty() {
        return ("empty", "an empty file");
    }
    if let [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] = head {
        return ("webp", "a WebP image");
    }
    if let [_, _, _, _, b'f', b't', b'y', b'p', brand @ ..] = head {
        return base_media(brand.get(..4).unwrap_or_default());
    }
    if let Some((_, id, name)) = MAGIC.into_iter().find(|(magic, ..)| head.starts_with(magic)) {
        return (id, name);
    }
    markup(head).unwrap_or(("unknown", "no image that is known here"))
}

/// The kinds of ISO base media files, by their brand.
fn base_media(brand: &[u8]) -> (&'static str, &'static str) {
    match brand {
        b"avif" | b"avis" => ("avif", "an AVIF image"),
        b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => {
            ("heic", "a HEIC image (an iPhone's usual format)")
        }
        _ => ("video", "a video"),
    }
}

/// HTML, SVG and other XML, JSON.
fn markup(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let text = head.to_ascii_lowercase();
    let text = text
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&text)
        .trim_ascii_start();
    let is = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start.as_bytes()));
    if text.windows(4).any(|window| window == b"<svg") {
        Some(("svg", "an SVG drawing"))
    } else if is(&["<!doctype html", "<html", "<head"]) {
        Some(("html", "a web page (HTML)"))
    } else if is(&["<?xml"]) {
        Some(("xml", "an XML document"))
    } else if is(&["{", "["]) {
        Some(("text", "text, not an image"))
    } else {
        None
    }
}
