//! Which part of a picture, at which size: whole pixels, held to what the API takes.
//!
//! Whatever is asked of these functions, what they give passes core's rules of pixels and ratio.

use rushes_core::limits::IMAGE_MIN_SIDE_PX;

/// The longest that the long side may be, as a fraction of the short one: 5 : 2, as core's judge has it.
const LONG: u64 = 5;
const SHORT: u64 = 2;

/// Most pixels on a side of a picture that is made here: what every browser's canvas can hold.
pub const LONGEST_SIDE: u32 = 8192;

/// The sides of a picture in pixels, as shown; neither is 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Across.
    pub width: u32,
    /// Down.
    pub height: u32,
}

/// A part of a picture, in its own pixels; never empty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Crop {
    /// Pixels left of it.
    pub x: u32,
    /// Pixels above it.
    pub y: u32,
    /// How large it is.
    pub size: Size,
}

/// The shape that a crop is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any that is allowed.
    Free,
    /// Width to height.
    Fixed(u32, u32),
}

/// Where a crop is held while its size changes, on one axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// Its left or upper edge stays.
    Start,
    /// Its middle stays.
    Middle,
    /// Its right or lower edge stays.
    End,
}

impl Size {
    /// A size; sides of 0 become 1.
    pub fn new(width: u32, height: u32) -> Self {
        Self {
            width: width.max(1),
            height: height.max(1),
        }
    }

    fn long(self) -> u32 {
        self.width.max(self.height)
    }

    fn short(self) -> u32 {
        self.width.min(self.height)
    }

    /// The same with its long side cut to what the short one allows.
    fn within_ratio(self) -> Self {
        let most = at_most(u64::from(self.short()) * LONG / SHORT);
        Self::new(self.width.min(most), self.height.min(most))
    }
}

/// A number that fits in 32 bits, or the largest that does.
fn at_most(value: u64) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}

/// `value × up ÷ down`, rounded; `down` is not 0.
fn scaled(value: u32, up: u32, down: u32) -> u32 {
    let down = u64::from(down.max(1));
    at_most((u64::from(value) * u64::from(up) + down / 2) / down)
}

/// The largest crop of a picture in that shape, in its middle; in a free shape the nearest allowed one, which is all of
/// it where its own is allowed.
pub fn largest(picture: Size, shape: Shape) -> Crop {
    let middle = |all: u32, part: u32| (all - part) / 2;
    let size = shaped(picture, picture, shape);
    Crop {
        x: middle(picture.width, size.width),
        y: middle(picture.height, size.height),
        size,
    }
}

/// The size nearest to the wanted one that has that shape and is no larger than `most`.
fn shaped(want: Size, most: Size, shape: Shape) -> Size {
    let want = Size::new(want.width.min(most.width), want.height.min(most.height));
    match shape {
        Shape::Free => want.within_ratio(),
        Shape::Fixed(across, down) => {
            let (across, down) = (across.max(1), down.max(1));
            // Whichever side is the tighter one decides.
            let width = want.width.min(scaled(want.height, across, down)).max(1);
            let height = scaled(width, down, across).clamp(1, want.height);
            Size::new(width, height).within_ratio()
        }
    }
}

impl Crop {
    /// The same crop with another size, in that shape, held at an edge or in the middle, inside the picture.
    #[must_use]
    pub fn resized(self, want: Size, hold: (Hold, Hold), picture: Size, shape: Shape) -> Self {
        let most = Size::new(
            room(self.x, self.size.width, picture.width, hold.0),
            room(self.y, self.size.height, picture.height, hold.1),
        );
        let size = shaped(want, most, shape);
        Self {
            x: placed(self.x, self.size.width, size.width, hold.0),
            y: placed(self.y, self.size.height, size.height, hold.1),
            size,
        }
        .inside(picture)
    }

    /// The same crop with its upper left corner there, or as near as the picture allows.
    #[must_use]
    pub fn moved_to(self, x: i64, y: i64, picture: Size) -> Self {
        let at = |wanted: i64, part: u32, all: u32| {
            at_most(wanted.max(0).unsigned_abs()).min(all.saturating_sub(part))
        };
        Self {
            x: at(x, self.size.width, picture.width),
            y: at(y, self.size.height, picture.height),
            ..self
        }
    }

    fn inside(self, picture: Size) -> Self {
        self.moved_to(self.x.into(), self.y.into(), picture)
    }

    /// Whether it is the whole picture.
    pub fn is_all_of(self, picture: Size) -> bool {
        self.size == picture
    }
}

/// How long a side can become while it is held there.
fn room(at: u32, length: u32, all: u32, hold: Hold) -> u32 {
    let (before, behind) = (at, all.saturating_sub(at.saturating_add(length)));
    match hold {
        Hold::Start => all.saturating_sub(before),
        Hold::End => all.saturating_sub(behind),
        Hold::Middle => length.saturating_add(2 * before.min(behind)),
    }
}

/// Where a side begins when it gets another length.
fn placed(at: u32, length: u32, new: u32, hold: Hold) -> u32 {
    match hold {
        Hold::Start => at,
        Hold::End => (at + length).saturating_sub(new),
        Hold::Middle => (at + length / 2).saturating_sub(new / 2),
    }
}

