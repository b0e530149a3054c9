//! The database is away, was started anew, or stands behind a pooler.

use super::program::{Program, demo, run, token, told};
use super::proxy::Proxy;
use crate::support::TestDatabase;
use serde_json::json;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const COUNT: &str = "{ resources { totalCount } }";
/// A list whose nested fields are read by later statements.
const NESTED: &str =
    "{ gatheringPlaces(first: 20) { nodes { name contacts { tel } openState { state { value } }
    location { municipality { name } homeDistrict { name } } } } }";

#[actix_web::test]
async fn a_database_that_is_away_is_told_within_two_seconds() {
    if !TestDatabase::is_postgres() {
        return; // A file beside the program is never away.
    }
    let (database, folder) = demo().await;
    let proxy = Proxy::before(&database);
    let server = Program::serve(proxy.url(), &folder.path().join("keys.json"), &[]);
    let admin = token(database.url(), &["ADMIN"], None);
    assert_eq!(server.asks(COUNT, &json!({}), None).0, 200);
    proxy.refuse(true);
    for (query, token) in [(COUNT, None), (COUNT, Some(admin.as_str()))] {
        let began = Instant::now();
        // For a second after the change log was read the directory answers from memory.
        let (status, retry, answer) = loop {
            let (status, retry, answer) = server.asks(query, &json!({}), token);
            if status != 200 {
                break (status, retry, answer);
            }
            assert!(began.elapsed() < Duration::from_secs(2), "still answered: {answer}");
        };
        assert_eq!((status, retry.as_deref()), (503, Some("5")), "{answer}");
        assert_eq!(answer["errors"][0]["extensions"]["code"], "UNAVAILABLE", "{answer}");
        // Two seconds are promised; a machine that runs two tests at once is given one more.
        assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    }
    assert_eq!(server.makes_token("none", &admin), Err("UNAVAILABLE".to_owned()));
    server.until_ready_is(503);
    assert_eq!(server.get("/healthz").0, 200);
    proxy.refuse(false);
    server.until_ready_is(200);
    assert_eq!(server.asks(COUNT, &json!({}), None).0, 200);
    server.makes_token("again", &admin).expect("changes are made again");
    let log = server.stop();
    assert_eq!(log.matches("the database does not answer").count(), 1, "{log}");
}

/// A server that was stopped, or a network that drops packets: nothing is refused and nothing comes.
#[actix_web::test]
async fn a_database_that_is_silent_is_told_as_away_and_found_again() {
    if !TestDatabase::is_postgres() {
        return; // A file beside the program is never silent.
    }
    let (database, folder) = demo().await;
    let proxy = Proxy::before(&database);
    let server = Program::serve(proxy.url(), &folder.path().join("keys.json"), &[]);
    let admin = token(database.url(), &["ADMIN"], None);
    assert_eq!(server.asks(COUNT, &json!({}), Some(&admin)).0, 200);
    proxy.holds_back(true);
    let began = Instant::now();
    let (status, _, answer) = server.asks(COUNT, &json!({}), Some(&admin));
    assert_eq!(status, 503, "{answer}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
    server.until_ready_is(503);
    proxy.holds_back(false);
    server.until_ready_is(200);
    assert_eq!(server.asks(COUNT, &json!({}), Some(&admin)).0, 200);
}

#[actix_web::test]
async fn a_read_whose_connection_was_cut_is_answered_all_the_same() {
    if !TestDatabase::is_postgres() {
        return; // A file beside the program is never cut off.
    }
    let (database, folder) = demo().await;
    let proxy = Proxy::before(&database);
    let server = Program::serve(proxy.url(), &folder.path().join("keys.json"), &[]);
    let admin = token(database.url(), &["ADMIN"], None);
    for round in 0..5 {
        // Several connections of the pool are in use once, and all of them are cut.
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| server.asks(COUNT, &json!({}), None));
            }
        });
        proxy.cut();
        std::thread::sleep(Duration::from_millis(10));
        for token in [None, Some(admin.as_str())] {
            let (status, _, answer) = server.asks(NESTED, &json!({}), token);
            assert_eq!(status, 200, "round {round}: {answer}\n{}", server.log());
            assert!(answer["errors"].is_null(), "round {round}: {answer}");
        }
    }
}

