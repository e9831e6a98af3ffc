//! The settings, read from flags and the environment.

use std::ffi::OsString;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use url::Url;

use crate::faults::{Script, ScriptError};
use crate::guard::Tokens;

/// Where the provider speaks, unless told otherwise.
pub const DEFAULT_BASE_URL: &str = "https://api.novita.ai";

/// What `--help` prints.
pub const HELP: &str = "\
rushes-server: serves the page and speaks the Kling v3.0 Standard video API on this machine

Without a key it answers by itself and renders drafts (animatics) locally, for nothing.
With NOVITA_API_KEY set it is a gateway: it checks every request, adds the key and forwards it.

USAGE
  rushes-server [OPTIONS]

OPTIONS
  --addr ADDR             where to listen [127.0.0.1:7400]; port 0 takes a free one
  --page DIR              the built page [dist beside the program or in the working directory]
  --data DIR              tasks and files [$XDG_DATA_HOME/rushes or ~/.local/share/rushes]
  --tokens FILE           access tokens, one a line; every API call then needs one of them
  --base-url URL          the provider, for the gateway [https://api.novita.ai]
  --public-url URL        how this server is reached from outside, for the links it hands out
  --allow-origin ORIGIN   a web origin that may call the API, besides its own and this machine's (repeatable)
  --allow-private-images  let `image` URLs point into private networks
  --result-ttl SECS       how long a result's URL lives [3600]
  --keep-hours HOURS      how long a finished task and its file are kept [168]
  --keep-bytes BYTES      how much room finished files may take together [10737418240]
  --queue COUNT           how many tasks may wait to be rendered [16]
  --faults SCRIPT         misbehave on purpose, by that script, for tests: see docs/faults.md
  --log LEVEL             error, warn, info, debug or trace [info]
  --help, --version

ENVIRONMENT
  NOVITA_API_KEY          the provider's key: makes this a gateway
  NOVITA_BASE_URL         as --base-url
  RUSHES_ACCESS_TOKENS    access tokens, separated by spaces, commas or new lines

Listening beyond loopback needs access tokens.
";

/// What is wrong with the settings: one sentence for the person at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ConfigError {
    /// A flag that does not exist, lacks its value or has one too many.
    Flag(String),
    /// A value that cannot be read, with what would be.
    Value {
        /// Which flag or variable.
        name: &'static str,
        /// What it takes.
        wants: &'static str,
    },
    /// The tokens' file could not be read.
    TokensFile(String),
    /// The script of faults could not be read.
    FaultsFile(String),
    /// The script of faults is wrong: every problem with its place, one a line.
    Faults(ScriptError),
    /// Faults in front of the provider.
    FaultsWithKey,
    /// Listening beyond loopback without access tokens.
    OpenToAll(IpAddr),
    /// No data folder was named and none follows from the environment.
    NoDataDir,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(detail) => write!(f, "{detail}; see --help"),
            Self::Value { name, wants } => write!(f, "{name} takes {wants}"),
            Self::TokensFile(detail) => write!(f, "the file of --tokens could not be read: {detail}"),
            Self::FaultsFile(detail) => write!(f, "the script of --faults could not be read: {detail}"),
            Self::Faults(error) => write!(f, "the script of --faults is wrong:\n{error}"),
            Self::FaultsWithKey => write!(
                f,
                "--faults would throw away answers that the provider is paid for: unset NOVITA_API_KEY"
            ),
            Self::OpenToAll(ip) => write!(
                f,
                "listening on {ip} would open this server to other machines: \
                 set access tokens with --tokens FILE or RUSHES_ACCESS_TOKENS first"
            ),
            Self::NoDataDir => write!(f, "no data folder is known here: name one with --data DIR"),
        }
    }
}

impl std::error::Error for ConfigError {}

/// The provider's key. It can be neither printed nor stored.
#[derive(Clone)]
pub struct ApiKey(String);

impl ApiKey {
    /// A key from outside; `None` when it is blank or could not stand in a header.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        let sound = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        sound.then(|| Self(text.to_owned()))
    }

    /// The key itself, for the one header it belongs in.
    pub(crate) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiKey(…)")
    }
}

/// Every setting of one server.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where to listen.
    pub addr: SocketAddr,
    /// The built page, if there is one.
    pub page: Option<PathBuf>,
    /// Tasks and files.
    pub data: PathBuf,
    /// Who may call the API; none: everybody who reaches it.
    pub tokens: Tokens,
    /// The provider's key: with one, this is a gateway.
    pub key: Option<ApiKey>,
    /// The provider.
    pub base_url: Url,
    /// How this server is reached from outside; none: as the caller reached it.
    pub public_url: Option<Url>,
    /// Web origins that may call the API, besides this server's own and those on this machine.
    pub allowed_origins: Vec<String>,
    /// Whether `image` URLs may point into private networks.
    pub allow_private_images: bool,
    /// How long a result's URL lives.
    pub result_ttl: Duration,
    /// How long a finished task and its file are kept.
    pub keep_for: Duration,
    /// How many bytes finished files may take together.
    pub keep_bytes: u64,
    /// How many tasks may wait to be rendered.
    pub queue: usize,
    /// Faults on purpose, for tests.
    pub faults: Option<Script>,
    /// How much is logged.
    pub log: tracing::Level,
}

