//! Whom the list of people lets go comes in until the end of their last day, and no longer.
//!
//! `Invariant:` when somebody's account closes is kept in one stroke with the change of the list that it comes of, and is asked
//! wherever somebody comes in: no job has to run for it. Whoever is in the list again before that day stays, whatever was queued.

use super::leave::Leaves;
use super::role;
use crate::server::ServerError;
use crate::server::people::zone_of;
use crate::server::sync::micros;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use steadfast_calendar::{Instant, resolve};
use steadfast_store::{Accounts, Closes, Facts, Intents, Micros, NewJob, Org, Sources, Views};

/// What a change of the list says of how long somebody stays.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::server) enum Stay {
    /// They are in the list: an account that was to close does not.
    GoesOn,
    /// It ends with that day, in their own zone as far as the list knows it.
    EndsAfter(Date, Option<String>),
}

/// What is kept with a change of the list.
#[derive(Clone, Debug, Default)]
pub(in crate::server) struct Closing {
    accounts: Vec<(String, Option<Micros>)>,
    /// What is to be done once they are closed.
    pub(in crate::server) jobs: Vec<NewJob>,
    now: Micros,
}

impl Closing {
    /// As it is kept.
    pub(in crate::server) fn closes(&self) -> Vec<Closes<'_>> {
        let all = self.accounts.iter();
        all.map(|(email, at)| Closes {
            email,
            at: *at,
            now: self.now,
        })
        .collect()
    }
}

/// What that means for the accounts of those it is about, by address. Whoever set the server up keeps theirs: nobody else could
/// look after it.
///
/// # Errors
/// [`ServerError::Store`].
pub(in crate::server) async fn closing<S: Accounts + Facts + Sources + Views>(
    store: &S,
    org: &Org,
    now: Instant,
    stays: &BTreeMap<String, Stay>,
) -> Result<Closing, ServerError> {
    let mut closing = Closing {
        now: micros(now),
        ..Closing::default()
    };
    let stay = stays.iter().filter(|(_, how)| **how == Stay::GoesOn);
    let stay: Vec<&str> = stay.map(|(person, _)| person.as_str()).collect();
    let joined = store.which_have_joined(org, &stay, closing.now).await?;
    closing
        .accounts
        .extend(joined.into_iter().map(|person| (person, None)));
    for (person, how) in stays {
        let Stay::EndsAfter(last, zone) = how else {
            continue;
        };
        let Some(account) = store.account_by_email(org, person).await? else {
            continue;
        };
        if account.role == role::OWNER {
            continue;
        }
        let zone = zone_of(store, org, person, zone.as_deref(), now).await?;
        let at = micros(ends(*last, &zone));
        let leaves = Leaves {
            account: account.account,
            everything: false,
            person: person.clone(),
            again: false,
            closes_itself: true,
        };
        let unique = format!("ends/{person}/{last}");
        closing.jobs.push(leaves.job(unique, at.max(closing.now)));
        closing.accounts.push((person.clone(), Some(at)));
    }
    Ok(closing)
}

/// Whether somebody has left: their account is closed, or all of theirs is about to go. Nothing more is begun for them then, whatever
/// is queued.
///
/// # Errors
/// [`ServerError::Store`].
pub(in crate::server) async fn has_left<S: Accounts + Intents>(
    store: &S,
    org: &Org,
    person: &str,
    now: Micros,
) -> Result<bool, ServerError> {
    let account = store.account_by_email(org, person).await?;
    let is_closed = account.is_some_and(|account| account.is_closed(now));
    Ok(is_closed || store.halted(org, person).await?.leaves)
}

/// When the day is over there.
pub(in crate::server) fn ends(last: Date, zone: &TimeZone) -> Instant {
    let next = last.tomorrow().unwrap_or(last);
    resolve(next.to_datetime(Time::midnight()), zone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_day_ends_where_its_owner_lives() {
        for (zone, expected) in [
            ("UTC", "2026-03-29T00:00:00Z"),
            ("America/Los_Angeles", "2026-03-29T07:00:00Z"),
            ("Pacific/Auckland", "2026-03-28T11:00:00Z"),
            // The clock of Beirut goes on at midnight of that very day.
            ("Asia/Beirut", "2026-03-28T22:00:00Z"),
        ] {
            let zone = TimeZone::get(zone).unwrap();
            let at = ends(date(2026, 3, 28), &zone).seconds();
            let at = jiff::Timestamp::from_second(at).unwrap();
            assert_eq!(at.to_string(), expected);
        }
    }
}
