//! Understanding what cargo (and what speaks like it) says while it works.

/// What a line of cargo's output is good for.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Said {
    /// Where it is: shown in the progress line.
    Status(String),
    /// Of interest only when the command fails.
    Detail,
    /// A warning or an error: printed.
    Worth,
    /// An empty line.
    Nothing,
}

/// The words cargo starts a status line with.
const STATUS: [&str; 16] = [
    "Compiling",
    "Checking",
    "Documenting",
    "Downloading",
    "Downloaded",
    "Updating",
    "Locking",
    "Adding",
    "Finished",
    "Blocking",
    "Installing",
    "Installed",
    "Running",
    "Executable",
    "Generated",
    "Fresh",
];
/// The words of lines that tell nobody anything while things go well.
const DETAIL: [&str; 6] = ["INFO", "Replacing", "Replaced", "Building", "Removing", "Removed"];

/// Parts of the warnings that `cargo install` gives about other people's packages and about a PATH we do not use.
const ABOUT_TOOLS: [&str; 4] = [
    "is yanked in registry",
    "be sure to add `",
    "contain code that will be rejected by a future version of Rust",
    "use the option `--future-incompat-report`",
];

/// Reads one whole line.
pub(crate) fn read(line: &str) -> Said {
    let line = plain(line);
    let text = line.trim();
    let Some(word) = text.split_whitespace().next() else {
        return Said::Nothing;
    };
    if STATUS.contains(&word) && line.starts_with(' ') {
        return Said::Status(text.split(" (").next().unwrap_or(text).to_owned());
    }
    let time_stamped = text
        .split_whitespace()
        .nth(1)
        .is_some_and(|second| second == "INFO");
    if time_stamped || DETAIL.contains(&word) || text.starts_with("Executable ") {
        return Said::Detail;
    }
    if ABOUT_TOOLS.iter().any(|part| text.contains(part)) {
        return Said::Detail;
    }
    Said::Worth
}

/// Whether a status says which crate is being worked on.
pub(crate) fn is_crate(status: &str) -> bool {
    ["Compiling", "Checking", "Documenting"]
        .iter()
        .any(|word| status.starts_with(word))
}

/// Reads cargo's progress bar: `Building [===> ] 143/310: serde, syn` becomes `143/310 serde`.
pub(crate) fn progress(rewritten: &str) -> Option<String> {
    let line = plain(rewritten);
    let (_, after) = line.trim().split_once("] ")?;
    let (count, names) = after.split_once(':').unwrap_or((after, ""));
    let (at, total) = count.split_once('/')?;
    let (at, total): (u32, u32) = (at.trim().parse().ok()?, total.trim().parse().ok()?);
    let first = names.split([',', '(']).next().unwrap_or_default().trim();
    Some(format!("compiling {at}/{total} {first}").trim_end().to_owned())
}

/// Whether bytes before a carriage return are a progress bar, which will be taken back.
pub(crate) fn is_rewritten(line: &[u8]) -> bool {
    let text = String::from_utf8_lossy(line);
    plain(&text).contains(" [")
}

/// A line without terminal colours and other escape sequences.
pub(crate) fn plain(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        if c != '\u{1b}' {
            text.push(c);
            continue;
        }
        // A control sequence: "[", parameters, and one final letter.
        if chars.next() == Some('[') {
            for part in chars.by_ref() {
                if ('@'..='~').contains(&part) {
                    break;
                }
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escape_sequences_are_taken_out() {
        let cases = [
            (
                "\u{1b}[1m\u{1b}[32m   Compiling\u{1b}[0m serde v1",
                "   Compiling serde v1",
            ),
            ("plain", "plain"),
            ("\u{1b}[2Kx", "x"),
            ("cut \u{1b}[3", "cut "),
        ];
        for (line, expected) in cases {
            assert_eq!(plain(line), expected);
        }
    }

    #[test]
    fn status_lines_are_told_from_warnings() {
        assert_eq!(
            read("   Compiling serde v1.0.1 (/x)"),
            Said::Status("Compiling serde v1.0.1".into())
        );
        assert_eq!(read("2026-11-22T03:00:00Z INFO starting build"), Said::Detail);
        assert_eq!(
            read("warning: be sure to add `/x/bin` to your PATH"),
            Said::Detail
        );
        assert_eq!(read("warning: unused variable"), Said::Worth);
        assert_eq!(read("error[E0425]: cannot find value"), Said::Worth);
        assert_eq!(
            read("Compiling as the first word of a compiler's own text"),
            Said::Worth
        );
        assert_eq!(read(""), Said::Nothing);
    }

    #[test]
    fn the_progress_bar_gives_a_count() {
        let cases = [
            (
                "    Building [=======>      ] 143/310: serde, syn",
                Some("compiling 143/310 serde"),
            ),
            (
                "\u{1b}[1m Building\u{1b}[0m [> ] 1/2: rushes-core(test)",
                Some("compiling 1/2 rushes-core"),
            ),
            ("    Building [====] 3/9", Some("compiling 3/9")),
            ("    Updating [====]  31.0%, 2MB", None),
            ("nothing", None),
        ];
        for (line, expected) in cases {
            assert_eq!(progress(line).as_deref(), expected, "{line}");
        }
    }
}
