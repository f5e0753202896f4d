//! Two states of one series → its changes.

use super::{
    Scope,
    pairing::{Pairing, pair},
    said::{Details, details},
    side::{Gone, Look, Side, head, is_cancelled},
};
use crate::{
    change::{Change, Placed, Reslot, What},
    event::Event,
    instant::Instant,
};
use std::{collections::HashSet, sync::Arc};

/// What came out of comparing two states of one series.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) changes: Vec<Change>,
    /// Its last instances, which the later state no longer gives: ended, or carried on by another UID. Indices into the
    /// earlier side's looks.
    pub(super) ended: Vec<usize>,
}

struct Comparison<'a, 'b> {
    scope: &'b Scope,
    /// Earliest start of anything the later calendar states outright (single events, overrides); what is older and
    /// gone has left a moving window.
    horizon: Option<Instant>,
    before: &'b Side<'a>,
    after: &'b Side<'a>,
    changes: Vec<Change>,
    /// The instances that changes were told of.
    told: HashSet<Option<Instant>>,
}

/// Compares `before` with `after`, the later state of the same series (maybe under a new UID).
pub(super) fn compare(
    before: &Side<'_>,
    after: &Side<'_>,
    horizon: Option<Instant>,
    scope: &Scope,
) -> Outcome {
    let mut comparison = Comparison {
        scope,
        horizon,
        before,
        after,
        changes: Vec::new(),
        told: HashSet::new(),
    };
    let pairing = pair(before, after);
    comparison.series_cancelled(&pairing);
    comparison.both(&pairing);
    let ended = comparison.only_before(&pairing);
    comparison.only_after(&pairing);
    comparison.rule(&pairing);
    comparison.details(&pairing);
    Outcome {
        changes: comparison.changes,
        ended,
    }
}

