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
        // `LruCache::new` would reserve room for all of them at once.
        let mut cache = LruCache::unbounded();
        cache.resize(most);
        Self(Mutex::new(cache))
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

    /// Changes what is kept under a key, or keeps the first value; nobody comes in between.
    /// When the change fails, the value stays as it was. Either way it was asked for just now.
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
