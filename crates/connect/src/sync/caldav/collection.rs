//! One calendar in one round.

use super::entries::{Entries, Entry};
use super::etag;
use super::fetch::{Budget, Failed, Fetched, fetch};
use super::listing::{self, Listed, Listing};
use super::report::{self, Since};
use crate::caldav::discovery::Calendar;
use crate::error::SourceError;
use crate::sync::cursor::CollectionState;
use crate::sync::news::{Because, News, Object};
use crate::web::client::Client;
use std::collections::BTreeMap;

/// What a round found in one calendar.
pub(super) struct Outcome {
    pub(super) news: News,
    pub(super) state: CollectionState,
    /// Objects that could not be read: address and reason.
    pub(super) problems: Vec<(String, String)>,
}

/// What is new in `calendar` since `known`.
pub(super) fn round(
    client: &Client,
    calendar: &Calendar,
    known: Option<&CollectionState>,
    budget: &mut Budget,
) -> Result<Outcome, SourceError> {
    let mut look = Look {
        client,
        calendar,
        budget,
    };
    let Some(known) = known else {
        return look.whole(None, Because::First);
    };
    if known.pending.is_empty() && says_unchanged(calendar, known) {
        return Ok(Outcome {
            news: News::Unchanged,
            state: known.clone(),
            problems: Vec::new(),
        });
    }
    let Some(token) = &known.token else {
        return look.compare(known);
    };
    match report::since(client, &calendar.url, token)? {
        Since::Lost => look.whole(Some(known), Because::TokenLost),
        Since::NotDone => look.compare(known),
        Since::Told { entries, .. } if look.tells_everything(known, token, &entries)? => {
            look.whole(Some(known), Because::TokenLost)
        }
        Since::Told { entries, token } => {
            let marks = CollectionState {
                token,
                ctag: calendar.ctag.clone(),
                ..CollectionState::default()
            };
            look.changes(known, entries, marks)
        }
    }
}

/// Whether the mark that came with the list of calendars is the known one.
fn says_unchanged(calendar: &Calendar, known: &CollectionState) -> bool {
    match (&known.token, &calendar.token) {
        // Within the second of a clock more may have happened.
        (Some(token), Some(now)) => token == now && !is_clock(token),
        (None, None) => known.ctag.is_some() && known.ctag == calendar.ctag,
        _ => false,
    }
}

/// Whether a token is nothing but a number of seconds (SOGo). Such a token is never unknown, and what happened in its
/// second is told again. SOGo's ETags count the versions of an object and begin anew when it is deleted and made again,
/// so there the content itself has to tell whether it is new.
fn is_clock(token: &str) -> bool {
    token.parse::<i64>().is_ok()
}

/// Whether what is said of an object is what is known of it.
fn is_known(known: &CollectionState, name: &str, etag: Option<&String>) -> bool {
    matches!((known.etags.get(name), etag), (Some(old), Some(new)) if etag::same(old, new))
}

struct Look<'a> {
    client: &'a Client,
    calendar: &'a Calendar,
    budget: &'a mut Budget,
}

