//! The same bytes on every machine, in every build.

use crate::common::{busy, drawn, hash, text_to_video, with_shots};
use rushes_animatic::{Animatic, Frame};
use rushes_core::Request;

/// Frames 0 and 50 of requests that use every kind of arithmetic there is, and the FNV-1a hash of their planes.
///
/// A change of how things look changes them; a machine, an optimisation level or a target must not.
const KNOWN: [(&str, [u64; 2]); 4] = [
    ("card", [0x1b36_7465_d49c_9503, 0x3405_f08b_ac0a_88ca]),
    ("rolled card", [0x2794_6fb0_6ed3_0068, 0xc1f7_3120_573d_36d8]),
    ("snow, in Chinese", [0x7854_ac0f_e338_2172, 0xaa7e_ef76_7641_01d8]),
    (
        "picture with shots",
        [0xd19c_a16c_a157_a76d, 0xb69b_b0de_976c_d0eb],
    ),
];

fn requests() -> [Request; 4] {
    [
        text_to_video(
            "A red fox in a misty forest at sunrise, slow push in",
            3.0,
            "16:9",
        ),
        text_to_video("A car in the rainy city at night, dutch angle", 3.0, "9:16"),
        text_to_video("雪山小屋，环绕镜头", 3.0, "1:1"),
        with_shots(busy(500, 400), &[("handheld", 3.0), ("camera roll", 3.0)]),
    ]
}

/// FNV-1a of the samples' bits.
fn sound_hash(animatic: &Animatic) -> u64 {
    let sound = animatic.sound().unwrap();
    let mut samples = vec![[0.0; 2]; sound.samples() as usize];
    sound.fill(0, &mut samples);
    samples
        .iter()
        .flatten()
        .flat_map(|sample: &f32| sample.to_bits().to_le_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
}

#[test]
fn frames_are_the_known_ones() {
    let found = requests().map(|request| {
        let animatic = Animatic::new(&request, None, None).unwrap();
        [0, 50].map(|n| {
            let frame: Frame = drawn(&animatic, n);
            hash(&frame)
        })
    });
    assert_eq!(
        found,
        KNOWN.map(|(_, hashes)| hashes),
        "{:?}",
        KNOWN.map(|(name, _)| name)
    );
}

#[test]
fn samples_are_the_known_ones() {
    const KNOWN: [u64; 2] = [0xaf6c_67bb_8171_2612, 0x97dc_54ba_8251_b9e0];
    let [card, _, _, shots] = requests();
    let found = [card, shots].map(|request| sound_hash(&Animatic::new(&request, None, None).unwrap()));
    assert_eq!(found, KNOWN);
}
