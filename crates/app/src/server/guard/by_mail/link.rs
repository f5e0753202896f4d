//! What a link to pick by says: which offer of whom.

use super::super::between::{Offered, Said, between_of, said_in, stands};
use crate::server::ServerError;
use crate::server::ledger::whole_stream;
use crate::server::marked::{marked, read};
use steadfast_calendar::Instant;
use steadfast_store::seal::Keyring;
use steadfast_store::{Facts, Org, Version};

/// What such links begin with.
const PICK: &str = "/pick/";
/// What the mark is for.
const PURPOSE: &str = "pick a time";

/// One offer of one manager.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pointing {
    /// Key of the manager's account.
    pub(super) account: String,
    /// The 1:1.
    pub(super) pair: String,
    /// Second of the promise.
    pub(super) promised: i64,
    /// The number of the fact that made the offer.
    pub(super) number: u64,
    /// Second from which on it is good for nothing.
    pub(super) until: i64,
}

impl Pointing {
    /// The path of its link.
    pub(super) fn path(&self, keyring: &Keyring) -> Result<String, ServerError> {
        let Self {
            account,
            pair,
            promised,
            number,
            until,
        } = self;
        let text = format!("{account}.{pair}.{promised}.{number}.{until}");
        Ok(format!("{PICK}{}", marked(keyring, PURPOSE, &text)?))
    }

    /// What a token says; `None` where it was not made here.
    pub(super) fn read(keyring: &Keyring, token: &str) -> Result<Option<Self>, ServerError> {
        let Some(text) = read(keyring, PURPOSE, token)? else {
            return Ok(None);
        };
        let mut parts = text.rsplitn(5, '.');
        let mut next = || parts.next();
        let said = (next(), next(), next(), next(), next());
        let (Some(until), Some(number), Some(promised), Some(pair), Some(account)) = said else {
            return Ok(None);
        };
        let numbers = (promised.parse(), number.parse(), until.parse());
        let (Ok(promised), Ok(number), Ok(until)) = numbers else {
            return Ok(None);
        };
        Ok(Some(Self {
            account: account.to_owned(),
            pair: pair.to_owned(),
            promised,
            number,
            until,
        }))
    }
}

/// What stands between two about one promise: the last offer, with the number of the fact that made it, and the version of all
/// that was said.
pub(super) struct Standing {
    pub(super) offer: Option<(u64, Offered)>,
    pub(super) version: Version,
}

impl Standing {
    pub(super) async fn of<S: Facts>(
        store: &S,
        org: &Org,
        (pair, promised): (&str, i64),
    ) -> Result<Self, ServerError> {
        let facts = whole_stream(store, org, &between_of(pair)).await?;
        let mut number = None;
        for fact in &facts {
            match said_in(fact)? {
                Said::Offered { promised: of, .. } if of == promised => {
                    number = Some(fact.version.0);
                }
                _ => {}
            }
        }
        let offer = stands(&facts)?.remove(&promised);
        let offer = offer.and_then(|about| about.offer);
        Ok(Self {
            offer: number.zip(offer),
            version: facts.last().map(|fact| fact.version).unwrap_or_default(),
        })
    }

    /// The offer that a link points to, answered or not; `None`: it is over.
    pub(super) fn pointed(self, at: &Pointing, now: Instant) -> Option<Offered> {
        let (number, offer) = self.offer?;
        (number == at.number && now.seconds() < at.until).then_some(offer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_says_one_offer_and_nothing_else_is_one() {
        let keyring = Keyring::new("a", [1; 32]).unwrap();
        let pointing = Pointing {
            account: "0a".to_owned(),
            pair: "0b".to_owned(),
            promised: 7,
            number: 3,
            until: 9,
        };
        let path = pointing.path(&keyring).unwrap();
        let token = path.strip_prefix(PICK).unwrap();
        let read = Pointing::read(&keyring, token).unwrap();
        assert_eq!(read, Some(pointing));
        let other = token.replacen("0a.0b.7.3", "0a.0b.7.4", 1);
        assert_eq!(Pointing::read(&keyring, &other).unwrap(), None);
        // A mark for something else opens nothing.
        let off = marked(&keyring, "mail off", "0a.0b.7.3.9").unwrap();
        assert_eq!(Pointing::read(&keyring, &off).unwrap(), None);
    }
}
