//! The `rushes-server` program.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use rushes_server::config::{self, Command, Config};
use rushes_server::{AppState, serve, system_clock};
use tokio::net::TcpListener;

fn main() -> ExitCode {
    let env = |name: &str| std::env::var(name).ok();
    match config::parse(std::env::args_os().skip(1), &env) {
        Ok(Command::Help) => say(config::HELP.trim_end()),
        Ok(Command::Version) => say(concat!("rushes-server ", env!("CARGO_PKG_VERSION"))),
        Ok(Command::Serve(config)) => run(*config),
        Err(error) => fail(&error.to_string()),
    }
}

fn run(mut config: Config) -> ExitCode {
    let colours = std::io::stderr().is_terminal();
    let log = tracing_subscriber::fmt()
        .with_max_level(config.log)
        .with_target(false)
        .with_ansi(colours);
    log.with_writer(std::io::stderr).init();
    config.page = config.page.or_else(built_page);
    if let Some(page) = config
        .page
        .as_ref()
        .filter(|page| !page.join("index.html").is_file())
    {
        return fail(&format!("there is no index.html in {}", page.display()));
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("the runtime could not be started: {error}")),
    };
    let ended = runtime.block_on(listen(config));
    // What still runs on other threads (a render that did not see the stop) ends with the process.
    runtime.shutdown_background();
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

async fn listen(config: Config) -> Result<(), String> {
    let addr = config.addr;
    let listener = TcpListener::bind(addr)
        .await
        .map_err(|error| format!("{addr} cannot be listened on: {error}"))?;
    let addr = listener.local_addr().map_err(|error| error.to_string())?;
    let opened = tokio::task::spawn_blocking(move || AppState::open(config, system_clock()));
    let state = opened
        .await
        .map_err(|error| error.to_string())?
        .map_err(|error| error.to_string())?;
    let page = state.config().page.is_some();
    let mode = if state.config().key.is_some() {
        "gateway"
    } else {
        "local"
    };
    tracing::info!(%addr, mode, page, "listening");
    // One line for programs that started this one.
    say(&format!("listening on http://{addr}"));
    serve(listener, state, stopped())
        .await
        .map_err(|error| error.to_string())
}

/// The page that was built here: beside the program, or in the working directory.
fn built_page() -> Option<PathBuf> {
    let beside = std::env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join("dist")));
    [beside, Some(PathBuf::from("dist"))]
        .into_iter()
        .flatten()
        .find(|dir| dir.join("index.html").is_file())
}

/// Ready when the program is asked to end.
async fn stopped() {
    let interrupted = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminated = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}

fn say(text: &str) -> ExitCode {
    let mut out = std::io::stdout();
    match writeln!(out, "{text}").and_then(|()| out.flush()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

fn fail(message: &str) -> ExitCode {
    // Nobody is left to tell when standard error is gone.
    let _ = writeln!(std::io::stderr(), "rushes-server: {message}");
    ExitCode::FAILURE
}
