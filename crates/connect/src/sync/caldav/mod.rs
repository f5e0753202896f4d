//! CalDAV: the calendars of an account, each by its own token, or by comparing ETags where there are no tokens.

mod collection;
mod entries;
mod etag;
mod fetch;
mod listing;
mod report;

use super::cursor::{AccountState, CollectionState, Cursor, State};
use super::news::Round;
use super::tally::{Named, Tally};
use crate::caldav::discovery::{self, Calendar};
use crate::caldav::path::decoded;
use crate::caldav::why_set_aside;
use crate::error::SourceError;
use crate::web::client::Client;
use fetch::Budget;
use std::collections::BTreeSet;
use url::Url;

/// One round of an account.
pub(super) fn round(
    client: &Client,
    url: &Url,
    known: Option<&AccountState>,
) -> Result<Round, SourceError> {
    let empty = AccountState::default();
    let known = known.unwrap_or(&empty);
    let account = discovery::calendars_now(client, url)?;
    if known.single && !account.single {
        // The address was one calendar. That it leads to a whole account now is not what was asked for.
        return Err(SourceError::Answered {
            address: client.shown(url),
            status: 404,
        });
    }
    let mut walk = Walk {
        client,
        budget: Budget::new(client.limits().download_bytes),
        listed: BTreeSet::new(),
        tally: Tally::of(&known.calendars),
    };
    for calendar in &account.calendars {
        walk.calendar(calendar)?;
    }
    let gone = walk.missing(&account.doubtful);
    walk.tally.round(gone, |calendars| {
        Cursor(State::Caldav(AccountState {
            single: account.single,
            calendars,
        }))
    })
}

/// A calendar's id: its path, decoded, with a slash at its end however the server spells it.
fn id_of(url: &Url) -> String {
    let path = decoded(url.path());
    format!("{}/", path.trim_end_matches('/'))
}

/// A walk over the calendars of an account.
struct Walk<'a> {
    client: &'a Client,
    budget: Budget,
    /// Ids that were listed, read or not.
    listed: BTreeSet<String>,
    tally: Tally<'a, CollectionState>,
}

impl Walk<'_> {
    fn calendar(&mut self, calendar: &Calendar) -> Result<(), SourceError> {
        let id = id_of(&calendar.url);
        if let Some(why) = why_set_aside(calendar) {
            self.tally.aside(self.client.shown(&calendar.url), why);
            return Ok(());
        }
        if !self.listed.insert(id.clone()) || !self.tally.may_ask(&id) {
            return Ok(());
        }
        let known = self.tally.known.get(&id);
        let came = collection::round(self.client, calendar, known, &mut self.budget);
        let came = came.map(|outcome| {
            self.tally.unread(outcome.problems);
            (outcome.news, outcome.state)
        });
        let named = Named {
            id,
            name: calendar.name.clone(),
            owner: calendar.owner.clone(),
        };
        self.tally.read(named, came)
    }

    /// The known calendars that are not listed any more; those that may be there all the same are kept.
    fn missing(&mut self, doubtful: &[String]) -> Vec<String> {
        let known = self.tally.known;
        let (kept, gone): (Vec<&String>, Vec<&String>) = known
            .keys()
            .filter(|id| !self.listed.contains(*id))
            .partition(|id| doubtful.iter().any(|path| is_below(id, path)));
        for id in kept {
            self.tally.keep(
                id,
                "the server showed an error where it lists it".to_owned(),
            );
        }
        gone.into_iter().cloned().collect()
    }
}

fn is_below(id: &str, path: &str) -> bool {
    id.starts_with(&format!("{}/", path.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_has_one_id_however_its_address_is_spelt() {
        fn check(url: &str, expected: &str) {
            let url = Url::parse(url).expect("a URL");
            assert_eq!(id_of(&url), expected, "{url}");
        }
        check("https://a.example/maya/work/", "/maya/work/");
        check("https://a.example/maya/work", "/maya/work/");
        check("https://a.example/maya%40x/caf%C3%A9/", "/maya@x/café/");
        check("https://a.example", "/");
    }

    #[test]
    fn what_is_below_a_place_is_not_what_only_begins_like_it() {
        assert!(is_below("/maya/work/", "/maya/"));
        assert!(is_below("/maya/work/", "/maya/work"));
        assert!(!is_below("/maya/workshop/", "/maya/work"));
    }
}
