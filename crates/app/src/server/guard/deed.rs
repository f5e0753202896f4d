//! From what the guard decided to what is done to a calendar.

use super::ahead::{Ahead, Meeting, OneOnOne, Promise};
use super::made;
use super::words::times;
use super::world::Named;
use crate::server::acting::{Action, Basis, Then};
use crate::server::ledger::Place;
use std::collections::BTreeMap;
use steadfast_calendar::edit::{
    Answer as Reply, Edit, Like, Meeting as Booked, Party, Reply as Says, Successor, Weekly,
};
use steadfast_calendar::{Instant, Slot, Visibility};
use steadfast_guard::intent::{Intent, What};
use steadfast_guard::world::meeting::Answer;

/// One thing to be done: where, what, and the name that makes it be done once.
pub(super) struct Deed {
    pub(super) name: String,
    /// `move`, `answer`, `book`, `begin`, `onward` or `busy`.
    pub(super) verb: &'static str,
    pub(super) place: Place,
    /// Whether there is an object at the place; a new one is made otherwise.
    pub(super) is_there: bool,
    pub(super) edit: Edit,
    /// UID of the object, where the edit does not say it.
    pub(super) uid: Option<String>,
    pub(super) because: String,
    /// The object that follows, which is there: its place, what becomes of it, its UID.
    pub(super) then: Option<(Place, Edit, String)>,
}

/// What an intent of the guard does to the viewer's calendar; `None` where it writes nothing, or nothing can be written.
pub(super) fn deed(named: &Named<'_>, intent: &Intent, now: Instant) -> Option<Deed> {
    let pair = &named.one_on_one(intent.one_on_one)?.pair;
    let promise = intent.promise.and_then(|id| named.promise(id));
    let about = about(pair, promise.map(|promise| promise.promised.start));
    let on = |meeting: &Meeting, verb: &str, to: i64| {
        let (uid, id, version) = (&meeting.uid, meeting.id.seconds(), meeting.changes);
        format!("{about}{verb}/{uid}/{id}/{version}/{to}")
    };
    let to_one = |meeting: &Meeting, verb: &'static str, to: i64, edit: Edit| {
        Some(Deed {
            verb,
            name: on(meeting, verb, to),
            place: meeting.place.clone().filter(|_| meeting.is_writable())?,
            is_there: true,
            edit,
            uid: Some(meeting.uid.clone()),
            because: intent.why.clone(),
            then: None,
        })
    };
    match &intent.what {
        What::Move { meeting, to } | What::Restore { meeting, to } => {
            let meeting = named.meeting(*meeting)?;
            let edit = Edit::Move {
                occurrence: meeting.id,
                to: *to,
            };
            to_one(meeting, "move", to.start.seconds(), edit)
        }
        What::Answer {
            meeting,
            answer,
            note,
            instead,
            ..
        } => {
            let meeting = named.meeting(*meeting)?;
            let zone = intent.booker.and_then(|booker| named.someone(booker));
            let zone = zone.map(|booker| &booker.zone);
            let edit = Edit::Answer(Reply {
                occurrence: meeting.repeats.then_some(meeting.id),
                reply: said(*answer),
                comment: Some(times(note, instead, zone)),
                instead: instead.clone(),
            });
            // Another answer to the same is another deed.
            let which = i64::from(*answer == Answer::Tentative);
            to_one(meeting, "answer", which, edit)
        }
        What::Book { slot, .. } => book(named, intent, &about, *slot),
        What::Begin {
            first, every_weeks, ..
        } => begin(named, intent, &about, (*first, *every_weeks)),
        What::Onward { meeting, first } => {
            onward(named, intent, &about, (named.meeting(*meeting)?, *first))
        }
        What::Busy { .. } => {
            let ones = named.ahead.shown_free();
            let mut ones = ones.into_iter().filter(|(one, ..)| one.pair == *pair);
            let (_, uid, free) = ones.next()?;
            Some(Deed {
                verb: "busy",
                name: format!("{about}busy/{uid}/{}", free.changes),
                place: free.place.clone().filter(|_| free.is_writable())?,
                is_there: true,
                edit: Edit::Busy { from: now },
                uid: Some(uid.to_owned()),
                because: intent.why.clone(),
                then: None,
            })
        }
        What::Hold { .. } | What::Cancel { .. } | What::Message(_) => None,
    }
}

