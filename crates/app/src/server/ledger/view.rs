//! What one person may see: their own calendar whole, and of other people's calendars only the meetings they are in.

use super::{
    acts::recorded,
    declare::{Declared, declared, streams},
    looks::{Seen, seen, told, whole_stream},
    others::{strangers, with_main_addresses},
    own::Own,
    partners::{addresses, partners},
    say::said,
    standing::Standing,
    watch::{Step, steps},
};
use crate::audit::{
    AgreedCadence, Audit, Options, RecordedChange, SettledOfTwo, answers_file::Answer,
    org_file::OrgRow, pair_id,
};
use crate::report::Report;
use crate::server::guard::{Ahead, From};
use crate::server::once::{self, Once};
use crate::server::people::{Near, hours_of, hours_of_all, near, rows_of};
use crate::server::retention::settled::{parts, settled_for};
use crate::server::{ServerError, Viewer, accounts::Knowers, cadence, facts};
use jiff::{civil::Date, tz::TimeZone};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use steadfast_calendar::{Calendar, Event, Instant};
use steadfast_ledger::absence::is_leave;
use steadfast_ledger::fate::Settled;
use steadfast_store::{Fact, Facts, Org, Sources, Version};

/// Days looked back: half a year, as an audit does.
pub(super) const BACK: i64 = 26 * 7;
/// Days looked ahead, so that the next 1:1 is there even where it comes monthly.
const AHEAD: i64 = 31;

fn days_from(now: Instant, days: i64) -> Option<Date> {
    Some(now.plus_days(days).date(&TimeZone::UTC))
}

/// The ledger of the viewer as of `now`; `None` as long as nothing was seen of any calendar they are on.
///
/// Invariant: of another person's calendar nothing enters but events the viewer takes part in, and when that person was
/// on leave. So nothing else can come out, whatever is done with the result.
///
/// # Errors
/// [`ServerError::Store`], [`ServerError::Unreadable`].
pub(in crate::server) async fn report<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<Option<Report>, ServerError> {
    let judged = judge_as(store, viewer, now, &Judging::default()).await?;
    Ok(judged.report)
}

/// How a ledger is judged when it is not for looking at.
#[derive(Debug, Default)]
pub(in crate::server) struct Judging<'a> {
    /// The first day told, where it is not half a year ago.
    pub(in crate::server) from: Option<Date>,
    /// The last day told, where it is not one ahead.
    pub(in crate::server) to: Option<Date>,
    /// Somebody's calendars as if these were all facts of theirs.
    pub(in crate::server) instead: Option<(&'a str, &'a [Fact])>,
    /// What is taken as settled besides, with whom.
    pub(in crate::server) settled: &'a [(String, Settled)],
    /// Whether what the two said about single ones is left out.
    pub(in crate::server) without_words: bool,
    /// Whether what is to come is wanted too.
    pub(in crate::server) with_ahead: bool,
}

impl Judging<'_> {
    async fn seen<S: Facts + Sources>(
        &self,
        store: &S,
        org: &Org,
        person: &str,
    ) -> Result<Seen, ServerError> {
        match self.instead {
            Some((whose, facts)) if whose == person => told(store, org, person, facts).await,
            _ => seen(store, org, person).await,
        }
    }
}

/// What a ledger was made from: streams, with the versions that they had before they were read.
pub(super) type Basis = Vec<(String, Version)>;

/// A ledger, what it was made from, and what is to come.
#[derive(Debug)]
pub(in crate::server) struct Judged {
    /// `None` as long as nothing was seen.
    pub(in crate::server) report: Option<Report>,
    pub(super) basis: Basis,
    pub(super) own: Own,
    /// Empty where it was not asked for.
    pub(super) ahead: Ahead,
}

/// The same, with what it was made from and what is to come.
pub(super) async fn judge<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
) -> Result<Judged, ServerError> {
    let judging = Judging {
        with_ahead: true,
        ..Judging::default()
    };
    judge_as(store, viewer, now, &judging).await
}

