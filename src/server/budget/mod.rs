//! The rate limit: budgets per caller for fields visited, for entries and for attempts to sign in.
//!
//! A request is charged the measured cost of its document (`document/`), to the subject of its token or else
//! to its address. Each process has budgets of its own.

mod address;
mod caller;
mod ledger;
mod limit;
mod wait;

pub use address::Address;
pub(super) use address::Proxies;
pub use caller::{Caller, Class};
pub use wait::Wait;

use super::document::{self, Writes};
use crate::config::Settings;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use governor::Quota;
use governor::clock::{Clock, MonotonicClock};
use ledger::Key;
use limit::Limit;
use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroU32;
use std::time::Duration;

/// The minimum cost of a request, in fields visited: reading it, answering it, a statement.
pub(super) const FLOOR: u64 = 100;

/// Entries that an address may send without a token: twenty, then one more every three minutes.
const ANONYMOUS_WRITES: Quota = Quota::per_hour(number(20));
/// Attempts to sign in or to refresh a session from one address: 120, then one more every second. A whole
/// office signs in from one address in the morning; repeated attempts at one account are limited by the
/// account's lockout.
const SIGN_INS: Quota = Quota::per_minute(number(60)).allow_burst(number(120));

const SPENT: &str = "You have asked for a lot in a short time.";
const SPENT_TOGETHER: &str = "You, or somebody who shares your connection, asked for a lot in a short time.";
const WROTE: &str = "A lot was sent from your connection without signing in.";
const TRIED: &str = "There were many attempts to sign in.";

/// The budgets of one server. Each has a store of its own: a flood of callers that fills one evicts no caller
/// of another.
pub struct Budgets<C: Clock = MonotonicClock> {
    public: Option<Limit<C>>,
    partner: Option<Limit<C>>,
    signed_in: Option<Limit<C>>,
    anonymous_writes: Limit<C>,
    sign_ins: Limit<C>,
    names: RandomState,
}

impl Budgets {
    /// Full budgets, as large as the settings say.
    pub fn new(settings: &Settings) -> Self {
        Self::with_clock(settings, &MonotonicClock)
    }
}

impl<C: Clock + Clone> Budgets<C> {
    fn with_clock(settings: &Settings, clock: &C) -> Self {
        let limit = |quota| Limit::new(quota, clock.clone());
        Self {
            public: visits(settings.budget_public).map(limit),
            partner: visits(settings.budget_partner).map(limit),
            signed_in: visits(settings.budget_signed_in).map(limit),
            anonymous_writes: limit(ANONYMOUS_WRITES),
            sign_ins: limit(SIGN_INS),
            names: RandomState::new(),
        }
    }
}

impl<C: Clock> Budgets<C> {
    /// Opens the charge of one request.
    pub fn charge(&self, caller: Caller) -> Charge<'_, C> {
        Charge { budgets: self, caller, paid: 0, left: None }
    }

    fn of(&self, class: Class) -> Option<&Limit<C>> {
        match class {
            Class::Public => self.public.as_ref(),
            Class::Partner => self.partner.as_ref(),
            Class::SignedIn => self.signed_in.as_ref(),
        }
    }

    fn name(&self, name: &str) -> Key {
        Key::Name(self.names.hash_one(name))
    }
}

/// The cost charged to one request. It is charged in parts, as soon as each is known: a caller whose budget
/// is used up is refused before the next piece of work.
pub struct Charge<'b, C: Clock = MonotonicClock> {
    budgets: &'b Budgets<C>,
    caller: Caller,
    paid: u64,
    /// What is left of the budget; `None`: not known, or there is no limit.
    left: Option<u32>,
}

/// Fields of the answer: what the budget is, and what is left of it (IETF draft "RateLimit header fields for HTTP").
pub(super) const HEADERS: [HeaderName; 2] =
    [HeaderName::from_static("ratelimit-policy"), HeaderName::from_static("ratelimit")];

