//! A small cache: values computed recently, by key; bounded (LRU), shared by all threads of the process.

use lru::LruCache;
use std::borrow::Borrow;
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A least-recently-used cache. Values are cheap to clone: an `Arc`.
pub struct Cache<K: Hash + Eq, V>(Mutex<LruCache<K, V>>);

impl<K: Hash + Eq, V: Clone> Cache<K, V> {
    /// A cache of at most this many values.
    pub fn with_capacity(most: NonZeroUsize) -> Self {
        // `LruCache::new` would reserve room for all of them at once.
        let mut cache = LruCache::unbounded();
        cache.resize(most);
        Self(Mutex::new(cache))
    }

    /// The cached value of a key.
    pub fn get<Q>(&self, key: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ?Sized,
    {
        self.cache().get(key).cloned()
    }

    /// Caches a value; evicts the least recently used one when the cache is full.
    pub fn put(&self, key: K, value: V) {
        self.cache().put(key, value);
    }

    /// Changes the value of a key, or inserts the first one, atomically. When the change fails, the cache
    /// keeps the value it had. Either way an existing value counts as just used.
    pub fn change<T, E>(&self, key: K, change: impl FnOnce(Option<&V>) -> Result<(T, V), E>) -> Result<T, E> {
        let mut cache = self.cache();
        match cache.get_mut(&key) {
            Some(value) => {
                let (answer, changed) = change(Some(value))?;
                *value = changed;
                Ok(answer)
            }
            None => {
                let (answer, first) = change(None)?;
                cache.put(key, first);
                Ok(answer)
            }
        }
    }

    /// How many values are cached.
    pub fn len(&self) -> usize {
        self.cache().len()
    }

    /// Whether the cache is empty.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A panic elsewhere cannot leave the cache half changed.
    fn cache(&self) -> MutexGuard<'_, LruCache<K, V>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
