//! Spent budgets by caller: a least-recently-used store of bounded size, however many callers there are.

use super::Address;
use crate::cache::Cache;
use governor::nanos::Nanos;
use governor::state::StateStore;
use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroUsize;

/// Each has a lock of its own.
const SHARDS: usize = 16;
/// Callers per shard: 65,536 in all, some 8 MB. To have its own entry evicted on purpose, a caller needs more
/// addresses than that; it gains nothing, because each address has a full budget anyway.
const MOST: NonZeroUsize = NonZeroUsize::MIN.saturating_add(4_095);

/// The key of a caller: its address or its token's subject. A subject is stored as a keyed hash of fixed
/// length, whose key is secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Key {
    Address(Address),
    Name(u64),
}

/// By caller, the time at which its budget is full again. The least recently used caller is evicted.
pub(super) struct Ledger {
    shards: [Cache<Key, Nanos>; SHARDS],
    choice: RandomState,
}

impl Default for Ledger {
    fn default() -> Self {
        Self { shards: std::array::from_fn(|_| Cache::with_capacity(MOST)), choice: RandomState::new() }
    }
}

impl Ledger {
    fn shard(&self, key: &Key) -> &Cache<Key, Nanos> {
        &self.shards[self.choice.hash_one(key) as usize % SHARDS]
    }
}

impl StateStore for Ledger {
    type Key = Key;

    fn measure_and_replace<T, F, E>(&self, key: &Key, decide: F) -> Result<T, E>
    where
        F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
    {
        self.shard(key).change(*key, |until| decide(until.copied()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use governor::clock::MonotonicClock;
    use governor::{Quota, RateLimiter};
    use std::num::NonZeroU32;

    /// Lets the test read the state of a limiter.
    impl StateStore for &Ledger {
        type Key = Key;

        fn measure_and_replace<T, F, E>(&self, key: &Key, decide: F) -> Result<T, E>
        where
            F: Fn(Option<Nanos>) -> Result<(T, Nanos), E>,
        {
            (**self).measure_and_replace(key, decide)
        }
    }

    fn kept(ledger: &Ledger) -> usize {
        ledger.shards.iter().map(Cache::len).sum()
    }

    #[test]
    fn a_million_addresses_need_no_more_memory_than_65536() {
        let ledger = Ledger::default();
        let quota = Quota::per_hour(NonZeroU32::MIN);
        let limiter: RateLimiter<_, _, _> = RateLimiter::new(quota, &ledger, MonotonicClock);
        let steady = Key::Address(Address::V4(u32::MAX));
        assert!(limiter.check_key(&steady).is_ok());
        for number in 0..1_000_000_u32 {
            let key = match number % 2 {
                0 => Key::Address(Address::V4(number)),
                _ => Key::Address(Address::V6(number.into())),
            };
            assert!(limiter.check_key(&key).is_ok(), "each has a budget of its own");
            if number % 1_000 == 0 {
                assert!(kept(&ledger) <= 65_536);
                assert!(limiter.check_key(&steady).is_err(), "who keeps asking is not forgotten");
            }
        }
        assert_eq!(kept(&ledger), 65_536);
    }
}
