//! The code is run: by a real shell, Node, Python and Rust, with what would send replaced by what tells.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use proptest::prelude::*;
use rushes_core::{Draft, check};

use super::*;

/// What breaks quoting somewhere.
const HOSTILE: &str = "it's \"quoted\" `touch owned` $(touch owned) ${HOME} %s \\n \\ \\\\ \\u0041 {x} #\" \"## '''x''' \
    \"\"\"y\"\"\" r#\"raw\"# */ // -- ; & | < > ! \t\r\n\u{0}\u{1}\u{7f}\u{85} é 狐 \u{1F98A} \u{2028}\u{2029}\u{feff} \
    </script> @file JSON\nJSON\n$NOVITA_API_KEY";
/// Characters that turn the code about them round.
const TURNED: &str = "a \u{202e} b \u{2066} c";
/// The name of a file that breaks quoting somewhere.
const FILE: &str = "it's \"my\" $(touch owned) -狐.png";

fn body(prompt: &str, image: Option<&[u8]>) -> (Endpoint, String) {
    let endpoint = if image.is_some() {
        Endpoint::ImageToVideo
    } else {
        Endpoint::TextToVideo
    };
    let mut draft = Draft {
        prompt: Some(prompt.to_owned()),
        negative_prompt: Some(prompt.chars().rev().collect()),
        sound: Some(true),
        cfg_scale: Some(0.3),
        ..Draft::new(endpoint)
    };
    draft.image = image.map(|bytes| bytes.to_vec().into());
    let checked = check(endpoint, draft.into()).expect("valid");
    (endpoint, checked.request.body())
}

/// A PNG of 400 × 300, which compression makes short.
fn png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x90\0\0\x01\x2c\x08\x02\0\0\0".to_vec();
    let crc = crc32(&bytes[12..]);
    bytes.extend(crc.to_be_bytes());
    let data = [0x42_u8; 300];
    bytes.extend(300_u32.to_be_bytes());
    let start = bytes.len();
    bytes.extend(b"IDAT");
    bytes.extend(data);
    let crc = crc32(&bytes[start..]);
    bytes.extend(crc.to_be_bytes());
    bytes.extend(b"\0\0\0\0IEND\xaeB`\x82");
    bytes
}

fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = crc >> 1 ^ (0xedb8_8320 & 0_u32.wrapping_sub(crc & 1));
        }
    }
    !crc
}

/// A folder of its own for one test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rushes-code-{name}-{}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    fn put(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(&path, bytes).expect("written");
        path
    }

    /// What the program printed; it must have gone well, and must not have run what is in the prompt.
    fn run(&self, program: impl AsRef<Path>, arguments: &[&str]) -> String {
        let output: Output = Command::new(program.as_ref())
            .args(arguments)
            .current_dir(&self.0)
            .env("NOVITA_API_KEY", "sk_from_the_environment")
            .output()
            .expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: {said}", program.as_ref().display());
        assert!(!self.0.join("owned").exists(), "a prompt was run");
        String::from_utf8(output.stdout).expect("text")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays in a folder for temporary files harms nobody.
        fs::remove_dir_all(&self.0).ok();
    }
}

/// Whether that program is on this computer; without it its test says nothing.
fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

const FILES: Files<'_> = Files {
    start: FILE,
    end: FILE,
};

/// Every body that the code must carry, by name.
fn cases() -> Vec<(&'static str, Endpoint, String)> {
    let image = png();
    [
        ("hostile", HOSTILE, None),
        ("turned", TURNED, None),
        ("image", HOSTILE, Some(&image)),
    ]
    .into_iter()
    .map(|(name, prompt, image)| {
        let (endpoint, body) = body(prompt, image.map(Vec::as_slice));
        (name, endpoint, body)
    })
    .collect()
}

/// A curl that prints its arguments, one a line, and then its body.
const FAKE_CURL: &str = r#"#!/bin/sh
while [ $# -gt 0 ]; do
  case "$1" in
    --header) printf '%s\n' "$2"; shift 2 ;;
    --data-raw) printf %s "$2"; shift 2 ;;
    --data-binary) cat; shift 2 ;;
    *) printf '%s\n' "$1"; shift ;;
  esac
