//! Takes out of a PNG or JPEG what says where and with what it was made, without touching the picture.
//!
//! Places are written in EXIF and XMP, sometimes in captions and comments, and in small pictures behind the picture. None
//! of that is for the provider: what stays is what is needed to draw the picture (colours, and which way up it is).

use rushes_core::image::{ImageFormat, inspect};

/// A picture without what was written about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleaned {
    /// The file.
    pub bytes: Vec<u8>,
    /// Whether a place was in what went.
    pub had_location: bool,
}

/// The same picture without what was written about it; `None` where there was nothing, or where this is neither.
pub fn clean(bytes: &[u8]) -> Option<Cleaned> {
    let info = inspect(bytes, "").info?;
    let mut writer = Writer::default();
    match info.format {
        ImageFormat::Png => png(bytes, &mut writer)?,
        ImageFormat::Jpeg => jpeg(bytes, info.orientation, &mut writer)?,
    }
    writer.has_dropped.then_some(Cleaned {
        bytes: writer.kept,
        had_location: writer.had_location,
    })
}

#[derive(Default)]
struct Writer {
    kept: Vec<u8>,
    has_dropped: bool,
    had_location: bool,
}

impl Writer {
    fn keep(&mut self, bytes: &[u8]) {
        self.kept.extend_from_slice(bytes);
    }

    fn leave_out(&mut self, bytes: &[u8]) {
        self.has_dropped |= !bytes.is_empty();
        self.had_location |= names_a_place(bytes);
    }
}

/// Whether these bytes of a picture name a place: the GPS directory of EXIF, or the words that XMP has for it.
pub fn names_a_place(bytes: &[u8]) -> bool {
    const WORDS: [&[u8]; 3] = [b"GPSLatitude", b"GPSLongitude", b"LocationCreated"];
    let has = |word: &[u8]| bytes.windows(word.len()).any(|window| window == word);
    WORDS.into_iter().any(has)
        || bytes
            .windows(8)
            .enumerate()
            .any(|(at, _)| is_gps_entry(bytes, at))
}

/// Whether a TIFF directory's entry for the GPS directory stands there: tag 0x8825, one LONG.
fn is_gps_entry(bytes: &[u8], at: usize) -> bool {
    let entry = bytes.get(at..at + 8);
    entry == Some(b"\x88\x25\0\x04\0\0\0\x01") || entry == Some(b"\x25\x88\x04\0\x01\0\0\0")
}

/// PNG: text, EXIF and whatever follows the end go; the picture's own chunks stay, in their order.
fn png(bytes: &[u8], writer: &mut Writer) -> Option<()> {
    const ABOUT: [&[u8]; 6] = [b"eXIf", b"iTXt", b"tEXt", b"zTXt", b"tIME", b"caBX"];
    writer.keep(bytes.get(..8)?);
    let mut at = 8;
    while let Some(&[l0, l1, l2, l3, n0, n1, n2, n3]) = bytes.get(at..at + 8) {
        let length = usize::try_from(u32::from_be_bytes([l0, l1, l2, l3])).ok()?;
        let end = at.checked_add(length)?.checked_add(12)?;
        let chunk = bytes.get(at..end)?;
        let name = [n0, n1, n2, n3];
        if ABOUT.contains(&&name[..]) {
            writer.leave_out(chunk);
        } else {
            writer.keep(chunk);
        }
        at = end;
        if &name == b"IEND" {
            break;
        }
    }
    writer.leave_out(bytes.get(at..)?);
    Some(())
}

/// JPEG: application segments and comments go, but for colours and which way up; so does what follows the end.
fn jpeg(bytes: &[u8], orientation: u8, writer: &mut Writer) -> Option<()> {
    writer.keep(bytes.get(..2)?);
    if orientation != 1 {
        writer.keep(&upright(orientation));
    }
    let mut at = 2;
    loop {
        let (marker, start) = marker(bytes, at)?;
        let body = start + 2;
        match marker {
            0xd9 => {
                writer.keep(&[0xff, 0xd9]);
                writer.leave_out(bytes.get(body..)?);
                return Some(());
            }
            0x01 | 0xd0..=0xd7 => {
                writer.keep(bytes.get(start..body)?);
                at = body;
            }
            _ => {
                let &[high, low] = bytes.get(body..body + 2)? else {
                    return None;
                };
                let end = body + usize::from(u16::from_be_bytes([high, low])).max(2);
                let segment = bytes.get(start..end)?;
                if is_about(marker, &segment[4..]) {
                    writer.leave_out(segment);
                } else {
                    writer.keep(segment);
                }
                at = end;
                if marker == 0xda {
                    let end = end_of_scan(bytes, at);
                    writer.keep(bytes.get(at..end)?);
                    at = end;
                }
            }
        }
        if at >= bytes.len() {
            // Cut off: core's check says so.
            return Some(());
        }
    }
}

/// The next marker and where its two bytes begin; fill bytes before it are passed over.
fn marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let fills = bytes.get(at..)?.iter().take_while(|byte| **byte == 0xff).count();
    let start = (at + fills).checked_sub(1).filter(|start| *start >= at)?;
    Some((*bytes.get(start + 1)?, start))
}

/// Whether a segment speaks about the picture instead of being needed to draw it.
fn is_about(marker: u8, body: &[u8]) -> bool {
    match marker {
        // JFIF's density, and Adobe's word for the colours.
        0xe0 => !body.starts_with(b"JFIF\0"),
        0xee => !body.starts_with(b"Adobe"),
        // The colour profile.
        0xe2 => !body.starts_with(b"ICC_PROFILE\0"),
        0xe1 | 0xe3..=0xed | 0xef | 0xfe => true,
        _ => false,
    }
}

