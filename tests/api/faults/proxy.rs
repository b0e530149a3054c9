//! Something between the program and its database that can be cut: a stand-in for the network.

use crate::support::TestDatabase;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;

/// Hands connections on to the PostgreSQL server of the tests.
pub struct Proxy {
    url: String,
    refuses: Arc<AtomicBool>,
    cut: watch::Sender<u64>,
}

impl Proxy {
    /// In front of a database.
    pub async fn before(database: &TestDatabase) -> Self {
        let (server, parameters) = database.url().split_once('?').unwrap_or((database.url(), ""));
        let socket = parameters.split('&').find_map(|one| one.strip_prefix("host="));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let (scheme, rest) = server.split_once("://").expect("a URL");
        let (authority, name) = rest.split_once('/').expect("a name after the server");
        let (account, host) = authority.split_once('@').unwrap_or(("yui", authority));
        let target = match socket {
            Some(folder) => Target::Socket(format!("{folder}/.s.PGSQL.5432")),
            None => Target::Host(if host.contains(':') { host.to_owned() } else { format!("{host}:5432") }),
        };
        let url = format!("{scheme}://{account}@127.0.0.1:{port}/{name}?sslmode=disable");
        let (refuses, cut) = (Arc::<AtomicBool>::default(), watch::Sender::new(0));
        tokio::spawn(accept(listener, target, Arc::clone(&refuses), cut.subscribe()));
        Self { url, refuses, cut }
    }

    /// What `--database` takes.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Breaks every connection; new ones are made.
    pub fn cut(&self) {
        self.cut.send_modify(|count| *count += 1);
    }

    /// Breaks every connection and takes no new ones, or takes them again.
    pub fn refuse(&self, refuses: bool) {
        self.refuses.store(refuses, Ordering::SeqCst);
        self.cut();
    }
}

#[derive(Clone)]
enum Target {
    Socket(String),
    Host(String),
}

async fn accept(listener: TcpListener, target: Target, refuses: Arc<AtomicBool>, cut: watch::Receiver<u64>) {
    while let Ok((client, _)) = listener.accept().await {
        if refuses.load(Ordering::SeqCst) {
            continue; // Dropped at once, as a server does that is going down.
        }
        tokio::spawn(hand_on(client, target.clone(), cut.clone()));
    }
}

async fn hand_on(mut client: TcpStream, target: Target, mut cut: watch::Receiver<u64>) {
    cut.mark_unchanged();
    let both = async {
        match target {
            Target::Socket(path) => {
                let mut server = UnixStream::connect(path).await?;
                copy_bidirectional(&mut client, &mut server).await
            }
            Target::Host(host) => {
                let mut server = TcpStream::connect(host).await?;
                copy_bidirectional(&mut client, &mut server).await
            }
        }
    };
    tokio::select! { _ = both => (), _ = cut.changed() => () }
}

/// Waits for a moment in which others run.
pub async fn pause(milliseconds: u64) {
    tokio::time::sleep(Duration::from_millis(milliseconds)).await;
}
