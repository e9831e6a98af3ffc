use super::font::is_mark;

/// What stands where words were cut off.
const ELLIPSIS: char = '…';

/// Breaks a text into at most `most` lines that each fit `width`, by a measure of letters; what does not fit is cut
/// off, visibly.
///
/// White space of every kind counts as one space; letters that show nothing by themselves (controls, joiners,
/// direction marks) are left out.
pub(crate) fn wrap(text: &str, width: f32, most: usize, measure: impl Fn(char) -> f32) -> Vec<String> {
    let pieces = pieces(text);
    let mut lines: Vec<String> = vec![String::new()];
    let mut used = 0.0;
    for piece in pieces {
        let space = if piece.after_space && used > 0.0 {
            measure(' ')
        } else {
            0.0
        };
        let length: f32 = piece.text.chars().map(&measure).sum();
        if used > 0.0 && used + space + length > width {
            if lines.len() == most {
                cut(&mut lines, width, &measure);
                return lines;
            }
            lines.push(String::new());
            used = 0.0;
        } else if space > 0.0 {
            push(&mut lines, ' ');
            used += space;
        }
        for letter in piece.text.chars() {
            let advance = measure(letter);
            if used > 0.0 && used + advance > width {
                if lines.len() == most {
                    cut(&mut lines, width, &measure);
                    return lines;
                }
                lines.push(String::new());
                used = 0.0;
            }
            push(&mut lines, letter);
            used += advance;
        }
    }
    lines
}

fn push(lines: &mut [String], letter: char) {
    if let Some(line) = lines.last_mut() {
        line.push(letter);
    }
}

/// Makes room for an ellipsis at the end of the last line.
fn cut(lines: &mut [String], width: f32, measure: impl Fn(char) -> f32) {
    let Some(line) = lines.last_mut() else { return };
    let mut used: f32 = line.chars().map(&measure).sum();
    let needed = measure(ELLIPSIS);
    while used + needed > width || line.ends_with([' ', ',', '.', ';', ':', '，', '。', '、']) {
        let Some(letter) = line.pop() else { break };
        used -= measure(letter);
    }
    line.push(ELLIPSIS);
}

/// What is never broken apart by choice: a word, or one Han character with the punctuation that clings to it.
struct Piece {
    text: String,
    after_space: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut after_space = false;
    let mut may_join = false;
    for letter in text.chars() {
        if letter.is_whitespace() {
            after_space = true;
            may_join = false;
            continue;
        }
        if is_invisible(letter) {
            continue;
        }
        let clings = is_mark(letter) || closes(letter);
        let joins = !after_space && (clings || (may_join && !is_wide(letter)));
        match pieces.last_mut() {
            Some(piece) if joins => piece.text.push(letter),
            _ => pieces.push(Piece {
                text: letter.into(),
                after_space,
            }),
        }
        after_space = false;
        may_join = !is_wide(letter) || opens(letter);
    }
    pieces
}

/// Controls and format characters: joiners, direction marks, variation selectors, tags.
fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(letter,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}'
            | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// Characters that are set without spaces, so that a line may end after each.
fn is_wide(letter: char) -> bool {
    matches!(letter, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}'
        | '\u{ff00}'..='\u{ffef}' | '\u{20000}'..='\u{3ffff}')
}

/// Wide punctuation that must not start a line.
fn closes(letter: char) -> bool {
    "，。、；：？！）》」』】〉”’…—".contains(letter)
}

/// Wide punctuation that must not end a line.
fn opens(letter: char) -> bool {
    "（《「『【〈".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_where_they_should() {
        for (text, lines) in [
            ("", vec![""]),
            ("   \n\t ", vec![""]),
            ("one two", vec!["one two"]),
            ("one  two\nthree four", vec!["one two", "three four"]),
            ("incomprehensibilities", vec!["incomprehe", "nsibilitie", "s"]),
            ("a \u{200b}b\u{202e}c\u{7}", vec!["a bc"]),
            (
                "一只狐狸跳过长满青苔的木头",
                vec!["一只狐狸跳过长满青苔", "的木头"],
            ),
            (
                "一只狐狸跳过长满青苔。的木头",
                vec!["一只狐狸跳过长满青", "苔。的木头"],
            ),
            (
                "aaaa bbbb cccc dddd eeee ffff gggg",
                vec!["aaaa bbbb", "cccc dddd", "eeee ffff…"],
            ),
            (
                "aaaa bbbb cccc dddd eeee fffff gggg",
                vec!["aaaa bbbb", "cccc dddd", "eeee ffff…"],
            ),
            (
                "aaaa bbbb cccc dddd eeee, ffffffff",
                vec!["aaaa bbbb", "cccc dddd", "eeee…"],
            ),
        ] {
            assert_eq!(wrap(text, 10.0, 3, |_| 1.0), lines, "{text:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn every_line_fits(text in "\\PC{0,200}|.{0,200}", width in 3_u8..40, most in 1_usize..4) {
            let measure = |letter: char| if is_mark(letter) { 0.0 } else { 1.0 };
            let lines = wrap(&text, f32::from(width), most, measure);
            proptest::prop_assert!(!lines.is_empty() && lines.len() <= most);
            for line in &lines {
                let length: f32 = line.chars().map(measure).sum();
                proptest::prop_assert!(length <= f32::from(width), "{line:?}");
                proptest::prop_assert!(!line.chars().any(is_invisible));
            }
        }
    }
}
