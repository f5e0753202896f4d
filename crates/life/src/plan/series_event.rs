//! What happens to whole series: re-timed from here on, split, deleted and made again, paused, renamed zone.

use super::{
    Plan,
    promise::{Cadence, Pair, Promise},
};
use crate::{
    action::What,
    dialect::Following,
    meeting::MeetingId,
    place::Zone,
    rng::Rng,
    truth::{Behaviour, Hand, Shown, judge::Made},
};
use jiff::{
    Span,
    civil::{DateTime, Weekday},
};
use steadfast_calendar::{Instant, Slot};

impl Plan {
    /// Changes some of the series. One pair gets a chain of splits, each a new series.
    pub(crate) fn series_events(&mut self) {
        let mut chained = false;
        for index in 0..self.pairs.len() {
            let mut rng = self.rng.fork(13);
            let mut pair = std::mem::replace(&mut self.pairs[index], Pair::placeholder());
            if self.config.series_changes > 0.0
                && !chained
                && pair.cadence == Cadence::Weekly
                && pair.promises.len() > 12
            {
                chained = true;
                for turn in 1..=20 {
                    self.split(&mut pair, 2 * turn, &mut rng);
                }
            } else if rng.chance(self.config.series_changes)
                && pair.promises.len() > 8
                && pair.ended.is_none()
            {
                let at = rng.between(4, pair.promises.len() as i64 - 4) as usize;
                let kinds = [
                    (Behaviour::Retime, 4),
                    (Behaviour::Split, 3),
                    (Behaviour::Recreate, 2),
                    (Behaviour::Pause, 2),
                ];
                match rng.weighted(&kinds) {
                    Behaviour::Retime => self.retime(&mut pair, at, &mut rng),
                    Behaviour::Split => self.split(&mut pair, at, &mut rng),
                    Behaviour::Recreate => self.recreate(&mut pair, at, &mut rng),
                    _ => self.pause(&mut pair, at, &mut rng),
                }
            }
            self.rezone(&pair, &mut rng);
            self.pairs[index] = pair;
        }
    }

    fn quieten(pair: &mut Pair, at: Instant) {
        // Far enough on both sides that no single change reaches across.
        let days = pair.cadence.days() + 9;
        pair.quiet.push((at.plus_days(-days), at.plus_days(days)));
    }

    /// A moment in the gap before promise `k`: at least two hours after the one before it ended.
    fn between_promises(pair: &Pair, k: usize, rng: &mut Rng) -> Option<Instant> {
        let next = pair.promises.get(k)?.promised.start;
        let last = pair.promises.get(k.checked_sub(1)?)?.promised.end;
        let (from, to) = (last.plus_minutes(130), next.plus_minutes(-180));
        (to > from).then(|| from.plus_seconds(rng.between(0, to.seconds_since(from) / 3)))
    }

    /// Gives promise `k` and all later ones to another series, as instances of these slots.
    fn hand_over(
        &self,
        pair: &mut Pair,
        k: usize,
        meeting: MeetingId,
        known: Instant,
        ruled: &[Slot],
    ) {
        for (promise, slot) in pair.promises.iter_mut().skip(k).zip(ruled) {
            promise.meeting = meeting;
            promise.id = slot.start;
            promise.known_from = known;
        }
        pair.promises.truncate(k + ruled.len());
    }

    /// Ends the series before promise `k` and begins a new one at `start`.
    fn follow(
        &mut self,
        pair: &mut Pair,
        k: usize,
        at: Instant,
        start: DateTime,
    ) -> (MeetingId, Vec<Slot>) {
        let old = pair.promises[k].meeting;
        let until = pair.promises[k - 1].id;
        self.act(at, old, What::End { until });
        let days = self.days_of(pair, old, start);
        let meeting = self.series(pair, at, start, &days);
        if self.config.dialect.habits().following == Following::SplitR {
            let base = self.meetings[old.0].uid.clone();
            let base = base.split(['_', '@']).next().unwrap_or_default().to_owned();
            let stamp = self.meetings[meeting.0]
                .slot_at(start)
                .start
                .civil(&jiff::tz::TimeZone::UTC);
            let stamp = stamp.strftime("%Y%m%dT%H%M%S");
            self.meetings[meeting.0].uid = format!("{base}_R{stamp}@google.com");
            let of = &self.meetings[old.0];
            self.meetings[meeting.0].created_as = Some(of.created_as.unwrap_or(of.created));
        }
        let ruled = self.meetings[meeting.0].ruled(self.now);
        (meeting, ruled)
    }

    fn days_of(&self, pair: &Pair, old: MeetingId, start: DateTime) -> Vec<Weekday> {
        match (&self.meetings[old.0].rule, pair.cadence) {
            (Some(rule), Cadence::TuesdayAndThursday) => rule.days.clone(),
            _ => vec![start.date().weekday()],
        }
    }

