//! Account lockout by delay: how many wrong passwords there may be in a row, and how long to wait after them.

/// The failed attempt in a row that starts the first delay.
const FREE: i32 = 5;
const FIRST_DELAY_MS: i64 = 30_000;
const LONGEST_DELAY_MS: i64 = 15 * 60_000;
/// After this time without an attempt, counting begins again.
pub(super) const FORGOTTEN_AFTER_MS: i64 = 24 * 60 * 60_000;

/// Attempts in a row without success.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Attempts {
    /// Their number.
    pub(super) failed: i32,
    /// The end of the lockout, in milliseconds since 1970; without a lockout, the time of the last attempt.
    pub(super) locked_until: i64,
}

impl Attempts {
    /// Counts one more attempt, or answers how many seconds to wait for it.
    pub(super) fn take(self, now: i64) -> Result<Self, i64> {
        // Of attempts at the same moment, the later one may have read the clock earlier: that is no lockout.
        if delay(self.failed) > 0 && self.locked_until > now {
            return Err((self.locked_until - now + 999) / 1_000);
        }
        let forgotten = self.locked_until + FORGOTTEN_AFTER_MS < now;
        let failed = if forgotten { 1 } else { self.failed.saturating_add(1) };
        Ok(Self { failed, locked_until: now + delay(failed) })
    }
}

fn delay(failed: i32) -> i64 {
    match u32::try_from(failed - FREE) {
        Err(_) => 0,
        Ok(beyond) => (FIRST_DELAY_MS << beyond.min(10)).min(LONGEST_DELAY_MS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_are_free_and_then_each_one_waits_twice_as_long() {
        let mut attempts = Attempts::default();
        let (mut now, mut waited) = (1_000_000_000_000, Vec::new());
        for _ in 0..12 {
            attempts = attempts.take(now).unwrap_or_default();
            waited.push((attempts.locked_until - now) / 1_000);
            now = attempts.locked_until;
        }
        assert_eq!(waited, [0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900]);
    }

    #[test]
    fn who_is_locked_out_is_told_how_long() {
        let locked = Attempts { failed: 5, locked_until: 30_000 };
        assert_eq!(locked.take(1), Err(30));
        assert_eq!(locked.take(29_999), Err(1));
        assert_eq!(locked.take(30_000).map(|attempts| attempts.failed), Ok(6));
        assert_eq!(locked.take(30_001 + FORGOTTEN_AFTER_MS).map(|attempts| attempts.failed), Ok(1));
    }
}