/// What the names of all deeds for one promise begin with.
pub(super) fn about(pair: &str, promised: Option<Instant>) -> String {
    let of = promised.map_or(0, Instant::seconds);
    format!("guard/{pair}/{of}/")
}

/// A booking has a UID of its own for every time it is tried: what was taken back once is not taken for it.
pub(super) fn renamed(mut action: Action, name: &str) -> Action {
    let made = match &mut action.edit {
        Edit::Book(booked) => &mut booked.uid,
        Edit::Successor(series) => &mut series.uid,
        _ => return action,
    };
    let uid = format!("steadfast-{}", name.replace('/', "-"));
    (*made, action.place) = made::renamed(made, &action.place, uid);
    action
}

/// A new one of the two, where the others of it lie, called as they are, and made like the one that it stands for.
fn book(named: &Named<'_>, intent: &Intent, about: &str, slot: Slot) -> Option<Deed> {
    let one = named.one_on_one(intent.one_on_one)?;
    // Where theirs are gone, it lies where a series of theirs would begin.
    let made_good = intent.promise.and_then(|id| named.promise(id));
    let visibility = made_good.map_or(one.visibility, |promise| promise.visibility);
    let home = named.ahead.home_of_a_series(&one.pair)?;
    let made = Made {
        verb: "book",
        slot,
        weekly: None,
        home,
        title: title(named.ahead, one),
        visibility,
        like: made_good.and_then(|promise| like(named.ahead, promise, home)),
    };
    new(named, intent, about, made)
}

/// A series of the two, called as theirs was, or by their names.
fn begin(
    named: &Named<'_>,
    intent: &Intent,
    about: &str,
    (slot, every_weeks): (Slot, u8),
) -> Option<Deed> {
    let one = named.one_on_one(intent.one_on_one)?;
    let made = Made {
        verb: "begin",
        slot,
        weekly: Some(Weekly { every_weeks }),
        home: named.ahead.home_of_a_series(&one.pair)?,
        title: title(named.ahead, one),
        visibility: one.visibility,
        like: None,
    };
    new(named, intent, about, made)
}

/// Their series at another time: a new one beside it, made of it, and then its end.
fn onward(
    named: &Named<'_>,
    intent: &Intent,
    about: &str,
    (meeting, first): (&Meeting, Slot),
) -> Option<Deed> {
    let place = meeting
        .place
        .clone()
        .filter(|_| meeting.is_writable_as_a_whole())?;
    let (from, to) = (meeting.id.seconds(), first.start.seconds());
    let name = format!("{about}onward/{from}/{to}");
    let uid = format!("steadfast-{}", name.replace('/', "-"));
    named.one_on_one(intent.one_on_one)?;
    let end = Edit::End { from: meeting.id };
    Some(Deed {
        verb: "onward",
        place: Place {
            href: beside(&place.href, &uid),
            ..place.clone()
        },
        is_there: false,
        uid: None,
        edit: Edit::Successor(Successor {
            uid,
            slot: first,
            like: None,
        }),
        because: intent.why.clone(),
        then: Some((place, end, meeting.uid.clone())),
        name,
    })
}

/// Where a new object lies in the collection of another.
fn beside(href: &str, uid: &str) -> String {
    match href.rsplit_once('/') {
        Some((collection, _)) => format!("{collection}/{uid}.ics"),
        None => format!("{uid}.ics"),
    }
}

/// What a series of the two is called: as most of theirs were, for one may have had a name of its own; else by their names.
pub(super) fn title(ahead: &Ahead, one: &OneOnOne) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let theirs = ahead
        .meetings
        .iter()
        .filter(|meeting| one.uids.contains(&meeting.uid) && !meeting.title.is_empty());
    for meeting in theirs {
        *counts.entry(meeting.title.as_str()).or_default() += 1;
    }
    let name = |address: &str| party(ahead, address).name;
    let most = counts.into_iter().max_by_key(|(_, count)| *count);
    most.map_or_else(
        || format!("1:1 {} / {}", name(&one.manager), name(&one.report)),
        |(title, _)| title.to_owned(),
    )
}

