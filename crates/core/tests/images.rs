//! Image preflight: formats by content, sizes from headers, damaged and hostile files, and the rules.

mod support;

use proptest::prelude::*;
use rushes_core::image::{ImageFormat, ImageInfo, Probe, judge};
use rushes_core::{Code, Issue};
use support::{JpegFile, exif, ihdr, jpeg, png, png_of, segment};

/// Feeds a probe a file, in pieces of at most that many bytes; gives also how many bytes it read.
fn probe(file: &[u8], piece: usize) -> (Result<ImageInfo, Issue>, usize) {
    let mut probe = Probe::new(file.len() as u64);
    let (mut read, mut turns) = (0, 0);
    while let Some(range) = probe.wants() {
        assert!(
            range.start < range.end && range.end <= file.len() as u64,
            "{range:?} of {}",
            file.len()
        );
        assert!(range.end - range.start <= 64 * 1024);
        let [start, end] = [range.start, range.end].map(|at| usize::try_from(at).expect("within a slice"));
        let bytes = &file[start..end];
        let bytes = &bytes[..bytes.len().min(piece)];
        probe.feed(bytes);
        read += bytes.len();
        turns += 1;
        assert!(turns < 100_000, "does not come to an end");
    }
    (probe.finish(), read)
}

fn found(file: &[u8]) -> (ImageFormat, u32, u32, u8) {
    let info = probe(file, usize::MAX)
        .0
        .unwrap_or_else(|issue| panic!("{}", issue.message));
    assert_eq!(info.bytes, file.len() as u64);
    (info.format, info.width, info.height, info.orientation)
}

fn code(file: &[u8]) -> Code {
    probe(file, usize::MAX).0.expect_err("damaged").code
}

#[test]
fn sizes_are_read_from_png_headers() {
    for (width, height) in [(300, 300), (1, 1), (4096, 2160), (i32::MAX as u32, 7)] {
        assert_eq!(found(&png(width, height)), (ImageFormat::Png, width, height, 1));
    }
}

#[test]
fn sizes_are_read_from_every_kind_of_jpeg_frame() {
    for frame in (0xc0..=0xcf).filter(|marker| ![0xc4, 0xc8, 0xcc].contains(marker)) {
        let file = JpegFile {
            frame,
            ..JpegFile::new(640, 480)
        }
        .build();
        assert_eq!(found(&file), (ImageFormat::Jpeg, 640, 480, 1), "{frame:x}");
    }
    for marker in [0xc4, 0xc8, 0xcc] {
        let file = JpegFile::new(640, 480)
            .with_first(marker, vec![8, 0, 9, 0, 9, 1, 0, 0, 0])
            .build();
        assert_eq!(
            found(&file),
            (ImageFormat::Jpeg, 640, 480, 1),
            "{marker:x} is no frame"
        );
    }
    assert_eq!(found(&jpeg(u16::MAX, 1)), (ImageFormat::Jpeg, 65535, 1, 1));
}

#[test]
fn segments_before_the_frame_are_jumped_over() {
    let mut file = JpegFile::new(800, 600);
    // An EXIF thumbnail that is a whole JPEG, a colour profile in parts, a comment, all with markers inside.
    let thumbnail = [exif(1, true, 0), jpeg(160, 120).repeat(40)].concat();
    let parts = [(0xe1, thumbnail), (0xfe, jpeg(1, 1)), (0xed, vec![0xff; 65_000])];
    file.before.extend(parts);
    file.before.extend((0..12).map(|part| {
        (
            0xe2,
            [&b"ICC_PROFILE\0"[..], &[part, 12], &vec![0xff; 65_000]].concat(),
        )
    }));
    file.scan = vec![0; 9_000_000];
    let file = file.build();
    let (info, read) = probe(&file, usize::MAX);
    let info = info.unwrap();
    assert_eq!((info.width, info.height), (800, 600));
    assert!(read <= 64 * 1024, "read {read} bytes of {}", file.len());
}

