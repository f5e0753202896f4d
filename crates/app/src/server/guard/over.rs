//! Which offers end by themselves, and that both are told: one that is needed no more, or cannot be any more. Nobody is left with times
//! to pick from, or with a pick, of which nothing would come.

use super::between::{FOR_GOOD, Offered, Said};
use super::gather::{Counted, Gathered};
use super::write::Drafted;
use crate::server::Viewer;
use steadfast_calendar::Instant;
use steadfast_guard::case::Case;
use steadfast_guard::decide::Decision;
use steadfast_guard::intent::What;
use steadfast_guard::measures::is_bookable;
use steadfast_guard::offer::applies;

/// What was offered for a promise and is needed no more is offered no more: it was put back, had otherwise, or goes on in another
/// series. So with what was picked, and what was picked where the time was taken by then, as long as nothing else is booked for it.
pub(super) fn over(
    viewer: &Viewer,
    now: Instant,
    (gathered, counted): (&Gathered<'_>, &Counted<'_>),
    decision: &Decision,
    drafted: &mut Drafted,
) {
    let ones = gathered.ahead.one_on_ones.iter();
    let mine = ones.filter(|one| one.manager == viewer.person());
    for one in mine {
        let between = gathered.between.get(&one.pair).into_iter().flatten();
        for (promised, about) in between.filter(|(promised, _)| **promised != FOR_GOOD) {
            let Some(offer) = &about.offer else {
                continue;
            };
            let start = Instant::from_seconds(*promised);
            let looked = Looked {
                known: counted
                    .named
                    .promised(&one.pair, start)
                    .and_then(|id| Case::of(&counted.named.world, id, now)),
                goes_on: gathered.ahead.goes_on_since(&one.pair, start, offer.at),
                start,
                now,
            };
            let is_over = match offer.answer {
                // Times that are all over are an offer no more.
                None => offer.slots.iter().any(|slot| slot.start > now) && !looked.is_needed(),
                Some(None) => false,
                Some(Some(_)) => {
                    let is_planned = looked.known.is_some_and(|case| {
                        let mut intents = decision.intents.iter();
                        intents.any(|intent| {
                            let writes = !matches!(intent.what, What::Message(_));
                            writes && intent.promise == Some(case.promise.id)
                        })
                    });
                    let is_tried = gathered.was_booked(&one.pair, *promised, offer.at);
                    !is_planned && !is_tried && looked.is_in_vain(counted, offer)
                }
            };
            if is_over {
                let said = Said::Withdrawn {
                    promised: *promised,
                    by_itself: true,
                };
                drafted.say(&one.pair, &said, viewer.person(), now);
            }
        }
    }
}

/// What is seen of a promise.
struct Looked<'a> {
    known: Option<Case<'a>>,
    /// Whether it goes on in another series since that was offered.
    goes_on: bool,
    start: Instant,
    now: Instant,
}

impl Looked<'_> {
    /// Whether it still needs another time.
    fn is_needed(&self) -> bool {
        match &self.known {
            Some(case) => applies(case) && !self.goes_on,
            // One to come that the calendar does not show is not known; one that is over and not owed is had.
            None => self.start > self.now && !self.goes_on,
        }
    }

    /// Whether nothing will come of what was picked and does not stand.
    fn is_in_vain(&self, counted: &Counted<'_>, offer: &Offered) -> bool {
        let Some(slot) = offer.answer.flatten().filter(|slot| slot.start > self.now) else {
            return false;
        };
        match &self.known {
            Some(case) => {
                let stands = case
                    .stands
                    .is_some_and(|stands| stands.slot.start == slot.start);
                let may_come = self.is_needed() && is_bookable(case, &counted.own, slot);
                !stands && !may_come
            }
            None => !self.is_needed(),
        }
    }
}