impl<C: Clock> Charge<'_, C> {
    /// Raises the total charged to this cost.
    pub fn raise_to(&mut self, cost: u64) -> Result<(), Wait> {
        let Some(limit) = self.budgets.of(self.caller.class) else { return Ok(()) };
        let (key, reason) = match &self.caller.subject {
            Some(subject) => (self.budgets.name(subject), SPENT),
            None => (Key::Address(self.caller.address), SPENT_TOGETHER),
        };
        // A retry is charged from the beginning.
        let again = |time| Wait::new(reason, limit.refill(self.paid).saturating_add(time));
        match limit.take(key, cost.saturating_sub(self.paid)) {
            Ok(left) => self.left = left.or(self.left),
            Err(time) => {
                // Less than the request costs, whatever it is.
                self.left = Some(0);
                return Err(again(time));
            }
        }
        self.paid = self.paid.max(cost);
        Ok(())
    }

    /// Tells the caller the size of its budget, what is left of it, the seconds until it is full, and what this request
    /// cost, in fields visited.
    pub fn tell(&self, headers: &mut HeaderMap) {
        let class = self.caller.class;
        let Some((limit, left)) = self.budgets.of(class).zip(self.left) else { return };
        let ((size, full), name) = (limit.size(), class.name());
        let until_full = limit.refill(size.saturating_sub(left).into());
        let seconds = |time: Duration| time.as_secs_f64().ceil();
        let policy = format!("\"{name}\";q={size};w={}", seconds(full));
        let rest = format!("\"{name}\";r={left};t={};cost={}", seconds(until_full), self.paid);
        for (name, value) in HEADERS.into_iter().zip([policy, rest]) {
            if let Ok(value) = HeaderValue::try_from(value) {
                headers.insert(name, value);
            }
        }
    }

    /// Charges attempts to sign in and, for a caller without a token, entries.
    pub(in crate::server) fn write(&self, writes: Writes) -> Result<(), Wait> {
        let address = || Key::Address(self.caller.address);
        let tried = self.budgets.sign_ins.take(address(), writes.sign_ins);
        tried.map_err(|time| Wait::new(TRIED, time))?;
        if self.caller.subject.is_some() {
            return Ok(());
        }
        let taken = self.budgets.anonymous_writes.take(address(), writes.entries);
        taken.map(drop).map_err(|time| Wait::new(WROTE, time))
    }
}

/// A quota of fields per minute, which may be spent at once; 0 is no limit. The largest document that is
/// executed always fits into a full budget.
fn visits(per_minute: u32) -> Option<Quota> {
    let per_minute = NonZeroU32::new(per_minute)?;
    Some(Quota::per_minute(per_minute).allow_burst(per_minute.max(number(document::VISITS))))
}

