//! `yui serve`: migrates the database, serves requests, and stops gracefully.

use super::upgrade;
use super::{Failure, keys};
use crate::auth::Authenticator;
use crate::auth::signing::SigningKeys;
use crate::auth::token::IdentityProvider;
use crate::config::Settings;
use crate::database::{Databases, Readiness, changes};
use crate::import::demo::{self, Loaded};
use crate::picture::Pictures;
use crate::server::{self, State};
use actix_web::dev::ServerHandle;
use actix_web::{HttpServer, rt};
use japan::clock::Clock;
use std::io::{self, IsTerminal};
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const GRACE_SECONDS: u64 = 30;
const TRIMMING: Duration = Duration::from_secs(3_600);
const CLOSING: Duration = Duration::from_secs(5);

pub(super) fn run(database: &str, settings: &Settings, clock: Clock) -> Result<ExitCode, Failure> {
    rt::System::new().block_on(async {
        super::go_on_at_file_limit()?;
        serve(database, settings, clock).await
    })
}

async fn serve(database: &str, settings: &Settings, clock: Clock) -> Result<ExitCode, Failure> {
    // Wrong settings are reported before anything is changed.
    let provider = provider(settings)?;
    let keys = prepare(database, settings, clock).await?;
    let databases = Databases::connect_with_limit(database, settings.operation_timeout).await?;
    let authenticator = Authenticator::new(keys, provider);
    let watch = rt::spawn(databases.clone().watch());
    let trimming = rt::spawn(trim_changes(databases.clone(), settings.keep_changes));
    let state = State::new(databases.clone(), settings, authenticator);
    let pictures = state.pictures().clone();
    let mut server =
        HttpServer::new(move || server::app(state.clone())).disable_signals().shutdown_timeout(GRACE_SECONDS);
    if let Some(workers) = settings.workers {
        server = server.workers(workers.into());
    }
    let server = server.bind(settings.listen).map_err(|cause| cannot_listen(settings.listen, cause))?;
    let address = server.addrs().first().copied().unwrap_or(settings.listen);
    load(&pictures).await?;
    let server = server.run();
    rt::spawn(stop_on_signal(server.handle()));
    announce(address, settings);
    server.await.map_err(|cause| Failure::internal("The server stopped", cause))?;
    // The health check would take the closing for an outage.
    watch.abort();
    trimming.abort();
    close(databases).await
}

/// Reads the directory into memory: the first callers do not wait for it.
async fn load(pictures: &Pictures) -> Result<(), Failure> {
    let began = Instant::now();
    let loaded =
        pictures.newest().await.map_err(|cause| Failure::internal("The directory cannot be read", cause))?;
    tracing::info!(resources = loaded.count(), ms = began.elapsed().as_millis() as u64, "directory loaded");
    Ok(())
}

/// Deletes what is older than so many days from the change log, once an hour.
#[expect(clippy::disallowed_methods, reason = "each trimming has an instant of its own")]
async fn trim_changes(databases: Databases, days: u16) {
    let kept = Duration::from_secs(u64::from(days) * 86_400);
    loop {
        rt::time::sleep(TRIMMING).await;
        let before = Clock::read().now_ms() - i64::try_from(kept.as_millis()).unwrap_or(i64::MAX);
        match changes::trim(&databases, before).await {
            Ok(0) => {}
            Ok(transactions) => tracing::info!(transactions, "the change log was trimmed"),
            // Busy with an import, or a full disk: the next hour.
            Err(cause) => tracing::debug!(error = %cause, "the change log could not be trimmed"),
        }
    }
}

/// The identity provider of the settings. Starts the refresh of its keys, if they come from an address.
fn provider(settings: &Settings) -> Result<Option<IdentityProvider>, Failure> {
    let provider = IdentityProvider::of(&settings.identity_provider);
    let provider = provider.map_err(|cause| Failure::setting(cause.to_string()))?;
    if let Some(refresh) = provider.as_ref().and_then(IdentityProvider::refresh) {
        rt::spawn(refresh.run());
    }
    Ok(provider)
}

