//! Small builders of image files, so that no binary lies in the repository.

#![allow(
    dead_code,
    unreachable_pub,
    reason = "shared: each test file uses its own part"
)]
#![expect(clippy::unwrap_used, reason = "tests build no larger files")]

/// A PNG of that size: header, some picture data, end.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    png_of(&[
        ("IHDR", ihdr(width, height)),
        ("IDAT", vec![0x5a; 40]),
        ("IEND", Vec::new()),
    ])
}

/// The body of a PNG's header chunk: 8 bits, RGB.
pub fn ihdr(width: u32, height: u32) -> Vec<u8> {
    [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 2, 0, 0, 0]].concat()
}

/// A PNG of those chunks.
pub fn png_of(chunks: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in chunks {
        file.extend(u32::try_from(body.len()).unwrap().to_be_bytes());
        let named = [name.as_bytes(), body].concat();
        file.extend(&named);
        file.extend(crc32(&named).to_be_bytes());
    }
    file
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            }
        })
    })
}

/// A JPEG of that size, as a camera writes it: JFIF, tables, frame, picture data, end.
pub fn jpeg(width: u16, height: u16) -> Vec<u8> {
    JpegFile::new(width, height).build()
}

/// A JPEG in the making.
#[derive(Clone)]
pub struct JpegFile {
    /// Segments before the frame header: marker and body.
    pub before: Vec<(u8, Vec<u8>)>,
    /// The marker of the frame header.
    pub frame: u8,
    pub width: u16,
    pub height: u16,
    /// Picture data.
    pub scan: Vec<u8>,
    /// What stands after them; usually the end marker.
    pub end: Vec<u8>,
}

impl JpegFile {
    pub fn new(width: u16, height: u16) -> Self {
        let jfif = b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0".to_vec();
        Self {
            before: vec![(0xe0, jfif), (0xdb, vec![0; 65])],
            frame: 0xc0,
            width,
            height,
            scan: [0x12, 0xff, 0x00, 0x34].repeat(50),
            end: vec![0xff, 0xd9],
        }
    }

    /// With one more segment at the front.
    pub fn with_first(mut self, marker: u8, body: Vec<u8>) -> Self {
        self.before.insert(0, (marker, body));
        self
    }

    pub fn build(&self) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8];
        for (marker, body) in &self.before {
            segment(&mut file, *marker, body);
        }
        let [h0, h1] = self.height.to_be_bytes();
        let [w0, w1] = self.width.to_be_bytes();
        segment(
            &mut file,
            self.frame,
            &[8, h0, h1, w0, w1, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1],
        );
        segment(&mut file, 0xc4, &[0; 30]);
        segment(&mut file, 0xda, &[3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
        file.extend(&self.scan);
        file.extend(&self.end);
        file
    }
}

/// Appends one JPEG segment.
pub fn segment(file: &mut Vec<u8>, marker: u8, body: &[u8]) {
    file.extend([0xff, marker]);
    file.extend(u16::try_from(body.len() + 2).unwrap().to_be_bytes());
    file.extend(body);
}

/// The body of an APP1 segment with an EXIF orientation, in either byte order, and that many bytes of thumbnail between
/// the TIFF header and the directory.
pub fn exif(orientation: u16, little: bool, gap: usize) -> Vec<u8> {
    let short = |value: u16| {
        if little {
            value.to_le_bytes()
        } else {
            value.to_be_bytes()
        }
    };
    let long = |value: u32| {
        if little {
            value.to_le_bytes()
        } else {
            value.to_be_bytes()
        }
    };
    let mut body = b"Exif\0\0".to_vec();
    body.extend(if little { *b"II" } else { *b"MM" });
    body.extend(short(42));
    body.extend(long(u32::try_from(8 + gap).unwrap()));
    body.extend(vec![0xd8; gap]);
    body.extend(short(2));
    for (tag, value) in [(0x0100, 7), (0x0112, orientation)] {
        body.extend(short(tag));
        body.extend(short(3));
        body.extend(long(1));
        body.extend(short(value));
        body.extend([0, 0]);
    }
    body.extend(long(0));
    body
}

/// Standard base64, written for the tests so that they do not rest on the code under test.
pub fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits = group
            .iter()
            .chain([0, 0].iter())
            .take(3)
            .fold(0_usize, |bits, byte| bits << 8 | usize::from(*byte));
        for place in 0..4 {
            let digit = char::from(DIGITS[bits >> (18 - 6 * place) & 63]);
            text.push(if place <= group.len() { digit } else { '=' });
        }
    }
    text
}
