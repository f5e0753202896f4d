//! `kept.json`: what is kept, piece by piece. Shapes of their own, so that how facts are kept may change.

use super::Here;
use super::also::Also;
use super::own::Own;
use crate::audit::pair_id;
use crate::report::Report;
use crate::server::accounts::name_of;
use crate::server::ledger::{said, whole_stream};
use crate::server::looked::about_me;
use crate::server::passkeys::passkeys;
use crate::server::people::near;
use crate::server::{
    ServerError, Viewer,
    facts::{self, CalendarLeft, CalendarNews, LINE, Line, WORD, WORDS, WordGiven},
    sync::{instant, statuses},
};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::Instant;
use steadfast_store::{
    AccessLog, Accounts, ApiTokens, Fact, Facts, Micros, Passkeys, Secrets, Sources,
};

/// Streams read at once.
const PAGE: u32 = 500;

/// `steadfast.person/1`.
#[derive(Serialize)]
pub(super) struct Kept {
    schema: &'static str,
    pub(super) as_of: String,
    pub(super) account: Account,
    pub(super) passkeys: Vec<PasskeyKept>,
    pub(super) connected: Vec<Connected>,
    pub(super) lines: Vec<LineSaid>,
    pub(super) place: Place,
    pub(super) words: Vec<WordSaid>,
    pub(super) words_shared_with_me: Vec<Shared>,
    pub(super) looks: Vec<LookKept>,
    #[serde(flatten)]
    pub(super) also: Also,
    #[serde(flatten)]
    pub(super) own: Own,
    pub(super) seen_of_my_calendars: Vec<Seen>,
}

/// Who they are here.
#[derive(Serialize)]
pub(super) struct Account {
    pub(super) address: String,
    pub(super) name: Option<String>,
    pub(super) role: String,
    pub(super) since: String,
}

/// A passkey of theirs, without the key that its signatures are checked with.
#[derive(Serialize)]
pub(super) struct PasskeyKept {
    pub(super) since: String,
    pub(super) used: Option<String>,
}

/// A connected calendar, without how to get at it.
#[derive(Serialize)]
pub(super) struct Connected {
    pub(super) at: String,
    pub(super) since: String,
    pub(super) verified: Option<String>,
    pub(super) problem: Option<String>,
    pub(super) stopped: bool,
}

/// Who reports to whom, as somebody said of them.
#[derive(Serialize)]
pub(super) struct LineSaid {
    pub(super) on: String,
    pub(super) said_by: String,
    pub(super) manager: String,
    pub(super) report: String,
    pub(super) holds: bool,
}

/// Their place in the organisation.
#[derive(Serialize)]
pub(super) struct Place {
    pub(super) lines: Vec<PlaceLine>,
    pub(super) other_addresses: Vec<String>,
    pub(super) delegates: Vec<String>,
}

/// A reporting line of theirs; days that nobody said are `null`.
#[derive(Serialize)]
pub(super) struct PlaceLine {
    pub(super) manager: String,
    pub(super) report: String,
    pub(super) from: Option<String>,
    pub(super) to: Option<String>,
}

/// A word of theirs; `null` took the one before back.
#[derive(Serialize)]
pub(super) struct WordSaid {
    pub(super) on: String,
    pub(super) one_on_one: String,
    pub(super) with: Option<String>,
    pub(super) day: String,
    pub(super) word: Option<String>,
    pub(super) shared: bool,
}

/// A word of the other one of the two, who shared it.
#[derive(Serialize)]
pub(super) struct Shared {
    pub(super) by: String,
    pub(super) day: String,
    pub(super) word: &'static str,
}

/// Who looked at what is about them, by the day.
#[derive(Serialize)]
pub(super) struct LookKept {
    /// Their address; `null`: whoever runs the server.
    pub(super) by: Option<String>,
    pub(super) at: &'static str,
    pub(super) days: Vec<String>,
}

/// One look at a calendar of theirs, as it is kept.
#[derive(Serialize)]
pub(super) struct Seen {
    on: String,
    kind: String,
    calendar: Option<String>,
    /// iCalendar text by place in the calendar.
    put: BTreeMap<String, String>,
    gone: Vec<String>,
}

impl Kept {
    pub(super) async fn of<
        S: AccessLog + Accounts + ApiTokens + Facts + Passkeys + Secrets + Sources,
    >(
        store: &S,
        here: Here<'_>,
        viewer: &Viewer,
        now: Instant,
        report: Option<&Report>,
    ) -> Result<Self, ServerError> {
        let (org, me) = (viewer.org(), viewer.person());
        let account = store.account_by_email(org, me).await?;
        let account = account.ok_or(ServerError::NotFound)?;
        let others = others(viewer, report);
        let mut shared = Vec::new();
        for other in &others {
            for one in said(store, viewer, &pair_id(me, other), other).await? {
                if !one.mine {
                    shared.push(Shared {
                        by: other.clone(),
                        day: one.date.to_string(),
                        word: one.word.as_str(),
                    });
                }
            }
        }
        let connected = statuses(store, viewer).await?;
        let passkeys = passkeys(store, org, &account.account).await?;
        let also = Also::of(store, here, (viewer, now), &account.account, &others).await?;
        Ok(Self {
            schema: "steadfast.person/1",
            as_of: moment(now),
            account: Account {
                address: account.email,
                name: name_of(store, org, &account.account).await?,
                role: account.role,
                since: moment(instant(account.created)),
            },
            passkeys: passkeys
                .into_iter()
                .map(|one| PasskeyKept {
                    since: moment(one.since),
                    used: one.used.map(moment),
                })
                .collect(),
            connected: connected
                .into_iter()
                .map(|one| Connected {
                    at: one.label,
                    since: moment(one.since),
                    verified: one.verified.map(moment),
                    problem: one.problem,
                    stopped: one.is_stopped,
                })
                .collect(),
            lines: lines(store, viewer).await?,
            place: place(store, viewer).await?,
            words: words(store, viewer, &others).await?,
            words_shared_with_me: shared,
            looks: looks(store, viewer, now).await?,
            also,
            own: Own::of(store, here.keyring, viewer).await?,
            seen_of_my_calendars: seen(store, viewer).await?,
        })
    }
}

