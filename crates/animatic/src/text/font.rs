use ttf_parser::{Face, GlyphId, OutlineBuilder};

use crate::paint::Shape;

/// How heavy Latin, Greek and Cyrillic letters are; Han characters come in one weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// For reading.
    Medium,
    /// For labels.
    SemiBold,
}

/// The embedded fonts: see `fonts/README.md` for where they come from.
pub(crate) struct Fonts {
    medium: Vec<Face<'static>>,
    semibold: Vec<Face<'static>>,
}

/// What stands behind every face for the characters it has not.
#[cfg(feature = "cjk")]
const HAN: Option<&[u8]> = Some(include_bytes!("../../fonts/noto-sans-cjk-sc-subset.otf"));
#[cfg(not(feature = "cjk"))]
const HAN: Option<&[u8]> = None;

/// A glyph: its shape at the origin of the baseline, and how far the pen moves.
struct Glyph {
    shape: Shape,
    advance: f32,
}

impl Fonts {
    pub(crate) fn new() -> Self {
        let faces = |latin: &'static [u8]| -> Vec<Face<'static>> {
            let files = [latin].into_iter().chain(HAN);
            files.filter_map(|file| Face::parse(file, 0).ok()).collect()
        };
        Self {
            medium: faces(include_bytes!("../../fonts/inter-medium-subset.otf")),
            semibold: faces(include_bytes!("../../fonts/inter-semibold-subset.otf")),
        }
    }

    /// How far the pen moves for a text of that size (pixels per em).
    pub(crate) fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        text.chars()
            .map(|letter| self.advance(letter, weight, size))
            .sum()
    }

    /// How far the pen moves for a letter.
    pub(crate) fn advance(&self, letter: char, weight: Weight, size: f32) -> f32 {
        if is_mark(letter) {
            return 0.0;
        }
        match self.find(letter, weight) {
            Some((face, glyph)) => f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * scale(face, size),
            None => size * BOX_ADVANCE,
        }
    }

    /// The outlines of one line of text, its pen starting at `x` on the baseline `y`.
    pub(crate) fn line(&self, text: &str, weight: Weight, size: f32, (x, y): (f32, f32)) -> Shape {
        let mut line = Shape::default();
        let mut pen = x;
        let mut middle = x;
        for letter in text.chars() {
            if is_mark(letter) {
                // A combining mark sits over the middle of the letter before it.
                let mark = self.glyph(letter, weight, size, (0.0, y));
                let Some((left, _, right, _)) = mark.shape.bounds() else {
                    continue;
                };
                let at = middle - f32::midpoint(left, right);
                line.add(&self.glyph(letter, weight, size, (at, y)).shape);
                continue;
            }
            let glyph = self.glyph(letter, weight, size, (pen, y));
            line.add(&glyph.shape);
            middle = pen + glyph.advance / 2.0;
            pen += glyph.advance;
        }
        line
    }

    fn glyph(&self, letter: char, weight: Weight, size: f32, (x, y): (f32, f32)) -> Glyph {
        let Some((face, glyph)) = self.find(letter, weight) else {
            return missing(size, (x, y));
        };
        let scale = scale(face, size);
        let mut pen = Pen {
            shape: Shape::default(),
            x,
            y,
            scale,
        };
        // Spaces have no outline: that is a glyph with nothing to draw.
        let _bounds = face.outline_glyph(glyph, &mut pen);
        pen.shape.close();
        let advance = f32::from(face.glyph_hor_advance(glyph).unwrap_or(0)) * scale;
        Glyph {
            shape: pen.shape,
            advance,
        }
    }

    fn find(&self, letter: char, weight: Weight) -> Option<(&Face<'static>, GlyphId)> {
        let faces = match weight {
            Weight::Medium => &self.medium,
            Weight::SemiBold => &self.semibold,
        };
        faces
            .iter()
            .find_map(|face| face.glyph_index(letter).map(|glyph| (face, glyph)))
    }
}

/// Pixels per font unit at a size of `size` pixels per em.
fn scale(face: &Face<'_>, size: f32) -> f32 {
    size / f32::from(face.units_per_em())
}

/// Width of the box that stands for a letter no font has, in ems.
const BOX_ADVANCE: f32 = 0.7;

/// The box that stands for a letter no font has: something was said here that cannot be shown.
fn missing(size: f32, (x, y): (f32, f32)) -> Glyph {
    let stroke = (size * 0.06).max(1.0);
    let (left, right) = (x + size * 0.08, x + size * (BOX_ADVANCE - 0.08));
    let (top, bottom) = (y - size * 0.74, y + size * 0.02);
    let frame = [(left, top), (right, top), (right, bottom), (left, bottom)];
    let (left, right, top, bottom) = (left + stroke, right - stroke, top + stroke, bottom - stroke);
    // Turning the other way cuts the inside out.
    let hole = [(left, top), (left, bottom), (right, bottom), (right, top)];
    let mut shape = Shape::polygon(&frame);
    shape.add(&Shape::polygon(&hole));
    Glyph {
        shape,
        advance: size * BOX_ADVANCE,
    }
}

/// Marks that belong to the letter before them.
pub(super) fn is_mark(letter: char) -> bool {
    matches!(letter, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

struct Pen {
    shape: Shape,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.shape.move_to(self.at(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.shape.line_to(self.at(x, y));
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.shape.quad_to(self.at(x1, y1), self.at(x, y));
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.shape
            .cubic_to(self.at(x1, y1), self.at(x2, y2), self.at(x, y));
    }

    fn close(&mut self) {
        self.shape.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_embedded_font_loads() {
        let expected = if cfg!(feature = "cjk") { 2 } else { 1 };
        let fonts = Fonts::new();
        assert_eq!((fonts.medium.len(), fonts.semibold.len()), (expected, expected));
    }

    #[test]
    fn letters_are_found_where_they_should_be() {
        let fonts = Fonts::new();
        let missing = |text: &str| -> String {
            text.chars()
                .filter(|&letter| fonts.find(letter, Weight::Medium).is_none())
                .collect()
        };
        assert_eq!(
            missing("The quick brown fox – “déjà vu” · Привет, Ελλάδα €12… e\u{301}"),
            ""
        );
        if cfg!(feature = "cjk") {
            assert_eq!(
                missing("一只狐狸跳过长满青苔的木头，鏡頭緩緩推近。カメラ？！（）「」"),
                ""
            );
        }
        assert_eq!(missing("שלום🦊"), "שלום🦊");
    }

    #[test]
    fn a_letter_without_a_glyph_is_a_box() {
        let fonts = Fonts::new();
        let shape = fonts.line("🦊", Weight::Medium, 30.0, (0.0, 30.0));
        let ink: f32 = shape.coverage(60, 60).unwrap().share.iter().sum();
        assert!(ink > 60.0, "{ink}");
    }
}