const fn number(number: u32) -> NonZeroU32 {
    NonZeroU32::MIN.saturating_add(number - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;
    use governor::clock::FakeRelativeClock;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        settings: Settings,
    }

    fn budgets(flags: &[&str]) -> (Budgets<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let cli = Cli::parse_from(["yui"].iter().chain(flags));
        (Budgets::with_clock(&cli.settings, &clock), clock)
    }

    fn somebody(subject: Option<&str>, class: Class, address: u32) -> Caller {
        Caller::new(subject.map(Into::into), class, Address::V4(address))
    }

    fn pays(budgets: &Budgets<FakeRelativeClock>, caller: &Caller, cost: u64) -> Result<(), u64> {
        let mut charge = budgets.charge(caller.clone());
        let paid = charge.raise_to(FLOOR).and_then(|()| charge.raise_to(cost));
        paid.map_err(Wait::seconds)
    }

    #[test]
    fn a_minutes_worth_may_be_spent_at_once_and_comes_back_in_a_minute() {
        let (budgets, clock) = budgets(&["--budget-public", "60000"]);
        let caller = somebody(None, Class::Public, 1);
        for _ in 0..3 {
            assert_eq!(pays(&budgets, &caller, 20_000), Ok(()));
        }
        assert_eq!(pays(&budgets, &caller, FLOOR), Err(1));
        clock.advance(Duration::from_secs(60));
        for _ in 0..3 {
            assert_eq!(pays(&budgets, &caller, 20_000), Ok(()));
        }
    }

    #[test]
    fn who_waits_as_long_as_told_is_answered() {
        let (budgets, clock) = budgets(&["--budget-public", "60"]);
        let caller = somebody(None, Class::Public, 1);
        assert_eq!(pays(&budgets, &caller, 19_000), Ok(()));
        let told = pays(&budgets, &caller, 1_050);
        assert_eq!(told, Err(150), "100 were paid of 1,000 that were left; one comes back every second");
        clock.advance(Duration::from_secs(149));
        assert_eq!(budgets.charge(caller.clone()).raise_to(1_050).map_err(Wait::seconds), Err(1));
        clock.advance(Duration::from_secs(1));
        assert_eq!(pays(&budgets, &caller, 1_050), Ok(()));
    }

    #[test]
    fn the_largest_document_fits_into_the_smallest_budget() {
        let (budgets, _) = budgets(&["--budget-public", "1"]);
        let caller = somebody(None, Class::Public, 1);
        assert_eq!(pays(&budgets, &caller, document::VISITS.into()), Ok(()));
        assert!(pays(&budgets, &caller, FLOOR).is_err());
    }

    #[test]
    fn zero_is_no_limit() {
        let (budgets, _) = budgets(&["--budget-public", "0"]);
        for _ in 0..1_000 {
            assert_eq!(pays(&budgets, &somebody(None, Class::Public, 1), 20_000), Ok(()));
        }
    }

    #[test]
    fn a_token_pays_as_its_subject_and_anybody_else_as_an_address() {
        let flags = ["--budget-public", "1", "--budget-partner", "1", "--budget-signed-in", "1"];
        let (budgets, _) = budgets(&flags);
        for class in [Class::Partner, Class::SignedIn] {
            assert_eq!(pays(&budgets, &somebody(Some("a"), class, 1), 20_000), Ok(()));
            assert!(pays(&budgets, &somebody(Some("a"), class, 2), FLOOR).is_err());
            assert_eq!(pays(&budgets, &somebody(Some("b"), class, 1), 20_000), Ok(()));
        }
        assert_eq!(pays(&budgets, &somebody(None, Class::Public, 1), 20_000), Ok(()));
        assert!(pays(&budgets, &somebody(None, Class::Public, 1), FLOOR).is_err());
        assert_eq!(pays(&budgets, &somebody(None, Class::Public, 2), 20_000), Ok(()));
    }

    #[test]
    fn twenty_entries_without_a_token_are_the_most() {
        let (budgets, clock) = budgets(&[]);
        let nobody = budgets.charge(somebody(None, Class::Public, 1));
        for _ in 0..20 {
            assert_eq!(nobody.write(ENTRY), Ok(()));
        }
        assert_eq!(nobody.write(ENTRY).map_err(Wait::seconds), Err(180));
        assert_eq!(budgets.charge(somebody(None, Class::Public, 2)).write(ENTRY), Ok(()));
        assert_eq!(budgets.charge(somebody(Some("a"), Class::SignedIn, 1)).write(ENTRY), Ok(()));
        clock.advance(Duration::from_secs(180));
        assert_eq!(nobody.write(ENTRY), Ok(()));
    }

    const ENTRY: Writes = Writes { sign_ins: 0, entries: 1 };

    #[test]
    fn an_address_tries_so_often_whoever_asks() {
        let (budgets, clock) = budgets(&[]);
        let tries = |sign_ins| Writes { sign_ins, entries: 0 };
        let charge = |address| budgets.charge(Caller::public(Address::V6(address)));
        assert_eq!(charge(1).write(tries(120)), Ok(()));
        assert_eq!(charge(1).write(tries(1)).map_err(Wait::seconds), Err(1));
        assert_eq!(charge(2).write(tries(1)), Ok(()));
        clock.advance(Duration::from_secs(1));
        assert_eq!(charge(1).write(tries(1)), Ok(()));
    }
}
