//! Zip files: written as pieces of which only heads are held in memory, read where they are asked for. No browser.
//!
//! Entries are stored as they are: videos and pictures are compressed already. From 4 GB on the file is ZIP64.

use std::cell::{Cell, RefCell};
use std::io::{self, Write};
use std::rc::Rc;

use rawzip::time::UtcDateTime;
use rawzip::{
    CompressionMethod, Crc32, Error, ErrorKind, RECOMMENDED_BUFFER_SIZE, ReaderAt, ZipArchive,
    ZipArchiveEntryWayfinder, ZipArchiveWriter, ZipDataWriter, ZipEntryWriter, ZipLocator,
};

/// Most entries of a file that is read: as many as the largest library has, several times over.
pub const ENTRIES_MAX: usize = 200_000;
/// Most bytes of an entry's name.
const NAME_MAX_BYTES: usize = 512;
/// Most bytes of a file's list of entries.
const LIST_MAX_BYTES: u64 = 64 * 1024 * 1024;
/// How many bytes are read at once where it is not known how many are needed: the head of an entry, most likely.
const READ_BYTES: u64 = 2 * 1024;
/// How far from its end the end of a file's list is looked for: as far as a comment may reach.
const TAIL_BYTES: u64 = 70 * 1024;

/// A piece of a zip file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The bytes of the entry of that number, from 0.
    Body(usize),
}

/// What is wrong with a zip file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// What is needed was not read yet: see [`Seen::wanted`].
    Unread,
    /// It is no zip file, or not whole.
    NoZip,
    /// It claims more than it can hold, or more than is read.
    TooLarge,
    /// It could not be written.
    Unwritten,
}

impl From<Error> for Flaw {
    fn from(error: Error) -> Self {
        match error.kind() {
            ErrorKind::IO(error) if error.kind() == io::ErrorKind::WouldBlock => Self::Unread,
            _ => Self::NoZip,
        }
    }
}

#[derive(Debug, Default)]
struct Pieces {
    all: RefCell<Vec<Piece>>,
    bodies: Cell<usize>,
    is_in_body: Cell<bool>,
}

/// Keeps what is written, but for bodies: those are there already.
#[derive(Debug)]
struct Sink(Rc<Pieces>);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if !self.0.is_in_body.get() {
            let mut all = self.0.all.borrow_mut();
            if let Some(Piece::Bytes(last)) = all.last_mut() {
                last.extend_from_slice(bytes);
            } else {
                all.push(Piece::Bytes(bytes.to_vec()));
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A zip file that is being written.
#[derive(Debug)]
pub struct Writer {
    zip: ZipArchiveWriter<Sink>,
    pieces: Rc<Pieces>,
}

impl Default for Writer {
    fn default() -> Self {
        let pieces = Rc::<Pieces>::default();
        Self {
            zip: ZipArchiveWriter::new(Sink(Rc::clone(&pieces))),
            pieces,
        }
    }
}

impl Writer {
    /// Begins an entry; `changed_ms` is when its file was last changed, Unix milliseconds.
    ///
    /// # Errors
    /// [`Flaw::Unwritten`] for a name that none can have; so for all below.
    pub fn begin(&mut self, name: &str, changed_ms: Option<u64>) -> Result<Body<'_>, Flaw> {
        let mut file = self
            .zip
            .new_file(name)
            .compression_method(CompressionMethod::STORE);
        if let Some(ms) = changed_ms {
            file = file.last_modified(UtcDateTime::from_unix(
                i64::try_from(ms / 1000).unwrap_or_default(),
            ));
        }
        let (entry, config) = file.start().map_err(|_| Flaw::Unwritten)?;
        let pieces = &self.pieces;
        let number = pieces.bodies.replace(pieces.bodies.get() + 1);
        pieces.all.borrow_mut().push(Piece::Body(number));
        pieces.is_in_body.set(true);
        Ok(Body {
            data: config.wrap(entry),
            pieces: Rc::clone(pieces),
        })
    }

    /// All of it, in order.
    ///
    /// # Errors
    /// [`Flaw::Unwritten`].
    pub fn finish(self) -> Result<Vec<Piece>, Flaw> {
        self.zip.finish().map_err(|_| Flaw::Unwritten)?;
        Ok(self.pieces.all.take())
    }
}

/// An entry that is being written: every byte of it must be seen once.
#[derive(Debug)]
pub struct Body<'a> {
    data: ZipDataWriter<ZipEntryWriter<'a, Sink>>,
    pieces: Rc<Pieces>,
}

impl Body<'_> {
    /// The bytes that follow.
    ///
    /// # Errors
    /// [`Flaw::Unwritten`].
    pub fn see(&mut self, bytes: &[u8]) -> Result<(), Flaw> {
        self.data.write_all(bytes).map_err(|_| Flaw::Unwritten)
    }

    /// Ends the entry.
    ///
    /// # Errors
    /// [`Flaw::Unwritten`].
    pub fn end(self) -> Result<(), Flaw> {
        self.pieces.is_in_body.set(false);
        let (entry, sums) = self.data.finish().map_err(|_| Flaw::Unwritten)?;
        entry.finish(sums).map(drop).map_err(|_| Flaw::Unwritten)
    }
}

/// A file, as far as it was read: what is asked for beyond that is read next.
#[derive(Debug)]
pub struct Seen {
    length: u64,
    parts: RefCell<Vec<(u64, Vec<u8>)>>,
    wanted: Cell<Option<(u64, u64)>>,
}

