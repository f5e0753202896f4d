//! From wall clock to moment, quickly: between two transitions of a zone that is one subtraction.

use crate::{
    instant::Instant,
    wall::{DAY, Wall},
    when::resolve,
};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

/// One zone's stretches of constant offset, found as they are needed.
#[derive(Debug)]
pub(super) struct Clock {
    zone: TimeZone,
    /// By `from`, without overlaps.
    stretches: Vec<Stretch>,
    current: Stretch,
}

/// Readings of the wall clock in `[from, to)` are `offset` seconds ahead of UTC. "Compatible" resolution (RFC 5545
/// §3.3.5) uses the offset before a transition both in its gap and in its overlap, so the next stretch begins at the
/// later of the two readings at the transition.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    from: Wall,
    to: Wall,
    offset: i64,
}

impl Clock {
    pub(super) fn new(zone: TimeZone) -> Self {
        Self {
            zone,
            stretches: Vec::new(),
            current: Stretch {
                from: Wall(0),
                to: Wall(0),
                offset: 0,
            },
        }
    }

    /// The moment at which the wall clock shows `wall`; as [`resolve`].
    pub(super) fn instant(&mut self, wall: Wall) -> Instant {
        if wall < self.current.from || wall >= self.current.to {
            match self.stretch(wall) {
                Some(stretch) => self.current = stretch,
                None => return resolve(wall.civil(), &self.zone),
            }
        }
        Instant::from_seconds(wall.0.saturating_sub(self.current.offset))
    }

    fn stretch(&mut self, wall: Wall) -> Option<Stretch> {
        let index = self.stretches.partition_point(|s| s.to <= wall);
        if let Some(known) = self.stretches.get(index).filter(|s| s.from <= wall) {
            return Some(*known);
        }
        let found = self.find(wall)?;
        self.stretches.insert(index, found);
        Some(found)
    }

    /// Asks jiff. `None` at the edges of its range, and where transitions lie too close together for the rule of
    /// [`Stretch`] to hold.
    fn find(&self, wall: Wall) -> Option<Stretch> {
        // Years −4367 to 8307: nothing below is clamped or overflows.
        if wall.0.unsigned_abs() > 200_000_000_000 {
            return None;
        }
        let at = resolve(wall.civil(), &self.zone);
        let offset = wall.0 - at.seconds();
        let (mut from, mut to) = (Wall(i64::MIN), Wall(i64::MAX));
        // A transition of the next day and a half may have its edge before `wall` on the wall clock.
        let later = at.plus_seconds(DAY + DAY / 2).timestamp();
        for transition in self.zone.preceding(later) {
            let edge = self.edge(transition.timestamp());
            if edge <= wall {
                if self.offset_at(transition.timestamp()) != offset {
                    return None;
                }
                from = edge;
                break;
            }
            to = edge;
        }
        if to.0 == i64::MAX
            && let Some(next) = self.zone.following(later - SECOND).next()
        {
            to = self.edge(next.timestamp());
        }
        Some(Stretch { from, to, offset })
    }

    /// The reading at which the offset after a transition begins to hold.
    fn edge(&self, transition: Timestamp) -> Wall {
        let before = self.offset_at(transition - SECOND);
        let after = self.offset_at(transition);
        Wall(transition.as_second() + before.max(after))
    }

    fn offset_at(&self, at: Timestamp) -> i64 {
        i64::from(self.zone.to_offset(at).seconds())
    }
}

/// The clocks met so far.
#[derive(Debug, Default)]
pub(super) struct Clocks(Vec<Clock>);

/// A calendar has a handful of zones. A hostile one may have one per event: then it gains nothing from being remembered.
const CLOCKS_KEPT: usize = 64;

impl Clocks {
    /// The clock of `zone`.
    pub(super) fn of(&mut self, zone: &TimeZone) -> &mut Clock {
        let known = self.0.iter().position(|clock| clock.zone == *zone);
        let index = known.unwrap_or_else(|| {
            if self.0.len() >= CLOCKS_KEPT {
                self.0.clear();
            }
            self.0.push(Clock::new(zone.clone()));
            self.0.len() - 1
        });
        &mut self.0[index]
    }
}

const SECOND: SignedDuration = SignedDuration::from_secs(1);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_clock_says_what_jiff_says(
            zone in prop::sample::select(vec![
                "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca",
                "Pacific/Apia", "America/Caracas", "Europe/Dublin", "Antarctica/Troll", "Asia/Pyongyang", "UTC",
            ]),
            walls in prop::collection::vec(-1_500_000_000i64..4_000_000_000, 1..60),
        ) {
            let zone = TimeZone::get(zone).unwrap();
            let mut clock = Clock::new(zone.clone());
            for wall in walls {
                prop_assert_eq!(clock.instant(Wall(wall)), resolve(Wall(wall).civil(), &zone));
            }
        }
    }

    /// Every reading near every transition of a zone, in half-hours.
    #[test]
    fn a_clock_says_what_jiff_says_around_every_transition() {
        for name in [
            "America/New_York",
            "Europe/Berlin",
            "Australia/Lord_Howe",
            "Africa/Casablanca",
            "Pacific/Apia",
        ] {
            let zone = TimeZone::get(name).unwrap();
            let mut clock = Clock::new(zone.clone());
            let since = Instant::from_seconds(0).timestamp();
            for transition in zone.following(since).take(150) {
                let at = Wall::from(Instant::from(transition.timestamp()).civil(&zone));
                for half_hour in -60..60 {
                    let wall = at.plus(half_hour * 1800);
                    assert_eq!(
                        clock.instant(wall),
                        resolve(wall.civil(), &zone),
                        "{name} {:?}",
                        wall.civil()
                    );
                }
            }
        }
    }
}