#[test]
fn an_ordinary_photo_takes_two_reads() {
    // As a phone writes it, and as a camera does, with a preview.
    for preview in [0, 40_000] {
        let exif = [exif(6, false, 0), vec![0; preview]].concat();
        let mut file = JpegFile::new(4000, 3000).with_first(0xe1, exif);
        file.scan = vec![0x55; 9_900_000];
        let (info, read) = probe(&file.build(), usize::MAX);
        assert_eq!(info.unwrap().width, 3000);
        // The beginning, and the marker at the end.
        assert_eq!(read, 48 * 1024 + 2);
    }
}

#[test]
fn fill_bytes_between_segments_are_allowed() {
    let plain = jpeg(640, 480);
    let filled = [&plain[..2], &[0xff; 3000], &plain[2..]].concat();
    assert_eq!(found(&filled), (ImageFormat::Jpeg, 640, 480, 1));
    let endless = [&plain[..2], &vec![0xff; 10_000_000][..]].concat();
    assert_eq!(code(&endless), Code::ImageUnreadable);
}

#[test]
fn orientation_turns_width_and_height() {
    for little in [true, false] {
        for gap in [0, 40_000] {
            for orientation in 1..=8_u8 {
                let file = JpegFile::new(640, 480)
                    .with_first(0xe1, exif(orientation.into(), little, gap))
                    .build();
                let (width, height) = if orientation >= 5 { (480, 640) } else { (640, 480) };
                assert_eq!(
                    found(&file),
                    (ImageFormat::Jpeg, width, height, orientation),
                    "{little} {gap}"
                );
            }
        }
    }
}

#[test]
fn damaged_exif_leaves_the_picture_as_it_is_stored() {
    let good = exif(6, true, 0);
    let mut far = good.clone();
    far[10..14].copy_from_slice(&u32::MAX.to_le_bytes());
    let mut many = good.clone();
    many[14..16].copy_from_slice(&u16::MAX.to_le_bytes());
    let mut itself = good.clone();
    itself[10..14].copy_from_slice(&0_u32.to_le_bytes());
    for (body, orientation) in [
        (exif(0, true, 0), 1),
        (exif(9, false, 0), 1),
        (exif(300, false, 0), 1),
        (far, 1),
        (itself, 1),
        (many, 6),
        (good[..12].to_vec(), 1),
        (good[..20].to_vec(), 1),
        (b"http://ns.adobe.com/xap/1.0/\0<x/>".to_vec(), 1),
        (Vec::new(), 1),
    ] {
        let file = JpegFile::new(640, 480).with_first(0xe1, body.clone()).build();
        assert_eq!(found(&file).3, orientation, "{body:?}");
    }
    // XMP first, EXIF second.
    let file = JpegFile::new(640, 480)
        .with_first(0xe1, exif(8, true, 0))
        .with_first(0xe1, b"http".to_vec())
        .build();
    assert_eq!(found(&file), (ImageFormat::Jpeg, 480, 640, 8));
}

#[test]
fn damaged_pngs_are_unreadable() {
    let good = png(640, 480);
    let with = |at: usize, byte: u8| {
        let mut file = good.clone();
        file[at] = byte;
        file
    };
    let late = png_of(&[("gAMA", vec![0; 4]), ("IHDR", ihdr(640, 480))]);
    let short = png_of(&[("IHDR", ihdr(640, 480)[..12].to_vec()), ("IDAT", Vec::new())]);
    for (name, file) in [
        ("width 0", png(0, 480)),
        ("height 0", png(640, 0)),
        ("width over 2^31 - 1", png(1 << 31, 480)),
        ("height over 2^31 - 1", png(640, u32::MAX)),
        ("checksum", with(20, 3)),
        ("length of the header", with(11, 14)),
        ("IHDR does not come first", late),
        ("short header", short),
        ("no more than a signature", good[..8].to_vec()),
        ("half a signature", good[..5].to_vec()),
        ("one byte", good[..1].to_vec()),
        ("half a header", good[..30].to_vec()),
        ("half the picture", good[..60].to_vec()),
        (
            "picture data longer than the file",
            png_of(&[("IHDR", ihdr(9, 9))])
                .into_iter()
                .chain(*b"\x7f\0\0\0IDAT")
                .collect(),
        ),
    ] {
        assert_eq!(code(&file), Code::ImageUnreadable, "{name}");
    }
}