impl Seen {
    /// A file of that many bytes, none of them read.
    pub fn new(length: u64) -> Self {
        Self {
            length,
            parts: RefCell::default(),
            wanted: Cell::default(),
        }
    }

    /// What must be read before it goes on: from, to.
    pub fn wanted(&self) -> Option<(u64, u64)> {
        self.wanted.take()
    }

    /// What was read.
    pub fn put(&self, at: u64, bytes: Vec<u8>) {
        self.parts.borrow_mut().push((at, bytes));
    }

    /// How many parts were read.
    pub fn parts(&self) -> usize {
        self.parts.borrow().len()
    }

    /// Forgets all parts but the first.
    pub fn forget(&self, first: usize) {
        self.parts.borrow_mut().truncate(first);
    }

    fn has(&self, at: u64, end: u64) -> bool {
        let parts = self.parts.borrow();
        let holds = |(start, bytes): &(u64, Vec<u8>)| *start <= at && start + bytes.len() as u64 >= end;
        at >= end || parts.iter().any(holds)
    }

    fn want(&self, at: u64, end: u64) -> Result<(), Flaw> {
        if self.has(at, end) {
            return Ok(());
        }
        self.wanted.set(Some((at, end)));
        Err(Flaw::Unread)
    }
}

impl ReaderAt for Seen {
    fn read_at(&self, into: &mut [u8], at: u64) -> io::Result<usize> {
        if at >= self.length || into.is_empty() {
            return Ok(0);
        }
        let parts = self.parts.borrow();
        for (start, bytes) in parts.iter() {
            let from = at.checked_sub(*start).and_then(|from| usize::try_from(from).ok());
            if let Some(there) = from
                .and_then(|from| bytes.get(from..))
                .filter(|there| !there.is_empty())
            {
                let count = there.len().min(into.len());
                into[..count].copy_from_slice(&there[..count]);
                return Ok(count);
            }
        }
        self.wanted.set(Some((at, (at + READ_BYTES).min(self.length))));
        Err(io::ErrorKind::WouldBlock.into())
    }
}

/// An entry of a zip file, as its list says.
#[derive(Clone, Debug)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its checksum.
    pub crc: u32,
    /// Whether it is stored as it is, which is all that is read.
    pub is_plain: bool,
    way: ZipArchiveEntryWayfinder,
}

fn open(seen: &Seen) -> Result<ZipArchive<&Seen>, Flaw> {
    seen.want(seen.length.saturating_sub(TAIL_BYTES), seen.length)?;
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    ZipLocator::new()
        .max_search_space(TAIL_BYTES)
        .locate_in_reader(seen, &mut buffer, seen.length)
        .map_err(|(_, error)| error.into())
}

/// Every entry of a zip file.
///
/// # Errors
/// [`Flaw`]; after [`Flaw::Unread`] what is wanted is to be read, and this called again.
pub fn list(seen: &Seen) -> Result<Vec<Found>, Flaw> {
    let zip = open(seen)?;
    let (start, end) = (zip.directory_offset(), zip.eocd_offset());
    if end.saturating_sub(start) > LIST_MAX_BYTES || zip.entries_hint() > ENTRIES_MAX as u64 {
        return Err(Flaw::TooLarge);
    }
    seen.want(start, end.min(seen.length))?;
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let mut entries = zip.entries(&mut buffer);
    let (mut found, mut sum) = (Vec::new(), 0_u64);
    while let Some(entry) = entries.next_entry()? {
        let size = entry.uncompressed_size_hint();
        sum = sum.saturating_add(size);
        // As it is all stored, more than the file itself holds is a lie.
        if found.len() >= ENTRIES_MAX || (sum > seen.length && is_stored(&entry)) {
            return Err(Flaw::TooLarge);
        }
        let path = entry.file_path();
        let name = path.as_bytes();
        if name.len() > NAME_MAX_BYTES {
            return Err(Flaw::TooLarge);
        }
        found.push(Found {
            name: String::from_utf8_lossy(name).into_owned(),
            size,
            crc: entry.crc32(),
            is_plain: is_stored(&entry),
            way: entry.wayfinder(),
        });
    }
    Ok(found)
}

fn is_stored(entry: &rawzip::ZipFileHeaderRecord<'_>) -> bool {
    entry.compression_method() == CompressionMethod::STORE
        && !entry.flags().is_encrypted()
        && !entry.is_dir()
        && entry.compressed_size_hint() == entry.uncompressed_size_hint()
}

/// Where the bytes of an entry are: from, to.
///
/// # Errors
/// [`Flaw`], as for [`list`].
pub fn place(seen: &Seen, entry: &Found) -> Result<(u64, u64), Flaw> {
    let zip = open(seen)?;
    let local = zip.get_entry(entry.way)?;
    let mut buffer = vec![0; RECOMMENDED_BUFFER_SIZE];
    let is_same = local.local_header(&mut buffer)?.file_path().as_bytes() == entry.name.as_bytes();
    let (start, end) = local.compressed_data_range();
    let fits = is_same && end <= zip.directory_offset() && end.checked_sub(start) == Some(entry.size);
    if fits { Ok((start, end)) } else { Err(Flaw::NoZip) }
}

/// A checksum over bytes that come piece by piece.
#[derive(Debug, Default)]
pub struct Sum(Crc32);

impl Sum {
    /// The bytes that follow.
    pub fn see(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Whether that was all of an entry, unchanged.
    pub fn is_of(&self, entry: &Found) -> bool {
        self.0.checksum() == entry.crc
    }
}