/// Where the picture data that begin there end: at the next marker that is no restart.
fn end_of_scan(bytes: &[u8], mut at: usize) -> usize {
    while let Some(pair) = bytes.get(at..at + 2) {
        match pair {
            [0xff, 0x00 | 0xd0..=0xd7] => at += 2,
            [0xff, 0xff] => at += 1,
            [0xff, _] => return at,
            _ => at += 1,
        }
    }
    bytes.len()
}

/// An EXIF segment that says which way up, and nothing else.
fn upright(orientation: u8) -> [u8; 36] {
    let mut segment = *b"\xff\xe1\0\x22Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    segment[29] = orientation;
    segment
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
        let length = u16::try_from(body.len() + 2).expect("short");
        [&[0xff, marker][..], &length.to_be_bytes(), body].concat()
    }

    /// A frame header and a scan: 400 × 300 as stored.
    fn picture() -> Vec<u8> {
        [
            segment(0xdb, &[0; 65]),
            segment(0xc0, &[8, 1, 44, 1, 144, 1, 1, 0x11, 0]),
            segment(0xda, &[1, 1, 0, 0, 63, 0]),
            vec![1, 2, 0xff, 0, 3, 0xff, 0xd0, 4],
        ]
        .concat()
    }

    fn exif(orientation: u8, gps: bool) -> Vec<u8> {
        let mut body = b"Exif\0\0MM\0*\0\0\0\x08".to_vec();
        body.extend([
            0,
            1 + u8::from(gps),
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            orientation,
            0,
            0,
        ]);
        if gps {
            body.extend(b"\x88\x25\0\x04\0\0\0\x01\0\0\0\x32");
        }
        body.extend([0; 4]);
        body.extend(b"48.8584 N 2.2945 E");
        segment(0xe1, &body)
    }

    fn file(parts: &[Vec<u8>]) -> Vec<u8> {
        [vec![0xff, 0xd8], parts.concat(), picture(), vec![0xff, 0xd9]].concat()
    }

    #[test]
    fn a_place_goes_and_the_picture_stays() {
        let jfif = segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0");
        let icc = segment(0xe2, b"ICC_PROFILE\0\x01\x01colours");
        let xmp = segment(
            0xe1,
            b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude='48,51.5N'/>",
        );
        let comment = segment(0xfe, b"shot at home");
        let given = [
            file(&[
                jfif.clone(),
                exif(6, true),
                xmp,
                segment(0xed, b"Photoshop 3.0\0"),
                comment,
                icc.clone(),
            ]),
            b"\xff\xd8 a second picture 48.8584 N".to_vec(),
        ]
        .concat();
        let cleaned = clean(&given).unwrap();
        assert!(cleaned.had_location);
        assert_eq!(cleaned.bytes, file(&[upright(6).to_vec(), jfif, icc]));
        let (before, after) = (
            inspect(&given, "").info.unwrap(),
            inspect(&cleaned.bytes, "").info.unwrap(),
        );
        assert_eq!(
            (before.width, before.height, before.orientation),
            (after.width, after.height, after.orientation)
        );
        assert_eq!((after.orientation, after.width, after.height), (6, 300, 400));
    }

    #[test]
    fn what_names_no_place_goes_without_saying_so() {
        let cleaned = clean(&file(&[exif(1, false)])).unwrap();
        assert!(!cleaned.had_location);
        assert_eq!(cleaned.bytes, file(&[]));
    }

    #[test]
    fn what_was_cleaned_is_clean() {
        for given in [file(&[]), file(&[upright(8).to_vec()])] {
            let once = clean(&given).map_or(given, |cleaned| cleaned.bytes);
            let twice = clean(&once).map_or_else(|| once.clone(), |cleaned| cleaned.bytes);
            assert_eq!(once, twice);
        }
    }

    fn chunk(name: &[u8], data: &[u8]) -> Vec<u8> {
        let length = u32::try_from(data.len()).expect("short").to_be_bytes();
        let framed = [name, data].concat();
        let crc = framed.iter().fold(u32::MAX, |crc, byte| {
            (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
                if crc & 1 == 1 {
                    (crc >> 1) ^ 0xedb8_8320
                } else {
                    crc >> 1
                }
            })
        });
        [&length[..], &framed, &(!crc).to_be_bytes()].concat()
    }

    #[test]
    fn a_png_keeps_its_picture_alone() {
        let head = [
            b"\x89PNG\r\n\x1a\n".to_vec(),
            chunk(b"IHDR", &[0, 0, 1, 144, 0, 0, 1, 44, 8, 2, 0, 0, 0]),
        ]
        .concat();
        let rest = [
            chunk(b"gAMA", &[0, 0, 0, 1]),
            chunk(b"IDAT", b"data"),
            chunk(b"IEND", b""),
        ]
        .concat();
        let about = [
            chunk(
                b"eXIf",
                b"MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a",
            ),
            chunk(b"tEXt", b"Comment\0at home"),
        ]
        .concat();
        let given = [head.clone(), about, rest.clone(), b"more".to_vec()].concat();
        let cleaned = clean(&given).unwrap();
        assert!(cleaned.had_location);
        assert_eq!(cleaned.bytes, [head, rest].concat());
        assert_eq!(clean(&cleaned.bytes), None);
    }

    #[test]
    fn what_is_no_picture_stays_as_it_is() {
        for bytes in [&b""[..], b"GIF89a", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"] {
            assert_eq!(clean(bytes), None);
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_odd(garbage in prop::collection::vec(any::<u8>(), 0..200), cut in 0..400_usize) {
            let whole = [file(&[exif(3, true)]), garbage].concat();
            let cut = &whole[..cut.min(whole.len())];
            if let Some(cleaned) = clean(cut) {
                prop_assert!(!names_a_place(&cleaned.bytes));
            }
        }
    }
}