impl Config {
    /// The defaults, with that data folder.
    pub fn new(data: PathBuf) -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 7400)),
            page: None,
            data,
            tokens: Tokens::default(),
            key: None,
            base_url: default_base_url(),
            public_url: None,
            allowed_origins: Vec::new(),
            allow_private_images: false,
            result_ttl: Duration::from_hours(1),
            keep_for: Duration::from_hours(7 * 24),
            keep_bytes: 10 * 1024 * 1024 * 1024,
            queue: 16,
            faults: None,
            log: tracing::Level::INFO,
        }
    }

    /// Whether only this machine reaches the server.
    pub fn is_loopback(&self) -> bool {
        self.addr.ip().is_loopback()
    }
}

fn default_base_url() -> Url {
    #[expect(clippy::expect_used, reason = "a constant of this file, read by every test")]
    Url::parse(DEFAULT_BASE_URL).expect("the constant is a URL")
}

/// What the command line asks for.
#[derive(Debug)]
pub enum Command {
    /// Serve with these settings.
    Serve(Box<Config>),
    /// Print the help.
    Help,
    /// Print the version.
    Version,
}

/// The variables of the environment that matter, as a function so that tests need not change the process.
pub type Env<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The flags that take a value; [`set`] knows what each does.
const FLAGS_WITH_VALUES: [&str; 13] = [
    "addr",
    "page",
    "data",
    "tokens",
    "base-url",
    "public-url",
    "allow-origin",
    "result-ttl",
    "keep-hours",
    "keep-bytes",
    "queue",
    "faults",
    "log",
];

/// Reads flags (without the program's name) and environment.
///
/// # Errors
/// A [`ConfigError`] that says which flag or variable to mend.
pub fn parse(args: impl IntoIterator<Item = OsString>, env: Env<'_>) -> Result<Command, ConfigError> {
    let mut config = Config::new(PathBuf::new());
    from_env(&mut config, env)?;
    let mut parser = lexopt::Parser::from_args(args);
    while let Some(arg) = parser
        .next()
        .map_err(|error| ConfigError::Flag(error.to_string()))?
    {
        match arg {
            lexopt::Arg::Long("help") | lexopt::Arg::Short('h') => return Ok(Command::Help),
            lexopt::Arg::Long("version") | lexopt::Arg::Short('V') => return Ok(Command::Version),
            lexopt::Arg::Long("allow-private-images") => config.allow_private_images = true,
            lexopt::Arg::Long(name) => {
                let name = name.to_owned();
                if !FLAGS_WITH_VALUES.contains(&name.as_str()) {
                    return Err(ConfigError::Flag(format!("there is no flag --{name}")));
                }
                let value = parser
                    .value()
                    .map_err(|error| ConfigError::Flag(error.to_string()))?;
                set(&mut config, &name, value)?;
            }
            other => return Err(ConfigError::Flag(other.unexpected().to_string())),
        }
    }
    if config.data.as_os_str().is_empty() {
        config.data = default_data_dir(env).ok_or(ConfigError::NoDataDir)?;
    }
    if !config.is_loopback() && config.tokens.is_empty() {
        return Err(ConfigError::OpenToAll(config.addr.ip()));
    }
    if config.faults.is_some() && config.key.is_some() {
        return Err(ConfigError::FaultsWithKey);
    }
    Ok(Command::Serve(Box::new(config)))
}

fn from_env(config: &mut Config, env: Env<'_>) -> Result<(), ConfigError> {
    if let Some(text) = env("NOVITA_API_KEY").filter(|text| !text.trim().is_empty()) {
        let wants = "a key of printable characters without spaces";
        config.key = Some(ApiKey::new(&text).ok_or(ConfigError::Value {
            name: "NOVITA_API_KEY",
            wants,
        })?);
    }
    if let Some(text) = env("NOVITA_BASE_URL").filter(|text| !text.trim().is_empty()) {
        config.base_url = http_url(&text, "NOVITA_BASE_URL")?;
    }
    if let Some(text) = env("RUSHES_ACCESS_TOKENS") {
        config.tokens.add_from(&text);
    }
    Ok(())
}

fn set(config: &mut Config, name: &str, value: OsString) -> Result<(), ConfigError> {
    match name {
        "page" => config.page = Some(value.into()),
        "data" => config.data = value.into(),
        "tokens" => {
            let read = std::fs::read_to_string(&value);
            config
                .tokens
                .add_from(&read.map_err(|error| ConfigError::TokensFile(error.to_string()))?);
        }
        "faults" => {
            let json = std::fs::read_to_string(&value)
                .map_err(|error| ConfigError::FaultsFile(error.to_string()))?;
            config.faults = Some(Script::parse(&json).map_err(ConfigError::Faults)?);
        }
        _ => {
            let text = value.to_string_lossy();
            set_text(config, name, text.trim())?;
        }
    }
    Ok(())
}