    fn split(&mut self, pair: &mut Pair, k: usize, rng: &mut Rng) {
        let Some(at) = Self::between_promises(pair, k, rng) else {
            return;
        };
        Self::quieten(pair, at);
        let start = pair.promises[k].promised.start.civil(&pair.zone.tz);
        let (meeting, ruled) = self.follow(pair, k, at, start);
        self.hand_over(pair, k, meeting, at.plus_minutes(65), &ruled);
        pair.promises[k].behaviour = Behaviour::Split;
    }

    fn retime(&mut self, pair: &mut Pair, k: usize, rng: &mut Rng) {
        let old_start = pair.promises[k].promised.start.civil(&pair.zone.tz);
        let Some(start) = new_time(pair, old_start, rng) else {
            return;
        };
        let old = pair.promises[k].meeting;
        // Promise `k` is less than 7 days away by the old time and by the new one, the next more by both: nobody can
        // be in two minds about which of them were moved.
        let last = pair.promises[k - 1].promised.end.plus_minutes(130);
        let from = last.max(
            self.meetings[old.0]
                .slot_at(start)
                .start
                .plus_minutes(-6 * 1_440 - 720),
        );
        let to = pair.promises[k].promised.start.plus_minutes(-720);
        if to <= from {
            return;
        }
        let at = from.plus_seconds(rng.between(0, to.seconds_since(from)));
        Self::quieten(pair, at);
        let known = at.plus_minutes(65);
        let shown = self.shown_of_series(pair);
        let (meeting, ruled) = match self.config.dialect.habits().following {
            Following::Rewrite => {
                // The rewritten series keeps its first date; its past instances change with it.
                let offset = days_between(old_start, start);
                let first = self.meetings[old.0]
                    .start
                    .date()
                    .saturating_add(Span::new().days(offset));
                self.act(
                    at,
                    old,
                    What::Rewrite {
                        start: first.to_datetime(start.time()),
                        minutes: pair.minutes,
                    },
                );
                (old, self.ruled_from(pair, old, start))
            }
            Following::Range => {
                let clock = |at: DateTime| i64::from(at.hour()) * 60 + i64::from(at.minute());
                let minutes =
                    days_between(old_start, start) * 1_440 + clock(start) - clock(old_start);
                let id = pair.promises[k].id;
                self.act(at, old, What::ShiftFrom { id, minutes });
                let slots = pair.promises[k..]
                    .iter()
                    .map(|p| shifted(pair, p.promised.start, minutes))
                    .take_while(|slot| slot.start < self.now)
                    .collect();
                (old, slots)
            }
            Following::Split | Following::SplitR => self.follow(pair, k, at, start),
        };
        let range = self.config.dialect.habits().following == Following::Range;
        let whose = if pair.organiser == pair.report {
            Hand::Report
        } else {
            Hand::Manager
        };
        let kept_ids: Vec<Instant> = pair.promises.iter().map(|p| p.id).collect();
        self.hand_over(pair, k, meeting, known, &ruled);
        for (promise, slot) in pair.promises.iter_mut().skip(k).zip(&ruled) {
            promise.behaviour = Behaviour::Retime;
            // Beginning less than 7 days after it: moved. Later: promised anew.
            if promise.promised.start.seconds_since(at) < 7 * 86_400 {
                let made = Made {
                    at,
                    before: promise.promised,
                    hand: whose,
                };
                promise.changes.push((
                    made,
                    if whose == Hand::Report {
                        Shown::Report
                    } else {
                        shown
                    },
                ));
                promise.held = Some(*slot);
            } else {
                promise.promised = *slot;
                promise.held = Some(*slot);
                promise.behaviour = Behaviour::Keep;
            }
        }
        if range {
            for (promise, id) in pair.promises.iter_mut().zip(kept_ids) {
                promise.id = id;
            }
        }
        let people = [pair.manager, pair.report];
        let weekday = start.date().weekday();
        let in_first_week = self.config.first_day.to_datetime(start.time());
        self.keep(
            &people,
            &pair.zone.clone(),
            &[weekday],
            in_first_week,
            pair.minutes,
        );
    }

    fn ruled_from(&self, pair: &Pair, meeting: MeetingId, start: DateTime) -> Vec<Slot> {
        let mut future = self.meetings[meeting.0].clone();
        future.start = start;
        future.minutes = pair.minutes;
        if let Some(rule) = &mut future.rule {
            rule.days = vec![start.date().weekday()];
        }
        future.ruled(self.now)
    }

