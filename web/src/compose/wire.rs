//! What will be sent, as it is sent: laid out by lines, with only the images' bytes left out of sight.

/// From how many bytes on an inline image is shortened.
const INLINE_BYTES: usize = 200;
/// The fields whose values are images.
const IMAGE_FIELDS: [&str; 2] = ["\"image\"", "\"end_image\""];

/// A token of a body, as it stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A mark: one of `{}[],:`.
    Mark(char),
    /// A string with its quotes that names a field.
    Name(&'a str),
    /// A string with its quotes, or a number or a word.
    Value(&'a str),
    /// An inline image.
    Image(Inline<'a>),
}

/// An inline image of a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Inline<'a> {
    /// Whether it is the end image.
    pub is_end: bool,
    /// What stands before its bytes: `data:image/png;base64,` or nothing.
    pub head: &'a str,
    /// Its bytes in base64.
    pub base64: &'a str,
}

impl Inline<'_> {
    /// Its size in bytes.
    pub fn bytes(&self) -> u64 {
        self.base64.len() as u64 / 4 * 3
    }
}

/// The tokens of a body. Bodies have no white space between them.
pub fn tokens(body: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut field = "";
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        let (token, after) = rest.split_at(token_length(rest));
        rest = after;
        tokens.push(match first {
            '{' | '}' | '[' | ']' | ',' | ':' => Token::Mark(first),
            '"' if rest.starts_with(':') => {
                field = token;
                Token::Name(token)
            }
            _ => image(field, token).map_or(Token::Value(token), Token::Image),
        });
    }
    tokens
}

fn image<'a>(field: &str, token: &'a str) -> Option<Inline<'a>> {
    let inside = token.strip_prefix('"')?.strip_suffix('"')?;
    if !IMAGE_FIELDS.contains(&field) || inside.len() < INLINE_BYTES || inside.starts_with("http") {
        return None;
    }
    let head = if inside.starts_with("data:") {
        inside.find(',').map_or(0, |comma| comma + 1)
    } else {
        0
    };
    let (head, base64) = inside.split_at(head);
    Some(Inline {
        is_end: field == IMAGE_FIELDS[1],
        head,
        base64,
    })
}

/// Bytes of the token at the beginning: a string, one mark, or a run of anything else.
fn token_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'"') => {
            let mut index = 1;
            while index < bytes.len() {
                match bytes[index] {
                    b'\\' => index += 2,
                    b'"' => return index + 1,
                    _ => index += 1,
                }
            }
            bytes.len()
        }
        Some(b'{' | b'}' | b'[' | b']' | b',' | b':') => 1,
        _ => text
            .find(['"', '{', '}', '[', ']', ',', ':'])
            .filter(|end| *end > 0)
            .unwrap_or(text.len()),
    }
}

/// One line of what is shown: tokens one after the other are the body, so nothing is added to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// How far it stands in.
    pub depth: usize,
    /// What is in it.
    pub tokens: Vec<Token<'a>>,
}

/// A body by lines: one field each.
pub fn lines(body: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    let mut line = Line {
        depth: 0,
        tokens: Vec::new(),
    };
    for token in tokens(body) {
        let closes = matches!(token, Token::Mark('}' | ']'));
        let is_empty_list = matches!(line.tokens.last(), Some(Token::Mark('{' | '[')));
        let ended = matches!(line.tokens.last(), Some(Token::Mark('{' | '[' | ','))) || closes;
        if ended && !(closes && is_empty_list) && !line.tokens.is_empty() {
            let deeper = usize::from(is_empty_list);
            let depth = (line.depth + deeper).saturating_sub(usize::from(closes));
            lines.push(std::mem::replace(
                &mut line,
                Line {
                    depth,
                    tokens: Vec::new(),
                },
            ));
        }
        line.tokens.push(token);
    }
    lines.push(line);
    lines
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;
    use rushes_core::{Draft, Endpoint, check, request::DraftShot};

    use super::*;

    /// What a line says, with nothing left out.
    fn text(line: &Line<'_>) -> String {
        let part = |token: &Token<'_>| match token {
            Token::Mark(mark) => mark.to_string(),
            Token::Name(text) | Token::Value(text) => (*text).to_owned(),
            Token::Image(image) => format!("\"{}{}\"", image.head, image.base64),
        };
        line.tokens.iter().map(part).collect()
    }

    #[test]
    fn a_body_is_laid_out_one_field_a_line() {
        let body = r#"{"prompt":"a \"b\" {c}, d","duration":5,"multi_prompt":[{"prompt":"x","duration":3},{"prompt":"y"}],"none":[]}"#;
        let shown: Vec<String> = lines(body)
            .iter()
            .map(|line| "  ".repeat(line.depth) + &text(line))
            .collect();
        assert_eq!(
            shown,
            [
                "{",
                r#"  "prompt":"a \"b\" {c}, d","#,
                r#"  "duration":5,"#,
                r#"  "multi_prompt":["#,
                "    {",
                r#"      "prompt":"x","#,
                r#"      "duration":3"#,
                "    },",
                "    {",
                r#"      "prompt":"y""#,
                "    }",
                "  ],",
                r#"  "none":[]"#,
                "}",
            ]
        );
    }

    #[test]
    fn only_images_are_shortened() {
        let base64 = "A".repeat(1_000);
        let uri = format!("data:image/png;base64,{base64}");
        let body = format!(
            r#"{{"image":"{uri}","prompt":"{uri}","end_image":"{base64}","image":"https://example.com/{base64}"}}"#
        );
        let images: Vec<Inline<'_>> = tokens(&body)
            .into_iter()
            .filter_map(|token| match token {
                Token::Image(image) => Some(image),
                _ => None,
            })
            .collect();
        let [start, end] = images.as_slice() else {
            panic!("two images: {images:?}");
        };
        assert_eq!(
            (start.is_end, start.head, start.bytes()),
            (false, "data:image/png;base64,", 750)
        );
        assert_eq!((end.is_end, end.head, end.base64), (true, "", base64.as_str()));
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_is_sent(
            prompt in "(\\PC|[\"\\\\{}\\[\\],:\n\u{0}]){0,200}",
            shots in proptest::collection::vec(("(\\PC|[\"\\\\{}:,]){1,40}", 3_u8..=5), 1..3),
            image in any::<bool>(),
        ) {
            let endpoint = if image { Endpoint::ImageToVideo } else { Endpoint::TextToVideo };
            let mut draft = Draft { prompt: Some(format!("x{prompt}")), ..Draft::new(endpoint) };
            if image {
                draft.image = Some("https://example.com/a.png".into());
                draft.multi_prompt = Some(shots.into_iter().map(|(prompt, duration)| DraftShot {
                    prompt: format!("x{prompt}"), duration: Some(duration.into()),
                }).collect());
            }
            let body = check(endpoint, draft.into()).expect("valid").request.body();
            let shown: String = lines(&body).iter().map(text).collect();
            prop_assert_eq!(shown, body);
        }

        #[test]
        fn no_text_makes_it_stumble(text in "(\\PC|[\"\\\\{}:,]){0,100}") {
            lines(&text);
        }
    }
}
