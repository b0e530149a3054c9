//! Settings from flags and environment, parsed once and checked before anything starts.

mod identity_provider;

pub use identity_provider::{ClaimPath, IdentityProviderSettings, JwksLocation, RoleName};

use actix_web::http::header::HeaderName;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use ipnet::IpNet;
use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// Where the data is: shared by every command that opens a database.
#[derive(Args, Clone, Debug)]
pub struct DatabaseSettings {
    /// The database: an SQLite file (it is created when missing), or the URL of a PostgreSQL
    /// database such as postgres://user:password@host/name
    #[arg(long = "database", env = "DATABASE_URL", hide_env_values = true, default_value = "yui.db")]
    #[arg(value_name = "FILE or URL", global = true)]
    pub url: String,
}

/// What is written to the log, and how.
#[derive(Args, Clone, Debug)]
pub struct LogSettings {
    /// How the log is written: 'human' for people, 'json' for a log collector, 'auto' for human
    #[arg(long = "log-format", env = "YUI_LOG_FORMAT", default_value = "auto", value_enum, global = true)]
    pub format: LogFormat,

    /// How much is logged: error, warn, info, debug or trace
    #[arg(long = "log", env = "YUI_LOG", default_value = "info", value_name = "LEVEL", global = true)]
    #[arg(value_parser = levels())]
    pub level: tracing::Level,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people; colours on a terminal
    Human,
    /// One JSON object per line
    Json,
    /// The same as human
    Auto,
}

/// Settings of `yui serve`.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// The address and port to listen on; 0.0.0.0:8080 makes the service reachable from other machines
    #[arg(long, env = "YUI_LISTEN", default_value = "127.0.0.1:8080", value_name = "ADDRESS:PORT")]
    #[arg(value_parser = address)]
    pub listen: SocketAddr,

    /// Load the demo data into an empty database, and print the addresses to open in a browser
    #[arg(long)]
    pub demo: bool,

    /// Do not change the database at start: refuse to start when it needs an update ('yui migrate' does that)
    #[arg(long)]
    pub no_migrate: bool,

    /// A web site that may call this service from the browser, such as https://map.example.jp;
    /// repeat the flag, or separate several with commas
    #[arg(long = "cors-origin", env = "YUI_CORS_ORIGINS", value_delimiter = ',', value_name = "ORIGIN")]
    pub cors_origins: Vec<Origin>,

    /// A header of its own that such a web site sends, such as x-map-version, beside those of the usual clients and of
    /// tracing; repeat the flag, or separate several with commas
    #[arg(long = "cors-header", env = "YUI_CORS_HEADERS", value_delimiter = ',', value_name = "HEADER")]
    #[arg(value_parser = header)]
    pub cors_headers: Vec<HeaderName>,

    /// A proxy in front of this service, such as 10.0.0.5 or 10.0.0.0/8: its X-Forwarded-For is believed;
    /// repeat the flag, or separate several with commas
    #[arg(
        long = "trusted-proxy",
        env = "YUI_TRUSTED_PROXIES",
        value_delimiter = ',',
        value_name = "ADDRESSES"
    )]
    #[arg(value_parser = proxy)]
    pub trusted_proxies: Vec<IpNet>,

    /// Fields that one address may have visited in a minute without a token; 0 is no limit
    // A city hall or a library is one address: 600,000 are a hundred people who each move the map every
    // ten seconds (600 pages of a thousand fields), and 0.15 seconds of one processor.
    #[arg(long, env = "YUI_BUDGET_PUBLIC", default_value = "600000", value_name = "FIELDS")]
    #[arg(value_parser = fields)]
    pub budget_public: u32,

    /// Fields that one partner's program may have visited in a minute; 0 is no limit
    // The directory of a city, 5,000 entries with 60 fields, ten times over.
    #[arg(long, env = "YUI_BUDGET_PARTNER", default_value = "3000000", value_name = "FIELDS")]
    #[arg(value_parser = fields)]
    pub budget_partner: u32,

    /// Fields that one person who is signed in may have visited in a minute; 0 is no limit
    // Never less than the public has.
    #[arg(long, env = "YUI_BUDGET_SIGNED_IN", default_value = "600000", value_name = "FIELDS")]
    #[arg(value_parser = fields)]
    pub budget_signed_in: u32,

    /// Seconds for which a browser or a cache in between may give a public answer over GET without asking whether it is still
    /// right: 0 to 3600
    #[arg(long, env = "YUI_PUBLIC_MAX_AGE", default_value = "0", value_name = "SECONDS")]
    #[arg(value_parser = clap::value_parser!(u32).range(0..=3600))]
    pub public_max_age: u32,

    /// Days for which the change log is kept: 1 to 36500
    // A year and a month: what followed the last yearly file is still there when the next one comes.
    #[arg(long, env = "YUI_KEEP_CHANGES", default_value = "400", value_name = "DAYS")]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=36500))]
    pub keep_changes: u16,

    /// Seconds after which one request is stopped and answered with an error: 1 to 120
    #[arg(long, env = "YUI_OPERATION_TIMEOUT", default_value = "10", value_name = "SECONDS")]
    #[arg(value_parser = seconds)]
    pub operation_timeout: Duration,

    /// Threads that answer requests: 1 to 256 [default: one per processor]
    #[arg(long, env = "YUI_WORKERS", value_name = "NUMBER")]
    #[arg(value_parser = workers)]
    pub workers: Option<u16>,

    /// Whose tokens are believed beside those of this directory.
    #[command(flatten)]
    pub identity_provider: IdentityProviderSettings,
    /// Keys that sign the tokens of own accounts.
    #[command(flatten)]
    pub keys: KeySettings,
}