    fn recreate(&mut self, pair: &mut Pair, k: usize, rng: &mut Rng) {
        let Some(at) = Self::between_promises(pair, k, rng) else {
            return;
        };
        let next = pair.promises[k].promised.start;
        let latest = next.plus_minutes(-100).min(at.plus_days(5));
        let again = at.plus_seconds(rng.between(4_000, latest.seconds_since(at).max(4_001)));
        if again >= next.plus_minutes(-70) {
            return;
        }
        Self::quieten(pair, at);
        let old = pair.promises[k].meeting;
        self.act(at, old, What::Delete);
        let start = next.civil(&pair.zone.tz);
        let days = self.days_of(pair, old, start);
        let meeting = self.series(pair, again, start, &days);
        let ruled = self.meetings[meeting.0].ruled(self.now);
        self.hand_over(pair, k, meeting, again.plus_minutes(65), &ruled);
        pair.promises[k].behaviour = Behaviour::Recreate;
    }

    /// The series ends early enough that `k` was promised by nothing, and a new one begins a little before `k + 1`.
    fn pause(&mut self, pair: &mut Pair, k: usize, rng: &mut Rng) {
        if pair.cadence == Cadence::TuesdayAndThursday || k + 2 >= pair.promises.len() {
            return;
        }
        let gone = pair.promises[k].promised.start;
        let at = gone.plus_minutes(-rng.between(8 * 1_440, 8 * 1_440 + 600));
        let after = pair.promises[k + 1].promised.start.civil(&pair.zone.tz);
        // A day earlier than before, so that the pair meets again within two cadences.
        let back = if after.date().weekday() == Weekday::Monday {
            3
        } else {
            1
        };
        let start = after.saturating_sub(Span::new().days(back));
        let again = self.meetings[pair.promises[k].meeting.0]
            .slot_at(start)
            .start
            .plus_minutes(-rng.between(1_500, 2_500));
        Self::quieten(pair, at);
        Self::quieten(pair, gone);
        let old = pair.promises[k].meeting;
        self.act(
            at,
            old,
            What::End {
                until: pair.promises[k - 1].id,
            },
        );
        let days = self.days_of(pair, old, start);
        let meeting = self.series(pair, again, start, &days);
        let ruled = self.meetings[meeting.0].ruled(self.now);
        self.hand_over(pair, k + 1, meeting, again.plus_minutes(65), &ruled);
        for (promise, slot) in pair.promises.iter_mut().skip(k + 1).zip(&ruled) {
            *promise = Promise::new(meeting, *slot, again.plus_minutes(65));
        }
        let missing = &mut pair.promises[k];
        missing.missing = true;
        missing.held = None;
        missing.behaviour = Behaviour::Pause;
    }

    /// Renames the zone of a series to another with the same offsets: an edit that moves nothing.
    fn rezone(&mut self, pair: &Pair, rng: &mut Rng) {
        let other = match pair.zone.place.iana {
            "Europe/Paris" => "Europe/Berlin",
            "Europe/Berlin" => "Europe/Paris",
            _ => return,
        };
        if !rng.chance(self.config.trouble.rezoned) {
            return;
        }
        if let Some(meeting) = pair.meetings.last() {
            let made = self.meetings[meeting.0].created.max(self.first_look);
            let at = made.plus_seconds(rng.between(7_200, self.now.seconds_since(made).max(7_201)));
            self.act(
                at,
                *meeting,
                What::Rezone {
                    zone: Zone::named(other),
                },
            );
        }
    }
}

fn days_between(from: DateTime, to: DateTime) -> i64 {
    i64::from((to.date() - from.date()).get_days())
}

fn shifted(pair: &Pair, start: Instant, minutes: i64) -> Slot {
    let moved = start
        .civil(&pair.zone.tz)
        .saturating_add(Span::new().minutes(minutes));
    let start = steadfast_calendar::when::resolve(moved, &pair.zone.tz);
    Slot::new(start, start.plus_minutes(pair.minutes))
}

/// Another time in the same week for a series: later in the week where that is possible, so that no promise falls
/// between the old time and the new.
fn new_time(pair: &Pair, old: DateTime, rng: &mut Rng) -> Option<DateTime> {
    if pair.cadence == Cadence::TuesdayAndThursday {
        return None;
    }
    let day = i64::from(old.date().weekday().to_monday_zero_offset());
    let to = if day < 4 {
        rng.between(day + 1, 4)
    } else {
        day
    };
    let hour = if to == day {
        (old.hour() + 3).min(17)
    } else {
        rng.between(9, 16) as i8
    };
    if to == day && hour <= old.hour() + 2 {
        return None;
    }
    let date = old.date().saturating_add(Span::new().days(to - day));
    Some(date.at(hour, 0, 0, 0))
}