/// The size at which a crop is written: its own, made smaller until its long side is at most `longest`, and larger
/// where a side is below the least that is taken.
pub fn output(crop: Size, longest: u32) -> Size {
    let crop = crop.within_ratio();
    let longest = longest.min(LONGEST_SIDE);
    let small = if crop.long() > longest {
        at_size(crop, longest)
    } else {
        crop
    };
    if small.short() >= IMAGE_MIN_SIDE_PX {
        return small;
    }
    // The short side as short as is allowed; the long one follows, no further than the ratio goes.
    let (long, short) = (crop.long(), crop.short());
    let long = scaled(IMAGE_MIN_SIDE_PX, long, short).max(IMAGE_MIN_SIDE_PX);
    let sides = if crop.width >= crop.height {
        (long, IMAGE_MIN_SIDE_PX)
    } else {
        (IMAGE_MIN_SIDE_PX, long)
    };
    Size::new(sides.0, sides.1).within_ratio()
}

/// A size with its long side that long.
fn at_size(size: Size, long: u32) -> Size {
    let other = |side: u32| scaled(side, long, size.long());
    Size::new(other(size.width), other(size.height)).within_ratio()
}

/// What stands in a picture's name on its way to becoming another file: `photo.heic` becomes `photo.jpg`.
pub fn renamed(name: &str, extension: &str) -> String {
    let stem = match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => stem,
        _ => name,
    };
    [stem, ".", extension].concat()
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use rushes_core::image::{ImageFormat, ImageInfo, judge};

    use super::*;

    fn verdict(size: Size) -> Vec<String> {
        let info = ImageInfo {
            format: ImageFormat::Jpeg,
            width: size.width,
            height: size.height,
            bytes: 1,
            orientation: 1,
        };
        judge(&info, "").into_iter().map(|issue| issue.message).collect()
    }

    fn is_inside(crop: Crop, picture: Size) -> bool {
        let ends = |at: u32, length: u32| u64::from(at) + u64::from(length);
        crop.size.width > 0
            && crop.size.height > 0
            && ends(crop.x, crop.size.width) <= picture.width.into()
            && ends(crop.y, crop.size.height) <= picture.height.into()
    }

    #[test]
    fn a_picture_is_cropped_to_the_nearest_allowed_ratio() {
        for (width, height, expected) in [
            (4000, 1000, (750, 0, 2500, 1000)),
            (1000, 4001, (0, 750, 1000, 2500)),
            (1920, 1080, (0, 0, 1920, 1080)),
            (2500, 1000, (0, 0, 2500, 1000)),
            (2501, 1000, (0, 0, 2500, 1000)),
            (10, 1, (4, 0, 2, 1)),
        ] {
            let crop = largest(Size::new(width, height), Shape::Free);
            assert_eq!((crop.x, crop.y, crop.size.width, crop.size.height), expected);
        }
    }

    #[test]
    fn sizes_are_as_near_to_the_pictures_own_as_is_allowed() {
        for (width, height, longest, expected) in [
            (1920, 1080, 8192, (1920, 1080)),
            (1920, 1080, 1280, (1280, 720)),
            (299, 300, 8192, (300, 301)),
            (100, 250, 8192, (300, 750)),
            (4000, 2000, 400, (600, 300)),
            (20_000, 10_000, 20_000, (8192, 4096)),
        ] {
            let size = output(Size::new(width, height), longest);
            assert_eq!(
                (size.width, size.height),
                expected,
                "{width} × {height} to {longest}"
            );
        }
    }

    #[test]
    fn names_get_the_right_ending() {
        for (name, expected) in [
            ("photo.heic", "photo.jpg"),
            ("photo", "photo.jpg"),
            (".hidden", ".hidden.jpg"),
            ("my.long.name.webp", "my.long.name.jpg"),
            ("v1. final version", "v1. final version.jpg"),
        ] {
            assert_eq!(renamed(name, "jpg"), expected);
        }
    }

    fn shape() -> impl Strategy<Value = Shape> {
        prop_oneof![
            Just(Shape::Free),
            (1..20_u32, 1..20_u32).prop_map(|(across, down)| Shape::Fixed(across, down))
        ]
    }

    fn hold() -> impl Strategy<Value = Hold> {
        prop_oneof![Just(Hold::Start), Just(Hold::Middle), Just(Hold::End)]
    }

    proptest! {
        #[test]
        fn what_comes_out_always_passes_the_judge(width in 1..40_000_u32, height in 1..40_000_u32, longest in 0..40_000_u32, shape in shape()) {
            let picture = Size::new(width, height);
            let crop = largest(picture, shape);
            prop_assert!(is_inside(crop, picture));
            prop_assert_eq!(verdict(output(crop.size, longest)), Vec::<String>::new());
        }

        #[test]
        fn no_way_of_dragging_leads_out_of_the_picture(
            sides in (1..5_000_u32, 1..5_000_u32), shape in shape(),
            steps in prop::collection::vec(((0..9_000_u32, 0..9_000_u32), (hold(), hold()), (-9_000..9_000_i64, -9_000..9_000_i64)), 1..8),
        ) {
            let picture = Size::new(sides.0, sides.1);
            let mut crop = largest(picture, Shape::Free);
            for (want, hold, to) in steps {
                crop = crop.resized(Size::new(want.0, want.1), hold, picture, shape);
                prop_assert!(is_inside(crop, picture), "{crop:?}");
                crop = crop.moved_to(to.0, to.1, picture);
                prop_assert!(is_inside(crop, picture), "{crop:?}");
                prop_assert_eq!(verdict(output(crop.size, LONGEST_SIDE)), Vec::<String>::new());
            }
        }

        #[test]
        fn a_picture_that_is_right_stays_whole(width in 300..3_000_u32, height in 300..3_000_u32) {
            let picture = Size::new(width, height);
            prop_assume!(verdict(picture).is_empty());
            prop_assert!(largest(picture, Shape::Free).is_all_of(picture));
            prop_assert_eq!(output(picture, LONGEST_SIDE), picture);
        }
    }
}
