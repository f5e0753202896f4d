//! One tap of whoever's calendar it is: what was proposed is decided anew on what is known now, and goes into the outbox.

use super::ahead::Ahead;
use super::between::Said;
use super::deed;
use super::gather::{Counted, Gathered, gather};
use super::holds;
use super::proposals::{decided, offered, proposals};
use super::write::{Drafted, is_under_way};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::{Instant, Slot};
use steadfast_guard::case::Case;
use steadfast_guard::ids::{MeetingId, PromiseId};
use steadfast_guard::intent::{Intent, Measure};
use steadfast_guard::offer::{Offer, Picked};
use steadfast_guard::own::Own;
use steadfast_guard::policy::Refused;
use steadfast_guard::threats::{self, Threat};
use steadfast_store::{Accounts, Facts, Intents};

/// What was tapped, in the words of the form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tapped {
    /// The 1:1.
    pub pair: String,
    /// When it was promised.
    pub promised: Instant,
    /// The sort of threat.
    pub kind: String,
    /// The meeting that lies over it, by UID and identity.
    pub over_it: Option<(String, Instant)>,
    /// Which way out.
    pub way: Measure,
    /// [`Way::mark`] of what was shown.
    ///
    /// [`Way::mark`]: super::Way::mark
    pub mark: String,
    /// Of a place to make it good: when it begins. `None`: the report is to pick.
    pub at: Option<Instant>,
}

/// Does what was tapped, as far as it is still proposed; it is carried out by the next free node. Gives how much was
/// written to the outbox.
///
/// # Errors
/// [`ServerError::NotFound`] where there is no such 1:1; [`ServerError::Input`] where it is not so any more, or cannot be
/// done by the server, with what to do.
pub async fn tap<S>(
    store: &S,
    viewer: &Viewer,
    ahead: &Ahead,
    now: Instant,
    tapped: &Tapped,
) -> Result<usize, ServerError>
where
    S: Accounts + Facts + Intents,
{
    let gathered = gather(store, viewer, ahead, now).await?;
    let counted = counted(&gathered, &tapped.pair, now)?;
    let mut drafted = Drafted::on(&gathered);
    let intents = decide(&counted, now, tapped)?;
    // From another window: what is on its way is not offered besides, nor anything else done for that promise.
    let about = deed::about(&tapped.pair, Some(tapped.promised));
    let answers = matches!(tapped.way, Measure::AnswerBooker | Measure::AnswerPerhaps);
    if !answers && is_under_way(store, viewer, ahead, &about).await? {
        return Ok(0);
    }
    for intent in intents {
        let about = (&gathered, &counted);
        let added = drafted.add(store, viewer, now, about, &intent).await?;
        added.map_err(|_| not_here())?;
    }
    let writes = drafted.writes();
    let about = gathered.between.get(&tapped.pair);
    let about = about.and_then(|all| all.get(&tapped.promised.seconds()));
    if writes > 0 && about.is_some_and(|about| about.offer.is_some()) {
        // What was offered for it is over: it is decided otherwise.
        let said = Said::Withdrawn {
            promised: tapped.promised.seconds(),
            by_itself: false,
        };
        drafted.say(&tapped.pair, &said, viewer.person(), now);
    }
    holds::keep(store, viewer, now, (&gathered, &counted), &mut drafted).await?;
    drafted.write(store, viewer, &[]).await?;
    Ok(writes)
}

/// What the viewer wants by their own word, asked of their policies as everything that is written: to be written.
///
/// # Errors
/// [`ServerError::Input`] with why it is not done; [`ServerError::Store`].
pub(super) async fn ordered<S>(
    store: &S,
    viewer: &Viewer,
    now: Instant,
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    intent: &Intent,
) -> Result<Drafted, ServerError>
where
    S: Facts + Intents,
{
    let guard = counted.guard(&counted.own, &counted.policies, now);
    guard.permits(intent).map_err(refused)?;
    let mut drafted = Drafted::on(gathered);
    let about = (gathered, counted);
    let added = drafted.add(store, viewer, now, about, intent).await?;
    added.map_err(|_| not_here())?;
    Ok(drafted)
}

