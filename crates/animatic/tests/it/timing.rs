//! Sizes, lengths, cuts, and that any order of drawing gives the same.

use crate::common::{busy, difference, drawn, hash, image_to_video, text_to_video, with_shots};
use rushes_animatic::Animatic;
use rushes_core::{Endpoint, Input};

#[test]
fn text_to_video_has_the_size_and_length_it_asks_for() {
    for (ratio, size) in [("16:9", (1280, 720)), ("9:16", (720, 1280)), ("1:1", (720, 720))] {
        for duration in [3_u8, 5, 15] {
            let request = text_to_video("A boat", f64::from(duration), ratio);
            let animatic = Animatic::new(&request, None, None).unwrap();
            assert_eq!(
                (animatic.width(), animatic.height(), animatic.fps()),
                (size.0, size.1, 24)
            );
            assert_eq!(animatic.frames(), u32::from(duration) * 24);
            assert_eq!(animatic.sound().unwrap().samples(), u32::from(duration) * 48_000);
        }
    }
}

#[test]
fn image_to_video_follows_the_image() {
    for (image, size) in [
        ((300, 300), (720, 720)),
        ((400, 300), (960, 720)),
        ((300, 750), (720, 1800)),
        ((750, 300), (1800, 720)),
    ] {
        let request = image_to_video(busy(image.0, image.1), "x", 3.0);
        let animatic = Animatic::new(&request, None, None).unwrap();
        assert_eq!(
            (animatic.width(), animatic.height(), animatic.frames()),
            (size.0, size.1, 72)
        );
        assert!(animatic.sound().is_none());
    }
}

#[test]
fn shots_cut_at_exact_frames() {
    let request = with_shots(
        busy(640, 480),
        &[("pan left", 3.0), ("push in", 4.0), ("static shot", 3.0)],
    );
    let animatic = Animatic::new(&request, None, None).unwrap();
    assert_eq!(animatic.frames(), 240);
    assert_eq!(animatic.cuts().collect::<Vec<_>>(), [0, 72, 168]);
    for cut in [72, 168] {
        let (before, last, first, after) = (
            drawn(&animatic, cut - 2),
            drawn(&animatic, cut - 1),
            drawn(&animatic, cut),
            drawn(&animatic, cut + 1),
        );
        let jump = difference(&last, &first);
        assert!(jump > 20.0, "{cut}: {jump}");
        assert!(
            difference(&before, &last) < jump / 2.0 && difference(&first, &after) < jump / 2.0,
            "{cut}"
        );
    }
}

#[test]
fn any_order_gives_the_same_frames() {
    for request in [
        text_to_video("Rain over a harbour at night, handheld", 3.0, "1:1"),
        text_to_video("Snow in the mountains, dutch angle", 3.0, "16:9"),
        with_shots(busy(400, 300), &[("orbit around", 3.0), ("tilt down", 3.0)]),
    ] {
        let (one, other) = (
            Animatic::new(&request, None, None).unwrap(),
            Animatic::new(&request, None, None).unwrap(),
        );
        let forwards: Vec<u64> = (0..one.frames())
            .step_by(7)
            .map(|n| hash(&drawn(&one, n)))
            .collect();
        let mut frame = other.frame();
        let mut backwards: Vec<u64> = (0..other.frames())
            .step_by(7)
            .rev()
            .map(|n| {
                other.draw(n, &mut frame);
                hash(&frame)
            })
            .collect();
        backwards.reverse();
        assert_eq!(forwards, backwards);
        assert!(forwards.windows(2).all(|pair| pair[0] != pair[1]));
    }
}

#[test]
fn beyond_the_end_is_the_last_frame_and_any_frame_will_do() {
    let animatic = Animatic::new(&text_to_video("A fox", 3.0, "16:9"), None, None).unwrap();
    let mut small = rushes_animatic::Frame::new(31, 7);
    animatic.draw(u32::MAX, &mut small);
    assert_eq!(small, drawn(&animatic, 71));
}

#[test]
fn an_image_that_only_a_host_can_fetch_becomes_a_card_or_what_the_host_has() {
    let fields = vec![
        ("image", Input::Text("https://example.com/a.jpg".into())),
        ("prompt", Input::Text("A harbour".into())),
    ];
    let request = crate::common::request(Endpoint::ImageToVideo, fields);
    let card = Animatic::new(&request, None, None).unwrap();
    assert_eq!((card.width(), card.height(), card.frames()), (1280, 720, 120));
    let picture = rushes_animatic::Picture::decode(&busy(300, 600)).unwrap();
    let animatic = Animatic::new(&request, Some(picture), None).unwrap();
    assert_eq!((animatic.width(), animatic.height()), (720, 1440));
}
