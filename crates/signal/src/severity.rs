//! A weight for sorting lists, and nothing else: no published figure says how many nudges make a cancellation, so
//! it never enters the signal and is never shown.

/// How far from its promise an occurrence ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Distance {
    /// As promised.
    Kept,
    /// The same day, within two hours.
    Nudged,
    /// Another time soon.
    Moved,
    /// Later than that.
    Slipped,
    /// It did not take place.
    Lost,
}

/// 0 (as promised) to 1 (lost), a quarter more when it came under two hours before, never above 1.
pub fn severity(distance: Distance, last_minute: bool) -> f64 {
    let base: f64 = match distance {
        Distance::Kept => 0.0,
        Distance::Nudged => 0.15,
        Distance::Moved => 0.35,
        Distance::Slipped => 0.6,
        Distance::Lost => 1.0,
    };
    let late = if last_minute { 1.25 } else { 1.0 };
    (base * late).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_weighs_a_quarter_more_and_nothing_weighs_more_than_lost() {
        assert!((severity(Distance::Slipped, true) - 0.75).abs() < 1e-12);
        assert!((severity(Distance::Lost, true) - 1.0).abs() < 1e-12);
        assert!(severity(Distance::Kept, true).abs() < 1e-12);
        let order = [
            Distance::Kept,
            Distance::Nudged,
            Distance::Moved,
            Distance::Slipped,
            Distance::Lost,
        ];
        assert!(
            order
                .windows(2)
                .all(|pair| severity(pair[0], false) < severity(pair[1], false))
        );
    }
}
