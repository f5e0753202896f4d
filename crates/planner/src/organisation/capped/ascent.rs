//! The prices that make the bound highest: up the roof of the plans heard so far, no further from the best prices than the
//! roof has been right (bundle method with a trust region; Kelley 1960 without one).

use super::days::ByDay;
use super::master::{Plane, Top, top};
use crate::line::DAYS;

/// Parts of a unit of cost in which prices are told apart at the end: whole numbers, so that bounds are exact.
const FINEST: u32 = 16;

/// Prices are looked for at least so far from the best, in units of cost.
const LEAST_RADIUS: f64 = 0.25;

/// On the way up.
pub(super) struct Ascent {
    pub(super) planes: Vec<Plane>,
    most: f64,
    /// The best prices so far, and what they prove.
    best: ByDay<f64>,
    value: f64,
    radius: f64,
    /// Parts of a unit in which the next prices are told.
    fine: u32,
    finest: u32,
    next: ByDay<f64>,
}

impl Ascent {
    /// From `start` on, which is right to about the `radius`, knowing these `planes`, with no price above `most`.
    pub(super) fn new(planes: Vec<Plane>, (start, radius): (ByDay<f64>, f64), most: u32) -> Self {
        // What is paid in fine parts has to stay a 32-bit number.
        let finest = if most > u32::MAX / 4 / FINEST {
            1
        } else {
            FINEST
        };
        Self {
            planes,
            most: f64::from(most),
            best: start,
            value: f64::NEG_INFINITY,
            radius,
            fine: 1,
            finest,
            next: start,
        }
    }

    /// The prices to be asked at, in so many parts of a unit.
    pub(super) fn next(&self) -> (ByDay<u32>, u32) {
        (whole(&self.next, self.fine), self.fine)
    }

    /// The best prices so far.
    pub(super) fn best(&self) -> ByDay<f64> {
        self.best
    }

    /// The highest point under all planes.
    pub(super) fn top(&self) -> Top {
        top(&self.planes, &[0.0; DAYS], &[self.most; DAYS])
    }

    /// Hears what was answered: what the prices prove, in units, and the plan. Whether to ask again.
    pub(super) fn hear(&mut self, value: f64, plane: Plane) -> bool {
        let is_better = value > self.value + 1e-6;
        let is_new = !self.planes.contains(&plane);
        let asked = whole(&self.next, self.fine).map(f64::from);
        if is_better {
            self.best = asked.map(|price| price / f64::from(self.fine));
            self.value = value;
        }
        self.radius *= if is_better { 2.0 } else { 0.5 };
        // No nearer than prices are told apart.
        let least = (1.0 / f64::from(self.fine)).max(LEAST_RADIUS);
        self.radius = self.radius.max(least).min(self.most);
        if is_new {
            self.planes.push(plane);
        }
        if !is_new && !is_better && !self.finer() {
            // Rounding keeps it where it is: the roof may be higher further off.
            if self.radius >= self.most {
                return false;
            }
            self.radius = self.most;
        }
        self.go_on()
    }

    /// Tells prices apart more finely; false where that is done already.
    fn finer(&mut self) -> bool {
        std::mem::replace(&mut self.fine, self.finest) < self.finest
    }

    /// Looks for the next prices; false where the roof is no higher than what is proved.
    fn go_on(&mut self) -> bool {
        let whole = self.top();
        // A bound is rounded up, so only the next whole number is worth going for.
        if (whole.value - 1e-6).ceil() <= (self.value - 1e-6).ceil() {
            return false;
        }
        let low = self.best.map(|price| (price - self.radius).max(0.0));
        let high = self.best.map(|price| (price + self.radius).min(self.most));
        let near = top(&self.planes, &low, &high);
        let least = 1.0 / f64::from(self.fine);
        let worth = |top: &Top| top.value - self.value > least / 2.0;
        let (near, far) = (worth(&near).then_some(near), worth(&whole).then_some(whole));
        match near.or(far) {
            Some(top) => self.next = top.prices,
            None if self.finer() => return self.go_on(),
            None => return false,
        }
        true
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "prices are from 0 to a quarter of what fits, told in parts that are checked to fit"
)]
fn whole(prices: &ByDay<f64>, fine: u32) -> ByDay<u32> {
    prices.map(|price| (price * f64::from(fine)).round() as u32)
}