/// With what the tokens of own accounts are signed.
#[derive(Args, Clone, Debug)]
pub struct KeySettings {
    /// The file with the keys that sign the tokens of own accounts; it is made when missing and must be readable by
    /// its owner only. Several instances on one database need the same file, or the same YUI_SIGNING_KEY
    /// [default: yui-keys.json beside the SQLite file, else in the current folder]
    #[arg(long = "signing-key-file", env = "YUI_SIGNING_KEY_FILE", value_name = "FILE")]
    pub file: Option<PathBuf>,

    /// The key itself, at least 32 bytes, in place of a file; set it in the environment, where fewer can read it
    /// than a command line. Old keys may follow after a space: they are taken, the first one signs
    #[arg(long = "signing-key", env = "YUI_SIGNING_KEY", hide_env_values = true, value_name = "SECRET")]
    pub secret: Option<SecretSetting>,
}

/// What is shorter can be guessed.
const SHORTEST_SECRET: usize = 32;

/// A setting that no log shows.
#[derive(Clone)]
pub struct SecretSetting(String);

impl SecretSetting {
    /// What was set.
    pub fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretSetting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("***")
    }
}

impl FromStr for SecretSetting {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        if text.len() < SHORTEST_SECRET {
            return Err(format!("takes {SHORTEST_SECRET} bytes or more: a shorter secret can be guessed"));
        }
        Ok(Self(text.to_owned()))
    }
}

/// Scheme, host and port of a web site, as a browser sends it in `Origin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin(String);

impl Origin {
    /// As the browser writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text == "*" {
            return Err("--cors-origin takes no '*', which would open this service to every web \
                        site; name each, such as https://map.example.jp"
                .into());
        }
        let wrong = || {
            "--cors-origin takes origins without a path: https://host, or http://host:port while developing"
                .to_owned()
        };
        let (scheme, host) = text.split_once("://").ok_or_else(wrong)?;
        let (name, port) = host.rsplit_once(':').map_or((host, None), |(name, port)| (name, Some(port)));
        let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b".-".contains(&b));
        let ported = port.is_none_or(|port| port.parse::<u16>().is_ok());
        if matches!(scheme, "https" | "http") && named && ported {
            Ok(Self(text.to_ascii_lowercase()))
        } else {
            Err(wrong())
        }
    }
}

fn header(text: &str) -> Result<HeaderName, String> {
    let wrong = || format!("YUI_CORS_HEADERS takes the names of headers such as x-map-version, not {text:?}");
    text.trim().parse().map_err(|_| wrong())
}

fn address(text: &str) -> Result<SocketAddr, String> {
    let text = text.replacen("localhost", "127.0.0.1", 1);
    text.parse().map_err(|_| {
        "YUI_LISTEN takes an address and a port, such as 127.0.0.1:8080 or [::1]:8080".to_owned()
    })
}

