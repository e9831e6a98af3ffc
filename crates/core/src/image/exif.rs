use super::probe::View;

/// Reads the orientation out of one APP1 segment of a JPEG, a contiguous piece at a time.
///
/// Where the segment is no EXIF, gives no orientation or is damaged, there is none: decoders then show the picture as
/// it is stored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Exif {
    part: Part,
    /// Where the segment ends.
    end: u64,
}

#[derive(Clone, Copy, Debug)]
enum Part {
    /// The body of the segment starts here.
    Start(u64),
    /// The first directory starts here.
    Directory(Order, u64),
    /// Its entries start here; so many of them are whole.
    Entries(Order, u64, u64),
}

/// How far it has come.
pub(super) enum Progress {
    On(Exif),
    Done(Option<u8>),
}

impl Exif {
    /// A reader of a segment's body.
    pub(super) fn new(start: u64, end: u64) -> Self {
        Self {
            part: Part::Start(start),
            end,
        }
    }

    pub(super) fn step(self, view: View<'_>) -> Option<Progress> {
        match self.part {
            Part::Start(at) => self.start(view, at),
            Part::Directory(order, at) => {
                let given = u64::from(order.u16(view.array(at)?));
                let whole = given.min((self.end - at - 2) / ENTRY_BYTES);
                Some(Progress::On(Self {
                    part: Part::Entries(order, at + 2, whole),
                    ..self
                }))
            }
            Part::Entries(order, at, count) => {
                let entries = view.get(at, count * ENTRY_BYTES)?;
                Some(Progress::Done(among(entries, order)))
            }
        }
    }

    /// The name of the segment and the TIFF header after it.
    fn start(self, view: View<'_>, at: u64) -> Option<Progress> {
        if at + 14 > self.end {
            return Some(Progress::Done(None));
        }
        let [b'E', b'x', b'i', b'f', 0, 0, o0, o1, m0, m1, offset @ ..] = view.array::<14>(at)? else {
            return Some(Progress::Done(None));
        };
        let order = match [o0, o1] {
            [b'I', b'I'] => Order::Little,
            [b'M', b'M'] => Order::Big,
            _ => return Some(Progress::Done(None)),
        };
        let directory = at + 6 + u64::from(order.u32(offset));
        if order.u16([m0, m1]) != 42 || directory + 2 > self.end {
            return Some(Progress::Done(None));
        }
        Some(Progress::On(Self {
            part: Part::Directory(order, directory),
            ..self
        }))
    }
}

/// Size of an entry of a TIFF directory.
const ENTRY_BYTES: u64 = 12;

fn among(entries: &[u8], order: Order) -> Option<u8> {
    const ORIENTATION: u16 = 0x0112;
    const SHORT: u16 = 3;
    entries.chunks_exact(12).find_map(|entry| match *entry {
        [t0, t1, k0, k1, _, _, _, _, v0, v1, ..]
            if order.u16([t0, t1]) == ORIENTATION && order.u16([k0, k1]) == SHORT =>
        {
            u8::try_from(order.u16([v0, v1]))
                .ok()
                .filter(|value| (1..=8).contains(value))
        }
        _ => None,
    })
}

/// The order of bytes in a TIFF structure.
#[derive(Clone, Copy, Debug)]
enum Order {
    Little,
    Big,
}

impl Order {
    fn u16(self, bytes: [u8; 2]) -> u16 {
        match self {
            Self::Little => u16::from_le_bytes(bytes),
            Self::Big => u16::from_be_bytes(bytes),
        }
    }

    fn u32(self, bytes: [u8; 4]) -> u32 {
        match self {
            Self::Little => u32::from_le_bytes(bytes),
            Self::Big => u32::from_be_bytes(bytes),
        }
    }
}
