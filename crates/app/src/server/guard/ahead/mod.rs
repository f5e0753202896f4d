//! All that is to come for one person: their meetings, the promises of their 1:1s and where each stands, and when those
//! they meet are busy. Made beside their ledger, of the same facts, and kept beside it.
//!
//! `Invariant:` of another person's calendar nothing is in it but the meetings the viewer is in, leave, and spans of time
//! that are taken, without what takes them. It is never shown: what comes out of it goes through
//! [`super::proposals`], which names none of these spans.

mod asked;
mod meetings;
mod people;
mod promises;
mod visible;

pub use asked::{Busy, Question};

pub(super) use meetings::is_of;

use crate::audit::org_file::OrgRow;
use crate::report::Report;
use crate::server::ledger::{Place, Standing};
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Slot, Visibility, Window};
use steadfast_guard::world::meeting::Answer;
use steadfast_guard::world::person::Hours;
use steadfast_ledger::case::Who;
use steadfast_ledger::occurrence::Class;

/// Days back: a lost 1:1 is owed until the next one, which may be a fortnight away.
const BACK: i64 = 15;
/// Days ahead: the guard looks for times within three weeks.
const AHEAD: i64 = 31;
/// A calendar that was not seen for longer may have changed: nothing is said by it.
const FRESH: i64 = 24 * 3_600;

/// What it is made from.
pub(in crate::server) struct From<'a> {
    /// Now.
    pub(in crate::server) now: Instant,
    /// The viewer's addresses, the main one first.
    pub(in crate::server) me: &'a [String],
    /// Their ledger.
    pub(in crate::server) report: &'a Report,
    /// Their calendars.
    pub(in crate::server) mine: &'a Standing<'a>,
    /// The calendars of those they meet alone, by main address.
    pub(in crate::server) others: &'a BTreeMap<String, Standing<'a>>,
    /// What is known of people.
    pub(in crate::server) known: &'a [OrgRow],
    /// Addresses that are known to be the viewer's, and not by their own word alone.
    pub(in crate::server) known_as: &'a BTreeSet<String>,
    /// When the viewer and those they meet alone work, by main address, of those who said so.
    pub(in crate::server) hours: &'a BTreeMap<String, Hours>,
}

/// All that is to come for one person. It tells nobody anything: what comes of it does.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Ahead {
    /// The viewer's addresses, the main one first.
    pub(super) me: Vec<String>,
    /// When it was made.
    pub(super) at: Option<Instant>,
    /// Up to when the viewer's calendar is known.
    known_until: Option<Instant>,
    /// Coming 1:1s of which the calendar does not show where they stand: nothing is said of them.
    pub(super) unplaced: Vec<Unplaced>,
    /// 1:1s to come that stand as free on the viewer's calendar, by UID: whoever looks for a time sees theirs as open.
    #[serde(default)]
    stand_free: BTreeMap<String, ShownFree>,
    pub(super) people: BTreeMap<String, Someone>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) one_on_ones: Vec<OneOnOne>,
    pub(super) promises: Vec<Promise>,
}

/// Somebody who is in one of the meetings.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Someone {
    pub(super) name: String,
    #[serde(with = "jiff::fmt::serde::tz::required")]
    pub(super) zone: TimeZone,
    /// Whom they report to, as far as the viewer knows.
    pub(super) manager: Option<String>,
    pub(super) is_inside: bool,
    /// Up to when their calendar is known, where it may be looked at.
    pub(super) known_until: Option<Instant>,
    /// When they work, where they said so and it is the viewer's business: minutes of each day, Monday first.
    #[serde(default)]
    pub(super) hours: Option<[Option<(u16, u16)>; 7]>,
    pub(super) leave: Vec<Slot>,
    pub(super) focus: Vec<Slot>,
    /// When they are busy with what the viewer has no part in.
    pub(super) busy: Vec<Slot>,
    /// When they are busy, where their calendar is not seen and a calendar server told. It is never written down.
    #[serde(skip)]
    pub(super) asked: Option<Busy>,
}

/// What stands as free on the viewer's calendar.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ShownFree {
    /// Where it lies; `None` where that is not known.
    pub(super) place: Option<Place>,
    /// How often it was changed, as far as that was seen.
    pub(super) changes: u32,
    /// As [`Meeting::is_read_only`].
    #[serde(skip)]
    pub(super) is_read_only: bool,
}

