//! One budget of every caller of a kind: it is spent at once or bit by bit and fills at an even pace.

use super::ledger::{Key, Ledger};
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::NoOpMiddleware;
use governor::{InsufficientCapacity, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;

type Limiter<C> = RateLimiter<Key, Ledger, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// How much, and what was spent of it by whom.
pub(super) struct Limit<C: Clock = MonotonicClock> {
    quota: Quota,
    limiter: Limiter<C>,
}

impl<C: Clock> Limit<C> {
    pub(super) fn new(quota: Quota, clock: C) -> Self {
        Self { quota, limiter: RateLimiter::new(quota, Ledger::default(), clock) }
    }

    /// Takes all of it, or nothing and says when all of it will be there.
    pub(super) fn take(&self, key: Key, amount: u64) -> Result<(), Duration> {
        let Some(amount) = NonZeroU32::new(u32::try_from(amount).unwrap_or(u32::MAX)) else { return Ok(()) };
        match self.limiter.check_key_n(&key, amount) {
            Ok(Ok(())) => Ok(()),
            Ok(Err(until)) => Err(until.wait_time_from(self.limiter.clock().now())),
            // More than it ever holds.
            Err(InsufficientCapacity(_)) => Err(self.quota.burst_size_replenished_in()),
        }
    }

    /// How long it takes to fill by so much.
    pub(super) fn refill(&self, amount: u64) -> Duration {
        self.quota.replenish_interval().saturating_mul(u32::try_from(amount).unwrap_or(u32::MAX))
    }
}
