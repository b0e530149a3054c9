//! One rate limit with a budget per caller, which may be spent at once or in parts and refills evenly.

use super::ledger::{Key, Ledger};
use governor::clock::{Clock, MonotonicClock};
use governor::middleware::StateInformationMiddleware;
use governor::{InsufficientCapacity, Quota, RateLimiter};
use std::num::NonZeroU32;
use std::time::Duration;

type Limiter<C> = RateLimiter<Key, Ledger, C, StateInformationMiddleware>;

/// The quota and, by caller, how much of it is spent.
pub(super) struct Limit<C: Clock = MonotonicClock> {
    quota: Quota,
    limiter: Limiter<C>,
}

impl<C: Clock> Limit<C> {
    pub(super) fn new(quota: Quota, clock: C) -> Self {
        Self { quota, limiter: RateLimiter::new(quota, Ledger::default(), clock) }
    }

    /// Takes the whole amount and answers how much is left (`None`: nothing was to be taken), or takes nothing and answers
    /// how long to wait until the whole amount is available.
    pub(super) fn take(&self, key: Key, amount: u64) -> Result<Option<u32>, Duration> {
        let amount = u32::try_from(amount).unwrap_or(u32::MAX);
        let Some(amount) = NonZeroU32::new(amount) else { return Ok(None) };
        match self.limiter.check_key_n(&key, amount) {
            Ok(Ok(state)) => Ok(Some(state.remaining_burst_capacity())),
            Ok(Err(until)) => Err(until.wait_time_from(self.limiter.clock().now())),
            // The amount is larger than a full budget.
            Err(InsufficientCapacity(_)) => Err(self.quota.burst_size_replenished_in()),
        }
    }

    /// The size of a full budget, and how long it takes to refill.
    pub(super) fn size(&self) -> (u32, Duration) {
        (self.quota.burst_size().get(), self.quota.burst_size_replenished_in())
    }

    /// How long the budget takes to refill by an amount.
    pub(super) fn refill(&self, amount: u64) -> Duration {
        self.quota.replenish_interval().saturating_mul(u32::try_from(amount).unwrap_or(u32::MAX))
    }
}