#[test]
fn damaged_jpegs_are_unreadable() {
    let good = jpeg(640, 480);
    let frame = good.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    let with = |at: usize, byte: u8| {
        let mut file = good.clone();
        file[at] = byte;
        file
    };
    let dangling = [&good[..frame], &[0xff, 0xe5, 0xff, 0xff]].concat();
    let no_frame = [&good[..frame], &[0xff, 0xd9]].concat();
    let scan_first = [&good[..frame], &[0xff, 0xda, 0, 2]].concat();
    let mut crowded = vec![0xff, 0xd8];
    for _ in 0..100_000 {
        segment(&mut crowded, 0xe3, &[]);
    }
    for (name, file) in [
        ("width 0", jpeg(0, 480)),
        ("height 0", jpeg(640, 0)),
        ("frame header of the wrong length", with(frame + 3, 18)),
        ("a length of 0", with(5, 0)),
        ("a lying length", with(5, 90)),
        ("a segment past the end", dangling),
        ("no frame header", no_frame),
        ("picture before the frame header", scan_first),
        ("nothing but empty segments", crowded),
        ("start marker", good[..2].to_vec()),
        ("start and half a marker", good[..3].to_vec()),
        ("half a frame header", good[..frame + 7].to_vec()),
        ("half the tables", good[..frame + 25].to_vec()),
        ("half the picture", good[..good.len() - 60].to_vec()),
        ("no end", good[..good.len() - 2].to_vec()),
        ("half an end", good[..good.len() - 1].to_vec()),
        ("start marker twice", [&good[..2], &good[..]].concat()),
    ] {
        assert_eq!(code(&file), Code::ImageUnreadable, "{name}");
    }
}

#[test]
fn what_is_appended_after_the_end_is_no_damage() {
    let appended = [&jpeg(640, 480)[..], &vec![7; 300_000]].concat();
    assert_eq!(found(&appended), (ImageFormat::Jpeg, 640, 480, 1));
    let appended = [&png(640, 480)[..], &[7; 100]].concat();
    assert_eq!(found(&appended), (ImageFormat::Png, 640, 480, 1));
}

#[test]
fn an_end_marker_across_two_reads_is_seen() {
    for len in 65_520..65_560 {
        let file = JpegFile {
            scan: vec![0x11; len],
            ..JpegFile::new(640, 480)
        }
        .build();
        let appended = [&file[..], &vec![0; 70_000]].concat();
        assert_eq!(found(&appended), (ImageFormat::Jpeg, 640, 480, 1), "{len}");
        let endless = [&file[..file.len() - 2], &vec![0; 70_000]].concat();
        assert_eq!(code(&endless), Code::ImageUnreadable, "{len}");
    }
}

/// A cut is noticed wherever it leaves something half; between two chunks or segments the header stands whole, and what
/// is missing after it cannot be told from what was never there.
#[test]
fn every_cut_through_a_chunk_or_segment_is_noticed() {
    let jpeg = jpeg(640, 480);
    let tables = jpeg.windows(2).position(|pair| pair == [0xff, 0xc4]).unwrap();
    let scan = jpeg.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let between = [tables..tables + 4, scan..scan + 4];
    for (file, between) in [(png(640, 480), [33..41, 85..97]), (jpeg, between)] {
        for len in 1..file.len() {
            let whole = between.iter().any(|between| between.contains(&len));
            assert_eq!(
                probe(&file[..len], usize::MAX).0.is_ok(),
                whole,
                "cut at {len} of {}",
                file.len()
            );
        }
    }
}

