//! What the manager's side does to a promise: moves it, shortens it, calls it off, makes it good.

use super::{Draft, Plan, organisation::Organisation, promise::Pair, timing::candidate_days};
use crate::{
    action::What,
    dialect::CalledOffAs,
    meeting::Answer,
    person::PersonId,
    rng::Rng,
    truth::{Behaviour, Hand, Shown, judge::Made},
};
use steadfast_calendar::{Instant, Slot, when::resolve};

impl Plan {
    /// The manager's side gives promise `k` another slot.
    pub(crate) fn rearrange(
        &mut self,
        org: &Organisation,
        pair: &mut Pair,
        k: usize,
        slot: Slot,
        rng: &mut Rng,
    ) {
        let before = pair.promises[k].held.unwrap_or(pair.promises[k].promised);
        if before == slot {
            return;
        }
        let Some(at) = self.moment(pair, k, before.start.min(slot.start), rng) else {
            return;
        };
        let (meeting, id) = (pair.promises[k].meeting, pair.promises[k].id);
        let (hand, sent_by) = hand(pair, rng);
        let mut acted = at;
        if pair.organiser == pair.report {
            // Only the organiser can move it: the manager declines, the report finds another time.
            let room = before
                .start
                .min(slot.start)
                .plus_minutes(-6)
                .seconds_since(at);
            if room < 4_500 {
                return;
            }
            acted = at.plus_seconds(rng.between(4_200, room.min(72_000)));
            self.act(
                at,
                meeting,
                What::Reply {
                    id,
                    who: pair.manager,
                    answer: Answer::Declined,
                },
            );
        }
        self.act_for(acted, meeting, sent_by, What::Place { id, slot });
        self.answer_again(pair, k, acted, slot, rng);
        let shown = if pair.organiser == pair.report {
            Shown::Manager
        } else {
            self.shown_of_edit(pair, hand)
        };
        let made = Made {
            at: acted,
            before,
            hand,
        };
        if rng.chance(self.config.asked_in_person) {
            pair.promises[k].wished = Some(Hand::Report);
        } else if before.start != slot.start && rng.chance(0.7) {
            let cause = self.cause(org, pair.manager, pair.report, before, at, rng);
            pair.promises[k].cause = Some(cause);
        }
        pair.promises[k].changes.push((made, shown));
        pair.promises[k].held = Some(slot);
    }

    pub(super) fn bounce(&mut self, org: &Organisation, pair: &mut Pair, k: usize, rng: &mut Rng) {
        let home = pair.promises[k].promised;
        let local = home.start.civil(&pair.zone.tz);
        let days = candidate_days(pair, k, local, Behaviour::SameWeek);
        if days.is_empty() {
            return;
        }
        for turn in 0..2 {
            let start = self.free_start(pair, local, *rng.pick(&days), rng);
            let begin = resolve(start, &pair.zone.tz);
            let mut slot = Slot::new(begin, begin.plus_minutes(home.minutes()));
            if turn == 1 && rng.chance(0.2) {
                slot = home;
            }
            self.rearrange(org, pair, k, slot, rng);
        }
    }

    /// Promise `k` is called off by the manager's side.
    pub(crate) fn drop_it(
        &mut self,
        org: &Organisation,
        pair: &mut Pair,
        k: usize,
        rng: &mut Rng,
        with_cause: bool,
    ) {
        let slot = pair.promises[k].promised;
        let Some(at) = self.moment(pair, k, slot.start, rng) else {
            return;
        };
        self.call_off(pair, k, at, rng);
        if with_cause && rng.chance(self.config.asked_in_person) {
            pair.promises[k].wished = Some(Hand::Report);
        } else if with_cause && rng.chance(0.6) {
            let cause = self.cause(org, pair.manager, pair.report, slot, at, rng);
            pair.promises[k].cause = Some(cause);
        }
    }

    /// The manager's side takes promise `k` off at a moment: by calling it off, or as a guest by declining.
    pub(crate) fn call_off(&mut self, pair: &mut Pair, k: usize, at: Instant, rng: &mut Rng) {
        let before = pair.promises[k].promised;
        if pair.organiser == pair.report {
            self.decline(pair, k, pair.manager, at, rng);
            let made = Made {
                at,
                before,
                hand: Hand::Manager,
            };
            pair.promises[k].changes.push((made, Shown::Manager));
        } else {
            let (hand, sent_by) = hand(pair, rng);
            let (meeting, id) = (pair.promises[k].meeting, pair.promises[k].id);
            self.act_for(at, meeting, sent_by, What::CallOff { id });
            if self.config.dialect.habits().called_off_for_guest == CalledOffAs::TitleThenExdate {
                self.act(
                    at.plus_seconds(rng.between(7_200, 200_000)),
                    meeting,
                    What::Clear { id },
                );
            }
            let shown = self.shown_of_call_off(pair, hand);
            pair.promises[k]
                .changes
                .push((Made { at, before, hand }, shown));
        }
        pair.promises[k].held = None;
    }

    pub(super) fn make_good(
        &mut self,
        org: &Organisation,
        pair: &mut Pair,
        k: usize,
        rng: &mut Rng,
    ) {
        let home = pair.promises[k].promised;
        let local = home.start.civil(&pair.zone.tz);
        let days: Vec<i64> = [Behaviour::SameWeek, Behaviour::NextWeek]
            .into_iter()
            .flat_map(|way| candidate_days(pair, k, local, way))
            .filter(|days| *days > 0)
            .collect();
        self.drop_it(org, pair, k, rng, true);
        let Some((made, _)) = pair.promises[k].changes.last().copied() else {
            return;
        };
        if days.is_empty() {
            return;
        }
        let start = self.free_start(pair, local, *rng.pick(&days), rng);
        let begin = resolve(start, &pair.zone.tz);
        let latest = begin.plus_minutes(-70).seconds_since(made.at);
        if latest < 300 {
            return;
        }
        let at = made.at.plus_seconds(rng.between(120, latest.min(90_000)));
        let minutes = if rng.chance(0.15) {
            (home.minutes() * 6 / 10).max(15)
        } else {
            home.minutes()
        };
        self.replace(pair, k, at, Slot::new(begin, begin.plus_minutes(minutes)));
    }

    /// A new single meeting of the two in place of a lost one.
    pub(crate) fn replace(&mut self, pair: &mut Pair, k: usize, at: Instant, slot: Slot) {
        let start = slot.start.civil(&pair.zone.tz);
        let mut guests = vec![pair.manager, pair.report];
        guests.extend(&pair.extras);
        let meeting = self.begin(
            at,
            Draft {
                title: pair.title.clone(),
                organiser: Some(pair.organiser),
                guests: &guests,
                zone: pair.zone.clone(),
                start,
                minutes: slot.minutes(),
                rule: None,
            },
        );
        pair.meetings.push(meeting);
        pair.promises[k].replacement = Some(slot);
    }
}

/// Who of the manager's side acts, and the assistant's name in SENT-BY.
fn hand(pair: &Pair, rng: &mut Rng) -> (Hand, Option<PersonId>) {
    match pair.assistant {
        Some(assistant) if pair.organiser == pair.manager && rng.chance(0.5) => {
            (Hand::Delegate, Some(assistant))
        }
        _ => (Hand::Manager, None),
    }
}
