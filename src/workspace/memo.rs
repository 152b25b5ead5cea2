//! Answers that are found once.

use std::collections::BTreeMap;
use std::sync::Mutex;

/// The answers for the keys that were asked for. What answers is called without the lock, so two threads can ask it
/// for the same key at the same time; both get the same answer.
#[derive(Debug)]
pub(super) struct Memo<K, V>(Mutex<BTreeMap<K, V>>);

impl<K: Ord, V: Clone> Memo<K, V> {
    /// The known answer for a key, otherwise that of `answer`.
    pub(super) fn get_or(&self, key: K, answer: impl FnOnce() -> V) -> V {
        if let Ok(known) = self.0.lock()
            && let Some(value) = known.get(&key)
        {
            return value.clone();
        }
        let value = answer();
        if let Ok(mut known) = self.0.lock() {
            known.insert(key, value.clone());
        }
        value
    }

    pub(super) fn forget(&mut self, key: &K) {
        if let Ok(known) = self.0.get_mut() {
            known.remove(key);
        }
    }
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}
