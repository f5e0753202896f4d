//! What displaced a 1:1: a probability, not an accusation. Shown to the owner of the calendar only.

/// "Most likely" needs this probability; below it the cause is unknown and worth a one-tap question.
pub const MOST_LIKELY: f64 = 0.7;

/// Weight of "none of these".
const NONE: f64 = 0.25;
/// What an event keeps of its weight however long before or after the change it appeared.
const FLOOR: f64 = 0.05;
/// Minutes over which closeness in time fades by a factor e.
const FADES_OVER: f64 = 24.0 * 60.0;
/// An event that appeared more minutes than this after the change more likely filled the freed slot.
const FILLER_AFTER: i64 = 60;

/// An event on the mover's calendar. Times are minutes on any one clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Candidate {
    /// Its start.
    pub start: i64,
    /// Its end.
    pub end: i64,
    /// When it was created or accepted, where known.
    pub appeared: Option<i64>,
}

/// How likely each candidate, and none of them, displaced the occurrence. Adds up to 1.
#[derive(Clone, PartialEq, Debug)]
pub struct DisplacedBy {
    /// One per candidate, in the order given.
    pub candidates: Vec<f64>,
    /// Something that this calendar does not show.
    pub none: f64,
}

impl DisplacedBy {
    /// Index and probability of the candidate that may be called "most likely"; `None`: unknown.
    pub fn most_likely(&self) -> Option<(usize, f64)> {
        let best = self
            .candidates
            .iter()
            .copied()
            .enumerate()
            .max_by(|one, other| one.1.total_cmp(&other.1));
        best.filter(|(_, probability)| *probability >= MOST_LIKELY)
    }
}

/// Weighs the candidates for a promised slot `[start, end)` that was changed at `change_at`, all in minutes.
///
/// `w = o * max(0.05, exp(-|change - appeared| / 24 h))` with o the share of the slot it overlaps, halved if it
/// appeared more than an hour after the change; "none" weighs 0.25. An event of which nobody knows when it appeared
/// has only the floor.
pub fn displaced_by(slot: (i64, i64), change_at: i64, candidates: &[Candidate]) -> DisplacedBy {
    let weights: Vec<f64> = candidates
        .iter()
        .map(|candidate| {
            share_overlapped(slot, (candidate.start, candidate.end))
                * closeness(change_at, candidate.appeared)
        })
        .collect();
    let whole = NONE + weights.iter().sum::<f64>();
    DisplacedBy {
        candidates: weights.iter().map(|weight| weight / whole).collect(),
        none: NONE / whole,
    }
}

fn closeness(change_at: i64, appeared: Option<i64>) -> f64 {
    let Some(appeared) = appeared else {
        return FLOOR;
    };
    let after = appeared.saturating_sub(change_at);
    let near = (-minutes(after).abs() / FADES_OVER).exp().max(FLOOR);
    if after > FILLER_AFTER {
        near / 2.0
    } else {
        near
    }
}

fn share_overlapped(slot: (i64, i64), event: (i64, i64)) -> f64 {
    let length = slot.1.saturating_sub(slot.0);
    let common = slot.1.min(event.1).saturating_sub(slot.0.max(event.0));
    if length <= 0 || common <= 0 {
        0.0
    } else {
        minutes(common) / minutes(length)
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "minutes of any calendar fit 53 bits"
)]
const fn minutes(span: i64) -> f64 {
    span as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOT: (i64, i64) = (0, 30);

    fn candidate(start: i64, end: i64, appeared: Option<i64>) -> Candidate {
        Candidate {
            start,
            end,
            appeared,
        }
    }

    #[test]
    fn an_event_accepted_just_before_is_most_likely() {
        let found = displaced_by(SLOT, -60, &[candidate(0, 30, Some(-65))]);
        assert_eq!(found.most_likely().map(|(index, _)| index), Some(0));
    }

    #[test]
    fn two_equal_ones_leave_it_unknown() {
        let same = candidate(0, 30, Some(-65));
        assert_eq!(displaced_by(SLOT, -60, &[same, same]).most_likely(), None);
    }

    #[test]
    fn what_does_not_overlap_or_nothing_at_all_is_none() {
        let found = displaced_by(
            SLOT,
            -60,
            &[candidate(30, 60, Some(-65)), candidate(-30, 0, None)],
        );
        assert_eq!(found.candidates, [0.0, 0.0]);
        assert!((found.none - 1.0).abs() < 1e-15);
        assert!((displaced_by(SLOT, 0, &[]).none - 1.0).abs() < 1e-15);
        assert!((displaced_by((5, 5), 0, &[candidate(0, 9, Some(0))]).none - 1.0).abs() < 1e-15);
    }

    #[test]
    fn of_unknown_age_weighs_as_little_as_an_old_one() {
        let old = displaced_by(SLOT, 0, &[candidate(0, 30, Some(-1_000_000))]);
        let unknown = displaced_by(SLOT, 0, &[candidate(0, 30, None)]);
        assert_eq!(old, unknown);
    }

    #[test]
    fn a_filler_weighs_half_from_the_sixty_first_minute() {
        let at = |appeared| displaced_by(SLOT, 0, &[candidate(0, 30, Some(appeared))]).none;
        assert!(at(61) > at(60) + 0.1);
    }
}