/// In numbers, where the viewer has that 1:1 and their calendar was seen lately.
pub(super) fn counted<'a>(
    gathered: &'a Gathered<'_>,
    pair: &str,
    now: Instant,
) -> Result<Counted<'a>, ServerError> {
    if !gathered
        .ahead
        .one_on_ones
        .iter()
        .any(|one| one.pair == pair)
    {
        return Err(ServerError::NotFound);
    }
    gathered.counted(now).ok_or_else(|| {
        ServerError::Input(
            "your calendar was not seen within a day, and may be otherwise by now".to_owned(),
            "see on the page Calendars why, or change it in your calendar".to_owned(),
        )
    })
}

/// What the guard makes of it now.
fn decide(
    counted: &Counted<'_>,
    now: Instant,
    tapped: &Tapped,
) -> Result<Vec<Intent>, ServerError> {
    let promise = counted
        .named
        .promised(&tapped.pair, tapped.promised)
        .ok_or_else(gone)?;
    let threat = threat(counted, promise, now, tapped).ok_or_else(gone)?;
    if !is_shown(counted, now, tapped) {
        return Err(gone());
    }
    if tapped.way != Measure::MakeGood {
        return accept(counted, &counted.own, now, &threat, tapped.way);
    }
    // What was offered before is over: the owner decides anew.
    let mut own = counted.own.clone();
    own.withdrawn(promise);
    let beside = decided(counted, now).beside;
    let beside = beside.get(&promise).map_or(&[][..], Vec::as_slice);
    let guard = counted.guard(&own, &counted.policies, now);
    let offers = guard.accept_beside(&threat, tapped.way, beside);
    let offers = offers.map_err(refused)?;
    let Some(start) = tapped.at else {
        return Ok(offers);
    };
    let mut slots = offers.iter().flat_map(offered);
    let slot: Slot = slots.find(|slot| slot.start == start).ok_or_else(gone)?;
    let offer = Offer {
        at: now,
        slots: vec![slot],
        by_owner: true,
        answer: Some(Picked::Slot(slot)),
    };
    own.offered(promise, offer);
    accept(counted, &own, now, &threat, tapped.way)
}

/// Whether it is what was shown, to the times and the words.
fn is_shown(counted: &Counted<'_>, now: Instant, tapped: &Tapped) -> bool {
    proposals(counted, now).0.iter().any(|one| {
        one.pair == tapped.pair
            && one
                .promised
                .is_some_and(|slot| slot.start == tapped.promised)
            && one.kind == tapped.kind
            && one.over_it.as_ref().map(|over| &over.meeting) == tapped.over_it.as_ref()
            && one
                .ways
                .iter()
                .any(|way| way.measure == tapped.way && way.mark() == tapped.mark)
    })
}

fn accept(
    counted: &Counted<'_>,
    own: &Own,
    now: Instant,
    threat: &Threat,
    way: Measure,
) -> Result<Vec<Intent>, ServerError> {
    let guard = counted.guard(own, &counted.policies, now);
    guard.accept(threat, way).map_err(refused)
}

/// The threat that was tapped on, if it is still there.
fn threat(
    counted: &Counted<'_>,
    promise: PromiseId,
    now: Instant,
    tapped: &Tapped,
) -> Option<Threat> {
    let named = &counted.named;
    let case = Case::of(&named.world, promise, now)?;
    let is_it = |id: MeetingId| {
        let meeting = named.meeting(id);
        meeting.map(|meeting| (meeting.uid.clone(), meeting.id)) == tapped.over_it
    };
    let mut found = threats::find(&case)
        .into_iter()
        .filter(|threat| threat.on == counted.me && threat.kind.as_str() == tapped.kind);
    found.find(|threat| match &tapped.over_it {
        Some(_) => threat.evidence.meeting.is_some_and(is_it),
        None => true,
    })
}

pub(super) fn gone() -> ServerError {
    ServerError::Input(
        "it is not as it was when this was proposed".to_owned(),
        "look at what is proposed now".to_owned(),
    )
}

pub(super) fn not_here() -> ServerError {
    ServerError::Input(
        "this server cannot write where that meeting lies".to_owned(),
        "change it in your calendar; or connect the account it lies in, or let Steadfast write there, on the page Calendars"
            .to_owned(),
    )
}

pub(super) fn refused(refused: Refused) -> ServerError {
    match refused {
        Refused::DoneBefore | Refused::NotTheirs => gone(),
        refused => ServerError::Input(
            format!("it is not done: {refused}"),
            "change it in your calendar, or the policy of this 1:1".to_owned(),
        ),
    }
}
