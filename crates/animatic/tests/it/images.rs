//! Files from outside: every kind that is taken, and what is wrong with the others.

use crate::common::{busy, png as make_png};
use proptest::prelude::*;
use rushes_animatic::{Picture, PictureError};
use rushes_core::image::ImageFormat;

const PLAIN: &[u8] = include_bytes!("fixtures/quarters.jpg");
const PROGRESSIVE: &[u8] = include_bytes!("fixtures/quarters-progressive.jpg");
const CMYK: &[u8] = include_bytes!("fixtures/quarters-cmyk.jpg");
const GREY: &[u8] = include_bytes!("fixtures/quarters-grey.jpg");
const TURNED: &[u8] = include_bytes!("fixtures/quarters-turned.jpg");

/// Red, green, blue and yellow: top left, top right, bottom left, bottom right.
const RED: [u8; 3] = [200, 40, 40];
const GREEN: [u8; 3] = [40, 170, 60];
const BLUE: [u8; 3] = [40, 60, 200];
const YELLOW: [u8; 3] = [230, 210, 60];

/// The middles of the four quarters.
fn quarters(picture: &Picture) -> [[u8; 3]; 4] {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| picture.pixels()[height * y / 4 * width + width * x / 4])
}

#[test]
fn every_kind_of_jpeg_is_read_upright() {
    for (name, file, size, expected) in [
        ("plain", PLAIN, (400, 300), [RED, GREEN, BLUE, YELLOW]),
        ("progressive", PROGRESSIVE, (400, 300), [RED, GREEN, BLUE, YELLOW]),
        ("cmyk", CMYK, (400, 300), [RED, GREEN, BLUE, YELLOW]),
        // Orientation 6: what is stored at the left belongs at the top.
        ("turned", TURNED, (300, 400), [BLUE, RED, YELLOW, GREEN]),
    ] {
        let picture = Picture::decode(file).unwrap();
        assert_eq!((picture.width(), picture.height()), size, "{name}");
        for (found, expected) in quarters(&picture).into_iter().zip(expected) {
            let far = found.iter().zip(expected).map(|(a, b)| a.abs_diff(b)).max();
            assert!(far <= Some(8), "{name}: {found:?} {expected:?}");
        }
    }
    let grey = Picture::decode(GREY).unwrap();
    assert!(quarters(&grey).iter().all(|[r, g, b]| r == g && g == b));
}

#[test]
fn every_kind_of_png_is_read() {
    use png::{BitDepth, ColorType};
    for (colour, depth, bytes, expected) in [
        (ColorType::Rgb, BitDepth::Eight, vec![10, 200, 30], [10, 200, 30]),
        (
            ColorType::Rgba,
            BitDepth::Eight,
            vec![0, 0, 0, 51],
            [204, 204, 204],
        ),
        (
            ColorType::Rgba,
            BitDepth::Sixteen,
            vec![10, 0, 200, 0, 30, 0, 255, 255],
            [10, 200, 30],
        ),
        (ColorType::Grayscale, BitDepth::Eight, vec![77], [77, 77, 77]),
        (ColorType::Grayscale, BitDepth::Sixteen, vec![77, 9], [77, 77, 77]),
        (
            ColorType::GrayscaleAlpha,
            BitDepth::Eight,
            vec![0, 0],
            [255, 255, 255],
        ),
        (ColorType::Indexed, BitDepth::Eight, vec![1], [9, 8, 7]),
    ] {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 300, 310);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        encoder.set_palette(vec![1, 2, 3, 9, 8, 7]);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&bytes.repeat(300 * 310))
            .unwrap();
        let picture = Picture::decode(&file).unwrap();
        assert_eq!((picture.width(), picture.height()), (300, 310));
        assert!(
            picture.pixels().iter().all(|pixel| *pixel == expected),
            "{colour:?} {depth:?}"
        );
    }
}

/// A PNG whose header claims that size; its checksum is right.
fn claiming(width: u32, height: u32) -> Vec<u8> {
    let mut file = make_png(300, 300, |_, _| [0; 3]);
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let mut sum = 0xffff_ffff_u32;
    for &byte in &file[12..29] {
        sum ^= u32::from(byte);
        for _ in 0..8 {
            sum = if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            };
        }
    }
    file[29..33].copy_from_slice(&(!sum).to_be_bytes());
    file
}

#[test]
fn what_cannot_be_read_is_an_error() {
    let png = busy(300, 300);
    let mut flipped = png.clone();
    let middle = flipped.len() / 2;
    flipped[middle..middle + 40].fill(0x5a);
    let big = |width, height| PictureError::TooManyPixels { width, height };
    for (name, file, error) in [
        ("nothing", Vec::new(), PictureError::Unreadable),
        (
            "noise",
            (0..4000_u32).map(|n| (n * n % 251) as u8).collect(),
            PictureError::Unreadable,
        ),
        (
            "a GIF",
            b"GIF89a\x2c\x01\x2c\x01\x80\0\0".to_vec(),
            PictureError::Unreadable,
        ),
        (
            "a PNG cut off",
            png[..png.len() / 3].to_vec(),
            PictureError::Unreadable,
        ),
        (
            "a PNG with a hole",
            flipped,
            PictureError::Damaged(ImageFormat::Png),
        ),
        (
            "a PNG that claims too much",
            claiming(60_000, 60_000),
            big(60_000, 60_000),
        ),
        ("a PNG one row too large", claiming(8192, 8193), big(8192, 8193)),
        (
            "a PNG with less than it claims",
            claiming(8000, 8000),
            PictureError::Damaged(ImageFormat::Png),
        ),
    ] {
        assert_eq!(
            Picture::decode(&file).map(|picture| picture.width()),
            Err(error),
            "{name}"
        );
    }
    // Its header is sound, so the decoder decides; it must not panic, whatever it says.
    for end in (2..PLAIN.len()).step_by(97) {
        let _decoded = Picture::decode(&PLAIN[..end]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn damage_never_panics(
        which in 0_usize..6,
        hits in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
    ) {
        let small = make_png(300, 300, |x, y| [(x % 256) as u8, (y % 256) as u8, 7]);
        let mut file = [PLAIN, PROGRESSIVE, CMYK, GREY, TURNED, &small[..]][which].to_vec();
        for (at, value) in hits {
            let at = at.index(file.len());
            file[at] = value;
        }
        if let Ok(picture) = Picture::decode(&file) {
            prop_assert_eq!(picture.pixels().len(), (picture.width() * picture.height()) as usize);
        }
    }
}
