//! The colours of a scene.

use super::{Light, Mood, Place, Weather};
use crate::colour::{Rgb, blend};
use crate::maths::hash;

/// The colours of a scene, chosen by light, weather, place and the words' own number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Palette {
    /// The sky overhead.
    pub(super) high: Rgb,
    /// The sky at the horizon.
    pub(super) low: Rgb,
    /// The sun, the moon, or what they touch.
    pub(super) glow: Rgb,
    /// The ground at one's feet.
    pub(super) ground: Rgb,
    /// Silhouettes close to the camera.
    pub(super) dark: Rgb,
    /// Lamps and windows.
    pub(super) lamp: Rgb,
    /// What the place itself gives a colour to: water, leaves, signs.
    pub(super) accent: Rgb,
}

/// High, low and glow: three skies for each light.
const DAY: [[Rgb; 3]; 3] = [
    [[46, 118, 196], [206, 231, 242], [255, 248, 222]],
    [[38, 142, 168], [240, 233, 208], [255, 244, 214]],
    [[92, 124, 196], [248, 224, 206], [255, 240, 224]],
];
const GOLDEN: [[Rgb; 3]; 3] = [
    [[48, 42, 92], [252, 152, 92], [255, 222, 164]],
    [[92, 54, 104], [255, 184, 112], [255, 230, 178]],
    [[30, 62, 96], [250, 136, 108], [255, 214, 170]],
];
const NIGHT: [[Rgb; 3]; 3] = [
    [[8, 12, 32], [40, 66, 108], [226, 234, 255]],
    [[12, 10, 34], [82, 48, 104], [240, 228, 255]],
    [[5, 18, 28], [22, 84, 98], [222, 250, 246]],
];

impl Palette {
    pub(super) fn of(mood: &Mood) -> Self {
        let skies = match mood.light {
            Light::Day => DAY,
            Light::Golden => GOLDEN,
            Light::Night => NIGHT,
        };
        let [high, low, glow] = skies[(hash(mood.seed, 1) % 3) as usize];
        let (high, low) = if mood.place == Place::Space {
            ([5, 6, 16], [24, 18, 52])
        } else {
            (high, low)
        };
        let ground = lit(ground(mood), mood.light, low);
        let dark = blend(lit(ground, mood.light, low), [10, 12, 20], 0.72);
        let lamp = [255, 206, 120];
        weathered(
            Self {
                high,
                low,
                glow,
                ground,
                dark,
                lamp,
                accent: accent(mood),
            },
            mood,
        )
    }

    /// Ground at a distance: 0 at one's feet, 1 at the horizon, where the air has taken its colour.
    pub(super) fn away(&self, distance: f32) -> Rgb {
        blend(self.ground, self.low, distance * 0.82)
    }
}

/// The ground's own colour by daylight.
fn ground(mood: &Mood) -> Rgb {
    match mood.place {
        Place::Forest => [44, 92, 66],
        Place::Sea => [28, 98, 128],
        Place::City => [66, 74, 104],
        Place::Mountains => [74, 92, 118],
        Place::Desert => [214, 150, 92],
        Place::Meadow => [104, 146, 72],
        Place::Indoors => [132, 104, 88],
        Place::Space => [92, 82, 122],
        Place::Open => [[88, 112, 148], [128, 96, 132], [72, 128, 124], [164, 108, 96]]
            [(hash(mood.seed, 2) % 4) as usize],
    }
}

fn accent(mood: &Mood) -> Rgb {
    let choices: [Rgb; 4] = match mood.light {
        Light::Day => [[240, 98, 84], [250, 190, 70], [60, 150, 160], [232, 120, 160]],
        Light::Golden => [[255, 120, 84], [255, 208, 120], [236, 92, 120], [150, 96, 180]],
        Light::Night => [[255, 72, 148], [70, 220, 230], [255, 176, 72], [150, 110, 255]],
    };
    choices[(hash(mood.seed, 3) % 4) as usize]
}

/// A colour under a light.
fn lit(colour: Rgb, light: Light, low: Rgb) -> Rgb {
    match light {
        Light::Day => colour,
        Light::Golden => blend(blend(colour, [74, 36, 62], 0.5), low, 0.1),
        Light::Night => blend(blend(colour, [8, 14, 34], 0.66), low, 0.08),
    }
}

fn weathered(palette: Palette, mood: &Mood) -> Palette {
    let night = mood.light == Light::Night;
    let towards = |colour: Rgb, share: f32| {
        let (high, low) = (
            blend(palette.high, colour, share),
            blend(palette.low, colour, share),
        );
        Palette { high, low, ..palette }
    };
    match mood.weather {
        Weather::Rain => towards(if night { [30, 36, 52] } else { [104, 114, 128] }, 0.5),
        Weather::Fog if mood.place != Place::Space => {
            let mist = blend(
                palette.low,
                if night { [96, 108, 130] } else { [232, 230, 224] },
                0.42,
            );
            Palette {
                low: mist,
                high: blend(palette.high, mist, 0.35),
                ..palette
            }
        }
        Weather::Snow => {
            let snow = if night { [104, 126, 168] } else { [236, 242, 250] };
            let snow = if mood.light == Light::Golden {
                [226, 190, 196]
            } else {
                snow
            };
            Palette {
                ground: blend(palette.ground, snow, 0.78),
                ..palette
            }
        }
        _ => palette,
    }
}