/// What is to be made, and where.
struct Made<'a> {
    verb: &'static str,
    slot: Slot,
    weekly: Option<Weekly>,
    home: &'a Place,
    title: String,
    /// Who sees more than that somebody is busy.
    visibility: Visibility,
    /// What it is made like.
    like: Option<Box<Like>>,
}

/// Where the lost one lies, to be read by whoever writes the new one; `None` where nothing of its series lies on the same source.
fn like(ahead: &Ahead, lost: &Promise, home: &Place) -> Option<Box<Like>> {
    let (uid, id) = lost.of.as_ref()?;
    let mut of_it = ahead.meetings.iter().filter(|meeting| meeting.uid == *uid);
    let (meeting, place) = of_it.find_map(|meeting| {
        let place = meeting.place.as_ref();
        let place = place.filter(|place| place.source == home.source)?;
        Some((meeting, place))
    })?;
    Some(Box::new(Like {
        place: path(place),
        uid: uid.clone(),
        occurrence: meeting.repeats.then_some(*id),
        text: None,
    }))
}

fn new(named: &Named<'_>, intent: &Intent, about: &str, made: Made<'_>) -> Option<Deed> {
    let Made {
        verb,
        slot,
        weekly,
        home,
        title,
        visibility,
        like,
    } = made;
    let one = named.one_on_one(intent.one_on_one)?;
    let name = format!("{about}{verb}/{}", slot.start.seconds());
    let uid = format!("steadfast-{}", name.replace('/', "-"));
    let (uid, href) = made::named(home, uid);
    let me = named.ahead.me.first()?;
    let other = if one.manager == *me {
        &one.report
    } else {
        &one.manager
    };
    Some(Deed {
        verb,
        place: Place {
            href,
            ..home.clone()
        },
        is_there: false,
        uid: None,
        edit: Edit::Book(Booked {
            uid,
            slot,
            weekly,
            title,
            text: String::new(),
            visibility,
            organizer: party(named.ahead, me),
            invited: vec![party(named.ahead, other)],
            like,
        }),
        because: intent.why.clone(),
        then: None,
        name,
    })
}

/// Where an object is on its server: its place is told from its calendar.
pub(super) fn path(place: &Place) -> String {
    if place.href.starts_with('/') {
        return place.href.clone();
    }
    format!("{}/{}", place.calendar.trim_end_matches('/'), place.href)
}

fn party(ahead: &Ahead, address: &str) -> Party {
    Party {
        address: address.to_owned(),
        name: ahead
            .people
            .get(address)
            .map(|someone| someone.name.clone())
            .unwrap_or_default(),
        accepted: false,
    }
}

const fn said(answer: Answer) -> Says {
    match answer {
        Answer::Accepted => Says::Accepted,
        Answer::Tentative => Says::Tentative,
        Answer::Unanswered => Says::NeedsAction,
        Answer::Declined => Says::Declined,
    }
}

impl Deed {
    /// As it is kept in the outbox, decided on what the object says as far as it was seen.
    pub(super) fn action(
        self,
        ahead: &Ahead,
        zone: String,
        (policy, agreed): (&str, bool),
        [says, says_then]: [Option<String>; 2],
    ) -> Option<(String, Action)> {
        let then = match self.then {
            None => None,
            Some((place, edit, uid)) => Some(Box::new(Then {
                place: path(&place),
                basis: Basis::Says(says_then?),
                edit,
                uid: Some(uid),
            })),
        };
        // Whoever picked the time said yes to it: they are not asked again.
        let mut edit = self.edit;
        if let Edit::Book(booked) = &mut edit {
            booked
                .invited
                .iter_mut()
                .for_each(|one| one.accepted = agreed);
        }
        let basis = match (self.is_there, says) {
            (true, Some(says)) => Basis::Says(says),
            (true, None) => return None,
            (false, _) => Basis::Nothing,
        };
        let action = Action {
            place: path(&self.place),
            source: self.place.source,
            basis,
            edit,
            addresses: ahead.me.clone(),
            zone,
            policy: policy.to_owned(),
            because: self.because,
            uid: self.uid,
            agreed,
            ends_offer: None,
            then,
        };
        Some((self.name, action))
    }
}
