//! What the guard did, offered and said before, as it remembers it.

use super::between::{Between, Did};
use super::world::Named;
use std::collections::{BTreeMap, BTreeSet};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::ids::{MeetingId, PersonId, PromiseId};
use steadfast_guard::intent::{Intent, Measure, Undo, What};
use steadfast_guard::offer::{Offer, Picked};
use steadfast_guard::own::{Own, Text};
use steadfast_guard::policy::{How, Whose};
use steadfast_guard::threats::{Evidence, Kind};
use steadfast_guard::world::meeting::Answer;

/// A meeting that is not there any more.
const NO_MEETING: MeetingId = MeetingId(u32::MAX);

/// What the guard did before, for `me`; `previewed`: to whom what it writes was shown to them.
pub(super) fn own(
    named: &Named<'_>,
    me: PersonId,
    between: &BTreeMap<String, Between>,
    did: &[(Instant, Did)],
    previewed: &BTreeSet<String>,
) -> Own {
    let mut own = Own::default();
    for to in previewed.iter().filter_map(|to| named.person(to)) {
        own.previewed(me, to, Text::Report);
    }
    for (pair, about) in between
        .iter()
        .flat_map(|(pair, all)| all.iter().map(move |about| (pair, about)))
    {
        let (promised, about) = about;
        let promise = named.promised(pair, Instant::from_seconds(*promised));
        let (Some(promise), Some(offer)) = (promise, &about.offer) else {
            continue;
        };
        let picked = |slot: Option<Slot>| slot.map_or(Picked::None, Picked::Slot);
        own.offered(
            promise,
            Offer {
                at: offer.at,
                slots: offer.slots.clone(),
                by_owner: offer.by_owner,
                answer: offer.answer.map(picked),
            },
        );
    }
    // Whom the owner wrote to by a tap has had a first text that the owner read.
    for pair in between
        .iter()
        .filter(|(_, all)| all.values().any(|about| about.offered_by_hand))
    {
        let one = named
            .ahead
            .one_on_ones
            .iter()
            .find(|one| one.pair == *pair.0);
        if let Some(report) = one.and_then(|one| named.person(&one.report)) {
            own.previewed(me, report, Text::Report);
        }
    }
    for (number, (at, did)) in did.iter().enumerate() {
        let booker = did
            .booker
            .as_deref()
            .and_then(|booker| named.person(booker));
        // Who answered with perhaps has read those words, and no others.
        let has_declined = did.by_owner && did.measure == Measure::AnswerBooker.as_str();
        if let Some(booker) = booker.filter(|_| has_declined) {
            own.previewed(me, booker, Text::Declined);
        }
        let promise = named.promised(&did.pair, Instant::from_seconds(did.promised));
        if let Some(intent) = intent(named, me, promise, (number, did)) {
            let zone = named.someone(me).map(|someone| &someone.zone);
            let today = zone.map_or_else(Default::default, |zone| at.date(zone));
            own.done(&intent, None, *at, today);
        }
    }
    for (meeting, promise) in named.holds() {
        let until = meeting.slot.start;
        let what = What::Hold {
            person: me,
            slot: meeting.slot,
            until,
        };
        let id = named.meeting_named(&meeting.uid, meeting.id);
        let key = format!("held/{promise}");
        if let Some(intent) = hold(named, (me, promise), what, (key, How::Automatic)) {
            own.done(&intent, id, meeting.changed, jiff::civil::Date::default());
        }
    }
    own
}

/// A hold for a promise: one that stands, or is to be.
pub(super) fn hold(
    named: &Named<'_>,
    (me, promise): (PersonId, PromiseId),
    what: What,
    (key, how): (String, How),
) -> Option<Intent> {
    let pair = &named.promise(promise)?.pair;
    Some(Intent {
        key,
        owner: me,
        policy: Whose::Person,
        how,
        one_on_one: named.number_of(pair)?,
        promise: Some(promise),
        measure: Measure::MakeGood,
        against: Kind::Cancelled,
        seen: Evidence::default(),
        on: None,
        booker: None,
        free: Vec::new(),
        what,
        why: String::new(),
        undo: Undo::Nothing,
    })
}

/// What was done, as far as rules ask of it. Of a promise that is over only that it was done on that day matters.
fn intent(
    named: &Named<'_>,
    me: PersonId,
    promise: Option<PromiseId>,
    (number, did): (usize, &Did),
) -> Option<Intent> {
    let measures = [
        Measure::MoveOther,
        Measure::AnswerBooker,
        Measure::AnswerPerhaps,
        Measure::Restore,
        Measure::MakeGood,
    ];
    let measure = measures
        .into_iter()
        .find(|one| one.as_str() == did.measure)?;
    let against = Kind::ALL
        .into_iter()
        .find(|one| one.as_str() == did.against)?;
    let meeting = did.on.as_ref().map(|(uid, id)| {
        let id = Instant::from_seconds(*id);
        named.meeting_named(uid, id).unwrap_or(NO_MEETING)
    });
    let epoch = Instant::from_seconds(0);
    let nowhere = Slot::new(epoch, epoch);
    let what = match did.verb.as_str() {
        "move" => What::Move {
            meeting: meeting?,
            to: nowhere,
        },
        "answer" => What::Answer {
            meeting: meeting?,
            person: me,
            answer: match measure {
                Measure::AnswerPerhaps => Answer::Tentative,
                _ => Answer::Declined,
            },
            note: String::new(),
            instead: Vec::new(),
        },
        "book" => What::Book {
            people: [me, me],
            slot: nowhere,
        },
        _ => return None,
    };
    Some(Intent {
        key: format!("did/{number}"),
        owner: me,
        policy: Whose::Person,
        how: if did.by_owner {
            How::ByOwner
        } else {
            How::Automatic
        },
        one_on_one: named.number_of(&did.pair)?,
        promise,
        measure,
        against,
        seen: Evidence::default(),
        on: meeting.map(|meeting| (meeting, 0)),
        booker: None,
        free: Vec::new(),
        what,
        why: String::new(),
        undo: Undo::Nothing,
    })
}
