//! How often something may be tried: by the address it comes from, and by the account it is for.
//!
//! In memory and per process: a restart forgets, and several nodes allow as many times more.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use steadfast_store::Micros;

/// Kept at once. Beyond it the ones that have rested longest are forgotten, so that trying from everywhere costs memory
/// that is bounded.
const KEPT: usize = 20_000;

/// What is counted.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub(crate) enum Tried {
    /// A password, from there.
    PasswordFrom(IpAddr),
    /// A signature of a passkey, from there.
    SignatureFrom(IpAddr),
    /// A password, for that address.
    PasswordFor(String),
    /// Something for a device to sign, from there.
    PasskeyFrom(IpAddr),
    /// The same, by that account.
    PasskeyBy(String),
    /// A link, from there.
    LinkFrom(IpAddr),
    /// A link to pick a time with, from there.
    PickFrom(IpAddr),
    /// An invitation made, by that account.
    InvitationBy(String),
    /// Everything about themselves taken home, by that account.
    ExportBy(String),
    /// A ledger of an earlier half year, by that account.
    EarlierBy(String),
    /// A token of a program, from there.
    TokenFrom(IpAddr),
    /// A call of a program of that account's.
    CallBy(String),
    /// A calendar asked for somebody, by that account.
    CalendarBy(String),
    /// A word that something changed in a calendar, from there.
    PushFrom(IpAddr),
}

impl Tried {
    /// How many at once, and microseconds until one more.
    const fn pace(&self) -> (f64, f64) {
        const MINUTE: f64 = 60e6;
        match self {
            // An office behind one address signs in on a Monday morning.
            Self::PasswordFrom(_) | Self::PasskeyFrom(_) | Self::SignatureFrom(_) => {
                (40.0, MINUTE / 4.0)
            }
            // Ten wrong ones, then one a minute: a password of ten characters outlasts that.
            Self::PasswordFor(_) => (10.0, MINUTE),
            Self::LinkFrom(_) | Self::PickFrom(_) | Self::TokenFrom(_) => (40.0, MINUTE / 4.0),
            // A program may ask for a few half years, day by day, at once; then fifty times a second.
            Self::CallBy(_) => (1_000.0, MINUTE / 3_000.0),
            Self::PasskeyBy(_) => (20.0, MINUTE),
            // Whoever tries a password again and again; and this server is nobody's way to look around in its network.
            Self::CalendarBy(_) => (12.0, MINUTE),
            // Google says it for everybody's calendars from a few addresses.
            Self::PushFrom(_) => (3_000.0, MINUTE / 3_000.0),
            // Judging half a year and packing it takes a core for a while.
            Self::ExportBy(_) => (10.0, 6.0 * MINUTE),
            // Judged anew each time: twenty years of one 1:1 at once.
            Self::EarlierBy(_) => (40.0, MINUTE / 4.0),
            Self::InvitationBy(_) => (60.0, MINUTE),
        }
    }
}

#[derive(Debug)]
struct Left {
    times: f64,
    at: Micros,
}

/// All that was tried lately.
#[derive(Debug, Default)]
pub(crate) struct Limits(Mutex<HashMap<Tried, Left>>);

impl Limits {
    /// Whether it may be tried now; counts it.
    pub(crate) fn allow(&self, tried: Tried, now: Micros) -> bool {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT && !all.contains_key(&tried) {
            forget(&mut all, now);
        }
        let (most, each) = tried.pace();
        let left = all.entry(tried).or_insert(Left {
            times: most,
            at: now,
        });
        let rested = (now.0.saturating_sub(left.at.0)).max(0) as f64 / each;
        left.times = (left.times + rested).min(most);
        left.at = now;
        if left.times < 1.0 {
            return false;
        }
        left.times -= 1.0;
        true
    }

    /// It was right after all.
    pub(crate) fn forgive(&self, tried: &Tried) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.remove(tried);
    }
}

/// Drops whatever has rested enough to be as new; if nothing has, the older half.
fn forget(all: &mut HashMap<Tried, Left>, now: Micros) {
    all.retain(|tried, left| {
        let (most, each) = tried.pace();
        left.times + (now.0 - left.at.0) as f64 / each < most
    });
    if all.len() >= KEPT {
        let mut moments: Vec<Micros> = all.values().map(|left| left.at).collect();
        moments.sort_unstable();
        let middle = moments.get(KEPT / 2).copied().unwrap_or(now);
        all.retain(|_, left| left.at > middle);
    }
}

#[cfg(test)]
mod tests {
    use super::{KEPT, Limits, Tried};
    use std::net::IpAddr;
    use steadfast_store::Micros;

    fn ben() -> Tried {
        Tried::PasswordFor("ben@example.com".to_owned())
    }

    #[test]
    fn after_ten_wrong_passwords_there_is_one_a_minute() {
        let limits = Limits::default();
        let tries = |now: i64| (0..20).filter(|_| limits.allow(ben(), Micros(now))).count();
        assert_eq!(tries(0), 10);
        assert_eq!(tries(59_000_000), 0);
        assert_eq!(tries(120_000_000), 2);
    }

    #[test]
    fn a_right_one_clears_the_slate() {
        let limits = Limits::default();
        for _ in 0..10 {
            limits.allow(ben(), Micros(0));
        }
        limits.forgive(&ben());
        assert!(limits.allow(ben(), Micros(0)));
    }

    #[test]
    fn trying_from_everywhere_takes_bounded_memory() {
        let limits = Limits::default();
        for number in 0..50_000_u32 {
            let from = IpAddr::from(number.to_be_bytes());
            limits.allow(Tried::LinkFrom(from), Micros(i64::from(number)));
        }
        assert!(limits.0.lock().unwrap().len() <= KEPT);
    }
}
