//! What this program did to people's calendars, as their ledgers are told it: who asked for it is known, and need not be
//! guessed from what the calendar shows.

use super::looks::Whole;
use crate::audit::{ChangedBy, RecordedChange};
use crate::server::acting::Action;
use crate::server::facts::{self, ACTED, Acted, acts_on};
use crate::server::{ServerError, Viewer};
use steadfast_calendar::edit::Edit;
use steadfast_calendar::{Instant, Slot};
use steadfast_store::{Facts, Intent, Micros, NewFact};

const PERSON: &str = "person";
const PROGRAM: &str = "program";
const BOTH: &str = "both";

/// The fact that `intent`, let go at `sent`, had its effect by `now`; `None` where it says nothing of a 1:1.
pub(in crate::server) fn acted(
    intent: &Intent,
    action: &Action,
    (sent, now): (Micros, Micros),
) -> Option<NewFact> {
    let second = |at: Micros| at.0.div_euclid(1_000_000);
    let (occurrence, to) = changed(&action.edit)?;
    let uid = match &action.edit {
        Edit::Withdraw { uid } => uid.clone(),
        Edit::Book(meeting) => meeting.uid.clone(),
        Edit::Successor(series) => series.uid.clone(),
        _ => action.uid.clone()?,
    };
    let by = match (action.agreed, intent.by_hand) {
        (true, _) => BOTH,
        (false, true) => PERSON,
        (false, false) => PROGRAM,
    };
    let acted = Acted {
        uid,
        occurrence: occurrence.map(Instant::seconds),
        to: to.map(|slot| (slot.start.seconds(), slot.end.seconds())),
        within: (second(sent), second(now)),
        by: by.to_owned(),
    };
    let at = Instant::from_seconds(second(now));
    Some(facts::said(ACTED, &acted, &intent.person, at))
}

/// Which instance an edit changes, and where to. What goes back to wherever its series puts it is not said by the edit, and
/// an answer speaks for itself.
fn changed(edit: &Edit) -> Option<(Option<Instant>, Option<Slot>)> {
    match edit {
        Edit::Move { occurrence, to }
        | Edit::Restore {
            occurrence,
            to: Some(to),
        } => Some((Some(*occurrence), Some(*to))),
        Edit::Cancel { occurrence } => Some((Some(*occurrence), None)),
        Edit::Withdraw { .. } => Some((None, None)),
        // Where there was another one before, it is a change of that.
        Edit::Book(meeting) => Some((None, Some(meeting.slot))),
        // Of a series that was moved for good: the first that is held by the new rule, or by the old one again.
        Edit::Successor(series) => Some((None, Some(series.slot))),
        Edit::Reopen { at, .. } => Some((None, Some(*at))),
        Edit::Resize { .. }
        | Edit::Restore { to: None, .. }
        | Edit::Answer(_)
        | Edit::Hold(_)
        | Edit::Busy { .. }
        | Edit::Free { .. }
        | Edit::End { .. } => None,
    }
}

/// Everything that was done to these people's calendars, of each oldest first. Of meetings the viewer is not in, a ledger has
/// no use.
pub(super) async fn recorded<S: Facts>(
    store: &S,
    viewer: &Viewer,
    people: &[&str],
) -> Result<Vec<RecordedChange>, ServerError> {
    let at = Instant::from_seconds;
    let streams: Vec<String> = people.iter().map(|person| acts_on(person)).collect();
    let streams: Vec<&str> = streams.iter().map(String::as_str).collect();
    let whole = Whole::of(store, viewer.org(), &streams).await?;
    let all = people.iter().zip(&streams);
    let all =
        all.flat_map(|(person, stream)| whole.facts(stream).iter().map(move |f| (*person, f)));
    let mut recorded = Vec::new();
    for (person, fact) in all {
        let acted: Acted = facts::what_was_said(fact, ACTED)?;
        recorded.push(RecordedChange {
            uid: acted.uid,
            occurrence: acted.occurrence.map(at),
            within: (at(acted.within.0), at(acted.within.1)),
            to: acted.to.map(|(start, end)| Slot::new(at(start), at(end))),
            by: match acted.by.as_str() {
                PERSON => ChangedBy::Person(person.to_owned()),
                BOTH => ChangedBy::Both,
                _ => ChangedBy::Program,
            },
        });
    }
    Ok(recorded)
}