impl ShownFree {
    /// As [`Meeting::is_writable`].
    pub(super) fn is_writable(&self) -> bool {
        self.place.as_ref().is_some_and(is_of_an_account) && !self.is_read_only
    }
}

/// One meeting of the viewer's at one time.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Meeting {
    pub(super) uid: String,
    /// Its identity within its series.
    pub(super) id: Instant,
    pub(super) title: String,
    pub(super) slot: Slot,
    pub(super) organiser: String,
    pub(super) class: Class,
    /// How surely, 0 to 1.
    pub(super) confidence: f64,
    pub(super) guests: Vec<(String, Answer)>,
    /// Who else hears of every change to it: all it names but rooms.
    #[serde(default)]
    pub(super) also: Vec<String>,
    /// How often it was changed, and when last.
    pub(super) changes: u32,
    pub(super) changed: Instant,
    /// Where it lies; `None`: it was handed in, and nothing can be written there.
    pub(super) place: Option<Place>,
    /// Whether what its owner allowed where it lies is reading alone. That changes without a fact, and is not kept.
    #[serde(skip)]
    pub(super) is_read_only: bool,
    /// Whether it is one of a series.
    pub(super) repeats: bool,
    /// Weeks from one to the next, where its series repeats so plainly that it can be moved for good.
    #[serde(default)]
    pub(super) weekly: Option<u8>,
    /// Whether the viewer is invited by name, and so can answer.
    pub(super) is_invited: bool,
    /// Whether its organiser says that nothing is more pressing (PRIORITY 1).
    #[serde(default)]
    pub(super) is_first_priority: bool,
}

/// One standing 1:1 of the viewer's.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct OneOnOne {
    pub(super) pair: String,
    /// UIDs of its series.
    pub(super) uids: Vec<String>,
    pub(super) manager: String,
    pub(super) report: String,
    pub(super) cadence_days: i64,
    pub(super) minutes: i64,
    /// Since when the one reports to the other, where that is known.
    #[serde(default)]
    pub(super) since: Option<Instant>,
    /// Whether the two ever had one.
    pub(super) has_met: bool,
    /// Who may see what a new one is: nobody who could not see what every one of theirs was.
    #[serde(default)]
    pub(super) visibility: Visibility,
    /// Whether one is to come.
    pub(super) goes_on: bool,
    /// Whether it is among the reporting lines without a 1:1, which are told before anything else.
    #[serde(default)]
    pub(super) is_line: bool,
    /// Whether its ledger offers another time, for the usual one did not hold.
    #[serde(default)]
    pub(super) needs_another: bool,
    /// The last ones, oldest first: whether each was disrupted.
    pub(super) recent: Vec<bool>,
}

/// A promise of which the viewer's calendar does not show where it stands, though the ledger knows: it went on in another series.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Unplaced {
    pub(super) pair: String,
    /// When it was promised.
    pub(super) promised: Instant,
    /// When it begins, as the ledger says.
    pub(super) held: Instant,
}

/// One promise that is to come or is owed.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Promise {
    pub(super) pair: String,
    pub(super) promised: Slot,
    /// The UID that it is of, and which one of it.
    #[serde(default)]
    pub(super) of: Option<(String, Instant)>,
    /// Who may see what it is or was: so it is with what makes it good.
    #[serde(default)]
    pub(super) visibility: Visibility,
    pub(super) next: Option<Instant>,
    pub(super) previous: Option<Instant>,
    /// When it begins, as the ledger says: by the organiser's copy, which may be ahead of the viewer's own.
    pub(super) held: Option<Instant>,
    /// Indices into the meetings.
    pub(super) stands: Option<usize>,
    pub(super) replaced_by: Option<usize>,
    /// Where it stands in another series than it was promised in: when that was last seen to change.
    #[serde(default)]
    pub(super) went_on: Option<Instant>,
    pub(super) change: Option<Changed>,
    /// Whether it was taken off together with its series.
    #[serde(default)]
    pub(super) series_gone: bool,
    /// Whether one of the two says that it did not take place.
    pub(super) not_held: bool,
    /// Whether the manager says that the two agreed to what was changed: then nothing is done about it in their name.
    pub(super) agreed: bool,
}

