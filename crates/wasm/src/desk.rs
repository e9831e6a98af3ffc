use rushes_core::Input;

use crate::tape::{Lengths, Tape};

/// Where JavaScript and core lay down what they say to each other, in WebAssembly's memory.
///
/// JavaScript asks for room, writes there, and calls; the answer's length comes back, and it lies at
/// [`answer_at`](Self::answer_at) until the next call. An answer that begins with `!` is the message of an error.
#[derive(Debug, Default)]
pub struct Desk {
    inbox: Vec<u8>,
    answer: String,
    pub(crate) numbers: Vec<f64>,
}

impl Desk {
    /// An empty desk.
    pub const fn new() -> Self {
        Self {
            inbox: Vec::new(),
            answer: String::new(),
            numbers: Vec::new(),
        }
    }

    /// The address of the room to write in, which has at least so many bytes; what was written stays.
    pub fn room(&mut self, bytes: usize) -> usize {
        if self.inbox.len() < bytes {
            self.inbox.resize(bytes, 0);
        }
        self.inbox.as_ptr().expose_provenance()
    }

    /// The address of the last answer.
    pub fn answer_at(&self) -> usize {
        self.answer.as_ptr().expose_provenance()
    }

    /// The address of the numbers that belong to the last answer, where there are any.
    pub fn numbers_at(&self) -> usize {
        self.numbers.as_ptr().expose_provenance()
    }
}

impl Desk {
    /// Puts an answer down; its length in bytes.
    pub(crate) fn answer(&mut self, answer: String) -> usize {
        self.answer = answer;
        self.answer.len()
    }

    /// Puts an error down; its length in bytes.
    pub(crate) fn error(&mut self, message: &str) -> usize {
        self.answer(["!", message].concat())
    }

    /// What was written, up to there.
    pub(crate) fn bytes(&self, length: usize) -> &[u8] {
        self.inbox.get(..length).unwrap_or_default()
    }

    /// What was written as text; nothing where it is none.
    pub(crate) fn text(&self, length: usize) -> &str {
        std::str::from_utf8(self.bytes(length)).unwrap_or_default()
    }

    /// The value on the tape; `None` for a mistake of the caller's code.
    pub fn read(&self, lengths: Lengths) -> Option<Input> {
        Tape::new(&self.inbox, lengths)?.read()
    }

    /// What was answered last, as JavaScript would read it.
    pub fn answered(&self) -> &str {
        &self.answer
    }

    /// The numbers that belong to it.
    pub fn numbers(&self) -> &[f64] {
        &self.numbers
    }

    /// Writes as JavaScript would: texts, cells and files, one after the other.
    pub fn write(&mut self, text: &str, cells: &[f64], files: &[&[u8]]) -> Lengths {
        #[expect(clippy::cast_precision_loss, reason = "no file is so large")]
        let sizes = files.iter().map(|file| file.len() as f64);
        let numbers = cells.iter().copied().chain(sizes);
        let numbers: Vec<u8> = numbers.flat_map(f64::to_le_bytes).collect();
        self.write_bytes(&[text.as_bytes(), &numbers, &files.concat()].concat());
        Lengths {
            text: text.len(),
            cells: cells.len(),
            files: files.len(),
        }
    }

    /// Writes plain bytes as JavaScript would.
    pub fn write_bytes(&mut self, bytes: &[u8]) {
        self.room(bytes.len());
        self.inbox[..bytes.len()].copy_from_slice(bytes);
    }
}
