//! Whose calendar server is to be asked when they are busy, and what it told: of those whose calendars this server does not
//! see, and who matter to what is decided now.
//!
//! `Invariant:` what was told is held for one decision and in the memory of whoever asked for minutes; it is never written down,
//! and nothing is shown of it but which times are offered.

use super::{Ahead, Meeting, OneOnOne, Promise, Someone};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::free_busy::MOST;
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::begin::WEEKS;
use steadfast_guard::measures::ELSEWHERE_DAYS;
use steadfast_guard::world::meeting::Answer;

/// Days after a meeting within which it is put elsewhere, or another time is named for it, to the end of the last.
const AROUND: i64 = ELSEWHERE_DAYS + 1;
/// Days within which something is found that is to repeat, to the end of the last.
const FOR_GOOD: i64 = 7 * WEEKS + 1;
/// Questions begin at full quarters of an hour, so that one asked again soon is the same one.
const QUARTER: i64 = 15 * 60;
/// And end at full days.
const DAY: i64 = 24 * 3_600;

/// What a calendar server is asked, in the name of one person.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Question {
    /// The connected account of theirs that is asked.
    pub source: String,
    /// Their addresses.
    pub from: Vec<String>,
    /// Addresses of those it is about.
    pub about: BTreeSet<String>,
    /// Within which time.
    pub span: Slot,
}

/// When one of them is busy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Busy {
    /// Within which time that is known.
    pub span: Slot,
    /// When they are busy in it.
    pub slots: Vec<Slot>,
}

impl Question {
    /// Whether the answer to this one answers the other as well.
    pub fn covers(&self, other: &Self) -> bool {
        self.source == other.source
            && self.about.is_superset(&other.about)
            && self.span.start <= other.span.start.plus_seconds(QUARTER)
            && self.span.end >= other.span.end
    }
}

impl Ahead {
    /// What would have to be known of whom, for what is decided now; `None`: nothing, or there is nobody to ask.
    pub fn question(&self, now: Instant) -> Option<Question> {
        let me = self.me.first()?;
        if !self.is_fresh(now) {
            return None;
        }
        let mut found = Wanted::default();
        for one in &self.one_on_ones {
            let theirs = self
                .promises
                .iter()
                .filter(|promise| promise.pair == one.pair);
            let mut fought_over = 0;
            for promise in theirs {
                let over = self.over(promise, now);
                fought_over += usize::from(!over.is_empty());
                if !over.is_empty() || promise.change.is_some() || promise.stands.is_none() {
                    found.of_the_two(one, due(one, promise));
                }
                for meeting in over {
                    found.of(meeting);
                }
            }
            let for_good = !one.goes_on || one.needs_another || fought_over > 1;
            if for_good && one.manager == *me {
                found.of_the_two(one, now.plus_days(FOR_GOOD));
            }
        }
        let is_asked = |address: &&str| {
            let someone = self.people.get(*address);
            *address != me && someone.is_some_and(|who| who.is_inside && !who.is_seen(now))
        };
        // Whoever asks is asked about as well.
        let room = MOST.saturating_sub(self.me.len());
        let about = found.people.iter().copied().filter(is_asked).take(room);
        let about: BTreeSet<String> = about.map(str::to_owned).collect();
        let source = found.source.or_else(|| self.an_account())?;
        let start = Instant::from_seconds(now.seconds().div_euclid(QUARTER) * QUARTER);
        let end = found.until.filter(|until| *until > now)?.seconds();
        let end = Instant::from_seconds((end.div_euclid(DAY) + 1) * DAY);
        (!about.is_empty()).then(|| Question {
            source: source.to_owned(),
            from: self.me.clone(),
            about,
            span: Slot::new(start, end),
        })
    }

    /// The same, with what a calendar server told of those of whom it can be believed. It was asked about the viewer as well, and has
    /// to be right about them; of somebody else it has to say that they are busy where they are known to be. A server that answers and
    /// tells of nothing, as SOGo 5.8 does of others as it comes, would make everybody free.
    #[must_use]
    pub fn told(&self, question: &Question, told: &BTreeMap<String, Busy>) -> Self {
        let me = self.me.first().map_or("", String::as_str);
        let mut of_me = question.from.iter().filter_map(|mine| told.get(mine));
        let is_right = of_me
            .next()
            .is_some_and(|busy| self.agrees(question, me, busy));
        if !is_right {
            return self.clone();
        }
        let believed = told.iter().filter(|(who, busy)| {
            question.about.contains(*who) && self.agrees(question, who, busy)
        });
        let believed = believed.map(|(who, busy)| (who.clone(), busy.clone()));
        self.knowing(&believed.collect())
    }

