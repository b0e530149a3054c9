//! The answer to a caller whose budget is used up: a reason and the time to wait.

use crate::error::Error;
use std::time::Duration;

/// How long until the budget suffices for the request, and why it does not now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wait {
    reason: &'static str,
    seconds: u64,
}

impl Wait {
    pub(super) fn new(reason: &'static str, time: Duration) -> Self {
        let begun = u64::from(time.subsec_nanos() > 0);
        Self { reason, seconds: time.as_secs().saturating_add(begun).max(1) }
    }

    /// Whole seconds, rounded up, at least one.
    pub fn seconds(self) -> u64 {
        self.seconds
    }

    /// A sentence that a volunteer understands.
    pub fn message(self) -> String {
        let Self { reason, seconds } = self;
        match seconds {
            1 => format!("{reason} Ask again in 1 second."),
            2..=180 => format!("{reason} Ask again in {seconds} seconds."),
            _ => format!("{reason} Ask again in {} minutes.", seconds.div_ceil(60)),
        }
    }
}

impl From<Wait> for Error {
    fn from(wait: Wait) -> Self {
        Self::LimitExceeded(wait.message())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_whole_seconds_rounded_up() {
        let told = |milliseconds| Wait::new("", Duration::from_millis(milliseconds)).seconds();
        assert_eq!([0, 1, 999, 1_000, 1_001].map(told), [1, 1, 1, 1, 2]);
    }

    #[test]
    fn long_times_are_told_in_minutes() {
        let told = |seconds| Wait::new("Too much.", Duration::from_secs(seconds)).message();
        assert_eq!(told(1), "Too much. Ask again in 1 second.");
        assert_eq!(told(180), "Too much. Ask again in 180 seconds.");
        assert_eq!(told(181), "Too much. Ask again in 4 minutes.");
    }
}
