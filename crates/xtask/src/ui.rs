//! Everything the commands print: steps, progress and plain lines.
//!
//! All of it goes to standard output, so that a log keeps the order in which things happened.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use crate::fail::Result;

/// How often a long step says that it is alive when nobody can see a line being rewritten.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// How often the rewritten line of a terminal changes at most.
const REDRAW: Duration = Duration::from_millis(120);
/// The longest rewritten line; a longer one would wrap on a narrow terminal and could not be taken back.
const LINE_CHARS: usize = 78;

/// Prints one line.
pub(crate) fn line(text: impl AsRef<str>) {
    put(&format!("{}\n", text.as_ref()));
}

/// Writes to standard output. A reader that went away (`| head`) is no reason to stop the work.
#[cfg(not(test))]
fn put(text: &str) {
    let mut out = io::stdout().lock();
    let _gone = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// What tests print must be captured, or whoever counts tests by their output would count it too.
#[cfg(test)]
fn put(text: &str) {
    print!("{text}");
}

/// Prints an error to standard error, after what was printed so far.
pub(crate) fn error(text: impl AsRef<str>) {
    let _gone = io::stdout().flush();
    let _gone = writeln!(io::stderr().lock(), "error: {}", text.as_ref());
}

/// Whether a person is watching a terminal that can rewrite a line.
pub(crate) fn interactive() -> bool {
    !in_ci() && io::stdout().is_terminal() && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Whether this runs unattended (`CI` is set to anything but nothing, `0` or `false`).
pub(crate) fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"))
}

/// A length of time as people say it: `0.4 s`, `12 s`, `3 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let secs = time.as_secs();
    match secs {
        0..10 => format!("{:.1} s", time.as_secs_f64()),
        10..60 => format!("{secs} s"),
        _ => format!("{} min {:02} s", secs / 60, secs % 60),
    }
}

/// A size in thousands of bytes, as the budgets count: `44.1 KB`.
pub(crate) fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}

/// Counts the steps of one command: `[2/5] Building the page`.
#[derive(Debug)]
pub(crate) struct Steps {
    total: usize,
    at: usize,
}

impl Steps {
    /// So many steps lie ahead.
    pub(crate) fn new(total: usize) -> Self {
        Self { total, at: 0 }
    }

    /// Announces the next step, does it, and says how long it took.
    pub(crate) fn run<T>(&mut self, what: &str, work: impl FnOnce(&mut Progress) -> Result<T>) -> Result<T> {
        self.at += 1;
        line(format!("[{}/{}] {what}", self.at, self.total));
        let mut progress = Progress::start();
        let outcome = work(&mut progress);
        progress.end(outcome.is_ok());
        outcome
    }
}

/// The progress of one step: one rewritten line on a terminal, a line now and then elsewhere.
#[derive(Debug)]
pub(crate) struct Progress {
    began: Instant,
    spoke: Instant,
    drawn: bool,
    rewrites: bool,
}

impl Progress {
    /// Starts the clock.
    pub(crate) fn start() -> Self {
        let now = Instant::now();
        Self {
            began: now,
            spoke: now,
            drawn: false,
            rewrites: interactive(),
        }
    }

    /// Shows where the step is, as often as is useful.
    pub(crate) fn at(&mut self, detail: &str) {
        let pause = if self.rewrites { REDRAW } else { HEARTBEAT };
        if self.spoke.elapsed() < pause {
            return;
        }
        self.spoke = Instant::now();
        let text = format!("      {detail}, {}", duration(self.began.elapsed()));
        if self.rewrites {
            let text: String = text.chars().take(LINE_CHARS).collect();
            put(&format!("\r\x1b[2K{text}"));
            self.drawn = true;
        } else {
            line(text);
        }
    }

    /// Prints a line that stays.
    pub(crate) fn say(&mut self, text: &str) {
        self.clear();
        line(text);
    }

    fn end(&mut self, worked: bool) {
        self.clear();
        let word = if worked { "done in" } else { "failed after" };
        line(format!("      {word} {}", duration(self.began.elapsed())));
    }

    fn clear(&mut self) {
        if self.drawn {
            put("\r\x1b[2K");
            self.drawn = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_read_like_speech() {
        let cases = [
            (400, "0.4 s"),
            (9_900, "9.9 s"),
            (12_000, "12 s"),
            (185_000, "3 min 05 s"),
        ];
        for (millis, expected) in cases {
            assert_eq!(duration(Duration::from_millis(millis)), expected);
        }
        assert_eq!(kilobytes(44_190), "44.1 KB");
        assert_eq!(kilobytes(999), "0.9 KB");
    }

    #[test]
    fn a_failing_step_hands_its_failure_on() {
        let mut steps = Steps::new(1);
        let outcome: Result<()> = steps.run("x", |_| Err(crate::fail::Failure::new("broken")));
        assert_eq!(outcome.map_err(|f| f.to_string()), Err("broken".into()));
    }
}