    /// Whether that answer has somebody busy at all that they accepted of the meetings that lie on the account which was asked, and at
    /// one meeting there at least.
    fn agrees(&self, question: &Question, who: &str, busy: &Busy) -> bool {
        let mut is_seen = false;
        for meeting in &self.meetings {
            let place = meeting.place.as_ref();
            let is_there = place.is_some_and(|place| place.source == question.source);
            let is_within =
                busy.span.start <= meeting.slot.start && meeting.slot.end <= busy.span.end;
            let mut guests = meeting.guests.iter();
            let answer = guests.find(|(guest, _)| guest == who);
            let Some((_, answer)) = answer.filter(|_| is_there && is_within) else {
                continue;
            };
            let is_busy = busy.slots.iter().any(|slot| slot.overlaps(meeting.slot));
            if *answer == Answer::Accepted && !is_busy {
                return false;
            }
            is_seen |= is_busy && *answer != Answer::Declined;
        }
        is_seen
    }

    /// The same, with what is known of these.
    pub fn knowing(&self, told: &BTreeMap<String, Busy>) -> Self {
        let mut ahead = self.clone();
        for (address, busy) in told {
            if let Some(someone) = ahead.people.get_mut(address) {
                someone.asked = Some(busy.clone());
            }
        }
        ahead
    }

    /// What takes the viewer's time while a 1:1 is on.
    fn over(&self, promise: &Promise, now: Instant) -> Vec<&Meeting> {
        let stands = promise.replaced_by.or(promise.stands);
        let stands = stands.and_then(|index| self.meetings.get(index));
        let Some(stands) = stands.filter(|stands| stands.slot.start > now) else {
            return Vec::new();
        };
        let me = self.me.first();
        let comes = |meeting: &Meeting| {
            let mut guests = meeting.guests.iter();
            guests.any(|(who, answer)| Some(who) == me && *answer != Answer::Declined)
        };
        let all = self.meetings.iter();
        let over =
            all.filter(|one| one.slot.overlaps(stands.slot) && !one.is_one_on_one() && comes(one));
        over.collect()
    }

    /// An account of the viewer's that can be written to, which is one that can be asked.
    fn an_account(&self) -> Option<&str> {
        let mut all = self.meetings.iter().filter(|one| one.tells_busy_times());
        all.find_map(|one| Some(one.place.as_ref()?.source.as_str()))
    }
}

/// When a promise is over: a lost one is put somewhere before.
fn due(one: &OneOnOne, promise: &Promise) -> Instant {
    let cadence = one.cadence_days.max(1);
    let next = promise.next;
    next.unwrap_or_else(|| promise.promised.start.plus_days(cadence))
}

/// Of whom something is to be known, and up to when.
#[derive(Default)]
struct Wanted<'a> {
    people: BTreeSet<&'a str>,
    until: Option<Instant>,
    source: Option<&'a str>,
}

impl<'a> Wanted<'a> {
    /// Everybody in a meeting that may be put elsewhere, and whoever invited to it.
    fn of(&mut self, meeting: &'a Meeting) {
        let guests = meeting.guests.iter();
        let come = guests.filter(|(_, answer)| *answer != Answer::Declined);
        self.people.extend(come.map(|(who, _)| who.as_str()));
        self.people.insert(&meeting.organiser);
        self.until(meeting.slot.end.plus_days(AROUND));
        let place = meeting
            .place
            .as_ref()
            .filter(|_| meeting.tells_busy_times());
        self.source = self.source.or(place.map(|place| place.source.as_str()));
    }

    fn of_the_two(&mut self, one: &'a OneOnOne, until: Instant) {
        let two = [&one.manager, &one.report];
        self.people.extend(two.map(String::as_str));
        self.until(until);
    }

    fn until(&mut self, until: Instant) {
        self.until = self.until.max(Some(until));
    }
}

impl Someone {
    /// Whether it is known when they are busy in that slot: their calendar is seen, or a calendar server told.
    pub(in crate::server::guard) fn is_known(&self, slot: Slot, now: Instant) -> bool {
        let covers = |busy: &Busy| busy.span.start <= slot.start && slot.end <= busy.span.end;
        self.is_seen(now) || self.asked.as_ref().is_some_and(covers)
    }
}