/// The same, judged in another way.
pub(in crate::server) async fn judge_as<S: Facts + Sources>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    judging: &Judging<'_>,
) -> Result<Judged, ServerError> {
    let mut own = streams(viewer.person()).to_vec();
    own.push(facts::calendar_of(viewer.person()));
    own.push(Near::stream(viewer.person()));
    own.push(settled_for(viewer.person()));
    own.push(facts::acts_on(viewer.person()));
    own.push(hours_of(viewer.person()));
    own.push(Knowers::stream(viewer.person()));
    own.push(once::STREAM.to_owned());
    let mut basis = versions(store, viewer, own).await?;
    let declared = declared(store, viewer).await?;
    let near = near(store, viewer.org(), viewer.person()).await?;
    let me = Addresses::of(viewer.person(), &near);
    let mine = judging.seen(store, viewer.org(), viewer.person()).await?;
    let parts = parts(store, viewer.org(), viewer.person()).await?;
    let mut addresses = partners(&me, &mine);
    addresses.extend(declared.reports.iter().cloned());
    addresses.extend(declared.manager.iter().cloned());
    addresses.extend(declared.partners(viewer.person()).map(str::to_owned));
    // Of whoever left there may be nothing but this.
    let left = parts.iter().filter(|part| part.stood().is_some());
    addresses.extend(left.map(|part| part.with.clone()));
    // What was promised is on the calendar of whoever invited them, before they show one of their own.
    let joined = whole_stream(store, viewer.org(), &Knowers::stream(viewer.person())).await?;
    if mine.is_empty() {
        addresses.extend(Knowers::inviter(&joined)?);
    }
    addresses.retain(|address| !me.all.contains(address));
    let mut others = with_main_addresses(store, viewer, addresses, &mut basis).await?;
    let own = Own::of(viewer.person(), &declared, &near, &others);
    let knowers = Knowers::told(&joined)?;
    others.retain(|other| knowers.include(other.address()));
    let of_others = others.iter().flat_map(|other| {
        let pair = pair_id(viewer.person(), other.address());
        let before = other
            .others(false)
            .map(|address| pair_id(viewer.person(), address));
        let mut streams: Vec<String> = before.map(|pair| facts::words_on(&pair)).collect();
        streams.extend([
            facts::calendar_of(other.address()),
            facts::acts_on(other.address()),
            hours_of(other.address()),
            facts::words_on(&pair),
            facts::cadence_of(&pair),
            Knowers::stream(other.address()),
        ]);
        streams
    });
    basis.extend(versions(store, viewer, of_others.collect()).await?);
    let strangers = strangers(store, viewer, &others).await?;
    let mut calendars = BTreeMap::new();
    let mut told = ToldByPeople {
        known: near.rows(true),
        ..ToldByPeople::default()
    };
    told.known.extend(rows_of(declared.organisation.iter()));
    told.declared = declared;
    told.once = once::once(store, viewer.org()).await?;
    let people = others.iter().map(|other| other.address());
    let people = people.filter(|address| !strangers.contains(*address));
    let people: Vec<&str> = people.chain([viewer.person()]).collect();
    told.recorded = recorded(store, viewer, &people).await?;
    let hours = hours_of_all(store, viewer.org(), &people).await?;
    for other in others {
        let address = other.address();
        let is_stranger = strangers.contains(address);
        let theirs = if is_stranger {
            Seen::default()
        } else {
            judging.seen(store, viewer.org(), address).await?
        };
        let id = pair_id(viewer.person(), address);
        let words = if judging.without_words || is_stranger {
            Vec::new()
        } else {
            said(store, viewer, &id, address).await?
        };
        for said in words {
            // Who manages whom was settled when it was said.
            let i_manage = said.mine == said.as_manager;
            let report = if i_manage { address } else { viewer.person() };
            told.answers
                .extend(said.word.says(said.as_manager).map(|says| Answer {
                    report: report.to_owned(),
                    date: said.date,
                    says,
                }));
        }
        let agreed = cadence::agreements(store, viewer, address).await?;
        told.agreed.extend(agreed);
        let is_other = |with: &String| with == address || other.others(false).any(|o| o == with);
        let kept = parts
            .iter()
            .map(|part| (&part.with, part.settled(), part.stood()));
        let besides = judging
            .settled
            .iter()
            .map(|(with, one)| (with, one.clone(), None));
        let settled = kept.chain(besides).filter(|(with, ..)| is_other(with));
        let two = [viewer.person().to_owned(), address.to_owned()];
        told.settled
            .extend(settled.map(|(_, settled, stood)| SettledOfTwo {
                people: two.clone(),
                is_all: stood.is_some(),
                manager: stood.and_then(|stood| stood.manager.clone()),
                settled,
            }));
        told.known.extend(other.rows(false));
        calendars.insert(address.to_owned(), theirs);
    }
    let is_remembered = told.settled.iter().any(|part| part.is_all);
    if mine.is_empty() && calendars.values().all(Seen::is_empty) && !is_remembered {
        return Ok(Judged {
            report: None,
            basis,
            own,
            ahead: Ahead::default(),
        });
    }
    let from = judging.from.or_else(|| days_from(now, -BACK));
    let to = judging.to.or_else(|| days_from(now, AHEAD));
    let known = if judging.with_ahead {
        told.known.clone()
    } else {
        Vec::new()
    };
    let report = judged(&me, now, (from, to), told, &mine, &calendars);
    let ahead = if judging.with_ahead {
        let others = calendars.iter();
        Ahead::of(&From {
            now,
            me: &me.all,
            report: &report,
            mine: &Standing::of(&mine),
            others: &others
                .map(|(other, seen)| (other.clone(), Standing::of(seen)))
                .collect(),
            known: &known,
            known_as: &me.elsewhere,
            hours: &hours,
        })
    } else {
        Ahead::default()
    };
    Ok(Judged {
        report: Some(report),
        basis,
        own,
        ahead,
    })
}

/// The viewer's addresses.
pub(super) struct Addresses {
    /// The one they sign in with, then the others: who they are on their own calendars.
    pub(super) all: Vec<String>,
    /// Those that are known to be theirs, and not by their own word alone: who they are on other people's calendars.
    elsewhere: BTreeSet<String>,
}

