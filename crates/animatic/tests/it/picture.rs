//! What is seen: moves, the end image, the mark, captions.

use crate::common::{busy, difference, drawn, free, image_to_video, png, square, text_to_video};
use proptest::prelude::*;
use rushes_animatic::{Animatic, Frame, Move};
use rushes_core::{Endpoint, Input};

/// Middle and area of what is bright in the free rows: column, row, pixels.
fn bright(frame: &Frame) -> (f32, f32, f32) {
    let width = frame.width() as usize;
    let (mut x, mut y, mut count) = (0.0_f64, 0.0_f64, 0.0_f64);
    for (n, _) in free(frame).iter().enumerate().filter(|(_, luma)| **luma > 128) {
        x += (n % width) as f64;
        y += (n / width) as f64;
        count += 1.0;
    }
    ((x / count) as f32, (y / count) as f32, count as f32)
}

/// First and last frame of a white square on black under a move.
fn under(camera: Move) -> ((f32, f32, f32), (f32, f32, f32)) {
    let request = image_to_video(square(640, 480), camera.words(), 3.0);
    let animatic = Animatic::new(&request, None, None).unwrap();
    (bright(&drawn(&animatic, 0)), bright(&drawn(&animatic, 71)))
}

#[test]
fn moves_move_the_picture_the_way_they_say() {
    // What the camera turns towards comes in: a pan to the left moves the picture to the right.
    for (camera, right, down, grows) in [
        (Move::PushIn, 0, 0, 1),
        (Move::PullOut, 0, 0, -1),
        (Move::PanLeft, 1, 0, 0),
        (Move::PanRight, -1, 0, 0),
        (Move::TiltUp, 0, 1, 0),
        (Move::TiltDown, 0, -1, 0),
        (Move::TruckLeft, 1, 0, 0),
        (Move::TruckRight, -1, 0, 0),
        (Move::CraneUp, 0, 1, -1),
        (Move::CraneDown, 0, -1, 1),
        (Move::Orbit, 1, 0, 1),
        (Move::Static, 0, 0, 0),
    ] {
        let (first, last) = under(camera);
        let sign = |change: f32, least: f32| i32::from(change > least) - i32::from(change < -least);
        // A push also carries the square, which is above the middle, outwards: only sideways is exact then.
        let found = (
            sign(last.0 - first.0, 20.0),
            sign(last.1 - first.1, 30.0),
            sign(last.2 / first.2 - 1.0, 0.04),
        );
        assert_eq!(found, (right, down, grows), "{camera:?}: {first:?} {last:?}");
    }
}

#[test]
fn a_hand_shakes_and_a_tripod_does_not() {
    let moved = |words: &str| {
        let animatic = Animatic::new(&image_to_video(busy(640, 480), words, 3.0), None, None).unwrap();
        difference(&drawn(&animatic, 10), &drawn(&animatic, 40))
    };
    assert!(moved("handheld") > 5.0);
    assert!(moved("static shot") < 0.001);
}

#[test]
fn every_move_starts_and_stops_softly() {
    for camera in Move::ALL
        .into_iter()
        .filter(|camera| !matches!(camera, Move::Static | Move::Handheld))
    {
        let request = image_to_video(busy(640, 480), camera.words(), 4.0);
        let animatic = Animatic::new(&request, None, None).unwrap();
        let step = |n: u32| difference(&drawn(&animatic, n), &drawn(&animatic, n + 1));
        let (start, middle, end) = (step(0), step(47), step(94));
        assert!(
            middle > 0.2 && start < middle * 1.05 && end < middle * 1.05,
            "{camera:?}: {start} {middle} {end}"
        );
    }
}