fn set_text(config: &mut Config, name: &str, text: &str) -> Result<(), ConfigError> {
    match name {
        "addr" => {
            let wants = "an address and a port, 127.0.0.1:7400";
            config.addr = text.parse().map_err(|_| ConfigError::Value {
                name: "--addr",
                wants,
            })?;
        }
        "base-url" => config.base_url = http_url(text, "--base-url")?,
        "public-url" => config.public_url = Some(http_url(text, "--public-url")?),
        "allow-origin" => {
            config
                .allowed_origins
                .push(http_url(text, "--allow-origin")?.origin().ascii_serialization());
        }
        "result-ttl" => config.result_ttl = Duration::from_secs(whole(text, "--result-ttl")?),
        "keep-hours" => {
            config.keep_for = Duration::from_secs(whole(text, "--keep-hours")?.saturating_mul(3600));
        }
        "keep-bytes" => config.keep_bytes = whole(text, "--keep-bytes")?,
        "queue" => {
            let count = whole(text, "--queue")?;
            config.queue = usize::try_from(count).unwrap_or(usize::MAX);
        }
        "log" => {
            let wants = "error, warn, info, debug or trace";
            config.log = text
                .parse()
                .map_err(|_| ConfigError::Value { name: "--log", wants })?;
        }
        other => return Err(ConfigError::Flag(format!("there is no flag --{other}"))),
    }
    Ok(())
}

fn whole(text: &str, name: &'static str) -> Result<u64, ConfigError> {
    text.parse().map_err(|_| ConfigError::Value {
        name,
        wants: "a whole number",
    })
}

fn http_url(text: &str, name: &'static str) -> Result<Url, ConfigError> {
    let wrong = ConfigError::Value {
        name,
        wants: "an http or https URL without name and password",
    };
    match Url::parse(text.trim()) {
        Ok(url)
            if matches!(url.scheme(), "http" | "https")
                && url.username().is_empty()
                && url.password().is_none() =>
        {
            Ok(url)
        }
        _ => Err(wrong),
    }
}

fn default_data_dir(env: Env<'_>) -> Option<PathBuf> {
    let absolute = |name: &str| env(name).map(PathBuf::from).filter(|path| path.is_absolute());
    absolute("XDG_DATA_HOME")
        .or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
        .or_else(|| absolute("LOCALAPPDATA"))
        .map(|data| data.join("rushes"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(args: &[&str], env: &[(&str, &str)]) -> Result<Command, ConfigError> {
        let env: Vec<(String, String)> = env
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        parse(args.iter().map(OsString::from), &|name| {
            env.iter()
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.clone())
        })
    }

    fn served(args: &[&str], env: &[(&str, &str)]) -> Config {
        match read(args, env) {
            Ok(Command::Serve(config)) => *config,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn defaults_listen_on_this_machine_alone() {
        let config = served(&[], &[("HOME", "/home/ada")]);
        assert_eq!(config.addr.to_string(), "127.0.0.1:7400");
        assert_eq!(config.data, PathBuf::from("/home/ada/.local/share/rushes"));
        assert_eq!(config.result_ttl, Duration::from_hours(1));
        assert!(config.key.is_none() && config.tokens.is_empty());
    }

    #[test]
    fn beyond_loopback_needs_tokens() {
        let open = ["--addr", "0.0.0.0:80", "--data", "/d"];
        assert!(matches!(read(&open, &[]), Err(ConfigError::OpenToAll(_))));
        let config = served(&open, &[("RUSHES_ACCESS_TOKENS", "one-token-of-mine")]);
        assert!(config.tokens.accept("one-token-of-mine"));
        // White space and separators alone are no token.
        assert!(matches!(
            read(&open, &[("RUSHES_ACCESS_TOKENS", " ,\n")]),
            Err(ConfigError::OpenToAll(_))
        ));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        let cases: [(&[&str], &str); 8] = [
            (&["--addr", "here"], "--addr"),
            (&["--queue", "-1"], "--queue"),
            (&["--result-ttl", "soon"], "--result-ttl"),
            (&["--base-url", "ftp://x"], "--base-url"),
            (&["--base-url", "https://me:secret@x"], "--base-url"),
            (&["--log", "loud"], "--log"),
            (&["--nonsense"], "there is no flag --nonsense"),
            (&["--addr"], "addr"),
        ];
        for (args, name) in cases {
            let error = read(args, &[("HOME", "/h")]).expect_err(name).to_string();
            assert!(error.contains(name), "{args:?}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn the_help_names_every_flag() {
        for name in FLAGS_WITH_VALUES {
            assert!(HELP.contains(&format!("\n  --{name} ")), "--{name}");
            let given = read(&[&format!("--{name}"), "?"], &[("HOME", "/h")]);
            let unknown = matches!(&given, Err(ConfigError::Flag(detail)) if detail.contains("no flag"));
            assert!(!unknown, "--{name} is named and not read: {given:?}");
        }
    }

    #[test]
    fn a_key_is_never_printed() {
        let config = served(&["--data", "/d"], &[("NOVITA_API_KEY", "sk-canary-1234")]);
        assert!(config.key.is_some());
        assert!(!format!("{config:?}").contains("canary"));
    }
}