/// The change that decided.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Changed {
    /// `None`: not known.
    pub(super) at: Option<Instant>,
    pub(super) by: Who,
    pub(super) hops: u32,
    pub(super) to: Option<Slot>,
}

impl Ahead {
    /// Everything that is to come.
    pub(in crate::server) fn of(from: &From<'_>) -> Self {
        let mut ahead = Self {
            me: from.me.to_vec(),
            at: Some(from.now),
            known_until: from.mine.known_until,
            ..Self::default()
        };
        if !ahead.is_fresh(from.now) {
            // Who meets whom is known all the same.
            ahead.one_on_ones = promises::of(from, &[]).one_on_ones;
            return ahead;
        }
        let window = Window {
            from: from.now.plus_days(-BACK),
            to: from.now.plus_days(AHEAD),
        };
        let mut directory = people::directory(from);
        ahead.meetings = meetings::of(from, window, &mut directory);
        ahead.stand_free = meetings::shown_free(from, window);
        let found = promises::of(from, &ahead.meetings);
        (ahead.one_on_ones, ahead.promises) = (found.one_on_ones, found.promises);
        ahead.unplaced = found.unplaced;
        ahead.people = people::of(from, window, &ahead, &directory);
        ahead
    }
}

fn is_fresh(known_until: Option<Instant>, now: Instant) -> bool {
    known_until.is_some_and(|until| until >= now.plus_seconds(-FRESH))
}

impl Someone {
    /// Whether their calendar was seen lately.
    pub(super) fn is_seen(&self, now: Instant) -> bool {
        is_fresh(self.known_until, now)
    }
}

impl Meeting {
    /// Whether it is a standing 1:1 of the viewer's: which sort it is was found by who is in it and how it goes on.
    pub(super) fn is_one_on_one(&self) -> bool {
        matches!(self.class, Class::OneOnOne | Class::BossOneOnOne)
    }

    /// Whether something can be written where it lies: in a calendar of an account that may be written to, not in a feed or a
    /// file.
    pub(super) fn is_writable(&self) -> bool {
        self.place.as_ref().is_some_and(is_of_an_account) && !self.is_read_only
    }

    /// Whether its whole series can be moved for good there: as one object.
    pub(super) fn is_writable_as_a_whole(&self) -> bool {
        self.is_writable() && self.place.as_ref().is_some_and(Place::is_path)
    }

    /// Whether others' busy times can be asked for where it lies (RFC 6638 §5).
    fn tells_busy_times(&self) -> bool {
        self.is_writable() && self.place.as_ref().is_some_and(Place::is_path)
    }
}

/// A feed has no objects of its own.
fn is_of_an_account(place: &Place) -> bool {
    place.is_path() || place.is_in_pieces()
}

impl Ahead {
    /// Whether the viewer's calendar was seen lately.
    pub(super) fn is_fresh(&self, now: Instant) -> bool {
        is_fresh(self.known_until, now)
    }

    /// When the 1:1 that was promised then begins, as the ledger says; `Some(None)`: nowhere any more, `None`: nothing is known of it.
    pub(super) fn begins(&self, pair: &str, promised: Instant) -> Option<Option<Instant>> {
        let mut known = self.promises.iter();
        let known = known.find(|one| one.pair == pair && one.promised.start == promised);
        match known {
            Some(promise) => Some(promise.held),
            None => self.goes_on_at(pair, promised).map(Some),
        }
    }

    /// Whether it goes on in another series, and did not yet at that moment.
    pub(super) fn goes_on_since(&self, pair: &str, promised: Instant, at: Instant) -> bool {
        let mut all = self.promises.iter();
        let one = all.find(|one| one.pair == pair && one.promised.start == promised);
        let placed = one.is_some_and(|one| one.went_on.is_some_and(|went_on| went_on > at));
        placed || self.goes_on_at(pair, promised).is_some()
    }

    /// When it begins, where the viewer's calendar does not show it in its place any more.
    fn goes_on_at(&self, pair: &str, promised: Instant) -> Option<Instant> {
        let mut all = self.unplaced.iter();
        let one = all.find(|one| one.pair == pair && one.promised == promised)?;
        Some(one.held)
    }