#[actix_web::test]
async fn readiness_has_a_connection_of_its_own() {
    let (database, folder) = demo().await;
    let server = Program::serve(database.url(), &folder.path().join("keys.json"), &[]);
    let query = "{ resources(first: 100) { nodes { name contacts { tel } location { address } } } }";
    let over = std::sync::atomic::AtomicBool::new(false);
    let slowest = std::thread::scope(|scope| {
        for _ in 0..24 {
            scope.spawn(|| {
                while !over.load(std::sync::atomic::Ordering::Relaxed) {
                    server.asks(query, &json!({}), None);
                }
            });
        }
        let mut times: Vec<_> = (0..40)
            .map(|_| {
                let began = Instant::now();
                assert_eq!(server.get("/readyz").0, 200);
                std::thread::sleep(Duration::from_millis(20));
                began.elapsed()
            })
            .collect();
        over.store(true, std::sync::atomic::Ordering::Relaxed);
        times.sort();
        times[times.len() / 2]
    });
    // Of times, only that nothing queues behind the readers; the figure at 1,500 clients is measured by hand.
    assert!(slowest < Duration::from_secs(1), "{slowest:?}");
}

/// PgBouncer in front of the server of the tests.
struct Pooler {
    child: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Pooler {
    fn start(database: &TestDatabase, mode: &str, ignored: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("yui-pooler").tempdir_in("/tmp").expect("a folder");
        let port =
            std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
        let (server, parameters) = database.url().split_once('?').expect("a socket of the tests");
        let socket = parameters.strip_prefix("host=").expect("a socket of the tests");
        let name = server.rsplit_once('/').expect("a name").1;
        let settings = format!(
            "[databases]\n{name} = host={socket} user=yui pool_mode={mode}\n[pgbouncer]\nlisten_addr=127.0.0.1\n\
             listen_port={port}\nauth_type=any\nunix_socket_dir=\nignore_startup_parameters={ignored}\n"
        );
        let file = folder.path().join("pgbouncer.ini");
        std::fs::write(&file, settings).expect("a file");
        open_to_all(folder.path());
        let mut command = match super::program::is_root() {
            // It refuses to run as root.
            true => {
                let mut command = Command::new("runuser");
                command.args(["-u", "postgres", "--", "/usr/sbin/pgbouncer"]);
                command
            }
            false => Command::new("/usr/sbin/pgbouncer"),
        };
        let child = command.arg(&file).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let child = child.expect("pgbouncer is there; scripts/test installs it");
        let began = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(began.elapsed() < super::program::PATIENCE, "pgbouncer does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        let url = format!("postgres://yui@127.0.0.1:{port}/{name}?sslmode=disable");
        Self { child, url, _folder: folder }
    }
}

fn open_to_all(folder: &std::path::Path) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755)).expect("a folder for all");
}

impl Drop for Pooler {
    fn drop(&mut self) {
        super::program::signal(self.child.id(), "TERM");
        self.child.wait().expect("a child");
    }
}

#[actix_web::test]
async fn a_pooler_by_transaction_is_refused_and_one_by_session_works() {
    if !TestDatabase::is_postgres() {
        return; // Nothing stands between a program and its file.
    }
    let (database, folder) = demo().await;
    let keys = folder.path().join("keys.json");
    for ignored in ["", "extra_float_digits"] {
        let pooler = Pooler::start(&database, "transaction", ignored);
        let mut refused = Program::start(&[], &pooler.url, &keys, &[]);
        assert!(!refused.listens(), "{}", refused.log());
        std::thread::sleep(Duration::from_millis(100));
        let said = if ignored.is_empty() { "extra_float_digits" } else { "pool_mode = session" };
        assert!(refused.log().contains(said), "{}", refused.log());
        let listed = run(&pooler.url, &["token", "list"]);
        assert!(told(&listed).contains(said), "{}", told(&listed));
    }
    let pooler = Pooler::start(&database, "session", "extra_float_digits");
    let server = Program::serve(&pooler.url, &keys, &[]);
    let admin = token(&pooler.url, &["ADMIN"], None);
    for n in 0..20 {
        server.makes_token(&format!("{n}"), &admin).expect("a token");
        assert_eq!(server.asks(COUNT, &json!({}), None).0, 200);
    }
}