/// Who looked, as it is kept.
async fn looks<S: AccessLog + Accounts + Facts>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<Vec<LookKept>, ServerError> {
    let now = Micros(now.seconds().saturating_mul(1_000_000));
    let all = about_me(store, viewer, now).await?;
    let looks = all.into_iter().map(|one| LookKept {
        by: one.by,
        at: one.kind.key(),
        days: one.days.iter().map(ToString::to_string).collect(),
    });
    Ok(looks.collect())
}

/// Everybody they have a 1:1 with, by address.
fn others(viewer: &Viewer, report: Option<&Report>) -> BTreeSet<String> {
    let pairs = report.into_iter().flat_map(|report| &report.pairs);
    pairs
        .flat_map(|pair| &pair.people)
        .map(|person| person.address.to_string())
        .filter(|address| address != viewer.person())
        .collect()
}

/// What anybody said about who reports to them, or whom they report to.
async fn lines<S: Facts>(store: &S, viewer: &Viewer) -> Result<Vec<LineSaid>, ServerError> {
    let me = viewer.person();
    let mut lines = Vec::new();
    for stream in [facts::lines_said_of(me), facts::lines_said_by(me)] {
        for fact in whole_stream(store, viewer.org(), &stream).await? {
            let line: Line = facts::what_was_said(&fact, LINE)?;
            lines.push(LineSaid {
                on: moment(facts::at(&fact)),
                said_by: fact.actor,
                manager: line.manager,
                report: line.report,
                holds: line.holds,
            });
        }
    }
    Ok(lines)
}

/// What the organisation says of them.
async fn place<S: Facts>(store: &S, viewer: &Viewer) -> Result<Place, ServerError> {
    let near = near(store, viewer.org(), viewer.person()).await?;
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
    Ok(Place {
        lines: near
            .lines()
            .map(|line| PlaceLine {
                manager: line.manager.clone(),
                report: line.report.clone(),
                from: day(line.from),
                to: day(line.to),
            })
            .collect(),
        other_addresses: near.others(true).map(str::to_owned).collect(),
        delegates: near.delegates().map(str::to_owned).collect(),
    })
}

/// Everything they said, also what they took back.
async fn words<S: Facts>(
    store: &S,
    viewer: &Viewer,
    others: &BTreeSet<String>,
) -> Result<Vec<WordSaid>, ServerError> {
    let names: BTreeMap<String, &String> = others
        .iter()
        .map(|other| (pair_id(viewer.person(), other), other))
        .collect();
    let mut words = Vec::new();
    for fact in facts_below(store, viewer, WORDS).await? {
        let given: WordGiven = facts::what_was_said(&fact, WORD)?;
        if given.by != viewer.person() {
            continue;
        }
        let pair = fact.stream.strip_prefix(WORDS).unwrap_or_default();
        words.push(WordSaid {
            on: moment(facts::at(&fact)),
            one_on_one: pair.to_owned(),
            with: names.get(pair).map(|other| (*other).clone()),
            day: given.date.to_string(),
            word: given.word,
            shared: given.shared,
        });
    }
    Ok(words)
}

/// Every look at their calendars.
async fn seen<S: Facts>(store: &S, viewer: &Viewer) -> Result<Vec<Seen>, ServerError> {
    let mut seen = Vec::new();
    let stream = facts::calendar_of(viewer.person());
    for fact in whole_stream(store, viewer.org(), &stream).await? {
        let (calendar, put, gone) = match fact.kind.as_str() {
            facts::NEWS => {
                let news: CalendarNews = facts::news_told(&fact)?;
                let put = news.put.into_iter().collect();
                (Some(news.calendar), put, news.gone)
            }
            facts::LEFT => {
                let left: CalendarLeft = facts::what_was_said(&fact, facts::LEFT)?;
                (left.calendar, BTreeMap::new(), Vec::new())
            }
            _ => {
                let lines = facts::lines_seen(&fact)?;
                let text = String::from_utf8_lossy(&lines).into_owned();
                (None, BTreeMap::from([(String::new(), text)]), Vec::new())
            }
        };
        seen.push(Seen {
            on: moment(facts::at(&fact)),
            kind: fact.kind,
            // A feed's only calendar has no name of its own.
            calendar: calendar.filter(|name| !name.is_empty()),
            put,
            gone,
        });
    }
    Ok(seen)
}

/// The facts of all streams whose names begin so.
async fn facts_below<S: Facts>(
    store: &S,
    viewer: &Viewer,
    prefix: &str,
) -> Result<Vec<Fact>, ServerError> {
    let org = viewer.org();
    let mut all = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let page = store.streams(org, prefix, after.as_deref(), PAGE).await?;
        for (stream, _) in &page {
            all.extend(whole_stream(store, org, stream).await?);
        }
        match page.last() {
            Some((last, _)) if page.len() == PAGE as usize => after = Some(last.clone()),
            _ => return Ok(all),
        }
    }
}

pub(super) fn moment(at: Instant) -> String {
    jiff::Timestamp::from_second(at.seconds()).map_or_else(|_| String::new(), |at| at.to_string())
}
