//! Running other programs: quietly, streaming, or behind a progress line.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use crate::cargo_output::{self, Said};
use crate::fail::{Failure, Result};
use crate::ui::{self, Progress};

/// How many lines of a silent program are shown when it fails.
const TAIL_LINES: usize = 60;
/// How often a progress line is brought up to date while a program says nothing.
const TICK: Duration = Duration::from_millis(500);

/// A program to run in `dir`, without input and without what `cargo run` put into the environment for us alone.
pub(crate) fn command(program: impl AsRef<OsStr>, dir: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(dir).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") || text == "CARGO_BIN_NAME" {
            command.env_remove(&name);
        }
    }
    command
}

/// The cargo that runs us.
pub(crate) fn cargo(dir: &Path) -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()), dir);
    if ui::interactive() {
        cargo.env("CARGO_TERM_COLOR", "always");
    }
    cargo
}

/// The command as one would type it.
pub(crate) fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words = words.map(|word| {
        Path::new(word)
            .file_name()
            .filter(|_| word == command.get_program())
            .unwrap_or(word)
    });
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

/// Runs a program and gives its standard output; a failure shows the end of what it said.
pub(crate) fn output(mut command: Command) -> Result<String> {
    let done = command.output().map_err(|e| cannot_start(&command, &e))?;
    if done.status.success() {
        return String::from_utf8(done.stdout)
            .map_err(|_| Failure::new(format!("`{}` did not answer in UTF-8", shown(&command))));
    }
    let both = [done.stdout, done.stderr].concat();
    let said = String::from_utf8_lossy(&both);
    let lines: Vec<&str> = said.lines().collect();
    let tail = lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n");
    Err(Failure::new(format!(
        "`{}` failed ({})\n{tail}",
        shown(&command),
        done.status
    )))
}

/// Runs a program, prints all it says as it says it, and hands each line (without colours) to `heard`.
///
/// Whether it succeeded is the answer; only a program that could not be started is an error.
pub(crate) fn stream(mut command: Command, mut heard: impl FnMut(&str)) -> Result<bool> {
    let (mut child, lines) = spawn(&mut command)?;
    while let Ok(text) = lines.recv() {
        let Text::Line(text) = text else { continue };
        heard(&cargo_output::plain(&text));
        ui::line(text);
    }
    wait(&command, &mut child)
}

