//! What the report does: declines, asks for another time, answers the new one.

use super::{Plan, promise::Pair, timing::candidate_days};
use crate::{
    action::What,
    meeting::Answer,
    person::PersonId,
    rng::Rng,
    truth::{Behaviour, Hand, Shown, judge::Made},
};
use steadfast_calendar::{Instant, Slot, when::resolve};

impl Plan {
    /// The other guest says yes to the new time after a while.
    pub(super) fn answer_again(
        &mut self,
        pair: &Pair,
        k: usize,
        asked: Instant,
        slot: Slot,
        rng: &mut Rng,
    ) {
        let who = if pair.organiser == pair.report {
            pair.manager
        } else {
            pair.report
        };
        let at = asked.plus_seconds(rng.between(120, 20_000));
        if at < slot.start && rng.chance(0.8) {
            let (meeting, id) = (pair.promises[k].meeting, pair.promises[k].id);
            let answer = *rng.pick(&[
                Answer::Accepted,
                Answer::Accepted,
                Answer::Accepted,
                Answer::Tentative,
            ]);
            self.act(at, meeting, What::Reply { id, who, answer });
        }
    }

    pub(super) fn decline(
        &mut self,
        pair: &Pair,
        k: usize,
        who: PersonId,
        at: Instant,
        rng: &mut Rng,
    ) {
        let (meeting, id) = (pair.promises[k].meeting, pair.promises[k].id);
        self.act(
            at,
            meeting,
            What::Reply {
                id,
                who,
                answer: Answer::Declined,
            },
        );
        if self.config.dialect.habits().hides_declined {
            self.act(
                at.plus_seconds(rng.between(0, 30)),
                meeting,
                What::Leave { id, who },
            );
        }
    }

    pub(super) fn by_report(
        &mut self,
        pair: &mut Pair,
        k: usize,
        behaviour: Behaviour,
        rng: &mut Rng,
    ) {
        let before = pair.promises[k].promised;
        let local = before.start.civil(&pair.zone.tz);
        let (meeting, id) = (pair.promises[k].meeting, pair.promises[k].id);
        let Some(at) = self.moment(pair, k, before.start.plus_minutes(-90), rng) else {
            return;
        };
        let days = candidate_days(pair, k, local, Behaviour::SameWeek);
        let organises = pair.organiser == pair.report;
        if behaviour == Behaviour::ReportDeclines || days.is_empty() {
            let shown = if organises {
                self.act(at, meeting, What::CallOff { id });
                self.shown_of_call_off(pair, Hand::Report)
            } else {
                self.decline(pair, k, pair.report, at, rng);
                Shown::Report
            };
            pair.promises[k].changes.push((
                Made {
                    at,
                    before,
                    hand: Hand::Report,
                },
                shown,
            ));
            pair.promises[k].held = None;
            return;
        }
        let start = self.free_start(pair, local, *rng.pick(&days), rng);
        let begin = resolve(start, &pair.zone.tz);
        let slot = Slot::new(begin, begin.plus_minutes(before.minutes()));
        let mut acted = at;
        if !organises {
            // Seen declined at one look, moved at a later one, within a day.
            let room = before.start.plus_minutes(-10).seconds_since(at);
            if room < 4_300 {
                return;
            }
            acted = at.plus_seconds(rng.between(4_200, room.min(72_000)));
            self.act(
                at,
                meeting,
                What::Reply {
                    id,
                    who: pair.report,
                    answer: Answer::Declined,
                },
            );
        }
        self.act(acted, meeting, What::Place { id, slot });
        self.answer_again(pair, k, acted, slot, rng);
        let shown = if organises {
            self.shown_of_edit(pair, Hand::Report)
        } else {
            Shown::Report
        };
        pair.promises[k].changes.push((
            Made {
                at: acted,
                before,
                hand: Hand::Report,
            },
            shown,
        ));
        pair.promises[k].held = Some(slot);
    }
}
