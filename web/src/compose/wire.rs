//! What will be sent, made readable: the exact body with only the images' bytes left out of sight.

use rushes_core::Endpoint;

use crate::text::{format, t};

/// How much of a long inline image is shown: enough to recognise its kind.
const SHOWN_CHARS: usize = 44;
/// Text longer than any prompt may be: an inline image. A prompt of 2500 characters is at most 30,000 bytes of JSON
/// (a pair of `\uXXXX` a character), but ours writes them as they are: 10,000 bytes.
const IMAGE_BYTES: usize = 10_050;

/// The body in readable form: one field a line, inline images shortened to their beginning and their size.
///
/// Only white space between tokens is added and only images are shortened, so what is read is what is sent.
pub fn readable(body: &str) -> String {
    let mut text = String::new();
    let mut depth = 0_usize;
    let mut rest = body;
    while let Some(first) = rest.chars().next() {
        let (token, after) = rest.split_at(token_length(rest));
        rest = after;
        match first {
            '"' => text.push_str(&shorten(token)),
            '{' | '[' if rest.starts_with(['}', ']']) => text.push(first),
            '{' | '[' => {
                depth += 1;
                text.push(first);
                new_line(&mut text, depth);
            }
            '}' | ']' => {
                if !text.ends_with(['{', '[']) {
                    depth = depth.saturating_sub(1);
                    new_line(&mut text, depth);
                }
                text.push(first);
            }
            ',' => {
                text.push(first);
                new_line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            _ if first.is_whitespace() => {}
            _ => text.push_str(token),
        }
    }
    text
}

fn new_line(text: &mut String, depth: usize) {
    text.push('\n');
    for _ in 0..depth {
        text.push_str("  ");
    }
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
            .find(['"', '{', '}', '[', ']', ',', ':', ' ', '\n', '\t'])
            .filter(|end| *end > 0)
            .unwrap_or_else(|| text.chars().next().map_or(0, char::len_utf8)),
    }
}

/// An inline image without most of its bytes; anything else as it is. `token` is a JSON string with its quotes.
fn shorten(token: &str) -> String {
    let is_data_uri = token.starts_with("\"data:");
    if (!is_data_uri || token.len() < 2 * SHOWN_CHARS) && token.len() < IMAGE_BYTES {
        return token.to_owned();
    }
    let shown: String = token.chars().take(SHOWN_CHARS).collect();
    let hidden = token.len().saturating_sub(shown.len() + 1);
    let more = (t().measures.more)(&format::bytes(hidden as u64));
    [&shown, "… ", &more, "\""].concat()
}

/// A command that sends it: the key stays a variable, and the body comes by standard input, since an image is longer
/// than a command line may be.
pub fn curl(origin: &str, endpoint: Endpoint, body: &str) -> String {
    let url = format!("{}{}", origin.trim_end_matches('/'), endpoint.path());
    // JSON has no line breaks inside strings, so one line of our own cannot be in it.
    format!(
        "curl {} \\\n  --header \"Authorization: Bearer $NOVITA_API_KEY\" \\\n  --header 'Content-Type: application/json' \\\n  --data-binary @- <<'JSON'\n{body}\nJSON\n",
        shell_quoted(&url)
    )
}

fn shell_quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_body_is_laid_out_one_field_a_line() {
        let body = r#"{"prompt":"a \"b\" {c}, d","duration":5,"sound":true,"multi_prompt":[{"prompt":"x","duration":3}],"none":[]}"#;
        let expected = "{\n  \"prompt\": \"a \\\"b\\\" {c}, d\",\n  \"duration\": 5,\n  \"sound\": true,\n  \"multi_prompt\": [\n    {\n      \"prompt\": \"x\",\n      \"duration\": 3\n    }\n  ],\n  \"none\": []\n}";
        assert_eq!(readable(body), expected);
    }

    #[test]
    fn an_inline_image_shows_its_kind_and_its_size() {
        let body = format!(r#"{{"image":"data:image/png;base64,{}"}}"#, "A".repeat(1_400_000));
        let text = readable(&body);
        assert!(
            text.contains("data:image/png;base64,AAAA") && text.contains("1.4 MB more"),
            "{text}"
        );
        assert!(text.len() < 200);
        let bare = format!(r#"{{"image":"{}"}}"#, "A".repeat(20_000));
        assert!(readable(&bare).contains("20 KB more"));
    }

    #[test]
    fn the_longest_prompt_is_shown_whole() {
        let prompt = "\u{1F98A}".repeat(2500);
        let body = format!(r#"{{"prompt":"{prompt}"}}"#);
        assert!(readable(&body).contains(&prompt));
    }

    #[test]
    fn curl_holds_no_key_and_quotes_the_address() {
        let text = curl("https://it's.example/", Endpoint::TextToVideo, "{}");
        assert!(
            text.starts_with(r"curl 'https://it'\''s.example/v3/async/kling-v3.0-std-t2v'"),
            "{text}"
        );
        assert!(text.contains("Bearer $NOVITA_API_KEY") && text.ends_with("<<'JSON'\n{}\nJSON\n"));
    }

    /// Takes away the white space between tokens.
    fn compact(text: &str) -> String {
        let mut compact = String::new();
        let mut in_string = false;
        let mut escaped = false;
        for character in text.chars() {
            if in_string {
                in_string = escaped || character != '"';
                escaped = !escaped && character == '\\';
                compact.push(character);
            } else if !character.is_whitespace() {
                in_string = character == '"';
                compact.push(character);
            }
        }
        compact
    }

    proptest! {
        #[test]
        fn what_is_read_is_what_is_sent(prompt in "(\\PC|[\"\\\\{}\\[\\],:\n]){0,200}", seconds in 3_u8..=15) {
            let draft = rushes_core::Draft {
                prompt: Some(format!("x{prompt}")),
                duration: Some(seconds.into()),
                ..rushes_core::Draft::new(Endpoint::TextToVideo)
            };
            let checked = rushes_core::check(draft.endpoint, draft.into()).expect("valid");
            let body = checked.request.body();
            prop_assert_eq!(compact(&readable(&body)), body);
        }

        #[test]
        fn no_text_makes_it_stumble(text in "\\PC{0,100}") {
            readable(&text);
        }
    }
}
