//! What happens to single promises: the behaviours of people, turned into actions with times, hands and causes.

use super::{
    Plan,
    organisation::Organisation,
    promise::{Cadence, Pair},
};
use crate::{
    action::What,
    dialect::{CalledOffAs, Following},
    meeting::Answer,
    person::PersonId,
    rng::Rng,
    truth::{Behaviour, Excuse, Hand, Shown, judge::Made},
};
use jiff::{Span, civil::DateTime};
use steadfast_calendar::{Instant, Slot, when::resolve};

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

    /// When something is done to a slot that would otherwise begin at `start`.
    fn moment(&self, pair: &Pair, k: usize, start: Instant, rng: &mut Rng) -> Option<Instant> {
        let notice = rng.weighted(&[(0, 25), (1, 35), (2, 30), (3, 10)]);
        let (from, to) = [(20, 110), (130, 2_870), (2_890, 10_000), (10_140, 12_500)][notice];
        let at = start.plus_seconds(-60 * rng.between(from, to) + rng.between(0, 59));
        let floor = self.floor(pair, k);
        if at > floor {
            return Some(at);
        }
        let room = start.plus_minutes(-15).seconds_since(floor);
        (room > 600).then(|| floor.plus_seconds(rng.between(1, room)))
    }

    fn floor(&self, pair: &Pair, k: usize) -> Instant {
        let promise = &pair.promises[k];
        let last = promise
            .changes
            .last()
            .map(|(made, _)| made.at.plus_minutes(70));
        promise
            .known_from
            .max(self.first_look.plus_minutes(65))
            .max(last.unwrap_or(promise.known_from))
    }

    /// A start on another day at which the manager's routine leaves room.
    fn free_start(&self, pair: &Pair, local: DateTime, days: i64, rng: &mut Rng) -> DateTime {
        let date = local.date().saturating_add(Span::new().days(days));
        let mut start = date.to_datetime(local.time());
        for _ in 0..12 {
            start = date.at(rng.between(8, 17) as i8, *rng.pick(&[0i8, 30]), 0, 0);
            let begin = resolve(start, &pair.zone.tz);
            let slot = Slot::new(begin, begin.plus_minutes(pair.minutes));
            if !self.routine_takes(pair.manager, slot, &pair.zone) {
                break;
            }
        }
        start
    }

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

    /// The other guest says yes to the new time after a while.
    fn answer_again(&mut self, pair: &Pair, k: usize, asked: Instant, slot: Slot, rng: &mut Rng) {
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

    fn bounce(&mut self, org: &Organisation, pair: &mut Pair, k: usize, rng: &mut Rng) {
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

    fn decline(&mut self, pair: &Pair, k: usize, who: PersonId, at: Instant, rng: &mut Rng) {
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

    fn make_good(&mut self, org: &Organisation, pair: &mut Pair, k: usize, rng: &mut Rng) {
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
            super::Draft {
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

    fn by_report(&mut self, pair: &mut Pair, k: usize, behaviour: Behaviour, rng: &mut Rng) {
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

    fn rivalry(
        &mut self,
        org: &Organisation,
        pair: &Pair,
        k: usize,
        behaviour: Behaviour,
        rng: &mut Rng,
    ) {
        let slot = pair.promises[k].promised;
        let Some(at) = self.moment(pair, k, slot.start.plus_minutes(-180), rng) else {
            return;
        };
        let (rival, class) = self.rival(org, pair.manager, pair.report, slot, at, rng);
        let mut gave_way = crate::truth::GaveWay::Neither;
        if behaviour == Behaviour::Defend {
            let away = at.plus_seconds(rng.between(
                4_000,
                slot.start.plus_minutes(-10).seconds_since(at).max(4_001),
            ));
            let standing = self.meetings[rival.0].slot_at(self.meetings[rival.0].start);
            let start = standing
                .start
                .plus_minutes(*rng.pick(&[120i64, 180, 1_440]));
            let moved = Slot::new(start, start.plus_minutes(standing.minutes()));
            self.act(
                away,
                rival,
                What::Place {
                    id: standing.start,
                    slot: moved,
                },
            );
            gave_way = crate::truth::GaveWay::Other;
        }
        self.conflict(pair.manager, class, slot, gave_way);
    }

    /// What a source shows of an organiser's edit of one instance.
    pub(crate) fn shown_of_edit(&self, pair: &Pair, hand: Hand) -> Shown {
        let habits = self.config.dialect.habits();
        if !habits.keeps_sequence || self.config.strip_guests {
            return Shown::Nobody;
        }
        match hand {
            Hand::Report => Shown::Report,
            Hand::Delegate if habits.keeps_sent_by => Shown::Delegate,
            Hand::Manager if pair.assistant.is_none() => Shown::Manager,
            Hand::Delegate | Hand::Manager => Shown::ManagerSide,
        }
    }

    pub(crate) fn shown_of_call_off(&self, pair: &Pair, hand: Hand) -> Shown {
        let habits = self.config.dialect.habits();
        if habits.bumps_on_call_off {
            self.shown_of_edit(pair, hand)
        } else {
            Shown::Nobody
        }
    }

    /// What a source shows of a change to a whole series.
    pub(crate) fn shown_of_series(&self, pair: &Pair) -> Shown {
        let habits = self.config.dialect.habits();
        let whose = if pair.organiser == pair.report {
            Hand::Report
        } else {
            Hand::Manager
        };
        match habits.following {
            Following::SplitR => Shown::Nobody,
            _ => self.shown_of_edit(pair, whose),
        }
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

/// Days from the promise, by the organiser's wall clock, to which it can go without reaching its neighbours.
fn candidate_days(pair: &Pair, k: usize, local: DateTime, way: Behaviour) -> Vec<i64> {
    let weekday = i64::from(local.date().weekday().to_monday_zero_offset());
    let day = |index: Option<usize>| {
        index.and_then(|index| pair.promises.get(index)).map(|p| {
            i64::from((p.promised.start.civil(&pair.zone.tz).date() - local.date()).get_days())
        })
    };
    let next = day(Some(k + 1)).unwrap_or(pair.cadence.days());
    let previous = day(k.checked_sub(1)).unwrap_or(-pair.cadence.days());
    let fits = |days: &i64| {
        let weekend = (weekday + days).rem_euclid(7) >= 5;
        !weekend && *days < next && *days > previous && *days != 0
    };
    match way {
        Behaviour::SameWeek if weekday < 4 && pair.cadence != Cadence::TuesdayAndThursday => {
            (1..=4 - weekday).filter(fits).collect()
        }
        Behaviour::SameWeek if pair.cadence == Cadence::TuesdayAndThursday => vec![1],
        Behaviour::NextWeek => (7 - weekday..=(11 - weekday).min(8)).filter(fits).collect(),
        _ => (-weekday..0).filter(fits).collect(),
    }
}
