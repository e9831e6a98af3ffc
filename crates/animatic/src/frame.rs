use crate::colour;

/// One picture of video: I420 (planar YUV 4:2:0), BT.709, limited range, chroma sited between its four pixels.
///
/// Width and height are even. Rows are packed: the stride of Y is the width, of U and V half of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) y: Vec<u8>,
    pub(crate) u: Vec<u8>,
    pub(crate) v: Vec<u8>,
}

impl Frame {
    /// A black frame; odd sizes are rounded up to even ones.
    pub fn new(width: u32, height: u32) -> Self {
        let (width, height) = (
            width.next_multiple_of(2) as usize,
            height.next_multiple_of(2) as usize,
        );
        let chroma = width / 2 * (height / 2);
        Self {
            width,
            height,
            y: vec![16; width * height],
            u: vec![128; chroma],
            v: vec![128; chroma],
        }
    }

    /// Pixels.
    pub fn width(&self) -> u32 {
        self.width as u32
    }

    /// Pixels.
    pub fn height(&self) -> u32 {
        self.height as u32
    }

    /// Luma, `width × height` bytes, 16 (black) to 235 (white).
    pub fn y(&self) -> &[u8] {
        &self.y
    }

    /// Blue difference, `width/2 × height/2` bytes, 16 to 240, 128 is grey.
    pub fn u(&self) -> &[u8] {
        &self.u
    }

    /// Red difference, `width/2 × height/2` bytes, 16 to 240, 128 is grey.
    pub fn v(&self) -> &[u8] {
        &self.v
    }

    /// The frame as RGBA, 8 bits each, opaque, rows packed: for canvases and stills.
    pub fn to_rgba(&self) -> Vec<u8> {
        let mut rgba = Vec::with_capacity(self.width * self.height * 4);
        for (row, line) in self.y.chunks_exact(self.width).enumerate() {
            let start = row / 2 * (self.width / 2);
            for (column, &y) in line.iter().enumerate() {
                let chroma = start + column / 2;
                let [r, g, b] = colour::to_rgb([y, self.u[chroma], self.v[chroma]]);
                rgba.extend_from_slice(&[r, g, b, 255]);
            }
        }
        rgba
    }

    /// Makes this frame that size, keeping its memory where it fits already.
    pub(crate) fn resize(&mut self, width: usize, height: usize) {
        if (self.width, self.height) != (width, height) {
            *self = Self::new(width as u32, height as u32);
        }
    }
}