impl Look<'_> {
    /// Whether an answer is no news but everything there is, as SOGo and DAViCal answer to a token that they do not
    /// know. It names objects that have not changed and says nothing of those that are gone, so the plain list shows.
    fn tells_everything(
        &self,
        known: &CollectionState,
        token: &str,
        entries: &Entries,
    ) -> Result<bool, SourceError> {
        let no_etags = is_clock(token);
        // What happened in the second of a clock is told again. Where even that is missing, it was cleared away (SOGo's
        // `sogo-tool cleanup` forgets what was deleted), and more with it perhaps.
        let forgot = no_etags && entries.is_empty() && !known.etags.is_empty();
        let mut all = entries.iter();
        let old_news = all.any(|(name, entry)| match entry {
            Entry::There { etag, .. } => {
                known.etags.contains_key(name)
                    && (no_etags || etag.is_none() || is_known(known, name, etag.as_ref()))
            }
            Entry::Gone => false,
        });
        if !old_news && !forgot {
            return Ok(false);
        }
        let listing = listing::plain(self.client, self.calendar, true)?;
        let lost_silently = known.etags.keys().any(|name| {
            !listing.objects.contains_key(name) && entries.get(name) != Some(&Entry::Gone)
        });
        // One object alone may be named twice because it changed while it was fetched.
        let named_all = known.etags.len() > 1
            && !no_etags
            && listing
                .objects
                .keys()
                .all(|name| matches!(entries.get(name), Some(Entry::There { .. })));
        Ok(lost_silently || named_all)
    }

    /// Everything there is.
    fn whole(
        &mut self,
        known: Option<&CollectionState>,
        because: Because,
    ) -> Result<Outcome, SourceError> {
        let expected = known.is_some_and(|known| !known.etags.is_empty());
        let listing = listing::all(self.client, self.calendar, expected)?;
        let fetched = self.fetch(&listing.objects, listing.token.as_deref())?;
        if fetched.objects.is_empty()
            && let Some(first) = fetched.failed.first()
        {
            return Err(SourceError::BadAnswer {
                address: first.address.clone(),
                reason: format!(
                    "none of the calendar's objects could be read ({})",
                    first.why
                ),
            });
        }
        let empty = CollectionState::default();
        let known = known.unwrap_or(&empty);
        let kept = |failed: &&Failed| known.etags.contains_key(&failed.name);
        // What is not in a whole is gone, and an object that could not be read is not gone.
        let keeps_some = fetched.failed.iter().any(|failed| kept(&failed));
        let mut state = CollectionState {
            token: listing.token,
            ctag: listing.ctag,
            ..CollectionState::default()
        };
        for failed in fetched.failed.iter().filter(kept) {
            let old = known.etags.get(&failed.name).cloned();
            state
                .etags
                .extend(old.map(|old| (failed.name.clone(), old)));
        }
        let objects = take(&mut state, fetched.objects);
        let news = if keeps_some {
            News::Changes {
                put: objects,
                gone: without(known, &state),
            }
        } else {
            News::Whole {
                objects,
                kept: Vec::new(),
                because,
            }
        };
        Ok(outcome(news, state, fetched.failed))
    }

    /// What is new by the list of what is there: for servers without tokens, and where they fail.
    fn compare(&mut self, known: &CollectionState) -> Result<Outcome, SourceError> {
        let expected = !known.etags.is_empty();
        let listing: Listing = if self.calendar.token.is_some() {
            listing::all(self.client, self.calendar, expected)?
        } else {
            listing::plain(self.client, self.calendar, expected)?
        };
        let mut entries: Entries = known
            .etags
            .keys()
            .filter(|name| !listing.objects.contains_key(*name))
            .map(|name| (name.clone(), Entry::Gone))
            .collect();
        let there = listing.objects.into_iter().map(|(name, listed)| {
            let Listed { href, etag } = listed;
            (name, Entry::There { href, etag })
        });
        entries.extend(there);
        let marks = CollectionState {
            token: listing.token,
            ctag: listing.ctag,
            ..CollectionState::default()
        };
        self.changes(known, entries, marks)
    }

    /// What is new by what is said to be new.
    fn changes(
        &mut self,
        known: &CollectionState,
        entries: Entries,
        marks: CollectionState,
    ) -> Result<Outcome, SourceError> {
        let mut state = CollectionState {
            etags: known.etags.clone(),
            ..marks
        };
        let mut wanted: BTreeMap<String, Listed> = BTreeMap::new();
        for (name, href) in &known.pending {
            if !entries.contains_key(name) {
                let listed = Listed {
                    href: href.clone(),
                    etag: None,
                };
                wanted.insert(name.clone(), listed);
            }
        }
        for (name, entry) in entries {
            match entry {
                Entry::Gone => {
                    state.etags.remove(&name);
                }
                Entry::There { href, etag } => {
                    let again = known.pending.contains_key(&name);
                    if again || !is_known(known, &name, etag.as_ref()) {
                        wanted.insert(name, Listed { href, etag });
                    }
                }
            }
        }
        let mut fetched = self.fetch(&wanted, state.token.as_deref())?;
        for name in &fetched.gone {
            state.etags.remove(name);
        }
        // Without ETags every object is fetched, and its content tells whether it is new.
        fetched.objects.retain(|name, (object, tag)| {
            let content = etag::of_content(&object.lines);
            let same = known.etags.get(name) == Some(&content);
            if same {
                state.etags.insert(name.clone(), tag.clone());
            }
            !same
        });
        let put = take(&mut state, fetched.objects);
        let gone = without(known, &state);
        let news = if put.is_empty() && gone.is_empty() {
            News::Unchanged
        } else {
            News::Changes { put, gone }
        };
        Ok(outcome(news, state, fetched.failed))
    }

    /// Fetches objects, each with what will tell whether it is new at the next round.
    fn fetch(
        &mut self,
        wanted: &BTreeMap<String, Listed>,
        token: Option<&str>,
    ) -> Result<Fetched, SourceError> {
        let mut fetched = fetch(self.client, &self.calendar.url, wanted, self.budget)?;
        let by_content = token.is_some_and(is_clock);
        for (name, (object, tag)) in &mut fetched.objects {
            let content = etag::of_content(&object.lines);
            if by_content {
                *tag = content;
            } else if *tag == content
                // Some servers leave the ETag out of a multiget; the listed one names this content or an older one.
                && let Some(listed) = wanted.get(name).and_then(|listed| listed.etag.clone())
            {
                *tag = listed;
            }
        }
        Ok(fetched)
    }
}

/// Notes what was fetched and gives it out.
fn take(state: &mut CollectionState, fetched: BTreeMap<String, (Object, String)>) -> Vec<Object> {
    let mut objects = Vec::with_capacity(fetched.len());
    for (name, (object, tag)) in fetched {
        state.etags.insert(name, tag);
        objects.push(object);
    }
    objects
}

/// The objects that were known and are no longer.
fn without(known: &CollectionState, state: &CollectionState) -> Vec<String> {
    let missing = known
        .etags
        .keys()
        .filter(|name| !state.etags.contains_key(*name));
    missing.cloned().collect()
}

fn outcome(news: News, mut state: CollectionState, failed: Vec<Failed>) -> Outcome {
    let mut problems = Vec::with_capacity(failed.len());
    for failed in failed {
        state.pending.insert(failed.name, failed.href);
        problems.push((failed.address, failed.why));
    }
    Outcome {
        news,
        state,
        problems,
    }
}
