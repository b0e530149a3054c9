//! Something between the program and its database that can be cut: a stand-in for the network.

use crate::support::TestDatabase;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::watch;

/// Hands connections on to the PostgreSQL server of the tests.
pub struct Proxy {
    url: String,
    refuses: Arc<AtomicBool>,
    held: watch::Sender<bool>,
    cut: watch::Sender<u64>,
}

impl Proxy {
    /// In front of a database. It runs on a thread of its own: the tests block theirs.
    pub fn before(database: &TestDatabase) -> Self {
        let (server, parameters) = database.url().split_once('?').unwrap_or((database.url(), ""));
        let socket = parameters.split('&').find_map(|one| one.strip_prefix("host="));
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("a port").port();
        let (scheme, rest) = server.split_once("://").expect("a URL");
        let (authority, name) = rest.split_once('/').expect("a name after the server");
        let (account, host) = authority.split_once('@').unwrap_or(("yui", authority));
        let target = match socket {
            Some(folder) => Target::Socket(format!("{folder}/.s.PGSQL.5432")),
            None => Target::Host(if host.contains(':') { host.to_owned() } else { format!("{host}:5432") }),
        };
        let url = format!("{scheme}://{account}@127.0.0.1:{port}/{name}?sslmode=disable");
        let (refuses, held) = (Arc::<AtomicBool>::default(), watch::Sender::new(false));
        let cut = watch::Sender::new(0);
        let accepting = accept(listener, target, Arc::clone(&refuses), held.subscribe(), cut.subscribe());
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(accepting);
        });
        Self { url, refuses, held, cut }
    }

    /// The value of `--database`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Breaks every connection; new ones are made.
    pub fn cut(&self) {
        self.cut.send_modify(|count| *count += 1);
    }

    /// Hands nothing on, or hands on again.
    pub fn holds_back(&self, holds: bool) {
        self.held.send_replace(holds);
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

/// While it refuses, nothing listens at the port, as when a server is down.
async fn accept(
    listener: std::net::TcpListener,
    target: Target,
    refuses: Arc<AtomicBool>,
    held: watch::Receiver<bool>,
    mut cut: watch::Receiver<u64>,
) {
    let port = listener.local_addr().expect("a port");
    listener.set_nonblocking(true).expect("a listener");
    let mut listening = Some(TcpListener::from_std(listener).expect("a listener"));
    loop {
        if refuses.load(Ordering::SeqCst) {
            listening = None;
            if cut.changed().await.is_err() {
                return;
            }
            continue;
        }
        let listener = match listening.take() {
            Some(listener) => listener,
            None => TcpListener::bind(port).await.expect("the same port"),
        };
        tokio::select! {
            accepted = listener.accept() => {
                let (client, _) = accepted.expect("a client");
                tokio::spawn(hand_on(client, target.clone(), held.clone(), cut.clone()));
            }
            gone = cut.changed() => if gone.is_err() { return },
        }
        listening = Some(listener);
    }
}

async fn hand_on(
    mut client: TcpStream,
    target: Target,
    mut held: watch::Receiver<bool>,
    mut cut: watch::Receiver<u64>,
) {
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
    tokio::pin!(both);
    loop {
        if *held.borrow_and_update() {
            // Open, and without a word.
            tokio::select! { _ = held.changed() => continue, _ = cut.changed() => return }
        }
        tokio::select! { _ = &mut both => return, _ = cut.changed() => return, _ = held.changed() => () }
    }
}
