//! The request as code that sends it: curl, JavaScript, Python, Rust. Whatever is in a prompt, it stays a prompt; a key
//! is only ever read from the environment; an inline image is read from a file where it would be too long to paste.

use rushes_client::BaseUrl;
use rushes_core::Endpoint;

use super::wire::{Inline, Token, tokens};

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// A POSIX shell with curl.
    Curl,
    /// Node with the package `rushes`.
    JavaScript,
    /// Python with its standard library.
    Python,
    /// Rust with `reqwest`.
    Rust,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Curl, Self::JavaScript, Self::Python, Self::Rust];

    /// Its name, the same in every language of the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Curl => "curl",
            Self::JavaScript => "JavaScript",
            Self::Python => "Python",
            Self::Rust => "Rust",
        }
    }
}

/// Names of the files that inline images are read from.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The start image.
    pub start: &'a str,
    /// The end image.
    pub end: &'a str,
}

impl<'a> Files<'a> {
    fn of(&self, image: &Inline<'_>) -> &'a str {
        if image.is_end { self.end } else { self.start }
    }
}

/// The code that sends that body.
pub fn code(language: Language, endpoint: Endpoint, body: &str, files: Files<'_>) -> String {
    let url = [BaseUrl::PROVIDER, endpoint.path()].concat();
    match language {
        Language::Curl => curl(&url, body, files),
        Language::JavaScript => javascript(endpoint, body, files),
        Language::Python => python(&url, body, files),
        Language::Rust => rust(&url, body, files),
    }
}

/// A body in parts: JSON text, and images that stand in the middle of a string.
enum Part<'a> {
    Json(String),
    Image(Inline<'a>),
}

fn parts(body: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut json = String::new();
    for token in tokens(body) {
        match token {
            Token::Mark(mark) => json.push(mark),
            Token::Name(text) | Token::Value(text) => json.push_str(text),
            Token::Image(image) => {
                json.push('"');
                json.push_str(image.head);
                parts.push(Part::Json(std::mem::take(&mut json)));
                parts.push(Part::Image(image));
                json.push('"');
            }
        }
    }
    parts.push(Part::Json(json));
    parts
}

fn curl(url: &str, body: &str, files: Files<'_>) -> String {
    let head = [
        "curl ",
        &shell(url),
        " \\\n  --header \"Authorization: Bearer $NOVITA_API_KEY\" \\\n  --header 'Content-Type: application/json' \\\n  ",
    ]
    .concat();
    let parts = parts(body);
    if let [Part::Json(json)] = parts.as_slice() {
        return [&head, "--data-raw ", &shell(json), "\n"].concat();
    }
    // An image is longer than a command line may be.
    let mut text = String::from("{\n");
    for part in &parts {
        match part {
            Part::Json(json) => text.extend(["  printf %s ", &shell(json), "\n"]),
            Part::Image(image) => {
                text.extend(["  base64 < ", &shell(files.of(image)), " | tr -d '\\n'\n"]);
            }
        }
    }
    text.extend(["} | ", &head, "--data-binary @-\n"]);
    text
}

/// Text as one word of a POSIX shell.
fn shell(text: &str) -> String {
    ["'", &text.replace('\'', r"'\''"), "'"].concat()
}

/// A body as the literal of another language.
struct Literal {
    /// Whether names of fields stand without quotes.
    has_bare_names: bool,
    /// How the three words are written.
    word: fn(&str) -> &str,
    /// An image that is read from a file of that name, itself a literal.
    image: fn(&Inline<'_>, &str) -> String,
}

impl Literal {
    fn write(&self, body: &str, files: Files<'_>) -> String {
        let mut text = String::new();
        let mut depth = 0_usize;
        for token in tokens(body) {
            match token {
                Token::Mark(mark @ ('{' | '[')) => {
                    depth += 1;
                    text.push(mark);
                    new_line(&mut text, depth);
                }
                Token::Mark(mark @ ('}' | ']')) => {
                    depth = depth.saturating_sub(1);
                    text.push(',');
                    new_line(&mut text, depth);
                    text.push(mark);
                }
                Token::Mark(',') => {
                    text.push(',');
                    new_line(&mut text, depth);
                }
                Token::Mark(_) => text.push_str(": "),
                Token::Name(name) if self.has_bare_names => text.push_str(name.trim_matches('"')),
                Token::Name(name) => text.push_str(name),
                Token::Value(value) if value.starts_with('"') => text.push_str(&visible(value)),
                Token::Value(value) => text.push_str((self.word)(value)),
                Token::Image(image) => text.push_str(&(self.image)(&image, &quoted(files.of(&image)))),
            }
        }
        text
    }
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    for _ in 0..depth {
        text.push_str("  ");
    }
}

/// A JSON string, which is one of JavaScript and of Python too, with what would hide or turn round the code about it
/// written as escapes.
fn visible(token: &str) -> String {
    let mut text = String::with_capacity(token.len());
    for character in token.chars() {
        if is_deceptive(character) {
            text.push_str("\\u");
            push_hex(&mut text, character);
        } else {
            text.push(character);
        }
    }
    text
}

/// Characters that are not seen, or that change how what follows is seen; compilers refuse some of them.
fn is_deceptive(character: char) -> bool {
    matches!(character, '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Four digits of hexadecimal; only for characters of the first plane.
fn push_hex(text: &mut String, character: char) {
    for shift in [12, 8, 4, 0] {
        let digit = u32::from(character) >> shift & 15;
        text.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
}

/// Text as a JSON string.
fn quoted(text: &str) -> String {
    let mut json = rushes_core::json::Json::default();
    json.text(text);
    visible(&json.into_text())
}

fn javascript(endpoint: Endpoint, body: &str, files: Files<'_>) -> String {
    let literal = Literal {
        has_bare_names: true,
        word: |word| word,
        image: |_, file| ["await readFile(", file, ")"].concat(),
    };
    let object = literal.write(body, files);
    let reads = if object.contains("await readFile(") {
        "import { readFile } from \"node:fs/promises\";\n"
    } else {
        ""
    };
    let kind = match endpoint {
        Endpoint::TextToVideo => "textToVideo",
        Endpoint::ImageToVideo => "imageToVideo",
    };
    [
        reads,
        "import { Rushes } from \"rushes\";\n\nconst rushes = new Rushes({ apiKey: process.env.NOVITA_API_KEY });\nconst task = await rushes.",
        kind,
        ".create(",
        &object,
        ");\nconsole.log(task.id);\nconst result = await task.result();\nconsole.log(result.videos[0].url);\n",
    ]
    .concat()
}

fn python(url: &str, body: &str, files: Files<'_>) -> String {
    let literal = Literal {
        has_bare_names: false,
        word: |word| match word {
            "true" => "True",
            "false" => "False",
            "null" => "None",
            number => number,
        },
        image: |image, file| {
            let encoded = ["base64.b64encode(open(", file, ", \"rb\").read()).decode()"].concat();
            if image.head.is_empty() {
                encoded
            } else {
                [&quoted(image.head), " + ", &encoded].concat()
            }
        },
    };
    [
        "import base64\nimport json\nimport os\nimport urllib.request\n\nbody = ",
        &literal.write(body, files),
        "\nrequest = urllib.request.Request(\n  ",
        &quoted(url),
        ",\n  data=json.dumps(body).encode(),\n  headers={\n    \"Authorization\": \"Bearer \" + os.environ[\"NOVITA_API_KEY\"],\n    \"Content-Type\": \"application/json\",\n  },\n)\nwith urllib.request.urlopen(request, timeout=60) as answer:\n  print(json.load(answer)[\"task_id\"])\n",
    ]
    .concat()
}

fn rust(url: &str, body: &str, files: Files<'_>) -> String {
    let parts = parts(body);
    let (uses, value) = if let [Part::Json(json)] = parts.as_slice() {
        ("", rust_text(json))
    } else {
        let mut value = String::from("[\n");
        for part in &parts {
            let one = match part {
                Part::Json(json) => rust_text(json),
                Part::Image(image) => [
                    "&STANDARD.encode(std::fs::read(",
                    &rust_escaped(files.of(image)),
                    ")?)",
                ]
                .concat(),
            };
            value.extend(["        ", &one, ",\n"]);
        }
        value.push_str("    ]\n    .concat()");
        (
            "use base64::{Engine, engine::general_purpose::STANDARD};\n\n",
            value,
        )
    };
    [
        uses,
        "fn main() -> Result<(), Box<dyn std::error::Error>> {\n    let key = std::env::var(\"NOVITA_API_KEY\")?;\n    let body = ",
        &value,
        ";\n    let answer = reqwest::blocking::Client::new()\n        .post(",
        &rust_text(url),
        ")\n        .bearer_auth(key)\n        .header(\"Content-Type\", \"application/json\")\n        .body(body)\n        .send()?;\n    println!(\"{}\", answer.text()?);\n    Ok(())\n}\n",
    ]
    .concat()
}

/// Text as a literal of Rust: raw where that can be, so that it can be read.
fn rust_text(text: &str) -> String {
    if !text.contains(['"', '\\'])
        || text
            .chars()
            .any(|character| character.is_control() || is_deceptive(character))
    {
        return rust_escaped(text);
    }
    // One mark more than ever follows a quote.
    let mut most = 0;
    for after in text.split('"').skip(1) {
        most = most.max(after.len() - after.trim_start_matches('#').len());
    }
    let marks = "#".repeat(most + 1);
    ["r", &marks, "\"", text, "\"", &marks].concat()
}

fn rust_escaped(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            _ if character.is_control() || is_deceptive(character) => {
                literal.push_str("\\u{");
                push_hex(&mut literal, character);
                literal.push('}');
            }
            _ => literal.push(character),
        }
    }
    literal.push('"');
    literal
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests;
