use std::fmt;

use ring::digest::{SHA256, digest};

/// The access tokens of this server, kept as digests: neither printed nor stored as they came.
#[derive(Clone, Default)]
pub struct Tokens(Vec<[u8; 32]>);

impl Tokens {
    /// Adds every token of a text: they are separated by white space or commas; lines that start with `#` are
    /// comments.
    pub fn add_from(&mut self, text: &str) {
        let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
        let words = lines.flat_map(|line| line.split(|c: char| c.is_whitespace() || c == ','));
        self.0.extend(words.filter(|word| !word.is_empty()).map(hash));
    }

    /// Whether there are none: then nobody is asked for one.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether that token is one of them. Digests are compared, all of them, so the time taken tells nothing.
    pub fn accept(&self, token: &str) -> bool {
        let given = hash(token);
        let differences = self
            .0
            .iter()
            .map(|known| known.iter().zip(given).fold(0, |bits, (a, b)| bits | (a ^ b)));
        differences.filter(|difference| *difference == 0).count() > 0
    }
}

impl fmt::Debug for Tokens {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Tokens({})", self.0.len())
    }
}

fn hash(token: &str) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest(&SHA256, token.as_bytes()).as_ref());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_from_lines_words_and_commas() {
        let mut tokens = Tokens::default();
        tokens.add_from("# for the team\nalpha, beta\n\n  gamma\n");
        for (token, known) in [
            ("alpha", true),
            ("beta", true),
            ("gamma", true),
            ("", false),
            ("#", false),
            ("alph", false),
        ] {
            assert_eq!(tokens.accept(token), known, "{token:?}");
        }
        assert_eq!(format!("{tokens:?}"), "Tokens(3)");
    }
}