#[test]
fn other_files_are_called_by_their_name() {
    let heic = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic";
    let avif = b"\0\0\0\x20ftypavif\0\0\0\0avifmif1";
    let mp4 = b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2";
    for (file, id, words) in [
        (&b"GIF89a\x01\0\x01\0"[..], "gif", "a GIF"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "webp", "a WebP"),
        (heic, "heic", "HEIC"),
        (avif, "avif", "AVIF"),
        (mp4, "video", "video"),
        (b"BM\x36\0\0\0", "bmp", "BMP"),
        (b"II*\0\x08\0\0\0", "tiff", "TIFF"),
        (b"MM\0*\0\0\0\x08", "tiff", "TIFF"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "svg", "SVG"),
        (
            b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- drawn -->\n<svg/>",
            "svg",
            "SVG",
        ),
        (b"\n<!DOCTYPE html><title>404</title>", "html", "web page"),
        (b"<?xml version='1.0'?><rss/>", "xml", "XML"),
        (b"{\"error\":\"no\"}", "text", "text"),
        (b"%PDF-1.7", "pdf", "PDF"),
        (b"", "empty", "empty"),
        (b"hello", "unknown", "PNG and JPEG"),
        (&[0x8f; 5000], "unknown", "PNG and JPEG"),
    ] {
        let issue = probe(file, usize::MAX).0.unwrap_err();
        assert_eq!(issue.code, Code::ImageFormat, "{id}");
        assert_eq!(issue.actual, Some(id.into()));
        assert!(issue.message.contains(words), "{}", issue.message);
    }
}

#[test]
fn a_file_that_ends_sooner_than_its_size_said_is_cut_off() {
    let file = jpeg(640, 480);
    let mut probe = Probe::new(1_000_000);
    while let Some(range) = probe.wants() {
        let from = usize::try_from(range.start).unwrap().min(file.len());
        let to = usize::try_from(range.end).unwrap().min(file.len());
        probe.feed(&file[from..to]);
    }
    // The window at the claimed end is beyond the real one: the picture itself is whole.
    assert_eq!(probe.finish().unwrap().width, 640);
    let mut probe = Probe::new(1_000_000);
    probe.feed(&file[..10]);
    probe.feed(&[]);
    assert_eq!(probe.finish().unwrap_err().code, Code::ImageUnreadable);
    assert_eq!(Probe::new(100).finish().unwrap_err().code, Code::ImageUnreadable);
}

/// Real headers with some bytes changed, taken out or put in.
fn mutated() -> impl Strategy<Value = Vec<u8>> {
    let files = vec![
        png(640, 480),
        jpeg(640, 480),
        JpegFile {
            frame: 0xc2,
            ..JpegFile::new(320, 1000)
        }
        .with_first(0xe1, exif(6, true, 20))
        .build(),
        JpegFile::new(900, 900)
            .with_first(0xe1, exif(3, false, 0))
            .with_first(0xe2, vec![0xff; 3000])
            .build(),
    ];
    let change = (any::<prop::sample::Index>(), any::<u8>(), 0..4_u8);
    (
        prop::sample::select(files),
        prop::collection::vec(change, 0..12),
        any::<prop::sample::Index>(),
        any::<bool>(),
    )
        .prop_map(|(mut file, changes, end, cut)| {
            for (at, byte, kind) in changes {
                let at = at.index(file.len());
                match kind {
                    0 if file.len() > 1 => drop(file.remove(at)),
                    1 => file.insert(at, byte),
                    2 => file[at] = 0xff,
                    _ => file[at] = byte,
                }
            }
            if cut {
                file.truncate(end.index(file.len()) + 1);
            }
            file
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn mutated_files_neither_panic_nor_loop_and_pieces_do_not_matter(file in mutated(), piece in 1..200_usize) {
        let (whole, _) = probe(&file, usize::MAX);
        let (pieces, _) = probe(&file, piece);
        prop_assert_eq!(&whole, &pieces);
        if let Err(issue) = whole {
            prop_assert!(matches!(issue.code, Code::ImageFormat | Code::ImageUnreadable));
        }
    }

    #[test]
    fn any_bytes_are_answered(file in prop::collection::vec(any::<u8>(), 0..600), start in 0..4_usize) {
        let start: &[u8] = [&b""[..], b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xd8\xff\xe1"][start];
        let file = [start, &file].concat();
        prop_assert_eq!(probe(&file, usize::MAX).0, probe(&file, 7).0);
    }

    #[test]
    fn the_ratio_rule_is_the_exact_one(width in 1..5000_u32, height in 1..5000_u32) {
        let info = ImageInfo { format: ImageFormat::Jpeg, width, height, bytes: 1, orientation: 1 };
        let broken = judge(&info, "").iter().any(|issue| issue.code == Code::ImageRatio);
        let allowed = 2 * width <= 5 * height && 2 * height <= 5 * width;
        prop_assert_eq!(broken, !allowed);
    }
}