done
"#;

#[test]
fn a_shell_sends_the_very_same_bytes() {
    let folder = Folder::new("sh");
    let image = png();
    folder.put(FILE, &image);
    let fake = folder.put("bin/curl", FAKE_CURL);
    Command::new("chmod")
        .arg("+x")
        .arg(&fake)
        .status()
        .expect("chmod");
    for (name, endpoint, body) in cases() {
        let script = code(Language::Curl, endpoint, &body, FILES);
        let script = format!("PATH=\"$PWD/bin:$PATH\"\n{script}");
        let path = folder.put("send.sh", script);
        let said = folder.run("sh", &[path.to_str().expect("a path")]);
        let head = format!(
            "https://api.novita.ai{}\nAuthorization: Bearer sk_from_the_environment\nContent-Type: application/json\n",
            endpoint.path()
        );
        assert_eq!(said, head + &body, "{name}");
    }
}

#[test]
fn node_makes_the_same_request() {
    if !has("node") {
        return;
    }
    let folder = Folder::new("node");
    folder.put(FILE, png());
    folder.put(
        "node_modules/rushes/package.json",
        r#"{"name":"rushes","type":"module","exports":"./index.js"}"#,
    );
    folder.put(
        "node_modules/rushes/index.js",
        "const create = (body) => {\n  if (body.image) body.image = `data:image/png;base64,${body.image.toString('base64')}`;\n  \
         console.log(JSON.stringify(body));\n  process.exit(0);\n};\nexport class Rushes {\n  constructor({ apiKey }) { \
         if (apiKey !== 'sk_from_the_environment') throw new Error(apiKey); }\n  textToVideo = { create };\n  imageToVideo = \
         { create };\n}\n",
    );
    for (name, endpoint, body) in cases() {
        let path = folder.put("send.mjs", code(Language::JavaScript, endpoint, &body, FILES));
        folder.run("node", &["--check", path.to_str().expect("a path")]);
        let said = folder.run("node", &[path.to_str().expect("a path")]);
        // `JSON.stringify` writes what our own encoder does.
        assert_eq!(said.trim_end_matches('\n'), body, "{name}");
    }
}

#[test]
fn python_sends_the_same_request() {
    if !has("python3") {
        return;
    }
    let folder = Folder::new("python");
    folder.put(FILE, png());
    folder.put(
        "run.py",
        "import json, sys, urllib.request\ndef fake(request, timeout):\n  assert request.headers['Authorization'] == 'Bearer \
         sk_from_the_environment'\n  print(request.full_url)\n  sys.stdout.buffer.write(json.dumps(json.loads(request.data), \
         ensure_ascii=False, separators=(',', ':')).replace('\\x7f', '\\x7f').encode())\n  sys.stdout.flush()\n  sys.exit(0)\n\
         urllib.request.urlopen = fake\nexec(compile(open('send.py', encoding='utf-8').read(), 'send.py', 'exec'))\n",
    );
    for (name, endpoint, body) in cases() {
        folder.put("send.py", code(Language::Python, endpoint, &body, FILES));
        let said = folder.run("python3", &["run.py"]);
        let url = format!("https://api.novita.ai{}\n", endpoint.path());
        assert_eq!(said, url + &body, "{name}");
    }
}

