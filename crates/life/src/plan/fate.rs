//! What happens to single promises: the behaviours of people, turned into actions with times, hands and causes.

use super::{Plan, organisation::Organisation, promise::Pair, timing::candidate_days};
use crate::{
    action::What,
    person::PersonId,
    rng::Rng,
    truth::{Behaviour, Excuse},
};
use jiff::civil::DateTime;
use steadfast_calendar::{Slot, when::resolve};

/// How often which, among the promises to which something happens.
const MIX: [(Behaviour, u32); 18] = [
    (Behaviour::Nudge, 12),
    (Behaviour::SameDay, 8),
    (Behaviour::SameWeek, 16),
    (Behaviour::NextWeek, 6),
    (Behaviour::Forward, 4),
    (Behaviour::FoldIntoNext, 4),
    (Behaviour::CallOff, 12),
    (Behaviour::MakeGood, 7),
    (Behaviour::Shorten, 4),
    (Behaviour::Halve, 3),
    (Behaviour::Token, 2),
    (Behaviour::Bounce, 4),
    (Behaviour::ReportDeclines, 4),
    (Behaviour::ReportAsks, 4),
    (Behaviour::TidyAway, 3),
    (Behaviour::EditText, 3),
    (Behaviour::Defend, 3),
    (Behaviour::Overlap, 2),
];

impl Plan {
    /// Lives through every promise of every pair.
    pub(crate) fn fates(&mut self, org: &Organisation) {
        for index in 0..self.pairs.len() {
            let mut pair = std::mem::replace(&mut self.pairs[index], Pair::placeholder());
            let mut rng = self.rng.fork(17);
            for k in 0..pair.promises.len() {
                let behaviour = self.draw(&pair, k, &mut rng);
                self.live(org, &mut pair, k, behaviour, &mut rng);
            }
            self.pairs[index] = pair;
        }
    }

    fn draw(&self, pair: &Pair, k: usize, rng: &mut Rng) -> Behaviour {
        let promise = &pair.promises[k];
        let start = promise.promised.start;
        // Nothing happens near the end: every promise has its outcome by then.
        let last = self.now.plus_days(-pair.cadence.days() - 8);
        if promise.behaviour != Behaviour::Keep
            || promise.missing
            || start > last
            || pair.is_quiet(start)
        {
            return Behaviour::Keep;
        }
        let away = |who: PersonId, excuse: Option<Excuse>| {
            self.away.get(&who).is_some_and(|spans| {
                spans.iter().any(|(away, _)| {
                    excuse.is_none_or(|e| e == away.excuse) && away.slot.overlaps(promise.promised)
                })
            })
        };
        if away(pair.manager, Some(Excuse::LeaveManager)) {
            return if rng.chance(0.8) {
                Behaviour::LeaveOfManager
            } else {
                Behaviour::Keep
            };
        }
        if away(pair.report, Some(Excuse::LeaveManager)) {
            return if rng.chance(0.8) {
                Behaviour::LeaveOfReport
            } else {
                Behaviour::Keep
            };
        }
        if away(pair.report, Some(Excuse::Holiday)) {
            return if rng.chance(0.7) {
                Behaviour::PublicHoliday
            } else {
                Behaviour::Keep
            };
        }
        let life = self.now.seconds_since(self.first_look) as f64;
        let through = start.seconds_since(self.first_look) as f64 / life;
        if rng.chance(pair.temper.rate(through)) {
            rng.weighted(&MIX)
        } else {
            Behaviour::Keep
        }
    }

    /// Does to promise `k` what the behaviour says; where there is no room for it, nothing.
    pub(crate) fn live(
        &mut self,
        org: &Organisation,
        pair: &mut Pair,
        k: usize,
        behaviour: Behaviour,
        rng: &mut Rng,
    ) {
        let slot = pair.promises[k].promised;
        let zone = pair.zone.clone();
        let local = slot.start.civil(&zone.tz);
        let whole = slot.minutes();
        let to = |start: DateTime, minutes: i64| {
            let start = resolve(start, &zone.tz);
            Slot::new(start, start.plus_minutes(minutes))
        };
        match behaviour {
            Behaviour::Keep
            | Behaviour::Retime
            | Behaviour::Split
            | Behaviour::Recreate
            | Behaviour::Pause => return,
            Behaviour::Nudge => {
                let by = *rng.pick(&[-60i64, -30, 15, 30, 30, 60, 90, 120]);
                let start = slot.start.plus_minutes(by);
                self.rearrange(
                    org,
                    pair,
                    k,
                    Slot::new(start, start.plus_minutes(whole)),
                    rng,
                );
            }
            Behaviour::SameDay => {
                let start = slot.start.plus_minutes(15 * rng.between(10, 20));
                self.rearrange(
                    org,
                    pair,
                    k,
                    Slot::new(start, start.plus_minutes(whole)),
                    rng,
                );
            }
            Behaviour::SameWeek | Behaviour::NextWeek | Behaviour::Forward => {
                let days = candidate_days(pair, k, local, behaviour);
                if days.is_empty() {
                    return;
                }
                let start = self.free_start(pair, local, *rng.pick(&days), rng);
                self.rearrange(org, pair, k, to(start, whole), rng);
            }
            Behaviour::FoldIntoNext => {
                let Some(next) = pair.promises.get(k + 1).map(|next| next.promised) else {
                    return;
                };
                let start = next.end.plus_minutes(30);
                self.rearrange(
                    org,
                    pair,
                    k,
                    Slot::new(start, start.plus_minutes(whole)),
                    rng,
                );
            }
            Behaviour::Shorten => self.rearrange(
                org,
                pair,
                k,
                Slot::new(slot.start, slot.start.plus_minutes(whole * 7 / 10)),
                rng,
            ),
            Behaviour::Halve => self.rearrange(
                org,
                pair,
                k,
                Slot::new(
                    slot.start,
                    slot.start.plus_minutes((whole * 4 / 10).max(10)),
                ),
                rng,
            ),
            Behaviour::Token => self.rearrange(
                org,
                pair,
                k,
                Slot::new(slot.start, slot.start.plus_minutes(5)),
                rng,
            ),
            Behaviour::Bounce => self.bounce(org, pair, k, rng),
            Behaviour::CallOff => self.drop_it(org, pair, k, rng, true),
            Behaviour::LeaveOfManager | Behaviour::LeaveOfReport | Behaviour::PublicHoliday => {
                self.for_absence(org, pair, k, behaviour, rng);
            }
            Behaviour::MakeGood => self.make_good(org, pair, k, rng),
            Behaviour::ReportDeclines | Behaviour::ReportAsks => {
                self.by_report(pair, k, behaviour, rng);
            }
            Behaviour::TidyAway => {
                let at = slot.end.plus_minutes(rng.between(75, 6_000));
                if at >= self.now {
                    return;
                }
                let (meeting, id) = (pair.promises[k].meeting, pair.promises[k].id);
                self.act(at, meeting, What::TidyAway { id });
            }
            Behaviour::EditText => {
                let Some(at) = self.moment(pair, k, slot.start, rng) else {
                    return;
                };
                self.act(at, pair.promises[k].meeting, What::EditText);
            }
            Behaviour::Defend | Behaviour::Overlap => self.rivalry(org, pair, k, behaviour, rng),
        }
        let silent = matches!(
            behaviour,
            Behaviour::TidyAway | Behaviour::EditText | Behaviour::Defend | Behaviour::Overlap
        );
        let promise = &mut pair.promises[k];
        if promise.behaviour == Behaviour::Keep && (silent || !promise.changes.is_empty()) {
            promise.behaviour = behaviour;
        }
    }
}
