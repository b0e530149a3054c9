//! What was made lately, kept for the next who asks: bounded, shared by all threads of the process.

use lru::LruCache;
use std::borrow::Borrow;
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The things most recently asked for, by key. Values are cheap to clone: an `Arc`.
pub struct Lately<K: Hash + Eq, V>(Mutex<LruCache<K, V>>);

impl<K: Hash + Eq, V: Clone> Lately<K, V> {
    /// Keeps so many.
    pub fn keeping(most: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(most)))
    }

    /// What is kept under a key.
    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.cache().get(key).cloned()
    }

    /// Keeps a value, in place of the one asked for longest ago when there are too many.
    pub fn put(&self, key: K, value: V) {
        self.cache().put(key, value);
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.cache().len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A panic elsewhere cannot leave the cache half changed.
    fn cache(&self) -> MutexGuard<'_, LruCache<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