impl<'a> Comparison<'a, '_> {
    fn push(&mut self, id: Option<Instant>, what: What, said_by: Option<&Arc<Event>>) {
        self.told.insert(id);
        self.changes.push(Change {
            uid: self.after.series.uid.clone(),
            id,
            what,
            said_by: said_by.cloned(),
        });
    }

    /// The paired looks of which one lies in the window.
    fn pairs(&self, pairing: &Pairing) -> Vec<(Look, Look)> {
        let look = |(b, a): &(usize, usize)| {
            Some((*self.before.looks.get(*b)?, *self.after.looks.get(*a)?))
        };
        let mut pairs: Vec<_> = pairing.both.iter().filter_map(look).collect();
        pairs.retain(|(before, after)| self.in_window(before) || self.in_window(after));
        pairs
    }

    /// Whether all of it was over when the earlier state was seen: then a state that says less about it says nothing.
    fn was_over(&self, look: &Look) -> bool {
        look.slot().end <= self.scope.seen_before
    }

    fn is_over(&self, look: &Look) -> bool {
        look.slot().end <= self.scope.seen_after
    }

    fn in_window(&self, look: &Look) -> bool {
        let window = self.scope.window;
        let within = |at: Instant| window.from <= at && at < window.to;
        within(look.id) || within(look.slot().start)
    }

    /// Whether the later state only forgot what the earlier one said outright about an instance that is over.
    fn only_forgot(&self, before: &Look, after: &Look) -> bool {
        if !self.is_over(before) || !self.is_over(after) || after.is_explicit() {
            return false;
        }
        if self.was_over(before) && self.was_over(after) {
            return true;
        }
        match before.stands {
            // EXDATEs are forgotten together with the past of the series itself.
            Err(Gone::Excluded) => {
                self.after.first > self.before.first
                    && !self
                        .after
                        .looks
                        .iter()
                        .any(|l| l.id < before.id && matches!(l.stands, Err(Gone::Excluded)))
            }
            _ => {
                before.is_own()
                    && self
                        .horizon
                        .is_none_or(|horizon| horizon > before.slot().start)
            }
        }
    }

    /// Whether the series as a whole went out or came back: instances that did so with it are told of together.
    fn series_cancelled(&mut self, pairing: &Pairing) {
        let (mut off, mut on) = (Vec::new(), Vec::new());
        let mut by = None;
        for (before, after) in self.pairs(pairing) {
            if self.was_over(&before) && self.was_over(&after) {
                continue;
            }
            match (before.stands, after.stands) {
                (Ok(slot), Err(Gone::SeriesCancelled(how))) => {
                    by = Some(how);
                    off.push(before.placed_at(slot));
                }
                (Err(Gone::SeriesCancelled(_)), Ok(slot)) => on.push(after.placed_at(slot)),
                _ => {}
            }
        }
        let head = self.after.head();
        if let Some(by) = by {
            self.push(None, What::SeriesCancelled(off.into(), by), head);
        }
        if !on.is_empty() {
            self.push(None, What::SeriesRestored(on.into()), head);
        }
    }

    fn both(&mut self, pairing: &Pairing) {
        let mut retimed: Vec<Reslot> = Vec::new();
        let mut later_unchanged = false;
        let mut gap_in_retimed = false;
        for (before, after) in self.pairs(pairing) {
            let said_by = self.after.component(&after);
            match (before.stands, after.stands) {
                (Ok(from), Ok(to)) => {
                    let reslot = Reslot {
                        before: before.placed_at(from),
                        after: after.placed_at(to),
                    };
                    // A master that came into view, or left it, says nothing about its override.
                    let rule_moved = before.id != after.id
                        || (before.ruled.is_some()
                            && after.ruled.is_some()
                            && before.ruled != after.ruled);
                    if from == to && !rule_moved {
                        later_unchanged = true;
                    } else if self.only_forgot(&before, &after) {
                        if !self.was_over(&before) {
                            self.push(Some(before.id), What::LeftView(reslot.before), None);
                        }
                    } else if rule_moved {
                        gap_in_retimed |= later_unchanged && !retimed.is_empty();
                        later_unchanged = false;
                        retimed.push(reslot);
                    } else {
                        self.push_move(reslot, said_by);
                    }
                }
                (Ok(from), Err(gone)) => {
                    let placed = before.placed_at(from);
                    match gone {
                        Gone::Excluded => {
                            let master = self.after.head();
                            self.push(Some(before.id), What::Excluded(placed), master);
                        }
                        Gone::Cancelled(by) => {
                            self.push(Some(before.id), What::Cancelled(placed, by), said_by);
                        }
                        Gone::SeriesCancelled(_) => {}
                    }
                }
                (Err(Gone::SeriesCancelled(_)), Ok(_)) => {}
                (Err(_), Ok(to)) => {
                    if !self.only_forgot(&before, &after) {
                        let placed = after.placed_at(to);
                        self.push(Some(after.id), What::Restored(placed), said_by);
                    }
                }
                // Gone before, gone now, for whatever reason: cancelled by title first and excluded later is one
                // cancellation.
                (Err(_), Err(_)) => {}
            }
        }
        self.retimed(retimed, later_unchanged || gap_in_retimed);
    }

    /// Rule-given slots that changed: one thing when the rule changed, several when dates of a list did.
    fn retimed(&mut self, retimed: Vec<Reslot>, others_stayed: bool) {
        let head = self.after.head();
        let by_rule = head
            .and_then(|m| m.recurrence.as_ref())
            .is_some_and(|r| !r.rules.is_empty());
        if retimed.len() == 1 || (others_stayed && !by_rule) {
            for reslot in retimed {
                if reslot.before.slot == reslot.after.slot {
                    // Its override holds it where it was.
                    let id = reslot.before.id;
                    self.push(Some(id), What::Retimed([reslot].into()), head);
                } else {
                    self.push_move(reslot, head);
                }
            }
        } else if let Some(first) = retimed.first() {
            let id = first.before.id;
            self.push(Some(id), What::Retimed(retimed.into()), head);
        }
    }

    fn push_move(&mut self, reslot: Reslot, said_by: Option<&Arc<Event>>) {
        let same_start = reslot.before.slot.start == reslot.after.slot.start;
        let id = Some(reslot.before.id);
        if same_start {
            self.push(id, What::Resized(reslot), said_by);
        } else {
            self.push(id, What::Moved(reslot), said_by);
        }
    }

    /// Instances that are no longer given; returns those at the series' end.
    fn only_before(&mut self, pairing: &Pairing) -> Vec<usize> {
        let last_kept = pairing.both.iter().map(|(b, _)| *b).max();
        let mut ended = Vec::new();
        for &index in &pairing.only_before {
            let Some(look) = self.before.looks.get(index).copied() else {
                continue;
            };
            let Some(placed) = look.placed().filter(|_| self.in_window(&look)) else {
                continue;
            };
            let before_all = self.after.first.is_some_and(|first| look.id < first);
            let forgotten = before_all
                || (look.ruled.is_none() && self.horizon.is_none_or(|h| h > placed.slot.start));
            if self.was_over(&look) && (look.ruled.is_some() || forgotten) {
                // It took place or not, but that was before.
            } else if self.is_over(&look) && forgotten {
                self.push(Some(look.id), What::LeftView(placed), None);
            } else if !before_all
                && last_kept.is_none_or(|kept| index > kept)
                && look.ruled.is_some()
            {
                ended.push(index);
            } else {
                let head = self.after.head();
                self.push(Some(look.id), What::Vanished(placed), head);
            }
        }
        ended
    }

    fn only_after(&mut self, pairing: &Pairing) {
        let last_kept = pairing.both.iter().map(|(_, a)| *a).max();
        let mut extended: Vec<Placed> = Vec::new();
        for &index in &pairing.only_after {
            let Some(look) = self.after.looks.get(index).copied() else {
                continue;
            };
            let Some(placed) = look.placed().filter(|_| self.in_window(&look)) else {
                continue;
            };
            let before_all = self.before.first.is_some_and(|first| look.id < first);
            // The calendar shows more of the past than before, or the rule was re-written for it.
            if look.ruled.is_some() && (self.was_over(&look) || (before_all && self.is_over(&look)))
            {
                continue;
            }
            let at_the_end = last_kept.is_some_and(|kept| index > kept);
            let master_came_into_view = self.before.first.is_none();
            if look.ruled.is_some() && (at_the_end || master_came_into_view) {
                extended.push(placed);
            } else {
                let said_by = self.after.component(&look);
                self.push(Some(look.id), What::Appeared(placed), said_by);
            }
        }
        if let Some(first) = extended.first() {
            let id = first.id;
            let head = self.after.head();
            self.push(Some(id), What::Extended(extended.into()), head);
        }
    }

    /// A changed cadence: only where instances within the series are new or gone, so that a window that moved, or an
    /// end that did, is none.
    fn rule(&mut self, pairing: &Pairing) {
        let kept = |pick: fn(&(usize, usize)) -> usize| {
            let min = pairing.both.iter().map(pick).min()?;
            Some((min, pairing.both.iter().map(pick).max()?))
        };
        let (Some(b), Some(a)) = (kept(|p| p.0), kept(|p| p.1)) else {
            return;
        };
        let inside = |list: &[usize], (min, max): (usize, usize)| {
            list.iter().filter(|i| min < **i && **i < max).count()
        };
        if inside(&pairing.only_before, b) + inside(&pairing.only_after, a) < 2 {
            return;
        }
        let (Some(from_days), Some(to_days)) = (self.before.mean_days(), self.after.mean_days())
        else {
            return;
        };
        // A sixth: weekly and every eight days differ, a month of 30 and one of 31 days do not.
        if (from_days - to_days).abs() * 6 >= from_days.max(to_days) {
            let head = self.after.head();
            self.push(None, What::RuleChanged { from_days, to_days }, head);
        }
    }

    fn details(&mut self, pairing: &Pairing) {
        let (before, after) = (self.before, self.after);
        if let (Some(was), Some(is)) = (head(before.series), head(after.series)) {
            let cancelled = is_cancelled(was) != is_cancelled(is);
            let other = was.recurrence_id.is_some() != is.recurrence_id.is_some();
            self.said(None, details(was, is, other), is, cancelled);
        }
        for (was, is) in self.pairs(pairing) {
            let excluded = is.stands == Err(Gone::Excluded);
            if !(was.is_own() || is.is_own()) || excluded {
                continue;
            }
            if self.only_forgot(&was, &is) || (self.was_over(&was) && !is.is_own()) {
                continue;
            }
            let components = before.component(&was).zip(after.component(&is));
            if let Some((was_said, is_said)) = components {
                let now_own = is.is_own() && !was.is_own();
                let cancelled = was.stands.is_err() != is.stands.is_err();
                self.said(
                    Some(was.id),
                    details(was_said, is_said, now_own || !is.is_own()),
                    is_said,
                    cancelled,
                );
            }
        }
    }

    /// `cancelled`: what else changed in its title is told by that.
    fn said(&mut self, id: Option<Instant>, details: Details, by: &Arc<Event>, cancelled: bool) {
        let already = match id {
            Some(_) => self.told.contains(&id),
            None => !self.changes.is_empty(),
        };
        let count = self.changes.len();
        for what in details.all {
            if !(cancelled && matches!(what, What::Renamed { .. })) {
                self.push(id, what, Some(by));
            }
        }
        if details.touched && !already && self.changes.len() == count {
            self.push(id, What::Touched, Some(by));
        }
    }
}