fn seconds(text: &str) -> Result<Duration, String> {
    match text.parse::<u64>() {
        Ok(seconds @ 1..=120) => Ok(Duration::from_secs(seconds)),
        _ => Err("YUI_OPERATION_TIMEOUT takes a whole number of seconds from 1 to 120".into()),
    }
}

fn proxy(text: &str) -> Result<IpNet, String> {
    network(text.trim()).ok_or_else(|| {
        "YUI_TRUSTED_PROXIES takes addresses and ranges of them, such as 10.0.0.5, 10.0.0.0/8 or \
         2001:db8::/32, and never all there are"
            .into()
    })
}

/// A range that is not everything. The address is read by the standard library: the parser of `IpNet` takes leading
/// zeros, which other programs read as octal. IPv4 written in IPv6 becomes IPv4.
fn network(text: &str) -> Option<IpNet> {
    let (address, length) = text.split_once('/').map_or((text, None), |(one, other)| (one, Some(other)));
    let written: IpAddr = address.parse().ok()?;
    let address = written.to_canonical();
    let [longest, longest_of_address] = [written, address].map(|one| IpNet::from(one).max_prefix_len());
    let length: u8 = length.map_or(Ok(longest), str::parse).ok()?;
    let length = length.checked_sub(longest - longest_of_address)?;
    IpNet::new(address, length).ok().filter(|network| network.prefix_len() > 0)
}

fn fields(text: &str) -> Result<u32, String> {
    match text.parse() {
        Ok(fields @ 0..=1_000_000_000) => Ok(fields),
        _ => Err("The budgets take a whole number of fields from 0 to 1000000000".into()),
    }
}

fn workers(text: &str) -> Result<u16, String> {
    match text.parse() {
        Ok(workers @ 1..=256) => Ok(workers),
        _ => Err("YUI_WORKERS takes a whole number from 1 to 256".into()),
    }
}

fn levels() -> impl TypedValueParser<Value = tracing::Level> {
    PossibleValuesParser::new(["error", "warn", "info", "debug", "trace"])
        .try_map(|level| level.parse::<tracing::Level>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_host_and_port() {
        for good in ["https://map.example.jp", "http://localhost:3000", "https://192.0.2.1:8443"] {
            assert_eq!(good.parse::<Origin>().map(|o| o.0), Ok(good.to_owned()));
        }
        for bad in ["*", "", "null", "map.example.jp", "https://", "https://a/b", "https://a:port", "ftp://a"]
        {
            assert!(bad.parse::<Origin>().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_proxy_is_an_address_or_a_range() {
        for (text, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.0"),
            ("192.0.2.7", "192.0.2.7", "192.0.2.6"),
            ("192.0.2.7/24", "192.0.2.200", "192.0.3.7"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::"),
            ("::1", "::1", "::2"),
            (" 128.0.0.0/1 ", "255.255.255.255", "127.0.0.1"),
            ("::ffff:10.0.0.0/104", "10.1.2.3", "11.0.0.0"),
        ] {
            let network = proxy(text).expect("a range");
            let holds = |address: &str| network.contains(&address.parse::<IpAddr>().expect("an address"));
            assert!(holds(inside), "{text} holds {inside}");
            assert!(!holds(outside), "{text} does not hold {outside}");
        }
        for bad in ["", "x", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10.0/8", "010.0.0.0/8", "::/129"] {
            assert!(proxy(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn nobody_trusts_the_whole_internet() {
        for everything in ["0.0.0.0/0", "::/0", "::ffff:0.0.0.0/96", "::ffff:10.0.0.0/8"] {
            assert!(proxy(everything).is_err(), "{everything}");
        }
    }

    #[test]
    fn a_budget_is_a_whole_number() {
        assert_eq!([fields("0"), fields("1000000000")], [Ok(0), Ok(1_000_000_000)]);
        for bad in ["", "-1", "600,000", "1000000001", "1e6"] {
            assert!(fields(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_time_limit_has_bounds() {
        assert_eq!(seconds("120"), Ok(Duration::from_secs(120)));
        for bad in ["0", "121", "-1", "1.5", "ten", ""] {
            assert!(seconds(bad).is_err(), "{bad}");
        }
    }
}