/// What stands in for the libraries of the code.
const FAKE_CRATES: &str = r#"
mod reqwest { pub mod blocking {
    pub struct Client(String);
    pub struct Answer(String);
    type Said<T> = Result<T, std::io::Error>;
    impl Client {
        pub fn new() -> Self { Client(String::new()) }
        pub fn post(self, url: &str) -> Self { Client(format!("{url}\n")) }
        pub fn bearer_auth(self, key: String) -> Self { assert_eq!(key, "sk_from_the_environment"); self }
        pub fn header(self, _: &str, _: &str) -> Self { self }
        pub fn body(self, body: impl Into<String>) -> Self { Client(self.0 + &body.into()) }
        pub fn send(self) -> Said<Answer> { Ok(Answer(self.0)) }
    }
    impl Answer { pub fn text(self) -> Said<String> { Ok(self.0) } }
} }
mod base64 {
    pub trait Engine { fn encode(&self, bytes: Vec<u8>) -> String; }
    pub mod engine { pub mod general_purpose {
        pub struct Standard;
        pub static STANDARD: Standard = Standard;
        impl super::super::Engine for Standard {
            fn encode(&self, bytes: Vec<u8>) -> String {
                let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
                bytes.chunks(3).map(|chunk| {
                    let bits = (0..3).fold(0_u32, |bits, index| bits << 8 | u32::from(*chunk.get(index).unwrap_or(&0)));
                    (0..4).map(|index| if index > chunk.len() { '=' } else {
                        char::from(digits[(bits >> (18 - 6 * index) & 63) as usize])
                    }).collect::<String>()
                }).collect()
            }
        }
    } }
}
"#;

#[test]
fn rust_sends_the_very_same_bytes() {
    if !has("rustc") {
        return;
    }
    let folder = Folder::new("rust");
    folder.put(FILE, png());
    for (name, endpoint, body) in cases() {
        folder.put(
            "send.rs",
            code(Language::Rust, endpoint, &body, FILES) + FAKE_CRATES,
        );
        folder.run("rustc", &["--edition", "2024", "-A", "dead_code", "send.rs"]);
        let said = folder.run(folder.0.join("send"), &[]);
        let url = format!("https://api.novita.ai{}\n", endpoint.path());
        assert_eq!(said, format!("{url}{body}\n"), "{name}");
    }
}

/// Takes a literal of Rust apart again, by the language's own rules.
fn unescaped(literal: &str) -> String {
    if let Some(raw) = literal.strip_prefix('r') {
        let marks = raw.len() - raw.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(marks));
        let inside = &raw[marks + 1..];
        let at = inside.find(&end).expect("an end");
        assert_eq!(at + end.len(), inside.len(), "it ends where it ends");
        return inside[..at].to_owned();
    }
    let inside = literal
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .expect("quotes");
    let mut text = String::new();
    let mut characters = inside.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('u') => {
                    let digits: String = characters
                        .by_ref()
                        .skip(1)
                        .take_while(|one| *one != '}')
                        .collect();
                    let code = u32::from_str_radix(&digits, 16).expect("digits");
                    text.push(char::from_u32(code).expect("a character"));
                }
                Some(other) => text.push(other),
                None => panic!("it ends in an escape"),
            },
            '"' => panic!("it ends before its end"),
            _ => text.push(character),
        }
    }
    text
}

/// Takes a word of a shell apart again.
fn unquoted(word: &str) -> String {
    let mut text = String::new();
    let mut is_quoted = false;
    let mut characters = word.chars();
    while let Some(character) = characters.next() {
        match (character, is_quoted) {
            ('\'', _) => is_quoted = !is_quoted,
            (_, true) => text.push(character),
            ('\\', false) => text.extend(characters.next()),
            (other, false) => panic!("{other} stands outside of quotes"),
        }
    }
    assert!(!is_quoted, "a quote stays open");
    text
}

proptest! {
    #[test]
    fn every_text_comes_back_from_its_literal(text in "(\\PC|[\"#'\\\\]|\\PC|[\u{0}-\u{9f}\u{202a}-\u{202e}]){0,40}") {
        prop_assert_eq!(unescaped(&rust_text(&text)), text.clone());
        prop_assert_eq!(unquoted(&shell(&text)), text.clone());
        let literal = quoted(&text);
        prop_assert!(!literal.chars().any(|one| one.is_control() || is_deceptive(one)));
    }

    #[test]
    fn no_key_is_ever_in_it(prompt in "\\PC{1,40}") {
        let (endpoint, body) = body(&format!("x{prompt}"), None);
        for language in [Language::Curl, Language::JavaScript, Language::Python, Language::Rust] {
            let text = code(language, endpoint, &body, FILES);
            prop_assert!(text.contains("NOVITA_API_KEY"));
        }
    }
}