    /// Whether the two meet alone in that slot, by the viewer's calendar.
    pub(super) fn has(&self, one: &OneOnOne, slot: Slot) -> bool {
        let two = [one.manager.as_str(), one.report.as_str()];
        self.meetings
            .iter()
            .any(|meeting| meeting.slot.start == slot.start && is_of(meeting, two))
    }

    /// What lies in these sources can be read alone.
    pub(in crate::server) fn only_reads(&mut self, sources: &BTreeSet<&str>) {
        let is_of = |place: &Option<Place>| {
            place
                .as_ref()
                .is_some_and(|place| sources.contains(&*place.source))
        };
        for meeting in &mut self.meetings {
            meeting.is_read_only = is_of(&meeting.place);
        }
        for free in self.stand_free.values_mut() {
            free.is_read_only = is_of(&free.place);
        }
    }

    /// Whether something of that 1:1 lies where its owner allows reading alone.
    pub(super) fn is_only_read(&self, one: &OneOnOne) -> bool {
        let mut all = self.meetings.iter();
        all.any(|meeting| meeting.is_read_only && one.uids.contains(&meeting.uid))
    }

    /// The 1:1s of which one to come stands as free on the viewer's calendar: the UID, and where it lies; what can be written to
    /// first.
    pub(super) fn shown_free(&self) -> Vec<(&OneOnOne, &str, &ShownFree)> {
        let ones = self.one_on_ones.iter();
        let free = ones.filter_map(|one| {
            let uids = one.uids.iter();
            let theirs = uids.filter_map(|uid| Some((uid, self.stand_free.get(uid)?)));
            let (uid, free) = theirs.min_by_key(|(uid, free)| (!free.is_writable(), *uid))?;
            Some((one, uid.as_str(), free))
        });
        free.collect()
    }

    /// Whether the viewer has a meeting of that UID that is no 1:1.
    pub(super) fn has_other(&self, uid: &str) -> bool {
        let mut all = self.meetings.iter();
        all.any(|meeting| meeting.uid == uid && !meeting.is_one_on_one())
    }

    /// That 1:1, where `me` leads it.
    pub(super) fn led(&self, me: &str, pair: &str) -> Option<&OneOnOne> {
        let mut ones = self.one_on_ones.iter();
        ones.find(|one| one.pair == pair && one.manager == me)
    }

    /// Main addresses of everybody in the viewer's 1:1s, the viewer too.
    pub(super) fn of_the_one_on_ones(&self) -> impl Iterator<Item = &str> {
        let two = self.one_on_ones.iter();
        let people: BTreeSet<&str> = two
            .flat_map(|one| [one.manager.as_str(), one.report.as_str()])
            .collect();
        people.into_iter()
    }

    /// The calendar in which a new series of that 1:1 belongs: where the last ones lay, else where the viewer keeps other
    /// 1:1s, else where they keep what they organise.
    pub(super) fn home_of_a_series(&self, pair: &str) -> Option<&Place> {
        if let Some((home, _)) = self.home_of(pair) {
            return Some(home);
        }
        let me = self.me.first()?;
        let mine = self.meetings.iter().rev();
        let mut mine = mine.filter(|meeting| meeting.organiser == *me && meeting.is_writable());
        let of_two = mine
            .clone()
            .find(|meeting| meeting.class == Class::OneOnOne);
        let colleague = |who: &str| {
            let known = self.people.get(who);
            who != me.as_str() && known.is_some_and(|known| known.is_inside)
        };
        let at_work = |meeting: &&Meeting| meeting.guests.iter().any(|(who, _)| colleague(who));
        of_two.or_else(|| mine.find(at_work))?.place.as_ref()
    }

    /// The calendar in which a new meeting of that 1:1 belongs: where the last one of it lies that the viewer organises.
    pub(super) fn home_of(&self, pair: &str) -> Option<(&Place, &Meeting)> {
        let one = self.one_on_ones.iter().find(|one| one.pair == pair)?;
        let two = [one.manager.as_str(), one.report.as_str()];
        let of_two = self
            .meetings
            .iter()
            .rev()
            .filter(|meeting| is_of(meeting, two) && one.uids.contains(&meeting.uid));
        let me = self.me.first()?;
        let mine = of_two.filter(|meeting| meeting.organiser == *me && meeting.is_writable());
        mine.filter_map(|meeting| Some((meeting.place.as_ref()?, meeting)))
            .next()
    }
}