/// Runs a program that speaks like cargo, behind a progress line; warnings and errors are printed as they come.
pub(crate) fn with_progress(mut command: Command, progress: &mut Progress) -> Result<()> {
    command
        .env("CARGO_TERM_PROGRESS_WHEN", "always")
        .env("CARGO_TERM_PROGRESS_WIDTH", "200");
    let (mut child, lines) = spawn(&mut command)?;
    let mut now = String::from("starting");
    let mut silent: Vec<String> = Vec::new();
    loop {
        match lines.recv_timeout(TICK) {
            Ok(Text::Line(text)) => match cargo_output::read(&text) {
                // A count says more than the name of one crate.
                Said::Status(status) if now.contains('/') && cargo_output::is_crate(&status) => {}
                // What follows cargo binds and optimises without a word.
                Said::Status(status) if status.starts_with("Finished") => {
                    "compiled, finishing".clone_into(&mut now);
                }
                Said::Status(status) => now = status,
                Said::Detail => silent.push(text),
                Said::Worth => progress.say(&text),
                Said::Nothing => {}
            },
            Ok(Text::Rewritten(text)) => {
                if let Some(count) = cargo_output::progress(&text) {
                    now = count;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        progress.at(&now);
    }
    if wait(&command, &mut child)? {
        return Ok(());
    }
    for text in &silent[silent.len().saturating_sub(TAIL_LINES)..] {
        progress.say(text);
    }
    Err(Failure::new(format!("`{}` failed", shown(&command))))
}

/// Runs a program that may be silent for long, behind a progress line; what it says is shown only when it fails.
pub(crate) fn behind_progress(mut command: Command, doing: &str, progress: &mut Progress) -> Result<()> {
    let (mut child, lines) = spawn(&mut command)?;
    let mut said: Vec<String> = Vec::new();
    loop {
        match lines.recv_timeout(TICK) {
            Ok(Text::Line(text)) => said.push(text),
            Ok(Text::Rewritten(_)) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        progress.at(doing);
    }
    if wait(&command, &mut child)? {
        return Ok(());
    }
    let tail = said[said.len().saturating_sub(TAIL_LINES)..].join("\n");
    Err(Failure::new(format!("`{}` failed\n{tail}", shown(&command))))
}

/// Runs a program that says on standard error where it is, and gives its standard output.
pub(crate) fn answer(mut command: Command, progress: &mut Progress) -> Result<String> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| cannot_start(&command, &e))?;
    let (sender, lines) = channel();
    if let Some(err) = child.stderr.take() {
        thread::spawn(move || forward(err, &sender));
    }
    let answer = child.stdout.take().map(|mut out| {
        thread::spawn(move || {
            let mut text = String::new();
            out.read_to_string(&mut text).map(|_| text)
        })
    });
    let (mut now, mut said) = (String::from("starting"), Vec::new());
    loop {
        match lines.recv_timeout(TICK) {
            Ok(Text::Line(text)) => {
                now.clone_from(&text);
                said.push(text);
            }
            Ok(Text::Rewritten(_)) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        progress.at(&now);
    }
    if wait(&command, &mut child)? {
        let text = answer.and_then(|reader| reader.join().ok()?.ok());
        return text.ok_or_else(|| Failure::new(format!("`{}` did not answer in UTF-8", shown(&command))));
    }
    let tail = said[said.len().saturating_sub(TAIL_LINES)..].join("\n");
    Err(Failure::new(format!("`{}` failed\n{tail}", shown(&command))))
}

/// Runs silent programs behind a progress line, as many at once as there are processors, begun in this order. The first
/// that fails is the answer, once those under way have come to their end.
pub(crate) fn side_by_side(commands: Vec<Command>, doing: &str, progress: &mut Progress) -> Result<()> {
    let all = commands.len();
    let at_once = thread::available_parallelism().map_or(1, usize::from).min(all);
    let waiting = Mutex::new(commands.into_iter());
    let next = || waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
    thread::scope(|scope| {
        let (sender, done) = channel();
        for _ in 0..at_once {
            let sender = sender.clone();
            scope.spawn(move || {
                // Nobody listens any more once one has failed.
                while let Some(command) = next()
                    && sender.send(output(command)).is_ok()
                {}
            });
        }
        drop(sender);
        let mut count = 0;
        loop {
            progress.at(&format!("{doing}, {count} of {all}"));
            match done.recv_timeout(TICK) {
                Ok(said) => {
                    said?;
                    count += 1;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Ok(()),
            }
        }
    })
}

/// A piece of output: ended by a line feed, or taken back by a carriage return.
enum Text {
    Line(String),
    Rewritten(String),
}

fn spawn(command: &mut Command) -> Result<(Child, Receiver<Text>)> {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(|e| cannot_start(command, &e))?;
    let (sender, receiver) = channel();
    if let Some(out) = child.stdout.take() {
        let sender = sender.clone();
        thread::spawn(move || forward(out, &sender));
    }
    if let Some(err) = child.stderr.take() {
        thread::spawn(move || forward(err, &sender));
    }
    Ok((child, receiver))
}

/// Cuts a program's output into lines until it closes; a closed pipe or a gone listener ends it.
fn forward(mut from: impl Read, to: &Sender<Text>) {
    let mut line: Vec<u8> = Vec::new();
    let mut chunk = [0; 8192];
    while let Ok(count @ 1..) = from.read(&mut chunk) {
        for &byte in &chunk[..count] {
            let text = match byte {
                b'\n' => Text::Line(String::from_utf8_lossy(&line).trim_end().to_owned()),
                b'\r' => Text::Rewritten(String::from_utf8_lossy(&line).into_owned()),
                _ => {
                    line.push(byte);
                    continue;
                }
            };
            // "\r\n" ends a line: what stood before the carriage return is the line, not something taken back.
            if matches!(text, Text::Rewritten(_)) && !line.is_empty() && !cargo_output::is_rewritten(&line) {
                continue;
            }
            line.clear();
            if to.send(text).is_err() {
                return;
            }
        }
    }
    if !line.is_empty() {
        let _gone = to.send(Text::Line(String::from_utf8_lossy(&line).into_owned()));
    }
}

fn wait(command: &Command, child: &mut Child) -> Result<bool> {
    let status = child
        .wait()
        .map_err(|e| Failure::new(format!("waiting for `{}` failed: {e}", shown(command))))?;
    Ok(status.success())
}

fn cannot_start(command: &Command, cause: &std::io::Error) -> Failure {
    Failure::new(format!("`{}` could not be started: {cause}", shown(command)))
}

/// The full path of a program found on `PATH`.
pub(crate) fn find(program: &str) -> Option<std::path::PathBuf> {
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&std::env::var_os("PATH")?)
        .map(|dir| dir.join(&name))
        .find(|path| path.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stamp::tests::Scratch;
    use crate::ui::Steps;

    fn shell(script: &str) -> Command {
        let mut sh = command("sh", Path::new("."));
        sh.args(["-c", script]);
        sh
    }

    #[test]
    fn output_is_given_and_a_failure_shows_its_end() {
        assert_eq!(output(shell("echo hello")), Ok("hello\n".into()));
        let failed = output(shell("echo reason >&2; exit 3")).map_err(|f| f.to_string());
        assert!(failed.is_err_and(|text| text.contains("reason") && text.contains('3')));
    }

    #[test]
    fn streaming_hears_both_outputs_to_the_last_line() {
        let mut heard = Vec::new();
        let worked = stream(shell("echo one; echo two >&2; printf three"), |line| {
            heard.push(line.to_owned());
        });
        heard.sort();
        assert_eq!(worked, Ok(true));
        assert_eq!(heard, ["one", "three", "two"]);
        assert_eq!(stream(shell("exit 1"), |_| ()), Ok(false));
    }

    #[test]
    fn an_answer_is_kept_apart_from_what_is_said_on_the_way() {
        let asked = |script| {
            let mut answered = Err(Failure::new("not asked"));
            let run = Steps::new(1).run("asking", |progress| {
                answered = answer(shell(script), progress);
                Ok(())
            });
            run.and(answered)
        };
        assert_eq!(asked("echo on the way >&2; echo answer"), Ok("answer\n".into()));
        let failed = asked("echo reason >&2; exit 3").map_err(|f| f.to_string());
        assert!(failed.is_err_and(|text| text.contains("reason")));
    }

    #[test]
    fn programs_run_side_by_side_to_the_last_and_a_failure_shows_its_end() {
        let run = |scripts: Vec<String>| {
            let commands = scripts.iter().map(|script| shell(script)).collect();
            Steps::new(1).run("running", |progress| side_by_side(commands, "running", progress))
        };
        let scratch = Scratch::new("side-by-side");
        let files: Vec<_> = (0..20).map(|number| scratch.0.join(number.to_string())).collect();
        let touch = files.iter().map(|file| format!("touch '{}'", file.display()));
        assert_eq!(run(touch.collect()), Ok(()));
        assert!(files.iter().all(|file| file.is_file()));

        assert_eq!(run(Vec::new()), Ok(()));
        let failed = run(vec![
            "true".into(),
            "echo reason >&2; exit 3".into(),
            "true".into(),
        ]);
        assert!(failed.is_err_and(|failure| failure.to_string().contains("reason")));
    }

    #[test]
    fn a_program_that_is_not_there_is_named() {
        let missing = output(command("no-such-program-anywhere", Path::new("."))).map_err(|f| f.to_string());
        assert!(missing.is_err_and(|text| text.contains("no-such-program-anywhere")));
    }

    #[test]
    fn a_command_is_shown_without_the_path_of_its_program() {
        let mut cargo = command("/usr/bin/cargo", Path::new("."));
        cargo.args(["test", "-p", "a/b"]);
        assert_eq!(shown(&cargo), "cargo test -p a/b");
    }
}
