//! Boxes within boxes, big-endian.

/// A number in a smaller type. Files here stay far below 4 GB and counts far below 2^32; a number that would not
/// fit becomes the largest that does, which no reader can take for sound.
pub(super) fn narrow<T: TryFrom<usize> + Bounded>(number: usize) -> T {
    T::try_from(number).unwrap_or(T::LARGEST)
}

/// The largest value of a type.
pub(super) trait Bounded {
    const LARGEST: Self;
}

impl Bounded for u8 {
    const LARGEST: Self = Self::MAX;
}

impl Bounded for u16 {
    const LARGEST: Self = Self::MAX;
}

impl Bounded for u32 {
    const LARGEST: Self = Self::MAX;
}

/// Writes boxes; sizes are filled in when a box ends.
#[derive(Debug, Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }

    pub(super) fn u8(&mut self, value: u8) -> &mut Self {
        self.bytes(&[value])
    }

    pub(super) fn u16(&mut self, value: u16) -> &mut Self {
        self.bytes(&value.to_be_bytes())
    }

    pub(super) fn u32(&mut self, value: u32) -> &mut Self {
        self.bytes(&value.to_be_bytes())
    }

    pub(super) fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    pub(super) fn zeros(&mut self, count: usize) -> &mut Self {
        self.0.resize(self.0.len() + count, 0);
        self
    }

    /// The transformation that changes nothing.
    pub(super) fn matrix(&mut self) -> &mut Self {
        for value in [0x0001_0000, 0, 0, 0, 0x0001_0000, 0, 0, 0, 0x4000_0000] {
            self.u32(value);
        }
        self
    }

    /// A box.
    pub(super) fn nest(&mut self, kind: [u8; 4], fill: impl FnOnce(&mut Self)) -> &mut Self {
        let start = self.0.len();
        self.u32(0).bytes(&kind);
        fill(self);
        let size: u32 = narrow(self.0.len() - start);
        if let Some(place) = self.0.get_mut(start..start + 4) {
            place.copy_from_slice(&size.to_be_bytes());
        }
        self
    }

    /// A box with version and flags.
    pub(super) fn full(
        &mut self,
        kind: [u8; 4],
        version: u8,
        flags: u32,
        fill: impl FnOnce(&mut Self),
    ) -> &mut Self {
        self.nest(kind, |inner| {
            inner.u32(u32::from(version) << 24 | flags);
            fill(inner);
        })
    }
}