/// Migrates and fills the database and opens the keys. It has connections of its own, because migrations may
/// take longer than a request. One program at a time does this, under the start lock; of several that start
/// at once the others find it done.
async fn prepare(database: &str, settings: &Settings, clock: Clock) -> Result<SigningKeys, Failure> {
    let databases = Databases::connect(database).await?;
    let mut turn = databases.start_turn().await?;
    keys::refuse_keys_of_its_own(&settings.keys, database, &databases).await?;
    databases.claim(&mut turn).await;
    if settings.no_migrate {
        refuse_an_older_version(&databases).await?;
    } else {
        for step in databases.migrate_in(&turn).await? {
            tracing::info!(step, "database updated");
        }
        upgrade::screen(&databases, clock).await?;
    }
    load_demo(&databases, settings.demo, clock).await?;
    let keys = keys::open_and_note(&settings.keys, database, &databases, clock).await?;
    drop(turn);
    databases.close().await?;
    Ok(keys)
}

/// Loads the demo. An interrupted loading is completed by the next start, whether that asks for the demo or
/// not.
async fn load_demo(databases: &Databases, wanted: bool, clock: Clock) -> Result<(), Failure> {
    let loaded = match demo::load(databases, wanted, clock).await {
        Err(cause) if !wanted => {
            tracing::warn!(error = %cause, "the demo, whose loading had been broken off, could not be completed");
            return Ok(());
        }
        loaded => loaded?,
    };
    match loaded {
        Loaded::Fresh => tracing::info!("demo data loaded"),
        Loaded::Completed => {
            tracing::info!("the loading of the demo data had been broken off; it is complete now")
        }
        Loaded::NotEmpty if wanted => {
            tracing::info!("the database already holds data; the demo was not loaded");
        }
        Loaded::NotEmpty => (),
    }
    Ok(())
}

async fn refuse_an_older_version(databases: &Databases) -> Result<(), Failure> {
    let missing = upgrade::missing(databases).await?.len();
    if missing == 0 {
        return Ok(());
    }
    Err(Failure::new(format!(
        "The database needs {missing} update(s) before this version of Yui can use it, and --no-migrate \
         forbids them. Run 'yui migrate' first."
    )))
}

fn cannot_listen(address: SocketAddr, cause: io::Error) -> Failure {
    match cause.kind() {
        io::ErrorKind::AddrInUse => Failure::new(format!(
            "Port {} on {} is in use by another program. Stop that program, or choose another port with \
             --listen (YUI_LISTEN).",
            address.port(),
            address.ip()
        )),
        io::ErrorKind::PermissionDenied => Failure::new(format!(
            "This account may not listen on port {}. Choose a port above 1023 with --listen (YUI_LISTEN).",
            address.port()
        )),
        io::ErrorKind::AddrNotAvailable => Failure::new(format!(
            "This machine has no address {}. Choose another with --listen (YUI_LISTEN).",
            address.ip()
        )),
        _ => Failure::internal("The server could not start listening", cause),
    }
}

fn announce(address: SocketAddr, settings: &Settings) {
    tracing::info!(%address, "listening");
    if settings.demo || io::stdout().is_terminal() {
        println!("Yui is ready. Open in a browser:");
        println!("  http://{address}/           what is here");
        println!("  http://{address}/graphiql   try queries");
        println!("  http://{address}/graphql    for programs");
    }
}

/// The first signal lets requests in flight finish; a second one does not wait.
async fn stop_on_signal(handle: ServerHandle) {
    for graceful in [true, false] {
        next_signal().await;
        tracing::info!(graceful, "stopping");
        // Not awaited, so that a second signal is received while the first stop waits.
        rt::spawn(handle.stop(graceful));
    }
}

async fn next_signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) {
        (Ok(mut terminate), Ok(mut interrupt)) => {
            tokio::select! { _ = terminate.recv() => (), _ = interrupt.recv() => () }
        }
        _ => std::future::pending().await,
    }
}

async fn close(databases: Databases) -> Result<ExitCode, Failure> {
    if databases.health().readiness() == Readiness::Replaced {
        // Closing would checkpoint the journal of the former database into the file that replaced it. Exit at
        // once, because dropping connections closes them as well.
        eprintln!("yui: The database was replaced while the program ran; see the log.");
        super::logging::end();
        std::process::exit(1);
    }
    match rt::time::timeout(CLOSING, databases.close()).await {
        Ok(Ok(())) => tracing::info!("stopped"),
        Ok(Err(cause)) => tracing::warn!(error = %cause, "the database did not close cleanly"),
        Err(_) => tracing::warn!("the database did not close in time"),
    }
    Ok(ExitCode::SUCCESS)
}
