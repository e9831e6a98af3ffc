//! `cargo xtask start`: from a fresh clone to a page one can use.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::args::Args;
use crate::build;
use crate::fail::{Failure, Result};
use crate::page::{self, Effort};
use crate::process;
use crate::project::Project;
use crate::setup::{self, Need};
use crate::ui::{self, Steps};

pub(crate) const HELP: &str = "\
cargo xtask start [--addr ADDRESS] [--no-open] [server flags…]

Sets up what is missing, builds the page and the server, serves the page and
prints its address. The first time takes a while; afterwards only what changed
is built.

  --addr ADDRESS  where to listen (127.0.0.1:7400)
  --no-open       do not open a browser

Everything else goes to the server as it is: cargo xtask start -- --help lists
what it understands. Without a key it answers with its own engine; with
NOVITA_API_KEY set it forwards to the provider.";

/// Where the server listens unless told otherwise.
const ADDRESS: &str = "127.0.0.1:7400";
/// The hidden command that waits for the server and opens the browser.
pub(crate) const OPEN: &str = "open-when-ready";
/// How long the browser waits for the server.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// Runs the command.
pub(crate) fn main(project: &Project, mut args: Args) -> Result<()> {
    let stay = args.flag(&["--no-open"]);
    let address = args.value("--addr")?.unwrap_or_else(|| ADDRESS.into());
    let rest = args.rest();
    // `start -- --help` and `--version` are questions to the server: nothing will be served.
    let question = rest
        .iter()
        .any(|arg| matches!(arg.as_str(), "--help" | "-h" | "--version"));

    let needs = if question {
        Need::SERVER.to_vec()
    } else {
        [&Need::PAGE[..], &Need::SERVER[..]].concat()
    };
    setup::ensure(project, &needs)?;
    let mut steps = Steps::new(if question { 1 } else { 2 });
    if !question {
        steps.run("Building the page (release)", |progress| {
            page::build(project, Effort::Release, progress)
        })?;
    }
    steps.run("Building the server (release)", |progress| {
        build::server(project, progress)
    })?;

    if !stay && !question {
        open_later(&address)?;
    }
    let mut server = process::command(project.server_binary(), &project.root);
    server
        .arg("--addr")
        .arg(&address)
        .arg("--page")
        .arg(project.page_dir())
        .args(rest)
        .stdin(Stdio::inherit());
    become_it(server)
}

/// Turns this process into the server, so that a signal meant for it reaches it and its exit code is ours.
#[cfg(unix)]
fn become_it(mut server: Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let cause = server.exec();
    Err(Failure::new(format!(
        "`{}` could not be started: {cause}",
        process::shown(&server)
    )))
}

#[cfg(not(unix))]
fn become_it(mut server: Command) -> Result<()> {
    match server.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("the server ended with {status}"))),
        Err(cause) => Err(Failure::new(format!(
            "`{}` could not be started: {cause}",
            process::shown(&server)
        ))),
    }
}

/// Starts a second process that opens the browser as soon as the server answers.
fn open_later(address: &str) -> Result<()> {
    let Some(url) = url(address) else { return Ok(()) };
    if ui::in_ci() || opener(&url).is_none() {
        return Ok(());
    }
    let own = std::env::current_exe().map_err(|e| Failure::new(format!("own path unknown: {e}")))?;
    let mut later = process::command(own, Path::new("."));
    later
        .arg(OPEN)
        .arg(url)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    later
        .spawn()
        .map(drop)
        .map_err(|e| Failure::new(format!("the browser could not be prepared: {e}")))
}

/// The address to open; none when the system chooses the port or the address is not one.
fn url(address: &str) -> Option<String> {
    let mut socket: SocketAddr = address.replace("localhost", "127.0.0.1").parse().ok()?;
    if socket.port() == 0 {
        return None;
    }
    if socket.ip().is_unspecified() {
        socket.set_ip(std::net::Ipv4Addr::LOCALHOST.into());
    }
    Some(format!("http://{socket}/"))
}

/// What opens a browser here; none on a machine without a display.
fn opener(url: &str) -> Option<Command> {
    let here = Path::new(".");
    let mut command = if cfg!(target_os = "macos") {
        process::command("open", here)
    } else if cfg!(windows) {
        let mut start = process::command("cmd", here);
        start.args(["/C", "start", ""]);
        start
    } else {
        ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))?;
        process::command(process::find("xdg-open")?, here)
    };
    command.arg(url);
    Some(command)
}

/// Waits until the server is healthy, then opens the browser. Gives up silently: the address is on the screen.
pub(crate) fn open_when_ready(url: &str) -> Result<()> {
    let address = url.trim_start_matches("http://").trim_end_matches('/');
    let began = Instant::now();
    while began.elapsed() < READY_WITHIN {
        if is_healthy(address) {
            let mut browser = opener(url).ok_or_else(|| Failure::new("no browser can be opened here"))?;
            return browser
                .status()
                .map(drop)
                .map_err(|e| Failure::new(format!("no browser was opened: {e}")));
        }
        sleep(Duration::from_millis(100));
    }
    Err(Failure::new(format!(
        "nothing answered at {url} within {}",
        ui::duration(READY_WITHIN)
    )))
}

fn is_healthy(address: &str) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut stream = TcpStream::connect(address)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        write!(
            stream,
            "GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
        )?;
        let mut answer = [0; 12];
        stream.read_exact(&mut answer)?;
        Ok(answer == *b"HTTP/1.1 200")
    };
    ask().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    #[test]
    fn the_browser_opens_an_address_that_leads_somewhere() {
        let cases = [
            ("127.0.0.1:7400", Some("http://127.0.0.1:7400/")),
            ("localhost:80", Some("http://127.0.0.1:80/")),
            ("0.0.0.0:8080", Some("http://127.0.0.1:8080/")),
            ("[::1]:8080", Some("http://[::1]:8080/")),
            ("127.0.0.1:0", None),
            ("7400", None),
        ];
        for (address, expected) in cases {
            assert_eq!(url(address).as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn only_a_good_answer_is_healthy() {
        for (answer, expected) in [
            ("HTTP/1.1 200 OK\r\n\r\n", true),
            ("HTTP/1.1 503 no\r\n\r\n", false),
            ("", false),
        ] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap().to_string();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = [0; 4];
                stream.read_exact(&mut asked).unwrap();
                stream.write_all(answer.as_bytes()).unwrap();
            });
            assert_eq!(is_healthy(&address), expected, "{answer:?}");
            server.join().unwrap();
        }
    }
}
