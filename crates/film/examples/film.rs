//! Carries a text in a film, reads it again, or joins films: `film carry IN TEXT OUT`, `film read IN`,
//! `film join OUT IN IN…`.

use std::error::Error;

use rushes_film::{Film, Piece, Source, assemble, join};

fn write(path: &str, pieces: &[Piece], films: &[Vec<u8>]) -> Result<(), Box<dyn Error>> {
    let bytes: Vec<&[u8]> = films.iter().map(Vec::as_slice).collect();
    let sources: Vec<&dyn Source> = bytes.iter().map(|film| film as &dyn Source).collect();
    Ok(std::fs::write(path, assemble(pieces, &sources)?)?)
}

fn open(path: &str) -> Result<(Film, Vec<u8>), Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    Ok((Film::open(&bytes.as_slice())?, bytes))
}

#[expect(clippy::print_stdout, reason = "it is a program for a terminal")]
fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["carry", path, text, out] => {
            let (film, bytes) = open(path)?;
            write(out, &film.carrying(Some(text))?, &[bytes])
        }
        ["read", path] => {
            println!("{}", open(path)?.0.carried()?.unwrap_or_default());
            Ok(())
        }
        ["join", out, paths @ ..] => {
            let mut films = Vec::new();
            let mut whole = Vec::new();
            for path in paths {
                let (film, bytes) = open(path)?;
                films.push(film);
                whole.push(bytes);
            }
            match join(&films) {
                Ok(pieces) => write(out, &pieces, &whole),
                Err(why) => Err(format!("{why:?}").into()),
            }
        }
        _ => Err("film carry IN TEXT OUT | film read IN | film join OUT IN IN…".into()),
    }
}