impl Addresses {
    fn of(main: &str, near: &Near) -> Self {
        let mut all = vec![main.to_owned()];
        all.extend(near.others(true).map(str::to_owned));
        let mut elsewhere = BTreeSet::from([main.to_owned()]);
        elsewhere.extend(near.others(false).map(str::to_owned));
        Self { all, elsewhere }
    }
}

pub(super) async fn versions<S: Facts>(
    store: &S,
    viewer: &Viewer,
    streams: Vec<String>,
) -> Result<Basis, ServerError> {
    let names: Vec<&str> = streams.iter().map(String::as_str).collect();
    let versions = store.versions(viewer.org(), &names).await?;
    Ok(streams.into_iter().zip(versions).collect())
}

/// What people said that bears on the viewer's 1:1s.
#[derive(Default)]
struct ToldByPeople {
    declared: Declared,
    known: Vec<OrgRow>,
    answers: Vec<Answer>,
    agreed: Vec<AgreedCadence>,
    recorded: Vec<RecordedChange>,
    settled: Vec<SettledOfTwo>,
    /// What the organisation takes for once in a while.
    once: Once,
}

fn judged(
    addresses: &Addresses,
    now: Instant,
    (from, to): (Option<Date>, Option<Date>),
    told: ToldByPeople,
    mine: &Seen,
    others: &BTreeMap<String, Seen>,
) -> Report {
    let me = addresses.all.first().map_or("", String::as_str);
    let everybody = || others.iter().map(|(other, seen)| (other.as_str(), seen));
    // One export of each calendar: its state is that of now. More is a history.
    let is_export = mine.is_one_export() && everybody().all(|(_, seen)| seen.is_one_export());
    let mut audit = Audit::new(Options {
        me: addresses.all.clone(),
        known: told.known,
        reports: told.declared.reports,
        manager: told.declared.manager,
        answers: told.answers,
        agreed: told.agreed,
        recorded: told.recorded,
        settled: told.settled,
        once: told.once,
        from,
        to,
        now_was_given: false,
        is_watched: !is_export,
        with_hops: true,
        ..Options::at(now)
    });
    let mut all: Vec<(Instant, &str, String, Step<'_>)> = Vec::new();
    for (owner, seen) in everybody().chain([(me, mine)]) {
        let steps = steps(owner, seen).into_iter();
        all.extend(steps.map(|(at, key, step)| (at, owner, key, step)));
    }
    // The steps of one copy stand in their order already: a stable sort keeps it.
    all.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)));
    let mut shown = HashMap::new();
    for (_, owner, key, step) in all {
        let mine = (me, addresses);
        take(&mut audit, &mut shown, is_export, mine, owner, &key, step);
    }
    audit.finish()
}

/// Takes one step in: of somebody else's calendar only what the viewer takes part in, and that person's leave; `shown` is
/// that as it was shown last. A look that shows the viewer nothing else is none: how often somebody else's calendar changes
/// is theirs alone.
fn take(
    audit: &mut Audit,
    shown: &mut HashMap<String, Vec<Event>>,
    is_export: bool,
    (me, my): (&str, &Addresses),
    owner: &str,
    key: &str,
    step: Step<'_>,
) {
    let (at, after, blind, events, about, mapped_zones) = match step {
        Step::KnownUntil(at) if is_export => return audit.exported_at(owner, at),
        Step::KnownUntil(at) => return audit.known_until(key, at),
        Step::Look {
            at,
            after,
            blind,
            events,
            about,
            mapped_zones,
        } => (at, after, blind, events, about, mapped_zones),
    };
    let shared = |event: &Event| {
        let mut people = addresses(event).into_iter();
        owner == me || people.any(|one| my.elsewhere.contains(one))
    };
    // Without a meeting of the two, when somebody is on leave is nobody else's business.
    let kept: Vec<Event> = if events.iter().any(|event| shared(event)) {
        let visible = |event: &&&Event| shared(event) || is_leave(event);
        events
            .iter()
            .filter(visible)
            .map(|e| Event {
                line: 0,
                ..Event::clone(e)
            })
            .collect()
    } else {
        Vec::new()
    };
    let is_new = after.is_none();
    if kept.is_empty() && owner != me && is_new {
        return;
    }
    if owner != me && !is_export {
        let before = shown.insert(key.to_owned(), kept.clone());
        // Of one that never showed anything nothing is known to have been missed.
        let is_blind = blind && before.is_some();
        if before.unwrap_or_default() == kept && !is_blind {
            if let Some(after) = after {
                audit.known_until(key, after);
            }
            return audit.known_until(key, at);
        }
    }
    let calendar = Calendar {
        events: kept,
        is_calendar: true,
        complete: true,
        zone: about.and_then(|about| about.zone.clone()),
        name: about.and_then(|about| about.name.clone()),
        mapped_zones: mapped_zones.into_iter().map(Into::into).collect(),
        ..Calendar::default()
    };
    if is_export {
        return audit.exported(owner, calendar);
    }
    if let Some(after) = after {
        audit.known_until(key, after);
        if blind {
            audit.gap_of(key, after, at);
        }
    }
    audit.watched(key, owner, at, calendar);
    audit.known_until(key, at);
}
