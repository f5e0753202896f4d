//! What the viewer picked stands on their calendar and still asks them: their pick was their yes, and it is given there as well,
//! once. What they answer themselves meanwhile, or take back, stays as they want it.

use super::ahead::{Meeting, OneOnOne, is_of};
use super::basis;
use super::between::FOR_GOOD;
use super::deed;
use super::gather::{Counted, Gathered};
use super::write::Drafted;
use crate::server::acting::{Action, Basis, intent as outbox};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::edit::{Answer as Reply, Edit, Reply as Says};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::ids::MeetingId;
use steadfast_guard::said_yes::{SaidYes, intent};
use steadfast_guard::world::meeting::Answer;
use steadfast_store::{Facts, Intents};

/// Puts into the draft every such answer.
pub(super) async fn keep<S: Facts + Intents>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    drafted: &mut Drafted,
) -> Result<(), ServerError> {
    for (one, promised, slot) in picked(gathered, viewer, now) {
        let Some((number, meeting)) = asked(gathered, one, (promised, slot)) else {
            continue;
        };
        let about = deed::about(&one.pair, Some(Instant::from_seconds(promised)));
        let name = format!("{about}answer/{}/{}", meeting.uid, slot.start.seconds());
        let was_given = store.intent(viewer.org(), &name).await?.is_some();
        if was_given || !may(counted, one, (promised, &name, now), (number, meeting)) {
            continue;
        }
        let Some(place) = meeting.place.as_ref().filter(|_| meeting.is_writable()) else {
            continue;
        };
        let Some(says) = basis::says(store, viewer, place).await? else {
            continue;
        };
        let is_one = meeting.repeats && promised != FOR_GOOD;
        let edit = Edit::Answer(Reply {
            occurrence: is_one.then_some(meeting.id),
            reply: Says::Accepted,
            comment: None,
            instead: Vec::new(),
        });
        let action = Action {
            source: place.source.clone(),
            place: deed::path(place),
            basis: Basis::Says(says),
            edit,
            addresses: gathered.ahead.me.clone(),
            zone: gathered.clock(),
            policy: "you picked it".to_owned(),
            because: "you picked this time".to_owned(),
            uid: Some(meeting.uid.clone()),
            agreed: false,
            ends_offer: None,
            then: None,
        };
        drafted.put(outbox(&name, viewer.person(), &action, true, now));
    }
    Ok(())
}

/// The times to come that the viewer picked, each with its 1:1 and its promise.
fn picked<'a>(
    gathered: &'a Gathered<'_>,
    viewer: &Viewer,
    now: Instant,
) -> Vec<(&'a OneOnOne, i64, Slot)> {
    let ones = gathered.ahead.one_on_ones.iter();
    let theirs = ones.filter(|one| one.report == viewer.person());
    let all = theirs.filter_map(|one| Some((one, gathered.between.get(&one.pair)?)));
    let picked = all.flat_map(|(one, all)| {
        let answers = all.iter().filter_map(|(promised, about)| {
            let slot = about.offer.as_ref()?.answer.flatten()?;
            Some((*promised, slot))
        });
        answers.map(move |(promised, slot)| (one, promised, slot))
    });
    picked.filter(|(.., slot)| slot.start > now).collect()
}

/// The meeting that stands there and asks who picked it.
fn asked<'a>(
    gathered: &'a Gathered<'_>,
    one: &OneOnOne,
    (promised, slot): (i64, Slot),
) -> Option<(MeetingId, &'a Meeting)> {
    let is_it = |meeting: &Meeting| {
        let mut guests = meeting.guests.iter();
        meeting.slot == slot
            && meeting.organiser == one.manager
            && is_of(meeting, [&one.manager, &one.report])
            && meeting.is_invited
            && (promised != FOR_GOOD || meeting.repeats)
            && guests.any(|(who, answer)| *who == one.report && *answer == Answer::Unanswered)
    };
    let mut all = (0_u32..).zip(&gathered.ahead.meetings);
    let (number, meeting) = all.find(|(_, meeting)| is_it(meeting))?;
    Some((MeetingId(number), meeting))
}

/// Whether the viewer's policy lets it be written, as it is asked of everything that is.
fn may(
    counted: &Counted<'_>,
    one: &OneOnOne,
    (promised, key, now): (i64, &str, Instant),
    (meeting, known): (MeetingId, &Meeting),
) -> bool {
    let named = &counted.named;
    let Some(one_on_one) = named.number_of(&one.pair) else {
        return false;
    };
    let intent = intent(SaidYes {
        key: key.to_owned(),
        owner: counted.me,
        one_on_one,
        promise: named.promised(&one.pair, Instant::from_seconds(promised)),
        on: (meeting, known.changes),
        start: known.slot.start,
    });
    let guard = counted.guard(&counted.own, &counted.policies, now);
    guard.permits(&intent).is_ok()
}