#[test]
fn the_end_image_is_reached_exactly() {
    let gradient = |x: u32, y: u32| [(x / 4) as u8, (y / 4) as u8, ((x + y) / 8) as u8];
    for words in [
        "push in",
        "truck right",
        "roll the camera",
        "static shot",
        "orbit around",
    ] {
        let fields = vec![
            ("image", Input::Bytes(busy(720, 720).into())),
            ("end_image", Input::Bytes(png(720, 720, gradient).into())),
            ("prompt", Input::Text(words.into())),
            ("duration", Input::Number(3.0)),
        ];
        let request = crate::common::request(Endpoint::ImageToVideo, fields);
        let animatic = Animatic::new(&request, None, None).unwrap();
        let rgba = drawn(&animatic, 71).to_rgba();
        for y in 100..400 {
            for x in 0..720 {
                let pixel = &rgba[(y * 720 + x) * 4..][..3];
                for (found, expected) in pixel.iter().zip(gradient(x as u32, y as u32)) {
                    assert!(found.abs_diff(expected) <= 4, "{words} {x} {y}: {pixel:?}");
                }
            }
        }
        // It is not reached in a jump.
        let jump = difference(&drawn(&animatic, 70), &drawn(&animatic, 71));
        let whole = difference(&drawn(&animatic, 0), &drawn(&animatic, 71));
        assert!(jump < whole / 8.0, "{words}: {jump} of {whole}");
    }
}

/// Luma of the badge at the top left, with its letters.
fn mark(frame: &Frame) -> Vec<u8> {
    let width = frame.width() as usize;
    (40..80)
        .flat_map(|y| &frame.y()[y * width + 40..y * width + 250])
        .copied()
        .collect()
}

#[test]
fn every_frame_is_marked_as_a_draft() {
    let requests = [
        image_to_video(png(400, 300, |_, _| [255; 3]), "push in", 3.0),
        image_to_video(png(300, 400, |_, _| [0; 3]), "handheld", 3.0),
        text_to_video("Snow at noon", 3.0, "9:16"),
    ];
    for request in requests {
        let animatic = Animatic::new(&request, None, None).unwrap();
        let mut frame = animatic.frame();
        for n in 0..animatic.frames() {
            animatic.draw(n, &mut frame);
            let mark = mark(&frame);
            let letters = mark.iter().filter(|&&luma| luma > 190).count();
            let badge = mark.iter().filter(|&&luma| luma < 120).count();
            assert!(letters > 500 && badge > 4000, "frame {n}: {letters} {badge}");
        }
    }
}

#[test]
fn the_caption_says_what_the_prompt_says() {
    let words = |prompt: &str| {
        let animatic = Animatic::new(&image_to_video(busy(400, 300), prompt, 3.0), None, None).unwrap();
        let frame = drawn(&animatic, 0);
        let start = frame.y().len() / 100 * 62;
        frame.y()[start..].to_vec()
    };
    let (fox, dog, chinese, arabic) = (words("A fox"), words("A dog"), words("一只狐狸"), words("ثعلب"));
    assert!(fox != dog && fox != chinese && chinese != arabic);
    assert_eq!(fox, words("A fox"));
    assert_eq!(fox, words(" A \u{200b}\u{202e}fox\u{7}\n"));
}

#[test]
fn hostile_words_are_drawn_too() {
    let long = "word ".repeat(500);
    let unbroken = "x".repeat(2500);
    let han = "狐".repeat(2500);
    for text in [
        long.trim(),
        &unbroken,
        &han,
        "\u{0}\u{1}\u{7f}a",
        "‏שלום עולם‏ مرحبا",
        "👩‍👩‍👧‍👦🏳️‍🌈🇨🇳🦊",
        "e\u{301}\u{302}\u{303}\u{304}\u{305}".repeat(100).as_str(),
        "\u{301}",
        "\u{200b}\u{200d}\u{feff}",
        "\u{10ffff}\u{e000}\u{fffd}",
        "<b>&amp;</b> {\"a\":1} \\n %s",
        "a\u{2028}b\u{2029}c\u{85}d",
    ] {
        let animatic = Animatic::new(&text_to_video(text, 3.0, "9:16"), None, None).unwrap();
        assert_ne!(drawn(&animatic, 0), drawn(&animatic, 71));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_words_give_frames_within_range(
        text in "[a-z ]{0,30}(push in|pan left|roll|night|sea|city|雪|森林|shot|camera)\\PC{1,40}",
        ratio in prop::sample::select(vec!["16:9", "9:16", "1:1"]),
        n in 0_u32..100,
    ) {
        let animatic = Animatic::new(&text_to_video(&text, 3.0, ratio), None, None).unwrap();
        let frame = drawn(&animatic, n);
        prop_assert_eq!(frame.y().len(), (animatic.width() * animatic.height()) as usize);
        prop_assert!(frame.y().iter().all(|luma| (15..=236).contains(luma)));
        prop_assert!(frame.u().iter().chain(frame.v()).all(|chroma| (15..=241).contains(chroma)));
    }
}
