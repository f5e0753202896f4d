//! CalDAV: the calendars of an account, each by its own token, or by comparing ETags where there are no tokens.

mod collection;
mod entries;
mod etag;
mod fetch;
mod listing;
mod report;

use super::cursor::{AccountState, CollectionState, Cursor, State};
use super::news::{CalendarNews, Round};
use crate::caldav::discovery::{self, Calendar};
use crate::caldav::path::decoded;
use crate::caldav::why_set_aside;
use crate::error::SourceError;
use crate::intake::SetAside;
use crate::web::client::Client;
use fetch::Budget;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

type Known = BTreeMap<String, CollectionState>;

/// Calendars that broke off or took too long before the round is given up: one may be large, two are a server in
/// trouble.
const PATIENCE: usize = 2;

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
    let mut tally = Tally {
        client,
        known: &known.calendars,
        budget: Budget::new(client.limits().download_bytes),
        listed: BTreeSet::new(),
        next: Known::new(),
        news: BTreeMap::new(),
        set_aside: Vec::new(),
        unreadable: Vec::new(),
        broken: 0,
        stopped: false,
        last_error: None,
    };
    for calendar in &account.calendars {
        tally.calendar(calendar)?;
    }
    let gone = tally.missing(&account.doubtful);
    match tally.last_error {
        Some(error) if tally.news.is_empty() => Err(error),
        _ => Ok(Round {
            calendars: tally.news.into_values().collect(),
            gone,
            unreadable: tally.unreadable,
            set_aside: tally.set_aside,
            cursor: Cursor(State::Caldav(AccountState {
                single: account.single,
                calendars: tally.next,
            })),
        }),
    }
}

/// A calendar's id: its path, decoded, with a slash at its end however the server spells it.
fn id_of(url: &Url) -> String {
    let path = decoded(url.path());
    format!("{}/", path.trim_end_matches('/'))
}

/// A round as it comes together.
struct Tally<'a> {
    client: &'a Client,
    known: &'a Known,
    budget: Budget,
    /// Ids that were listed, read or not.
    listed: BTreeSet<String>,
    next: Known,
    news: BTreeMap<String, CalendarNews>,
    set_aside: Vec<SetAside>,
    unreadable: Vec<(String, String)>,
    broken: usize,
    /// The server asked for fewer requests: the rest has to wait for the next round.
    stopped: bool,
    last_error: Option<SourceError>,
}

impl Tally<'_> {
    fn calendar(&mut self, calendar: &Calendar) -> Result<(), SourceError> {
        let id = id_of(&calendar.url);
        if let Some(why) = why_set_aside(calendar) {
            self.set_aside.push(SetAside {
                label: self.client.shown(&calendar.url),
                why: why.to_owned(),
            });
            return Ok(());
        }
        if !self.listed.insert(id.clone()) {
            return Ok(());
        }
        if self.stopped {
            self.keep(&id, "not asked: the server wants fewer requests".to_owned());
            return Ok(());
        }
        let known = self.known.get(&id);
        match collection::round(self.client, calendar, known, &mut self.budget) {
            Ok(outcome) => {
                self.unreadable.extend(outcome.problems);
                self.next.insert(id.clone(), outcome.state);
                let news = CalendarNews {
                    id: id.clone(),
                    name: calendar.name.clone(),
                    owner: calendar.owner.clone(),
                    news: outcome.news,
                };
                self.news.insert(id, news);
                Ok(())
            }
            Err(error) if self.ends_the_round(&error) => Err(error),
            Err(error) => {
                self.keep(&id, error.to_string());
                self.last_error = Some(error);
                Ok(())
            }
        }
    }

    /// Whether an error over one calendar says that nothing can be said of the others either.
    fn ends_the_round(&mut self, error: &SourceError) -> bool {
        match error {
            SourceError::Unauthorized { status: 401, .. } | SourceError::UnknownHost { .. } => true,
            // What was read so far counts; otherwise a server that counts requests would never be read to the end.
            SourceError::Answered {
                status: 429 | 503, ..
            } => {
                self.stopped = true;
                false
            }
            SourceError::TimedOut { .. } | SourceError::Unreachable { .. } => {
                self.broken += 1;
                self.broken >= PATIENCE
            }
            _ => false,
        }
    }

    /// A calendar of which nothing can be said this time.
    fn keep(&mut self, id: &str, why: String) {
        if let Some(state) = self.known.get(id) {
            self.next.insert(id.to_owned(), state.clone());
        }
        self.unreadable.push((id.to_owned(), why));
    }

    /// The known calendars that are not listed any more; those that may be there all the same are kept.
    fn missing(&mut self, doubtful: &[String]) -> Vec<String> {
        let known = self.known;
        let (kept, gone): (Vec<&String>, Vec<&String>) = known
            .keys()
            .filter(|id| !self.listed.contains(*id))
            .partition(|id| doubtful.iter().any(|path| is_below(id, path)));
        for id in kept {
            self.keep(
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
