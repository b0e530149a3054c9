//! A cache of the JWKS at an address: fetched every five minutes, and when a token names an unknown key.

use super::keys::{ByName, CannotUse, of_set, unfit};
use jsonwebtoken::{Algorithm, DecodingKey};
use rustls::crypto::aws_lc_rs;
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};
use ureq::Agent;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

/// Interval of the regular fetches.
const REGULARLY: Duration = Duration::from_secs(300);
/// Rate limit of fetches for unknown keys, so that a flood of tokens with made-up keys does not become a
/// flood of requests: at most this many within `WITHIN`.
const AT_MOST: usize = 5;
const WITHIN: Duration = Duration::from_secs(60);
/// How long cached keys stay valid while the address does not answer.
const STALE: Duration = Duration::from_secs(24 * 3600);
const TIMEOUT: Duration = Duration::from_secs(5);
const LARGEST: u64 = 256 * 1024;

/// The keys at an address.
pub(super) struct Jwks {
    url: String,
    algorithm: Algorithm,
    agent: Agent,
    known: RwLock<Known>,
    /// Held during a fetch: other requests wait for its result.
    asking: tokio::sync::Mutex<()>,
    /// Times of the recent fetches, for the rate limit.
    asked: Mutex<VecDeque<Instant>>,
}

#[derive(Default)]
struct Known {
    keys: ByName,
    since: Option<Instant>,
}

/// Keeps the keys of an address fresh for as long as it runs.
pub struct Refresh(Arc<Jwks>);

impl Refresh {
    pub(super) fn new(jwks: Arc<Jwks>) -> Self {
        Self(jwks)
    }

    /// Fetches the keys at the regular interval; never ends.
    pub async fn run(self) {
        loop {
            self.0.ask().await;
            tokio::time::sleep(REGULARLY).await;
        }
    }
}

impl Jwks {
    pub(super) fn at(url: &str, algorithm: Algorithm, authority: Option<&[u8]>) -> Result<Self, CannotUse> {
        let roots = match authority {
            Some(pem) => roots(pem)?,
            None => RootCerts::WebPki,
        };
        let tls = TlsConfig::builder()
            .root_certs(roots)
            .unversioned_rustls_crypto_provider(Arc::new(aws_lc_rs::default_provider()))
            .build();
        // No redirect: a host that could redirect to other keys could replace them.
        let agent = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .max_redirects(0)
            .tls_config(tls)
            .build()
            .new_agent();
        Ok(Self {
            url: url.to_owned(),
            algorithm,
            agent,
            known: RwLock::default(),
            asking: tokio::sync::Mutex::default(),
            asked: Mutex::default(),
        })
    }

    /// The key of this name (`kid`). An unknown name triggers a fetch, because providers rotate their keys.
    pub(super) async fn find(&self, name: &str) -> Option<Arc<DecodingKey>> {
        if let Some(key) = self.look_up(name) {
            return Some(key);
        }
        self.ask_if_allowed().await;
        self.look_up(name)
    }

    fn look_up(&self, name: &str) -> Option<Arc<DecodingKey>> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let good = known.since.is_some_and(|since| since.elapsed() < STALE);
        known.keys.get(name).filter(|_| good).cloned()
    }

    async fn ask_if_allowed(&self) {
        let before = self.recent_requests();
        let _one_at_a_time = self.asking.lock().await;
        let now = self.recent_requests();
        // Another request has fetched the keys while this one waited for the lock.
        let just_asked = now.last() != before.last();
        if !just_asked && now.len() < AT_MOST {
            self.ask_now().await;
        }
    }

    async fn ask(&self) {
        let _one_at_a_time = self.asking.lock().await;
        self.ask_now().await;
    }

    fn recent_requests(&self) -> Vec<Instant> {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.retain(|at| at.elapsed() < WITHIN);
        asked.iter().copied().collect()
    }

    /// Fetches the keys. While the address does not answer, the cached keys stay.
    async fn ask_now(&self) {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push_back(Instant::now());
        let (agent, url) = (self.agent.clone(), self.url.clone());
        let read = tokio::task::spawn_blocking(move || read(&agent, &url)).await;
        let text = match read {
            Ok(Ok(text)) => text,
            Ok(Err(cause)) => {
                return tracing::warn!(error = %cause, "the keys of the identity provider cannot be read");
            }
            Err(cause) => {
                return tracing::error!(error = %cause, "the keys of the identity provider cannot be read");
            }
        };
        match of_set(&text, self.algorithm) {
            Some(keys) if !keys.is_empty() => {
                let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
                *known = Known { keys, since: Some(Instant::now()) };
            }
            _ => tracing::warn!(
                "the identity provider answered without any key for the algorithm of its tokens"
            ),
        }
    }
}

fn read(agent: &Agent, url: &str) -> Result<Vec<u8>, ureq::Error> {
    agent.get(url).call()?.body_mut().with_config().limit(LARGEST).read_to_vec()
}

fn roots(pem: &[u8]) -> Result<RootCerts, CannotUse> {
    let mut certificates = Vec::new();
    for item in parse_pem(pem) {
        if let Ok(PemItem::Certificate(certificate)) = item {
            certificates.push(certificate);
        }
    }
    match certificates.is_empty() {
        true => Err(unfit("--idp-ca holds no certificate in PEM form")),
        false => Ok(RootCerts::from(certificates)),
    }
}
